"""Step mentions -> statements: why a number is no figure of its indicator in this passage, section or paper.

They speak of another service, ask about a part of the cohort, or count the country's own few.
"""

from __future__ import annotations

from extractors.candidate import Candidate
from extractors.clauses import bits_end
from extractors.indicators import (
    bits_of_indicator,
    cohort_concepts,
    neutral_concepts,
    prose_needs,
    sections_barred,
)

_FEWEST_IN_COUNTRY = 1000  # children of any cohort that is counted


def is_in_a_section_on_others(c: Candidate) -> bool:
    """ "6% are not in education or work", in a section on care leavers: it speaks of that cohort, not of all young people."""
    barred = c.walk.state.topic & sections_barred(c.wording.indicator)
    return bool(barred) and not prose_needs(c.wording.indicator) & c.sentence.bits


def _tells_of_another_service(c: Candidate) -> bool:
    """Whether the passage so far speaks of another service, to which children are referred too."""
    return c.walk.state.elsewhere or any(name == "veto:other_cohort" for _, _, name in c.sentence.cues)


def is_another_services(c: Candidate) -> bool:
    """ "120 letterbox contacts"."""
    return c.is_listed("not_of_other_services") and (c.walk.state.of_another_service or _tells_of_another_service(c))


def is_in_another_services_paper(c: Candidate) -> bool:
    """ "119 referrals met the threshold", in the designated officer's report."""
    return c.walk.state.of_another_service and bool(prose_needs(c.wording.indicator)) and c.entry.topic != "context"


def is_beside_another_service(c: Candidate) -> bool:
    """ "referrals have increased from 70 to 94", of a paragraph on the designated officer."""
    needed = prose_needs(c.wording.indicator)
    if not needed or needed & c.sentence.bits & ~bits_of_indicator(c.wording.indicator):
        return False
    return _tells_of_another_service(c)


def is_not_said_to_be_social_care(c: Candidate) -> bool:
    """ "1,204 referrals were received by the hospital": nothing near names what the indicator asks of prose, unless the
    passage says nothing but the count."""
    needed, state = prose_needs(c.wording.indicator), c.walk.state
    if not needed:
        return False
    known = bits_of_indicator(c.wording.indicator) | needed | neutral_concepts()
    said_no_more = c.wording.unit == "count" and not state.said & ~known
    if said_no_more and not c.sentence.unexplained(c.clause.start, c.core_end):
        return False
    said = c.sentence.bits | state.said | state.lead_bits | state.heading_bits | state.section_bits
    return not needed & said


def is_asked_of_a_part(c: Candidate) -> bool:
    """ "... how many were unaccompanied. There were 84 in our care"."""
    part = c.walk.state.asked_of
    return bool(part) and c.unit is None and c.counts_a_whole_cohort and not c.wording.need & part


def is_counted_again(c: Candidate) -> bool:
    """ "5 permanent exclusions in the year – one LAC": the clause that follows counts the topic's own among them."""
    following = c.walk.following
    if c.how != "topic" or c.unit is not None or following is None:
        return False
    if any(n.unit is not None for n in following.numbers):
        return False
    there = c.sentence.bits_between(following.start, bits_end(c.sentence, following))
    return bool(there & cohort_concepts() & c.wording.need)


def is_too_few_for_a_country(c: Candidate) -> bool:
    """ "in one home there were 12 looked after children", in a paper on all of England."""
    of_country = c.sentence.area is not None and c.sentence.area.kind == "country" and not c.areas
    return of_country and c.kind == "actual" and c.entry.unit == "count" and (c.number.value or 0) < _FEWEST_IN_COUNTRY
