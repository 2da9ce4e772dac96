"""Step `statements`, tables: the periods in a value's headers, title and headings -> the one period that the value is about.

Headers split a period over two levels ("2022/23" over "Q1"), leave the year to the title ("Apr", "May" ... under "2022/23
performance"), and print a snapshot and a count over a year alike ("2021/22"): the measure decides which of the two it is.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extractors.periods import find_periods
from extractors.table_meaning import Meaning
from extractors.table_steps import period_before
from schemas.records import PeriodMention

_YEAR_IN = re.compile(r"\d{4}|\b\d{2}\b|['’]\d{2}|[A-Za-z]\d{2}\b")
_QUARTER_NUMBER = re.compile(r"(?:\b[qQ]|[qQ]uarter|[qQ]tr)\s?[1-4]\b")
_MORE_THAN_YEAR = dt.timedelta(days=400)  # an average over several years
_HALF_YEAR = dt.timedelta(days=190)
_DAY = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)?\b(?=\s+[A-Za-z])")


@dataclass(frozen=True, slots=True)
class TablePeriod:
    """The period of a value: its normal form, the span that it denotes, and where it was found (header, title, context,
    nowhere)."""

    normal: str
    first: dt.date | None
    last: dt.date | None
    found: str


def choose_period(
    headers: Sequence[Meaning],
    titles: Sequence[Meaning],
    context: Sequence[Meaning],
    reference: dt.date | None,
    measures: str,
) -> TablePeriod | None:
    """The period that the headers give, else the title, else the nearest heading, else `now`; None where several stand
    there and none contains the others, or where a header says "previous" of what is not known.

    headers: the column's and the row's; titles: caption, title rows, sections; context: headings and the sentence before,
    nearest first. measures: stock or flow. A month or quarter without its year takes it from wherever a year stands.
    """
    years = [mention for meaning in headers for mention in meaning.periods if gives_year(mention)]
    years = years or [mention for meaning in (*titles, *context) for mention in meaning.periods if gives_year(mention)]
    rolling = any(meaning.rolling for meaning in (*headers, *titles, *context[:2]))
    levels = (("header", headers), ("title", titles), *(("context", [meaning]) for meaning in context))
    for found, meanings in levels:
        mentions = with_years(_at_year_ends([one for meaning in meanings for one in meaning.periods]), years)
        if mentions is None:
            return None
        if mentions:
            mention = _narrowest(mentions)
            if mention is None:
                return None if found != "context" else _now(reference, headers)
            if measures == "flow":
                mention = _quarter_to(mention, mentions)
            step = next((meaning.steps_back for meaning in headers if meaning.steps_back), None)
            if step is not None:
                before = period_before(mention, step) if found != "header" else None
                return None if before is None else _as_measured(before, measures, rolling, found)
            if found == "header" and measures == "stock":
                mention = _on_day(mention, [day for meaning in titles for day in meaning.periods])
            return _as_measured(mention, measures, rolling, found)
    return _now(reference, headers)


def _now(reference: dt.date | None, headers: Iterable[Meaning]) -> TablePeriod | None:
    if any(meaning.steps_back for meaning in headers):
        return None
    return TablePeriod("now", None, reference, "nowhere")


def gives_year(mention: PeriodMention) -> bool:
    if mention.first is None or mention.last is None or is_bare(mention):
        return False
    return mention.form in ("financial_year", "year", "quarter", "month", "date", "year_end")


def is_bare(mention: PeriodMention) -> bool:
    """Whether the words leave the year open: "Q1", "April", "31 March"."""
    text = _DAY.sub("", _QUARTER_NUMBER.sub("", mention.text))
    return mention.form in ("quarter", "month", "date", "span") and not _YEAR_IN.search(text)


def _at_year_ends(mentions: Sequence[PeriodMention]) -> list[PeriodMention]:
    """The mentions, a "year end" without its year being the end of the one financial year beside it: "Year end" over columns
    of years."""
    years = {one.last: one for one in mentions if one.form == "financial_year" and one.last is not None}
    if len(years) != 1:
        return list(mentions)
    (last,) = years
    return [
        replace(one, normal=last.isoformat(), first=last, last=last)
        if one.form == "year_end" and not any(map(str.isdigit, one.text))
        else one
        for one in mentions
    ]


def with_years(mentions: Sequence[PeriodMention], years: Sequence[PeriodMention]) -> list[PeriodMention] | None:
    """The mentions, bare ones dated within the one year that stands elsewhere. Where no year stands there, or several do
    that hold the latest such quarter or month before the paper's date, it is that one; else None."""
    done = []
    for mention in mentions:
        if not is_bare(mention):
            done.append(mention)
            continue
        spans = {_year_of(year) for year in years}
        if len(spans) != 1:
            if mention.form not in ("quarter", "month") or mention.first is None or mention.last is None:
                return None
            if spans and not any(first <= mention.first and mention.last <= last for first, last in spans):
                return None
            done.append(mention)
            continue
        dated = _within(mention, *spans.pop())
        if dated is None:
            return None
        done.append(dated)
    return done


