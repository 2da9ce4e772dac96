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
    found = []
    for card in cards:
        left = min(lines[index].box.x0 for index in _lines_of(card))
        mine = [index for index in small if index not in taken]
        notes = _notes(lines, card, left, _right(lines, card, free), mine)
        taken.update(index for row in notes for index in row)
        found.append(replace(card, notes=notes) if notes else card)
    return found


def _lines_of(card: Card) -> tuple[int, ...]:
    return (*card.value, *card.label, *card.more)


def _goes_on(lines: tuple[Line, ...], above: Sequence[int], row: Sequence[int]) -> bool:
    """Whether a row of a note is the rest of the one over it, which prints figures: "SN 45.0 Eng" over "43.2", "incl. 31" over
    "UASC"."""
    over, text = lines[above[-1]].text.rstrip(), lines[row[0]].text.lstrip()
    if len(row) > 1 or not any(map(str.isdigit, over)) or len(text.split()) > 2:
        return False
    return over[-1].isalpha() if text[0].isdigit() else over[-1].isdigit() and not any(map(str.isdigit, text))


def _right(lines: tuple[Line, ...], card: Card, free: Sequence[int]) -> float:
    """Where the next card at a card's height begins, or anything else that is printed beside it."""
    own = _lines_of(card)
    value = lines[card.value[0]].box
    head, foot = min(lines[index].box.y0 for index in own), max(lines[index].box.y1 for index in own)
    end = max(lines[index].box.x1 for index in own)
    beside = [
        line.box.x0
        for line in map(lines.__getitem__, free)
        if line.box.x0 > end and line.box.y0 < foot and line.box.y1 > head and any(map(str.isalnum, line.text))
    ]
    return min(beside, default=value.x0 + 3 * max(value.x1 - value.x0, 60.0) + _SLACK) - _SLACK


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
        found = tuple(sorted(row, key=lambda i: lines[i].box.x0))
        if rows and _goes_on(lines, rows[-1], found):
            rows[-1] = (*rows[-1], *found)
        else:
            rows.append(found)
        foot = max(lines[i].box.y1 for i in row)
    return tuple(rows)
