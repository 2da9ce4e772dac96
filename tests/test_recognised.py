"""Pages without a text layer: told page by page without the extra `ocr`, read and marked with it, and never surer than
their words."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from matplotlib import font_manager
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extractors.confidence import least_confidence
from extractors.page_images import Recognised, recognised_to_page
from flows.document_rows import DocumentRows
from flows.image_reader import IMAGES, Images, image_reader, images_can_be_read
from flows.page_reader import PageReader
from flows.progress import Trouble
from flows.read_document import ReadImages, read_document
from flows.tasks import Task
from kpi.refresh_report import trouble_lines
from schemas.records import Box, Issue, Page

WIDTH, HEIGHT = 595.0, 842.0
EMPTY = Page(1, WIDTH, HEIGHT, "", (), ())
SENTENCE = "There were 612 children in care at 31 March 2021."


def scanned(*pages: str | None) -> bytes:
    """A PDF with a page for each sentence, which stands in an image; the page of None has a text layer."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT))
    for words in pages:
        if words is None:
            canvas.drawString(60, 700, "Dudley Metropolitan Borough Council: children's services report")
        else:
            canvas.drawImage(ImageReader(_picture(words)), 0, 0, WIDTH, HEIGHT)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _picture(words: str) -> Image.Image:
    picture = Image.new("L", (1240, 1754), 255)
    font = ImageFont.truetype(font_manager.findfont("DejaVu Sans"), 32)
    ImageDraw.Draw(picture).text((120, 300), words, fill=0, font=font)
    return picture


def read(data: bytes, read_images: ReadImages | None) -> DocumentRows:
    """The rows of a document about Dudley."""
    task = Task(hashlib.sha256(data).hexdigest(), "", "/d/s.pdf", "s.pdf", None, "E08000027", len(data), None)
    return read_document(data, task, lambda _, __: ((), ()), read_images)


def recognised(text: str, score: float = 0.99, x0: float = 100.0) -> Recognised:
    """A line at ten pixels a character, its words with their edges."""
    words, at = [], 0
    for word in text.split():
        at = text.index(word, at)
        words.append((word, x0 + 10 * at, x0 + 10 * (at + len(word))))
        at += len(word)
    return Recognised(text, score, Box(x0, 200, x0 + 10 * len(text), 230), tuple(words))


def images_of(score: float) -> ReadImages:
    """A recogniser that sees the sentence on every page."""

    def read_images(_: bytes, pages: Sequence[Page]) -> Images:
        return tuple(recognised_to_page(page, [recognised(SENTENCE, score)], 0.5) for page in pages), ()

    return read_images


def test_without_the_extra_each_page_without_text_is_told() -> None:
    rows = read(scanned(None, SENTENCE, None, SENTENCE), None)
    assert (rows.document.status, rows.document.reason) == ("partial", "no_text_layer")
    assert "pages 2, 4" in (rows.document.detail or "")
    assert not rows.observations


@pytest.mark.parametrize("installed", [True, False])
def test_the_report_of_a_refresh_says_how_such_pages_can_be_read(
    monkeypatch: pytest.MonkeyPatch, installed: bool
) -> None:
    monkeypatch.setattr("kpi.refresh_report.images_can_be_read", lambda: installed)
    lines = trouble_lines([Trouble("papers/scan.pdf", "failed", "no_text_layer", "")])
    assert any("pip install '.[ocr]'" in line for line in lines) != installed


def test_what_is_recognised_is_marked_and_has_its_box() -> None:
    rows = read(scanned(SENTENCE), images_of(0.99))
    (row,) = rows.observations
    assert (row.place, row.indicator, row.value, row.period) == ("ocr", "cla_count", 612.0, "2021-03-31")
    assert (row.x0, row.y0, row.x1, row.y1) == (105.0, 100.0, 120.0, 115.0)
    assert (rows.document.status, rows.document.reason) == ("ok", None)


@pytest.mark.parametrize(("score", "in_doubt"), [(0.8, True), (0.93, True), (0.97, False), (1.0, False)])
def test_a_recognised_row_is_in_doubt_unless_its_words_are_really_sure(score: float, in_doubt: bool) -> None:
    (row,) = read(scanned(SENTENCE), images_of(score)).observations
    assert (row.confidence < least_confidence()) == in_doubt


def test_rows_of_posters_are_in_doubt_however_sure_their_words_are() -> None:
    def poster(_: bytes, pages: Sequence[Page]) -> Images:
        labels = [recognised(f"label {number}") for number in range(40)]
        return tuple(recognised_to_page(page, [*labels, recognised(SENTENCE, 1.0)], 0.5) for page in pages), ()

    rows = read(scanned(SENTENCE), poster).observations
    assert rows
    assert all(row.confidence < least_confidence() for row in rows)


def test_pages_that_could_not_be_recognised_are_told_beside_those_that_were() -> None:
    def half(data: bytes, pages: Sequence[Page]) -> Images:
        return images_of(1.0)(data, pages[:1])[0], (Issue("no_text_layer", "recognising was stopped", 3),)

    document = read(scanned(None, SENTENCE, SENTENCE, SENTENCE), half).document
    assert (document.status, document.reason) == ("partial", "no_text_layer")
    assert "pages 3, 4" in (document.detail or "")


def test_pictograms_and_guesses_are_no_words() -> None:
    page = recognised_to_page(EMPTY, [recognised("学 93"), recognised("1O2", 0.5), recognised("94 plans")], 1.0)
    assert [line.text for line in page.lines] == ["94 plans"]


def test_a_number_within_a_word_has_its_part_of_the_word_s_box() -> None:
    page = recognised_to_page(EMPTY, [recognised("rose (59%)")], 1.0)
    assert [(mark.text, mark.box.x0, mark.box.x1) for mark in page.marks] == [("59", 160.0, 180.0)]


def test_lines_of_about_one_height_are_of_one_size() -> None:
    tall = recognised("capitals and g")
    low = replace(tall, box=replace(tall.box, y0=204.0))
    page = recognised_to_page(EMPTY, [tall, low], 1.0)
    assert len({line.size for line in page.lines}) == 1


@pytest.fixture
def images() -> Iterator[PageReader[Page]]:
    """The recogniser, where it is installed."""
    if not images_can_be_read():
        pytest.skip("the extra `ocr` is not installed")
    reader = image_reader()
    yield reader
    reader.close()


def test_a_scanned_page_is_read(images: PageReader[Page]) -> None:
    (row,) = read(scanned(SENTENCE), images.read).observations
    assert (row.place, row.indicator, row.value, row.period) == ("ocr", "cla_count", 612.0, "2021-03-31")
    assert row.x0 is not None
    assert row.x1 is not None
    at = WIDTH / 1240 * 120
    assert at < row.x0 < row.x1 < WIDTH / 2  # "612" stands behind "There were" in the first half of the line


def test_a_page_that_takes_too_long_costs_itself_only() -> None:
    if not images_can_be_read():
        pytest.skip("the extra `ocr` is not installed")
    hasty = image_reader(replace(IMAGES, page=replace(IMAGES.page, cpu_seconds=0.01)))
    document = read(scanned(None, SENTENCE), hasty.read).document
    hasty.close()
    assert document.reason == "no_text_layer"
    assert "time limit" in (document.detail or "")
