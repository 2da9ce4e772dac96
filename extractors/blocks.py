"""Step "blocks": a Reading's pages and tables -> blocks in reading order, with tables placed among them.

Every printed line ends up in exactly one block, running heads and page numbers too, so that the ledger of printed
numbers can be complete.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from extractors.cards import Card, find_cards
from extractors.charts import find_charts
from extractors.dated_facts import with_dated_facts
from extractors.hyphens import Hyphenation
from extractors.line_pitch import LinePitches
from extractors.outline import passages_to_blocks
from extractors.page_furniture import find_furniture
from extractors.page_joins import join_over_pages
from extractors.passage_kinds import name_kinds
from extractors.passages import Passage, rows_to_passages
from extractors.reading_order import Strip, order_strips, rows_to_strips
from extractors.rows import Row, lines_to_rows, make_row
from extractors.table_places import lines_of_tables, place_tables
from schemas.records import Page, Reading, Table

_MOST_LINES = 2000  # on one page; the fullest scorecard seen holds 600


def pages_to_blocks(reading: Reading, tables: tuple[Table, ...]) -> Reading:
    """The reading with `blocks` filled and `tables` placed (`block`, `caption`, `continues` set where found).

    `tables` are in any order; they come back in the same order, so indices that others hold stay valid, with the charts
    that print their values behind them.
    """
    if not reading.pages:
        return replace(reading, tables=tables)
    furniture = find_furniture(reading.pages)
    body = _body_size(reading.pages)
    pitches = LinePitches(reading.pages)
    in_tables = lines_of_tables(reading.pages, tables)
    charts = tuple(chart for page in reading.pages for chart in find_charts(page, _lines_taken(page, in_tables)))
    if charts:
        tables = (*tables, *charts)
        in_tables = lines_of_tables(reading.pages, tables)
    passages: list[Passage] = []
    for page in reading.pages:
        found = _page_to_passages(page, furniture, in_tables, pitches)
        name_kinds(found, page, body)
        passages.extend(found)
    passages = join_over_pages(passages)
    pages = {page.number: page for page in reading.pages}
    blocks = with_dated_facts(passages_to_blocks(passages, pages, Hyphenation(reading.pages), body))
    return replace(reading, blocks=blocks, tables=place_tables(tables, blocks, pages))


def _lines_taken(page: Page, in_tables: dict[tuple[int, int], int]) -> frozenset[int]:
    """The lines of a page that stand in tables."""
    return frozenset(index for number, index in in_tables if number == page.number) if in_tables else frozenset()


def _body_size(pages: tuple[Page, ...]) -> float:
    """The type size that most characters are set in."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 11.0


def _page_to_passages(
    page: Page,
    furniture: dict[tuple[int, int], str],
    in_tables: dict[tuple[int, int], int],
    pitches: LinePitches,
) -> list[Passage]:
    """One page's passages in reading order, furniture first where it stands at the head and last at the foot."""
    heads: list[Passage] = []
    feet: list[Passage] = []
    free: list[int] = []
    table_lines: dict[int, list[int]] = {}
    for index, line in enumerate(page.lines):
        kind = furniture.get((page.number, index))
        if (page.number, index) in in_tables:
            table_lines.setdefault(in_tables[page.number, index], []).append(index)
        elif kind:
            passage = Passage(page.number, [make_row(page, (index,))], kind)
            (heads if line.box.y0 < page.height / 2 else feet).append(passage)
        else:
            free.append(index)
    if len(free) > _MOST_LINES:
        held = [_table_strip(page, number, lines) for number, lines in table_lines.items()]
        return heads + _plainly(page, free) + [_table_passage(page, strip) for strip in held] + feet
    cards = find_cards(page, free)
    carded = {index for card in cards for index in (*card.value, *card.label, *card.more)}
    carded |= {index for card in cards for note in card.notes for index in note}
    rows = lines_to_rows(page, [index for index in free if index not in carded])
    strips = rows_to_strips(rows)
    strips += [_card_strip(page, card, number) for number, card in enumerate(cards)]
    strips += [_table_strip(page, number, lines) for number, lines in table_lines.items()]
    for strip in strips:
        strip.first = max(strip.rows[0].lines)
    strips = _glue(order_strips(sorted(strips, key=lambda strip: strip.first)))
    found = []
    for strip in strips:
        if strip.table is not None:
            found.append(_table_passage(page, strip))
        elif strip.card is not None:
            parts = 3 if cards[strip.card].more else 2
            found.append(Passage(page.number, strip.rows[:parts], "card"))
            found.extend(Passage(page.number, [row], of_card=True) for row in strip.rows[parts:])
        else:
            found.extend(rows_to_passages(page.number, strip.rows, pitches.of(page.number, strip.rows)))
    return heads + found + feet


def _plainly(page: Page, free: list[int]) -> list[Passage]:
    """Lines of an overfull page, such as a map's, as they come: each a passage."""
    return [Passage(page.number, [make_row(page, (index,))]) for index in free]


def _glue(strips: list[Strip]) -> list[Strip]:
    """Strips that the new order put directly under each other in one column, as one."""
    glued: list[Strip] = []
    for strip in strips:
        before = glued[-1] if glued else None
        plain = strip.card is None and strip.table is None
        if before and plain and before.card is None and before.table is None and _carries_on(before, strip):
            before.rows.extend(strip.rows)
            before.x0, before.x1 = min(before.x0, strip.x0), max(before.x1, strip.x1)
            before.y1 = max(before.y1, strip.y1)
        else:
            glued.append(strip)
    return glued


def _carries_on(before: Strip, strip: Strip) -> bool:
    gap = strip.rows[0].y0 - before.rows[-1].y1
    size = max(strip.rows[0].size, 4.0)
    return -0.6 * size < gap < 6 * size and min(before.x1, strip.x1) - max(before.x0, strip.x0) > 0


def _strip(page: Page, rows: list[Row]) -> Strip:
    return Strip(
        rows,
        min(row.x0 for row in rows),
        min(row.y0 for row in rows),
        max(row.x1 for row in rows),
        max(row.y1 for row in rows),
    )


def _card_strip(page: Page, card: Card, number: int) -> Strip:
    """Rows of label, value and what else belongs to it, between which `outline` puts the colon; then its notes."""
    parts = [card.label, card.value, *([card.more] if card.more else []), *card.notes]
    strip = _strip(page, [make_row(page, part) for part in parts])
    strip.card = number
    return strip


def _table_passage(page: Page, strip: Strip) -> Passage:
    return Passage(page.number, strip.rows, "table", table=strip.table)


def _table_strip(page: Page, number: int, lines: list[int]) -> Strip:
    strip = _strip(page, [make_row(page, (index,)) for index in lines])
    strip.table = number
    return strip
