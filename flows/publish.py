"""Step publish: kept readings -> one immutable snapshot, complete or not there at all.

It is written aside, checked, forced to disk and renamed; only then are readers led to it. The readings stream through:
memory does not grow with the number of documents. The same readings give the same bytes.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from flows.beside import Beside
from flows.changes import write_changes
from flows.checked import what_is_told, with_series_checks
from flows.database import renew_database
from flows.in_turn import InTurn, ahead
from flows.parts import AT_ONCE, in_parts, read_away, written_parts
from flows.readings import Shelf
from flows.runs import Run, runs_in_order
from flows.snapshot_checks import check_snapshot
from flows.snapshots import ASIDE, lead_to, remove_old, snapshots_folder, write_card
from flows.table_files import TableFile
from flows.tasks import Task
from flows.whole_files import write_whole
from schemas.arrow import rows_to_table
from schemas.datapackage import datapackage_json
from schemas.dictionary import dictionary_markdown
from schemas.records import PUBLISHED, Document, Figure, Judgement, Observation, OfficialComparison

if TYPE_CHECKING:
    from extractors.checked_rows import Known


class DamagedReadingsError(Exception):
    """The readings of some documents are not there or not whole: nothing was published."""

    def __init__(self, tasks: Sequence[Task]) -> None:
        super().__init__(f"readings were damaged: {tasks[0].location}")
        self.tasks = tasks


@dataclass(frozen=True, slots=True)
class Edition:
    """What a snapshot is to be made of: its name and time, a hash of its contents, the documents and their readings, what
    figures are held against, by how many processes; and `notes`, what is to be said of the making."""

    name: str
    made_at: dt.datetime
    contents: str
    tasks: Sequence[Task]
    readings: Shelf
    before: Path | None  # the snapshot that changes are told against
    beside: Beside
    accept_loss: bool = False
    workers: int = 1
    notes: list[str] = field(default_factory=list)


def publish(data_folder: Path, edition: Edition, keep: int) -> dict[str, int]:
    """Make the snapshot and lead readers to it; rows by table. Raises SnapshotRefusedError where a check fails, and
    DamagedReadingsError where readings are not there or not whole."""
    folder = snapshots_folder(data_folder)
    aside = folder / f"{ASIDE}{edition.name}"
    aside.mkdir(parents=True)
    try:
        _write_tables(aside, edition)
        rows = check_snapshot(aside, edition.before, edition.accept_loss)
        write_whole(aside / "datapackage.json", datapackage_json(edition.name, rows).encode())
        write_whole(aside / "dictionary.md", dictionary_markdown().encode())
        write_card(aside, edition.name, edition.made_at, edition.contents, rows)
        os.replace(aside, folder / edition.name)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    lead_to(data_folder, edition.name)
    renew_database(data_folder)
    remove_old(data_folder, keep)
    return rows


def _write_tables(folder: Path, edition: Edition) -> None:
    from extractors.checked_rows import know

    pq.write_table(edition.beside.official, folder / "official.parquet", compression="zstd")
    known = know(edition.beside.official)
    documents, judgements, runs = _write_readings(folder, edition, known)
    _write_observations(folder, runs, known)
    _write_rows(folder, Document, sorted(documents, key=attrgetter("location")))
    _write_rows(folder, Judgement, judgements)
    _write_lookups(folder)
    write_changes(folder, edition.before)
    for name, record in PUBLISHED.items():
        if not (folder / f"{name}.parquet").exists():  # a table that nothing has filled yet
            _write_rows(folder, record, ())


def _write_readings(folder: Path, edition: Edition, known: Known) -> tuple[list[Document], list[Judgement], list[Run]]:
    """The ledger and the comparisons, document by document; the rest is small, or in runs, and handed back."""
    from extractors.corrections import prepare

    tasks = sorted(edition.tasks, key=attrgetter("document_id"))
    locations = {task.document_id: (task.location, *task.other_locations) for task in tasks}
    decisions = prepare(edition.beside.corrections, locations)
    documents: list[Document] = []
    judgements: list[Judgement] = []
    runs: list[Run] = []
    damaged: list[Task] = []
    with (
        TableFile(folder / "figures.parquet", Figure) as figures,
        TableFile(folder / "official_comparisons.parquet", OfficialComparison) as comparisons,
        InTurn() as aside,
    ):
        parts = in_parts(folder, tasks, edition.readings, decisions)
        for done in written_parts(parts, known, edition.workers):
            damaged += done.damaged
            documents += done.documents
            judgements += done.judgements
            runs += done.runs
            decisions.met |= done.met
            for table, paths in ((figures, done.figures), (comparisons, done.comparisons)):
                for path in paths:
                    aside.do(partial(read_away, path, table.add))
    if damaged:
        raise DamagedReadingsError(damaged)
    edition.notes.extend((*edition.beside.notes, *what_is_told(decisions, edition.beside.corrections, locations)))
    return documents, judgements, runs


def _write_observations(folder: Path, runs: Sequence[Run], known: Known) -> None:
    """All observations, with the checks of series, in the order of the table."""
    with TableFile(folder / "observations.parquet", Observation) as observations, InTurn(most=2) as aside:
        for rows in ahead(runs_in_order(runs, AT_ONCE)):
            aside.do(partial(observations.add, with_series_checks(rows, known)))
    for run in runs:
        run.path.unlink()


def _write_rows(folder: Path, record: type, rows: Sequence[object]) -> None:
    name = next(name for name, published in PUBLISHED.items() if published is record)
    table = rows_to_table(record, rows)
    pq.write_table(table, folder / f"{name}.parquet", compression="zstd")


def _write_lookups(folder: Path) -> None:
    """What is known of the world, as the extractors used it."""
    from extractors.area_tables import load_areas, load_neighbours
    from extractors.indicators import load_indicators

    for name, rows in (
        ("indicators", load_indicators()),
        ("areas", load_areas()),
        ("neighbours", load_neighbours()),
    ):
        _write_rows(folder, PUBLISHED[name], rows)
