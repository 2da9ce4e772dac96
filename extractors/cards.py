"""Step "blocks": find cards - a number standing alone with the words that say what it is, side by side or in grids.

Each value takes the smaller-typed lines that stand directly over, under, right or left of it. In a grid a label stands
near two values; which side a page puts its labels on is then decided for the page as a whole. A row of values in body
type counts where every one has a label of its own and no words begin the row: else it is a table's. In a grid of tiles
the title may stand well over the value, if it does so in several; smaller lines under a card are its notes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from extractors.card_notes import with_notes
from extractors.tile_titles import titles_at_one_place
from schemas.records import Line, Page

_UNIT = r"(?:%|k|m|bn|per\s?cent|per|out|of|in|and|days?|weeks?|months?|years?|hours?|children|young|people)"
_AMOUNT = r"[~<>≤≥£(+\-–]{0,3}\d[\d.,]*(?:\s?[-–]\s?\d[\d.,]*)?\s?%?\)?"
VALUE = re.compile(rf"^{_AMOUNT}(?:\s?{_UNIT}\b)?(?:\s+(?:{_AMOUNT}|{_UNIT}(?!\w)))*\s*[↑↓→▲▼*]?$", re.IGNORECASE)
_YEAR = re.compile(r"^(?:19|20)\d\d(?:[/\-–]\d\d(?:\d\d)?)?$")
_AGES = re.compile(r"^\d{1,2}\s?[-–]\s?\d{1,2}$")
_LETTERS = re.compile(r"[A-Za-z]{2,}")
_SAYS_OF = re.compile(r"^\(?\w{2,7}(?:[/\-]\d\d)?: ?[\d£]")  # "Q2: 586", a note of a time by its figure
# "As at 30 June unless shown otherwise", "Source: census": what stands under a group of cards speaks of them all.
_OF_ALL = re.compile(
    r"\(?(?:(?:all )?(?:figures|data|numbers|positions?)(?: (?:is|are|shown))? )?as (?:at|of) (?:the )?(?:end|\d|[A-Z][a-z]+ \d)|\(?(?:data )?(?:source|note)s?\b\s*:",
    re.IGNORECASE,
)
_COUNTS_ON = re.compile(r"^0?\d{1,2}\.?$")
_BIGGER = 1.2  # value type over label type
_SMALLEST = 6.0  # points: below are a chart's ticks
_MOST_VALUES = 150  # more are a chart's or a table's
_FARTHEST_TITLE = 2.2  # times the value's type: how far over the value a tile's title may stand


@dataclass(frozen=True, slots=True)
class Card:
    """Line indices of a value, of its label, of what else belongs to it ("England 60"), and of the rows of notes under it
    ("Q2: 586" and "Target: 570"), each in reading order."""

    value: tuple[int, ...]
    label: tuple[int, ...]
    more: tuple[int, ...] = ()
    notes: tuple[tuple[int, ...], ...] = ()


@dataclass(slots=True)
class _Candidate:
    value: list[int]
    sides: dict[str, list[int]] = field(default_factory=dict)


def is_value(text: str) -> bool:
    """Whether the text is a figure and nothing else: no year, no range of ages, not the wrapped last word of a sentence or bracket."""
    shuts = text.count(")") > text.count("(")
    return bool(VALUE.match(text)) and text[-1] not in ".," and not (shuts or _YEAR.match(text) or _AGES.match(text))


def find_cards(page: Page, indices: list[int]) -> list[Card]:
    """The cards among these lines of a page. A line belongs to one card at most."""
    lines = page.lines
    values = [
        index
        for index in indices
        if len(lines[index].text) <= 28 and lines[index].size >= _SMALLEST and is_value(lines[index].text)
    ]
    if not values or len(values) > _MOST_VALUES:
        return []
    all_values = set(values)
    of_all = _notes_of_all(lines, indices)
    words = [index for index in indices if index not in all_values and index not in of_all]
    smallest = min((lines[index].size for index in words), default=0.0)
    big = [index for index in values if lines[index].size > smallest * _BIGGER]
    candidates = _candidates(lines, big, words, _BIGGER, all_values) if big else []
    _give_titles(lines, candidates, words)
    candidates = [candidate for candidate in candidates if candidate.sides]
    used = {index for candidate in candidates for index in candidate.value}
    used |= {index for candidate in candidates for side in candidate.sides.values() for index in side}
    level = _level_rows(lines, [index for index in values if index not in used], words)
    candidates += [candidate for candidate in _candidates(lines, level, words, 0.95) if candidate.sides]
    free = [index for index in indices if index not in of_all]
    return with_notes(lines, _settle(lines, candidates), free)


def _notes_of_all(lines: tuple[Line, ...], indices: list[int]) -> frozenset[int]:
    """The lines that speak of all cards, and those that carry them on."""
    found: list[int] = []
    for index in indices:
        line = lines[index]
        above = lines[found[-1]] if found else None
        goes_on = (
            above is not None
            and abs(line.size - above.size) < 0.2
            and abs(line.box.x0 - above.box.x0) < line.size
            and 0 < line.box.y0 - above.box.y0 < 1.6 * line.size
        )
        if goes_on or _OF_ALL.match(line.text):
            found.append(index)
    return frozenset(found)


def _candidates(
    lines: tuple[Line, ...],
    values: list[int],
    words: list[int],
    bigger: float,
    tails: Collection[int] = (),
) -> list[_Candidate]:
    """Each value with the words on its sides. tails: values in small type, which may be the end of a label's words."""
    found = []
    used: set[int] = set()
    for index in values:
        if index in used:
            continue
        value = [index]
        while (more := _second_value_line(lines, value[-1], values)) is not None and more not in used | set(value):
            value.append(more)
        used.update(value)
        labels = [other for other in words if lines[other].size * bigger <= lines[index].size]
        ends = [other for other in tails if lines[other].size * bigger <= lines[index].size]
        sides = {
            "over": _stack(lines, lines[value[0]], labels, down=False),
            "under": _stack(lines, lines[value[-1]], labels, down=True, tails=ends),
            "right": _beside(lines, lines[value[0]], labels, right=True) if bigger > 1 else [],
            "left": _beside(lines, lines[value[0]], labels, right=False) if bigger > 1 else [],
        }
        found.append(_Candidate(value, {side: label for side, label in sides.items() if label}))
    ended = {index for candidate in found for side in candidate.sides.values() for index in side if index in tails}
    return [candidate for candidate in found if candidate.value[0] not in ended] if ended else found


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
    size = max(one.size, other.size)
    return _centred(one, other) or abs(one.box.x0 - other.box.x0) < 1.5 * size or abs(one.box.x1 - other.box.x1) < size


