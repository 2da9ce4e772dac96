"""Step keep: which code and lookups made a reading, as a short hash, so that a change of them reads everything again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
_READ_BY = ("pypdfium2", "camelot-py", "lxml", "python-docx", "rapidocr", "onnxruntime")
_READING_STEPS = ("read_document.py", "readings.py", "table_reader.py", "image_reader.py")
_KINDS = {".py", ".yaml", ".csv", ".sql"}
# How names of extractors begin that see figures only as they are published.
_NOT_READING = ("check", "official", "corrections", "provisional")


@cache
def reading_version() -> str:
    """Hash of all that a document's reading depends on: extractors, lookups, records, and the libraries that read."""
    reading = [path for path in _sources("extractors") if not path.name.startswith(_NOT_READING)]
    return _hash(
        [*reading, *_sources("schemas"), *(_ROOT / "flows" / name for name in _READING_STEPS)],
        [f"{name} {_version(name)}" for name in _READ_BY],
    )


@cache
def publishing_version() -> str:
    """Hash of all that a snapshot depends on beside the readings."""
    publishing = [path for path in _sources("extractors") if path.name.startswith(_NOT_READING)]
    return _hash([*_sources("schemas"), *_sources("extractors/lookups"), *publishing, *_sources("flows")], [])


def _sources(room: str) -> Iterable[Path]:
    return (path for path in (_ROOT / room).rglob("*") if path.suffix in _KINDS)


def _hash(paths: Iterable[Path], words: Iterable[str]) -> str:
    digest = hashlib.sha256("\n".join(words).encode())
    for path in sorted(paths):
        digest.update(path.relative_to(_ROOT).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"
