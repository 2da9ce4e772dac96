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
_FAR = 24  # characters between two values of one move
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
_PER_10000 = re.compile(r"\bper (?:10,?000|10k|ten thousand)\b", re.IGNORECASE)
_DAYS_OR_WEEKS = re.compile(r"\s*(days|weeks)\b")
_DAYS = re.compile(r"\bdays\b")
_WEEKS = re.compile(r"\bweeks\b")
_TOOK = re.compile(r"\b(?:A1|A2|A10|average|took|taken)\b")
_WIDER = frozenset({"neighbours", "region", "country"})
_MEASURES = frozenset({"percent", "per_10000", "days", "weeks"})
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
    for is_a_rate in _ASKED_OF_A_RATE:
        if is_a_rate(walk, clause, number):
            return "per_10000"
    if (unit := _unit_carried(walk, clause, number)) is not None:
        return unit
    ahead = _moves_to(walk, clause, number)
    if ahead is not None and _EQUALS.search(walk.sentence.text, clause.last, ahead.first):
        return None  # "1,136 children, equal to 67 in every 10,000"
    if ahead is not None and _measured_alike(walk, clause, ahead):
        return ahead.numbers[0].unit
    if _shares_every(walk, clause):
        return "per_10000"
    return _days_or_weeks(walk, clause, number)


def is_of_every(walk: Walk, clause: Clause, number: Number) -> bool:
    """ "of every 10,000 children in the borough, 121 were in care"."""
    return _OF_EVERY.search(walk.sentence.text, clause.start, number.start) is not None


def is_in_every(walk: Walk, clause: Clause, number: Number) -> bool:
    """ "55 in every 10,000"."""
    return _IN_EVERY.match(walk.sentence.text, number.end) is not None


def is_called_a_rate(walk: Walk, clause: Clause, number: Number) -> bool:
    """ "the rate of children in care is 114"."""
    text = walk.sentence.text
    called = _RATE_IS.search(text, clause.start, number.start) is not None
    return called and _NO_NOUN.match(text, number.end) is not None and _names_a_rate(_named(walk, clause))


def is_an_areas_rate(walk: Walk, clause: Clause, number: Number) -> bool:
    """ "the rate of referrals remains below the averages for statistical neighbours (529)", "but the rate is still over London
    (50)"."""
    if len(clause.numbers) > 1 or not _RATE.search(walk.sentence.text, clause.start, number.start):
        return False
    if not any(a.kind in _WIDER for a in area_of_clause(walk.sentence, clause)):
        return False
    named = _named(walk, clause)
    return (not named and _has_a_rate(walk)) or _names_a_rate(named)


def is_told_per_10000(walk: Walk, clause: Clause, number: Number) -> bool:
    """ "the rate per 10,000 was 55": the one number of its clause."""
    return len(clause.numbers) == 1 and _PER_10000.search(walk.sentence.text, clause.start, clause.end) is not None


def is_rate_of_others(walk: Walk, clause: Clause, number: Number) -> bool:
    """ "431, equating to 384 per 10,000. Our neighbours' average is 512": of a group of authorities the rate is told, where
    the number is of its size."""
    rate, value = walk.sizes.get("per_10000"), number.value
    if not rate or not value or number.words or not rate / _TIMES < value < rate * _TIMES:
        return False
    of_others = any(a.kind in _WIDER for a in area_of_clause(walk.sentence, clause))
    named = walk.sentence.names_between(clause.start, core_end(walk.sentence, clause))
    return of_others and not named and _has_a_rate(walk)


_ASKED_OF_A_RATE = (
    is_of_every,
    is_in_every,
    is_called_a_rate,
    is_an_areas_rate,
    is_told_per_10000,
    is_rate_of_others,
)


def _named(walk: Walk, clause: Clause) -> int:
    """The concepts of a clause."""
    return walk.sentence.bits_between(clause.start, bits_end(walk.sentence, clause))


def _names_a_rate(named: int) -> bool:
    """Whether concepts name an indicator that is a rate."""
    return any(w.unit == "per_10000" for w in wordings_met(named, "per_10000", named))


def _has_a_rate(walk: Walk) -> bool:
    """Whether what is spoken of is measured as a rate, too."""
    return walk.indicator is not None and wording_of_unit(walk.indicator, "per_10000") is not None


