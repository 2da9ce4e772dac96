"""Step find: folders and files -> the documents in them, by what the bytes are and by what their names claim.

A file whose name claims to be a document of a kind that is read here always becomes one, so that a broken one is told;
any other file becomes one only if its bytes are a PDF, a web page or a Word document. Hidden files are left alone. A
file with the size and time of last time is not read again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from flows.manifest import Retrieval

CLAIMS = {".pdf", ".html", ".htm", ".xhtml", ".docx", ".md", ".markdown", ".txt", ".text"}
HEADS = (b"%pdf-", b"pk\x03\x04", b"<!doctype", b"<html", b"<?xml", b"<head", b"<body")
"""How a document of a kind that is read here begins in small letters, whatever its name; text without markup is taken at its name only."""
SNIFFED_BYTES = 64 * 2**20


@dataclass(frozen=True, slots=True)
class Source:
    """Where documents come from: a folder or a single file, under the id that `documents.source` carries; `registry` is
    the file that names it, where one does."""

    id: str
    path: Path
    authority: str | None = None
    registry: str | None = None
    document_kind: str | None = None


def path_to_source(path: Path) -> Source:
    """A folder or file that a person names -> a source; its id is its absolute path."""
    absolute = Path(os.path.abspath(path))
    return Source(absolute.as_posix(), absolute)


def find_files(
    sources: Sequence[Source], known: Mapping[str, Retrieval], now: dt.datetime, leave_out: Path
) -> Iterator[Retrieval]:
    """Every document below the sources, in order of source and name; a location named twice belongs to the first.

    known: what was found at each location last time. leave_out: the data folder, whose own files are no documents.
    """
    seen: set[str] = set()
    closed: list[OSError] = []
    for source in sources:
        for path in _files_below(source.path, leave_out, closed):
            location = _readable(path)
            if location not in seen:
                seen.add(location)
                yield _look(path, location, source, known.get(location), now)
        yield from (_closed_folder(error, source, now) for error in closed)
        closed.clear()


def _files_below(path: Path, leave_out: Path, closed: list[OSError]) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    for folder, folders, files in os.walk(path, onerror=closed.append):
        here = Path(folder)
        folders[:] = sorted(f for f in folders if not f.startswith(".") and here / f != leave_out)
        for name in sorted(files):
            if not name.startswith((".", "~$")) and (here / name).is_file():
                yield here / name


def _look(path: Path, location: str, source: Source, known: Retrieval | None, now: dt.datetime) -> Retrieval:
    """A file -> its retrieval; the known one where size and time say that nothing has changed."""
    top = source.path.parent if path == source.path else source.path
    name = _readable(PurePath(top.name, path.relative_to(top)))
    try:
        stat = path.stat()
        if known and not known.trouble and (known.size, known.modified) == (stat.st_size, stat.st_mtime_ns):
            known = replace(known, source=source.id, name=name, authority=source.authority, registry=source.registry)
            return replace(known, document_kind=source.document_kind, at_source=True)
        document_id = _hash(path) if _is_document(path) else None
        when = known.retrieved_at if known and known.document_id == document_id else now.isoformat()
        size, modified, trouble = stat.st_size, stat.st_mtime_ns, None
    except OSError as error:  # it cannot be opened, or went away while we looked
        document_id = hashlib.sha256(location.encode()).hexdigest() if path.suffix.casefold() in CLAIMS else None
        size, modified, when, trouble = 0, 0, now.isoformat(), error.strerror or str(error)
    return Retrieval(
        location=location,
        source=source.id,
        name=name,
        path=str(path),
        document_id=document_id,
        size=size,
        modified=modified,
        retrieved_at=when,
        authority=source.authority,
        trouble=trouble,
        registry=source.registry,
        document_kind=source.document_kind,
    )


def _closed_folder(error: OSError, source: Source, now: dt.datetime) -> Retrieval:
    """A folder that cannot be looked into: no document, and what was found in it before is not gone."""
    place = Path(error.filename)
    return Retrieval(
        location=_readable(place),
        source=source.id,
        name=place.name,
        path=str(place),
        document_id=None,
        size=0,
        modified=0,
        retrieved_at=now.isoformat(),
        trouble=error.strerror or str(error),
    )


def _readable(path: PurePath) -> str:
    """A path as text that can be published: names that are not valid UTF-8 lose the bytes that are not."""
    return os.fsencode(path.as_posix()).decode("utf-8", "replace")


def _hash(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_document(path: Path) -> bool:
    if path.suffix.casefold() in CLAIMS:
        return True
    with open(path, "rb") as file:
        head = file.read(1024)
        if not head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(HEADS):
            return False
        from extractors.sniff import DOCX, HTML, PDF, sniff_media_type

        return sniff_media_type(head + file.read(SNIFFED_BYTES), path.name) in {PDF, HTML, DOCX}
