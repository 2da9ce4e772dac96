"""Step "blocks": put tables in their place among the blocks, find their captions, and see which carry on over a page."""

from __future__ import annotations

from dataclasses import replace

from extractors.passages import CAPTION, SOURCE
from extractors.table_breaks import join_broken_rows
from schemas.records import Block, Box, Page, Table

_NEAR = 40.0  # points between a table and its title
_FURNITURE = ("running_head", "page_number", "footnote")


def lines_of_tables(pages: tuple[Page, ...], tables: tuple[Table, ...]) -> dict[tuple[int, int], int]:
    """(page number, line index) -> index of the table in whose box the line's middle lies."""
    found: dict[tuple[int, int], int] = {}
    by_page = {page.number: page for page in pages}
    for number, table in enumerate(tables):
        page = by_page.get(table.page or 0)
        box = table.box
        if page is None or box is None:
            continue
        for index, line in enumerate(page.lines):
            x, y = (line.box.x0 + line.box.x1) / 2, (line.box.y0 + line.box.y1) / 2
            if box.x0 - 2 <= x <= box.x1 + 2 and box.y0 - 1 <= y <= box.y1 + 1:
                found.setdefault((page.number, index), number)
    return found


def place_tables(tables: tuple[Table, ...], blocks: tuple[Block, ...], pages: dict[int, Page]) -> tuple[Table, ...]:
    """The tables with `block`, `caption` and `continues` set where the blocks tell them."""
    if not tables:
        return tables
    at = {block.table: index for index, block in enumerate(blocks) if block.table is not None}
    placed = []
    for number, table in enumerate(tables):
        index = at.get(number)
        caption = table.caption
        if caption is None and index is not None and table.box is not None:
            caption = _caption(table.box, index, blocks)
        placed.append(replace(table, block=index, caption=caption))
    return join_broken_rows(
        [
            replace(table, continues=_table_before(number, placed, blocks, pages)) if table.continues is None else table
            for number, table in enumerate(placed)
        ]
    )


def _caption(box: Box, index: int, blocks: tuple[Block, ...]) -> str | None:
    """The title over the table, from "Table 3" down to its box, else one under it, else the short line right over it."""
    above = _title_lines(box, index, blocks)
    for start, line in enumerate(above):
        match = CAPTION.match(line.text)
        if match:
            under = [part.text for part in above[start + 1 :] if not SOURCE.match(part.text)]
            return line.text if len(line.text) > match.end() + 3 or not under else f"{line.text} {under[0]}"
    below = blocks[index + 1] if index + 1 < len(blocks) else None
    if below and below.kind == "caption" and below.box and CAPTION.match(below.text) and _gap(box, below.box) < _NEAR:
        return below.text
    titles = [line for line in above if not SOURCE.match(line.text)]
    if titles and (titles[-1].kind == "heading" or titles[-1].text[-1:] not in ".;,"):
        return titles[-1].text
    return None


def _gap(table: Box, other: Box) -> float:
    return max(other.y0 - table.y1, table.y0 - other.y1, 0.0)


def _title_lines(box: Box, index: int, blocks: tuple[Block, ...]) -> list[Block]:
    """The short blocks that stand one over the other right above the table, top first: found by where they stand, as
    what is left of a table that was read in part may come between in the order of the blocks."""
    page = blocks[index].page
    near = [
        block
        for block in blocks[max(0, index - 20) : index + 20]
        if block.page == page
        and block.box is not None
        and block.kind not in ("table", *_FURNITURE)
        and block.box.y1 <= box.y0 + 4
        and min(block.box.x1, box.x1) > max(block.box.x0, box.x0)
    ]
    found: list[Block] = []
    floor = box.y0
    for block in sorted(near, key=_foot, reverse=True):
        if block.box is None or not -4 <= floor - block.box.y1 <= _NEAR or len(block.text) > 220 or len(found) == 4:
            break
        found.append(block)
        floor = block.box.y0
        if CAPTION.match(block.text):
            break
    return found[::-1]


def _foot(block: Block) -> float:
    return block.box.y1 if block.box is not None else 0.0


def _columns(table: Table) -> int:
    return max((cell.column + cell.column_span for cell in table.cells), default=0)


def _table_before(number: int, tables: list[Table], blocks: tuple[Block, ...], pages: dict[int, Page]) -> int | None:
    """The table that this one carries on: the last thing on the page before, this the first on its page, as many
    columns, and no title of its own."""
    table = tables[number]
    if table.block is None or table.page is None or table.box is None:
        return None
    before = _body_neighbour(blocks, table.block, -1)
    if before is None or before.table is None or before.page != table.page - 1:
        return None
    other = tables[before.table]
    page = pages.get(table.page)
    if other.box is None or page is None or table.box.y0 > 0.4 * page.height or _columns(other) != _columns(table):
        return None
    return before.table


def _body_neighbour(blocks: tuple[Block, ...], index: int, step: int) -> Block | None:
    index += step
    while 0 <= index < len(blocks) and blocks[index].kind in _FURNITURE:
        index += step
    return blocks[index] if 0 <= index < len(blocks) else None
