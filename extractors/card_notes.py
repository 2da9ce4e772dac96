"""Step "blocks": the notes of cards - what stands in small type under a card, within its tile.

"Q2: 586" and "Target: 570" under a figure and its name are about that figure. Other text of the page may come between in
the file; and beside each other the notes of four tiles look like one row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from schemas.records import Line

if TYPE_CHECKING:
    from extractors.cards import Card

_FARTHEST = 4.0  # times its own type: how far under its card a note may stand
_LONGEST = 60  # characters
_MOST = 5  # rows
_FEWEST_CARDS = 2
_SLACK = 4.0  # points by which columns are ragged


def with_notes(lines: tuple[Line, ...], cards: list[Card], free: Sequence[int]) -> list[Card]:
    """The cards of a page with the rows of lines that stand under each, in type no bigger than its label. free: the lines
    that are no table's and no running head's."""
    if len(cards) < _FEWEST_CARDS:
        return cards
    taken = {index for card in cards for index in _lines_of(card)}
    largest = max(lines[card.label[0]].size for card in cards)
    small = [
        index
        for index in free
        if index not in taken and lines[index].size <= largest and len(lines[index].text) <= _LONGEST
    ]
    if not small:
        return cards
    small.sort(key=lambda index: lines[index].box.y0)
    lefts = [min(lines[index].box.x0 for index in _lines_of(card)) for card in cards]
    found = []
    for card, left in zip(cards, lefts, strict=True):
        mine = [index for index in small if index not in taken]
        notes = _notes(lines, card, left, _right(lines, cards, lefts, card), mine)
        taken.update(index for row in notes for index in row)
        found.append(replace(card, notes=notes) if notes else card)
    return found


def _lines_of(card: Card) -> tuple[int, ...]:
    return (*card.value, *card.label, *card.more)


def _right(lines: tuple[Line, ...], cards: list[Card], lefts: list[float], card: Card) -> float:
    """Where the next card at a card's height begins."""
    value = lines[card.value[0]].box
    beside = [
        left - _SLACK
        for other, left in zip(cards, lefts, strict=True)
        if left > value.x1 and lines[other.value[0]].box.y0 < value.y1 and lines[other.value[0]].box.y1 > value.y0
    ]
    return min(beside, default=0.0) or value.x0 + 3 * max(value.x1 - value.x0, 60.0)


def _notes(
    lines: tuple[Line, ...], card: Card, left: float, right: float, small: list[int]
) -> tuple[tuple[int, ...], ...]:
    """Rows of lines under a card, the first beginning in its column, each close under the one before."""
    label = lines[card.label[0]].size
    foot = max(lines[index].box.y1 for index in _lines_of(card))
    inner = min(max(lines[index].box.x1 for index in _lines_of(card)), right)
    rows: list[tuple[int, ...]] = []
    for index in small:
        line = lines[index]
        gap = line.box.y0 - foot
        if gap < -0.3 * line.size or line.size > label or index in (i for row in rows for i in row):
            continue
        if gap > (1.5 if rows else _FARTHEST) * line.size or len(rows) == _MOST:
            break
        if line.box.x1 <= left or line.box.x0 >= inner:
            continue
        row = [
            i
            for i in small
            if abs(lines[i].box.y1 - line.box.y1) < 0.4 * line.size and left - line.size < lines[i].box.x0 < right
        ]
        if any(lines[i].box.x1 > right for i in row) or index not in row:
            break
        rows.append(tuple(sorted(row, key=lambda i: lines[i].box.x0)))
        foot = max(lines[i].box.y1 for i in row)
    return tuple(rows)
