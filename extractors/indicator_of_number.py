"""Step mentions -> statements: the indicator of a number, and by which rule.

Its own clause is asked first; then what it belongs to: the number whose share it is ("of whom"), the passage that opens its list,
the words left of it, the number before it, the sentence before, and the headings.
"""

from __future__ import annotations

import re
from typing import TypeAlias

from extractors.clauses import Clause, bits_end
from extractors.indicator_of_part import (
    is_elliptic,
    is_of_other_people,
    is_of_those_named_here,
    is_said_of_whom,
    of_what_stands_before,
    refused_count,
    without_antecedent,
)
from extractors.indicators import (
    Wording,
    bits_of_indicator,
    cohort_concepts,
    neutral_concepts,
    of_all,
    timeliness,
    wording_of_unit,
    wordings_met,
)
from extractors.reach import Reach, best_reading, number_to_reach
from extractors.walk import Walk
from schemas.records import Number

_TARGET_NOW = re.compile(r"\s*(?:per ?cent )?target\b[^.;()]{0,60}\((?:now|currently)\b", re.IGNORECASE)
_RATE = re.compile(r"\brates?\b", re.IGNORECASE)
_OF_ALL = re.compile(
    r"\b(?:of|for|among) all (?:(?:other|16|17|18|and|-) ?)*(?:young people|people|year olds?|children)\b",
    re.IGNORECASE,
)
_FROM_BEFORE = frozenset({"sentence", "previous_sentence"})

Found: TypeAlias = tuple[Wording, str]  # the reading, and the rule that found it
Try: TypeAlias = tuple[int, int | None, str]  # concepts available, those of which one is needed, and the rule


def indicator_of_number(
    walk: Walk, clause: Clause, number: Number, unit: str | None, foreign: bool, glue: bool
) -> Found | None:
    """The reading that gives the number its indicator, and the rule that found it."""
    reach = number_to_reach(walk, clause, number, unit, foreign, glue)
    part = is_said_of_whom(reach)
    if part and (found := of_what_stands_before(reach)):
        return found
    part = part and not is_of_those_named_here(reach)
    if is_of_other_people(reach, part):
        return None
    of_what_was_counted = part or is_elliptic(reach)
    if of_what_was_counted:
        walk.of_others = part and not walk.antecedent_cohort
        if not walk.antecedent_cohort:
            return without_antecedent(reach, part)
    everybody = of_all(walk.indicator) if walk.indicator is not None else None
    if everybody is not None and _OF_ALL.search(walk.sentence.text, clause.start, clause.end):
        whole = wording_of_unit(everybody, unit)
        return None if whole is None else (whole, "carried")
    if found := _of_a_target_reached(reach):
        return found
    tries = _tries_of_part(reach) if of_what_was_counted else _tries(reach)
    if found := _first_met(reach, [*tries, *_tries_of_bracket(reach)]):
        return found
    return None if of_what_was_counted else _from_before(reach)


def single_bits(bits: int) -> list[int]:
    """Each of several cohorts alone: a section on children in care and care leavers speaks of the one or the other."""
    return [1 << place for place in range(bits.bit_length()) if bits >> place & 1] or [0]


def _of_a_target_reached(reach: Reach) -> Found | None:
    """ "had bettered the 9.5% target (currently at 8.3%) for the percentage of children with three or more placements"."""
    sentence, ahead = reach.sentence, reach.walk.following
    if ahead is None or reach.own or not _TARGET_NOW.match(sentence.text, reach.number.end, ahead.first):
        return None
    behind = sentence.bits_between(ahead.start, bits_end(sentence, ahead))
    picked = best_reading(sentence, wordings_met(behind, reach.unit, behind), ahead, behind)
    return (picked, "shared_predicate") if picked else None


def _tries_of_part(reach: Reach) -> list[Try]:
    """What may be measured of those counted before: "3% of those who ceased had been on a plan for two years" says it alone."""
    own = reach.own
    tries: list[Try] = [(own | reach.walk.antecedent_cohort, own, "of_whom")]
    if own & cohort_concepts():
        tries.append((own, None, "own_clause"))
    return tries


def _tries(reach: Reach) -> list[Try]:
    """What a number may be of, the nearest first: its clause, its list, the sentence, the topic, the sentence before."""
    own, left, state = reach.own, reach.left, reach.walk.state
    tries: list[Try] = [(own, None, "own_clause")]
    if state.of_list:
        tries.append((own | state.cohort, own, "of_list"))
    if state.lead_bits:
        tries.append((own | state.lead_bits, None if _is_bare_item(reach) else own, "list_lead"))
    tries.append((own | left, own, "sentence"))
    if reach.unit == "percent" and own & timeliness() and refused_count(reach.walk) and not own & cohort_concepts():
        tries.append((own | left | reach.topic, own, "sentence"))  # "1,240 reviews were held, 93.4% in timescale"
    if reach.topic.bit_count() == 1 and _is_a_rate_alone(reach):
        tries.append((reach.topic, None, "topic"))
    if not _is_comparator(reach) and (reach.glue or reach.measured):
        tries += [(own | one, own, "topic") for one in single_bits(reach.topic)]
        tries.append((own | state.bits, own, "previous_sentence"))
    return tries


