"""PDF bytes -> pages: lines, number marks, screens and issues. Every page here is drawn by the test itself."""

from __future__ import annotations

import io
import re

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from extractors.pdf_text import pdf_to_reading
from schemas.records import Mark, Reading

PAGE = (595, 842)


def draw(*texts: tuple[float, float, str] | tuple[float, float, str, float], **canvas: object) -> bytes:
    """One page with texts at (x, y from the top, text, size)."""
    buffer = io.BytesIO()
    page = Canvas(buffer, pagesize=PAGE, **canvas)
    for x, y, text, *size in texts:
        page.setFont("Helvetica", size[0] if size else 11)
        page.drawString(x, PAGE[1] - y, text)
    page.showPage()
    page.save()
    return buffer.getvalue()


def draw_words(words: list[tuple[str, float, float]]) -> bytes:
    """One line of (text, size, rise) drawn one after the other without a gap."""
    buffer = io.BytesIO()
    page = Canvas(buffer, pagesize=PAGE)
    line = page.beginText(72, 700)
    for text, size, rise in words:
        line.setFont("Helvetica", size)
        line.setRise(rise)
        line.textOut(text)
    page.drawText(line)
    page.showPage()
    page.save()
    return buffer.getvalue()


def marks(reading: Reading) -> list[tuple[str, bool]]:
    return [(mark.text, mark.raised) for page in reading.pages for mark in page.marks]


def test_every_printed_number_and_number_word_is_marked() -> None:
    reading = pdf_to_reading(draw((72, 100, "In 2016, 1,380 (20.4%) of none or four, seventeen in Q3.")))
    assert marks(reading) == [(t, False) for t in ("2016", "1,380", "20.4", "none", "four", "seventeen", "3")]


def test_marks_point_into_the_page_text() -> None:
    reading = pdf_to_reading(draw((72, 100, "Of 42 plans,"), (72, 114, "seven ended by 31/03/2023.")))
    page = reading.pages[0]
    assert all(page.text[mark.start : mark.end] == mark.text for mark in page.marks)
    assert [mark.text for mark in page.marks] == ["42", "seven", "31", "03", "2023"]


def test_box_lies_where_the_number_is_printed() -> None:
    reading = pdf_to_reading(draw((200, 300, "657.9")))
    box = reading.pages[0].marks[0].box
    assert box.x0 == pytest.approx(200, abs=1)
    assert box.x1 == pytest.approx(200 + 11 * 0.556 * 4 + 11 * 0.278, abs=1)
    assert box.y0 < 300 < box.y1 + 1
    assert box.y1 - box.y0 < 15


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([("the area", 12, 0), ("2", 7, 5), (" has 14 homes", 12, 0)], [("2", True), ("14", False)]),
        ([("12", 12, 0), ("1", 7, 5), (" children", 12, 0)], [("12", False), ("1", True)]),
        ([("was 87.5%", 12, 0), ("3", 7, 5), (" in 2014", 12, 0)], [("87.5", False), ("3", True), ("2014", False)]),
        ([("evidence.", 12, 0), ("23, 24", 7, 5), (" It shows", 12, 0)], [("23", True), ("24", True)]),
        ([("price 12", 12, 0), ("50", 7, 0), (" small but not raised", 12, 0)], [("1250", False)]),
    ],
)
def test_footnote_marker_is_not_part_of_the_number(
    words: list[tuple[str, float, float]], expected: list[tuple[str, bool]]
) -> None:
    assert marks(pdf_to_reading(draw_words(words))) == expected


def test_columns_drawn_at_one_height_are_two_lines() -> None:
    texts = []
    for row in range(4):
        y = 100 + 14 * row
        texts += [(72, y, "children in need were seen by their own"), (320, y, "workers who visit often and record it")]
    page = pdf_to_reading(draw(*texts)).pages[0]
    assert len(page.lines) == 8
    assert {round(line.box.x0 / 10) for line in page.lines} == {7, 32}


def test_item_number_stays_with_its_words() -> None:
    page = pdf_to_reading(draw((72, 100, "15."), (100, 100, "Managers know their services well."))).pages[0]
    assert [line.text for line in page.lines] == ["15. Managers know their services well."]


def test_hyphen_at_line_end_ends_a_line() -> None:
    page = pdf_to_reading(draw((72, 100, "placements for chil-"), (72, 114, "dren close to home"))).pages[0]
    assert [line.text for line in page.lines] == ["placements for chil-", "dren close to home"]
    assert all(page.text[line.start : line.start + len(line.text)] == line.text for line in page.lines)