def _centred(one: Line, other: Line) -> bool:
    return abs(one.box.x0 + one.box.x1 - other.box.x0 - other.box.x1) < 3 * max(one.size, other.size)


def _give_titles(lines: tuple[Line, ...], candidates: list[_Candidate], words: list[int]) -> None:
    """Tiles hold their titles at one height over their values, further off than a label alone would tell: given where at
    least two values, and half of all, have one there (Stockton's scorecard, under whose values the last quarter stands)."""
    if len(candidates) < 2:
        return
    titles: dict[int, tuple[int, list[int]]] = {}
    heights: Counter[int] = Counter()
    for number, candidate in enumerate(candidates):
        anchor = lines[candidate.value[0]]
        chain = candidate.sides.get("over") or _far_title(lines, anchor, words)
        if chain:
            titles[number] = (height := round((anchor.box.y0 - lines[chain[0]].box.y0) / 2), chain)
            heights[height] += 1
    usual, count = heights.most_common(1)[0] if heights else (0, 0)
    if count < 2 or 2 * count < len(candidates):
        if not titles:
            anchors = [lines[candidate.value[0]] for candidate in candidates]
            for number, index in titles_at_one_place(lines, anchors, words).items():
                candidates[number].sides["over"] = [index]
        return
    for number, (height, title) in titles.items():
        if abs(height - usual) <= 1:
            candidates[number].sides.setdefault("over", title)


def _far_title(lines: tuple[Line, ...], anchor: Line, words: list[int]) -> list[int]:
    """The nearest line over a value, if it is a title: in bold over a value that stands at its left edge or centre."""
    best, nearest = None, _FARTHEST_TITLE * anchor.size
    for index in words:
        line = lines[index]
        gap = anchor.box.y0 - line.box.y1
        if 0 < gap < nearest and line.box.x0 < anchor.box.x1 and line.box.x1 > anchor.box.x0:
            best, nearest = index, gap
    if best is None:
        return []
    line = lines[best]
    edge = abs(line.box.x0 - anchor.box.x0) < 0.5 * line.size or _centred(line, anchor)
    if not (edge and line.bold and line.size * _BIGGER <= anchor.size and _LETTERS.search(line.text)):
        return []
    alike = [other for other in words if lines[other].bold and abs(lines[other].size - line.size) < 0.1]
    return [*_stack(lines, line, alike, down=False), best]


