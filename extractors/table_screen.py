"""Step `screen`: which pages are worth a table reader, and which grids it returns are tables of figures.

The readers are dear (40 ms a page) and the text-based one finds a "table" on every page of prose, so both doors ask for
what tables of figures have and prose has not: numbers that stand alone, one beside or under the other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.table_headers import count_header_columns, count_header_rows, is_suppressed, is_value
from schemas.records import Line, Page

# A table that states anything has two values at least: two areas, two years, or two measures.
_FEWEST_CELLS = 2
_LONGEST_CELL = 12  # words; a cell of values has fewer, a line of prose more
_MARGIN = 0.08  # of the page's height, at its top and bottom, where page numbers stand
_NUMBERS_AT_END = re.compile(r"(?:(?:^|\s)[£(<>~+\-–]{0,2}(?!0\d)(?!(?:19|20)\d\d\b)\d[\d.,/]*%?\)?[*†]?){2,}$")
_TELEPHONE = re.compile(r"(?:^|\s)[+(]*0\d{2,}")


def worth_reading(page: Page) -> bool:
    """Whether the page is ruled or aligned and prints at least two numbers as cells do: alone on their line (lines end
    where a wide gap begins), or two and more at a line's end."""
    if not (page.ruled or page.aligned):
        return False
    found = 0
    for line in page.lines:
        found += _is_cell(line, page.height)
        if found >= _FEWEST_CELLS:
            return True
    return False


def _is_cell(line: Line, height: float) -> bool:
    text = line.text
    if not any(map(str.isdigit, text)) or _TELEPHONE.search(text):
        return False
    if is_value(text):
        in_margin = line.box.y1 < height * _MARGIN or line.box.y0 > height * (1 - _MARGIN)
        return not (in_margin and text.isdigit())
    return is_suppressed(text) or _NUMBERS_AT_END.search(text) is not None


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
