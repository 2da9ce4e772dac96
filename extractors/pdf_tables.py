"""Step `tables`: pages that a cheap screen lets through -> the tables that camelot reads on them.

Two functions, because they run in two places: `screened_pages` looks at text and number marks only and runs on every
page; `pdf_to_tables` takes about 40 ms a page (and 2 s for its import), may hang on a hostile page, and is therefore run
where it can be stopped. Both are plain functions of values that can be pickled.
"""

from __future__ import annotations

import itertools
import warnings
from collections.abc import Iterable, Sequence
from typing import Any

from extractors.table_grid import Grid, grid_to_table, spread_texts
from extractors.table_screen import holds_figures, is_table_of_figures, worth_reading
from schemas.records import Box, Issue, Page, Reading, Table

# Without `boxes_flow=None` camelot's layout analysis is super-linear (one dense page took ten minutes); without
# `split_text` neighbouring cells of one text run land in one column.
_LAYOUT = {"boxes_flow": None}
_RULED: dict[str, Any] = {"flavor": "lattice", "engine": "vector", "split_text": True}
_UNRULED: dict[str, Any] = {"flavor": "network", "split_text": True}


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
            detail = f"the tables of page {page.number} could not be read ({type(error).__name__})"
            issues.append(Issue("table_failed", detail, page.number))
    return tuple(tables), tuple(issues)


def _page_to_tables(data: bytes, page: Page) -> list[Table]:
    """Ruled tables by their ruling lines; where text stands in columns outside of them, unruled ones by alignment."""
    found = (
        [table for table in _read(data, page, _RULED) if holds_figures(spread_texts(table.cells))] if page.ruled else []
    )
    if page.aligned:
        unruled = _read(data, page, _UNRULED)
        found += [
            table for table in unruled if not _overlaps(table, found) and is_table_of_figures(spread_texts(table.cells))
        ]
    return sorted(found, key=lambda table: (table.box.y0, table.box.x0) if table.box else (0.0, 0.0))


def _read(data: bytes, page: Page, how: dict[str, Any]) -> Iterable[Table]:
    import camelot

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = camelot.read_pdf(data, pages=str(page.number), suppress_stdout=True, layout_kwargs=_LAYOUT, **how)
    return [grid_to_table(_camelot_to_grid(table, how["flavor"]), page) for table in found]


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
    return any(table.box and other.box and _share(table.box, other.box) > 0 for other in others)


def _share(one: Box, other: Box) -> float:
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    height = min(one.y1, other.y1) - max(one.y0, other.y0)
    return max(width, 0.0) * max(height, 0.0)
