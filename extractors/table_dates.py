"""Step `statements`, tables: which headers and titles date a value, where its own do not or do so only beside others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace

from extractors.table_meaning import Meaning
from extractors.table_periods import year_end_ahead
from extractors.table_sense import Sense
from schemas.records import PeriodMention

PeriodsBeside = Callable[[], Sequence[PeriodMention]]


def dating_headers(
    sense: Sense, area_kind: str, beside: PeriodsBeside, reference: dt.date | None, noted: PeriodMention | None = None
) -> tuple[Meaning, ...]:
    """The headers that date a value: what its cell prints, else its own headers. A comparator's or target's column
    without a period, beside columns of years, goes with the latest of them; "Rolling 12 months" beside months are those
    up to the latest.

    beside: gives the periods that head the values of the row; noted: the period that a note gives comparators.
    """
    if sense.dated:
        return (Meaning("", periods=(sense.dated,)),)
    if sense.column.rolling and all(mention.normal == "now" for mention in sense.column.periods):
        latest = _latest(beside())
        if latest is not None and latest.form == "month":
            return (Meaning("", periods=(latest,), rolling=True),)
    if prints_period(sense):
        if sense.kind == "target":
            return tuple(_looking_ahead(meaning, reference) for meaning in (sense.column, sense.row))
        return sense.column, sense.row
    others = area_kind in ("neighbours", "region", "country")
    if others and noted is not None and sense.kind != "target" and not sense.column.steps_back:
        return (Meaning("", periods=(noted,)),)
    if (others or sense.kind == "target") and not sense.column.steps_back:
        latest = _latest(beside())
        if latest is not None:
            return (Meaning("", periods=(latest,)),)
    return sense.column, sense.row


def prints_period(sense: Sense) -> bool:
    """Whether the value's own headers date it; "rolling year" alone does not."""
    return any(mention.normal != "now" for mention in (*sense.column.periods, *sense.row.periods))


def dating_titles(sense: Sense, beside: PeriodsBeside) -> tuple[Meaning, ...]:
    """The titles that date a value; "Previous" beside one column of "Current (March 2023)" counts back from that."""
    periods = beside() if sense.column.steps_back else []
    if len({mention.normal for mention in periods}) == 1:
        return (Meaning("", periods=(periods[0],)),)
    return sense.titles


def _latest(periods: Sequence[PeriodMention]) -> PeriodMention | None:
    return max(periods, key=lambda mention: mention.last or dt.date.min, default=None)


def _looking_ahead(meaning: Meaning, reference: dt.date | None) -> Meaning:
    """ "Year-end target" is for the end of the year under way, where "year end" elsewhere is the last one."""
    return replace(meaning, periods=tuple(year_end_ahead(mention, reference) for mention in meaning.periods))
