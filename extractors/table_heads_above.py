"""Step `tables`: a grid that begins below its headers -> the grid with the headers that the page prints over it.

Headers on coloured ground often have no ruling line around them, so that a reader by ruling lines sees the body alone. What
stands right over the columns, short and over most of them, heads them; a title or a sentence stands over many at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.table_cut_lines import cut_by_columns
from extractors.table_headers import count_header_rows, is_period_label, is_suppressed, is_value
from schemas.records import Box, Cell, Line, Page

_FEWEST_COLUMNS = 3
_FEWEST_HEADS = 2  # over columns of values
_LONGEST_LINE = 6  # words
_PITCH = 1.6  # times the size of its type by which a header's line stands over the next
_HANGS_OVER = 1.5  # times its type by which the last header may reach over the edge of narrow values
_EDGE = 2.0  # points by which words may reach over the edge of their column
_FROM_MIDDLE = 2.0  # times the size of its type by which a header may miss the middle of the columns that it spans
Extent = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Over:
    """A printed line and the first and last column that it stands over."""

    line: Line
    first: int
    last: int


def with_heads_above(cells: Sequence[Cell], texts: Sequence[Sequence[str]], page: Page) -> tuple[Cell, ...] | None:
    """The cells below the headers that stand right over them; None where the grid has headers of its own, or nothing over it
    heads most of its columns of values.

    cells: those of one grid, boxes in points from the page's upper left; texts: their words as a rectangle.
    """
    columns = _columns(cells)
    headers = count_header_rows(texts)
    if len(columns) < _FEWEST_COLUMNS or headers > 1:
        return None
    if headers == 1:
        return _with_periods_above(cells, texts[0], columns, page)
    top = min(cell.box.y0 for cell in cells if cell.box)
    over = _below_titles(_lines_over(page, columns, top), columns)
    if any(is_value(one.line.text) or is_suppressed(one.line.text) for one in over):
        return None  # the last row of another table
    valued = {column for column, text in enumerate(texts[0]) if column and (is_value(text) or is_suppressed(text))}
    headed = valued & {one.first for one in over if one.first == one.last}
    if len(headed) < _FEWEST_HEADS or len(headed) * 3 < len(valued) * 2:
        return None
    levels = [level for level in ([one for one in over if one.first < one.last], _single(over)) if level]
    above = [cell for row, level in enumerate(levels) for cell in _level_to_cells(level, row, columns, top)]
    return (*above, *(replace(cell, row=cell.row + len(levels)) for cell in cells))


def _with_periods_above(
    cells: Sequence[Cell], heads: Sequence[str], columns: Sequence[Extent], page: Page
) -> tuple[Cell, ...] | None:
    """The cells below the periods that stand right over runs of columns headed alike ("31 March 2015", "31 March 2016" over
    "No.", "%", "No.", "%"); None where no column is headed as another is, or no periods stand there over all of them."""
    named = [head for head in heads[1:] if head.strip()]
    if len(set(named)) == len(named):
        return None
    top = min(cell.box.y0 for cell in cells if cell.box)
    over = sorted((one for one in _lines_over(page, columns, top) if is_period_label(one.line.text)), key=_first)
    headed = [column for one in over for column in range(one.first, one.last + 1)]
    level = {round(one.line.box.y1) for one in over}
    if len(over) < _FEWEST_HEADS or len(level) > 1 or headed != list(range(headed[0], len(columns))):
        return None
    if any(head.strip() for head in heads[1 : headed[0]]):
        return None
    return (*_level_to_cells(over, 0, columns, top), *(replace(cell, row=cell.row + 1) for cell in cells))


def _first(one: _Over) -> int:
    return one.first


def _single(over: Sequence[_Over]) -> list[_Over]:
    return [one for one in over if one.first == one.last]


def _columns(cells: Sequence[Cell]) -> list[Extent]:
    """Left and right edge of each column; none where no cell tells that of every one."""
    width = max((cell.column + cell.column_span for cell in cells), default=0)
    edges = {cell.column: (cell.box.x0, cell.box.x1) for cell in cells if cell.box and cell.column_span == 1}
    return [edges[column] for column in range(width)] if len(edges) == width else []


def _lines_over(page: Page, columns: Sequence[Extent], top: float) -> list[_Over]:
    """The lines from the grid upwards that stand close to one another, the nearest first."""
    left, right = columns[0][0] - _EDGE, columns[-1][1] + _EDGE
    above = [
        line
        for line in page.lines
        if line.box.y1 <= top + _EDGE and left <= line.box.x0 and line.box.x1 <= right + _HANGS_OVER * line.size
    ]
    found: list[_Over] = []
    floor = top
    for line in sorted(above, key=lambda line: -line.box.y1):
        if floor - line.box.y1 > _PITCH * line.size or len(line.text.split()) > _LONGEST_LINE:
            break
        under = [
            number for number, (x0, x1) in enumerate(columns) if line.box.x0 < x1 - _EDGE and line.box.x1 > x0 + _EDGE
        ]
        if not under:
            break
        found.append(_Over(line, under[0], under[-1]))
        floor = min(floor, line.box.y0)
    return found


def _below_titles(over: Sequence[_Over], columns: Sequence[Extent]) -> list[_Over]:
    """The lines up to the first that heads no columns: one over several that stands neither over their middle nor over
    headers of each."""
    kept: list[_Over] = []
    for one in over:
        if one.first < one.last:
            below = {other.first for other in _single(kept) if other.line.box.y0 > one.line.box.y0 + 1}
            below &= set(range(one.first, one.last + 1))
            middle = (columns[one.first][0] + columns[one.last][1]) / 2
            centre = (one.line.box.x0 + one.line.box.x1) / 2
            whole = below.issuperset(range(one.first, one.last + 1))
            pieces = None if below else cut_by_columns(one.line, columns)
            if pieces is not None:
                kept += [_Over(piece, *_columns_under(piece, columns)) for piece in pieces]
                continue
            if not whole or abs(centre - middle) > _FROM_MIDDLE * one.line.size:
                break
        kept.append(one)
    return kept


def _columns_under(line: Line, columns: Sequence[Extent]) -> tuple[int, int]:
    """The column in which the middle of a line stands, as first and as last."""
    middle = (line.box.x0 + line.box.x1) / 2
    column = next(number for number, (x0, x1) in enumerate(columns) if x0 <= middle < x1)
    return column, column


def _level_to_cells(level: Sequence[_Over], row: int, columns: Sequence[Extent], top: float) -> list[Cell]:
    """One row of header cells; the lines over one column are one header, read from the top."""
    cells: list[Cell] = []
    column = 0
    while column < len(columns):
        lines = sorted((one for one in level if one.first == column), key=lambda one: one.line.box.y0)
        last = lines[0].last if lines else column
        if lines:
            foot = min(max(one.line.box.y1 for one in lines), top)
            box = Box(columns[column][0], lines[0].line.box.y0, columns[last][1], foot)
            text = " ".join(one.line.text.strip() for one in lines)
            cells.append(Cell(row, column, text, box, column_span=last - column + 1, at=lines[0].line.start))
        else:
            cells.append(Cell(row, column, ""))
        column = last + 1
    return cells
