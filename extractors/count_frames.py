"""Step mentions -> statements: whether a bare number counts the cohort that its clause names.

A percentage says what it is by its sign; a bare number only by its noun. "501 children in care", "the number of children in
care was 501", "25 adoption orders" count the cohort; "12 social workers for children in care" does not. The frame it stands in is
asked first, in the order of the row below; where none answers, the words behind it (`count_nouns`).
"""

from __future__ import annotations

import re

from extractors.candidate import Candidate, Row, first_answer
from extractors.count_nouns import IS, after_named, counts_by_its_noun
from extractors.indicators import cohort_concepts, concept_bits, parts_of_cohorts
from extractors.parts_of_whole import is_part_of_base, is_part_of_cohort, is_restricted, is_whole

_MAINTAINS = re.compile(r"\bmaintain(?:s|ed|ing)?\s+$", re.IGNORECASE)


def is_named_before_its_rate(c: Candidate) -> bool:
    """ "1,580 children in need (381.5 per 10,000, 0-17 population)"."""
    rest = [n.start for n in c.clause.numbers if n.start > c.number.end]
    return bool(rest) and any(
        n in c.wording.concepts and c.number.end <= s and e <= rest[0] for s, e, n in c.sentence.concepts
    )


def is_maintained(c: Candidate) -> bool:
    """ "we maintain 2,486 plans"."""
    return c.so_far(_MAINTAINS) is not None


def counts_no_whole(c: Candidate) -> bool:
    """ "14 children looked after had between them 37 missing episodes", "35 children who are looked after attend part time"."""
    return c.counts_a_whole_cohort and (is_part_of_cohort(c) or not is_whole(c))


def is_named_behind_its_base(c: Candidate) -> bool:
    """ "18 of the 628 children in care are unaccompanied": the part is named behind its whole."""
    base = next((n for n in c.clause.numbers if n.role == "base" and n.start > c.number.end), None)
    if base is None or c.wording.indicator not in parts_of_cohorts():
        return False
    return any(
        n in c.wording.concepts and e <= c.clause.end and (base.end + 2 < s or (base.end < s and IS.match(c.text, s)))
        for s, e, n in c.sentence.concepts
    )


_NUMBERED = re.compile(
    r"\b(?:within|(?:(?<!reporting )(?<!financial )(?<!academic )(?<!calendar )(?<!the )(?<!last )(?<!past )(?<!this )(?<!previous )years?|stages?|phases?|levels?|tiers?|grades?)(?: \w+ (?:to|and))?)\s*$",
    re.IGNORECASE,
)


def is_a_years_or_stages(c: Candidate) -> bool:
    """ "years 7 to 11", "tier 3": the name of one of several."""
    return bool(c.number.value) and c.so_far(_NUMBERED) is not None


_RATE_OF = re.compile(r"\brates? (?:of|is|was|at) (?:about |around |just )?$", re.IGNORECASE)


def is_called_a_rate(c: Candidate) -> bool:
    """ "the rate of 36 is among the lowest": no children are counted."""
    return c.so_far(_RATE_OF) is not None


_OUT_OF = re.compile(r"\s*(?:out of|other)\b")


def is_out_of_others(c: Candidate) -> bool:
    """ "12 out of 40", "12 other children"."""
    return c.behind(_OUT_OF) is not None


_OF_THEM = re.compile(r"\W*(?:out )?of (?:all |the |these |those )", re.IGNORECASE)
_WENT_ON = re.compile(
    r"\s*\(\s*[\d.]+ ?(?:%|per ?cent)\s*\)\s*(?:went|led|resulted|progressed|ended)\b",
    re.IGNORECASE,
)


def went_on_from_them(c: Candidate) -> bool:
    """ "Out of the year's referrals 1,891 (82%) went on to an assessment"."""
    return c.behind(_WENT_ON) is not None and _OF_THEM.match(c.text, c.clause.start, c.number.start) is not None


