"""Step `statements`, tables: the words of one cell -> the numbers that it prints, and what each is.

A cell of values is read by a small grammar of its own, not as a sentence: "2017" is a count there and no year, "45 (12%)" is a
count and a share, "85% (93/110)" a share and its base, "+2.1" a change, "<5" withheld.
"""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise

from extractors.periods import find_periods
from extractors.table_headers import is_suppressed, is_value
from schemas.records import Number, PeriodMention

_NUMBER = re.compile(
    r"""(?P<pound>£\s*)?(?P<compare>[<>≤≥~]=?\s*|\b(?:less|fewer|under|below|no\s+more|up\s+to|at\s+most|more|greater|over|above|at\s+least|no\s+less)\s+(?:than\s+)?)?(?P<sign>(?<![\d%)])[+\-–−±]\s*)?
        (?P<digits>\d{1,3}(?:[,\s]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)
        (?P<money>\s?(?:m|k|bn)\b)?
        (?P<unit>\s*(?:%|per\s?cent\b|percent\b|pp\b|ppts?\b|percentage\spoints?|(?:working\s)?days?\b|weeks?\b|months?\b|years?\b|per\s?10[,\s]?000|per\s10k))?""",
    re.VERBOSE | re.IGNORECASE,
)
_OUT_OF = re.compile(r"^\s*(?:/|of|out\s+of)\s*$", re.IGNORECASE)
_RANGE = re.compile(r"^\s*(?:-|–|to)\s*$", re.IGNORECASE)
_APPROXIMATIONS = {"<": "under", "≤": "under", ">": "over", "≥": "over", "~": "about"}


def cell_to_numbers(text: str) -> tuple[Number, ...]:
    """Numbers of a cell of values, in order: unit percent, points, per_10000, days, weeks, months, years or None; role
    `quantity`, or base, money, comparison, suppressed, ambiguous. Empty for a cell of words."""
    if is_suppressed(text):
        return tuple(_number(found, "suppressed") for found in _NUMBER.finditer(text))
    if not is_value(text.strip()):
        return ()
    found = list(_NUMBER.finditer(text))
    numbers = [_number(match, _role(match)) for match in found]
    for index, (before, after) in enumerate(pairwise(found)):
        between = text[before.end() : after.start()]
        role = "base" if _OUT_OF.match(between) else "ambiguous" if _RANGE.match(between) else None
        if role:
            numbers[index] = _with_role(numbers[index], role)
            numbers[index + 1] = _with_role(numbers[index + 1], role)
    return tuple(numbers)


def split_period(text: str, reference: dt.date | None) -> tuple[str, PeriodMention | None]:
    """A cell that dates its own value ("64.3% (2006/07)") -> its words with the period blanked out, and the period."""
    if "(" not in text and " " not in text.strip():
        return text, None
    mentions = [
        mention for mention in find_periods(text, reference) if mention.form not in ("relative", "now", "title")
    ]
    if len(mentions) != 1:
        return text, None
    mention = mentions[0]
    rest = text[: mention.start] + " " * (mention.end - mention.start) + text[mention.end :]
    rest = rest.replace("(" + " " * (mention.end - mention.start) + ")", " " * (mention.end - mention.start + 2))
    return (rest, mention) if is_value(rest.strip()) else (text, None)


def _role(found: re.Match[str]) -> str:
    if found["pound"] or found["money"]:
        return "money"
    if found["sign"] or (found["unit"] and found["unit"].strip().casefold().startswith(("pp", "percentage"))):
        return "comparison"
    return "quantity"


def _number(found: re.Match[str], role: str) -> Number:
    digits = re.sub(r"[,\s]", "", found["digits"])
    sign = (found["sign"] or "").strip()
    value = float(digits) * (-1 if sign in ("-", "–", "−") else 1)
    unit = _unit(found["unit"])
    end = found.end("unit") if unit == "percent" else found.end("digits")
    start = found.start("digits")
    approximation = _approximation((found["compare"] or "").casefold())
    return Number(start, end, found.string[start:end], value, unit, role, approximation, bool(sign))


def _approximation(compared: str) -> str:
    """ "<", "fewer than", "at least" before a number."""
    if compared.startswith(("less", "fewer", "under", "below", "no more", "up to", "at most")):
        return "under"
    if compared.startswith(("more", "greater", "over", "above", "at least", "no less")):
        return "over"
    return _APPROXIMATIONS.get(compared[:1], "exact")


def _unit(printed: str | None) -> str | None:
    plain = " ".join((printed or "").casefold().split())
    if not plain:
        return None
    if plain in ("%", "per cent", "percent", "percent"):
        return "percent"
    if plain.startswith(("pp", "percentage")):
        return "points"
    if plain.startswith("per"):
        return "per_10000"
    return next(unit for unit in ("days", "weeks", "months", "years") if unit[:-1] in plain)


def _with_role(number: Number, role: str) -> Number:
    return Number(
        number.start, number.end, number.text, number.value, number.unit, role, number.approximation, number.signed
    )
