"""Step `screen`: which pages are worth a table reader, and which grids it returns are tables of figures.

The readers are dear (40 ms a page) and the text-based one finds a "table" on every page of prose, so both doors ask for
what tables of figures have and prose has not: numbers that stand alone, one beside or under the other.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Sequence

from extractors.table_headers import count_header_columns, count_header_rows, is_suppressed, is_value
from schemas.records import Mark, Page

# A table that states anything has two values at least: two areas, two years, or two measures.
_FEWEST_CELLS = 2
_ALONE = frozenset(" %()[]*↑↓↔→←▲▼+-–−<>≤≥£.,:;|/\n\r\t\xa0\u202f")
_LONGEST_CELL = 12  # words; a cell of values has fewer, a line of prose more


def worth_reading(page: Page) -> bool:
    """Whether the page is ruled or aligned and prints numbers as cells do."""
    return (page.ruled or page.aligned) and _count_cells(page) >= _FEWEST_CELLS


def _count_cells(page: Page) -> int:
    """How many of the page's numbers stand alone on their line, or side by side with nothing but space between them."""
    starts = [line.start for line in page.lines]
    marks_of: dict[int, list[Mark]] = {}
    for mark in page.marks:
        if not mark.raised and mark.text[:1].isdigit():
            marks_of.setdefault(bisect_right(starts, mark.start) - 1, []).append(mark)
    return sum(_count_cells_of_line(page, index, marks) for index, marks in marks_of.items() if index >= 0)


def _count_cells_of_line(page: Page, index: int, marks: Sequence[Mark]) -> int:
    line = page.lines[index]
    if not any(character.isalpha() for character in line.text):
        return len(marks)
    ends_with = [mark for mark in marks if _is_blank(page.text[mark.end : line.start + len(line.text)])]
    neighbours = [one for one, other in itertools.pairwise(marks) if _is_blank(page.text[one.end : other.start])]
    return len(neighbours) + len(ends_with)


def _is_blank(text: str) -> bool:
    return all(character in _ALONE for character in text)


def holds_figures(texts: Sequence[Sequence[str]]) -> bool:
    """Whether a ruled grid is a table of figures: two rows and columns at least, and a value outside its headers."""
    if len(texts) < 2 or len(texts[0]) < 2:
        return False
    rows = count_header_rows(texts)
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
    values = [[text for row in body if (text := row[column])] for column in range(columns, len(texts[0]))]
    if not any(_mostly_values(column) for column in values):
        return False
    cells = [text for column in values for text in column]
    wordy = sum(len(text.split()) > _LONGEST_CELL for text in cells)
    return wordy * 10 <= len(cells) and sum(map(_is_cell_of_figures, cells)) * 2 >= len(cells)


def _mostly_values(column: Sequence[str]) -> bool:
    return len(column) >= 2 and sum(map(_is_cell_of_figures, column)) * 3 >= len(column) * 2


def _is_cell_of_figures(text: str) -> bool:
    return is_value(text) or is_suppressed(text)
