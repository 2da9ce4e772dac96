"""Step "finders", periods, second round: what is said around points, and phrases without one -> readings.

The passage of this round is the first one with every point folded into one part, whose code says what it is.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from extractors import period_forms as forms
from extractors.grammar import Passage, any_of, by_first_code
from extractors.period_forms import Period
from extractors.period_points import Point
from extractors.period_words import COUNTS, LAST_UNIT_LEADING, ORDINALS, PLACED_RULES, RELATIVE_PHRASES

Found = re.Match[str]
_HALF = next(rule.pattern for rule in PLACED_RULES if rule.name == "half_of")
_UNITS = {
    "year": "y",
    "years": "y",
    "month": "m",
    "months": "m",
    "quarter": "q",
    "quarters": "q",
    "week": "w",
    "weeks": "w",
}


_MONTH_WORDS = {"month", "months", "mth", "mths", "m"}
_CLAUSE_OPENERS = frozenset({"and", "but", "was", "were", "is", "when", "at", "which", "it", "this"})


@dataclass(frozen=True, slots=True)
class Reading:
    """One period as said: the parts of the second round that it covers (`end` excluded), and what it comes to."""

    start: int
    end: int
    period: Period


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


def _count(word: str | None) -> int:
    if word is None:
        return 0
    return int(word) if word.isdecimal() else COUNTS.get(word, 0)


def _months_to(scene: Scene, found: Found) -> Period | None:
    last, months = scene.last_day(scene.point(found)), _count(scene.word(found, "n"))
    if last is None or not 1 <= months <= 60 or not _says_months(scene, found):
        return None
    return forms.months_to(last, months)


def _says_months(scene: Scene, found: Found) -> bool:
    """Months named, or one of the short forms of scorecards: 12m, R12, L12M."""
    return scene.passage.word(found.start()) in {"r", "l"} or _says(scene, found, _MONTH_WORDS)


def _year_to_date(scene: Scene, found: Found) -> Period | None:
    """From April, or the first point named, to the last."""
    last = scene.last_day(scene.point(found, "l"))
    first = scene.point(found, "f")
    if last is None:
        return None
    if first is not None:
        return _span(scene, first, scene.point(found, "l"))
    starts = dt.date(last.year if last.month >= 4 else last.year - 1, 4, 1)
    return forms.span(starts, last)


def _year_to(scene: Scene, found: Found) -> Period | None:
    last = scene.last_day(scene.point(found))
    rolling = scene.passage.word(found.start()) == "rolling"
    return forms.months_to(last, 12, rolling) if last is not None else None


def _as_year_end(period: Period | None) -> Period | None:
    return forms.date_of(period.last, "year_end") if period is not None and period.last is not None else None


def _year_end_of(scene: Scene, found: Found) -> Period | None:
    """`year end 2021/22`, `March 2016 year end`; a bare year's end is that of the financial year ending in it."""
    point = scene.point(found)
    if point is None:
        return None
    if point.code == "J" and point.period is not None and point.period.first is not None:
        return forms.date_of(dt.date(point.period.first.year, 3, 31), "year_end")
    return _as_year_end(scene.resolve(point))


def _end_of(scene: Scene, found: Found) -> Period | None:
    """`end of March 2016` is a date, `end of 2021/22` the year's end, `end of 2014` the 31st of December."""
    point = scene.point(found)
    period = scene.resolve(point) if point is not None else None
    if point is None or period is None or period.last is None:
        return period
    if point.code in "FG":
        return forms.date_of(period.last, "year_end")
    if point.code == "J" and _says(scene, found, {"financial"}):
        return forms.date_of(dt.date(period.last.year, 3, 31), "year_end")
    return forms.date_of(period.last)


def _says(scene: Scene, found: Found, words: set[str]) -> bool:
    passage = scene.passage
    return any(passage.parts[part].lower() in words for part in range(found.start(), found.end()))


def _year_end(scene: Scene, found: Found) -> Period | None:
    """A year end without its year: the latest 31 March; with "next" it lies ahead and is left alone."""
    latest = forms.latest_date(3, 31, scene.reference)
    if latest is None or scene.passage.word(scene.passage.before(found.start())) in {"next", "by"}:
        return None
    return replace(latest, form="year_end") if latest.first is not None else latest


def _named_year(scene: Scene, found: Found) -> Period | None:
    """`academic year 2014/15` runs from September, any other from April; a bare year keeps its normal form."""
    point, kind = scene.point(found), scene.word(found, "k")
    if point is None or point.period is None or point.period.first is None:
        return None
    if point.code == "F" and kind in {"academic", "school", "ay"}:
        return forms.financial_year(point.period.first.year, academic=True)
    return point.period


