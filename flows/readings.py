"""Step keep: what was read from each document, kept below the data folder until its bytes or the extractors change.

One file a document: a line of JSON (rows by table, seconds by stage, a checksum), then the tables' rows as Arrow batches
under one zstd frame. The worker makes the bytes, the parent writes them and never unpacks them before publishing. A
reading that is torn or altered counts as not there: the document is read again.
"""

from __future__ import annotations

import json
import os
import shutil
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from operator import attrgetter
from pathlib import Path

import pyarrow as pa

from flows.document_rows import DocumentRows
from schemas.arrow import record_to_schema
from schemas.records import Document, Figure, Judgement, Observation

KEPT: dict[str, type] = {
    "documents": Document,
    "observations": Observation,
    "figures": Figure,
    "judgements": Judgement,
}


@dataclass(frozen=True, slots=True)
class KeptReading:
    """One document's rows as Arrow batches by table, and the seconds that each stage took."""

    batches: dict[str, pa.RecordBatch]
    stages: dict[str, float]


@dataclass(frozen=True, slots=True)
class _Head:
    lengths: list[int]
    stages: dict[str, float]
    checksum: int


@cache
def kept_schema(record: type) -> pa.Schema:
    """A record's schema with plain strings for dictionaries, which are made when all documents come together."""
    return pa.schema(
        pa.field(f.name, pa.string() if pa.types.is_dictionary(f.type) else f.type) for f in record_to_schema(record)
    )


def rows_to_batch(record: type, rows: Sequence[object]) -> pa.RecordBatch:
    """Rows of one record type -> one Arrow batch of its kept schema; raises where a value does not fit its column."""
    schema = kept_schema(record)
    take = attrgetter(*schema.names)
    columns = zip(*map(take, rows), strict=True) if rows else [()] * len(schema)
    return pa.record_batch([pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)], schema=schema)


def rows_to_bytes(rows: DocumentRows) -> bytes:
    """A document's rows -> the bytes of its reading file."""
    tables = ((rows.document,), rows.observations, rows.figures, rows.judgements)
    batches = [rows_to_batch(record, table) for record, table in zip(KEPT.values(), tables, strict=True)]
    return batches_to_bytes(batches, dict(rows.stages))


def batches_to_bytes(batches: Sequence[pa.RecordBatch], stages: Mapping[str, float]) -> bytes:
    """A document's rows, a batch for each table of `KEPT`, and the seconds of each stage -> the bytes of its file."""
    buffers = [batch.serialize() for batch in batches]
    plain = b"".join(buffers)
    packed: bytes = pa.compress(plain, codec="zstd", asbytes=True)
    head = _Head(
        lengths=[len(buffer) for buffer in buffers],
        stages={stage: round(seconds, 4) for stage, seconds in stages.items()},
        checksum=zlib.crc32(packed),
    )
    return b"%s\n%s" % (json.dumps(asdict(head)).encode(), packed)


def bytes_to_reading(data: bytes) -> KeptReading | None:
    """The bytes of a reading file -> the rows; None where they are torn, altered or of another make."""
    parts = _split(data)
    if parts is None:
        return None
    head, packed = parts
    try:
        plain = pa.decompress(packed, decompressed_size=sum(head.lengths), codec="zstd")
        batches, start = {}, 0
        for (name, record), length in zip(KEPT.items(), head.lengths, strict=True):
            batches[name] = pa.ipc.read_record_batch(plain.slice(start, length), kept_schema(record))
            start += length
        return KeptReading(batches, head.stages)
    except (ValueError, pa.ArrowException, OSError):
        return None


