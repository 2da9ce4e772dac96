"""A snapshot put together from parts: the same however many processes write them, and whatever they meet."""

from __future__ import annotations

import datetime as dt
import threading
from itertools import pairwise
from pathlib import Path

import psutil
import pyarrow.parquet as pq
import pytest

from flows.decisions import keep_decision
from flows.in_turn import InTurn
from flows.progress import Progress, RefreshSummary
from flows.refresh import refresh
from schemas.records import PUBLISHED, Correction
from tests.fake_reader import FAKE_READER

AREAS = ("E08000031", "E08000027", "E92000001")


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of two documents, each worth a process."""
    monkeypatch.setattr("flows.parts.DOCUMENTS", 2)
    monkeypatch.setattr("flows.parts.FEW_PARTS", 1)


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """Nine documents of some figures each, one that states nothing, and one that contradicts itself."""
    folder = tmp_path / "documents"
    folder.mkdir()
    for number in range(9):
        claims = [f"cla_count {area} {2015 + number}-03-31 {500 + 10 * number}" for area in AREAS]
        (folder / f"report {number}.txt").write_text("\n".join([*claims, f"page {number}"]))
    (folder / "silent.txt").write_text("nothing\n")
    (folder / "torn.txt").write_text(f"cla_count {AREAS[0]} 2023-03-31 501\ncla_count {AREAS[0]} 2023-03-31 640\n")
    return folder


def run(documents: Path, data: Path, workers: int, **more: object) -> RefreshSummary:
    return refresh([documents], data, workers, reader=FAKE_READER, **more)  # type: ignore[arg-type]


def table(data: Path, name: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = pq.read_table(data / "dataset" / "current" / f"{name}.parquet").to_pylist()
    return found


def test_how_many_processes_write_a_snapshot_does_not_show_in_it(documents: Path, tmp_path: Path) -> None:
    run(documents, tmp_path / "one", 1)
    run(documents, tmp_path / "two", 2)
    for name in PUBLISHED:
        if name != "documents":  # which say when they were retrieved
            one, two = (tmp_path / d / "dataset" / "current" / f"{name}.parquet" for d in ("one", "two"))
            assert one.read_bytes() == two.read_bytes(), name
    assert len(table(tmp_path / "two", "observations")) == 29
    assert sum("contradicts_itself" in row["checks"] for row in table(tmp_path / "two", "observations")) == 2  # type: ignore[operator]
    assert {path.suffix for path in (tmp_path / "two" / "dataset" / "current").iterdir()} == {
        ".parquet",
        ".json",
        ".md",
    }


def test_observations_of_all_parts_stand_in_one_order(documents: Path, tmp_path: Path) -> None:
    run(documents, tmp_path / "data", 2)
    keys = [
        (row["indicator"], row["area_code"], row["period_end"], row["observation_id"])
        for row in table(tmp_path / "data", "observations")
    ]
    assert all(one < two for one, two in pairwise(keys))


def test_a_reading_that_another_process_finds_damaged_is_read_again(documents: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    run(documents, data, 2)
    (kept, *_) = sorted(path for path in (data / "readings").rglob("*") if path.is_file())
    kept.write_bytes(kept.read_bytes()[:-5])
    (documents / "new.txt").write_text("cla_count E08000031 2009-03-31 7\n")
    summary = run(documents, data, 2)
    assert summary.notes == ("1 kept readings were damaged: those documents were read again.",)
    assert summary.rows["observations"] == 30


def test_a_decision_is_applied_by_whichever_process_meets_the_figure(documents: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    run(documents, data, 2)
    places = {row["document_id"]: row["location"] for row in table(data, "documents")}
    rows = table(data, "observations")[::7]
    for row in rows:
        claim = {name: row[name] for name in ("observation_id", "document_id", "page", "indicator", "area_code")}
        more = {"period": row["period"], "kind": row["kind"], "location": places[row["document_id"]]}
        when = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
        keep_decision(
            data,
            Correction(**claim, **more, value_read=row["value"], decision="correct", value=1.0, reason="printed so", who="a", when=when),  # type: ignore[arg-type]
        )  # fmt: skip
    assert run(documents, data, 2).notes == (f"{len(rows)} decisions of people were applied.",)
    assert sum(row["reviewed"] == "corrected" for row in table(data, "observations")) == len(rows)


def test_a_process_killed_while_it_writes_a_part_costs_no_row(documents: Path, tmp_path: Path) -> None:
    killed = threading.Event()

    def kill_one(progress: Progress) -> None:
        if (progress.step, progress.done) == ("publish", 0):
            threading.Thread(
                target=_kill_first_child, args=(set(psutil.Process().children()), killed), daemon=True
            ).start()

    summary = run(documents, tmp_path / "data", 2, progress=kill_one)
    assert killed.wait(60)
    assert summary.rows["observations"] == 29


def _kill_first_child(before: set[psutil.Process], killed: threading.Event) -> None:
    while not (new := set(psutil.Process().children()) - before):
        pass
    new.pop().kill()
    killed.set()


def test_what_is_done_in_turn_is_done_in_order_and_says_what_went_wrong() -> None:
    done: list[int] = []
    with InTurn(most=2) as turn:
        for number in range(20):
            turn.do(lambda number=number: done.append(number))  # type: ignore[misc]
    assert done == list(range(20))
    with pytest.raises(ZeroDivisionError), InTurn() as turn:
        turn.do(lambda: print(1 // 0))
