"""Step find: the memory of every location at which a document was found: its bytes' hash, when, and whether it is there still.

`manifest.jsonl` holds one retrieval a line, each with a checksum. A line that is torn or altered is left out and said
so: its file is looked at again, as if it were new.
"""

from __future__ import annotations

import datetime as dt
import json
import zlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from flows.whole_files import write_whole

MANIFEST = "manifest.jsonl"


@dataclass(frozen=True, slots=True)
class Retrieval:
    """A location, and what was found there last. `document_id` is None for a file that was looked at and is no document.

    `size` and `modified` (nanoseconds) tell that a file has not changed since, without reading it again; for what was
    fetched, `etag` and `last_modified` are what its server goes by, and `linked_from` is the page that led to it.
    `registry` is the file that names its source; `reason` the code that goes with `trouble`.
    """

    location: str
    source: str
    name: str
    path: str
    document_id: str | None
    size: int
    modified: int
    retrieved_at: str
    authority: str | None = None
    at_source: bool = True
    trouble: str | None = None
    reason: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    linked_from: str | None = None
    registry: str | None = None
    document_kind: str | None = None

    @property
    def when(self) -> dt.datetime:
        """When the bytes were first seen, UTC."""
        return dt.datetime.fromisoformat(self.retrieved_at)


_NAMES = {f.name for f in fields(Retrieval)}


def read_manifest(data_folder: Path) -> tuple[dict[str, Retrieval], int]:
    """The retrievals by location, and the number of lines that were not whole."""
    try:
        lines = (data_folder / MANIFEST).read_bytes().splitlines()
    except FileNotFoundError:
        return {}, 0
    retrievals = [line_to_retrieval(line) for line in lines]
    whole = [r for r in retrievals if r is not None]
    return {r.location: r for r in whole}, len(lines) - len(whole)


def write_manifest(data_folder: Path, retrievals: Iterable[Retrieval]) -> None:
    """Replace the manifest, whole or not at all."""
    lines = [retrieval_to_line(r) for r in retrievals]
    write_whole(data_folder / MANIFEST, b"".join(lines))


def retrieval_to_line(retrieval: Retrieval) -> bytes:
    """A retrieval -> its line, with a checksum and the line's end."""
    text = json.dumps(asdict(retrieval)).encode()
    return b"%08x %s\n" % (zlib.crc32(text), text)


def line_to_retrieval(line: bytes) -> Retrieval | None:
    """A line -> its retrieval; None where it is torn or altered."""
    checksum, _, text = line.partition(b" ")
    try:
        if int(checksum, 16) != zlib.crc32(text):
            return None
        values = json.loads(text)
        return Retrieval(**{name: value for name, value in values.items() if name in _NAMES})
    except (ValueError, TypeError):
        return None
