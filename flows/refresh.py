"""The whole flow, embedded: from folders of files to a published snapshot, without a server and without a network.

`refresh` is the sentence; each of its words is a module of this room.
"""

from __future__ import annotations

import errno
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from flows.beside import keep_official
from flows.child import Limits
from flows.code_version import reading_version
from flows.editions import Wish, publish_if_new
from flows.find_documents import Visit, find_documents, unread
from flows.lock import only_refresh
from flows.machine import worker_count
from flows.progress import Progress, RefreshSummary
from flows.read_documents import READER, ReadTotals, limits_of, read_documents
from flows.readings import Readings
from flows.refusals import RefreshError
from flows.snapshots import clear_unfinished, snapshots_folder
from flows.standing import step_back
from flows.summary import count_snapshot
from flows.tasks import Task
from flows.visits import visit_sources

KEEP_SNAPSHOTS = 7
_DISK_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NOT_WRITABLE = {errno.EROFS, errno.EACCES, errno.EPERM}


def refresh(
    sources: Sequence[Path],
    data_folder: Path,
    workers: int | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
    *,
    registry: Path | None = None,
    again: bool = False,
    keep: int = KEEP_SNAPSHOTS,
    accept_loss: bool = False,
    reader: str = READER,
    limits: Callable[[Task], Limits] = limits_of,
    visit: Visit = visit_sources,
    official: Sequence[Path] = (),
) -> RefreshSummary:
    """Read what is new below the sources and publish a snapshot of all that is held, unless nothing has changed.

    sources: folders and files. registry: the file that names further sources, of the web too (flows.sources). Without
    either, those of the last refresh, or the project's samples. again: read everything anew. keep: how many snapshots stay. accept_loss: publish although most observations of the same documents went.
    reader, limits: by which function ("module:name") each document is read, and what it may cost.
    visit: how sources of the web are visited. official: folders and files of published statistics (flows.beside); without
    any, those of last time. Raises RefreshUnderWayError where another refresh holds the data folder, SnapshotRefusedError where a check fails, and
    RefreshError where a source is missing or the data folder cannot be written.
    """
    clock = _Clock()
    with _in_plain_words(data_folder), only_refresh(data_folder):
        clear_unfinished(data_folder)
        found = find_documents(sources, data_folder, progress, registry, visit)
        told = keep_official(official, data_folder)
        clock.tick("find")
        readings = Readings(data_folder / "readings" / reading_version(), forgetful=again)
        totals = ReadTotals()

        def read(tasks: Sequence[Task]) -> None:
            read_documents(tasks, readings, totals, workers or worker_count(), progress, reader, limits)

        read(unread(found.tasks, readings))
        clock.tick("read")
        progress(Progress("publish", 0, 1))
        wish = Wish(again, accept_loss, keep)
        published = publish_if_new(data_folder, found.tasks, readings, totals.passing, wish, read)
        progress(Progress("publish", 1, 1))
        clock.tick("publish")
        counts = count_snapshot(snapshots_folder(data_folder) / published.name)
    return RefreshSummary(
        snapshot=published.name,
        published=published.new,
        documents_read=totals.documents,
        pages_read=totals.pages,
        statuses=counts.statuses,
        troubles=counts.troubles,
        rows=counts.rows,
        dispositions=counts.dispositions,
        changes=counts.changes if published.new else {},
        seconds=clock.total(),
        steps=clock.steps,
        stages=dict(totals.stages),
        notes=(*found.notes, *told, *published.notes),
    )


def rollback(data_folder: Path) -> str:
    """Lead readers to the snapshot before the current one and return its name; RefreshError where there is none."""
    with _in_plain_words(data_folder), only_refresh(data_folder):
        name = step_back(data_folder)
    if name is None:
        raise RefreshError(f"{data_folder} holds no whole snapshot older than the current one.")
    return name


class _Clock:
    """Seconds on the clock, by step."""

    def __init__(self) -> None:
        self.steps: dict[str, float] = {}
        self._started = self._last = time.perf_counter()

    def tick(self, step: str) -> None:
        now = time.perf_counter()
        self.steps[step], self._last = now - self._last, now

    def total(self) -> float:
        return time.perf_counter() - self._started


@contextmanager
def _in_plain_words(data_folder: Path) -> Iterator[None]:
    """What the system refuses, said for the person who asked."""
    try:
        yield
    except OSError as error:
        place = error.filename or data_folder
        if error.errno in _DISK_FULL:
            raise RefreshError(f"There is no space left to write {place}. The dataset is as it was before.") from error
        if error.errno in _NOT_WRITABLE:
            raise RefreshError(
                f"{place} cannot be written ({error.strerror}). The dataset is as it was before."
            ) from error
        raise
