"""A snapshot is complete or does not exist; its laws are checked; its views open in any working directory and folder."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.changes import write_changes
from flows.database import renew_database
from flows.readings import KEPT, bytes_to_reading, rows_to_batch, rows_to_bytes
from flows.refusals import SnapshotRefusedError
from flows.snapshot_checks import check_snapshot
from flows.snapshots import current_name, lead_to, snapshot_names, snapshots_folder
from flows.table_files import TableFile
from flows.tasks import Task
from schemas.arrow import record_to_schema, rows_to_table
from schemas.records import PUBLISHED, Document, Figure, Observation
from tests import make_dataset
from tests.fake_reader import text_to_rows

SNAPSHOT = "20261122T140000Z"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A published dataset of our own making, in which every law holds."""
    make_dataset.write_dataset(tmp_path / "data")
    folder = tmp_path / "data" / "dataset" / "snapshots" / SNAPSHOT
    ledger = {d.document_id: 0 for d in make_dataset.DOCUMENTS}
    for figure in pq.read_table(folder / "figures.parquet").to_pylist():
        ledger[figure["document_id"]] += 1
    documents = [replace(d, numbers=ledger[d.document_id]) for d in make_dataset.DOCUMENTS]
    write(folder, Document, documents)
    return tmp_path / "data"


def write(folder: Path, record: type, rows: object) -> None:
    """Replace a table of a snapshot."""
    name = next(n for n, r in PUBLISHED.items() if r is record)
    pq.write_table(rows_to_table(record, rows), folder / f"{name}.parquet")  # type: ignore[arg-type]


def snapshot(data: Path) -> Path:
    """Its folder."""
    return snapshots_folder(data) / SNAPSHOT


# Laws -----------------------------------------------------------------------------------------------------------------


def test_a_sound_snapshot_passes_every_check(data: Path) -> None:
    rows = check_snapshot(snapshot(data), None)
    assert rows["observations"] == len(make_dataset.observations())


def test_two_observations_of_one_id_are_refused(data: Path) -> None:
    rows = make_dataset.observations()
    write(snapshot(data), Observation, (*rows, rows[0]))
    with pytest.raises(SnapshotRefusedError, match="observation ids are unique"):
        check_snapshot(snapshot(data), None)


def test_an_observation_without_its_document_is_refused(data: Path) -> None:
    documents = [d for d in make_dataset.DOCUMENTS if d is not make_dataset.PACK]
    write(snapshot(data), Document, documents)
    with pytest.raises(SnapshotRefusedError, match="document is there and was read"):
        check_snapshot(snapshot(data), None)


def test_a_number_missing_from_the_ledger_is_refused(data: Path) -> None:
    write(snapshot(data), Figure, make_dataset.figures(make_dataset.observations())[1:])
    with pytest.raises(SnapshotRefusedError, match="in the ledger once"):
        check_snapshot(snapshot(data), None)


def test_a_ledger_that_leads_to_no_observation_is_refused(data: Path) -> None:
    rows = list(make_dataset.figures(make_dataset.observations()))
    write(snapshot(data), Figure, [replace(rows[0], observation_id="nowhere"), *rows[1:]])
    with pytest.raises(SnapshotRefusedError, match="leads to it"):
        check_snapshot(snapshot(data), None)


def test_a_table_of_other_columns_is_refused(data: Path) -> None:
    path = snapshot(data) / "judgements.parquet"
    pq.write_table(pq.read_table(path).drop_columns(["grade"]), path)
    with pytest.raises(SnapshotRefusedError, match="judgements"):
        check_snapshot(snapshot(data), None)


# Views ----------------------------------------------------------------------------------------------------------------