def _quarter(scene: Scene, point: Point, number: int) -> Period | None:
    if not 1 <= number <= 4 or point.period is None or point.period.first is None:
        return None
    if point.code == "F":
        return forms.quarter(point.period.first.year, number)
    return forms.quarter_of_calendar_year(point.period.first.year, number, scene.reference)


def _quarter_number(scene: Scene, found: Found) -> int:
    ordinal = scene.word(found, "o")
    return ORDINALS.get(ordinal, 0) if ordinal is not None else _count(scene.word(found, "n"))


def _quarter_of(scene: Scene, found: Found) -> Period | None:
    point = scene.point(found)
    return _quarter(scene, point, _quarter_number(scene, found)) if point is not None else None


def _quarter_alone(scene: Scene, found: Found) -> Period | None:
    number = _quarter_number(scene, found)
    if not 1 <= number <= 4:
        return None
    if scene.reference is None:
        return Period(f"Q{number}", "relative")
    return forms.latest_quarter(number, scene.reference)


def _quarter_glossed(scene: Scene, found: Found) -> Period | None:
    """`quarter 3 (October to December 2021)`: the gloss decides where no year stands before it."""
    if scene.point(found) is not None:
        return _quarter_of(scene, found)
    return _span(scene, scene.point(found, "f"), scene.point(found, "l"))


def _quarter_run(scene: Scene, found: Found) -> Period | None:
    point = scene.point(found)
    first, last = _count(scene.word(found, "n")), _count(scene.word(found, "o"))
    if point is None or point.period is None or point.period.first is None or not 1 <= first < last <= 4:
        return None
    return forms.quarter(point.period.first.year, first, last)


def _part_of_year(scene: Scene, found: Found) -> Period | None:
    """`first three quarters of 2014-15`, `second half of 2015`, `first six months of 2014-15`."""
    point, number = scene.point(found), _quarter_number(scene, found)
    if point is None or point.period is None or point.period.first is None:
        return None
    starts = point.period.first
    if found.re is _HALF:
        if number not in (1, 2) or not _says(scene, found, {"half", "h"}):
            return None
        return _months_from(forms.month_shift(starts, 6 * (number - 1)), 6)
    return _months_from(starts, number if _says(scene, found, {"months"}) else 3 * number) if number else None


def _months_from(first: dt.date, months: int) -> Period | None:
    last = forms.month_shift(first, months - 1)
    return forms.span(first, forms.month_end(last.year, last.month)) if 1 <= months <= 12 else None


def _quarter_to(scene: Scene, found: Found) -> Period | None:
    last = scene.last_day(scene.point(found))
    return forms.months_to(last, 3) if last is not None else None


def _first_day(point: Point, year: int) -> dt.date | None:
    if point.period is not None:
        return point.period.first
    if point.code == "B":
        return dt.date(year, point.month, 1)
    found = forms.date(year, point.month, point.day)
    return found.first if found is not None else None


def _span(scene: Scene, first: Point | None, last: Point | None) -> Period | None:
    """From point to point; the first takes the year of the last. The same month or day of two years is no span but two
    points that are compared ("from March 2014 to March 2015")."""
    closing = scene.resolve(last) if last is not None else None
    if first is None or closing is None or closing.last is None:
        return None
    opening = _first_day(first, closing.last.year)
    if opening is not None and opening > closing.last and first.period is None:
        opening = _first_day(first, closing.last.year - 1)
    if opening is None or opening >= closing.last:
        return None
    ends = closing.first or closing.last
    if (opening.month, opening.day) == (ends.month, ends.day) and opening.year != ends.year:
        return None
    return forms.span(opening, closing.last)


def _from_to(scene: Scene, found: Found) -> Period | None:
    return _span(scene, scene.point(found, "f"), scene.point(found, "l"))


def _day_range(scene: Scene, found: Found) -> Period | None:
    """`13 to 24 May 2016`: the first day takes month and year of the second."""
    last = scene.resolve(scene.points[found.start("l")])
    day = _count(scene.word(found, "n"))
    if last is None or last.first is None or last.form != "date" or not 1 <= day < last.first.day:
        return None
    return forms.span(last.first.replace(day=day), last.first)


