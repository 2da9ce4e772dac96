"""Step "blocks": how far apart the lines of running text stand, in type sizes, so that wider gaps part paragraphs.

Measured where a line surely carries on the one before, because it begins in lower case: on the strip of rows itself, on
its page, or in the document, whichever is the nearest that shows it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from extractors.rows import Row
from schemas.records import Line, Page

_USUAL = 1.22  # of word processors' single spacing, for documents too short to show theirs


@dataclass(frozen=True, slots=True)
class Pitch:
    """Line distance over type size: the usual one of this text, and the widest that running text of the document has."""

    usual: float
    widest: float


def _distances(lines: Iterable[tuple[str, float, float, bool]]) -> list[float]:
    """Distances between lines that carry on, from (text, foot, size, bold)."""
    found = []
    for (_, foot, size, bold), (text, next_foot, next_size, next_bold) in pairwise(lines):
        if size == next_size > 0 and not bold and not next_bold and text[0].islower():
            distance = (next_foot - foot) / size
            if 0.8 < distance < 2.6:
                found.append(distance)
    return sorted(found)


def _widest(distances: list[float], usual: float) -> float:
    """The widest distance that is no exception: a tenth of all lines, and three of them, stand so far apart."""
    counts = Counter(round(distance, 1) for distance in distances)
    common = [distance for distance, count in counts.items() if count >= max(3, len(distances) / 10)]
    return max([usual, *common])


class LinePitches:
    """The line distances of one document."""

    def __init__(self, pages: tuple[Page, ...]) -> None:
        self._by_page: dict[int, float] = {}
        every: list[float] = []
        for page in pages:
            found = _distances(_line_facts(line) for line in page.lines)
            every += found
            if len(found) > 1:
                self._by_page[page.number] = found[len(found) // 2]
        every.sort()
        self._usual = every[len(every) // 2] if every else _USUAL
        self._widest = _widest(every, self._usual)

    def of(self, page: int, rows: list[Row]) -> Pitch:
        """The pitch of these rows of a page."""
        own = _distances((row.text, row.y1, row.size, row.bold) for row in rows) if len(rows) > 5 else []
        usual = own[len(own) // 2] if len(own) > 1 else self._by_page.get(page, self._usual)
        return Pitch(usual, max(usual, self._widest))


def _line_facts(line: Line) -> tuple[str, float, float, bool]:
    return line.text, line.box.y1, line.size, line.bold
