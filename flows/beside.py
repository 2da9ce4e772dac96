"""Step publish: what figures are held against when they are published: official statistics, and the decisions of people.

<data>/official/official.parquet   the rows of `official`, as the last look at the files gave them
<data>/official/files.json         which files those were, so that nothing is read again that has not changed
<data>/corrections.csv             the decisions (`kpi review` writes them, and so may a person)
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from flows.code_version import publishing_version
from flows.refusals import RefreshError
from flows.whole_files import write_whole
from schemas.arrow import record_to_schema, rows_to_table
from schemas.corrections import read_corrections
from schemas.records import Correction, OfficialValue

CORRECTIONS = "corrections.csv"
_FOLDER, _TABLE, _FILES = "official", "official.parquet", "files.json"
_ENDINGS = {".csv", ".parquet"}


@dataclass(frozen=True, slots=True)
class Beside:
    """Official values, decisions, a hash of both, and what is to be said of them."""

    official: pa.Table
    corrections: tuple[Correction, ...]
    contents: str
    notes: tuple[str, ...] = ()


def keep_official(paths: Sequence[Path], data_folder: Path) -> tuple[str, ...]:
    """Read the statistics below these folders and files, without any those of last time, unless none has changed; notes.

    Raises RefreshError where a path is missing, or holds no statistics.
    """
    folder = data_folder / _FOLDER
    for path in paths:
        if not path.exists():
            raise RefreshError(f"There is no file or folder {path}. Nothing was published.")
    before = _read_files(folder / _FILES)
    roots = [str(path.absolute()) for path in paths] or before.get("roots", [])
    found = _look([Path(root) for root in roots if Path(root).exists()])
    now = {"roots": roots, "files": found, "version": [publishing_version()]}
    if not found and not paths:
        return ()  # what was read from files that are gone stays
    if now == before and (folder / _TABLE).is_file():
        return ()
    return _read_anew(folder, now)


def read_beside(data_folder: Path) -> Beside:
    """The kept statistics and the decisions of a data folder."""
    table = data_folder / _FOLDER / _TABLE
    schema = record_to_schema(OfficialValue)
    official = rows_to_table(OfficialValue, ())
    digest = hashlib.sha256()
    if table.is_file() and pq.read_schema(table).equals(schema):
        official = pq.read_table(table)
        digest.update(table.read_bytes())
    decisions = data_folder / CORRECTIONS
    text = decisions.read_text(encoding="utf-8", errors="replace") if decisions.is_file() else ""
    digest.update(text.encode())
    corrections, issues = read_corrections(text)
    notes = tuple(f"{CORRECTIONS}: {issue.detail}" for issue in issues)
    return Beside(official, corrections, digest.hexdigest(), notes)


def _look(roots: Iterable[Path]) -> list[str]:
    """Every file below that may hold statistics, with its size and time of change."""
    files = {
        f for root in roots for f in ([root] if root.is_file() else root.rglob("*")) if f.suffix.casefold() in _ENDINGS
    }
    told = [(f, f.stat()) for f in sorted(files) if f.is_file()]
    return [f"{f}|{stat.st_size}|{stat.st_mtime_ns}" for f, stat in told]


def _read_anew(folder: Path, now: dict[str, list[str]]) -> tuple[str, ...]:
    from extractors.official import OfficialFile, read_official

    paths = [Path(told.rsplit("|", 2)[0]) for told in now["files"]]
    rows, issues = read_official([OfficialFile(path.name, path.read_bytes()) for path in paths])
    if not rows:
        raise RefreshError(f"No official statistics that are known here below {', '.join(now['roots'])}.")
    folder.mkdir(parents=True, exist_ok=True)
    sink = pa.BufferOutputStream()
    pq.write_table(rows_to_table(OfficialValue, rows), sink, compression="zstd")
    write_whole(folder / _TABLE, sink.getvalue().to_pybytes())
    write_whole(folder / _FILES, json.dumps(now).encode())
    doubted = sum(1 for row in rows if row.checks)
    notes = [f"{len(rows):,} official values were read from {len(paths)} files."]
    if doubted:
        notes.append(f"{doubted} official values cannot be and are not compared with: official.checks tells which.")
    return (*notes, *(f"{issue.detail}." for issue in issues))


def _read_files(path: Path) -> dict[str, list[str]]:
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return {}