def _split(data: bytes) -> tuple[_Head, bytes] | None:
    """The head and the packed tables of a reading file, where both are as they were written."""
    head_line, _, packed = data.partition(b"\n")
    try:
        head = _Head(**json.loads(head_line))
    except (ValueError, TypeError):
        return None
    return (head, packed) if head.checksum == zlib.crc32(packed) else None


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where readings are to be had: a folder, and those that are for this run only."""

    folder: Path
    passing: Mapping[str, bytes]

    def read(self, key: str) -> KeptReading | None:
        """A reading, or None where it is not there or not whole."""
        if key in self.passing:
            return bytes_to_reading(self.passing[key])
        try:
            with open(f"{self.folder}/{key[:2]}/{key}", "rb", buffering=0) as file:
                return bytes_to_reading(file.readall())
        except FileNotFoundError:
            return None

    def only(self, keys: Iterable[str]) -> Shelf:
        """The same with these readings of this run alone."""
        return Shelf(self.folder, {key: self.passing[key] for key in keys if key in self.passing})


@dataclass(frozen=True, slots=True)
class KeptKeys:
    """Keys of readings that were written, and the readings that are for this run only."""

    fresh: frozenset[str]
    passing: dict[str, bytes]


class Readings:
    """The kept readings of one version of the extractors: `folder/<two characters>/<key>`.

    forgetful: behave as if there were none, so that every document is read again.
    """

    def __init__(self, folder: Path, forgetful: bool = False) -> None:
        self._folder = folder
        self._passing: dict[str, bytes] = {}
        self._fresh: set[str] = set()  # written by this run
        self._keys: set[str] = set()
        if folder.is_dir() and not forgetful:
            self._keys = {entry.name for part in _folders(folder) for entry in os.scandir(part)}

    def __contains__(self, key: str) -> bool:
        return key in self._keys or key in self._passing

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / key

    def keep(self, key: str, data: bytes, lasting: bool = True) -> None:
        """Write a reading: whole or not at all; after a power cut its checksum tells. One that would come out differently
        another time is held for this run only."""
        if not lasting:
            self._passing[key] = data
            return
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = self._folder / f".new-{key}"
        aside.write_bytes(data)
        os.replace(aside, path)
        self._keys.add(key)
        self._fresh.add(key)

    def kept(self) -> KeptKeys:
        """What this object has written, and what it holds for this run only."""
        return KeptKeys(frozenset(self._fresh), dict(self._passing))

    def learn(self, others: KeptKeys) -> None:
        """Take note of what another object has kept in the same folder, in another process or thread."""
        self._keys |= others.fresh
        self._fresh |= others.fresh
        self._passing |= others.passing

    def is_whole(self, key: str) -> bool:
        """Whether a reading is there and as it was written, by its checksum; if not, it is forgotten."""
        if key in self._passing or key in self._fresh:
            return True
        if key not in self._keys:
            return False
        try:
            whole = _split(self._path(key).read_bytes()) is not None
        except FileNotFoundError:
            whole = False
        if not whole:
            self.forget(key)
        return whole

    def read(self, key: str) -> KeptReading | None:
        """A reading, or None where it is not there or not whole."""
        return self.shelf().read(key)

    def shelf(self) -> Shelf:
        """The readings as they are there now, for whoever reads many of them."""
        return Shelf(self._folder, self._passing)

    def adopt(self, key: str) -> bool:
        """Take over a reading that another version of the extractors made, for a document whose bytes are gone."""
        for folder in self._others():
            path = folder / key[:2] / key
            if path.is_file() and bytes_to_reading(data := path.read_bytes()) is not None:
                self.keep(key, data)
                return True
        return False

    def remove_others(self) -> None:
        """Remove the readings of other versions of the extractors."""
        for folder in self._others():
            shutil.rmtree(folder, ignore_errors=True)

    def _others(self) -> list[Path]:
        parent = self._folder.parent
        if not parent.is_dir():
            return []
        return [Path(path) for path in _folders(parent) if Path(path) != self._folder]

    def forget(self, key: str) -> None:
        """Remove a reading."""
        self._path(key).unlink(missing_ok=True)
        self._keys.discard(key)
        self._fresh.discard(key)


def _folders(folder: Path) -> list[str]:
    return [entry.path for entry in os.scandir(folder) if entry.is_dir()]
