"""Step publish: a part of the documents -> their rows, checked, in files aside, to be put together with those of other parts.

What can be done with some documents alone is done here, by as many processes as there are processors: unpacking what was
read, applying decisions, the checks of documents, the comparison with statistics. The files are Arrow's; a part that is
begun again writes the same ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from flows.checked import check_rows
from flows.child import Limits, Say
from flows.document_rows import name_to_subject
from flows.readings import Shelf
from flows.runs import Run, write_run
from flows.tasks import Task
from flows.workers import Stopped, Workers
from schemas.records import Correction, Document, Judgement

if TYPE_CHECKING:
    from extractors.checked_rows import Known
    from extractors.corrections import Decisions

DOCUMENTS = 2_500
MOST_PARTS = 200
AT_ONCE = 250_000
"""Observations that are checked together."""
FEW_PARTS = 3
"""So many are done before other processes would have started."""
MEMORY = 2 * 2**30
"""What a process that writes parts may hold."""
_LIMITS = Limits(cpu_seconds=3600, wall_seconds=4 * 3600, memory_bytes=MEMORY)


@dataclass(frozen=True, slots=True)
class Part:
    """Some documents, in the order of their ids, and what is needed to publish them: their readings, people's decisions, and
    the folder of the snapshot in the making, which holds the statistics."""

    number: int
    folder: Path
    tasks: Sequence[Task]
    readings: Shelf
    decisions: Decisions


@dataclass(slots=True)
class PartWritten:
    """What became of a part: its rows that are few, the files of those that are many (ledger, comparisons, and observations in
    runs), the decisions that were met with; and the documents whose readings are not whole, which make the rest void."""

    documents: list[Document] = field(default_factory=list)
    judgements: list[Judgement] = field(default_factory=list)
    figures: list[Path] = field(default_factory=list)
    comparisons: list[Path] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    met: set[Correction] = field(default_factory=set)
    damaged: list[Task] = field(default_factory=list)


def in_parts(folder: Path, tasks: Sequence[Task], readings: Shelf, decisions: Decisions) -> list[Part]:
    """All documents, in parts of some hundred. How many processes there are does not decide where they are cut."""
    size = max(DOCUMENTS, -(-len(tasks) // MOST_PARTS))
    cut = (tasks[start : start + size] for start in range(0, len(tasks), size))
    return [Part(n, folder, some, readings.only(t.reading_key for t in some), decisions) for n, some in enumerate(cut)]


def written_parts(parts: Sequence[Part], known: Known, workers: int) -> Iterator[PartWritten]:
    """Each part as it is written, in their order; by so many processes where there are many parts."""
    if workers < 2 or len(parts) <= FEW_PARTS:
        yield from (write_part(part, known) for part in parts)
        return
    answers: dict[int, PartWritten] = {}
    following = 0
    with Workers[Part, "PartWritten | OSError"](
        "flows.parts:answer_part", workers, lambda _: _LIMITS, MEMORY, retire_bytes=MEMORY // 2
    ) as pool:
        for part, answer in pool.ask_all(parts):
            if isinstance(answer, OSError):
                raise answer
            if isinstance(answer, Stopped):
                raise RuntimeError(f"a part of the documents could not be published: {answer.detail}")
            answers[part.number] = answer
            while following in answers:
                yield answers.pop(following)
                following += 1


def answer_part(part: Part, _: Say) -> PartWritten | OSError:
    """Write a part in a process of its own. Called by `Workers`."""
    try:
        return write_part(part, _known(part.folder / "official.parquet"))
    except OSError as error:  # a full disk, which is said in plain words where the refresh was asked for
        return error


@lru_cache(maxsize=1)
def _known(official: Path) -> Known:
    from extractors.checked_rows import know

    return know(pq.read_table(official))


def write_part(part: Part, known: Known) -> PartWritten:
    """Write the files of a part."""
    done = PartWritten()
    documents: list[pa.RecordBatch] = []
    figures: list[pa.RecordBatch] = []
    observations: list[pa.RecordBatch] = []
    rows = 0
    decisions = replace(part.decisions, met=done.met)
    for task in part.tasks:
        reading = part.readings.read(task.reading_key)
        if reading is None:
            done.damaged.append(task)
            continue
        documents.append(reading.batches["documents"])
        figures.append(reading.batches["figures"])
        observations.append(reading.batches["observations"])
        if reading.batches["judgements"].num_rows:
            done.judgements += [Judgement(**row) for row in reading.batches["judgements"].to_pylist()]
        rows += reading.batches["observations"].num_rows
        if rows >= AT_ONCE:
            _write(part, done, figures, observations, known, decisions)
            figures, observations, rows = [], [], 0
    if done.damaged:
        return done
    if figures:
        _write(part, done, figures, observations, known, decisions)
    if documents:
        told = pa.Table.from_batches(documents).to_pylist()
        done.documents = [
            row for task, values in zip(part.tasks, told, strict=True) for row in _document_rows(values, task)
        ]
    return done


def _write(
    part: Part,
    done: PartWritten,
    figures: list[pa.RecordBatch],
    observations: list[pa.RecordBatch],
    known: Known,
    decisions: Decisions,
) -> None:
    """Some of its documents whole."""
    name = f"part-{part.number:05d}-{len(done.figures):05d}"
    done.figures.append(_write_table(part.folder / f"{name}.figures", pa.Table.from_batches(figures)))
    rows = pa.Table.from_batches(observations)
    if rows.num_rows:
        rows, compared = check_rows(rows, known, decisions)
        done.runs.append(write_run(part.folder / f"{name}.observations", rows))
        if compared.num_rows:
            done.comparisons.append(_write_table(part.folder / f"{name}.comparisons", compared))


def _write_table(path: Path, rows: pa.Table) -> Path:
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, rows.schema) as batches:
        batches.write_table(rows.combine_chunks())
    return path


def read_away(path: Path, write: Callable[[pa.Table], None]) -> None:
    """Hand on the rows of a part's file, and remove it."""
    with pa.OSFile(str(path)) as file, pa.ipc.open_file(file) as rows:
        write(rows.read_all())
    path.unlink()


def _document_rows(values: dict[str, object], task: Task) -> list[Document]:
    """The document's row, with where it is now. One that failed has a row for each file, since each wants attention."""
    values = {**values, "source": task.source, "retrieved_at": task.retrieved_at, "at_source": task.at_source}
    if values["document_kind"] == "other" and task.document_kind is not None:
        values["document_kind"] = task.document_kind  # what the registry says, where the document does not
    values |= {"location": task.location, "other_locations": task.other_locations}
    if values["status"] == "failed":
        places = (task.location, *task.other_locations)
        whose = [_subject_here(task, place, values["subject_code"]) for place in places]
        return [
            Document(**{**values, "location": place, "other_locations": (), "subject_code": code})  # type: ignore[arg-type]
            for place, code in zip(places, whose, strict=True)
        ]
    return [Document(**values)]  # type: ignore[arg-type]


def _subject_here(task: Task, place: str, subject: object) -> object:
    """Whose a document that failed is, by the folder of each of its copies: one error page may lie in many."""
    if place == task.location:
        return subject
    return name_to_subject("/".join(PurePath(place).parts[-2:]), task.authority)
