"""Step answer: values and periods -> the words in which a British reader expects them."""

from __future__ import annotations

import datetime as dt

APPROXIMATIONS = {"exact": "", "about": "about ", "over": "over ", "under": "under "}
UNIT_ENDINGS = {"percent": "%", "percentage_points": " points", "days": " days", "weeks": " weeks", "months": " months"}
UNIT_WORDS = {"per_10000": "per 10,000", "percent": "%", "percentage_points": "percentage points"}


def number_words(value: float) -> str:
    """657.9 -> `657.9`, 1380.0 -> `1,380`, 3.0 -> `3`, -21.0 -> `-21`."""
    text = f"{value:,.6f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def value_words(value: float | None, unit: str, approximation: str = "exact", kind: str = "actual") -> str:
    """A value with its unit: `85%`, `1,380`, `about 40%`, `45 days`; a change with its sign: `+9%`; nothing for None."""
    if value is None:
        return ""
    sign = "+" if kind == "change" and value > 0 else ""
    return f"{APPROXIMATIONS.get(approximation, '')}{sign}{number_words(value)}{UNIT_ENDINGS.get(unit, '')}"


def date_words(day: dt.date | None, short: bool = False) -> str:
    """2016-03-31 -> `31 March 2016`, or `31 Mar 2016`."""
    if day is None:
        return ""
    return f"{day.day} {day:%b %Y}" if short else f"{day.day} {day:%B %Y}"


def period_words(period: str, form: str, start: dt.date | None, end: dt.date | None, short: bool = False) -> str:
    """A period's normal form -> words: `31 March 2016`, `March 2016`, `Q3 2014-15`, `year to 31 March 2023`.

    `form` is the view's `period_form`; `now` says by which date the document speaks.
    """
    if form == "date" and start:
        return date_words(start, short)
    if form == "month" and start:
        return f"{start:%b %Y}" if short else f"{start:%B %Y}"
    if form == "quarter":
        return f"Q{period[-1]} {period[:-2]}"
    if form == "rolling":
        months = period.partition("m:")[0]
        if months == "12":
            return f"year to {date_words(end, short)}"
        return f"{months}m to {date_words(end, short)}" if short else f"{months} months to {date_words(end)}"
    if form == "span" and start and end:
        return f"{date_words(start, short)} to {date_words(end, short)}"
    if form == "several_years":
        return f"{period} average"
    if form == "now":
        return f"now ({date_words(end, short)})" if end else "now"
    return period
