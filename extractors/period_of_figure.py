"""Step statements: the period that a passage gives, as the period of a figure of one indicator.

A stock (children looked after) stands at a date; a flow (referrals) runs over a span. "At the end of March 2023" is the date
for the one and, where the passage speaks of rolling twelve months, the twelve months up to it for the other.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from extractors.period_forms import month_end, month_shift, quarter
from schemas.records import PeriodMention

NOW = "now"


@dataclass(frozen=True, slots=True)
class FigurePeriod:
    """Normal form and span of a figure's period."""

    normal: str
    first: dt.date | None
    last: dt.date | None


def period_of_figure(
    mention: PeriodMention | None,
    measures: str,
    rolling: bool,
    note: PeriodMention | None,
    base: PeriodMention | None,
    reference: dt.date | None,
) -> FigurePeriod:
    """A passage's period -> that of a figure. `note` is the page's own ("Data as at 30/03/2023"), which dates what is said of
    now; `base` is the period that a relative one ("the previous year") counts from."""
    if mention is not None and mention.form == "relative":
        said = mention.normal
        mention = shift(base, mention.normal) or (
            shift(note, mention.normal) if base is None or base.normal == NOW else None
        )
        if mention is None:
            return _year_said(said) or FigurePeriod(NOW, None, reference)
    if mention is None or mention.form == "now" or mention.normal == NOW:
        if note is not None:
            return FigurePeriod(note.normal, note.first, note.last)
        return FigurePeriod(NOW, None, reference)
    if measures == "flow" and mention.form in ("date", "year_end") and mention.last is not None:
        if rolling:
            return FigurePeriod(f"12m:{mention.last.isoformat()}", _year_up_to(mention.last), mention.last)
        if mention.form == "year_end":
            year = mention.last.year
            return FigurePeriod(f"{year - 1}-{year % 100:02d}", dt.date(year - 1, 4, 1), mention.last)
    return FigurePeriod(mention.normal, mention.first, mention.last)


def _year_said(step: str) -> FigurePeriod | None:
    """ "At the same date in 2012", where nothing says which: some time of that year."""
    same = _SAME_OF.match(step)
    if same is None:
        return None
    year = int(same[1])
    return FigurePeriod(same[1], dt.date(year, 1, 1), dt.date(year, 12, 31))


def _year_up_to(last: dt.date) -> dt.date:
    """The first day of the twelve months that end on a day."""
    following = last + dt.timedelta(days=1)
    return dt.date(
        following.year - 1, following.month, following.day if (following.month, following.day) != (2, 29) else 28
    )


_STEP = re.compile(r"-(\d+)([yqm])$")
_SAME_OF = re.compile(r"@(\d{4})$")
_MONTHS = {"y": 12, "q": 3, "m": 1}


def shift(base: PeriodMention | None, step: str) -> PeriodMention | None:
    """So many years, quarters or months before a period; None where that cannot be told. A whole year has no quarter
    before it, and a span of several months none of its own length."""
    found, same = _STEP.match(step), _SAME_OF.match(step)
    if (found is None and same is None) or base is None or base.first is None or base.last is None:
        return None
    if found is not None:
        months = int(found[1]) * _MONTHS[found[2]]
    elif same is not None:
        months = 12 * (base.last.year - int(same[1]))
    if months % 12 and base.form not in ("date", "year_end", "month", "quarter", "rolling"):
        return None
    if base.form == "quarter" and months % 3:
        return None
    first, last = _months_before(base.first, months), _months_before(base.last, months)
    normal = None if first is None or last is None else _same_form(base, first, last)
    if normal is None:
        return None
    return PeriodMention(base.start, base.end, base.text, normal, first, last, base.form, base.preposition)


def _months_before(day: dt.date, months: int) -> dt.date | None:
    """The same day so many months earlier; the last of a month stays the last. None where that month has no such day."""
    month = month_shift(day, -months)
    last = month_end(month.year, month.month)
    if day.day == month_end(day.year, day.month).day:
        return last
    return None if day.day > last.day else month.replace(day=day.day)


def _same_form(base: PeriodMention, first: dt.date, last: dt.date) -> str | None:
    if base.form in ("date", "year_end"):
        return last.isoformat()
    if base.form == "financial_year":
        return f"{first.year}-{last.year % 100:02d}"
    if base.form == "year":
        return str(first.year)
    if base.form == "month":
        return f"{first.year}-{first.month:02d}"
    if base.form == "rolling":
        return f"12m:{last.isoformat()}"
    if base.form == "quarter":
        starts, number = divmod(last.year * 4 + last.month // 3 - 2, 4)
        return quarter(starts, number + 1).normal
    return None