def restates_a_share_of_its_base(c: Candidate) -> bool:
    """ "36% (122) of the 338 children were in care"."""
    if not c.counts_a_whole_cohort or all(n.role != "base" for n in c.clause.numbers):
        return False
    return any(n.unit == "percent" and n.end <= c.number.start for n in c.clause.numbers)


_OF_SO_MANY = re.compile(r"\s*(?:[\w'’-]+\s+){1,5}out of (?:a total of |the |all )?\d", re.IGNORECASE)


def is_out_of_so_many(c: Candidate) -> bool:
    """ "1,984 plans out of 2,640 had been through a review"."""
    return c.counts_a_whole_cohort and c.behind(_OF_SO_MANY) is not None


_LIVING = re.compile(r"(?:children |young people )?(?:living|placed|who live)\b", re.IGNORECASE)
_VERB = re.compile(r"\s*(?:had|have|has|were|was) (?!known\b)", re.IGNORECASE)


def is_of_these_alone(c: Candidate) -> bool:
    """ "Six children living at home with parents had been there for years": what follows the place is said of these six."""
    behind = [
        (s, e) for s, e, n in c.sentence.concepts if n in c.wording.concepts and s >= c.number.end and e <= c.clause.end
    ]
    return any(_LIVING.match(c.text, s) is not None and _VERB.match(c.text, e) is not None for s, e in behind)


_IS_A_SHARE = re.compile(
    r"\s*\(\s*[\d.]+ ?(?:%|per ?cent)\s*\)\s*(?:who |which )?(?:is|are|was|were|has|have|had|live|lived|remain|did|do)\b",
    re.IGNORECASE,
)


def is_a_share_of_those_named(c: Candidate) -> bool:
    """ "221 children in care (38%) live out of the borough", though not "46 (8.2%) are unaccompanied": there the verb says
    nothing but that they are the cohort."""
    share = _IS_A_SHARE.match(c.text, after_named(c)) if c.counts_a_whole_cohort else None
    if share is None:
        return False
    said_of_them = any(n in c.wording.concepts and s <= share.end() < e for s, e, n in c.sentence.concepts)
    return not (said_of_them and c.wording.indicator in parts_of_cohorts())


def is_none_of_something_else(c: Candidate) -> bool:
    """ "a good school in or out of the borough and no children attend an inadequate one": what is measured of the cohort
    stands before the number and not behind it."""
    if c.number.value != 0 or not c.number.words:
        return False
    cohorts, clause = cohort_concepts(), c.clause
    measured = [
        s
        for s, _, n in c.sentence.concepts
        if n in c.wording.concepts and clause.start <= s < clause.end and not concept_bits([n]) & cohorts
    ]
    return bool(measured) and max(measured) < c.number.start


_THE_FIGURE_IS = re.compile(
    r"\W*(?:that )?the (?:figure|number|total)\b(?: \w+){0,5} (?:is|was|stood at|stands at)\s+$", re.IGNORECASE
)


def is_said_to_be_the_figure(c: Candidate) -> bool:
    """ "asked about children on plans, the director said that the figure was 88"."""
    return c.how == "sentence" and _THE_FIGURE_IS.match(c.text, c.clause.start, c.number.start) is not None


_FRAMES: Row[bool] = (
    (True, is_named_before_its_rate),
    (True, is_maintained),
    (False, counts_no_whole),
    (True, is_named_behind_its_base),
    (False, is_a_years_or_stages),
    (False, is_called_a_rate),
    (False, is_out_of_others),
    (False, went_on_from_them),
    (False, restates_a_share_of_its_base),
    (False, is_out_of_so_many),
    (False, is_of_these_alone),
    (False, is_restricted),
    (False, is_part_of_base),
    (False, is_a_share_of_those_named),
    (False, is_none_of_something_else),
    (True, is_said_to_be_the_figure),
)


def counts_cohort(c: Candidate) -> bool:
    """Whether a bare number is a count of what its wording names."""
    if c.number.unit is not None:
        return True
    framed = first_answer(_FRAMES, c)
    return counts_by_its_noun(c) if framed is None else framed
