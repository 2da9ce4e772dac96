"""The embedded flow from a folder of files to a published snapshot, with a reader of our own making."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from flows.progress import RefreshSummary
from flows.refresh import refresh, rollback
from flows.refusals import RefreshError, RefreshUnderWayError
from schemas.arrow import record_to_schema
from schemas.records import PUBLISHED
from tests.fake_reader import FAKE_READER

WOLVERHAMPTON = "cla_count E08000031 2023-03-31"
DUDLEY = "cla_count E08000027 2023-03-31"


def run(documents: Path, data: Path, **more: object) -> RefreshSummary:
    """A refresh with the tests' reader."""
    return refresh([documents], data, 1, reader=FAKE_READER, **more)  # type: ignore[arg-type]


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """Two documents of two authorities."""
    folder = tmp_path / "documents"
    (folder / "dudley").mkdir(parents=True)
    (folder / "wolverhampton.txt").write_text(f"{WOLVERHAMPTON} 501\n{WOLVERHAMPTON} 12\non page 4\n")
    (folder / "dudley" / "minutes.txt").write_text(f"{DUDLEY} 600\n")
    return folder


def rows(data: Path, table: str) -> list[dict[str, object]]:
    """A table of the current snapshot."""
    found: list[dict[str, object]] = pq.read_table(data / "dataset" / "current" / f"{table}.parquet").to_pylist()
    return found


def changes(data: Path) -> list[tuple[object, ...]]:
    """Changes without ids."""
    return sorted((c["change"], c["area_code"], c["value_before"], c["value_after"]) for c in rows(data, "changes"))  # type: ignore[type-var]


def test_every_table_of_a_snapshot_has_its_records_schema(documents: Path, tmp_path: Path) -> None:
    run(documents, tmp_path / "data")
    for name, record in PUBLISHED.items():
        path = tmp_path / "data" / "dataset" / "current" / f"{name}.parquet"
        schema = pq.read_schema(path)
        assert schema.equals(record_to_schema(record))
        assert all(field.metadata[b"doc"] for field in schema)


def test_a_refresh_publishes_what_the_documents_state(documents: Path, tmp_path: Path) -> None:
    summary = run(documents, tmp_path / "data")
    assert summary.published
    assert summary.statuses == {"ok": 2}
    assert summary.rows["observations"] == 3
    assert sorted(r["value"] for r in rows(tmp_path / "data", "observations")) == [12.0, 501.0, 600.0]  # type: ignore[type-var]
    assert summary.dispositions == {"observation": 3, "date": 1}


def test_nothing_new_reads_nothing_and_publishes_nothing(documents: Path, tmp_path: Path) -> None:
    first = run(documents, tmp_path / "data")
    second = run(documents, tmp_path / "data")
    assert (second.published, second.documents_read, second.snapshot) == (False, 0, first.snapshot)


def test_the_same_documents_give_the_same_bytes(documents: Path, tmp_path: Path) -> None:
    for place in ("one", "two"):
        run(documents, tmp_path / place)
    for name in PUBLISHED:
        if name != "documents":  # which say when they were retrieved
            one, two = (tmp_path / p / "dataset" / "current" / f"{name}.parquet" for p in ("one", "two"))
            assert one.read_bytes() == two.read_bytes(), name


