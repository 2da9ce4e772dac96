"""Step `sniff`: bytes -> media type, by what the bytes are; a name only tells Markdown from other plain text and
program text from documents, for council sites serve error pages under the names of reports."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from importlib.resources import files
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import yaml

from extractors.text_encoding import decode_text

PDF = "application/pdf"
HTML = "text/html"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MARKDOWN = "text/markdown"
PLAIN = "text/plain"

_HEAD = 64 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")  # the stream that holds an Office file under a password
_MAIN_PART = re.compile(rb"word/document\d*\.xml$")
_DOCTYPE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_HTML_TAGS = re.compile(r"</?(?:html|head|title|body|div|p|table|tr|td|ul|li|h[1-6]|span|br|a|meta)\b[^>]*>", re.I)
_MARKDOWN_SHAPE = re.compile(r"^(?:#{1,6} \S|\|?[ :|-]*-{3,}[ :-]*\|[ :|-]*$|={4,}\s*$)", re.M)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


@cache
def _names_of_no_documents() -> frozenset[str]:
    text = files("extractors.lookups").joinpath("text_that_is_no_document.yaml").read_text(encoding="utf-8")
    return frozenset(yaml.safe_load(text)["extensions"])


def sniff_media_type(data: bytes, name: str) -> str | None:
    """Media type of the bytes: PDF, HTML, DOCX, Markdown, plain text, or None for what is not read here.

    `name` is a path or URL. A file without any text at all is plain text: its reading says that it is empty.
    """
    head = data[:_HEAD]
    start = head.find(b"%PDF-", 0, 1024 + 5)
    if start >= 0 and not (_DOCTYPE.match(decode_text(head[:start])) and b"startxref" not in data):
        return PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _sniff_zip(data)
    if head.startswith(_OLE):
        return DOCX if _extension(name) == "docx" and _ENCRYPTED_PACKAGE in data else None
    return _sniff_text(head, name)


def _sniff_zip(data: bytes) -> str | None:
    """DOCX where the archive has a main Word part; a broken archive is still one if it names such a part."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [name.encode("utf-8", "replace") for name in archive.namelist()]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return DOCX if b"word/document.xml" in data else None
    return DOCX if any(_MAIN_PART.match(name) for name in names) else None


def _sniff_text(head: bytes, name: str) -> str | None:
    text = _without_cut_end(head)
    if not text.strip():
        return PLAIN if not _CONTROL.search(text) else None
    if len(_CONTROL.findall(text)) * 200 > len(text) or text.count("\ufffd") * 50 > len(text):
        return None
    if _DOCTYPE.match(text):
        return HTML
    extension = _extension(name)
    if extension in _names_of_no_documents() or text.lstrip().startswith(("<?xml", "{\\rtf", "%!PS")):
        return None
    tags = len(_HTML_TAGS.findall(text))
    if tags >= 3 and tags * 150 > len(text) and extension not in {"md", "markdown"}:
        return HTML
    if extension in {"md", "markdown"} or len(_MARKDOWN_SHAPE.findall(text)) >= 2:
        return MARKDOWN
    return PLAIN


def _without_cut_end(head: bytes) -> str:
    """Text of the first bytes; a character of several bytes that the cut went through must not make UTF-8 look invalid."""
    if len(head) == _HEAD:
        cut = head.rfind(b"\n", _HEAD // 2)
        head = head[: cut if cut > 0 else _HEAD - 4]
    return decode_text(head)


def _extension(name: str) -> str:
    path = urlsplit(name).path if "://" in name else name
    return PurePosixPath(path.replace("\\", "/")).suffix.lstrip(".").casefold()
