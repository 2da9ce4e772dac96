"""Step `tables`: the grid that camelot found -> a `Table` whose cells agree with the page's own text.

camelot gives edges and words; this module makes one `Cell` of each place that ruling lines enclose (a header that spans
three columns is one cell with `column_span` 3), cleans its text as the page's text is cleaned, leaves raised footnote
markers out, and ties it to the first number mark of the page that stands in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extractors.page_words import PageWords
from extractors.table_headers import count_header_columns, count_header_rows, is_value
from extractors.table_heads import with_heads
from extractors.table_heads_above import with_heads_above
from extractors.table_names import name_of_last, names_left_of
from extractors.table_wraps import level_groups, lines_carrying_on, wrapped_groups
from schemas.records import Box, Cell, Line, Mark, Page, Table

if TYPE_CHECKING:
    import pandas as pd

_SHORTEST_TITLE = 5  # words
_FEWEST_WITH_TEXT = 3  # columns of a grid, the last of which is text beside it


@dataclass(frozen=True, slots=True)
class Grid:
    """What camelot says of one table: the words of each place, the edges of rows and columns in points from the page's
    lower left corner, and which neighbouring places no ruling line parts (`open_right`, `open_below`)."""

    frame: pd.DataFrame
    columns: tuple[tuple[float, float], ...]
    rows: tuple[tuple[float, float], ...]
    open_right: tuple[tuple[bool, ...], ...]
    open_below: tuple[tuple[bool, ...], ...]
    page_height: float
    method: str


def grid_to_table(grid: Grid, page: Page) -> Table:
    """`Table` of one grid: cells row by row, merged places as one cell, boxes in points from the page's upper left."""
    if grid.method != "lattice":
        grid = _with_whole_rows(_without_prose(_with_names(_without_text_beside(grid), page), page), page)
    cells = tuple(_grid_cells(grid, page))
    if grid.method != "lattice":
        cells = with_heads(cells, page) or cells
    texts = spread_texts(cells)
    headed = with_heads_above(cells, texts, page)
    if headed is not None:
        cells, texts = headed, spread_texts(headed)
    rows, columns = count_header_rows(texts), 0
    columns = count_header_columns(texts, rows)
    return Table(
        cells=cells,
        header_rows=rows,
        header_columns=columns,
        page=page.number,
        box=_union([cell.box for cell in cells if cell.box is not None]),
        method=grid.method,
    )


def spread_texts(cells: Sequence[Cell]) -> list[list[str]]:
    """The cells' words as a rectangle, those of a merged cell in every place that it covers."""
    height = max((cell.row + cell.row_span for cell in cells), default=0)
    width = max((cell.column + cell.column_span for cell in cells), default=0)
    texts = [[""] * width for _ in range(height)]
    for cell in cells:
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                texts[row][column] = cell.text
    return texts


def _grid_cells(grid: Grid, page: Page) -> list[Cell]:
    page_words = PageWords(page.text)
    words = [[str(text) for text in row] for row in grid.frame.itertuples(index=False)]
    if grid.method != "lattice":
        words = [_join_cut_words(row, page_words) for row in words]
    marks = sorted(page.marks, key=lambda mark: mark.start)
    taken: set[tuple[int, int]] = set()
    cells = []
    for row in range(len(grid.rows)):
        for column in range(len(grid.columns)):
            if (row, column) in taken:
                continue
            height, width = _span(grid, row, column, taken)
            places = [(r, c) for r in range(row, row + height) for c in range(column, column + width)]
            taken.update(places)
            box = _place_box(grid, row, column, height, width)
            inside = [mark for mark in marks if _holds(box, mark)]
            text = "\n".join(dict.fromkeys(words[r][c] for r, c in places if words[r][c].strip()))
            text = _without_markers(page_words.printed(text), inside)
            at = next((mark.start for mark in inside if not mark.raised), None)
            cells.append(Cell(row, column, text, box, height, width, at))
    return cells