def _unit_carried(walk: Walk, clause: Clause, number: Number) -> str | None:
    """The unit of what is spoken of, for the only number of a clause that goes on with it."""
    if walk.indicator is None or number.words or len(clause.numbers) > 1:
        return None
    unit = indicator_named(walk.indicator).unit
    if unit == "count":
        return "per_10000" if _tells_its_rate(walk, clause, number) else None
    if unit not in _MEASURES or walk.sentence.unexplained(clause.start, core_end(walk.sentence, clause)):
        return None
    goes_on = (
        _carries(walk, clause, number)
        and _is_plausible(walk, number, unit)
        and not _PEOPLE.match(walk.sentence.text, number.end)
        and not _counts_rather(walk, number)
        and not walk.sentence.names_between(clause.start, core_end(walk.sentence, clause))
    )
    return unit if goes_on else None


def _tells_its_rate(walk: Walk, clause: Clause, number: Number) -> bool:
    """ "501 children, a rate of 63; it was 59 a year ago": after a count and its rate, or the word itself, the rate goes on."""
    spoken_of = len(walk.sizes) > 1 or _RATE.search(walk.sentence.text, 0, clause.first) is not None
    return (
        spoken_of
        and _has_a_rate(walk)
        and not _counts_rather(walk, number)
        and not walk.sentence.names_between(clause.start, clause.end)
    )


def _carries(walk: Walk, clause: Clause, number: Number) -> bool:
    """Whether the words of a clause say that it goes on with what was measured: "it was", another area, a comparison, "43 weeks
    (target 26)"."""
    text = walk.sentence.text
    return (
        "." in number.text
        or clause.opened_by in ("compare", "up_from", "to", "and")
        or walk.inherited
        or (clause.bracketed and _TARGET.search(text, clause.start, clause.end) is not None)
        or IT_WAS.search(text, clause.start, clause.end) is not None
        or any(a.kind != "own" for a in area_of_clause(walk.sentence, clause))
        or (clause.bracketed and _like_the_last(walk, number) and period_of_clause(walk.sentence, clause) is not None)
    )


def _is_plausible(walk: Walk, number: Number, unit: str) -> bool:
    """ "47 per 10,000 ... from 236": no rate falls so far, and none is beyond the catalogue's range."""
    high = indicator_named(walk.indicator).maximum if walk.indicator is not None else None
    if number.value is not None and high is not None and number.value > high:
        return False
    before = walk.sizes.get(unit) if unit == "per_10000" else None
    return not before or not number.value or before / _TIMES < number.value < before * _TIMES


def _moves_to(walk: Walk, clause: Clause, number: Number) -> Clause | None:
    """The clause that follows, where the number moves to it, or is compared with it, and is not called a number of anything."""
    ahead = walk.following
    if ahead is None or ahead.opened_by not in ("up_from", "to", "compare") or number is not clause.numbers[-1]:
        return None
    return None if _NUMBER_OF.search(walk.sentence.text, clause.start, number.start) else ahead


def _measured_alike(walk: Walk, clause: Clause, ahead: Clause) -> bool:
    """ "from 16.5 to 18.7%": the unit stands behind the second value alone."""
    return (
        ahead.numbers[0].unit in _MEASURES
        and ahead.first - clause.last < _FAR
        and not walk.sentence.unexplained(clause.last, ahead.first)
    )


def _shares_every(walk: Walk, clause: Clause) -> bool:
    """ "our neighbours look after 55 and England 70 in every 10,000"."""
    sentence, ahead = walk.sentence, walk.following
    return (
        ahead is not None
        and ahead.opened_by == "and"
        and _IN_EVERY.match(sentence.text, ahead.numbers[-1].end) is not None
        and bool(area_of_clause(sentence, clause))
        and bool(area_of_clause(sentence, ahead))
    )


def _days_or_weeks(walk: Walk, clause: Clause, number: Number) -> str | None:
    """ "611 days"; "A10 in days: on average it took 402"."""
    text = walk.sentence.text
    if printed := _DAYS_OR_WEEKS.match(text, number.end):
        return printed.group(1)
    in_days = _DAYS.search(text, clause.start, clause.end) and not _WEEKS.search(text, clause.start, clause.end)
    return "days" if in_days and _TOOK.search(text, clause.start, clause.end) else None


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
