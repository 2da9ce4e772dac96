"""Step fetch: the bytes of every document and page that was fetched, kept once, by hash: `raw/<two characters>/<sha256>`.

`raw/retrievals.jsonl` has a line for each time that bytes came, in the manifest's form: where from, when, what they are.
From it a manifest that was lost or torn is made whole again without asking the web.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path, PurePath

from flows.manifest import Retrieval, line_to_retrieval, retrieval_to_line
from flows.whole_files import sync_folder

LOG = "retrievals.jsonl"
_ASIDE = ".new-"
_HEAD = 1024


@dataclass(frozen=True, slots=True)
class Kept:
    """Bytes that are in the store: their sha256, how many they are, and how they begin."""

    document_id: str
    size: int
    head: bytes


class RawStore:
    """The store below a data folder. Several threads may keep bytes at once; several processes may not."""

    def __init__(self, data_folder: Path) -> None:
        self.folder = data_folder / "raw"
        self._numbers = count()

    def path(self, document_id: str) -> Path:
        """Where the bytes of that hash are, or would be."""
        return self.folder / document_id[:2] / document_id

    def at_home(self, retrieval: Retrieval) -> Retrieval:
        """A retrieval whose path is where the data folder is now: it may have been moved since."""
        return replace(retrieval, path=str(self.path(PurePath(retrieval.path).name).absolute()))

    def holds(self, retrieval: Retrieval) -> bool:
        """Whether what a retrieval brought is here, with all its bytes by their number."""
        try:
            return self.path(PurePath(retrieval.path).name).stat().st_size == retrieval.size
        except OSError:
            return False

    def keep(self, chunks: Iterable[bytes]) -> Kept:
        """Stream bytes into the store, forced to disk; whole or not at all. What `chunks` raises is handed on."""
        self.folder.mkdir(parents=True, exist_ok=True)
        aside = self.folder / f"{_ASIDE}{next(self._numbers)}"
        digest, size, head = hashlib.sha256(), 0, b""
        try:
            with open(aside, "wb") as file:
                for chunk in chunks:
                    file.write(chunk)
                    digest.update(chunk)
                    size += len(chunk)
                    head += chunk[: _HEAD - len(head)]
                file.flush()
                os.fsync(file.fileno())
            kept = Kept(digest.hexdigest(), size, head)
            path = self.path(kept.document_id)
            path.parent.mkdir(exist_ok=True)
            os.replace(aside, path)
            sync_folder(path.parent)
        finally:
            aside.unlink(missing_ok=True)
        return kept

    def log(self, retrieval: Retrieval) -> None:
        """Note that bytes came. A line that a run which was killed left torn is ended first."""
        with open(self.folder / LOG, "ab+") as file:
            file.seek(max(file.seek(0, os.SEEK_END) - 1, 0))
            torn = file.read(1) not in (b"", b"\n")
            file.write(b"\n" * torn + retrieval_to_line(retrieval))

    def logged(self) -> dict[str, Retrieval]:
        """The last retrieval of each location whose bytes are here still."""
        try:
            lines = (self.folder / LOG).read_bytes().splitlines()
        except FileNotFoundError:
            return {}
        found = (line_to_retrieval(line) for line in lines)
        last = {r.location: r for r in found if r is not None}
        return {location: r for location, r in last.items() if self.holds(r)}

    def clear_unfinished(self) -> None:
        """Remove what a run that was killed had begun to keep."""
        if self.folder.is_dir():
            for entry in os.scandir(self.folder):
                if entry.name.startswith(_ASIDE):
                    os.unlink(entry.path)


def remove_damaged(path: Path) -> bool:
    """Remove a kept file whose bytes are no longer those of its name, so that they are fetched again; whether they were."""
    try:
        with open(path, "rb") as file:
            whole = hashlib.file_digest(file, "sha256").hexdigest() == path.name
        if not whole:
            path.unlink()
    except OSError:
        return False
    return not whole