def _is_bare_item(reach: Reach) -> bool:
    """ "The share with a plan was:" over "- 91% at 31 March 2021": the item names nothing, the lead all."""
    walk = reach.walk
    nothing = reach.glue and not reach.own & ~neutral_concepts()
    return nothing and walk.indicator is None and not walk.state.heading_leads


def _is_a_rate_alone(reach: Reach) -> bool:
    """ "Rate per 10,000 is now 119"."""
    walk = reach.walk
    if reach.unit != "per_10000" or not reach.glue or reach.own or reach.left:
        return False
    opens = walk.last_bound is None and walk.refused is None
    return opens and _RATE.search(reach.sentence.text, 0, reach.clause.first) is not None


def _is_comparator(reach: Reach) -> bool:
    """ "98% here, against 81% in England": it is measured as the number before it."""
    return reach.foreign and reach.clause.opened_by == "compare" and reach.clause.start > 0


def _tries_of_bracket(reach: Reach) -> list[Try]:
    """ "34 of the young people were not in work (30.6%)": a share of those that the section speaks of."""
    left = reach.left
    if not reach.clause.bracketed or reach.unit != "percent" or reach.own or not refused_count(reach.walk):
        return []
    if not left & ~cohort_concepts():
        return []
    need = left & ~cohort_concepts() & ~neutral_concepts()
    return [(left | one, need, "sentence") for one in single_bits(reach.topic)]


def _first_met(reach: Reach, tries: list[Try]) -> Found | None:
    """The first of the readings tried that is met and leaves nothing of the clause unsaid."""
    for available, need, how in tries:
        if how == "previous_sentence":
            if found := _shares_what_it_names(reach):
                return found
            if reach.is_of_the_unknown or (reach.strange > 2 and reach.unit == "percent"):
                continue  # "health professionals attended 71% of conferences", after one on conferences in time
        if reach.unit is None and not reach.glue and how in _FROM_BEFORE and not reach.measured:
            continue  # "15 care leavers went to university and eight care leavers are in apprenticeships"
        picked = reach.reading(available, need, reach.around)
        if picked and (how == "own_clause" or not reach.says_more(picked, reach.topic)):
            return picked, how
    return None


def _shares_what_it_names(reach: Reach) -> Found | None:
    """ "for 22% of primary and 17% of secondary pupils English is ..."."""
    own, together = reach.own, reach.together
    if not together or not own:
        return None
    kept = together & ~cohort_concepts() if own & cohort_concepts() else together
    picked = reach.reading(own | kept, kept, reach.around)
    return (picked, "shared_predicate") if picked and own & bits_of_indicator(picked.indicator) else None


def _from_before(reach: Reach) -> Found | None:
    """What a number goes on with that its own words do not name: the number before it, the clause it shares a verb with, the
    sentence before, the heading."""
    if found := _carried(reach) or _shares_a_verb(reach):
        return found
    if _is_comparator(reach):
        return None
    return _from_sentence_before(reach) or _from_heading(reach)


def _carried(reach: Reach) -> Found | None:
    """The indicator stated before, or its count or rate of the same cohort: "the figure for our children looked after is 5%"."""
    walk = reach.walk
    spare = 2 if reach.unit in ("days", "weeks") or walk.aimed else 1 if reach.foreign else 0
    if walk.indicator is None or not (reach.glue or (spare and reach.strange <= spare and not reach.own)):
        return None
    carried = wording_of_unit(walk.indicator, reach.unit)
    if carried is None or reach.says_more(carried, walk.state.passage_topic):
        return None
    return carried, "carried_sentence" if walk.inherited else "carried"


def _shares_a_verb(reach: Reach) -> Found | None:
    """ "52% of one age group and 47% of all care leavers were not in work": what the clause that follows says of both."""
    together = reach.together
    if not together or not (reach.own or reach.glue or reach.clause.bracketed):
        return None
    picked = reach.reading(reach.own | together, together, reach.around)
    return (picked, "shared_predicate") if picked and not reach.says_more(picked) else None


def _from_sentence_before(reach: Reach) -> Found | None:
    """ "It takes 402 days", after one on how long adoption takes."""
    state = reach.walk.state
    if not reach.walk.anaphoric or not state.bits or reach.own & ~neutral_concepts() or reach.is_of_the_unknown:
        return None
    if not reach.glue and (reach.unit not in ("days", "weeks") or reach.strange > 2):
        return None
    for before in (state.bits, state.bits | reach.topic):
        if picked := reach.reading(before, state.bits, reach.around):
            return picked, "previous_sentence"
    return None


def _from_heading(reach: Reach) -> Found | None:
    """ "Visits in ten days - 81% overall, though 92% in March" below "Repeat plans": what went before says what is measured."""
    own, left, heading = reach.own, reach.left, reach.walk.state.heading_bits
    if not heading or (reach.clause.bracketed and reach.clause.start > 0):
        return None
    named = own & ~neutral_concepts()
    if not named and not reach.glue:
        return None
    picked = reach.reading(own | left | heading, own or None, reach.around | reach.topic)
    if picked is None or reach.says_more(picked, reach.topic):
        return None
    if reach.unit == "percent" and not named:
        known = bits_of_indicator(picked.indicator) | reach.topic
        if left & ~neutral_concepts() & ~cohort_concepts() & ~known:
            return None
    return picked, "heading"
