"""Step `tables`: pages that a cheap screen lets through -> the tables that camelot reads on them.

Two functions, because they run in two places: `screened_pages` looks at lines and flags only and runs on every page;
`pdf_to_tables` takes about 40 ms a page (and 2 s for its import), may hang on a hostile page, and is therefore run where
it can be stopped. Both are plain functions of values that can be pickled; one page at a time is as good as many.
"""

from __future__ import annotations

import itertools
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from extractors.table_columns import page_to_columns
from extractors.table_grid import Grid, grid_to_table, spread_texts
from extractors.table_headers import is_value
from extractors.table_screen import holds_figures, is_table_of_figures, values_in_one_cell, worth_reading
from schemas.records import Box, Issue, Line, Page, Reading, Table

# Without `boxes_flow=None` camelot's layout analysis is super-linear (one dense page took ten minutes); without
# `split_text` neighbouring cells of one text run land in one column.
_LAYOUT = {"boxes_flow": None}
_RULED: dict[str, Any] = {"flavor": "lattice", "engine": "vector", "split_text": True}
_DRAWN: dict[str, Any] = {
    "flavor": "lattice",
    "engine": "combined",
    "split_text": True,
}  # looks at the page's image too
_UNRULED: dict[str, Any] = {"flavor": "network", "split_text": True}
_MIXED: dict[str, Any] = {"flavor": "hybrid", "engine": "vector", "split_text": True}

_STREAMED: dict[str, Any] = {"flavor": "stream", "split_text": True}

_MOST_STRAYS = 5
_TOUCHING = 0.1
_FEWEST_VALUED = 2  # columns
_SHORTEST_NAME = 5  # words of a measure that is no header
_FIRST_ROWS = 4.0  # times the type of a caption
_CAPTION = re.compile(
    r"(?:table|fig(?:ure)?)\.? ?\d{1,2}[a-z]?\b(?!\s*(?:and|or|shows?|sets?|gives?)\b)", re.IGNORECASE
)


def screened_pages(reading: Reading) -> tuple[int, ...]:
    """Numbers of the pages worth a table reader: ruled or aligned ones whose numbers stand as table cells do."""
    return tuple(page.number for page in reading.pages if worth_reading(page))


def pdf_to_tables(data: bytes, pages: Sequence[Page]) -> tuple[tuple[Table, ...], tuple[Issue, ...]]:
    """Tables of those pages, in page order and from top to bottom, and an Issue `table_failed` for each page that failed.

    data: the whole PDF; pages: as `pdf_to_reading` made them. Never raises for bad input.
    """
    tables: list[Table] = []
    issues: list[Issue] = []
    for page in sorted(pages, key=lambda page: page.number):
        try:
            tables += _page_to_tables(data, page)
        except Exception as error:  # camelot and its PDF parser raise whatever a broken page makes them raise
            detail = f"The tables of page {page.number} could not be read ({type(error).__name__})."
            issues.append(Issue("table_failed", detail, page.number))
    return tuple(tables), tuple(issues)


def _page_to_tables(data: bytes, page: Page) -> list[Table]:
    """Ruled tables by their ruling lines, others by alignment. Where that leaves values of a row outside of its table
    (lines that camelot's quick engine does not see), or several rows in one cell (no line parts them), slower ways are
    tried and the one that puts most values in cells of their own is taken."""
    found = _ruled(data, page, _RULED) if page.ruled else []
    if page.aligned and (not found or _stray_values(found, page) > 1):
        found = _with_unruled(data, page, found, _UNRULED)
    ways = [found]
    with suppress(Exception):  # what was found stands, whatever a slower way makes of the page
        ways += _slower_ways(data, page, found)
    return sorted(
        max(ways, key=_clean_values), key=lambda table: (table.box.y0, table.box.x0) if table.box else (0.0, 0.0)
    )


