"""Step `read others`: the bytes of a Word document -> `Reading`.

python-docx opens the package and resolves styles; the body is walked as XML, because python-docx passes over content
controls, text boxes and tracked insertions, in which council templates keep whole sections.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import docx
from docx.document import Document
from docx.opc.exceptions import OpcError
from lxml import etree

from extractors.docx_blocks import document_to_blocks
from extractors.html import finish_reading
from extractors.sniff import DOCX
from extractors.text_encoding import clean_words
from schemas.records import Block, Issue, Reading

MAX_BYTES = 256 * 1024 * 1024  # of all parts together, unpacked: pictures are most of a large report
MAX_PART_TAGS = 3_000_000
_OLE = b"\xd0\xcf\x11\xe0"
# What zipfile, python-docx and lxml raise on broken packages.
_BROKEN = (
    zipfile.BadZipFile,
    OpcError,
    etree.LxmlError,
    zlib.error,
    struct.error,
    KeyError,
    ValueError,
    OSError,
    EOFError,
    AttributeError,
    TypeError,
    IndexError,
    NotImplementedError,
    RuntimeError,
    AssertionError,
    RecursionError,
)


def docx_to_reading(data: bytes) -> Reading:
    """`Reading` of a Word document: paragraphs and tables in the body's order, text boxes after the paragraph that holds
    them, footnotes at the end, headers and feet as running heads; no pages.

    Issues: `encrypted`, `damaged`, `too_large` (more than `MAX_BYTES` unpacked), `empty`. Never raises for bad input.
    """
    if data.startswith(_OLE):
        return _failed("encrypted", "the Word document is locked with a password")
    try:
        problem = _check_package(data)
        if problem is not None:
            return problem
        document = docx.Document(io.BytesIO(data))
        blocks, tables, issues = document_to_blocks(document)
        title = _title(document, blocks)
    except _BROKEN as error:
        return _failed("damaged", f"the Word document cannot be opened: {type(error).__name__}: {str(error)[:200]}")
    if not any(block.kind != "running_head" for block in blocks):
        return _failed("empty", "the Word document holds no text")
    return finish_reading(DOCX, blocks, tables, issues, title)


def _check_package(data: bytes) -> Reading | None:
    """What is wrong with the package before any of it is unpacked in whole: locked parts, more than the limits."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = package.infolist()
        if any(part.flag_bits & 1 for part in parts):
            return _failed("encrypted", "the Word document is locked with a password")
        unpacked = sum(part.file_size for part in parts)
        if unpacked > MAX_BYTES or len(parts) > 20_000:
            return _failed("too_large", f"the Word document unpacks to {unpacked:,} bytes in {len(parts):,} parts")
        for part in parts:
            if part.filename.endswith(".xml") and part.file_size > 8 * 1024 * 1024:
                with package.open(part) as stream:
                    tags = sum(chunk.count(b"<") for chunk in iter(lambda: stream.read(1 << 20), b""))
                if tags > MAX_PART_TAGS:
                    return _failed("too_large", f"{part.filename} holds {tags:,} tags")
    return None


def _title(document: Document, blocks: list[Block]) -> str | None:
    title = clean_words(document.core_properties.title or "")
    if title and not title.casefold().startswith(("microsoft word", "word document")):
        return title
    return next((block.text for block in blocks if block.kind == "heading"), None)


def _failed(code: str, detail: str) -> Reading:
    return Reading(media_type=DOCX, issues=(Issue(code, detail),), characters=0)
