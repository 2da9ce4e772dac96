"""Step "blocks": passages -> blocks with their text, nesting, the block that opens their list, and the headings above."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.block_text import TextBuilder
from extractors.hyphens import Hyphenation
from extractors.passages import Passage, label_form
from extractors.rows import Row
from schemas.records import Block, Box, Page

_DECIMAL = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s")
_LETTER_LABEL = re.compile(r"^\(?(?:[a-z]|[ivx]{1,4})[.)]$", re.IGNORECASE)
_NUMBER_LABEL = re.compile(r"^\(?\d{1,3}[.)]$")
_SAME_INDENT = 5.0  # points
_BETWEEN = ("running_head", "page_number", "footnote")


@dataclass(slots=True)
class _Open:
    """One level of the list that is open: where its bullets stand, which sign they use, its latest item."""

    x0: float
    sign: str
    item: int
    colon: bool  # the latest item ends in a colon
    lead: int | None
    words_x0: float = 0.0  # where the latest item's words run
    followed: bool = False  # whether an item at the same place followed the colon


def passages_to_blocks(
    passages: list[Passage], pages: dict[int, Page], hyphenation: Hyphenation, body: float
) -> tuple[Block, ...]:
    """Blocks in the passages' order. Heading ranks: 1 is the largest type of a heading in the document."""
    ranks = _heading_ranks(passages)
    outline = _Outline()
    blocks: list[Block] = []
    card = 0
    marked = frozenset(number for number, page in pages.items() if any(mark.raised for mark in page.marks))
    for passage in passages:
        builder = TextBuilder(hyphenation, marked)
        _write(builder, passage, pages)
        text, pieces = builder.result()
        level, lead = 0, None
        kind = passage.kind
        if kind == "heading":
            level = ranks[_heading_type(passage)]
            above = outline.heading(level, len(blocks))
        else:
            above = outline.headings()
        if kind == "card":
            above = _over(above, passage, blocks)
            card = len(blocks)
        if passage.of_card:
            lead = card
        elif kind in ("list_item", "paragraph"):
            kind, level, lead = outline.place(passage, kind, text, len(blocks), blocks)
        elif kind not in _BETWEEN:
            outline.close(len(blocks) if kind in ("heading", "caption") else None)
        blocks.append(
            Block(
                kind,
                text,
                page=passage.page,
                box=_box(passage.rows),
                size=passage.first.size,
                level=level,
                lead=lead,
                headings=() if kind in ("running_head", "page_number") else above,
                pieces=pieces,
                table=passage.table,
            )
        )
    return tuple(blocks)


def _write(builder: TextBuilder, passage: Passage, pages: dict[int, Page]) -> None:
    if passage.kind == "card":
        _write_card(builder, passage, pages[passage.page])
        return
    lines = [
        (pages[number], index, place > 0)
        for number, rows in [(passage.page, passage.rows), *passage.parts]
        for row in rows
        for place, index in enumerate(row.lines)
    ]
    for page, index, same_row in lines:
        builder.add_line(page, page.lines[index], same_row)
    if not builder.length:  # nothing but a marker
        for page, index, same_row in lines:
            builder.add_line(page, page.lines[index], same_row, markers=True)


def _write_card(builder: TextBuilder, passage: Passage, page: Page) -> None:
    """ "label: value; more", or the value first where the label reads on from it ("9.6%" over "of mothers smoke")."""
    label, value, *more = passage.rows
    if label.text[0].islower():
        parts = [(value, ""), (label, "")]
    else:
        parts = [(label, ""), (value, "" if label.text[-1] in ":-–" else ":")]
    parts += [(row, ";") for row in more]
    for row, sign in parts:
        if sign:
            builder.add_text(sign + " ")
        for index in row.lines:
            builder.add_line(page, page.lines[index])


def _over(headings: tuple[int, ...], passage: Passage, blocks: list[Block]) -> tuple[int, ...]:
    """The headings without those of the page that begin right of a card or under it: the title of a chart that is read
    first (Suffolk's slides)."""
    right, foot = max(row.x1 for row in passage.rows), max(row.y1 for row in passage.rows)
    boxes = [(index, blocks[index].box) for index in headings]
    return tuple(
        i for i, box in boxes if blocks[i].page != passage.page or box is None or (box.x0 < right and box.y0 < foot)
    )


def _box(rows: list[Row]) -> Box:
    if len(rows) == 1:
        row = rows[0]
        return Box(round(row.x0, 2), round(row.y0, 2), round(row.x1, 2), round(row.y1, 2))
    return Box(
        round(min(row.x0 for row in rows), 2),
        round(min(row.y0 for row in rows), 2),
        round(max(row.x1 for row in rows), 2),
        round(max(row.y1 for row in rows), 2),
    )


def _heading_type(passage: Passage) -> tuple[float, bool, int]:
    match = _DECIMAL.match(passage.first.text)
    depth = match.group(1).count(".") + 1 if match and not match.group(1).endswith(".0") else 0
    return (-round(passage.first.size * 2) / 2, not passage.bold, depth)


