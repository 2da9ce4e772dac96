"""Shared by the sample documents: type, colours, and files that come out the same byte for byte every time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from docx.document import Document
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

INK = HexColor("#1d2b3a")
QUIET = HexColor("#5b6b7b")
BAND = HexColor("#0b5c6b")
PALE = HexColor("#e6f1f2")
RULE = HexColor("#8aa2ab")

NOTICE = (
    "Sample document, written for the project childrens-services-kpis from official statistics of the Department for "
    "Education (Open Government Licence). It is not a paper of {owner}."
)


def style(
    size: float, leading: float | None = None, bold: bool = False, colour: Color = INK, **more: object
) -> ParagraphStyle:
    """A paragraph style in Helvetica."""
    return ParagraphStyle(
        f"s{size}{bold}{len(more)}",
        fontName="Helvetica-Bold" if bold else "Helvetica",
        fontSize=size,
        leading=leading or size * 1.3,
        textColor=colour,
        **more,
    )


def text_box(canvas: Canvas, words: str, x: float, top: float, width: float, form: ParagraphStyle) -> float:
    """Sets a paragraph with its upper left corner at (x, top), origin lower left, and returns where it ends."""
    paragraph = Paragraph(words, form)
    _, height = paragraph.wrap(width, 2000)
    paragraph.drawOn(canvas, x, top - height)
    return top - height


def make_pdf(draw: Callable[[Canvas], None], size: tuple[float, float], title: str) -> bytes:
    """A PDF drawn on a canvas: no clock and no random ids in it."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size, invariant=1)
    canvas.setTitle(title)
    canvas.setAuthor("childrens-services-kpis")
    draw(canvas)
    canvas.save()
    return buffer.getvalue()


def make_docx(document: Document) -> bytes:
    """A Word file whose archive carries no time of writing."""
    written, fixed = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist()):
            target.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), source.read(name), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()
