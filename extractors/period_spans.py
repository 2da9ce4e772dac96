"""Step "finders", periods: what reaches from one point to another, or up to one: months to, year to, year end, spans."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from extractors import period_forms as forms
from extractors.period_forms import Period
from extractors.period_points import Point
from extractors.period_scene import Found, Reader, Scene

_MONTH_WORDS = frozenset({"month", "months", "mth", "mths", "m"})


def _months_to(scene: Scene, found: Found) -> Period | None:
    last, months = scene.last_day(scene.point(found)), scene.count(found, "n")
    if last is None or not 1 <= months <= 60 or not _says_months(scene, found):
        return None
    return forms.months_to(last, months)


def _says_months(scene: Scene, found: Found) -> bool:
    """Months named, or one of the short forms of scorecards: 12m, R12, L12M."""
    return scene.passage.word(found.start()) in {"r", "l"} or scene.says(found, _MONTH_WORDS)


def _year_to_date(scene: Scene, found: Found) -> Period | None:
    """From April, or the first point named, to the last."""
    last = scene.last_day(scene.point(found, "l"))
    first = scene.point(found, "f")
    if last is None:
        return None
    if first is not None:
        return span_of(scene, first, scene.point(found, "l"))
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
    if point.code == "J" and scene.says(found, frozenset({"financial"})):
        return forms.date_of(dt.date(period.last.year, 3, 31), "year_end")
    return forms.date_of(period.last)


def _year_end(scene: Scene, found: Found) -> Period | None:
    """A year end without its year: the latest 31 March; with "next" it lies ahead and is left alone."""
    latest = forms.latest_date(3, 31, scene.reference)
    if latest is None or scene.passage.word(scene.passage.before(found.start())) in {"next", "by"}:
        return None
    return replace(latest, form="year_end") if latest.first is not None else latest


def _same_of_year(scene: Scene, found: Found) -> Period | None:
    """ "13 at 31 March 2013 as opposed to 11 at the same date in 2012": the day spoken of, of another year."""
    point = scene.point(found)
    period = scene.resolve(point) if point is not None else None
    return Period(f"@{period.normal}", "relative") if period is not None and period.form == "year" else None


def _named_year(scene: Scene, found: Found) -> Period | None:
    """`academic year 2014/15` runs from September, any other from April; a bare year keeps its normal form."""
    point, kind = scene.point(found), scene.word(found, "k")
    if point is None or point.period is None or point.period.first is None:
        return None
    if point.code == "F" and kind in {"academic", "school", "ay"}:
        return forms.financial_year(point.period.first.year, academic=True)
    return point.period


def _first_day(point: Point, year: int) -> dt.date | None:
    if point.period is not None:
        return point.period.first
    if point.code == "B":
        return dt.date(year, point.month, 1)
    found = forms.date(year, point.month, point.day)
    return found.first if found is not None else None


def span_of(scene: Scene, first: Point | None, last: Point | None) -> Period | None:
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
    return span_of(scene, scene.point(found, "f"), scene.point(found, "l"))


def _day_range(scene: Scene, found: Found) -> Period | None:
    """`13 to 24 May 2016`: the first day takes month and year of the second."""
    last = scene.resolve(scene.points[found.start("l")])
    day = scene.count(found, "n")
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


# Which rule of the lexicon is read by what.
SPAN_READERS: dict[str, Reader] = {
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
    "same_of_year": _same_of_year,
    "plain_year": _named_year,
    "named_year_short": _named_year,
    "year_named_short": _named_year,
    "year_named": _named_year,
    "from_to": _from_to,
    "since_to": _from_to,
    "between": _from_to,
    "day_range": _day_range,
    "years_range": _years_range,
}
