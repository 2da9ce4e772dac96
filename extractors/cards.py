"""Step "blocks": find cards - a big number standing alone with the label that belongs to it, side by side or in grids.

Each value takes the smaller-typed lines that stand directly under, over or right of it in its own column. Whether a
page prints its labels under or over the values is decided for the page as a whole, since in a grid both are near.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from schemas.records import Line, Page

_UNIT = r"(?:%|k|m|bn|per\s?cent|per|out of|in|of|days?|weeks?|months?|years?|hours?|children|young people|cases|plans|adoptions|births|places|homes)"
_AMOUNT = r"[~<>≤≥£(+\-−–]{0,3}\d[\d.,]*"
VALUE = re.compile(
    rf"^{_AMOUNT}\s?%?\)?(?:\s?{_UNIT}\b)*(?:\s*{_AMOUNT}\s?%?\)?)?(?:\s?{_UNIT}\b)*\s*(?:[↑↓→▲▼])?$", re.IGNORECASE
)
_YEAR = re.compile(r"^(?:19|20)\d\d(?:[/\-–]\d\d(?:\d\d)?)?$")
_LETTERS = re.compile(r"[A-Za-z]{2,}")
_BIGGER = 1.2  # value type over label type


@dataclass(frozen=True, slots=True)
class Card:
    """Line indices of a value and of its label, each in reading order."""

    value: tuple[int, ...]
    label: tuple[int, ...]


@dataclass(slots=True)
class _Candidate:
    value: list[int]
    under: list[int]
    over: list[int]
    right: list[int]


def find_cards(page: Page, indices: list[int]) -> list[Card]:
    """The cards among these lines of a page. A line belongs to one card at most."""
    lines = page.lines
    values = [index for index in indices if len(lines[index].text) <= 28 and VALUE.match(lines[index].text)]
    values = [index for index in values if not _YEAR.match(lines[index].text)]
    if not values or not any(lines[index].size > lines[other].size * _BIGGER for index in values for other in indices):
        return []
    taken = set(values)
    labels = [index for index in indices if index not in taken]
    candidates = []
    used: set[int] = set()
    for index in values:
        if index in used:
            continue
        value = [index]
        while (
            (more := _second_value_line(lines, value[-1], values)) is not None
            and more not in used
            and more not in value
        ):
            value.append(more)
        used.update(value)
        found = _Candidate(
            value,
            _stack(lines, value, labels, down=True),
            _stack(lines, value, labels, down=False),
            _at_right(lines, value, labels),
        )
        if found.under or found.over or found.right:
            candidates.append(found)
    return _settle(lines, candidates)


def _second_value_line(lines: tuple[Line, ...], index: int, values: list[int]) -> int | None:
    """A value that runs over two lines ("18.2 per" / "1,000")."""
    line = lines[index]
    if not re.search(r"\b(?:per|of|in|out)$", line.text):
        return None
    for other in values:
        below = lines[other]
        under = abs(below.size - line.size) < 0.6 and 0 < below.box.y0 - line.box.y0 < 1.6 * line.size
        if under and abs(below.box.x0 - line.box.x0) < 1.5 * line.size:
            return other
    return None


def _same_column(one: Line, other: Line) -> bool:
    shared = min(one.box.x1, other.box.x1) - max(one.box.x0, other.box.x0)
    if shared <= 0:
        return False
    centred = abs(one.box.x0 + one.box.x1 - other.box.x0 - other.box.x1) < 3 * max(one.size, other.size)
    return abs(one.box.x0 - other.box.x0) < 1.5 * max(one.size, other.size) or centred


def _stack(lines: tuple[Line, ...], value: list[int], labels: list[int], down: bool) -> list[int]:
    """The label lines directly under (or over) a value, nearest first line to last, as long as they carry on."""
    anchor = lines[value[-1] if down else value[0]]
    chain: list[int] = []
    current = anchor
    while len(chain) < 8:
        reach = (0.9 * anchor.size + 2) if not chain else 0.75 * current.size
        best = None
        for index in labels:
            line = lines[index]
            if (
                index in chain
                or line.size * _BIGGER > anchor.size
                or not _same_column(anchor if not chain else lines[chain[0]], line)
            ):
                continue
            if not chain and not _LETTERS.search(line.text):
                continue
            if chain and abs(line.size - lines[chain[0]].size) > 0.12 * line.size:
                continue
            gap = line.box.y0 - current.box.y1 if down else current.box.y0 - line.box.y1
            if -0.6 * current.size < gap < reach and (line.box.y0 > current.box.y0) == down:
                best, reach = index, gap
        if best is None:
            break
        chain.append(best)
        current = lines[best]
    return chain if down else chain[::-1]


def _at_right(lines: tuple[Line, ...], value: list[int], labels: list[int]) -> list[int]:
    anchor = lines[value[0]]
    beside = [
        index
        for index in labels
        if lines[index].size * _BIGGER <= anchor.size
        and _LETTERS.search(lines[index].text)
        and -2 < lines[index].box.x0 - anchor.box.x1 < 2.0 * anchor.size
        and lines[index].box.y1 > anchor.box.y0
        and lines[index].box.y0 < anchor.box.y1 + 0.4 * lines[index].size
    ]
    if not beside:
        return []
    left = min(lines[index].box.x0 for index in beside)
    beside = [index for index in beside if lines[index].box.x0 - left < 2 * lines[index].size]
    return sorted(beside, key=lambda index: lines[index].box.y0)


def _settle(lines: tuple[Line, ...], candidates: list[_Candidate]) -> list[Card]:
    """One side for the whole page where both sides offer labels; no label used twice; no lone chapter number."""
    rights = sum(bool(c.right) for c in candidates)
    unders = sum(bool(c.under) for c in candidates)
    overs = sum(bool(c.over) for c in candidates)
    order = sorted(
        ("under", "over", "right"), key=lambda side: -{"under": unders, "over": overs, "right": rights}[side]
    )
    if rights and rights >= max(unders, overs):
        order = ["right", *[side for side in order if side != "right"]]
    used: set[int] = set()
    cards = []
    for candidate in candidates:
        for side in order:
            label = [index for index in getattr(candidate, side) if index not in used]
            if label and label == getattr(candidate, side):
                used.update(label)
                cards.append(Card(tuple(candidate.value), tuple(label)))
                break
    if len(cards) == 1:
        text = lines[cards[0].value[0]].text
        if re.fullmatch(r"\d{1,2}\.?", text):
            return []
    return cards