def _without_text_beside(grid: Grid) -> Grid:
    """The grid without its last column where that is text set beside the table: no header over it, no value in it, and lines
    of words between the table's rows."""
    rows = [[str(text).strip() for text in row] for row in grid.frame.itertuples(index=False)]
    width = len(grid.columns)
    beside = [row[-1] for row in rows if row[-1]]
    between = [not any(row[:-1]) for row in rows]
    first = next((row for row in rows if any(row[:-1])), [""])
    headed = bool(first[-1]) and not any(map(is_value, first))
    if width < _FEWEST_WITH_TEXT or not any(between) or headed or any(map(is_value, beside)):
        return grid
    if sum(len(text.split()) >= _SHORTEST_TITLE for text in beside) * 2 <= len(beside):
        return grid
    kept = [number for number, alone in enumerate(between) if not alone]
    if not kept or not any(is_value(text) for row in rows for text in row[1:-1]):
        return grid
    shut = (False,) * (width - 1)
    return replace(
        grid,
        frame=type(grid.frame)([rows[number][:-1] for number in kept]),
        columns=grid.columns[:-1],
        rows=tuple(grid.rows[number] for number in kept),
        open_right=(shut[:-1],) * len(kept),
        open_below=(shut,) * (len(kept) - 1),
    )


def _without_prose(grid: Grid, page: Page) -> Grid:
    """The grid without the lines of prose and titles that alignment alone took in at its top and foot: rows with one or
    two cells that the page prints as one line. They stay text, where captions and sentences are looked for."""
    lines = {_bare(line.text): line.text for line in page.lines}
    rows = [[str(text) for text in row] for row in grid.frame.itertuples(index=False)]
    centres = [_centre(page, grid.page_height - top, grid.page_height - bottom) for top, bottom in grid.rows]
    whole = [len(group) == 1 for group in level_groups(rows, centres) for _ in group]  # no part of a row of figures
    prose = [alone and _is_one_line(row, lines) for alone, row in zip(whole, rows, strict=True)]
    first = next((index for index, is_prose in enumerate(prose) if not is_prose), len(prose))
    last = next((index for index in range(len(prose) - 1, -1, -1) if not prose[index]), -1) + 1
    if first >= last or (first, last) == (0, len(prose)):
        return grid
    return replace(
        grid,
        frame=grid.frame.iloc[first:last],
        rows=grid.rows[first:last],
        open_right=grid.open_right[first:last],
        open_below=grid.open_below[first : last - 1],
    )


def _with_names(grid: Grid, page: Page) -> Grid:
    """The grid with the names of its rows, where the reader left them or the last of them out."""
    rows = [[str(text) for text in row] for row in grid.frame.itertuples(index=False)]
    edges = [(grid.page_height - top, grid.page_height - bottom) for top, bottom in grid.rows]
    left = grid.columns[0][0]
    names, last = names_left_of(rows, edges, left, page), name_of_last(rows, edges, grid.columns[0], page)
    found = names or last
    if found is None:
        return grid
    bottom = min(grid.rows[-1][1], grid.page_height - found.foot)
    heights = (*grid.rows[:-1], (grid.rows[-1][0], bottom))
    if names is None:
        rows[-1][0] = found.texts[-1]
        return replace(grid, frame=type(grid.frame)(rows), rows=heights)
    return replace(
        grid,
        frame=type(grid.frame)([[name, *row] for name, row in zip(found.texts, rows, strict=True)]),
        columns=((found.left - 1.0, left), *grid.columns),
        rows=heights,
        open_right=tuple((False, *row) for row in grid.open_right),
        open_below=tuple((False, *row) for row in grid.open_below),
    )


def _with_whole_rows(grid: Grid, page: Page) -> Grid:
    """The grid with the printed lines of one row put together, the last row's lines below the grid too."""
    words = [[str(text) for text in row] for row in grid.frame.itertuples(index=False)]
    edges = list(grid.rows)
    below = lines_carrying_on(page, *_foot(grid, page))
    for line in below:
        words.append([line.text, *[""] * (len(grid.columns) - 1)])
        edges.append((edges[-1][1], grid.page_height - line.box.y1))
    groups = wrapped_groups(
        words, [_centre(page, grid.page_height - top, grid.page_height - bottom) for top, bottom in edges]
    )
    if below and len(words) - 1 in groups[-1] and len(groups[-1]) == 1:
        words, edges, groups = words[: -len(below)], edges[: -len(below)], groups[: -len(below)]
    if len(groups) == len(words) and not below:
        return grid
    shut = (False,) * len(grid.columns)
    joined = [
        ["\n".join(text for text in column if text) for column in zip(*(words[i] for i in group), strict=True)]
        for group in groups
    ]
    return replace(
        grid,
        frame=type(grid.frame)(joined),
        rows=tuple((edges[group[0]][0], edges[group[-1]][1]) for group in groups),
        open_right=(shut[:-1],) * len(groups),
        open_below=(shut,) * (len(groups) - 1),
    )


