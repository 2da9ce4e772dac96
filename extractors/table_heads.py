"""Step `tables`: where no line parts the columns, the headers of a grid -> headers over the columns that they stand over.

A reader by alignment puts a header's words into the place where they begin, cuts "30 Sept 2018" in two and knows no header
that spans columns. What the page prints says more: where each line stands, over which values, how far from the next.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.table_cut_lines import cut_by_columns
from extractors.table_headers import count_header_rows, is_suppressed, is_value
from schemas.records import Box, Cell, Line, Page

_PITCH = 1.45  # lines of one header stand nearer to one another than this many times their size
_MOST_LEVELS = 3
_SPACES = re.compile(r"\s+")
Extent = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Head:
    """One header: its lines from the top, and the first and last column that it stands over."""

    lines: tuple[Line, ...]
    first: int
    last: int

    @property
    def top(self) -> float:
        return self.lines[0].box.y0

    @property
    def foot(self) -> float:
        return self.lines[-1].box.y1

    @property
    def left(self) -> float:
        return min(line.box.x0 for line in self.lines)

    @property
    def right(self) -> float:
        return max(line.box.x1 for line in self.lines)

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def with_heads(cells: Sequence[Cell], page: Page) -> tuple[Cell, ...] | None:
    """The cells with headers in the columns that they stand over; None where the page does not tell, or where the grid
    holds other words than the lines over it.

    cells: those of an unruled grid, one for each place, boxes in points from the page's upper left.
    """
    width = max(cell.column for cell in cells) + 1
    height = max(cell.row for cell in cells) + 1
    rows = {cell.row: (cell.box.y0, cell.box.y1) for cell in cells if cell.box}
    columns = {cell.column: (cell.box.x0, cell.box.x1) for cell in cells if cell.box}
    if len(rows) != height or len(columns) != width or len(cells) != width * height:
        return None
    places = _lines_by_place(page, rows, columns)
    texts = [[" ".join(line.text for line in places.get((r, c), ())) for c in range(width)] for r in range(height)]
    headers = count_header_rows(texts)
    if not 0 < headers < height or not _same_words(cells, texts, headers):
        return None
    extents = [_extent([line for r in range(headers, height) for line in places.get((r, c), ())]) for c in range(width)]
    lines = sorted(
        (line for (row, _), found in places.items() if row < headers for line in found),
        key=lambda line: (line.box.y0, line.box.x0),
    )
    heads = _lines_to_heads(lines, extents)
    if heads is None:
        return None
    titles = _titles(heads)
    heads = [*titles, *_apart(heads[len(titles) :], [columns[number] for number in range(width)])]
    spread = _spread(heads[len(titles) :], width)
    found = _heads_to_levels(spread)
    if len(found) > _MOST_LEVELS or not all(_stands_over(head, spread, extents) for head in spread):
        return None
    levels = [[title] for title in titles] + found
    above = [
        cell for number, level in enumerate(levels) for cell in _level_to_cells(level, number, width, columns, page)
    ]
    shift = len(levels) - headers
    body = [
        Cell(c.row + shift, c.column, c.text, c.box, c.row_span, c.column_span, c.at) for c in cells if c.row >= headers
    ]
    return (*above, *body)


def _lines_by_place(
    page: Page, rows: dict[int, Extent], columns: dict[int, Extent]
) -> dict[tuple[int, int], list[Line]]:
    """The page's lines by the place of the grid in which their middle stands."""
    found: dict[tuple[int, int], list[Line]] = {}
    for line in page.lines:
        x, y = (line.box.x0 + line.box.x1) / 2, (line.box.y0 + line.box.y1) / 2
        row = next((number for number, (top, foot) in rows.items() if top <= y < foot), None)
        column = next((number for number, (left, right) in columns.items() if left <= x < right), None)
        if row is not None and column is not None:
            found.setdefault((row, column), []).append(line)
    return found


def _same_words(cells: Sequence[Cell], texts: Sequence[Sequence[str]], headers: int) -> bool:
    """Whether the lines found over the body are the words of the grid's first rows, in whatever places."""
    read = sorted("".join(_SPACES.sub("", cell.text) for cell in cells if cell.row < headers))
    return read == sorted("".join(_SPACES.sub("", text) for row in texts[:headers] for text in row))


