"""Step "read PDF", pages without a text layer: the picture of a page -> a Page as its words were recognised.

Needs the optional extra `ocr` (RapidOCR on ONNX, whose models come with its package: nothing is fetched). A page takes
seconds and hundreds of megabytes, so it is run where it can be stopped. Recognised words carry how sure the recogniser is
of their line; what is less sure than a guess, and signs that it takes pictograms for, are no words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import median
from typing import Any

import pypdfium2

from extractors.pdf_characters import normalise
from extractors.pdf_lines import NUMBER
from schemas.records import Box, Issue, Line, Mark, Page

_LONGEST_SIDE = 2400  # pixels: A4 at 205 dots an inch; more costs time and reads no better
_FINEST = 300 / 72  # pixels a point
_LEAST_SCORE = 0.6
_IDEOGRAPH = re.compile("[\u2e80-\u9fff\uac00-\ud7af]")
_TYPE_SIZE = 0.74  # of a line's height as it is recognised, which leaves room above and below
_SAME_SIZE = 0.25  # heights of lines in one size differ so far, with and without ascenders
# Narrow spaces get lost: "307children", "at 31 March2014", "30.6%(the", "2014,1,984", "–in". A letter beside a digit is
# left alone where it may belong to it (4th, 12m, Q3, KS2).
_LOST_SPACE = re.compile(
    r"(?<=\d)(?=[A-Za-z]{3})|(?<=[a-z]{2})(?=\d)|(?<=%)(?=[A-Za-z(])|(?<=[a-z\d])(?=\([a-z])|(?<=[a-z\d]\))(?=[A-Za-z])|"
    r"(?<=\b(?:19|20)\d\d,)(?=\d)|(?<=[a-z][,;:])(?=[A-Za-z\d])|(?<=[a-z]{2}\.)(?=[A-Z][a-z])|(?<=^[–•-])(?=[A-Za-z])"
)


@dataclass(frozen=True, slots=True)
class Recognised:
    """A line that was recognised: its words from left to right, each with its edges (pixels), its box and how sure it is."""

    text: str
    score: float
    box: Box
    words: tuple[tuple[str, float, float], ...]


def pdf_to_recognised(data: bytes, pages: Sequence[Page]) -> tuple[tuple[Page, ...], tuple[Issue, ...]]:
    """Pages without text -> those of them in whose picture words were recognised, and an Issue for each that failed.

    data: the whole PDF; pages: as `pdf_to_reading` made them. Boxes in PDF points. Never raises for bad input.
    """
    found: list[Page] = []
    issues: list[Issue] = []
    for page in pages:
        try:
            picture = _page_to_picture(data, page)
            lines = _picture_to_lines(picture)
        except Exception as error:  # whatever a picture makes its decoder raise costs that page alone
            detail = f"The image of page {page.number} could not be read ({type(error).__name__})."
            issues.append(Issue("no_text_layer", detail, page.number))
            continue
        read = recognised_to_page(page, lines, page.width / picture.shape[1])
        if read.lines:
            found.append(read)
    return tuple(found), tuple(issues)


def _page_to_picture(data: bytes, page: Page) -> Any:
    """Height x width x 3 bytes."""
    document = pypdfium2.PdfDocument(data)
    try:
        scale = min(_LONGEST_SIDE / max(page.width, page.height, 1.0), _FINEST)
        return document[page.number - 1].render(scale=scale).to_numpy().copy()
    finally:
        document.close()


@cache
def _recogniser() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,  # lines that stand on their head: a second model for every line, hardly ever needed
            "Global.max_side_len": _LONGEST_SIDE,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,  # two threads take half as long again in all
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def _picture_to_lines(picture: Any) -> tuple[Recognised, ...]:
    result = _recogniser()(picture, return_word_box=True)
    if result is None or not result.txts:
        return ()
    lines = []
    for text, score, corners, words in zip(result.txts, result.scores, result.boxes, result.word_results, strict=True):
        edges = tuple((_with_spaces(word), *_edges(box)) for word, _, box in words)
        lines.append(Recognised(_with_spaces(text), float(score), _to_box(corners), edges))
    return tuple(lines)


def _with_spaces(text: str) -> str:
    return _LOST_SPACE.sub(" ", unicodedata.normalize("NFKC", text))


def _edges(corners: Any) -> tuple[float, float]:
    across = [float(x) for x, _ in corners]
    return min(across), max(across)


def _to_box(corners: Any) -> Box:
    across, down = [float(x) for x, _ in corners], [float(y) for _, y in corners]
    return Box(min(across), min(down), max(across), max(down))


def recognised_to_page(page: Page, found: Iterable[Recognised], points: float) -> Page:
    """An empty page and the lines recognised in its picture -> the page with lines and marks; `points` is the size of a
    pixel. Numbers are marked as in a text layer; which of them are raised is not known."""
    kept = [one for one in found if one.score >= _LEAST_SCORE and one.text.strip() and not _IDEOGRAPH.search(one.text)]
    if not kept:
        return page
    usual = median((one.box.y1 - one.box.y0) * points * _TYPE_SIZE for one in kept)
    lines: list[Line] = []
    marks: list[Mark] = []
    start = 0
    for one in kept:
        text = normalise(one.text).rstrip()
        size = (one.box.y1 - one.box.y0) * points * _TYPE_SIZE
        size = usual if abs(size - usual) <= _SAME_SIZE * usual else size
        lines.append(Line(text, start, _scaled(one.box, points), round(size, 2), score=round(one.score, 4)))
        for match in NUMBER.finditer(text):
            x0, x1 = _place_of(one, *match.span())
            box = _scaled(Box(x0, one.box.y0, x1, one.box.y1), points)
            marks.append(Mark(start + match.start(), start + match.end(), match.group(), box))
        start += len(text) + 2
    words = "\r\n".join(line.text for line in lines)
    return Page(page.number, page.width, page.height, words, tuple(lines), tuple(marks), recognised=True)


def _place_of(line: Recognised, start: int, end: int) -> tuple[float, float]:
    """Left and right edge of some of a line's characters: by the words' own edges, and within a word, or where its words
    cannot be found in the line, by counting characters."""
    spans = _word_spans(line)
    return _edge_at(spans, start, leading=True), _edge_at(spans, end, leading=False)


def _word_spans(line: Recognised) -> list[tuple[int, int, float, float]]:
    spans = []
    cursor = 0
    for word, x0, x1 in line.words:
        at = line.text.find(word, cursor)
        if at >= 0 and word:
            spans.append((at, at + len(word), x0, x1))
            cursor = at + len(word)
    return spans or [(0, max(len(line.text), 1), line.box.x0, line.box.x1)]


def _edge_at(spans: Sequence[tuple[int, int, float, float]], index: int, leading: bool) -> float:
    """Where the boundary before the character `index` stands; `leading`: as the left edge of what follows."""
    for start, end, x0, x1 in spans:
        inside = start <= index < end if leading else start < index <= end
        if inside:
            return x0 + (x1 - x0) * (index - start) / (end - start)
    first, last = spans[0], spans[-1]
    if index <= first[0]:
        return first[2]
    if index >= last[1]:
        return last[3]
    left = max(span[3] for span in spans if span[1] <= index)
    right = min(span[2] for span in spans if span[0] >= index)
    return right if leading else left


def _scaled(box: Box, points: float) -> Box:
    return Box(*(round(edge * points, 2) for edge in (box.x0, box.y0, box.x1, box.y1)))