def _heading_ranks(passages: list[Passage]) -> dict[tuple[float, bool, int], int]:
    types = sorted({_heading_type(passage) for passage in passages if passage.kind == "heading"})
    return {type_: rank for rank, type_ in enumerate(types, start=1)}


class _Outline:
    """What is open while the blocks go by: the headings above, the list levels, and the block that may open a list."""

    def __init__(self) -> None:
        self._headings: list[tuple[int, int]] = []  # (rank, block index)
        self._levels: list[_Open] = []
        self._opener: int | None = None

    def headings(self) -> tuple[int, ...]:
        return tuple(index for _, index in self._headings)

    def heading(self, rank: int, index: int) -> tuple[int, ...]:
        """The headings above a new heading, which then stands above what follows."""
        while self._headings and self._headings[-1][0] >= rank:
            self._headings.pop()
        above = self.headings()
        self._headings.append((rank, index))
        return above

    def close(self, opener: int | None) -> None:
        self._levels = []
        self._opener = opener

    def place(
        self, passage: Passage, kind: str, text: str, index: int, blocks: list[Block]
    ) -> tuple[str, int, int | None]:
        """Kind, level and lead of a paragraph or item."""
        if kind == "paragraph" and (self._is_item(passage, blocks) if passage.label else self._is_bare_item(passage)):
            kind = "list_item"
        if kind == "paragraph":
            self.close(index)
            return kind, 0, None
        sign = label_form(passage.label) if passage.label else ""
        x0 = passage.first.x0
        depth = self._level(x0, sign, passage.opens)
        level = self._levels[depth]
        if self._is_under_colon(level, text[len(passage.label) :].lstrip()):
            level.followed = True
            return kind, depth + 2, level.item
        level.item, level.colon, level.followed = index, text.rstrip().endswith(":"), False
        level.words_x0 = passage.rows[1].x0 if len(passage.rows) > 1 else max(passage.first.words_x0, x0)
        return kind, depth + 1, level.lead

    def _is_bare_item(self, passage: Passage) -> bool:
        """A passage set deeper than the words of an item that ends in a colon is an item, though its bullet is drawn
        as a picture or not at all."""
        if not self._levels:
            return False
        last = self._levels[-1]
        return (last.colon and passage.first.x0 > last.words_x0 + 8) or (
            last.sign == "" and abs(passage.first.x0 - last.x0) <= _SAME_INDENT
        )

    @staticmethod
    def _is_under_colon(level: _Open, words: str) -> bool:
        """Whether an item at the same place as one that ends in a colon is opened by it: the first one is, later ones
        as long as they begin like parts of a sentence."""
        if not level.colon or level.item < 0:
            return False
        return not level.followed or words[:1].islower() or words[:1].isdigit()

    def _is_item(self, passage: Passage, blocks: list[Block]) -> bool:
        """A numbered or lettered paragraph is an item where a lead opened the list, or its neighbours are items."""
        if _LETTER_LABEL.match(passage.label):
            return True
        if not _NUMBER_LABEL.match(passage.label):
            return False
        if self._levels:
            return self._levels[0].sign == "1"
        return self._opener is not None and blocks[self._opener].text.rstrip().endswith(":")

    def _level(self, x0: float, sign: str, moved: bool) -> int:
        """Index of the level that the item belongs to, opening or closing levels as its place and sign demand. `moved`
        says that it stands at the head of a column or page, where only the sign can tell."""
        levels = self._levels
        if not levels:
            levels.append(_Open(x0, sign, -1, False, self._opener))
            return 0
        for depth in range(len(levels) - 1, -1, -1):
            level = levels[depth]
            same_place = abs(level.x0 - x0) <= _SAME_INDENT
            if same_place and (level.sign == sign or not any(other.sign == sign for other in levels)):
                if level.colon and (level.sign != sign):
                    break
                del levels[depth + 1 :]
                level.sign = sign
                return depth
        last = levels[-1]
        if moved and abs(x0 - last.x0) > 60 and any(level.sign == sign for level in levels):
            return self._outer_level(x0, sign)
        if x0 > last.x0 + _SAME_INDENT or (last.colon and last.sign != sign and abs(x0 - last.x0) <= _SAME_INDENT):
            last.colon = False  # what it opens is here
            levels.append(_Open(x0, sign, -1, False, last.item))
            return len(levels) - 1
        return self._outer_level(x0, sign)

    def _outer_level(self, x0: float, sign: str) -> int:
        """An item further left than the open one: back to the level of its sign or nearest place."""
        levels = self._levels
        for depth in range(len(levels) - 1, -1, -1):
            if levels[depth].sign == sign or levels[depth].x0 <= x0 + _SAME_INDENT:
                del levels[depth + 1 :]
                levels[depth].x0, levels[depth].sign = x0, sign
                return depth
        del levels[1:]
        levels[0].x0, levels[0].sign = x0, sign
        return 0
