"""Step keep: the working copy of a data folder that an object store keeps: made like it, worked on, and written back.

A refresh works on a folder of this machine as it always does; what is at the address decides. Objects come where they are
not those of last time, and go back in an order in which the store could be left at any moment: bytes, readings, what
tells of them, snapshots, and last `dataset/current`, one small object that readers are led by. Nothing is renamed there.
"""

from __future__ import annotations

import json
import os
import re
import socket
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from flows.beside import CORRECTIONS
from flows.lease import Lease, only_lease
from flows.lock import only_refresh
from flows.manifest import MANIFEST
from flows.object_store import ObjectStore, Seen
from flows.places import COPY
from flows.snapshots import CARD, current_name, dataset_folder, lead_to
from flows.tasks import Task
from flows.whole_files import write_whole
from schemas.places import address_to_folder_name

CACHE = "KPI_CACHE"
"""Where this machine keeps its working copies, if not in `.cache` of whoever runs this."""
CURRENT = "dataset/current"
_KEPT = ("raw/", "readings/", "official/", "dataset/snapshots/", "dataset/rolled-back.json", MANIFEST)
"""What is written back; the rest of a working copy is for this machine alone."""
_GIVEN = (CORRECTIONS, "sources.yaml")
"""What people put at the address: it comes, and is never written."""
_NOTES = ".working-copy.json"

_IS_RAW = re.compile("raw/[0-9a-f]{2}/[0-9a-f]{64}")

Made = tuple[int, int]
"""A file's bytes, and when it was written (nanoseconds)."""
Note = tuple[str, int, int]
"""An object's tag, and when they were the same, the file's bytes and time."""
_NEW: Note = ("", -1, -1)


def copy_folder(address: str) -> Path:
    """Where this machine keeps its working copy of what is at an address."""
    given = os.environ.get(CACHE)
    folder = Path(given) if given else Path.home() / ".cache" / "childrens-services-kpis"
    return folder.absolute() / address_to_folder_name(address) / COPY


