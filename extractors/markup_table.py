"""Step `read others`: the rows of a table as its markup names them -> `Table` and the text of the block in its place.

HTML and DOCX say which cells are merged and often which are headers; Markdown and plain text hardly say either. What
the markup leaves open is decided by the shape of the words, by the same rules as for tables that are read from a PDF.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.table_grid import spread_texts
from extractors.table_headers import count_header_columns, count_header_rows
from schemas.records import Cell, Table

MAX_PLACES = 200_000  # a grid of more places than this is no table that a person reads
MAX_SPAN = 1_000  # the HTML standard's own limit for colspan


@dataclass(frozen=True, slots=True)
class MarkupCell:
    """One cell in the order of the markup: its words, the places it covers, and whether the markup calls it a header."""

    text: str
    row_span: int = 1
    column_span: int = 1
    header: bool = False


def place_cells(rows: Sequence[Sequence[MarkupCell]]) -> tuple[tuple[Cell, ...], frozenset[tuple[int, int]]] | None:
    """Cells at their grid places, and the places of those that the markup calls headers; None where the grid would
    have more than `MAX_PLACES` places. A row span ends with the table, a column span at `MAX_SPAN`."""
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    headers: set[tuple[int, int]] = set()
    for row, found in enumerate(rows):
        column = 0
        for cell in found:
            while (row, column) in taken:
                column += 1
            height = max(1, min(cell.row_span, len(rows) - row))
            width = max(1, min(cell.column_span, MAX_SPAN))
            if len(taken) + height * width > MAX_PLACES:
                return None
            places = [(r, c) for r in range(row, row + height) for c in range(column, column + width)]
            taken.update(places)
            headers.update(places if cell.header else ())
            cells.append(Cell(row, column, cell.text, None, height, width))
            column += width
    return tuple(cells), frozenset(headers)


def markup_to_table(
    rows: Sequence[Sequence[MarkupCell]], method: str, caption: str | None = None, header_rows: int | None = None
) -> tuple[Table, str] | None:
    """`Table` without page and box, and its text (cells parted by a space, rows by a line end; `Cell.at` counts in it).

    `header_rows` is the number of rows that the markup itself sets apart (thead, repeated header rows). None where the
    rows hold no words at all or are too many to be a table.
    """
    rows = [row for row in rows if any(cell.text for cell in row)]
    placed = place_cells(rows)
    if placed is None or not placed[0]:
        return None
    cells, marked = placed
    texts = spread_texts(cells)
    first_body = max(header_rows or 0, _marked_rows(marked, texts))
    if not first_body or first_body >= len(texts):
        first_body = count_header_rows(texts)
    columns = max(_marked_columns(marked, texts, first_body), count_header_columns(texts, first_body))
    text, cells = _table_text(cells)
    return Table(cells, first_body, columns, caption=caption, method=method), text


def _marked_rows(marked: frozenset[tuple[int, int]], texts: Sequence[Sequence[str]]) -> int:
    """Leading rows whose every cell with words is marked as a header; a row of one text below the columns' names opens a
    section of the body, however it is marked."""
    for row, words in enumerate(texts):
        if row and len({word for word in words if word}) == 1 and any(len(set(above)) > 2 for above in texts[:row]):
            return row
        if not all((row, column) in marked for column, word in enumerate(words) if word):
            return row
    return 0


def _marked_columns(marked: frozenset[tuple[int, int]], texts: Sequence[Sequence[str]], header_rows: int) -> int:
    """Leading columns whose every cell with words below the header rows is marked as a header."""
    body = range(header_rows, len(texts))
    width = len(texts[0])
    for column in range(width):
        if not all((row, column) in marked for row in body if texts[row][column]):
            return column
    return 0


def _table_text(cells: Sequence[Cell]) -> tuple[str, tuple[Cell, ...]]:
    parts: list[str] = []
    done: list[Cell] = []
    length, row = 0, 0
    for cell in cells:
        if parts and cell.text:
            parts.append("\n" if cell.row != row else " ")
            length += 1
        at = length if cell.text else None
        if cell.text:
            row = cell.row
            parts.append(cell.text)
            length += len(cell.text)
        done.append(Cell(cell.row, cell.column, cell.text, None, cell.row_span, cell.column_span, at))
    return "".join(parts), tuple(done)