def _slower_ways(data: bytes, page: Page, found: list[Table]) -> Iterator[list[Table]]:
    best = found
    if page.ruled and _leaves_out(found, page):
        best = _with_unruled(data, page, _ruled(data, page, _DRAWN), _UNRULED)
        yield best
    if page.ruled and any(map(_is_crammed, best)):
        yield _with_unruled(data, page, [table for table in best if not _is_crammed(table)], _MIXED)
    elif _stray_values(best, page) > _MOST_STRAYS:
        yield _with_unruled(data, page, best, _MIXED)
        if not best and page.aligned:  # a wide gap before the figures keeps the other ways from seeing their table
            yield [table for table in _with_unruled(data, page, best, _STREAMED) if _is_headed_and_named(table)]
    if page.aligned and (not best or _stray_values(best, page) > 1):
        yield best + [table for table in _by_columns(data, page) if not _overlaps(table, best)]


def _by_columns(data: bytes, page: Page) -> list[Table]:
    """The tables whose values stand one below the other though neither rules nor gaps part the columns."""
    found = []
    for columns in page_to_columns(page):
        edges = [",".join(f"{edge:.1f}" for edge in columns.edges)]
        how = {**_STREAMED, "table_areas": [_to_camelot(columns.box, page)], "columns": edges}
        found += [table for table in _read(data, page, how) if _is_headed_throughout(table)]
    return found


def _is_headed_throughout(table: Table) -> bool:
    """Whether each column of values has a header over it and each row of values a name before it."""
    texts = spread_texts(table.cells)
    heads, body = texts[: table.header_rows], texts[table.header_rows :]
    valued = {column for row in body for column, text in enumerate(row) if column and is_value(text)}
    rows = [row for row in body if any(is_value(row[column]) for column in valued)]
    headed = all(any(row[column].strip() for row in heads) for column in valued)
    corner = " ".join(row[0] for row in heads).split()  # a sentence there is the name of a card that its figures cut
    named = all(any(map(str.isalpha, row[0])) for row in rows)
    names = {tuple(row[column] for row in heads) for column in valued}  # fewer than columns: a header spans two of them
    if len(valued) < _FEWEST_VALUED or len(names) < len(valued) or len(corner) >= _SHORTEST_NAME:
        return False
    return headed and named and sum(map(is_value, (t for r in rows for t in r))) > len(rows)


def _is_headed_and_named(table: Table) -> bool:
    """Whether a table has headers, two columns of values and a name before most of them: the scale of a chart has none."""
    texts = spread_texts(table.cells)
    rows = [row for row in texts[table.header_rows :] if any(map(is_value, row[1:]))]
    named = sum(any(map(str.isalpha, row[0])) for row in rows)
    wide = sum(sum(map(is_value, row[1:])) > 1 for row in rows)
    return table.header_rows > 0 and len(rows) > 1 and named * 3 >= len(rows) * 2 and wide * 2 >= len(rows)


def _ruled(data: bytes, page: Page, how: dict[str, Any]) -> list[Table]:
    return [table for table in _read(data, page, how) if holds_figures(spread_texts(table.cells))]


def _with_unruled(data: bytes, page: Page, found: list[Table], how: dict[str, Any]) -> list[Table]:
    """The tables found so far, and those of the text-based way that do not overlap them, the cleanest first."""
    kept = list(found)
    unruled = [table for table in _read(data, page, how) if is_table_of_figures(spread_texts(table.cells))]
    for table in sorted(unruled, key=lambda table: -_clean_values([table]) / len(table.cells)):
        if not _overlaps(table, kept):
            kept.append(table)
    return kept


def _read(data: bytes, page: Page, how: dict[str, Any]) -> list[Table]:
    import camelot

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = camelot.read_pdf(data, pages=str(page.number), suppress_stdout=True, layout_kwargs=_LAYOUT, **how)
    whole = [table for table in found if table.df.shape == (len(table.rows), len(table.cols))]  # hybrid ones may not be
    tables = [grid_to_table(_camelot_to_grid(table, how["flavor"]), page) for table in whole]
    if how["flavor"] != "network" or "table_areas" in how:
        return tables
    return [part for table in tables for part in _parted(data, page, how, table)]


