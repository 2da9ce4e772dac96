"""Step official: the years by which published statistics are labelled -> periods in normal form."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from dataclasses import dataclass

_LABEL = re.compile(
    r"^(?P<first>(?:19|20)\d\d)(?:[-/](?P<last>\d\d(?:\d\d)?)(?:[-/](?P<pooled>\d\d))?)?(?:\s*\((?P<remark>[^)]*)\))?$"
)
_POOLED = re.compile(r"^((?:19|20)\d\d)/\d\d\s*-\s*\d\d/(\d\d)(?:\s*\(([^)]*)\))?$")


@dataclass(frozen=True, slots=True)
class YearLabel:
    """What a label says: the year in which the period ends, how many years it pools (1 for a year), and the words in
    brackets behind it, in small letters ("rev", "prov")."""

    year: int
    years: int = 1
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class OfficialPeriod:
    """A period in normal form, and its last day."""

    normal: str
    end: dt.date


def read_label(text: str) -> YearLabel | None:
    """`2016`, `2024 (Rev)`, `2016/17`, `2015-16`, `2014-16` (three calendar years), `2021/22-23/24`, `202425` -> what it says;
    None for what is no year."""
    text = text.strip()
    if re.fullmatch(r"20\d{4}", text) and int(text[4:]) == (int(text[2:4]) + 1) % 100:
        text = f"{text[:4]}-{text[4:]}"
    if pooled := _POOLED.match(text):
        first, last = int(pooled[1]), _full_year(int(pooled[1]), pooled[2])
        return YearLabel(last, last - first, _remark(pooled[3])) if last > first else None
    found = _LABEL.match(text)
    if not found or found["pooled"]:
        return None
    first = int(found["first"])
    last = _full_year(first, found["last"]) if found["last"] else first
    if last < first:
        return None
    years = (
        1 if last - first <= 1 else last - first + 1
    )  # 2014-16 is three calendar years, 2015-16 one that straddles two
    return YearLabel(last, years, _remark(found["remark"]))


def label_to_period(label: YearLabel, template: str, ends: str) -> OfficialPeriod:
    """A year, and how its measure counts years -> the period.

    template: the normal form with {y} the year, {p} the one before, {yy} its last two figures, {end} the last day; ends: month
    and day on which the period ends. Several years pooled are `2013-16`.
    """
    month, day = (int(part) for part in ends.split("-"))
    end = dt.date(label.year, month, min(day, monthrange(label.year, month)[1]))
    if label.years > 1:
        first = label.year - label.years + (1 if (month, day) == (12, 31) else 0)
        return OfficialPeriod(f"{first:04d}-{label.year % 100:02d}", end)
    year = label.year
    return OfficialPeriod(template.format(y=year, p=year - 1, yy=f"{year % 100:02d}", end=end.isoformat()), end)


def _full_year(first: int, digits: str) -> int:
    if len(digits) == 4:
        return int(digits)
    last = first // 100 * 100 + int(digits)
    return last + 100 if last < first else last


def _remark(text: str | None) -> str | None:
    return text.strip().casefold() if text and text.strip() else None
