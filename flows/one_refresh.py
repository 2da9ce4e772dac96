"""The flow, step by step: one refresh under way, for whoever conducts it: `flows.refresh` by itself, or Prefect.

However it is conducted, the steps are these, and so the tables are the same: find, read, publish, tell.
"""

from __future__ import annotations

import errno
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from flows.batches import Batch, BatchRead, in_batches
from flows.beside import keep_official
from flows.child import Limits
from flows.code_version import reading_version
from flows.editions import Published, Wish, publish_if_new
from flows.find_documents import Found, Visit, find_documents, unread
from flows.machine import worker_count
from flows.places import Place, held_place
from flows.progress import Progress, RefreshSummary
from flows.read_documents import READER, ReadTotals, limits_of, read_documents
from flows.readings import Readings
from flows.refusals import RefreshError
from flows.snapshots import clear_unfinished, snapshots_folder
from flows.summary import count_snapshot
from flows.tasks import Task
from flows.visits import visit_sources

KEEP_SNAPSHOTS = 7
_DISK_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NOT_WRITABLE = {errno.EROFS, errno.EACCES, errno.EPERM}


@dataclass(frozen=True, slots=True)
class Request:
    """What a person asks of a refresh; `flows.refresh.refresh` tells what each means."""

    data_folder: Path
    sources: Sequence[Path] = ()
    registry: Path | None = None
    official: Sequence[Path] = ()
    workers: int | None = None
    again: bool = False
    keep: int = KEEP_SNAPSHOTS
    accept_loss: bool = False
    reader: str = READER
    limits: Callable[[Task], Limits] = limits_of
    visit: Visit = visit_sources


class OneRefresh:
    """The steps of one refresh, to be taken in their order while its data folder is held (`one_refresh`)."""

    def __init__(self, request: Request, progress: Callable[[Progress], None], place: Place) -> None:
        self.request = request = replace(request, data_folder=place.folder)
        self._place = place
        self.progress = progress
        self.readings_folder = request.data_folder / "readings" / reading_version()
        self.readings = Readings(self.readings_folder, forgetful=request.again)
        self.totals = ReadTotals()
        self._clock = _Clock()

    def find(self) -> list[Task]:
        """Find the documents, and the statistics they are held against; those that are still to be read."""
        request = self.request
        self._found: Found = find_documents(
            request.sources, request.data_folder, self.progress, request.registry, request.visit
        )
        self._told = keep_official(request.official, request.data_folder)
        to_read = unread(self._found.tasks, self.readings)
        self._place.save()
        self._clock.tick("find")
        return to_read

    def read(self, tasks: Sequence[Task]) -> None:
        """Read documents, and keep what was read."""
        request = self.request
        workers = request.workers or worker_count()
        read_documents(tasks, self.readings, self.totals, workers, self.progress, request.reader, request.limits)

    def batches(self, tasks: Sequence[Task], elsewhere: bool = False) -> list[Batch]:
        """Documents as batches, to be read by somebody else and handed to `take`. elsewhere: by other machines perhaps, which
        do not see our working copy of an object store, but that."""
        copy = self._place.copy if elsewhere else None
        if copy is not None:
            copy.share(tasks)
        return list(in_batches(tasks, self.readings_folder, self.request.reader, copy.store.address if copy else None))

    def take(self, read: BatchRead) -> None:
        """Take note of a batch that was read."""
        if self._place.copy is not None and read.objects:
            self._place.copy.fetch(read.objects)
        self.totals.add_all(read.totals)
        self.readings.learn(read.kept)

    def publish(self) -> RefreshSummary:
        """Publish a snapshot of all that is held, unless nothing has changed; what is to be told of it all."""
        self._place.save()
        self._clock.tick("read")
        request = self.request
        self.progress(Progress("publish", 0, 1))
        wish = Wish(request.again, request.accept_loss, request.keep, request.workers or worker_count())
        published = publish_if_new(
            request.data_folder, self._found.tasks, self.readings, self.totals.passing, wish, self.read
        )
        self._place.save()
        self.progress(Progress("publish", 1, 1))
        self._clock.tick("publish")
        return self._summary(published)

    def _summary(self, published: Published) -> RefreshSummary:
        counts = count_snapshot(snapshots_folder(self.request.data_folder) / published.name)
        return RefreshSummary(
            snapshot=published.name,
            published=published.new,
            documents_read=self.totals.documents,
            pages_read=self.totals.pages,
            statuses=counts.statuses,
            troubles=counts.troubles,
            rows=counts.rows,
            dispositions=counts.dispositions,
            changes=counts.changes if published.new else {},
            seconds=self._clock.total(),
            steps=self._clock.steps,
            stages=dict(self.totals.stages),
            notes=(*self._found.notes, *self._told, *published.notes),
        )


@contextmanager
def one_refresh(request: Request, progress: Callable[[Progress], None]) -> Iterator[OneRefresh]:
    """Hold the data folder for one refresh. Raises RefreshUnderWayError where another holds it."""
    with in_plain_words(request.data_folder), held_place(request.data_folder) as place:
        clear_unfinished(place.folder)
        yield OneRefresh(request, progress, place)


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
def in_plain_words(data_folder: Path) -> Iterator[None]:
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
