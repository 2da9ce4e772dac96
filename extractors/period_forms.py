"""Step "finders": what a period comes to: its normal form (labelling.md) and the first and last day that it denotes."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

FIRST_YEAR, LAST_YEAR = 1990, 2035  # bare numbers outside are no calendar years of these documents


@dataclass(frozen=True, slots=True)
class Period:
    """A period without its place in a text. `first` and `last` are None where the words do not fix them."""

    normal: str
    form: str
    first: dt.date | None = None
    last: dt.date | None = None


def full_year(digits: str) -> int:
    """ "14" -> 2014, "99" -> 1999, "2014" -> 2014."""
    year = int(digits)
    if len(digits) > 2:
        return year
    return 2000 + year if year <= LAST_YEAR % 100 else 1900 + year


def date(year: int, month: int, day: int) -> Period | None:
    """A date; None for the 31st of June and its like."""
    try:
        found = dt.date(year, month, day)
    except ValueError:
        return None
    return Period(found.isoformat(), "date", found, found)


def date_of(day: dt.date, form: str = "date") -> Period:
    """A date that is known to exist."""
    return Period(day.isoformat(), form, day, day)


def month_end(year: int, month: int) -> dt.date:
    """The last day of a month."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def month(year: int, month_number: int) -> Period:
    """A whole month."""
    return Period(
        f"{year:04d}-{month_number:02d}", "month", dt.date(year, month_number, 1), month_end(year, month_number)
    )


def calendar_year(year: int) -> Period:
    """A bare year."""
    return Period(f"{year:04d}", "year", dt.date(year, 1, 1), dt.date(year, 12, 31))


def financial_year(starts: int, academic: bool = False) -> Period:
    """1 April to 31 March; September to August where the words say academic. The normal form is the same."""
    normal = f"{starts:04d}-{(starts + 1) % 100:02d}"
    if academic:
        return Period(normal, "financial_year", dt.date(starts, 9, 1), dt.date(starts + 1, 8, 31))
    return Period(normal, "financial_year", dt.date(starts, 4, 1), dt.date(starts + 1, 3, 31))


def several_years(starts: int, ends: int) -> Period:
    """`2011-14`: from April of the first year to March of the last."""
    return Period(f"{starts:04d}-{ends % 100:02d}", "average", dt.date(starts, 4, 1), dt.date(ends, 3, 31))


def years_between(first: str, second: str) -> Period | None:
    """`2014-15` a year, `2011-14` several; None where the second does not follow within ten years."""
    starts = full_year(first)
    ends = int(second) if len(second) == 4 else starts // 100 * 100 + int(second)
    if ends < starts and len(second) == 2:
        ends += 100
    if ends == starts + 1:
        return financial_year(starts)
    return several_years(starts, ends) if starts < ends <= starts + 10 else None


def quarter(starts: int, number: int, last_number: int | None = None) -> Period:
    """A quarter of the financial year that starts in April of `starts`; with `last_number` a run of its quarters."""
    first = month_shift(dt.date(starts, 4, 1), 3 * (number - 1))
    closing = month_shift(dt.date(starts, 4, 1), 3 * (last_number or number) - 1)
    last = month_end(closing.year, closing.month)
    if last_number not in (None, number):
        return span(first, last)
    return Period(f"{financial_year(starts).normal}Q{number}", "quarter", first, last)


def quarter_of_calendar_year(year: int, number: int, reference: dt.date | None) -> Period:
    """`Q3 2015`: the financial year is taken to start in that year, unless its fourth quarter would then lie ahead of
    the document: that one is the quarter that ends within the year named."""
    started = quarter(year, number)
    if number == 4 and (reference is None or (started.last is not None and started.last > reference)):
        return quarter(year - 1, 4)
    return started


def latest_quarter(number: int, reference: dt.date) -> Period:
    """The latest such quarter that is over by the date of reference."""
    year = reference.year + 1
    found = quarter(year, number)
    while found.last is None or found.last > reference:
        year -= 1
        found = quarter(year, number)
    return found


def month_shift(day: dt.date, months: int) -> dt.date:
    """The first of the month so many months later."""
    index = day.year * 12 + day.month - 1 + months
    return dt.date(index // 12, index % 12 + 1, 1)


def span(first: dt.date, last: dt.date) -> Period:
    """Both ends stated: a financial year, a quarter, a month or a calendar year where it is just that, else a span."""
    if (first.month, first.day, last) == (4, 1, dt.date(first.year + 1, 3, 31)):
        return financial_year(first.year)
    if first.day == 1 and last == month_end(last.year, last.month) and last.year - first.year <= 1:
        months = last.year * 12 + last.month - first.year * 12 - first.month + 1
        if months == 1:
            return month(first.year, first.month)
        if months == 3 and first.month % 3 == 1:
            starts = first.year if first.month >= 4 else first.year - 1
            return quarter(starts, (first.month - 4) % 12 // 3 + 1)
        if months == 12 and first.month == 1:
            return calendar_year(first.year)
    return Period(f"{first.isoformat()}/{last.isoformat()}", "span", first, last)


def months_to(last: dt.date, months: int, rolling: bool = True) -> Period:
    """So many months up to a day; `12m:` for twelve, which a plain "year to 31 March" turns into the financial year."""
    ends_month = last == month_end(last.year, last.month)
    first = month_shift(last, 1 - months) if ends_month else _same_day(month_shift(last, -months), last.day)
    if months != 12:
        return span(first, last)
    if not rolling and (last.month, last.day) == (3, 31):
        return financial_year(last.year - 1)
    return Period(f"12m:{last.isoformat()}", "rolling", first, last)


def _same_day(first_of_month: dt.date, day: int) -> dt.date:
    """The day after that day of the month: where a span that ends on the same day of a later month begins."""
    end = month_end(first_of_month.year, first_of_month.month)
    return first_of_month.replace(day=min(day, end.day)) + dt.timedelta(days=1)


def latest_date(month_number: int, day: int, reference: dt.date | None) -> Period | None:
    """A date without its year: the latest one not after the reference, else `--03-31`."""
    if not 1 <= day <= calendar.monthrange(2000, month_number)[1]:
        return None
    if reference is None:
        return Period(f"--{month_number:02d}-{day:02d}", "relative")
    for year in range(reference.year, reference.year - 5, -1):
        found = date(year, month_number, day)
        if found is not None and found.last is not None and found.last <= reference:
            return found
    return None


def latest_month(month_number: int, reference: dt.date | None) -> Period:
    """A month without its year: the latest that has begun by the reference, else `--11`."""
    if reference is None:
        return Period(f"--{month_number:02d}", "relative")
    return month(reference.year if month_number <= reference.month else reference.year - 1, month_number)
