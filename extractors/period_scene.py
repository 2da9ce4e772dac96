"""Step "finders", periods, second round: the passage with its points folded, as the readers of phrases see it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from extractors import period_forms as forms
from extractors.grammar import Passage
from extractors.period_forms import Period
from extractors.period_points import Point
from extractors.period_words import COUNTS

Found = re.Match[str]


@dataclass(frozen=True, slots=True)
class Scene:
    """The folded passage, its points by part, and the document's date of reference."""

    passage: Passage
    points: dict[int, Point]
    reference: dt.date | None

    def point(self, found: Found, name: str = "p") -> Point | None:
        """The point that a rule's element matched; None where the element is absent."""
        if name not in found.re.groupindex or found.start(name) < 0:
            return None
        return self.points[found.start(name)]

    def word(self, found: Found, name: str) -> str | None:
        """The word or number that a rule's element matched, in small letters."""
        if name not in found.re.groupindex or found.start(name) < 0:
            return None
        return self.passage.word(found.start(name))

    def resolve(self, point: Point) -> Period | None:
        """The point's period, with the year that the reference date gives it where it has none."""
        if point.period is not None:
            return point.period
        if point.code == "N":
            return forms.latest_date(point.month, point.day, self.reference)
        return forms.latest_month(point.month, self.reference)

    def last_day(self, point: Point | None) -> dt.date | None:
        """The last day of a point, resolved."""
        period = self.resolve(point) if point is not None else None
        return period.last if period is not None else None

    def count(self, found: Found, name: str) -> int:
        """The number that a rule's element matched, in figures or words; 0 where there is none."""
        word = self.word(found, name)
        if word is None:
            return 0
        return int(word) if word.isdecimal() else COUNTS.get(word, 0)

    def says(self, found: Found, words: frozenset[str]) -> bool:
        """Whether one of the words stands within a match."""
        parts = self.passage.parts
        return any(parts[part].lower() in words for part in range(found.start(), found.end()))


Reader = Callable[[Scene, Found], Period | None]
