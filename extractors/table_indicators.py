"""Step `statements`, tables: the concepts, units and printed shape of a value -> the one indicator that it can be.

Headers name a measure in shorthand, so the unit is often to be inferred: from the sign printed in the cells of the same
measure, from decimals, from the range that the catalogue gives. What stays open is not decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.indicators import indicator_named, indicators_for
from extractors.table_cohorts import takes_part
from extractors.table_words import table_words
from schemas.records import Indicator, Number

_PRINTED: dict[str, tuple[str | None, ...]] = {
    "percent": ("percent",),
    "per_10000": ("per_10000",),
    "days": ("days",),
    "weeks": ("weeks",),
    "count": (None,),
    "rate": ("percent", "per_10000"),
}
_ALL: tuple[str | None, ...] = ("percent", "per_10000", "days", "weeks", None)


@dataclass(frozen=True, slots=True)
class Shape:
    """How the values of one measure are printed: with a percent sign anywhere, with decimals anywhere."""

    percent: bool
    decimals: bool
    lasting: bool = True  # whether the headers speak of time


def choose_indicator(
    concepts: Iterable[str], value: float, printed: str | None, units: frozenset[str], shape: Shape
) -> tuple[Indicator | None, bool]:
    """The indicator and False; None and True where several fit; None and False where none does.

    printed: the unit in the cell itself; units: those that the nearest header allows; shape: of the measure's cells.
    """
    named = tuple(concepts)
    if printed is not None:
        fits = _fitting(named, (printed,), value)
    elif units - {"count"}:
        asked = [unit for name in sorted(units - {"count"}) for unit in _PRINTED[name]]
        fits = _fitting(named, asked, value)
        if "count" in units and not shape.percent:
            fits = fits if shape.decimals else [*fits, *_fitting(named, (None,), value)]
    elif "count" in units:
        fits = [] if value % 1 else _fitting(named, (None,), value)
    else:
        fits = _inferred(named, value, shape)
    ids = {indicator.indicator for indicator in fits}
    return (fits[0], False) if len(ids) == 1 else (None, len(ids) > 1)


def first_fit(
    tries: Sequence[tuple[str, frozenset[str]]],
    said: frozenset[str],
    number: Number,
    units: frozenset[str],
    shape: Shape,
) -> tuple[Indicator | None, str]:
    """The indicator that the first of several sets of concepts names, and by which headers; None and the disposition."""
    open_question = False
    for how, concepts in tries:
        if not concepts:
            continue
        if number.value is None:
            indicator, several = any_indicator(concepts), False
        else:
            indicator, several = choose_indicator(concepts, number.value, number.unit, units, shape)
        if indicator is not None and (how != "context" or takes_part(said, indicator)):
            return indicator, how
        open_question = open_question or several
    return None, "ambiguous" if open_question else "no_indicator"


def any_indicator(concepts: Iterable[str]) -> Indicator | None:
    """An indicator of the concepts in whatever unit: what a withheld value would have been."""
    named = tuple(concepts)
    names = [name for unit in _ALL for name in indicators_for(named, unit)]
    return indicator_named(names[0]) if names else None


def _fitting(concepts: tuple[str, ...], units: Iterable[str | None], value: float) -> list[Indicator]:
    """The catalogue's entries for the concepts in any of the units; of several those whose plausible range holds the value."""
    asked = tuple(units)
    found = [indicator_named(name) for unit in asked for name in indicators_for(concepts, unit)]
    if not found and "percent" in asked:
        either = table_words().either
        found = [indicator_named(name) for concept in concepts for name in either.get(concept, ())]
    found = [indicator for indicator in found if indicator.unit != "percent" or 0 <= value <= 100]
    if len({indicator.indicator for indicator in found}) > 1:
        found = [indicator for indicator in found if _plausible(indicator, value)]
    return found


def _plausible(indicator: Indicator, value: float) -> bool:
    low, high = indicator.minimum, indicator.maximum
    return (low is None or value >= low) and (high is None or value <= high)


def _inferred(concepts: tuple[str, ...], value: float, shape: Shape) -> list[Indicator]:
    """No unit is printed in the cell or its headers: a percent sign in the measure's other cells says it, else what the
    values look like. A bare whole number is a count, never a percentage or a rate."""
    if shape.percent:
        return _fitting(concepts, ("percent",), value)
    fits = _fitting(concepts, (None,), value)
    if shape.decimals:
        fits = [indicator for indicator in fits if indicator.unit != "count"]
        return fits or _fitting(concepts, ("percent",), value) or _long_enough(concepts, value, shape)
    return fits or _long_enough(concepts, value, shape)


def _long_enough(concepts: tuple[str, ...], value: float, shape: Shape) -> list[Indicator]:
    """Averages in days or weeks, where the header speaks of time and the number is long enough to be one ("Placed for
    adoption: 21" counts children)."""
    if not shape.lasting:
        return []
    return [indicator for indicator in _fitting(concepts, ("days", "weeks"), value) if _plausible(indicator, value)]
