"""Step "blocks": rows of a page in the order in which people read them.

The file's own order is usually right. It is cut into strips wherever it jumps back, aside or far down; the strips are
then ordered so that what stands above in the same column comes first, and a left column before the right one unless
something spans both between them; among equals the file's order stays.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

from extractors.rows import Row

_MOST_STRIPS = 150  # a map or a drawing with more has no reading order worth the time


@dataclass(slots=True)
class Strip:
    """Rows that follow each other down one column, with their common box; `card` or `table` where it is one."""

    rows: list[Row] = field(default_factory=list)
    x0: float = 0.0
    y0: float = 0.0
    x1: float = 0.0
    y1: float = 0.0
    first: int = 0  # place in the file's order
    card: int | None = None
    table: int | None = None


def _strip_of(row: Row, first: int) -> Strip:
    return Strip([row], row.x0, row.y0, row.x1, row.y1, first)


def _grow(strip: Strip, row: Row) -> None:
    strip.rows.append(row)
    if row.x0 < strip.x0:
        strip.x0 = row.x0
    if row.x1 > strip.x1:
        strip.x1 = row.x1
    if row.y0 < strip.y0:
        strip.y0 = row.y0
    if row.y1 > strip.y1:
        strip.y1 = row.y1


def _follows(strip: Strip, row: Row) -> bool:
    """Whether the row comes directly under the strip's last row, in its column."""
    last = strip.rows[-1]
    if row.upright != last.upright:
        return False
    size = max(row.size, last.size, 4.0)
    gap = row.y0 - last.y1
    if gap < -0.6 * size or gap > 3.5 * size or row.y0 <= last.y0 - 1:
        return False
    overlap = min(row.x1, strip.x1) - max(row.x0, strip.x0)
    return overlap > 0 and (overlap >= 0.3 * min(row.x1 - row.x0, strip.x1 - strip.x0) or overlap > 30)


def rows_to_strips(rows: list[Row]) -> list[Strip]:
    """Rows in the file's order, cut wherever that order does not simply go down one column."""
    strips: list[Strip] = []
    for index, row in enumerate(rows):
        if strips and _follows(strips[-1], row):
            _grow(strips[-1], row)
        else:
            strips.append(_strip_of(row, index))
    return strips


def order_strips(strips: list[Strip]) -> list[Strip]:
    """Strips in reading order (Breuel's two rules, the file's order deciding between strips that they leave open)."""
    if len(strips) < 2 or len(strips) > _MOST_STRIPS or _goes_down(strips):
        return strips
    count = len(strips)
    before: list[set[int]] = [set() for _ in range(count)]
    for a in range(count):
        for b in range(count):
            if a != b and _comes_before(strips[a], strips[b], strips):
                before[b].add(a)
    ordered: list[Strip] = []
    left = sorted(range(count), key=lambda i: strips[i].first)
    while left:
        chosen = next((i for i in left if not before[i]), left[0])
        left.remove(chosen)
        ordered.append(strips[chosen])
        for others in before:
            others.discard(chosen)
    return ordered


def _goes_down(strips: list[Strip]) -> bool:
    return all(one.y1 <= other.y0 + 2 for one, other in itertools.pairwise(strips))


def _beside(one: Strip, other: Strip) -> float:
    return min(one.x1, other.x1) - max(one.x0, other.x0)


def _comes_before(one: Strip, other: Strip, strips: list[Strip]) -> bool:
    shared = _beside(one, other)
    if shared > 0.1 * min(one.x1 - one.x0, other.x1 - other.x0) and shared > 0:
        return one.y0 + one.y1 < other.y0 + other.y1 and one.y0 < other.y0
    if one.x0 + one.x1 >= other.x0 + other.x1:
        return False
    if one.y0 >= other.y1:  # left column's foot against right column's head: unless something spans both between them
        return not any(_spans_between(third, other, one) for third in strips)
    return True


def _spans_between(third: Strip, upper: Strip, lower: Strip) -> bool:
    return (
        third.y0 >= upper.y1 - 2
        and third.y1 <= lower.y0 + 2
        and _beside(upper, third) > 0
        and _beside(lower, third) > 0
    )
