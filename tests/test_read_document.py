"""One document's bytes to its rows: status, reason and detail say what could not be done."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pytest

from flows.document_rows import DocumentRows, failed_rows
from flows.read_document import read_document
from flows.reading_laws import broken_law
from flows.tasks import Task
from schemas.records import Issue, Page, Reading, Table

Tables = tuple[tuple[Table, ...], tuple[Issue, ...]]

MINUTES = (
    b"<!doctype html><html><head><title>Dudley: children's services scrutiny committee</title></head><body>"
    b"<h1>Dudley Metropolitan Borough Council</h1><p>There were 600 children in care at 31 March 2021.</p></body></html>"
)


def read(data: bytes, name: str, authority: str | None = None) -> DocumentRows:
    """The rows of a document, with no table reader."""
    digest = hashlib.sha256(data).hexdigest()

    def no_tables(_: bytes, __: Sequence[Page]) -> Tables:
        return (), ()

    return read_document(data, Task(digest, "", f"/d/{name}", name, "tests", authority, len(data), None), no_tables)


def small_pdf(words: str) -> bytes:
    """A PDF of one page, written out by hand."""
    content = f"BT /F1 12 Tf 72 720 Td ({words}) Tj ET".encode()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(data))
        data += b"%d 0 obj%s endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(data)
    return data + b"xref\n0 6\n0000000000 65535 f \n" + table + end


@pytest.mark.parametrize(
    ("name", "data", "reason", "words"),
    [
        ("empty.pdf", b"", "empty", "no bytes"),
        ("report.pdf", MINUTES, "wrong_type", "named as a PDF, but it is a web page"),
        ("report.docx", MINUTES, "wrong_type", "named as a Word document"),
        ("report.docx", b"%PDF-1.4 and so on", "wrong_type", "a PDF"),
        ("report.pdf", b"plain words and nothing of a PDF", "wrong_type", "named as a PDF"),
        ("report.pdf", b"%PDF-1.7\n1 0 obj<<>>endobj and then nothing", "damaged", "structure"),
        ("notes.txt", b"\0\1\2\3\4\5\6" * 100, "wrong_type", "no kind"),
        ("blank.txt", b"  \n\n ", "empty", ""),
        ("blank.pdf", small_pdf(""), "no_text_layer", ""),
    ],
)
def test_a_document_that_cannot_be_read_says_why(name: str, data: bytes, reason: str, words: str) -> None:
    document = read(data, name).document
    assert (document.status, document.reason) == ("failed", reason)
    assert words in (document.detail or "")


@pytest.mark.parametrize(
    ("name", "authority", "code"),
    [
        ("dudley/scorecard 2022.pdf", None, "E08000027"),
        ("wolverhampton-self-evaluation-2023.pdf", None, "E08000031"),
        ("scan0001.pdf", "Dudley", "E08000027"),
        ("scan0001.pdf", None, None),
    ],
)
def test_a_document_that_cannot_be_read_is_still_its_authority_s(
    name: str, authority: str | None, code: str | None
) -> None:
    document = read(small_pdf(""), name, authority).document
    assert (document.status, document.subject_code) == ("failed", code)
    task = Task("0" * 64, "", f"/d/{name}", name, None, authority, 1, None)
    assert failed_rows(task, "timed_out", "stopped").document.subject_code == code


def test_a_web_page_without_a_telling_name_is_read() -> None:
    rows = read(MINUTES, "mgAi.aspx")
    assert rows.document.status == "ok"
    assert rows.document.reason is None
    assert rows.document.media_type == "text/html"
    assert rows.document.subject_code == "E08000027"
    assert [o.value for o in rows.observations] == [600.0]


def test_the_registry_s_authority_goes_before_what_the_document_says() -> None:
    assert read(MINUTES, "minutes.html", "E08000031").document.subject_code == "E08000031"


def test_a_pdf_whose_header_is_broken_is_left_to_its_reader() -> None:
    document = read(small_pdf("words").replace(b"%PDF-1.4", b"%PDF.1.4"), "report.pdf").document
    assert document.media_type == "application/pdf"
    assert document.reason != "wrong_type"


def test_what_is_not_known_of_a_document_is_said_though_it_was_read_whole() -> None:
    document = read(b"Some words about nobody in particular.", "notes.txt").document
    assert (document.status, document.reason, document.subject_code) == ("ok", None, None)
    assert document.detail


def test_every_stage_is_timed() -> None:
    rows = read(small_pdf("There were 600 children in care at 31 March 2021."), "dudley.pdf")
    stages = dict(rows.stages)
    assert set(stages) >= {"sniff", "read", "blocks", "subject", "statements", "rows"}
    assert rows.document.seconds == pytest.approx(sum(stages.values()))


def test_a_trouble_of_one_page_makes_a_document_partial() -> None:
    digest = hashlib.sha256(b"").hexdigest()

    def stopped(_: bytes, pages: Sequence[Page]) -> Tables:
        return (), tuple(Issue("table_timed_out", "the table was stopped", p.number) for p in pages)

    lines = "\\n".join(
        f"({w}) Tj 0 -14 Td" for w in ("2019 2020 2021", "10.1 20.2 30.3", "11.1 21.2 31.3", "12.1 22.2 32.3")
    )
    data = small_pdf("x) Tj 0 -14 Td " + lines.replace("\\n", " ") + " (y")
    rows = read_document(data, Task(digest, "", "/d/t.pdf", "t.pdf", None, None, 1, None), stopped)
    if "tables" not in dict(rows.stages):
        pytest.skip("the screen lets this page through no more")
    assert (rows.document.status, rows.document.reason) == ("partial", "table_timed_out")


def test_a_number_that_the_ledger_forgets_breaks_the_law() -> None:
    from dataclasses import replace

    data = small_pdf("There were 600 children in care at 31 March 2021.")
    rows = read(data, "dudley.pdf")
    from extractors.pdf_text import pdf_to_reading

    reading: Reading = pdf_to_reading(data)
    assert broken_law(rows, reading) is None
    assert "not in the ledger" in (broken_law(replace(rows, figures=rows.figures[1:]), reading) or "")
    assert "twice" in (broken_law(replace(rows, figures=(*rows.figures, rows.figures[0])), reading) or "")
    assert "one id" in (broken_law(replace(rows, observations=rows.observations * 2), reading) or "")
    assert "not there" in (broken_law(replace(rows, observations=()), reading) or "")