def test_rotated_page_is_boxed_as_shown() -> None:
    buffer = io.BytesIO()
    page = Canvas(buffer, pagesize=(842, 595))  # a sheet of 595 x 842, shown turned to 842 x 595
    page.setPageRotation(90)
    page.translate(595, 0)
    page.rotate(90)
    page.drawString(100, 500, "Turned 45 cases")
    page.showPage()
    page.save()
    read = pdf_to_reading(buffer.getvalue()).pages[0]
    assert (read.width, read.height) == (842, 595)
    box = read.marks[0].box
    assert 130 < box.x0 < box.x1 < 170
    assert 80 < box.y0 < 95 < box.y1 < 100
    assert not read.marks[0].raised


def test_ruled_grid_is_screened_and_prose_is_not() -> None:
    buffer = io.BytesIO()
    page = Canvas(buffer, pagesize=PAGE)
    page.grid([72, 200, 300, 400], [700, 680, 660, 640])
    page.drawString(80, 685, "Area")
    page.showPage()
    page.drawString(72, 700, "No rules here, only words and one number, 12.")
    page.line(72, 690, 300, 690)
    page.showPage()
    page.save()
    reading = pdf_to_reading(buffer.getvalue())
    assert [page.ruled for page in reading.pages] == [True, False]


@pytest.mark.parametrize(
    ("rows", "aligned"),
    [
        (["Dudley 535 749", "Walsall 610 702"], True),
        (["2015 2016", "71% 68%"], True),
        (["At 31 August 2014, 219 children", "were the subject of a plan in 2014."], False),
        (["Page 3 of 12"], False),
    ],
)
def test_rows_that_end_in_figures_are_screened(rows: list[str], aligned: bool) -> None:
    reading = pdf_to_reading(draw(*[(72, 100 + 16 * i, row) for i, row in enumerate(rows)]))
    assert reading.pages[0].aligned is aligned


def codes(data: bytes) -> list[str]:
    return [issue.code for issue in pdf_to_reading(data).issues]


def test_locked_file_says_so() -> None:
    assert codes(draw((72, 100, "secret"), encrypt=StandardEncryption("user", "owner"))) == ["encrypted"]


def test_owner_locked_file_is_read_with_the_empty_password() -> None:
    reading = pdf_to_reading(draw((72, 100, "open to all 5"), encrypt=StandardEncryption("", "owner")))
    assert reading.issues == ()
    assert marks(reading) == [("5", False)]


@pytest.mark.parametrize("data", [b"", b"<html>not found</html>", b"%PDF-1.7\n%%EOF", draw((72, 100, "x"))[:300]])
def test_broken_file_is_damaged(data: bytes) -> None:
    assert codes(data) == ["damaged"]


def test_file_without_text_layer_says_so_once() -> None:
    assert codes(draw()) == ["no_text_layer"]


def test_page_without_text_layer_is_named() -> None:
    buffer = io.BytesIO()
    page = Canvas(buffer, pagesize=PAGE)
    page.drawString(72, 700, "One page with words")
    page.showPage()
    page.rect(10, 10, 50, 50)
    page.showPage()
    page.save()
    reading = pdf_to_reading(buffer.getvalue())
    assert [(issue.code, issue.page) for issue in reading.issues] == [("no_text_layer", 2)]
    assert reading.page_count == 2


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("Self-evaluation 2023", "Self-evaluation 2023"),
        ("Microsoft Word - report.doc", None),
        ("untitled", None),
        ("final v3.pdf", None),
    ],
)
def test_title_made_up_by_a_program_is_no_title(title: str, kept: str | None) -> None:
    buffer = io.BytesIO()
    page = Canvas(buffer)
    page.setTitle(title)
    page.drawString(72, 700, "words")
    page.save()
    assert pdf_to_reading(buffer.getvalue()).title == kept


def test_marks_cover_every_digit_of_the_page() -> None:
    reading = pdf_to_reading(draw((72, 100, "7.2.1 Rates: 13.12.22, 2,014/15 and H2O, 19th, £1.5m")))
    page = reading.pages[0]
    covered = {index for mark in page.marks for index in range(mark.start, mark.end)}
    assert covered >= {match.start() for match in re.finditer(r"\d", page.text)}


def test_mark_is_a_frozen_value() -> None:
    mark = pdf_to_reading(draw((72, 100, "9"))).pages[0].marks[0]
    assert isinstance(mark, Mark)
    with pytest.raises(AttributeError):
        mark.text = "8"  # type: ignore[misc]
