"""Step "finders", periods, first round: what is printed as one date, month or year -> points, each with its code.

A point without its year (`N` a day of a month, `B` a month) keeps day and month until the second round or the
reference date gives it one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from extractors import period_forms as forms
from extractors.grammar import Passage, RuleTable, any_of
from extractors.period_context import counts_follow, is_calendar_year, is_pair_of_years, is_title
from extractors.period_forms import Period
from extractors.period_words import DOUBTFUL_MONTHS, MONTHS, POINT_RULES


@dataclass(frozen=True, slots=True)
class Point:
    """One date, month or year as printed: the parts it covers (`end` excluded), its code, and what it comes to."""

    code: str  # D date, N day of a month, M month, B bare month, J year, F financial year, G several years
    start: int
    end: int
    period: Period | None = None  # None for N and B
    month: int = 0
    day: int = 0


_NAME_LINKS = frozenset({"and", "with", "of", "to", "by", "for", "from", "than"})
Found = re.Match[str]


def _text(passage: Passage, found: Found, name: str) -> str:
    return passage.parts[found.start(name)]


def _has(found: Found, name: str) -> bool:
    return name in found.re.groupindex and found.start(name) >= 0


def _year(passage: Passage, found: Found) -> int:
    return forms.full_year(_text(passage, found, "y" if _has(found, "y") else "z"))


def _point(code: str, found: Found, period: Period | None) -> Point | None:
    return None if period is None else Point(code, found.start(), found.end(), period)


def _stands_free(passage: Passage, found: Found) -> bool:
    """Not a piece of a longer number such as 12/03/2016/7 or £31."""
    start, end = found.start(), found.end()
    glued = passage.codes[start - 1] if start else " "
    if glued == "-" and start > 1 and passage.codes[start - 2] in "YS":
        glued = " "  # 01.04.2022-31.03.2023
    following = passage.codes[end : end + 2]
    return glued not in "/£$#.-+" and not (following[:1] in {"/", "-"} and following[1:] in set("abcenYZ"))


def _numeric_date(passage: Passage, found: Found) -> Point | None:
    """Day first, as printed in England; a month first only where the day cannot be a month."""
    if not _stands_free(passage, found):
        return None
    year, month, day = _year(passage, found), int(_text(passage, found, "mo")), int(_text(passage, found, "d"))
    return _point("D", found, forms.date(year, month, day))


def _dotted_date(passage: Passage, found: Found) -> Point | None:
    day, month, year = _text(passage, found, "s").split(".")
    if len(year) not in (2, 4) or len(day) > 2 or len(month) > 2 or not _stands_free(passage, found):
        return None
    return _point("D", found, forms.date(forms.full_year(year), int(month), int(day)))


def _month(passage: Passage, found: Found) -> int:
    return MONTHS[_text(passage, found, "mo").lower()]


def _worded_date(passage: Passage, found: Found) -> Point | None:
    start = found.start()
    if start > 0 and passage.codes[start] != "l" and passage.parts[start - 1] in {"R", "L"}:
        return None  # "R12 Dec 22": rolling twelve months
    day = int(_text(passage, found, "d"))
    return _point("D", found, forms.date(_year(passage, found), _month(passage, found), day))


def _short_date(passage: Passage, found: Found) -> Point | None:
    if passage.codes[found.start("mo")] == "l" and not _joined(passage, found):
        return None
    if _counts_something(passage, found):
        return None
    return _worded_date(passage, found)


def _joined(passage: Passage, found: Found) -> bool:
    """Month and short year joined by a dash, a stroke or an apostrophe."""
    return any(code in "-/'" for code in passage.codes[found.start("mo") + 1 : found.start("z")])


def _counts_something(passage: Passage, found: Found) -> bool:
    """The two figures after a month are a count or a share ("in March 16 children", "in May 22%")."""
    end = found.start("z") + 1
    opened = passage.word(passage.before(found.start("mo"))) == "("
    if passage.codes[end : end + 2] == ": " and (opened or _joined(passage, found)):
        return False  # "Aug-24: 171" under the figure of a tile, "(Dec 22: 25.2%)"
    if passage.codes[end : end + 1] in {"%", ":", "/"} or (
        len(passage.codes) > end + 1 and passage.codes[end] in "-," and passage.codes[end + 1] in "abcenYZ"
    ):
        return True
    following = passage.after(end)
    if passage.codes[following : following + 1] in {"m", "l"} and passage.codes[found.start()] in "abc":
        return True  # "19 November-11 December 2013" is a span
    return not _joined(passage, found) and counts_follow(passage, end)


def _month_of_year(passage: Passage, found: Found) -> Point | None:
    return _point("M", found, forms.month(_year(passage, found), _month(passage, found)))


def _short_month(passage: Passage, found: Found) -> Point | None:
    """`Mar-16`, `March 23`: a year, since England puts the day first; after "on" it is a day all the same."""
    joined = _joined(passage, found)
    if not joined and (passage.codes[found.start("mo")] == "l" or passage.word(passage.before(found.start())) == "on"):
        return None
    between = passage.codes[found.start("mo") + 1 : found.start("z")]
    if " - " in between or ("/" in between and not joined) or _counts_something(passage, found):
        return None
    if _text(passage, found, "mo").lower() == "may" and passage.codes[found.start("mo")] == "l":
        return None
    return _month_of_year(passage, found)


def _numbered_month(passage: Passage, found: Found) -> Point | None:
    number = int(_text(passage, found, "mo"))
    if not 1 <= number <= 12 or not _stands_free(passage, found):
        return None
    return _point("M", found, forms.month(_year(passage, found), number))


def _day_of_month(passage: Passage, found: Found) -> Point | None:
    if found.start() > 0 and passage.parts[found.start() - 1] in {"R", "L"}:
        return None
    return Point("N", found.start(), found.end(), None, _month(passage, found), int(_text(passage, found, "d")))


def _bare_month(passage: Passage, found: Found) -> Point | None:
    return Point("B", found.start(), found.end(), None, _month(passage, found))


def _year_pair(passage: Passage, found: Found) -> Point | None:
    second = _text(passage, found, "ye" if _has(found, "ye") else "ze")
    if not _stands_free(passage, found):
        return None
    period = forms.years_between(_text(passage, found, "y"), second)
    if period is None or (period.first is not None and period.first.year < forms.FIRST_YEAR - 20):
        return None
    spaced = " " in passage.codes[found.start() : found.end() - 1]
    if spaced and len(second) == 2 and counts_follow(passage, found.end()):
        return None
    return _point("F" if period.form == "financial_year" else "G", found, period)


def _year_and_digit(passage: Passage, found: Found) -> Point | None:
    """`2013/4`: the year that follows, by its last figure."""
    year, last = _year(passage, found), _text(passage, found, "ze")
    if (year + 1) % 10 != int(last) or not _stands_free(passage, found):
        return None
    return _point("F", found, forms.financial_year(year))


def _short_pair(passage: Passage, found: Found) -> Point | None:
    first, second = _text(passage, found, "z"), _text(passage, found, "ze")
    if (int(first) + 1) % 100 != int(second) or not _stands_free(passage, found):
        return None
    dashed = "-" in passage.codes[found.start() : found.end()]
    if not is_pair_of_years(passage, found.start(), found.end(), dashed):
        return None
    return _point("F", found, forms.financial_year(forms.full_year(first)))


def _short_years(passage: Passage, found: Found) -> Point | None:
    """`FY22` is the year that ends in March 2022."""
    return _point("F", found, forms.financial_year(_year(passage, found) - 1))


def _calendar_year(passage: Passage, found: Found) -> Point | None:
    start, end = found.start(), found.end()
    if passage.codes[start] == "Z" and not is_title(passage, start, end):
        return None
    if not is_calendar_year(passage, start):
        return None
    return _point("J", found, forms.calendar_year(_year(passage, found)))


_BUILDERS: dict[str, Callable[[Passage, Found], Point | None]] = {
    "iso": _numeric_date,
    "slashed": _numeric_date,
    "dashed": _numeric_date,
    "dotted": _dotted_date,
    "date": _worded_date,
    "short_date": _short_date,
    "month_first": _worded_date,
    "day_after": _day_of_month,
    "month_of_year": _month_of_year,
    "short_month": _short_month,
    "day_of_month": _day_of_month,
    "bare_month": _bare_month,
    "numbered_month": _numbered_month,
    "year_pair": _year_pair,
    "year_digit": _year_and_digit,
    "short_pair": _short_pair,
    "short_pair_dash": _short_pair,
    "short_years": _short_years,
    "year": _calendar_year,
}
_RULES = RuleTable(POINT_RULES)
_STARTERS = any_of(_RULES.starters)


def find_points(passage: Passage) -> list[Point]:
    """The points in a passage, in order, without overlap; of the rules that fit at a place the first in the lexicon."""
    points: list[Point] = []
    codes = passage.codes
    held = _RULES.held(codes)
    at = 0
    while (starter := _STARTERS.search(codes, at)) is not None:
        start = starter.start()
        at = start + 1
        for rule in _RULES.at(codes[start], held):
            found = rule.pattern.match(codes, start)
            point = _BUILDERS[rule.name](passage, found) if found is not None else None
            if point is not None:
                at = point.end
                if codes[at - 1] == " ":
                    point = Point(point.code, start, at - 1, point.period, point.month, point.day)
                points.append(point)
                break
    return points


def _leads_to_share(passage: Passage, part: int) -> bool:
    """Whether a percentage follows, behind a dash, a colon or an opened bracket."""
    if passage.word(part) in ("-", "–", "—", ":", "("):
        part = passage.after(part + 1)
    return passage.word(part)[:1].isdigit() and passage.word(part + 1) == "%"


def may_stand_alone(passage: Passage, part: int, preposition: str | None) -> bool:
    """Whether a bare month is one: "may", "March" and "June" are other words and names too."""
    if passage.word(part) not in DOUBTFUL_MONTHS:
        return True
    follower = passage.after(part + 1)
    if preposition in _NAME_LINKS and passage.codes[follower : follower + 1] == "W":
        return False  # "Cllr Smith and June Brown"
    if passage.word(passage.before(part)) == "(" and passage.word(follower) in (":", "="):
        return True  # "68 per 10,000 (March: 65)"
    if _leads_to_share(passage, follower):
        return True  # "April 20%, May – 21%, June (24%)"
    return preposition is not None or len(passage.parts) <= 3 or passage.codes[part + 1 : part + 2] == "'"
