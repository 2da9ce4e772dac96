"""Step mentions -> statements: the unit of a number, also where its own words leave it out.

"16.5, compared with 18.7 in August", "the rate of children in care is 114", "55 and England 70 in every 10,000".
"""

from __future__ import annotations

import math
import re

from extractors.clause_context import area_of_clause, period_of_clause
from extractors.clauses import Clause, bits_end, core_end
from extractors.indicators import indicator_named, wording_of_unit, wordings_met
from extractors.walk import IT_WAS, Walk
from schemas.records import Number

_RATE = re.compile(r"\brates?\b", re.IGNORECASE)
_NUMBER_OF = re.compile(r"\bnumbers? of\b", re.IGNORECASE)
_TARGET = re.compile(r"\b(?:target|aim|goal|threshold)\b", re.IGNORECASE)
_TIMES = 3.5  # no rate is so many times what it was, or what another area has
_IN_EVERY = re.compile(r"\s*(?:children )?(?:in|for|out of|of) (?:every|each) (?:10,?000|ten thousand)", re.IGNORECASE)
_OF_EVERY = re.compile(
    r"\b(?:of|in|for|out of) (?:every|each) (?:10,?000|ten thousand)\b[^.;]{0,60},\s*(?:about |around |some |only |over )*$",
    re.IGNORECASE,
)
_RATE_IS = re.compile(
    r"\brates?\b(?:, which|,)?[^\d,;(]*\b(?:is|was|were|are|at|to|from|of|being|reached)\s+(?:about |around |approximately |just |now )*$|\brates?\b[^\d,;(.]*[:=–-]\s*$|\brate, $",
    re.IGNORECASE,
)
_PEOPLE = re.compile(r"\s*(?:children|young people)\b(?! (?:per|in every|for every))", re.IGNORECASE)
_EQUALS = re.compile(r"\b(?:equal|equivalent|equating|amounting) to\b", re.IGNORECASE)
_NO_NOUN = re.compile(
    r"\s*(?:$|[,;.()]|and\b|in\b|at\b|compared|against|which|while|up\b|down\b|from\b|above|below|well\b|higher|lower|for\b|as\b)",
    re.IGNORECASE,
)


