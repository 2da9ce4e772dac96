"""Step read, for an orchestrator: documents in batches, each read by processes that outlive the batch.

One document is too little for a task of its own (an orchestrator spends tens of milliseconds on each), and processes that
read take seconds to start. So a task is a batch, and the processes wait for the next one; after a minute of nothing to do
they end. A batch can be read on another machine that sees the same data folder, or the object store that keeps it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flows.progress import Progress
from flows.read_documents import MEGABYTE, Pool, ReadTotals, read_documents, start_pool
from flows.readings import KeptKeys, Readings
from flows.tasks import Task

MOST_DOCUMENTS = 20
MOST_BYTES = 20 * MEGABYTE
FEWEST_BATCHES = 16
"""Few documents are dealt out singly, so that no process stands idle while another has many."""
IDLE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents to be read together: where their readings go, and by which function each is read. address: of the object
    store that has their bytes and takes their readings, where whoever reads may not see our folders."""

    tasks: tuple[Task, ...]
    readings_folder: Path
    reader: str
    address: str | None = None

    @property
    def name(self) -> str:
        """What a person sees of it."""
        number = len(self.tasks)
        return f"{number} document{'s' if number > 1 else ''}, {sum(t.bytes for t in self.tasks) / MEGABYTE:.1f} MB"


@dataclass(frozen=True, slots=True)
class BatchRead:
    """What reading a batch came to, and the objects that it was written to where it was read elsewhere."""

    totals: ReadTotals
    kept: KeptKeys
    objects: tuple[str, ...] = ()


def in_batches(
    tasks: Sequence[Task], readings_folder: Path, reader: str, address: str | None = None
) -> Iterator[Batch]:
    """Documents in batches of bounded number and size, the largest documents first, so that none is begun last."""
    most = min(MOST_DOCUMENTS, -(-len(tasks) // FEWEST_BATCHES))
    together: list[Task] = []
    size = 0
    for task in sorted(tasks, key=lambda t: (-t.bytes, t.location)):
        if together and (len(together) >= most or size + task.bytes > MOST_BYTES):
            yield Batch(tuple(together), readings_folder, reader, address)
            together, size = [], 0
        together.append(task)
        size += task.bytes
    if together:
        yield Batch(tuple(together), readings_folder, reader, address)


def read_batch(batch: Batch) -> BatchRead:
    """Read the documents of a batch by one process, and keep what was read."""
    if batch.address is not None:
        from flows.elsewhere import read_elsewhere

        return read_elsewhere(batch, _read)
    return _read(batch)


def _read(batch: Batch) -> BatchRead:
    readings, totals = Readings(batch.readings_folder, forgetful=True), ReadTotals()
    with _pools.lease(batch.reader) as pool:
        read_documents(batch.tasks, readings, totals, 1, _say_nothing, batch.reader, pool=pool)
    return BatchRead(totals, readings.kept())


def end_pools() -> None:
    """End the processes that wait for another batch."""
    _pools.end()


def _say_nothing(_: Progress) -> None:
    pass


class _Pools:
    """Pools of one process each: as many as there are batches under way in this process."""

    def __init__(self) -> None:
        self._idle: dict[str, list[Pool]] = {}
        self._lock = threading.Lock()

    @contextmanager
    def lease(self, reader: str) -> Iterator[Pool]:
        """A pool for one batch. One that ended in an error is not used again."""
        with self._lock:
            idle = self._idle.setdefault(reader, [])
            pool = idle.pop() if idle else None
        pool = pool or start_pool(reader, 1)
        try:
            yield pool
        except BaseException:
            pool.__exit__()
            raise
        with self._lock:
            self._idle.setdefault(reader, []).append(pool)
        waits = threading.Timer(IDLE_SECONDS, self._end_if_idle, (reader, pool))
        waits.daemon = True
        waits.start()

    def _end_if_idle(self, reader: str, pool: Pool) -> None:
        """It may have been leased and given back since; then it ends a little early, which costs nothing but a start."""
        with self._lock:
            idle = self._idle.get(reader, [])
            if pool not in idle:
                return
            idle.remove(pool)
        pool.__exit__()

    def end(self) -> None:
        """End all that are idle."""
        with self._lock:
            pools = [pool for idle in self._idle.values() for pool in idle]
            self._idle.clear()
        for pool in pools:
            pool.__exit__()


_pools = _Pools()
