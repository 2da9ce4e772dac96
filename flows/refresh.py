"""The whole flow, embedded: from folders of files to a published snapshot, without a server and without a network.

`refresh` is the sentence; each of its words is a module of this room.
"""

from __future__ import annotations

import datetime as dt
import errno
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flows.child import Limits
from flows.code_version import reading_version
from flows.editions import Wish, publish_if_new
from flows.find_files import Source, find_files, path_to_source
from flows.lock import only_refresh
from flows.manifest import Retrieval, read_manifest, write_manifest
from flows.progress import Progress, RefreshSummary
from flows.read_documents import READER, ReadTotals, limits_of, read_documents
from flows.readings import Readings
from flows.refusals import RefreshError
from flows.retrievals import retrievals_to_tasks, with_what_is_gone
from flows.snapshots import clear_unfinished, snapshots_folder
from flows.standing import step_back
from flows.summary import count_snapshot
from flows.tasks import Task
from flows.workers import worker_count

SAMPLES = Source("samples", Path(__file__).resolve().parents[1] / "data" / "samples")
KEEP_SNAPSHOTS = 7
_DISK_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NOT_WRITABLE = {errno.EROFS, errno.EACCES, errno.EPERM}


@dataclass(frozen=True, slots=True)
class Found:
    """The documents to publish, and what is to be said of finding them."""

    tasks: list[Task]
    notes: tuple[str, ...]


def refresh(
    sources: Sequence[Path],
    data_folder: Path,
    workers: int | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
    *,
    again: bool = False,
    keep: int = KEEP_SNAPSHOTS,
    accept_loss: bool = False,
    reader: str = READER,
    limits: Callable[[Task], Limits] = limits_of,
) -> RefreshSummary:
    """Read what is new below the sources and publish a snapshot of all that is held, unless nothing has changed.

    sources: folders and files; without any, those of the last refresh, or the project's samples. again: read everything
    anew. keep: how many snapshots stay. accept_loss: publish although most observations of the same documents went.
    reader, limits: by which function ("module:name") each document is read, and what it may cost.
    Raises RefreshUnderWayError where another refresh holds the data folder, SnapshotRefusedError where a check fails, and
    RefreshError where a source is missing or the data folder cannot be written.
    """
    clock = _Clock()
    with _in_plain_words(data_folder), only_refresh(data_folder):
        clear_unfinished(data_folder)
        found = find_documents(sources, data_folder, progress)
        clock.tick("find")
        readings = Readings(data_folder / "readings" / reading_version(), forgetful=again)
        totals = ReadTotals()

        def read(tasks: Sequence[Task]) -> None:
            read_documents(tasks, readings, totals, workers or worker_count(), progress, reader, limits)

        read(_unread(found.tasks, readings))
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
        notes=(*found.notes, *published.notes),
    )


def rollback(data_folder: Path) -> str:
    """Lead readers to the snapshot before the current one and return its name; RefreshError where there is none."""
    with _in_plain_words(data_folder), only_refresh(data_folder):
        name = step_back(data_folder)
    if name is None:
        raise RefreshError(f"{data_folder} holds no whole snapshot older than the current one.")
    return name


def find_documents(sources: Sequence[Path], data_folder: Path, progress: Callable[[Progress], None]) -> Found:
    """Look through the sources, and remember what was found where."""
    known, torn = read_manifest(data_folder)
    notes = [f"{torn} lines of the manifest were damaged: those files were looked at again."] if torn else []
    visited = [path_to_source(path) for path in sources] or _sources_before(known.values()) or [SAMPLES]
    for source in visited:
        if not source.path.exists():
            raise RefreshError(f"There is no file or folder {source.path}. Nothing was published.")
    if SAMPLES not in visited and any(r.source == SAMPLES.id for r in known.values()):
        known = {location: r for location, r in known.items() if r.source != SAMPLES.id}
        notes.append("The project's sample documents have left the dataset, now that it has sources of its own.")
    found = []
    for retrieval in find_files(visited, known, dt.datetime.now(dt.UTC), data_folder.absolute()):
        found.append(retrieval)
        progress(Progress("find", len(found), 0, retrieval.location))
    notes += [f"{r.location} could not be looked into: {r.trouble}." for r in found if r.trouble and not r.document_id]
    retrievals = with_what_is_gone(known, found, {source.id for source in visited})
    tasks = retrievals_to_tasks(retrievals.values())
    if not tasks:
        raise RefreshError(f"No documents below {', '.join(str(s.path) for s in visited)}. Nothing was published.")
    if retrievals != known or torn:
        write_manifest(data_folder, retrievals.values())
    return Found(tasks, tuple(notes))


def _sources_before(known: Iterable[Retrieval]) -> list[Source]:
    """The folders and files that earlier refreshes were given."""
    ids = dict.fromkeys(r.source for r in known if r.source != SAMPLES.id)
    return [Source(place, Path(place)) for place in ids]


def _unread(tasks: Sequence[Task], readings: Readings) -> list[Task]:
    """The documents to read now. A gone one whose bytes are no longer at hand keeps what was read from it last."""
    return [
        task
        for task in tasks
        if task.reading_key not in readings
        and not (not task.at_source and not Path(task.path).is_file() and readings.adopt(task.reading_key))
    ]


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
