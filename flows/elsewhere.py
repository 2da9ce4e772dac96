"""Step read, on another machine: a batch whose documents come from an object store, and whose readings go there."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from flows.batches import Batch, BatchRead
from flows.object_store import ObjectStore
from flows.working_copy import raw_name


def read_elsewhere(batch: Batch, read: Callable[[Batch], BatchRead]) -> BatchRead:
    """Read a batch in a folder of this machine that goes again; `read` does it where the files are at hand.

    A document that the store does not hold could not be opened by whoever shared it, and is left to fail as it would there.
    """
    if batch.address is None:
        raise ValueError("a batch that is read elsewhere has an address")
    store = ObjectStore(batch.address)
    held = store.seen("raw/")
    with tempfile.TemporaryDirectory(prefix="kpi-") as place:
        folder = Path(place)
        names = {task.document_id: raw_name(task.document_id) for task in batch.tasks}
        store.get_files(sorted({name for name in names.values() if name in held}), folder)
        tasks = tuple(
            replace(t, path=str(folder / names[t.document_id])) if names[t.document_id] in held else t
            for t in batch.tasks
        )
        readings = folder / "readings" / batch.readings_folder.name
        done = read(replace(batch, tasks=tasks, readings_folder=readings, address=None))
        objects = sorted(p.relative_to(folder).as_posix() for p in readings.rglob("*") if p.is_file())
        store.put_files(objects, folder)
    return replace(done, objects=tuple(objects))
