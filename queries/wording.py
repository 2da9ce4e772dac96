"""Step answer: values and periods -> the words in which a British reader expects them."""

from __future__ import annotations

import datetime as dt
import re

PRINTED_DECIMALS = re.compile(r"\d\.(\d{1,3})(?!\d)")
APPROXIMATIONS = {"exact": "", "about": "about ", "over": "over ", "under": "under "}
UNIT_ENDINGS = {"percent": "%", "percentage_points": " points", "days": " days", "weeks": " weeks", "months": " months"}
UNIT_WORDS = {"count": "number", "per_10000": "per 10,000", "percent": "%", "percentage_points": "percentage points"}


def unit_words(unit: str) -> str:
    """A unit as a word, where it stands alone: `per cent`, `per 10,000`, `number`, `days`."""
    return "per cent" if unit == "percent" else UNIT_WORDS.get(unit, unit)


def number_words(value: float, printed: str = "") -> str:
    """657.9 -> `657.9`, 1380.0 -> `1,380`, 3.0 -> `3`, -21.0 -> `-21`; 14.0 printed as `14.0` keeps its nought."""
    text = f"{value:,.6f}".rstrip("0").rstrip(".")
    decimals = len(found[1]) if (found := PRINTED_DECIMALS.search(printed)) else 0
    if decimals > len(text.partition(".")[2]):
        text = f"{value:,.{decimals}f}"
    return "0" if text == "-0" else text


def value_words(
    value: float | None, unit: str, approximation: str = "exact", kind: str = "actual", printed: str = ""
) -> str:
    """A value with its unit: `85%`, `1,380`, `about 40%`, `45 days`; a change with its sign: `+9%`; nothing for None.

    `printed` are the characters of the document, whose decimals are kept.
    """
    if value is None:
        return ""
    sign = "+" if kind == "change" and value > 0 else ""
    ending = UNIT_ENDINGS.get(unit, "")
    if abs(value) == 1 and ending.endswith("s"):
        ending = ending[:-1]
    return f"{APPROXIMATIONS.get(approximation, '')}{sign}{number_words(value, printed)}{ending}"


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
        return f"now, {date_words(end, short)}" if end else "now"
    return period
