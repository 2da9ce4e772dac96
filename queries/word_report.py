"""Step answer: printed tables -> a Word document whose tables paste into a committee report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from queries.printed import Printed, Text, without_pictures

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table

TEXT_WIDTH, FIRST_WIDTH = 25.7, 6.2  # centimetres of a landscape A4 page
TABLE_STYLE = "Table Grid"
BODY_POINTS, SMALL_POINTS = 9, 7.5
SHADE = "E7ECF2"  # a light tint of the Analysis Function's dark blue, behind the header row


def write_word(tables: Sequence[Printed], title: str, path: Path) -> None:
    """Printed tables -> a landscape A4 document: title, each table with its caption, notes and numbered sources."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = Cm(2)
    document.styles["Normal"].font.name = "Arial"
    document.styles["Normal"].font.size = Pt(BODY_POINTS)
    for language in document.styles.element.iter(qn("w:lang")):  # python-docx's template is American
        language.set(qn("w:val"), "en-GB")
    document.core_properties.title = title
    document.core_properties.language = "en-GB"
    document.core_properties.author = ""
    document.add_heading(title, level=1)
    for table in map(without_pictures, tables):
        _add_table(document, table, title)
    document.save(str(path))


def _add_table(document: Document, printed: Printed, title: str) -> None:
    from docx.shared import Pt

    if printed.title and printed.title != title:
        document.add_heading(printed.title, level=2)
    table = document.add_table(rows=1, cols=len(printed.heads), style=TABLE_STYLE)
    _describe(table, printed.title)
    _repeat_header(table)
    for index, head in enumerate(printed.heads):
        _fill(table, 0, index, Text(head.name), bold=True, right=head.right)
        _shade(table, index)
    for number, row in enumerate(printed.rows, start=1):
        table.add_row()
        for index, (cell, head) in enumerate(zip(row, printed.heads, strict=True)):
            _fill(table, number, index, cell, bold=False, right=head.right)
    _widen_first(table)
    for words in (*printed.notes, *printed.sources):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(2)
        paragraph.add_run(words).font.size = Pt(SMALL_POINTS + 0.5)


def _fill(table: Table, row: int, column: int, text: Text, *, bold: bool, right: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = table.cell(row, column).paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.add_run(text.words).bold = bold
    for line in text.below.splitlines():
        run = paragraph.add_run()
        run.add_break()
        run.add_text(line)
        run.font.size = Pt(SMALL_POINTS)


def _widen_first(table: Table) -> None:
    """The column of names gets the room that the columns of numbers can spare."""
    from docx.shared import Cm

    others = (TEXT_WIDTH - FIRST_WIDTH) / max(len(table.columns) - 1, 1)
    table.autofit = False
    for index, column in enumerate(table.columns):
        column.width = Cm(FIRST_WIDTH if index == 0 else others)


def _describe(table: Table, words: str) -> None:
    """The table's title for a reader who hears it rather than sees it."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), words)
    table._tbl.tblPr.append(caption)


def _repeat_header(table: Table) -> None:
    """The first row is the header on every page, which screen readers need too."""
    from docx.oxml import OxmlElement

    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _shade(table: Table, column: int) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), SHADE)
    table.cell(0, column)._tc.get_or_add_tcPr().append(shade)
