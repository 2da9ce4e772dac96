"""Media types by what the bytes are, never by the name alone."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from extractors.sniff import DOCX, HTML, MARKDOWN, PDF, PLAIN, sniff_media_type

SHARED = Path(__file__).resolve().parents[1].parent / "shared"


def _zip(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


PAGE = b"<!DOCTYPE html>\n<html><head><title>Minutes</title></head><body><p>Agreed.</p></body></html>"


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"%PDF-1.7\n...", "report.pdf", PDF),
        (b"%PDF-1.7\n...", "report.docx", PDF),
        (b"HTTP junk\r\n\r\n" + b" " * 900 + b"%PDF-1.4", "report.pdf", PDF),
        (b" " * 1100 + b"%PDF-1.4", "report.pdf", PLAIN),
        (PAGE, "report.pdf", HTML),
        (b"\xef\xbb\xbf  " + PAGE, "report", HTML),
        (PAGE.decode().encode("utf-16"), "report.htm", HTML),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x"><html></html>', "a.xhtml", HTML),
        (b"<!-- saved page -->\n<HTML><BODY>Minutes</BODY></HTML>", "a.txt", HTML),
        (b"<div><p>Fragment of <br> a page</p></div>", "a", HTML),
        (_zip("[Content_Types].xml", "word/document.xml"), "report.pdf", DOCX),
        (_zip("[Content_Types].xml", "word/document2.xml"), "report.docx", DOCX),
        (_zip("[Content_Types].xml", "word/document.xml")[:120], "report.docx", DOCX),
        (_zip("[Content_Types].xml", "xl/workbook.xml"), "report.docx", None),
        (_zip("a.txt"), "a.zip", None),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old.doc", None),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "scan.pdf", None),
        (b"GIF89a" + bytes(range(256)), "a.gif", None),
        (b"Children looked after at 31 March: 12\n", "notes.txt", PLAIN),
        ("Caf\u00e9 society \u2013 caf\u00e9s".encode("cp1252"), "notes.txt", PLAIN),
        (b"Text of an error that is served as a report\n", "report.pdf", PLAIN),
        (b"Plain words\n", "notes.md", MARKDOWN),
        (b"# Scorecard\n\nWords\n\n## Part two\n", "scorecard", MARKDOWN),
        (b"| a | b |\n|---|---|\n| 1 | 2 |\n\n## Next\n", "scorecard.txt", MARKDOWN),
        (b"area,value\nDudley,12\n", "figures.csv", None),
        (b"import os\n", "make.py", None),
        (b'<?xml version="1.0"?><rows/>', "rows.xml", None),
        (b"", "empty.pdf", PLAIN),
    ],
)
def test_media_type_is_what_the_bytes_are(data: bytes, name: str, expected: str | None) -> None:
    assert sniff_media_type(data, name) == expected


def test_name_may_be_a_url_with_a_query() -> None:
    assert sniff_media_type(b"words\n", "https://example.org/a/notes.md?x=1") == MARKDOWN


def test_utf8_character_cut_at_the_end_of_the_sniffed_part_is_still_text() -> None:
    assert sniff_media_type(("\u2013" * 40_000).encode(), "a.txt") == PLAIN


@pytest.mark.skipif(not SHARED.exists(), reason="the shared material is not beside the project")
def test_error_pages_served_as_pdf_are_html() -> None:
    pages = [path for path in SHARED.glob("corpus/ofsted/*/*.pdf") if path.read_bytes()[:1024].find(b"%PDF-") < 0]
    assert pages
    assert {sniff_media_type(path.read_bytes(), path.name) for path in pages} == {HTML}