def unit_of_number(walk: Walk, clause: Clause, number: Number) -> str | None:
    """The number's unit; one left out is that of the number before it ("16.5, compared with 18.7 in August"), or a
    rate's, days' or weeks' where the clause says so."""
    if number.unit is not None:
        return number.unit
    if walk.share is not None and walk.share.unit:
        return walk.share.unit
    sentence = walk.sentence
    if _OF_EVERY.search(sentence.text[clause.start : number.start]):
        return "per_10000"  # "of every 10,000 children in the borough, 121 were in care"
    if _IN_EVERY.match(sentence.text[number.end :]):
        return "per_10000"
    around = sentence.text[clause.start : clause.end]
    if _RATE_IS.search(sentence.text[clause.start : number.start]) and _NO_NOUN.match(sentence.text, number.end):
        named = sentence.bits_between(clause.start, bits_end(sentence, clause))
        if any(w.unit == "per_10000" for w in wordings_met(named, "per_10000", named)):
            return "per_10000"  # "the rate of children in care is 114"
    if (
        len(clause.numbers) == 1
        and _RATE.search(sentence.text[clause.start : number.start])
        and any(a.kind in ("neighbours", "region", "country") for a in area_of_clause(sentence, clause))
    ):
        named = sentence.bits_between(clause.start, bits_end(sentence, clause))
        if not named and walk.indicator is not None and wording_of_unit(walk.indicator, "per_10000") is not None:
            return "per_10000"  # "but the rate is still over London (50)"
        if any(w.unit == "per_10000" for w in wordings_met(named, "per_10000", named)):
            return "per_10000"  # "the rate of referrals remains below the averages for statistical neighbours (529)"
    if re.search(r"\bper (?:10,?000|10k|ten thousand)\b", around, re.IGNORECASE) and len(clause.numbers) == 1:
        return "per_10000"
    if _rate_of_others(walk, clause, number):
        return "per_10000"
    if walk.indicator is not None and not number.words:
        unit = indicator_named(walk.indicator).unit
        if (
            unit in ("percent", "per_10000", "days", "weeks")
            and not sentence.unexplained(clause.start, core_end(sentence, clause))
            and len(clause.numbers) == 1
        ):
            aimed = clause.bracketed and _TARGET.search(around) is not None
            again = clause.bracketed and _like_the_last(walk, number) and period_of_clause(sentence, clause) is not None
            carries = (
                again
                or aimed  # "43 weeks (target 26)"
                or "." in number.text
                or IT_WAS.search(around) is not None
                or clause.opened_by in ("compare", "up_from", "to", "and")
                or any(a.kind != "own" for a in area_of_clause(sentence, clause))
                or walk.inherited
            )
            high = indicator_named(walk.indicator).maximum
            plausible = number.value is None or high is None or number.value <= high
            if unit == "per_10000" and (before := walk.sizes.get(unit)) and number.value:
                plausible = (
                    plausible and before / _TIMES < number.value < before * _TIMES
                )  # "47 per 10,000 ... from 236"
            if (
                carries
                and plausible
                and not _PEOPLE.match(sentence.text, number.end)
                and not _counts_rather(walk, number)
                and not sentence.names_between(clause.start, core_end(sentence, clause))
            ):
                return unit
        elif (
            unit == "count"
            and len(clause.numbers) == 1
            and (len(walk.sizes) > 1 or _RATE.search(sentence.text[: clause.first]))
        ):
            rate = wording_of_unit(walk.indicator, "per_10000")
            if (
                rate is not None
                and not _counts_rather(walk, number)
                and not sentence.names_between(clause.start, clause.end)
            ):
                return "per_10000"
    ahead = walk.following
    counts = number.unit is None and _NUMBER_OF.search(sentence.text, clause.start, number.start)
    moves = ahead is not None and ahead.opened_by in ("up_from", "to", "compare") and not counts
    if ahead is not None and moves and number is clause.numbers[-1]:
        between = sentence.text[clause.last : ahead.first]
        if _EQUALS.search(between):
            return None  # "1,136 children, equal to 67 in every 10,000"
        measured = ahead.numbers[0].unit in ("days", "weeks", "percent", "per_10000")
        if measured and len(between) < 24 and not sentence.unexplained(clause.last, ahead.first):
            return ahead.numbers[0].unit
    if (
        ahead is not None
        and ahead.opened_by == "and"
        and _IN_EVERY.match(sentence.text, ahead.numbers[-1].end)
        and area_of_clause(sentence, clause)
        and area_of_clause(sentence, ahead)
    ):
        return "per_10000"  # "our neighbours look after 55 and England 70 in every 10,000"
    m = re.match(r"\s*(days|weeks)\b", sentence.text[number.end :])
    if m:
        return m.group(1)
    if (
        re.search(r"\bdays\b", around)
        and not re.search(r"\bweeks\b", around)
        and re.search(r"\b(?:A1|A2|A10|average|took|taken)\b", around)
    ):
        return "days"
    return None


def _rate_of_others(walk: Walk, clause: Clause, number: Number) -> bool:
    """ "431, equating to 384 per 10,000. Our neighbours' average is 512": of a group of authorities the rate is told, where
    the number is of its size."""
    rate, value = walk.sizes.get("per_10000"), number.value
    if not rate or not value or walk.indicator is None or number.words:
        return False
    of_others = any(a.kind in ("neighbours", "region", "country") for a in area_of_clause(walk.sentence, clause))
    named = walk.sentence.names_between(clause.start, core_end(walk.sentence, clause))
    rated = wording_of_unit(walk.indicator, "per_10000") is not None
    return of_others and rated and not named and rate / _TIMES < value < rate * _TIMES


def _like_the_last(walk: Walk, number: Number) -> bool:
    """ "63 per 10,000 (November 2022: 62)": a number of the size of the one before it."""
    before = walk.last_bound.number.value if walk.last_bound is not None else None
    return bool(before and number.value and before / 2 < number.value < before * 2)


def _counts_rather(walk: Walk, number: Number) -> bool:
    """ "1,378 children, a rate of 238.9 per 10,000, compared with 1,421": of the size of the count, not of the rate."""
    rate, count, value = walk.sizes.get("per_10000"), walk.sizes.get("count"), number.value
    if not rate or not count or not value or "." in number.text:
        return False
    return abs(math.log(value / count)) < abs(math.log(value / rate))
