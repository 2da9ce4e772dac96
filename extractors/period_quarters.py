"""Step "finders", periods: quarters and other parts of a year, named by number, by ordinal or by their months."""

from __future__ import annotations

import datetime as dt

from extractors import period_forms as forms
from extractors.period_forms import Period
from extractors.period_points import Point
from extractors.period_scene import Found, Reader, Scene
from extractors.period_spans import span_of
from extractors.period_words import ORDINALS, PLACED_RULES

_HALF = next(rule.pattern for rule in PLACED_RULES if rule.name == "half_of")


def _quarter(scene: Scene, point: Point, number: int) -> Period | None:
    if not 1 <= number <= 4 or point.period is None or point.period.first is None:
        return None
    if point.code == "F":
        return forms.quarter(point.period.first.year, number)
    return forms.quarter_of_calendar_year(point.period.first.year, number, scene.reference)


def _quarter_number(scene: Scene, found: Found) -> int:
    ordinal = scene.word(found, "o")
    return ORDINALS.get(ordinal, 0) if ordinal is not None else scene.count(found, "n")


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
    return span_of(scene, scene.point(found, "f"), scene.point(found, "l"))


def _quarter_run(scene: Scene, found: Found) -> Period | None:
    point = scene.point(found)
    first, last = scene.count(found, "n"), scene.count(found, "o")
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
        if number not in (1, 2) or not scene.says(found, frozenset({"half", "h"})):
            return None
        return _months_from(forms.month_shift(starts, 6 * (number - 1)), 6)
    return _months_from(starts, number if scene.says(found, frozenset({"months"})) else 3 * number) if number else None


def _months_from(first: dt.date, months: int) -> Period | None:
    last = forms.month_shift(first, months - 1)
    return forms.span(first, forms.month_end(last.year, last.month)) if 1 <= months <= 12 else None


def _quarter_to(scene: Scene, found: Found) -> Period | None:
    last = scene.last_day(scene.point(found))
    return forms.months_to(last, 3) if last is not None else None


# Which rule of the lexicon is read by what.
QUARTER_READERS: dict[str, Reader] = {
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
}