def _extent(lines: Sequence[Line]) -> Extent | None:
    """From where to where a column's values reach; of all its lines where it holds none."""
    values = [line for line in lines if is_value(line.text.strip()) or is_suppressed(line.text)] or lines
    if not values:
        return None
    return min(line.box.x0 for line in values), max(line.box.x1 for line in values)


def _lines_to_heads(lines: Sequence[Line], extents: Sequence[Extent | None]) -> list[_Head] | None:
    """Headers of one line or of several close ones, each over the columns that it touches; None where one touches none
    and stands between two."""
    heads: list[_Head] = []
    between: list[tuple[int, int]] = []
    for line in lines:
        over = _columns_under(line, extents)
        if over is not None and _heads_nothing(line, lines, over, extents):
            continue
        if over is None:
            over = _columns_between(line, extents)
            if over is not None and all(_heads_nothing(line, lines, (one, one), extents) for one in over):
                continue
            between += [] if over is None else [over]
        if over is None:
            return None
        above = next((head for head in reversed(heads) if _goes_on(head, line, over)), None)
        if above is not None:
            heads[heads.index(above)] = _Head((*above.lines, line), min(above.first, over[0]), max(above.last, over[1]))
        else:
            heads.append(_Head((line,), *over))
    lowest = {head.first for head in heads if head.first == head.last}
    return heads if all(lowest.issuperset(pair) for pair in between) else None


def _heads_nothing(line: Line, lines: Sequence[Line], over: tuple[int, int], extents: Sequence[Extent | None]) -> bool:
    """Whether a line touches no column, and the nearest has a header at its height: that of a column without any value."""
    extent = extents[over[0]]
    if extent is None or over[0] != over[1] or _touches(line, extent):
        return False
    return any(
        other is not line and abs(other.box.y0 - line.box.y0) < 0.3 * line.size and _touches(other, extent)
        for other in lines
    )


def _touches(line: Line, extent: Extent) -> bool:
    return line.box.x0 < extent[1] - 1 and line.box.x1 > extent[0] + 1


def _titles(heads: Sequence[_Head]) -> list[_Head]:
    """The lines over all headers that begin where the table does: titles, one over the other."""
    titles: list[_Head] = []
    for number, head in enumerate(heads[:-1]):
        if head.first > 0 or any(other.top < head.foot - 1 for other in heads[number + 1 :]):
            break
        titles.append(head)
    return titles


def _apart(heads: Sequence[_Head], columns: Sequence[Extent]) -> list[_Head]:
    """The headers, those that stand over several columns with no header between them and the values cut by the columns:
    "Stat. neighbours England" is two."""
    apart: list[_Head] = []
    for head in heads:
        below = any(
            other.top >= head.foot - 1 and other.first <= head.last and head.first <= other.last for other in heads
        )
        pieces = (
            None if below or head.first == head.last or len(head.lines) > 1 else cut_by_columns(head.lines[0], columns)
        )
        for piece in pieces or ():
            middle = (piece.box.x0 + piece.box.x1) / 2
            column = next(number for number, (left, right) in enumerate(columns) if left <= middle < right)
            apart.append(_Head((piece,), column, column))
        if pieces is None:
            apart.append(head)
    return apart


def _columns_under(line: Line, extents: Sequence[Extent | None]) -> tuple[int, int] | None:
    """First and last column that a header line touches; the nearest where it touches none."""
    known = [(column, extent) for column, extent in enumerate(extents) if extent is not None]
    touched = [column for column, (left, right) in known if line.box.x0 < right - 1 and line.box.x1 > left + 1]
    if touched:
        return touched[0], touched[-1]
    gaps = sorted((max(left - line.box.x1, line.box.x0 - right), column) for column, (left, right) in known)
    if not gaps or (len(gaps) > 1 and gaps[1][0] < 2 * max(gaps[0][0], 1.0)):
        return None
    return gaps[0][1], gaps[0][1]


def _columns_between(line: Line, extents: Sequence[Extent | None]) -> tuple[int, int] | None:
    """The two neighbours between whose values a line stands, touching neither: a header over the middle of an even number of
    columns."""
    for column in range(len(extents) - 1):
        here, after = extents[column], extents[column + 1]
        if here is not None and after is not None and here[1] - 1 <= line.box.x0 and line.box.x1 <= after[0] + 1:
            return column, column + 1
    return None