def test_the_database_opens_from_any_working_directory(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert renew_database(data)
    monkeypatch.chdir(tmp_path)
    with duckdb.connect(str(data / "dataset" / "kpi.duckdb"), read_only=True) as connection:
        count = connection.sql("SELECT count(*) FROM observations").fetchall()[0][0]
        views = {row[0] for row in connection.sql("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()}
        tables = connection.sql("SELECT count(*) FROM duckdb_tables()").fetchall()[0][0]
    assert count == len(make_dataset.observations())
    assert views >= set(PUBLISHED)
    assert tables == 0


def test_the_database_is_in_the_format_that_duckdb_1_0_opens(data: Path) -> None:
    renew_database(data)
    head = (data / "dataset" / "kpi.duckdb").read_bytes()[:20]
    assert head[8:12] == b"DUCK"
    assert int.from_bytes(head[12:20], "little") == 64  # the storage version of 1.0


def test_the_database_is_made_anew_only_where_it_is_needed(data: Path, tmp_path: Path) -> None:
    assert renew_database(data)
    assert not renew_database(data)
    shutil.move(data, tmp_path / "moved")
    assert renew_database(tmp_path / "moved")
    assert not renew_database(tmp_path / "moved")


def test_the_database_can_be_replaced_while_a_client_reads_it(data: Path) -> None:
    renew_database(data)
    path = data / "dataset" / "kpi.duckdb"
    with duckdb.connect(str(path), read_only=True) as connection:
        (data / "dataset" / ".kpi.duckdb.views").unlink()
        assert renew_database(data)
        assert connection.sql("SELECT count(*) FROM observations").fetchall()


def test_current_can_be_led_elsewhere_and_back(data: Path) -> None:
    shutil.copytree(snapshot(data), snapshots_folder(data) / "20261123T140000Z")
    lead_to(data, "20261123T140000Z")
    assert current_name(data) == "20261123T140000Z"
    lead_to(data, SNAPSHOT)
    assert current_name(data) == SNAPSHOT
    assert snapshot_names(data) == [SNAPSHOT, "20261123T140000Z"]


def test_without_symbolic_links_current_is_a_file_that_holds_the_path(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("a required privilege is not held by the client")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    monkeypatch.setattr("flows.snapshots.LINKS", False)
    (data / "dataset" / "current").unlink()
    lead_to(data, SNAPSHOT)
    assert (data / "dataset" / "current").read_text() == f"snapshots/{SNAPSHOT}"
    assert current_name(data) == SNAPSHOT


# Files ----------------------------------------------------------------------------------------------------------------


@settings(max_examples=20, deadline=None)
@given(cuts=st.lists(st.integers(0, 12), max_size=6))
def test_how_rows_are_cut_into_batches_does_not_show_in_the_file(
    cuts: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("files")
    rows = rows_to_batch(Figure, make_dataset.figures(make_dataset.observations()))
    places = sorted({0, *cuts, rows.num_rows})
    with TableFile(folder / "whole.parquet", Figure) as file:
        file.add(rows)
    with TableFile(folder / "cut.parquet", Figure) as file:
        for start, end in pairwise(places):
            file.add(rows.slice(start, end - start))
    assert (folder / "whole.parquet").read_bytes() == (folder / "cut.parquet").read_bytes()


def test_row_groups_are_even(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.table_files.ROW_GROUP", 10)
    rows = rows_to_batch(Figure, make_dataset.figures(make_dataset.observations()))
    with TableFile(tmp_path / "f.parquet", Figure) as file:
        for start in range(0, rows.num_rows, 7):
            file.add(rows.slice(start, 7))
    told = pq.read_metadata(tmp_path / "f.parquet")
    sizes = [told.row_group(i).num_rows for i in range(told.num_row_groups)]
    assert sizes == [10, 10, 3]


def test_a_column_that_must_not_be_null_is_not_written_so(tmp_path: Path) -> None:
    (row,) = rows_to_batch(Figure, make_dataset.figures(make_dataset.observations())[:1]).to_pylist()
    plain = pa.schema(
        [pa.field(f.name, pa.string() if pa.types.is_dictionary(f.type) else f.type) for f in record_to_schema(Figure)]
    )
    broken = pa.RecordBatch.from_pylist([{**row, "value_text": None}], schema=plain)
    with pytest.raises(ValueError, match="value_text"), TableFile(tmp_path / "f.parquet", Figure) as file:
        file.add(broken)


LINE = st.tuples(
    st.just("cla_count"),
    st.sampled_from(["E08000031", "E92000001"]),
    st.dates(dt.date(2000, 1, 1), dt.date(2030, 1, 1)).map(str),
    st.integers(0, 10**6).map(str),
).map(" ".join)


@given(text=st.lists(LINE, max_size=8).map("\n".join))
def test_a_kept_reading_comes_back_as_it_was(text: str) -> None:
    rows = text_to_rows(Task("0" * 64, "p", "l", "n", None, None, 1, None), text)
    kept = bytes_to_reading(rows_to_bytes(rows))
    assert kept is not None
    back = {
        name: tuple(
            record(**{k: tuple(v) if isinstance(v, list) else v for k, v in row.items()})
            for row in kept.batches[name].to_pylist()
        )
        for name, record in KEPT.items()
    }
    assert back == {
        "documents": (replace(rows.document, seconds=pytest.approx(0.001)),),
        "observations": tuple(replace(o, confidence=pytest.approx(0.9)) for o in rows.observations),
        "figures": rows.figures,
        "judgements": (),
    }


@given(cut=st.integers(0, 10**6), flip=st.integers(1, 255))
def test_an_altered_reading_counts_as_not_there(cut: int, flip: int) -> None:
    data = rows_to_bytes(text_to_rows(Task("0" * 64, "p", "l", "n", None, None, 1, None), "on page 4"))
    place = cut % len(data)
    altered = data[:place] + bytes([data[place] ^ flip]) + data[place + 1 :]
    reading = bytes_to_reading(altered)
    assert reading is None or reading.batches == bytes_to_reading(data).batches  # type: ignore[union-attr]
    assert bytes_to_reading(data[:place]) is None


# Changes --------------------------------------------------------------------------------------------------------------


def told_changes(tmp_path: Path, before: list[Observation], now: list[Observation]) -> list[tuple[object, ...]]:
    """The changes between two sets of observations."""
    for name, rows in (("before", before), ("now", now)):
        (tmp_path / name).mkdir(exist_ok=True)
        write(tmp_path / name, Observation, rows)
        write(tmp_path / name, Document, make_dataset.DOCUMENTS)
    write_changes(tmp_path / "now", tmp_path / "before")
    rows = pq.read_table(tmp_path / "now" / "changes.parquet").to_pylist()
    return [(r["change"], r["indicator"], r["value_before"], r["value_after"]) for r in rows]


def claim(value: float, page: int = 1, period: str = "2022-23") -> Observation:
    """A claim of the pack."""
    return make_dataset.observation(
        make_dataset.PACK, "cla_count", make_dataset.WOLVERHAMPTON, period, value, page=page
    )


@pytest.mark.parametrize(
    ("before", "now", "changes"),
    [
        pytest.param([claim(5)], [claim(5)], [], id="nothing"),
        pytest.param([claim(5)], [claim(5, page=2)], [], id="a figure that moved to another page"),
        pytest.param([], [claim(5)], [("added", "cla_count", None, 5.0)], id="a new figure"),
        pytest.param([claim(5)], [], [("withdrawn", "cla_count", 5.0, None)], id="a figure that is no longer stated"),
        pytest.param([claim(5)], [claim(6)], [("restated", "cla_count", 5.0, 6.0)], id="another value"),
        pytest.param(
            [claim(5), claim(7)], [claim(5), claim(8)], [("restated", "cla_count", 7.0, 8.0)], id="one of two values"
        ),
        pytest.param(
            [claim(5), claim(5, page=2)], [claim(5)], [("withdrawn", "cla_count", 5.0, None)], id="said once less"
        ),
        pytest.param(
            [claim(5)],
            [claim(5, period="2021-22")],
            [("added", "cla_count", None, 5.0), ("withdrawn", "cla_count", 5.0, None)],
            id="another period is another claim",
        ),
    ],
)
def test_changes_are_told_claim_by_claim(
    tmp_path: Path, before: list[Observation], now: list[Observation], changes: list[tuple[object, ...]]
) -> None:
    assert told_changes(tmp_path, before, now) == changes


@settings(max_examples=25, deadline=None)
@given(
    before=st.lists(st.tuples(st.integers(0, 3), st.integers(1, 3)), unique=True, max_size=6),
    now=st.lists(st.tuples(st.integers(0, 3), st.integers(1, 3)), unique=True, max_size=6),
)
def test_changes_add_up(
    before: list[tuple[int, int]], now: list[tuple[int, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """What was, less what went, plus what came, is what is."""
    told = told_changes(
        tmp_path_factory.mktemp("changes"), [claim(v, page=p) for v, p in before], [claim(v, page=p) for v, p in now]
    )
    values = sorted(float(v) for v, _ in before)
    for _, _, went, _ in told:
        if went is not None:
            values.remove(went)  # type: ignore[arg-type]
    values += [came for _, _, _, came in told if came is not None]  # type: ignore[misc]
    assert sorted(values) == sorted(float(v) for v, _ in now)
