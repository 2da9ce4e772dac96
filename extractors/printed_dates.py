"""Whose and when: the dates and spans of dates that title pages, letterheads and file names print.

Only full dates, spans of them and bare months: what a document says about itself. The periods that figures are about
are `extractors.periods`.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH = r"(?:" + "|".join(f"{m[:3]}(?:{m[3:]})?" if len(m) > 3 else m for m in _MONTHS) + r"|sept)\b\.?"
_DAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(?:the\s+)?(\d{1,2})\s?(?:st|nd|rd|th)?"
_YEAR = r"((?:19|20)\d\d)\b"
_SEP = r"[\s,]*"
_SPAN = re.compile(
    rf"\b{_DAY}(?:{_SEP}(?:of\s+)?({_MONTH}))?(?:{_SEP}{_YEAR})?\s*(?:-|–|—|−|to|until|and)\s*{_DAY}{_SEP}(?:of\s+)?({_MONTH}){_SEP}{_YEAR}",
    re.IGNORECASE,
)
_DATE = re.compile(rf"(?<!\d){_DAY}[\s,_-]*(?:of\s+)?({_MONTH})[\s,_-]*{_YEAR}", re.IGNORECASE)
_AMERICAN = re.compile(rf"\b({_MONTH})\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}", re.IGNORECASE)
_SLASHED = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)?\d\d)(?![\d/])")
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
_MONTH_YEAR = re.compile(rf"(?<![a-z])(?<!\d\s)({_MONTH})(?:[\s,_-]*{_YEAR}|[-'’](\d\d)\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date, span or month as printed; `first` and `last` are equal for a date. `form`: date, span or month."""

    start: int
    end: int
    first: dt.date
    last: dt.date
    form: str


def _month(name: str) -> int:
    return next(i for i, month in enumerate(_MONTHS, start=1) if month.startswith(name.lower()[:3]))


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _from_span(m: re.Match[str]) -> PrintedDate | None:
    """ "28 March to 1 April 2022": what the first end leaves out, the second says."""
    last = _day(int(m[6]), _month(m[5]), int(m[4]))
    first = _day(int(m[3] or m[6]), _month(m[2] or m[5]), int(m[1]))
    if first and last and first > last and not m[3]:  # "14 December to 8 January 2016"
        first = _day(int(m[6]) - 1, first.month, first.day)
    return PrintedDate(m.start(), m.end(), first, last, "span") if first and last and first <= last else None


def _from_date(m: re.Match[str], year: str, month: int, day: str) -> PrintedDate | None:
    number = int(year) + (2000 if len(year) == 2 else 0)
    date = _day(number, month, int(day)) if 1 <= month <= 12 else None
    return PrintedDate(m.start(), m.end(), date, date, "date") if date else None


def month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _from_month(m: re.Match[str]) -> PrintedDate:
    year, month = int(m[2] or 2000 + int(m[3])), _month(m[1])
    return PrintedDate(m.start(), m.end(), dt.date(year, month, 1), month_end(year, month), "month")


def find_printed_dates(text: str) -> tuple[PrintedDate, ...]:
    """Dates, spans and bare months in order of place, never overlapping, the longest reading first."""
    found: list[PrintedDate] = []
    taken: list[tuple[int, int]] = []

    def keep(date: PrintedDate | None) -> None:
        if date and not any(s < date.end and date.start < e for s, e in taken):
            found.append(date)
            taken.append((date.start, date.end))

    for m in _SPAN.finditer(text):
        keep(_from_span(m))
    for m in _DATE.finditer(text):
        keep(_from_date(m, m[3], _month(m[2]), m[1]))
    for m in _AMERICAN.finditer(text):
        keep(_from_date(m, m[3], _month(m[1]), m[2]))
    for m in _ISO.finditer(text):
        keep(_from_date(m, m[1], int(m[3]), m[4]))
    for m in _SLASHED.finditer(text):
        keep(_from_date(m, m[4], int(m[3]), m[1]))
    for m in _MONTH_YEAR.finditer(text):
        keep(_from_month(m))
    return tuple(sorted(found, key=lambda date: date.start))
