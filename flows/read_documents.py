"""Step read: documents that have no reading yet -> kept readings, by the pool of workers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field

from flows.child import Limits
from flows.document_rows import failed_rows
from flows.progress import Progress
from flows.readings import Readings, rows_to_bytes
from flows.tasks import Task
from flows.workers import Stopped, Workers

MEGABYTE = 2**20
LARGEST = 200 * MEGABYTE
"""Bytes of a document; a larger one is not opened."""
MEMORY = 600 * MEGABYTE
"""What the process that reads a document may hold."""
READER = "flows.reading_worker:answer_task"


@dataclass(frozen=True, slots=True)
class Read:
    """A document that was read: the bytes of its reading file, what the run's summary says of it, and whether it would
    read the same another time (a file that went away meanwhile would not)."""

    data: bytes
    status: str
    pages: int
    stages: tuple[tuple[str, float], ...] = ()
    lasting: bool = True


Pool = Workers[Task, Read]


@dataclass(slots=True)
class ReadTotals:
    """What reading came to: documents, pages, seconds by stage, and the keys of readings that are for this run only."""

    documents: int = 0
    pages: int = 0
    stages: Counter[str] = field(default_factory=Counter)
    passing: set[str] = field(default_factory=set)

    def add_all(self, others: ReadTotals) -> None:
        """Count what was counted elsewhere."""
        self.documents += others.documents
        self.pages += others.pages
        self.stages.update(others.stages)
        self.passing |= others.passing

    def add(self, task: Task, read: Read) -> None:
        """Count one document."""
        self.documents += 1
        self.pages += read.pages
        self.stages.update(dict(read.stages))
        if not read.lasting:
            self.passing.add(task.reading_key)


def limits_of(task: Task) -> Limits:
    """What a document may cost, by its size: a hundred times what ordinary ones do."""
    cpu_seconds = 20.0 + 10.0 * task.bytes / MEGABYTE
    return Limits(cpu_seconds, 3 * cpu_seconds, MEMORY)


def read_documents(
    tasks: Sequence[Task],
    readings: Readings,
    totals: ReadTotals,
    workers: int,
    progress: Callable[[Progress], None],
    reader: str = READER,
    limits: Callable[[Task], Limits] = limits_of,
    pool: Pool | None = None,
) -> None:
    """Read the documents, the largest first; keep what was read as it comes, and count it in `totals`.

    pool: processes that are at work already; without it, as many as `workers` are started.
    """
    done = 0

    def take(task: Task, read: Read) -> None:
        readings.keep(task.reading_key, read.data, read.lasting)
        totals.add(task, read)
        nonlocal done
        done += 1
        progress(Progress("read", done, len(tasks), task.location, read.status))

    for task in tasks:
        if refused := _refused(task):
            take(task, refused)
    rest = sorted((t for t in tasks if not _refused(t)), key=lambda t: (-t.bytes, t.location))
    if rest:
        with nullcontext(pool) if pool else start_pool(reader, min(workers, len(rest)), limits) as at_work:
            for task, answer in at_work.ask_all(rest):
                take(task, _stopped_to_read(task, answer) if isinstance(answer, Stopped) else answer)


def start_pool(reader: str, workers: int, limits: Callable[[Task], Limits] = limits_of) -> Pool:
    """Processes that read documents."""
    return Workers(reader, workers, limits, MEMORY)


def _refused(task: Task) -> Read | None:
    """A document that is not even opened."""
    if task.trouble is not None and task.reason is not None:
        return _stopped_to_read(task, Stopped(task.reason, task.trouble, lasting=False))
    if task.trouble is not None:
        return _stopped_to_read(task, Stopped("reader_failed", f"could not be opened: {task.trouble}", lasting=False))
    if task.bytes > LARGEST:
        return _stopped_to_read(task, Stopped("too_large", f"{task.bytes / MEGABYTE:,.0f} MB are over the limit"))
    return None


def _stopped_to_read(task: Task, stopped: Stopped) -> Read:
    data = rows_to_bytes(failed_rows(task, stopped.reason, stopped.detail))
    return Read(data, "failed", 0, lasting=stopped.lasting)
