"""Step "blocks": tell what belongs to the page from what belongs to the text - running heads and feet, page numbers.

Running heads are lines that come back at the edge of other pages, digits aside; a page number is a number (or
"Page 3 of 9") at the edge of the page, in step with the pages around it or alone in its place.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from extractors.passages import CAPTION
from schemas.records import Line, Page

_EDGE = 0.13  # of the page's height, top and bottom
_PAGE_NUMBER = re.compile(
    r"^(?:page\s*)?[-–|\s]*(\d{1,4})[-–|\s]*(?:(?:of|/)\s*\d{1,4})?\.?$|^[ivxlc]{1,6}$", re.IGNORECASE
)
_SURELY = 300  # times that a line stands at the edge of pages; compared no further
_DIGITS = re.compile(r"\d+")
_LETTERS = re.compile(r"[A-Za-z].*[A-Za-z]")


@dataclass(frozen=True, slots=True)
class _EdgeLine:
    """A line in a page's top or bottom edge; `height` in points from that edge."""

    page: int
    index: int
    text: str
    height: float


def find_furniture(pages: tuple[Page, ...]) -> dict[tuple[int, int], str]:
    """(page number, line index) -> `running_head` or `page_number`, for the lines that are one of them."""
    edges: dict[tuple[str, bool], list[_EdgeLine]] = defaultdict(list)
    numbers: list[tuple[Page, int, Line]] = []
    for page in pages:
        for index, line in edge_lines(page):
            if _PAGE_NUMBER.match(line.text) and not _opens_line(page, index, line):
                numbers.append((page, index, line))
            elif _LETTERS.search(line.text) and not CAPTION.match(line.text):
                top = line.box.y0 < page.height / 2
                height = line.box.y0 if top else line.box.y0 - page.height
                edges[_DIGITS.sub("#", line.text), top].append(_EdgeLine(page.number, index, line.text, height))
    found: dict[tuple[int, int], str] = {}
    least = 2 if len(pages) < 6 else 3
    for lines in edges.values():
        if len(lines) >= least:
            found.update({(line.page, line.index): "running_head" for line in lines if _comes_back(line, lines, least)})
    found.update(_page_numbers(numbers))
    return found


def _comes_back(line: _EdgeLine, lines: list[_EdgeLine], least: int) -> bool:
    """Whether enough pages print the line: word for word, or with other digits at the same height."""
    if len(lines) > _SURELY:
        return True
    pages = {
        other.page
        for other in lines
        if abs(other.height - line.height) < 6 or (other.text == line.text and len(line.text) > 14)
    }
    return len(pages) >= least


def edge_lines(page: Page) -> Iterable[tuple[int, Line]]:
    """The lines in the page's top and bottom edge with their indices."""
    top, bottom = page.height * _EDGE, page.height * (1 - _EDGE)
    for index, line in enumerate(page.lines):
        if line.box.y1 <= top or line.box.y0 >= bottom:
            yield index, line


def _opens_line(page: Page, index: int, line: Line) -> bool:
    """Whether words stand right next to a number: then it is a footnote's marker or an item's number. pdfium draws
    markers as lines of their own, and footnotes 2 and 3 on pages 9 and 10 are in step as page numbers are."""
    for other in page.lines[max(0, index - 2) : index + 3]:
        level = other.box.y0 - 2 < (line.box.y0 + line.box.y1) / 2 < other.box.y1 + 2
        if other is not line and level and -2 < other.box.x0 - line.box.x1 < 3 * other.size and len(other.text) > 3:
            return True
    return False


def _page_numbers(candidates: list[tuple[Page, int, Line]]) -> dict[tuple[int, int], str]:
    """Candidates in step with another page's candidate (number minus physical page), else the outermost line of all."""
    steps: dict[int, set[int]] = defaultdict(set)
    for page, _, line in candidates:
        digits = _DIGITS.search(line.text)
        if digits:
            steps[int(digits.group()) - page.number].add(page.number)
    found = {}
    for page, index, line in candidates:
        digits = _DIGITS.search(line.text)
        step = int(digits.group()) - page.number if digits else 0
        rim = line.box.y1 < 0.08 * page.height or line.box.y0 > 0.92 * page.height
        in_step = digits is not None and ((step == 0 and rim) or len(steps[step]) > 1) and len(page.lines) > 1
        if in_step or (_is_outermost(page, line) and abs(step) < 12):
            found[page.number, index] = "page_number"
    return found


def _is_outermost(page: Page, line: Line) -> bool:
    others = [other for other in page.lines if other is not line]
    if not others:
        return False  # a page that holds one number and nothing else: not to be thrown away unread
    if line.box.y0 > page.height / 2:
        return all(other.box.y1 <= line.box.y0 + 2 for other in others)
    return all(other.box.y0 >= line.box.y1 - 2 for other in others)