def _years_range(scene: Scene, found: Found) -> Period | None:
    """`2014 to 2015` is one financial year, `2011 to 2014` several; after "from" and "between" two years compared."""
    first, last = scene.point(found, "f"), scene.point(found, "l")
    if first is None or last is None or first.period is None or last.period is None:
        return None
    starts, ends = first.period.first, last.period.last
    if starts is None or ends is None or scene.passage.word(scene.passage.before(found.start())) in {"from", "between"}:
        return None
    if first.code == last.code == "J":
        return forms.years_between(str(starts.year), str(ends.year))
    if first.code == last.code == "F" and starts.year + 1 < ends.year <= starts.year + 10:
        return forms.several_years(starts.year, ends.year)
    return None


def _last_unit(scene: Scene, found: Found) -> Period | None:
    """`in the last year` is the present; `last year` and "than the last quarter" are the one before."""
    passage = scene.passage
    left = passage.before(found.start())
    if passage.word(left) == "the" and passage.word(passage.before(left)) in LAST_UNIT_LEADING:
        return Period("now", "now", None, scene.reference)
    if passage.word(found.start()) in {"past", "latest"}:
        return Period("now", "now", None, scene.reference)
    return Period("-1" + _UNITS[scene.word(found, "u") or "year"], "relative")


def _ago(scene: Scene, found: Found) -> Period | None:
    unit, count = _UNITS.get(scene.word(found, "u") or ""), _count(scene.word(found, "n"))
    if unit is None or count == 0:
        return None
    passage = scene.passage
    following = passage.word(passage.after(found.end()))
    if _says(scene, found, {"before", "prior"}) and following.isalpha() and following not in _CLAUSE_OPENERS:
        return None  # "five years before taking their exams"
    if unit == "m" and count % 12 == 0:
        unit, count = "y", count // 12
    return Period(f"-{count}{unit}", "relative")


def _now(scene: Scene, found: Found) -> Period | None:
    passage = scene.passage
    if passage.word(found.start()) == "latest" and passage.word(passage.before(passage.before(found.start()))) == "at":
        return None  # "by May at the latest"
    if passage.word(found.start()) == "to" and passage.word(passage.before(found.start())) in {"up", "-"}:
        return None  # "kept up to date"
    form = "rolling" if passage.word(found.start()) == "rolling" else "now"
    return Period("now", form, None, scene.reference)


def _relative(rule: str) -> Callable[[Scene, Found], Period | None]:
    phrase = RELATIVE_PHRASES[rule]

    def build(scene: Scene, found: Found) -> Period | None:
        before = scene.passage.word(scene.passage.before(found.start()))
        return Period(phrase.normal, "relative") if not phrase.after or before in phrase.after else None

    return build


_BUILDERS: dict[str, Callable[[Scene, Found], Period | None]] = {
    "months_to": _months_to,
    "months_short": _months_to,
    "year_to_date": _year_to_date,
    "date_to_year": _from_to,
    "year_to": _year_to,
    "year_mark": _year_to,
    "year_end_of": _year_end_of,
    "end_of": _end_of,
    "year_end_after": _year_end_of,
    "year_end": _year_end,
    "named_year": _named_year,
    "plain_year": _named_year,
    "named_year_short": _named_year,
    "year_named_short": _named_year,
    "year_named": _named_year,
    "quarter_of": _quarter_of,
    "quarter_after": _quarter_of,
    "quarter_glossed": _quarter_glossed,
    "quarter_run": _quarter_run,
    "quarter_alone": _quarter_alone,
    "quarter_ordinal": _quarter_of,
    "quarter_ordinal_alone": _quarter_alone,
    "quarters_first": _part_of_year,
    "half_of": _part_of_year,
    "months_first": _part_of_year,
    "quarter_to": _quarter_to,
    "from_to": _from_to,
    "between": _from_to,
    "day_range": _day_range,
    "years_range": _years_range,
    "last_unit": _last_unit,
    "ago": _ago,
    "now": _now,
    **{rule: _relative(rule) for rule in RELATIVE_PHRASES},
}
_RULES = by_first_code(PLACED_RULES)
STARTERS = any_of({*_RULES, *"DNMBJFG"})


def read_at(scene: Scene, start: int) -> Reading | None:
    """The longest reading that begins at a part; None where none does. A point alone is not read here."""
    best: Reading | None = None
    codes = scene.passage.codes
    for rule in _RULES.get(codes[start], ()):
        found = rule.pattern.match(codes, start)
        if found is None:
            continue
        end = found.end() - 1 if codes[found.end() - 1] == " " else found.end()
        if best is not None and end <= best.end:
            continue
        period = _BUILDERS[rule.name](scene, found)
        if period is not None:
            best = Reading(start, end, period)
    return best