def _stack(
    lines: tuple[Line, ...], anchor: Line, labels: list[int], down: bool, tails: Collection[int] = ()
) -> list[int]:
    """The label lines directly under (or over) a value, top first, as long as they carry on in one column and type. The
    last words of a label may look like a value: "3+ placements in" over "12 months" (Durham's slides)."""
    chain: list[int] = []
    current = anchor
    while len(chain) < 8:
        head = lines[chain[0]] if chain else anchor
        reach = 0.75 * current.size if chain else 0.9 * anchor.size + 4
        best, between = None, reach  # between: how near a line stands that is no label, such as "Q2: 586"
        for index in (*labels, *tails) if chain and tails else labels:
            line = lines[index]
            if index in chain or not _same_column(head, line):
                continue
            no_label = not chain and not _LETTERS.search(line.text)
            if abs(line.size - head.size) > 0.12 * line.size if chain else no_label and not _SAYS_OF.match(line.text):
                continue
            if index in tails and abs(line.box.x0 - current.box.x0) > line.size and not _centred(line, current):
                continue
            gap = line.box.y0 - current.box.y1 if down else current.box.y0 - line.box.y1
            if -0.6 * current.size < gap < reach and (line.box.y0 > current.box.y0) == down:
                best, reach = (best, reach) if no_label else (index, gap)
                between = min(between, gap) if no_label else between
        if best is None or reach > between:
            break
        chain.append(best)
        current = lines[best]
    return chain if down else chain[::-1]


def _beside(lines: tuple[Line, ...], anchor: Line, labels: list[int], right: bool) -> list[int]:
    """The label lines at a value's right (or left) within its height, top first."""
    found = []
    for index in labels:
        line = lines[index]
        gap = line.box.x0 - anchor.box.x1 if right else anchor.box.x0 - line.box.x1
        level = line.box.y1 > anchor.box.y0 and line.box.y0 < anchor.box.y1 + 0.4 * line.size
        if -2 < gap < 2.0 * anchor.size and level and _LETTERS.search(line.text):
            found.append(index)
    if not found:
        return []
    edge = min(lines[index].box.x0 for index in found) if right else max(lines[index].box.x1 for index in found)
    near = [
        index
        for index in found
        if abs((lines[index].box.x0 if right else lines[index].box.x1) - edge) < 2 * lines[index].size
    ]
    return sorted(near, key=lambda index: lines[index].box.y0)


def _level_rows(lines: tuple[Line, ...], values: list[int], words: list[int]) -> list[int]:
    """Values in body type that stand two or more in a row, with no words at their height and no figures under or over
    them: the one row of figures that a row of titles belongs to."""
    found: list[int] = []
    for index in values:
        line = lines[index]
        row = [other for other in values if abs(lines[other].box.y1 - line.box.y1) < 0.4 * line.size]
        level = any(
            lines[other].box.y0 < (line.box.y0 + line.box.y1) / 2 < lines[other].box.y1
            for other in words
            if lines[other].size > 0.6 * line.size
        )
        stacked = any(
            other not in row
            and abs(lines[other].box.y1 - line.box.y1) < 3.2 * line.size
            and _same_column(lines[other], line)
            for other in values
        )
        if len(row) >= 2 and not level and not stacked:
            found.append(index)
    return found


def _settle(lines: tuple[Line, ...], candidates: list[_Candidate]) -> list[Card]:
    """Cards from candidates: a line that two values claim goes to the side that the page puts its labels on."""
    if _counts_on([lines[candidate.value[0]].text for candidate in candidates]):
        return []
    side = _label_side(lines, candidates)
    owner: dict[int, int] = {}
    for name in (side, "over", "under", "right", "left"):
        for number, candidate in enumerate(candidates):
            for index in candidate.sides.get(name, []):
                owner.setdefault(index, number)
    cards = []
    heads = 2 * sum("over" in candidate.sides for candidate in candidates) > len(candidates)
    for number, candidate in enumerate(candidates):
        mine = {
            name: label for name, label in candidate.sides.items() if all(owner[index] == number for index in label)
        }
        if not mine:
            continue
        label = "over" if side == "under" and heads and "over" in mine and "under" in mine else side
        label = label if label in mine else next(iter(mine))
        rest = ("under", "over") if heads else ("under",)  # a line over few of the values is the heading of them all
        more = [index for name in rest if name in mine and name != label for index in mine[name]]
        cards.append(Card(tuple(candidate.value), tuple(mine[label]), tuple(more)))
    return cards


def _counts_on(values: list[str]) -> bool:
    """Whether the values only count chapters or steps: 1, 2, 3, or one small number alone."""
    if not values or not all(_COUNTS_ON.match(value) for value in values):
        return False
    numbers = sorted(int(value.rstrip(".")) for value in values)
    return len(values) == 1 or numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _label_side(lines: tuple[Line, ...], candidates: list[_Candidate]) -> str:
    """The side on which most values have words; among equals the one where they stand closest."""

    def rank(side: str) -> tuple[int, float]:
        gaps = [
            min(_distance(lines[candidate.value[0]], lines[index]) for index in candidate.sides[side])
            for candidate in candidates
            if side in candidate.sides
        ]
        return (-len(gaps), sum(gaps) / len(gaps) if gaps else 0.0)

    return min(("over", "under", "right", "left"), key=rank)


def _distance(one: Line, other: Line) -> float:
    across = max(other.box.x0 - one.box.x1, one.box.x0 - other.box.x1, 0.0)
    down = max(other.box.y0 - one.box.y1, one.box.y0 - other.box.y1, 0.0)
    return across + down
