"""Step publish: kept readings -> one immutable snapshot, complete or not there at all.

It is written aside, checked, forced to disk and renamed; only then are readers led to it. The readings stream through:
memory does not grow with the number of documents. The same readings give the same bytes.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from flows.beside import Beside
from flows.changes import write_changes
from flows.checked import DocumentChecks, with_series_checks
from flows.database import renew_database
from flows.document_rows import name_to_subject
from flows.duck import working_connection
from flows.readings import KeptReading, kept_schema
from flows.snapshot_checks import check_snapshot
from flows.snapshots import ASIDE, lead_to, remove_old, snapshots_folder, write_card
from flows.table_files import TableFile
from flows.tasks import Task
from flows.whole_files import write_whole
from schemas.arrow import rows_to_table
from schemas.datapackage import datapackage_json
from schemas.dictionary import dictionary_markdown
from schemas.records import PUBLISHED, Document, Figure, Judgement, Observation

if TYPE_CHECKING:
    import duckdb

    from extractors.checked_rows import Known

UNSORTED = "observations.unsorted"


@dataclass(frozen=True, slots=True)
class Edition:
    """What a snapshot is to be made of: its name and time, a hash of its contents, the documents and their readings, what
    figures are held against; and `notes`, what is to be said of the making."""

    name: str
    made_at: dt.datetime
    contents: str
    tasks: Sequence[Task]
    read: Callable[[Task], KeptReading]
    before: Path | None  # the snapshot that changes are told against
    beside: Beside
    accept_loss: bool = False
    notes: list[str] = field(default_factory=list)


def publish(data_folder: Path, edition: Edition, keep: int) -> dict[str, int]:
    """Make the snapshot and lead readers to it; rows by table. Raises SnapshotRefusedError where a check fails."""
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
    documents, judgements, known = _write_readings(folder, edition)
    _sort_observations(folder, known)
    _write_rows(folder, Document, sorted(documents, key=attrgetter("location")))
    _write_rows(folder, Judgement, judgements)
    _write_lookups(folder)
    pq.write_table(edition.beside.official, folder / "official.parquet", compression="zstd")
    write_changes(folder, edition.before)
    for name, record in PUBLISHED.items():
        if not (folder / f"{name}.parquet").exists():  # a table that nothing has filled yet
            _write_rows(folder, record, ())


def _write_readings(folder: Path, edition: Edition) -> tuple[list[Document], list[Judgement], Known]:
    """The ledger, document by document, and the observations, checked, as they come; the rest is small and handed back."""
    documents: list[Document] = []
    judgements: list[Judgement] = []
    with (
        TableFile(folder / "figures.parquet", Figure) as figures,
        pa.OSFile(str(folder / UNSORTED), "wb") as file,
        pa.ipc.new_stream(file, kept_schema(Observation)) as observations,
        DocumentChecks(folder, edition.beside, edition.tasks, observations.write_batch) as checked,
    ):
        for task in sorted(edition.tasks, key=attrgetter("document_id")):
            reading = edition.read(task)
            figures.add(reading.batches["figures"])
            checked.add(reading.batches["observations"])
            judgements += [Judgement(**row) for row in reading.batches["judgements"].to_pylist()]
            documents += _document_rows(reading, task)
    edition.notes.extend((*edition.beside.notes, *checked.notes()))
    return documents, judgements, checked.known


def _document_rows(reading: KeptReading, task: Task) -> list[Document]:
    """The document's row, with where it is now. One that failed has a row for each file, since each wants attention."""
    (values,) = reading.batches["documents"].to_pylist()
    values |= {"source": task.source, "retrieved_at": task.retrieved_at, "at_source": task.at_source}
    if values["document_kind"] == "other" and task.document_kind is not None:
        values["document_kind"] = task.document_kind  # what the registry says, where the document does not
    values |= {"location": task.location, "other_locations": task.other_locations}
    if values["status"] == "failed":
        places = (task.location, *task.other_locations)
        whose = [_subject_here(task, place, values["subject_code"]) for place in places]
        return [
            Document(**{**values, "location": place, "other_locations": (), "subject_code": code})
            for place, code in zip(places, whose, strict=True)
        ]
    return [Document(**values)]


def _subject_here(task: Task, place: str, subject: str | None) -> str | None:
    """Whose a document that failed is, by the folder of each of its copies: one error page may lie in many."""
    if place == task.location:
        return subject
    return name_to_subject("/".join(PurePath(place).parts[-2:]), task.authority)


def _sort_observations(folder: Path, known: Known) -> None:
    """By indicator, area and end of period, so that a question reads few row groups; on disk where memory is short."""
    unsorted = folder / UNSORTED
    rows_at_most = unsorted.stat().st_size // 200  # bytes of a short row
    with (
        working_connection(folder, rows_at_most) as connection,
        pa.OSFile(str(unsorted)) as file,
        pa.ipc.open_stream(file) as rows,
        TableFile(folder / "observations.parquet", Observation) as observations,
    ):
        for table in with_series_checks(_sorted(connection, rows), known):
            observations.add(table)
    unsorted.unlink()


def _sorted(connection: duckdb.DuckDBPyConnection, rows: pa.RecordBatchReader) -> Iterable[pa.RecordBatch]:
    connection.register("rows", rows)
    order = "indicator, area_code NULLS LAST, period_end NULLS LAST, observation_id"
    batches: Iterable[pa.RecordBatch] = connection.sql(f"SELECT * FROM rows ORDER BY {order}").to_arrow_reader(50_000)
    return batches


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
