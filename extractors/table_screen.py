"""Step `screen`: which pages are worth a table reader, and which grids it returns are tables of figures.

The readers are dear (40 ms a page) and the text-based one finds a "table" on every page of prose, so both doors ask for
what tables of figures have and prose has not: numbers that stand alone, one beside or under the other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from extractors.table_headers import count_header_columns, count_header_rows, is_period_label, is_suppressed, is_value
from extractors.table_words import plain_header, table_words
from schemas.records import Line, Page

# A table that states anything has two values at least: two areas, two years, or two measures.
_FEWEST_CELLS = 2
_LONGEST_CELL = 12  # words; a cell of values has fewer, a line of prose more
_MARKER = 0.7  # of the usual type size: smaller figures are raised
_MARGIN = 0.08  # of the page's height, at its top and bottom, where page numbers stand
_NUMBERS_AT_END = re.compile(r"(?:(?:^|\s)[£(<>~+\-–]{0,2}(?!0[1-9])(?!(?:19|20)\d\d\b)\d[\d.,/]*%?\)?[*†]?){2,}$")
_NUMBER = re.compile(r"^[£(<>~+\-–]{0,2}\d[\d.,/]*%?\)?[*†]?$")
_TELEPHONE = re.compile(r"(?:^|\s)[+(]*0[1-9]\d+")


def worth_reading(page: Page) -> bool:
    """Whether the page is ruled or aligned and prints at least two numbers as cells do: alone on their line (lines end
    where a wide gap begins), or two and more at a line's end."""
    if not (page.ruled or page.aligned):
        return False
    found: list[Line] = []
    for line in page.lines:
        found += [line] * _count_cells(line, page.height)
        if len(found) >= _FEWEST_CELLS and any(len(line.text) > 1 for line in found):
            return True
    if len(found) < _FEWEST_CELLS:
        return False
    small = _MARKER * median(line.size for line in page.lines)
    return sum(line.size >= small for line in found) >= _FEWEST_CELLS  # single figures: the marks of notes are no cells


def _count_cells(line: Line, height: float) -> int:
    """0, 1 or 2 (and more): how many values the line ends with."""
    text = line.text
    if not any(map(str.isdigit, text)) or _TELEPHONE.search(text):
        return 0
    if is_value(text):
        in_margin = line.box.y1 < height * _MARGIN or line.box.y0 > height * (1 - _MARGIN)
        return 0 if in_margin and text.isdigit() else 1 + (values_in_one_cell(text) > 2)
    at_end = _NUMBERS_AT_END.search(text)
    return is_suppressed(text) if at_end is None else 1 + (values_in_one_cell(at_end[0]) > 2)


def values_in_one_cell(text: str) -> int:
    """How many numbers a cell holds if it holds nothing but numbers, else 0."""
    tokens = text.split()
    return len(tokens) if tokens and all(_NUMBER.match(token) for token in tokens) else 0


def holds_figures(texts: Sequence[Sequence[str]]) -> bool:
    """Whether a ruled grid is a table of figures: two rows and columns at least, and a value outside its headers."""
    if len(texts) < 2 or len(texts[0]) < 2:
        return False
    rows = count_header_rows(texts)
    if _is_contents(texts, [[row[-1] for row in texts[rows:] if row[-1]]]):
        return False
    return any(is_value(text) or is_suppressed(text) for row in texts[rows:] for text in row[1:])


def is_table_of_figures(texts: Sequence[Sequence[str]]) -> bool:
    """Whether an unruled grid is a table of figures and not prose, a list or a table of contents that happens to align.

    It needs three rows, two columns, a column whose words are mostly values, and short cells outside its row headers.
    """
    if len(texts) < 3 or len(texts[0]) < 2:
        return False
    rows = count_header_rows(texts)
    columns = count_header_columns(texts, rows)
    body = texts[rows:]
    if rows == 0 and not any(row[0] and not is_value(row[0]) and any(map(_is_plain_value, row[1:])) for row in body):
        return False  # no header over the values and no name beside any: cards in a row
    values = [[text for row in body if (text := row[column])] for column in range(columns, len(texts[0]))]
    if _is_contents(texts, values):
        return False
    if not any(_mostly_values(column) for column in values):
        return False
    cells = [text for column in values for text in column]
    wordy = sum(len(text.split()) > _LONGEST_CELL for text in cells)
    return wordy * 10 <= len(cells) and sum(map(_is_cell_of_figures, cells)) * 2 >= len(cells)


def _is_contents(texts: Sequence[Sequence[str]], values: Sequence[Sequence[str]]) -> bool:
    """Whether this is a table of contents: page numbers that never fall, and "Contents" or "Page" over them or leaders of
    dots before them."""
    numbers = [[int(text) for text in column if text.isdecimal()] for column in values]
    pages = [column for column in numbers if len(column) > 1]
    if len(pages) != 1 or any(after < before for before, after in pairwise(pages[0])):
        return False
    words = {plain_header(text) for row in texts[:3] for text in row}
    leaders = sum("...." in text or "…" in text for row in texts for text in row)
    rising = len(pages[0]) > 4 and pages[0][-1] > pages[0][0] and len(set(pages[0])) * 2 > len(pages[0])
    return bool(words & table_words().contents) or leaders > 1 or (rising and not any(map(_is_figure_header, texts[0])))


def _is_figure_header(text: str) -> bool:
    """Whether a header of the first row says what numbers are: any word at all over the column of numbers."""
    return bool(text) and not text.isdecimal()


def _is_plain_value(text: str) -> bool:
    """Whether a cell is a value and not the bracketed year below one."""
    return is_value(text) and not is_period_label(text.strip("() "))


def _mostly_values(column: Sequence[str]) -> bool:
    return len(column) >= 2 and sum(map(_is_cell_of_figures, column)) * 3 >= len(column) * 2


def _is_cell_of_figures(text: str) -> bool:
    return is_value(text) or is_suppressed(text)
