"""Word documents: the body's order, lists, merged tables, what python-docx passes over, and broken packages."""

from __future__ import annotations

import io
import random
import zipfile

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml

from extractors.docx import docx_to_reading
from schemas.records import Reading

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(document: Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def read(document: Document) -> Reading:
    return docx_to_reading(saved(document))


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return buffer.getvalue()


def add_xml(document: Document, xml: str) -> None:
    document.element.body.insert(len(document.element.body) - 1, parse_xml(xml))


def test_paragraphs_lists_and_tables_come_in_the_bodys_order() -> None:
    document = docx.Document()
    document.add_heading("Performance", 1)
    document.add_paragraph("At 31 March, of the children in care:")
    document.add_paragraph("12 lived with parents", style="List Bullet")
    document.add_paragraph("3 with one parent", style="List Bullet 2")
    document.add_paragraph("40 lived elsewhere", style="List Bullet")
    document.add_table(2, 2).cell(1, 1).text = "7"
    document.add_paragraph("After.")
    reading = read(document)
    assert [(b.kind, b.level, b.lead) for b in reading.blocks] == [
        ("heading", 1, None),
        ("paragraph", 0, None),
        ("list_item", 1, 1),
        ("list_item", 2, 2),
        ("list_item", 1, 1),
        ("table", 0, None),
        ("paragraph", 0, None),
    ]
    assert all(b.headings == (0,) for b in reading.blocks[1:])


def test_merged_header_cells_keep_their_spans() -> None:
    document = docx.Document()
    table = document.add_table(3, 4)
    table.cell(0, 1).merge(table.cell(0, 2)).text = "2022/23"
    table.cell(0, 0).merge(table.cell(1, 0)).text = "Measure"
    for column, text in enumerate(["", "Q1", "Q2", "Target"]):
        if text:
            table.cell(1, column).text = text
    for column, text in enumerate(["Re-referrals", "20.1%", "19.8%", "20%"]):
        table.cell(2, column).text = text
    (found,) = read(document).tables
    spans = {cell.text: (cell.row, cell.column, cell.row_span, cell.column_span) for cell in found.cells if cell.text}
    assert spans["Measure"] == (0, 0, 2, 1)
    assert spans["2022/23"] == (0, 1, 1, 2)
    assert spans["20%"] == (2, 3, 1, 1)
    assert (found.header_rows, found.header_columns) == (2, 1)


def test_repeated_header_row_is_the_header() -> None:
    document = docx.Document()
    table = document.add_table(3, 2)
    for row, texts in enumerate([("Area", "Rate"), ("Dudley", "none"), ("Sandwell", "low")]):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    for row in (0, 1):
        table.rows[row]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {NS}/>"))
    assert read(document).tables[0].header_rows == 2


def test_nested_table_is_a_table_of_its_own() -> None:
    document = docx.Document()
    outer = document.add_table(2, 2)
    outer.cell(0, 0).text, outer.cell(0, 1).text, outer.cell(1, 0).text = "Area", "Figures", "Dudley"
    inner = outer.cell(1, 1).add_table(2, 2)
    inner.cell(0, 1).text, inner.cell(1, 0).text, inner.cell(1, 1).text = "2023", "Plans", "9"
    reading = read(document)
    assert len(reading.tables) == 2
    assert [cell.text for cell in reading.tables[1].cells] == ["", "2023", "Plans", "9"]
    assert "9" not in reading.blocks[reading.tables[0].block or 0].text


def test_table_of_one_row_is_read_as_cards() -> None:
    document = docx.Document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "Children in care\n501"
    table.cell(0, 1).text = "On a plan\n230"
    assert [(b.kind, b.text) for b in read(document).blocks] == [
        ("card", "Children in care: 501"),
        ("card", "On a plan: 230"),
    ]


def test_bold_paragraph_is_a_heading_only_if_short_and_no_sentence() -> None:
    document = docx.Document()
    for text in ("Children in care", "There were 12 children in care at the end of March."):
        document.add_paragraph().add_run(text).bold = True
    assert [b.kind for b in read(document).blocks] == ["heading", "paragraph"]


def test_footnote_marker_is_not_part_of_the_number() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("There were 45")
    paragraph.add_run("2").font.superscript = True
    paragraph.add_run(" plans at 31")
    paragraph.add_run("st").font.superscript = True
    paragraph.add_run(" March.")
    assert read(document).blocks[0].text == "There were 45 plans at 31st March."


def test_text_in_content_controls_and_tracked_insertions_is_read_and_deleted_text_is_not() -> None:
    document = docx.Document()
    run = "<w:r><w:t>{}</w:t></w:r>"
    add_xml(document, f"<w:sdt {NS}><w:sdtContent><w:p>{run.format('12 plans')}</w:p></w:sdtContent></w:sdt>")
    deleted = "<w:del w:id='1' w:author='a'><w:r><w:delText>99</w:delText></w:r></w:del>"
    add_xml(document, f"<w:p {NS}>{deleted}<w:ins w:id='2' w:author='a'>{run.format('13 plans')}</w:ins></w:p>")
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>77</w:t></w:r>"
    add_xml(document, f"<w:p {NS}>{hidden}{run.format('14 plans')}</w:p>")
    assert [b.text for b in read(document).blocks] == ["12 plans", "13 plans", "14 plans"]


def test_text_box_is_read_once_after_its_paragraph() -> None:
    document = docx.Document()
    box = "<w:txbxContent><w:p><w:r><w:t>Vacancy rate</w:t></w:r></w:p><w:p><w:r><w:t>20.4%</w:t></w:r></w:p></w:txbxContent>"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    drawing = (
        f"<mc:AlternateContent xmlns:mc='{mc}'><mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    add_xml(document, f"<w:p {NS}><w:r><w:t>Before.</w:t></w:r><w:r>{drawing}</w:r></w:p>")
    assert [(b.kind, b.text) for b in read(document).blocks] == [
        ("paragraph", "Before."),
        ("card", "Vacancy rate: 20.4%"),
    ]


def test_page_heads_are_running_heads() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Sample paper"
    document.sections[0].footer.paragraphs[0].text = "Page 1 of 3"
    document.add_paragraph("Body.")
    assert [b.kind for b in read(document).blocks] == ["running_head", "paragraph", "running_head"]


def test_title_is_the_documents_own_else_its_first_heading() -> None:
    document = docx.Document()
    document.core_properties.title = ""
    document.add_heading("Quarter 3 performance", 1)
    assert read(document).title == "Quarter 3 performance"
    document.core_properties.title = "Report of the Director"
    assert read(document).title == "Report of the Director"


def _locked() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")


def _sample() -> bytes:
    document = docx.Document()
    document.add_paragraph("There were 12.")
    return saved(document)


W_BODY = f"<w:document {NS}><w:body>".encode()
W_END = b"</w:body></w:document>"
BOMB = (
    b'<!DOCTYPE a [<!ENTITY a "'
    + b"x" * 900
    + b'"><!ENTITY b "'
    + b"&a;" * 900
    + b'"><!ENTITY c "'
    + b"&b;" * 900
    + b'">]>'
)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "damaged"),
        (b"PK\x03\x04 and nothing else", "damaged"),
        (_sample()[:9_000], "damaged"),
        (_locked(), "encrypted"),
        (saved(docx.Document()), "empty"),
        (with_part(_sample(), "word/media/a.bin", b"\0" * 270_000_000), "too_large"),
        (with_part(_sample(), "word/document.xml", b"no xml"), "damaged"),
        (with_part(_sample(), "word/document.xml", b"<a/>"), "damaged"),
        (with_part(_sample(), "word/document.xml", W_BODY + b"<w:p/>" * 3_100_000 + W_END), "too_large"),
        (
            with_part(_sample(), "word/document.xml", BOMB + W_BODY + b"<w:p><w:r><w:t>&c;</w:t></w:r></w:p>" + W_END),
            "damaged",
        ),
    ],
    ids=[
        "nothing",
        "no archive",
        "truncated",
        "locked",
        "no text",
        "zip bomb",
        "no xml",
        "no body",
        "tags",
        "entities",
    ],
)
def test_broken_or_hostile_package_is_an_issue(data: bytes, code: str) -> None:
    assert [issue.code for issue in docx_to_reading(data).issues] == [code]


def test_flipped_bytes_never_raise() -> None:
    good, source = _sample(), random.Random(7)
    for _ in range(150):
        data = bytearray(good)
        for _ in range(15):
            data[source.randrange(len(data))] = source.randrange(256)
        docx_to_reading(bytes(data))