def _parted(data: bytes, page: Page, how: dict[str, Any], table: Table) -> list[Table]:
    """A table; where the caption of a second one stands in it, both, each read anew between the captions: alignment alone
    takes tables of like columns for one, and mixes up the columns where they differ."""
    box = table.box
    heads = [] if box is None else [line.box.y0 for line in page.lines if _is_caption_within(line, box)]
    if box is None or not heads:
        return [table]
    edges = [box.y0 - _TOUCHING, *sorted(heads), box.y1 + _TOUCHING]
    areas = [_to_camelot(Box(0.0, top, page.width, foot), page) for top, foot in itertools.pairwise(edges)]
    return [part for area in areas for part in _read(data, page, {**how, "table_areas": [area]})] or [table]


def _to_camelot(box: Box, page: Page) -> str:
    """A box as camelot wants it: its upper left and lower right corner, from the page's foot."""
    return f"{box.x0:.1f},{page.height - box.y0:.1f},{box.x1:.1f},{page.height - box.y1:.1f}"


def _is_caption_within(line: Line, box: Box) -> bool:
    """Whether a line opens a table of its own ("Table 2 Age") within the box of another, below its first rows."""
    return _is_inside(line, box) and line.box.y0 > box.y0 + _FIRST_ROWS * line.size and bool(_CAPTION.match(line.text))


def _camelot_to_grid(table: Any, method: str) -> Grid:
    return Grid(
        frame=table.df,
        columns=tuple(table.cols),
        rows=tuple(table.rows),
        open_right=tuple(tuple(not (cell.right or after.left) for cell, after in _pairs(row)) for row in table.cells),
        open_below=tuple(
            tuple(not (cell.bottom or under.top) for cell, under in zip(row, below, strict=True))
            for row, below in _pairs(table.cells)
        ),
        page_height=table.pdf_size[1],
        method=method,
    )


def _pairs(items: Sequence[Any]) -> Iterable[tuple[Any, Any]]:
    return itertools.pairwise(items)


def _overlaps(table: Table, others: Sequence[Table]) -> bool:
    """Whether the table covers a good part of another, or the other way round; boxes of neighbours touch."""
    box = table.box
    return box is not None and any(
        other.box is not None and _shared(box, other.box) > _TOUCHING * min(_area(box), _area(other.box))
        for other in others
    )


def _shared(one: Box, other: Box) -> float:
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    height = min(one.y1, other.y1) - max(one.y0, other.y0)
    return max(width, 0.0) * max(height, 0.0)


def _area(box: Box) -> float:
    return (box.x1 - box.x0) * (box.y1 - box.y0)


def _leaves_out(tables: Sequence[Table], page: Page) -> bool:
    """Whether a value stands beside a table, on the height of one of its rows, in no table."""
    boxes = [table.box for table in tables if table.box]
    values = [line for line in page.lines if is_value(line.text)]
    return any(
        any(_is_level(line, box) for box in boxes) and not any(_is_inside(line, box) for box in boxes)
        for line in values
    )


def _stray_values(tables: Sequence[Table], page: Page) -> int:
    """How many values stand in no table: those of a chart, or of a table that was not seen."""
    boxes = [table.box for table in tables if table.box]
    return sum(is_value(line.text) and not any(_is_inside(line, box) for box in boxes) for line in page.lines)


def _is_level(line: Line, box: Box) -> bool:
    return box.y0 <= (line.box.y0 + line.box.y1) / 2 <= box.y1


def _is_inside(line: Line, box: Box) -> bool:
    return _is_level(line, box) and box.x0 <= (line.box.x0 + line.box.x1) / 2 <= box.x1


def _is_crammed(table: Table) -> bool:
    """Whether a cell holds the values of several rows."""
    return any(values_in_one_cell(cell.text) > 2 for cell in table.cells)


def _clean_values(tables: Iterable[Table]) -> int:
    """How many values stand in cells of their own; a cell that holds several counts against."""
    cells = [cell for table in tables for cell in table.cells]
    return sum(is_value(cell.text) for cell in cells) - sum(values_in_one_cell(cell.text) > 2 for cell in cells)
