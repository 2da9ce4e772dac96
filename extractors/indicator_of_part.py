"""Step mentions -> statements: the indicator of a number that is a part of what was counted before it.

"of whom", "of these", and a second number that is the subject of its own verb, without a noun.
"""

from __future__ import annotations

import re

from extractors.clauses import Clause
from extractors.indicators import (
    Wording,
    cohort_bits,
    cohort_concepts,
    concept_bits,
    indicator_named,
    neutral_concepts,
    parts_of_cohorts,
    place_concepts,
    timeliness,
    wordings_met,
)
from extractors.reach import Reach, best_reading
from extractors.walk import Walk

_THIS_GROUP = re.compile(r"\bof (?:this|that) (?:group|cohort)\b", re.IGNORECASE)
_OF_WHICH_THERE_ARE = re.compile(r"[^.;]*?\bof (?:which|whom) there (?:is|are|was|were|had been)\b", re.IGNORECASE)


def is_said_of_whom(reach: Reach) -> bool:
    """ "..., of whom 14": words of the clause, before the number or right behind it, say that it is a part."""
    clause = reach.clause
    return any(name == "of_whom" and clause.start <= s <= clause.last + 2 for s, _, name in reach.sentence.cues)


def of_what_stands_before(reach: Reach) -> tuple[Wording, str] | None:
    """ "93% resulted in an interview, of which 87% were within 72 hours", "unaccompanied children, of which there were now
    26": the indicator of the concept that stands directly before "of which"."""
    before = _named_before(reach.walk, reach.clause)
    if not before:
        return None
    if picked := reach.reading(reach.own | before, reach.own):
        return picked, "of_whom"
    if reach.own or not _OF_WHICH_THERE_ARE.match(reach.sentence.text, reach.clause.start):
        return None
    met = wordings_met(before, reach.unit, before)
    picked = best_reading(reach.sentence, met, reach.clause, before)
    return (picked, "of_whom") if picked else None


def is_of_those_named_here(reach: Reach) -> bool:
    """ "Of those looked after for a year, 91% ...": those are named here, and are not the ones spoken of before; "we are in
    touch with 95% of them": of those that the passage speaks of."""
    walk, clause = reach.walk, reach.clause
    if _of_those_named(walk, clause):
        return True
    return (
        walk.last_bound is None
        and not walk.antecedent_cohort
        and any(name == "of_whom" and s >= clause.last for s, _, name in walk.sentence.cues)
    )


def is_of_other_people(reach: Reach, part: bool) -> bool:
    """ "of 40 young people worked with, two have ..."; "742 episodes of missing, 471 of which were from looked after children"."""
    walk = reach.walk
    if reach.unit is not None:
        return False
    if walk.of_others and walk.subjectless(reach.clause):
        return True
    if not part or not reach.own & cohort_concepts():
        return False
    if walk.last_bound is not None and indicator_named(walk.last_bound.indicator).measures == "flow":
        return True
    return bool(reach.left & ~cohort_concepts() & ~neutral_concepts()) and not walk.antecedent_cohort


def is_elliptic(reach: Reach) -> bool:
    """ "31 live in homes, and 16 (84%) live out of the area": a second number that is the subject of its own verb, without
    a noun, is of what the first counted."""
    before = reach.walk.last_bound
    if before is None or cohort_bits(before.indicator) or before.number.unit is not None:
        return False
    return reach.walk.subjectless(reach.clause)


def without_antecedent(reach: Reach, of_whom: bool) -> tuple[Wording, str] | None:
    """A part, or the subject of its own verb, where no cohort was counted before it: what its own words name in full, else
    with the group, the sentence or the topic it speaks of."""
    own, topic = reach.own, reach.topic
    if of_whom and (picked := _share_of_the_refused(reach)):
        return picked, "of_whom"
    # "264,407 people live here, 63,051 of these are children": what is counted is a cohort in its own right
    whole = reach.reading(own) if reach.unit is None else None
    if whole and (not of_whom or _is_counted_for_itself(whole)):
        return whole, "own_clause"
    group = topic if _THIS_GROUP.search(reach.sentence.text, reach.clause.start, reach.clause.end) else 0
    if group and (picked := reach.reading(own | group, own)):
        return picked, "of_whom"
    beside = topic if own & place_concepts() else 0
    for wider, how in ((reach.left, "sentence"), (beside, "topic")) if not of_whom else ():
        if picked := reach.reading(own | wider, own):
            return picked, how
    return None


def _share_of_the_refused(reach: Reach) -> Wording | None:
    """ "846 reviews were held, of which 93% were in time": what is counted before is the whole that the share is of."""
    own = reach.own
    if reach.unit != "percent" or not own & timeliness() or own & cohort_concepts() or not refused_count(reach.walk):
        return None
    return reach.reading(own | reach.left, own) or reach.reading(own | reach.left | reach.topic, own)


def _is_counted_for_itself(whole: Wording) -> bool:
    """Whether an indicator counts the population, or a part of a cohort as a cohort of its own."""
    return indicator_named(whole.indicator).topic == "context" or whole.indicator in parts_of_cohorts()


def refused_count(walk: Walk) -> bool:
    """Whether the number before is a bare count that states nothing by itself."""
    return walk.refused is not None and walk.refused.unit is None


def _named_before(walk: Walk, clause: Clause) -> int:
    """The concept that stands directly before "of which"."""
    for s, _e, name in walk.sentence.cues:
        if name == "of_whom" and clause.start <= s <= clause.last:
            return concept_bits(n for _, end, n in walk.sentence.concepts if 0 <= s - end <= 3)
    return 0


def _of_those_named(walk: Walk, clause: Clause) -> bool:
    """ "Of those looked after for a year, 91% ...": those are named here, and are not the ones spoken of before."""
    cohorts = cohort_concepts()
    return any(
        name == "of_whom" and start <= clause.first and 0 < s - e <= 2 and concept_bits([concept]) & cohorts
        for start, e, name in walk.sentence.cues
        for s, _, concept in walk.sentence.concepts
    )
