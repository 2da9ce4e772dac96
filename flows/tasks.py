"""Step find: one document to be read: where its bytes lie, and what is known of it before it is opened."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Task:
    """One document to read. `path` is where the bytes lie now, `location` what is published, `name` the folder and file
    names (or the URL) that may tell whose document it is."""

    document_id: str
    path: str
    location: str
    name: str
    source: str | None
    authority: str | None
    bytes: int
    retrieved_at: dt.datetime | None
    other_locations: tuple[str, ...] = ()
    at_source: bool = True
    trouble: str | None = None  # why the bytes could not be had
    document_kind: str | None = None  # what the source registry says of its source's documents
    reason: str | None = None  # the code of that, where it is not that of a file that could not be opened

    @property
    def reading_key(self) -> str:
        """What its reading depends on beside the code: the bytes, and the names that may tell whose document it is."""
        hints = hashlib.sha256(f"{self.name}\n{self.authority}".encode()).hexdigest()
        return f"{self.document_id}-{hints[:12]}"