def _goes_on(head: _Head, line: Line, over: tuple[int, int]) -> bool:
    """Whether a line is the next one of a header that wraps: close under its last line and over the same column."""
    last = head.lines[-1]
    near = 0.3 * line.size < line.box.y0 - last.box.y0 < _PITCH * line.size
    if not near or min(head.right, line.box.x1) <= max(head.left, line.box.x0):
        return False
    return head.first == head.last and over == (head.first, head.last)


def _spread(heads: Sequence[_Head], width: int) -> list[_Head]:
    """The headers, those that stand over the middle of several others reaching over all of these."""
    spread = []
    for head in heads:
        below = {h.first: h for h in heads if h.first == h.last and h.top > head.top and h.top >= head.foot - 1}
        level = [h for h in heads if h is not head and h.top < head.foot - 1 and h.foot > head.top + 1]
        taken = {column for other in level for column in range(other.first, other.last + 1)}
        free = [column for column in range(width) if column in below and column not in taken]
        spread.append(_over_group(head, free, below))
    return spread


def _over_group(head: _Head, free: Sequence[int], below: dict[int, _Head]) -> _Head:
    """The header over the widest run of free columns whose middle it stands over."""
    best = head
    for first in free:
        last = first
        while last + 1 in free:
            last += 1
            middle = (below[first].left + below[last].right) / 2, (below[first].middle + below[last].middle) / 2
            centred = min(abs(head.middle - each) for each in middle) <= head.lines[0].size
            holds = first <= head.first and head.last <= last
            if centred and holds and last - first > best.last - best.first:
                best = _Head(head.lines, first, last)
    return best


def _stands_over(head: _Head, heads: Sequence[_Head], extents: Sequence[Extent | None]) -> bool:
    """Whether a header over several columns stands over their middle, as one that is no line of a title does."""
    if head.first == head.last:
        return True
    below = [h for h in heads if h is not head and h.top > head.top and head.first <= h.first and h.last <= head.last]
    if below:
        left, right = min(h.left for h in below), max(h.right for h in below)
    else:
        reached = [extent for extent in extents[head.first : head.last + 1] if extent is not None]
        left, right = min(extent[0] for extent in reached), max(extent[1] for extent in reached)
    return abs(head.middle - (left + right) / 2) <= 2 * head.lines[0].size


def _heads_to_levels(heads: Sequence[_Head]) -> list[list[_Head]]:
    """Headers by level from the top: one goes a level below all that stand over any of its columns."""
    depth: dict[int, int] = {}
    levels: list[list[_Head]] = []
    for head in sorted(heads, key=lambda head: (head.top, head.left)):
        level = max((depth.get(column, -1) for column in range(head.first, head.last + 1)), default=-1) + 1
        for column in range(head.first, head.last + 1):
            depth[column] = level
        while len(levels) <= level:
            levels.append([])
        levels[level].append(head)
    return levels


def _level_to_cells(level: Sequence[_Head], row: int, width: int, columns: dict[int, Extent], page: Page) -> list[Cell]:
    cells = [
        Cell(
            row,
            head.first,
            _text(head, page),
            Box(min(head.left, columns[head.first][0]), head.top, max(head.right, columns[head.last][1]), head.foot),
            column_span=head.last - head.first + 1,
            at=head.lines[0].start,
        )
        for head in level
    ]
    taken = {column for head in level for column in range(head.first, head.last + 1)}
    cells += [Cell(row, column, "") for column in range(width) if column not in taken]
    return sorted(cells, key=lambda cell: cell.column)


def _text(head: _Head, page: Page) -> str:
    """The header's lines as one text; a word that the narrow column broke is whole again where the page prints it so."""
    text = head.lines[0].text.strip()
    for _, line in pairwise(head.lines):
        more = line.text.strip()
        if text.endswith("-") and more[:1].islower():
            whole = f"{text[:-1].rsplit(' ', 1)[-1]}{more.split(' ', 1)[0]}"
            text = text[:-1] + more if whole in page.text else text + more
        else:
            text = f"{text} {more}"
    return text