class WorkingCopy:
    """A data folder of this machine, and the object store that keeps it."""

    def __init__(self, store: ObjectStore, folder: Path) -> None:
        self.folder = folder
        self.store = store
        self._lease: Lease | None = None
        self._current: str | None = None
        self._id, self._notes = _read_notes(folder)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the copy and the store for one refresh. Raises RefreshUnderWayError where another holds either."""
        with only_refresh(self.folder):
            self._write_notes()  # a lease of ours must be known for ours, even if we are killed next
            with only_lease(self.store, self._id) as self._lease:
                self._bring()
                yield

    def save(self) -> None:
        """Write back what has changed; readers are led to a new snapshot when all of it is there."""
        if self._lease is None:
            raise RuntimeError("a working copy is written back while it is held")
        here = self._here()
        news = [name for name, made in here.items() if name not in _GIVEN and self._notes.get(name, _NEW)[1:] != made]
        gone = [name for name in self._notes if name not in here]
        current = current_name(self.folder)
        if not news and not gone and current == self._current:
            return
        self._lease.check()
        there = self.store.seen()
        self.store.put_files(
            sorted((n for n in news if not self._is_there(n, here[n], there)), key=_order), self.folder
        )
        there = self.store.seen()
        if current is not None and current != self._current:
            self._lease.check()
            self.store.put(CURRENT, f"snapshots/{current}\n".encode())
            self._current = current
        self.store.remove([name for name in there if name.startswith(_KEPT) and name not in here])
        self._notes = {name: (there[name].tag, *made) for name, made in here.items() if name in there}
        self._write_notes()

    def share(self, tasks: Iterable[Task]) -> None:
        """Put the bytes of documents where workers of other machines find them: into the raw store."""
        there = self.store.seen("raw/")
        for task in tasks:
            name = raw_name(task.document_id)
            if not task.trouble and name not in there and Path(task.path).is_file():
                self.store.put(name, Path(task.path).read_bytes())

    def fetch(self, names: Iterable[str]) -> None:
        """Bring objects that others have written meanwhile."""
        self.store.get_files(sorted(names), self.folder)

    def _bring(self) -> None:
        """Make the copy like what is at the address. What a run of ours had made when it was killed stays, where nothing else
        was written in its place since."""
        there = {n: seen for n, seen in self.store.seen().items() if n.startswith(_KEPT) or n in _GIVEN}
        here = self._here()
        wanted = [name for name in there if not self._is_held(name, there[name], here)]
        self.store.get_files(wanted, self.folder)
        for name in [name for name in self._notes if name not in there]:
            (self.folder / name).unlink(missing_ok=True)
        here = self._here()
        fresh = {name: (there[name].tag, *here[name]) for name in there if name in here}
        before = self._notes
        self._notes = {n: note if n in wanted or n not in before else before[n] for n, note in fresh.items()}
        if self._notes != before:
            self._write_notes()
        self._lead()

    def _lead(self) -> None:
        """Let the copy's `current` lead where that of the store does."""
        told = self.store.get(CURRENT)
        self._current = PurePosixPath(told.decode(errors="replace").strip()).name if told else None
        if self._current is None:
            (dataset_folder(self.folder) / "current").unlink(missing_ok=True)
        elif self._current != current_name(self.folder):
            dataset_folder(self.folder).mkdir(parents=True, exist_ok=True)
            lead_to(self.folder, self._current)

    def _here(self) -> dict[str, Made]:
        """The files that are to be kept, as they are now."""
        found: dict[str, Made] = {}
        for place, folders, files in os.walk(self.folder):
            folders[:] = [name for name in folders if not name.startswith(".")]
            for file in files:
                path = Path(place) / file
                name = path.relative_to(self.folder).as_posix()
                if (name.startswith(_KEPT) or name in _GIVEN) and not file.startswith("."):
                    stat = path.stat()
                    found[name] = (stat.st_size, stat.st_mtime_ns)
        return found

    def _is_held(self, name: str, seen: Seen, here: Mapping[str, Made]) -> bool:
        """Whether a file is the object, or was made of it by a run of ours: nobody has written the object since."""
        if name not in here:
            return False
        if _IS_RAW.fullmatch(name):
            return here[name][0] == seen.size  # its name is its hash
        tag, *made = self._notes.get(name, _NEW)
        return tag == seen.tag and (name not in _GIVEN or (*made,) == here[name])

    def _is_there(self, name: str, made: Made, there: Mapping[str, Seen]) -> bool:
        """Whether a file that we have not written back is there all the same: workers elsewhere write what they read, and a
        run that was killed did not note what it had written. Such names tell what they hold."""
        named = _IS_RAW.fullmatch(name) or name.startswith("readings/")
        return bool(named) and name not in self._notes and name in there and there[name].size == made[0]

    def _write_notes(self) -> None:
        write_whole(self.folder / _NOTES, json.dumps({"copy": self._id, "files": self._notes}).encode())


def raw_name(document_id: str) -> str:
    """The object that holds a document's bytes."""
    return f"raw/{document_id[:2]}/{document_id}"


def _order(name: str) -> tuple[int, str]:
    """What others tell of goes before them; a snapshot's card after its tables."""
    if name.endswith(f"/{CARD}"):
        return 5, name
    steps = ("raw/", "readings/", "official/", MANIFEST, "dataset/snapshots/")
    step = next((number for number, start in enumerate(steps) if name.startswith(start)), 6)
    return (2 if name.startswith("raw/") and name.count("/") == 1 else step), name


def _read_notes(folder: Path) -> tuple[str, dict[str, Note]]:
    """The copy's id, and what was noted of its files; a new id, and nothing, where that cannot be read."""
    try:
        told = json.loads((folder / _NOTES).read_text(encoding="utf-8"))
        return str(told["copy"]), {name: (str(t), int(s), int(m)) for name, (t, s, m) in told["files"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return f"{socket.gethostname()} {uuid.uuid4().hex}", {}
