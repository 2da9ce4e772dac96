"""Step publish: observations on their way into the snapshot: decided about by people, checked, compared with statistics.

Those of whole documents are checked together, some thousands at once; those of a series when they come by in order. Memory
does not grow with either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from flows.beside import Beside
from flows.readings import kept_schema
from flows.table_files import TableFile
from flows.tasks import Task
from schemas.records import Correction, Observation, OfficialComparison

if TYPE_CHECKING:
    from extractors.checked_rows import Known

AT_ONCE = 100_000


class DocumentChecks:
    """Takes the observations of one document after another and hands them on with their `checks`; writes
    `official_comparisons` beside them."""

    def __init__(
        self, folder: Path, beside: Beside, tasks: Iterable[Task], write: Callable[[pa.RecordBatch], None]
    ) -> None:
        from extractors.checked_rows import know
        from extractors.corrections import prepare

        self.known = know(beside.official)
        self._corrections = beside.corrections
        self._locations: Mapping[str, tuple[str, ...]] = {
            task.document_id: (task.location, *task.other_locations) for task in tasks
        }
        self._decisions = prepare(beside.corrections, self._locations)
        self._write = write
        self._comparisons = TableFile(folder / "official_comparisons.parquet", OfficialComparison)
        self._waiting: list[pa.RecordBatch] = []
        self._count = 0

    def __enter__(self) -> DocumentChecks:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is None and self._count:
            self._check()
        self._comparisons.__exit__(kind, error, at)

    def add(self, observations: pa.RecordBatch) -> None:
        """All observations of one document."""
        if observations.num_rows:
            self._waiting.append(observations)
            self._count += observations.num_rows
        if self._count >= AT_ONCE:
            self._check()

    def _check(self) -> None:
        from extractors.checked_rows import comparisons
        from extractors.checks import check_documents, names_of_failed
        from extractors.corrections import RENEW, apply_decisions
        from extractors.provisional import is_provisional

        rows, decided_before = apply_decisions(pa.Table.from_batches(self._waiting), self._decisions)
        compared = comparisons(rows, self.known)
        failed = check_documents(rows, compared, self.known)
        names = names_of_failed(failed.append_column(RENEW, pa.array(decided_before, pa.bool_())))
        rows = _with_column(rows, "checks", names)
        rows = _with_column(rows, "provisional", is_provisional(rows.column("quote")))
        self._comparisons.add(compared)
        for batch in rows.cast(kept_schema(Observation)).to_batches():
            self._write(batch)
        self._waiting, self._count = [], 0

    def notes(self) -> tuple[str, ...]:
        """What became of the decisions, once all documents have come by."""
        from extractors.corrections import what_became

        became = what_became(self._decisions, self._corrections, self._locations)
        told = [f"{_counted(became.applied)} applied."] if became.applied else []
        if became.changed:
            told.append(
                f"{_counted(became.changed)} made about earlier editions of {_places(became.changed)}: review these figures again."
            )
        if became.gone:
            told.append(
                f"{_counted(became.gone)} made about documents that are not held any more: {_places(became.gone)}."
            )
        if became.unmatched:
            told.append(
                f"{_counted(became.unmatched)} made about claims that are no longer read from {_places(became.unmatched)}."
            )
        return tuple(told)


def with_series_checks(batches: Iterable[pa.RecordBatch], known: Known) -> Iterator[pa.Table]:
    """Observations in order of indicator and area -> the same with the checks of series, cut only between two series."""
    from extractors.checks import add_names, check_series, without_told_jumps

    for rows in _whole_series(batches):
        failed = without_told_jumps(check_series(rows, known), rows.column("quote"))
        yield _with_column(rows, "checks", add_names(rows.column("checks").combine_chunks(), failed))


def _whole_series(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """Batches -> tables of at least some thousand rows that end where a series ends."""
    waiting: pa.Table | None = None
    for batch in batches:
        table = pa.Table.from_batches([batch])
        waiting = table if waiting is None else pa.concat_tables([waiting, table])
        if waiting.num_rows < AT_ONCE:
            continue
        end = _last_end_of_series(waiting)
        if end:
            yield waiting.slice(0, end)
            waiting = waiting.slice(end)
    if waiting is not None and waiting.num_rows:
        yield waiting


def _last_end_of_series(rows: pa.Table) -> int:
    """How many rows come before the last series of the table; 0 where it is all one."""
    last = rows.num_rows - 1
    same = pc.equal(rows.column("indicator"), rows.column("indicator")[last])
    code = rows.column("area_code")[last]
    area = pc.is_null(rows.column("area_code")) if not code.is_valid else pc.equal(rows.column("area_code"), code)
    before: int = last + 1 - pc.sum(pc.fill_null(pc.and_(same, area), False)).as_py()
    return before


def _with_column(rows: pa.Table, name: str, column: pa.Array | pa.ChunkedArray) -> pa.Table:
    place = rows.schema.get_field_index(name)
    return rows.set_column(place, rows.schema.field(place), column)


def _counted(decisions: tuple[Correction, ...]) -> str:
    return "1 decision of a person was" if len(decisions) == 1 else f"{len(decisions)} decisions of people were"


def _places(decisions: tuple[Correction, ...]) -> str:
    names = sorted({one.location for one in decisions})
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
