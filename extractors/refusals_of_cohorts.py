"""Step mentions -> statements: why a number is of other people than its indicator.

Everybody and not the cohort, all pupils, another age, those in care for longer, the members of a board.
"""

from __future__ import annotations

import re

from extractors.candidate import Candidate
from extractors.lexicon import lookup
from schemas.records import Number

_FOUR_YEARS = re.compile(r"\bfor (?:at least |over |more than )?(?:4|four) (?:or more )?years\b", re.IGNORECASE)


def is_of_four_years(c: Candidate) -> bool:
    """ "of those looked after for four years, 68% ...": the older indicator, D35."""
    return c.is_listed("of_long_care") and c.around(_FOUR_YEARS) is not None


_EVERYBODY = re.compile(r"\b(?:all[- ]age|total|whole|general|overall|adult) population\b", re.IGNORECASE)
_OF_EVERYBODY = re.compile(
    r"\s*(?:per ?cent )?of (?:the |our |its )?(?:total |general |overall |local |whole )?(?:population|residents|people|workforce|staff)\b",
    re.IGNORECASE,
)


def is_of_everybody(c: Candidate) -> bool:
    """ "7.6% of the population": not of the children."""
    return c.is_listed("of_who_children_are") and (
        c.behind(_OF_EVERYBODY) is not None or c.before(_EVERYBODY) is not None
    )


_ALL_PUPILS = re.compile(
    r"[\s%)]*(?:per cent )?(?:for|of|by|among) all (?:\w+ ){0,2}(?:pupils|children|young people|schools)\b",
    re.IGNORECASE,
)
_ALL_OF_THEM_HAD = re.compile(
    r"\ball (?!looked|cared|care|our|these|those|children in|children looked)(?:[\w’']+ ){0,2}(?:pupils|children|young people)"
    r"(?! (?:who|in care|looked after|in need|subject|with|on))\s+(?:had|have|has|was|were|at)\b[^,;.]{0,30}$",
    re.IGNORECASE,
)
_THAN_ALL = re.compile(
    r"\b(?:of|for|than|among|amongst) all (?:(?!looked|cared|care|our|these|those)[\w’']+ ){0,2}(?:pupils|children|young people)"
    r"(?! (?:who|in care|looked after|in need|subject|with|on))[^,;.]{0,30}$",
    re.IGNORECASE,
)


def is_of_all_pupils(c: Candidate) -> bool:
    """ "below the attendance of all Warrington children at 95%", "all pupils had 94%", "94% for all pupils"."""
    return c.measures_a_cohort and (
        c.behind(_ALL_PUPILS) is not None
        or c.before(_ALL_OF_THEM_HAD) is not None
        or _THAN_ALL.search(c.text, max(c.clause.start, c.number.start - 90), c.number.start) is not None
    )


_MET = re.compile(r"\b(?:met|meets?|meetings?)\b", re.IGNORECASE)


def is_of_a_board(c: Candidate) -> bool:
    """ "met six times, with attendance of 81%": the board's."""
    return c.is_listed("attendance") and c.how in ("topic", "heading") and _MET.search(c.text) is not None


def _ages(c: Candidate) -> list[Number]:
    """The ages in the clause."""
    return [n for n in c.sentence.numbers if n.role == "age" and c.clause.start <= n.start and n.end <= c.clause.end]


def is_of_other_ages(c: Candidate) -> bool:
    """ "19 to 21 year olds not in work" are no 16 and 17 year olds: an age outside those that the indicator is of."""
    allowed = lookup("vetoes.yaml")["ages_of"].get(c.wording.indicator)
    return allowed is not None and any(n.value is not None and n.value not in allowed for n in _ages(c))


_OF_SCHOOL = re.compile(r"(?:stage|year|years|ks)\s*$", re.IGNORECASE)
_WHOLE_AGES = re.compile(r"\b0\s*(?:-|–|to)\s*1[789]\b|(?:under|below)[- ](?:the age of )?18", re.IGNORECASE)


def is_of_a_foreign_age(c: Candidate) -> bool:
    """ "12 children in care aged 13 to 15": a part of the cohort, unless the indicator is of that age."""
    return not c.is_listed("ages_allowed") and any(not _is_whole(c, age) and not _is_named(c, age) for age in _ages(c))


def _is_whole(c: Candidate, age: Number) -> bool:
    """ "aged 0 to 17", "under 18": the whole cohort, not a part of it; a key stage or school year is no age."""
    return (
        _OF_SCHOOL.search(c.text[max(0, age.start - 8) : age.start]) is not None
        or _WHOLE_AGES.search(c.text[max(0, age.start - 12) : age.end + 8]) is not None
    )


def _is_named(c: Candidate, age: Number) -> bool:
    """ "20+ miles": part of what names the indicator."""
    return any(s <= age.start < e and name in c.wording.concepts for s, e, name in c.sentence.concepts)