def _year_of(mention: PeriodMention) -> tuple[dt.date, dt.date]:
    """First and last day of the year that a mention gives: itself, or the financial year that it lies in."""
    first, last = mention.first, mention.last
    assert first is not None
    assert last is not None
    if mention.form in ("financial_year", "year"):
        return first, last
    start = last.year if last.month > 3 else last.year - 1
    return dt.date(start, 4, 1), dt.date(start + 1, 3, 31)


def _within(mention: PeriodMention, first: dt.date, last: dt.date) -> PeriodMention | None:
    for dated in find_periods(mention.text, last):
        if dated.first and dated.last and first <= dated.first and dated.last <= last:
            return dated
    return None


def _on_day(mention: PeriodMention, titles: Sequence[PeriodMention]) -> PeriodMention:
    """ "2009" under "Children looked after at 31 March" is that day of the year."""
    days = [day for day in titles if day.form == "date" and is_bare(day) and day.first]
    if (
        len(days) != 1
        or mention.form not in ("year", "financial_year")
        or mention.first is None
        or mention.last is None
    ):
        return mention
    day = days[0].first
    assert day is not None
    for year in (mention.first.year, mention.last.year):
        dated = dt.date(year, day.month, min(day.day, 28) if day.month == 2 else day.day)
        if mention.first <= dated <= mention.last:
            return replace(mention, normal=dated.isoformat(), first=dated, last=dated, form="date")
    return mention


def _narrowest(mentions: Sequence[PeriodMention]) -> PeriodMention | None:
    """The mention that lies within all others (a quarter within its year, a year said twice); None where they differ."""
    dated = [mention for mention in mentions if mention.first and mention.last]
    if not dated:
        return mentions[0] if len({mention.normal for mention in mentions}) == 1 else None
    best = min(dated, key=lambda mention: (mention.last - mention.first, mention.start))  # type: ignore[operator]
    for other in dated:
        if best.normal != other.normal and not (other.first <= best.first and best.last <= other.last):  # type: ignore[operator]
            return None
    return best


def _quarter_to(mention: PeriodMention, mentions: Sequence[PeriodMention]) -> PeriodMention:
    """The quarter that ends on the day, where headers give both: "Quarter 2 (30 Sept 2022)"."""
    same = [one for one in mentions if one.form == "quarter" and one.last == mention.last]
    return same[0] if mention.form == "date" and same else mention


def _as_measured(mention: PeriodMention, measures: str, rolling: bool, found: str) -> TablePeriod:
    """What the mention denotes for a stock (a count at a date) and for a flow (a count over a period)."""
    first, last = mention.first, mention.last
    if mention.form == "year_end" and measures == "flow" and last is not None:
        start = dt.date(last.year - 1, last.month, last.day) + dt.timedelta(days=1)
        return TablePeriod(f"{last.year - 1}-{last.year % 100:02d}", start, last, found)
    if last is not None and (mention.form == "date" or (rolling and mention.form == "month")):
        if measures == "flow":
            return TablePeriod(f"12m:{last.isoformat()}", _year_before(last), last, found)
        return TablePeriod(last.isoformat(), last, last, found)
    return TablePeriod(mention.normal, first, last, found)


def year_end_ahead(mention: PeriodMention, reference: dt.date | None) -> PeriodMention:
    """The end of the year under way at the reference date, for a "year end" without its year; else the mention."""
    last = mention.last
    if mention.form != "year_end" or last is None or reference is None or last >= reference:
        return mention
    if any(letter.isdigit() for letter in mention.text):
        return mention
    ahead = last.replace(year=last.year + 1)
    return replace(mention, normal=ahead.isoformat(), first=ahead, last=ahead)


def year_of_target(period: TablePeriod) -> TablePeriod:
    """The financial year for which a target is set whose column prints no period, beside figures of a quarter, a month or a
    day of that year: targets are set for years."""
    last = period.last
    if last is None or period.first is None or period.normal == "now":
        return period
    if _HALF_YEAR < last - period.first < _MORE_THAN_YEAR and not period.normal.startswith("12m:"):
        return period
    start = last.year if last.month > 3 else last.year - 1
    year = f"{start}-{(start + 1) % 100:02d}"
    return TablePeriod(year, dt.date(start, 4, 1), dt.date(start + 1, 3, 31), period.found)


def year_to_date(period: TablePeriod) -> TablePeriod:
    """The span from the beginning of the financial year, for a column "Year to date" of a quarter, a month or a day."""
    last = period.last
    if last is None or period.first is None or period.normal == "now":
        return period
    first = dt.date(last.year if last.month > 3 else last.year - 1, 4, 1)
    days = last - period.first
    if period.normal.startswith("12m:"):
        days = dt.timedelta(0)  # a day
    if days > _HALF_YEAR or period.first == first or last.month == 3:
        return period
    return TablePeriod(f"{first.isoformat()}/{last.isoformat()}", first, last, period.found)


def _year_before(last: dt.date) -> dt.date:
    """The first of the twelve months that end on that day."""
    after = last + dt.timedelta(days=1)
    return after.replace(year=after.year - 1, day=min(after.day, 28))