def test_changed_added_and_gone_documents_are_told_apart(documents: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    run(documents, data)
    (documents / "wolverhampton.txt").write_text(f"{WOLVERHAMPTON} 501\n{WOLVERHAMPTON} 13\n")
    (documents / "dudley" / "minutes.txt").unlink()
    (documents / "sandwell.txt").write_text("cla_count E08000028 2023-03-31 800\n")
    summary = run(documents, data)
    assert changes(data) == [
        ("added", "E08000028", None, 800.0),
        ("restated", "E08000031", 12.0, 13.0),
        ("withdrawn", "E08000027", 600.0, None),
    ]
    assert summary.changes == {"added": 1, "restated": 1, "withdrawn": 1}
    assert summary.documents_read == 2


def test_a_document_that_is_gone_stays_in_the_dataset_and_is_marked(documents: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    run(documents, data)
    (documents / "dudley" / "minutes.txt").unlink()
    run(documents, data)
    assert {Path(str(d["location"])).name: d["at_source"] for d in rows(data, "documents")} == {
        "minutes.txt": False,
        "wolverhampton.txt": True,
    }
    assert 600.0 in {r["value"] for r in rows(data, "observations")}
    assert not run(documents, data).published


def test_a_document_that_comes_back_is_told_as_added(documents: Path, tmp_path: Path) -> None:
    data, minutes = tmp_path / "data", documents / "dudley" / "minutes.txt"
    run(documents, data)
    text = minutes.read_text()
    minutes.unlink()
    run(documents, data)
    minutes.write_text(text)
    assert run(documents, data).documents_read == 0
    assert changes(data) == [("added", "E08000027", None, 600.0)]


def test_the_same_bytes_twice_are_one_document(documents: Path, tmp_path: Path) -> None:
    (documents / "zz-copy.txt").write_bytes((documents / "wolverhampton.txt").read_bytes())
    run(documents, tmp_path / "data")
    (found,) = [d for d in rows(tmp_path / "data", "documents") if d["other_locations"]]
    assert str(found["location"]).endswith("/wolverhampton.txt")
    assert [str(place).rpartition("/")[2] for place in found["other_locations"]] == ["zz-copy.txt"]  # type: ignore[attr-defined]


def test_a_document_that_only_moved_changes_no_observation(documents: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    run(documents, data)
    (documents / "dudley" / "minutes.txt").rename(documents / "dudley" / "minutes of march.txt")
    run(documents, data)
    assert {d["at_source"] for d in rows(data, "documents")} == {True}
    assert rows(data, "changes") == []


def test_a_folder_of_another_refresh_keeps_its_documents(documents: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    run(documents / "dudley", data)
    run(documents / "wolverhampton.txt", data)
    assert {d["at_source"] for d in rows(data, "documents")} == {True}
    assert len(rows(data, "documents")) == 2


def test_without_sources_those_of_the_last_refresh_are_visited(documents: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    run(documents, data)
    (documents / "sandwell.txt").write_text("cla_count E08000028 2023-03-31 800\n")
    summary = refresh([], data, reader=FAKE_READER)
    assert summary.documents_read == 1


def test_reading_again_publishes_the_same_observations(documents: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    run(documents, data)
    before = rows(data, "observations")
    summary = run(documents, data, again=True)
    assert (summary.published, summary.documents_read) == (True, 2)
    assert rows(data, "observations") == before
    assert rows(data, "changes") == []


def test_a_missing_source_is_said_and_nothing_is_published(documents: Path, tmp_path: Path) -> None:
    with pytest.raises(RefreshError, match="no file or folder"):
        run(tmp_path / "nowhere", tmp_path / "data")
    assert not (tmp_path / "data" / "dataset").exists()


def test_a_folder_without_documents_is_said(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(RefreshError, match="No documents"):
        run(tmp_path / "empty", tmp_path / "data")


def test_a_second_refresh_at_once_is_refused_and_says_who_is_at_work(documents: Path, tmp_path: Path) -> None:
    from flows.lock import only_refresh

    with only_refresh(tmp_path / "data"), pytest.raises(RefreshUnderWayError, match="process"):
        run(documents, tmp_path / "data")


def test_the_last_snapshots_stay_and_older_ones_go(documents: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    names = [run(documents, data, again=True, keep=3).snapshot for _ in range(5)]
    assert names == sorted(set(names))
    assert sorted(p.name for p in (data / "dataset" / "snapshots").iterdir()) == names[-3:]


def test_rollback_leads_to_the_snapshot_before_and_lasts(documents: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    first = run(documents, data)
    (documents / "wolverhampton.txt").write_text(f"{WOLVERHAMPTON} 5010\n")
    run(documents, data)
    assert rollback(data) == first.snapshot
    assert run(documents, data).snapshot == first.snapshot
    assert 501.0 in {r["value"] for r in rows(data, "observations")}
    (documents / "wolverhampton.txt").write_text(f"{WOLVERHAMPTON} 502\n")
    assert run(documents, data).published


def test_rollback_without_an_older_snapshot_is_said(documents: Path, tmp_path: Path) -> None:
    run(documents, tmp_path / "data")
    with pytest.raises(RefreshError, match="no whole snapshot"):
        rollback(tmp_path / "data")


def test_samples_leave_when_the_dataset_gets_sources_of_its_own(
    documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows.find_files import Source

    monkeypatch.setattr("flows.find_documents.SAMPLES", Source("samples", documents / "dudley"))
    data = tmp_path / "data"
    assert refresh([], data, reader=FAKE_READER).rows["documents"] == 1
    assert {d["source"] for d in rows(data, "documents")} == {"samples"}
    summary = run(documents / "wolverhampton.txt", data)
    assert summary.rows["documents"] == 1
    assert any("sample" in note for note in summary.notes)
