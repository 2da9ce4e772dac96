"""Step `statements`, tables: which headers and titles date a value, where its own do not or do so only beside others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.table_meaning import Meaning
from extractors.table_periods import gives_year, is_bare, with_years, year_end_ahead
from extractors.table_sense import Sense
from extractors.table_words import plain_header, table_words
from schemas.records import PeriodMention

_PARTS_OF_YEAR = {"quarter": 4, "month": 12}
_FEWEST_ROWS = 2
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


def whole_year(sense: Sense, beside: PeriodsBeside, over: Sequence[Meaning]) -> PeriodMention | None:
    """The year of a column "Year" or "Total" beside all quarters, or all months, of one financial year; None where they leave
    their year to what stands over the table."""
    if prints_period(sense) or plain_header(sense.column.text) not in table_words().whole_year:
        return None
    parts = {mention.normal: mention for mention in beside() if mention.form in ("quarter", "month")}
    if any(meaning.periods for meaning in over) and any(map(is_bare, parts.values())):
        return None
    forms = {mention.form for mention in parts.values()}
    firsts = [mention.first for mention in parts.values() if mention.first]
    if len(forms) != 1 or len(firsts) != _PARTS_OF_YEAR[forms.pop()]:
        return None
    start, last = min(firsts), max(mention.last for mention in parts.values() if mention.last)
    if (start.month, start.day, last.month, last.year) != (4, 1, 3, start.year + 1):
        return None
    any_part = next(iter(parts.values()))
    normal = f"{start.year}-{last.year % 100:02d}"
    return replace(any_part, normal=normal, first=start, last=last, form="financial_year", text=normal)


def span_to_date(sense: Sense, beside: PeriodsBeside, over: Sequence[Meaning]) -> PeriodMention | None:
    """The span of a column "Year to date" beside the months or quarters of a year from its beginning.

    over: what stands over the table, which may name the year of the months.
    """
    parts = [mention for mention in beside() if mention.form in ("quarter", "month")]
    dated = with_years(parts, [one for meaning in over for one in meaning.periods if gives_year(one)])
    span = span_of_rows(dated) if dated else None
    return (
        span if span is not None and span.first is not None and (span.first.month, span.first.day) == (4, 1) else None
    )


def span_of_rows(rows: Sequence[PeriodMention]) -> PeriodMention | None:
    """The span from the first to the last of months or quarters that follow one another, as rows over a total do; None where
    they leave one out. rows: their periods."""
    parts = sorted({(one.first, one.last): one for one in rows if one.first and one.last}.items())
    if len(parts) < _FEWEST_ROWS or {one.form for _, one in parts} not in ({"month"}, {"quarter"}):
        return None
    for ((_, before), _), ((after, _), _) in pairwise(parts):
        if before is None or after is None or after - before != dt.timedelta(days=1):
            return None
    first, last = parts[0][1].first, parts[-1][1].last
    assert first is not None
    assert last is not None
    normal, form = f"{first.isoformat()}/{last.isoformat()}", "span"
    if (first.month, first.day, last) == (4, 1, dt.date(first.year + 1, 3, 31)):
        normal, form = f"{first.year}-{last.year % 100:02d}", "financial_year"
    return replace(parts[0][1], normal=normal, first=first, last=last, form=form, text=normal)


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