def _foot(grid: Grid, page: Page) -> tuple[float, float]:
    """Left edge of the words in the first column and the foot of the last printed line in it, from the page's top."""
    left, right = grid.columns[0]
    top, bottom = grid.page_height - grid.rows[0][0], grid.page_height - grid.rows[-1][1]
    inside = [line for line in page.lines if left - 3 <= line.box.x0 < right and top - 1 <= _middle(line) <= bottom + 1]
    if not inside:
        return left, bottom
    return min(line.box.x0 for line in inside), max(line.box.y1 for line in inside)


def _middle(line: Line) -> float:
    return (line.box.y0 + line.box.y1) / 2


def _centre(page: Page, top: float, bottom: float) -> float | None:
    heights = [_middle(line) for line in page.lines if top <= _middle(line) < bottom]
    return sum(heights) / len(heights) if heights else None


def _is_one_line(row: Sequence[str], lines: Mapping[str, str]) -> bool:
    """Whether one line of the page fills the row, with words rather than a value in its cells.

    lines: the page's lines by their letters. A line that reaches into a third column is one of prose only where the columns
    cut its words or it ends as a sentence does; several short headers may stand as near as words do.
    """
    said = [text.strip() for text in row if text.strip()]
    whole = len(said) == len(row)
    if not said or (whole and len(said) < 3) or (len(said) > 2 and any(map(is_value, said))):
        return False
    words = " ".join(said).split()
    wordy = len(words) >= _SHORTEST_TITLE or words[-1].endswith(
        (".", ":", ";", ",")
    )  # "Audit" over "Period" is a header
    if not wordy:
        return False
    if len(said) == 1:
        return not is_value(said[0])
    line = lines.get(_bare("".join(said)))
    ends = line is not None and line.endswith(".") and len(words) > _SHORTEST_TITLE
    return line is not None and (len(said) == 2 or ends or line.split() != words)


def _bare(text: str) -> str:
    return "".join(text.split())


def _join_cut_words(row: list[str], page_words: PageWords) -> list[str]:
    """A row whose places cut words of the page ("West Suss", "ex - Statis", "tical") with those words in one place."""
    joined = list(row)
    for index, cuts in reversed(list(enumerate(page_words.cuts_words(row)))):
        if cuts:
            joined[index] += joined[index + 1]
            joined[index + 1] = ""
    return joined


def _span(grid: Grid, row: int, column: int, taken: set[tuple[int, int]]) -> tuple[int, int]:
    """Rows and columns that the place covers: right while no line parts them, then down while the whole width is open."""
    width = 1
    while (
        column + width < len(grid.columns)
        and grid.open_right[row][column + width - 1]
        and (row, column + width) not in taken
    ):
        width += 1
    height = 1
    while row + height < len(grid.rows) and all(
        grid.open_below[row + height - 1][c] and (row + height, c) not in taken for c in range(column, column + width)
    ):
        height += 1
    return height, width


def _place_box(grid: Grid, row: int, column: int, height: int, width: int) -> Box:
    top, bottom = grid.rows[row][0], grid.rows[row + height - 1][1]
    left, right = grid.columns[column][0], grid.columns[column + width - 1][1]
    return Box(left, grid.page_height - top, right, grid.page_height - bottom)


def _holds(box: Box, mark: Mark) -> bool:
    x, y = (mark.box.x0 + mark.box.x1) / 2, (mark.box.y0 + mark.box.y1) / 2
    return box.x0 <= x < box.x1 and box.y0 <= y < box.y1


def _without_markers(text: str, inside: Sequence[Mark]) -> str:
    """The cell's words without raised footnote markers: "Referrals1" is "Referrals", "87.5%3" is "87.5%"."""
    for mark in reversed(inside):
        place = text.rfind(mark.text) if mark.raised else -1
        if place > 0:
            text = (text[:place] + text[place + len(mark.text) :]).strip()
    return text


def _union(boxes: Sequence[Box]) -> Box | None:
    if not boxes:
        return None
    return Box(
        min(box.x0 for box in boxes),
        min(box.y0 for box in boxes),
        max(box.x1 for box in boxes),
        max(box.y1 for box in boxes),
    )
