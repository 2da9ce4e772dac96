"""Step mentions -> statements: why a number that has found an indicator is still not a figure of it.

A part of the cohort, a sample that somebody read, a plan, a question, a complement that the page does not state, a share of a
share: each is a disposition of its own in the ledger. The rows below hold the refusals in the order in which they are asked:
what the passage is on, what the sentence says, and what else was counted beside the number.
"""

from __future__ import annotations

import re

from extractors import refusals_by_passage as passage
from extractors import refusals_of_bare_numbers as bare
from extractors import refusals_of_cohorts as cohorts
from extractors import refusals_of_counts as counts
from extractors import refusals_of_shares as shares
from extractors import values_at_odds as values
from extractors.candidate import Candidate, Row, first_answer
from extractors.refusals_of_cues import disposition_by_cues


def is_asked(c: Candidate) -> bool:
    """ "Why have only 62% of assessments been in time?"."""
    return c.text.rstrip().endswith("?")


def is_one_of_the_topic(c: Candidate) -> bool:
    """ "One told inspectors of her move", in a section on children in care."""
    return c.number.words and c.number.value == 1 and c.how == "topic"


_ONE_CHILD = re.compile(
    r"\b(?:one|a) (?:child|young person|sibling group|case) (?:had |has )?(?:waited|took|taken|been)\b", re.IGNORECASE
)


def is_of_one_child(c: Candidate) -> bool:
    """ "one child had waited 611 days and took the average up"."""
    return c.entry.unit == "days" and c.so_far(_ONE_CHILD) is not None


_NEAR = frozenset({"own_clause", "sentence", "previous_sentence", "heading"})
_ANECDOTE = re.compile(
    r"\b(?:described|told|said|felt|explained|commented|valued|managed|able|for example|in one case|reported (?:that|feeling)|expressed|recalled|wrote|had been|inspector)\b",
    re.IGNORECASE,
)


def is_an_anecdote(c: Candidate) -> bool:
    """ "one young person in care described how ..."."""
    return c.number.words and c.number.value == 1 and c.how in _NEAR and _ANECDOTE.search(c.text) is not None


_FROM_ELSEWHERE = frozenset({"carried", "carried_sentence", "previous_sentence", "topic", "heading", "list_lead"})


def is_denied_from_elsewhere(c: Candidate) -> bool:
    """ "... were seen in time. 14 were not": what is denied is named only in another clause."""
    return c.how in _FROM_ELSEWHERE and any(
        name == "negation" and s >= c.number.end and e <= c.core_end for s, e, name in c.sentence.cues
    )


_BY_THE_PASSAGE: Row[str] = (
    ("no_indicator", passage.is_in_a_section_on_others),
    ("no_indicator", passage.is_another_services),
    ("no_indicator", passage.is_in_another_services_paper),
    ("no_indicator", passage.is_beside_another_service),
    ("no_indicator", passage.is_not_said_to_be_social_care),
    ("ambiguous", passage.is_asked_of_a_part),
    ("other_cohort", passage.is_counted_again),
    ("ambiguous", passage.is_too_few_for_a_country),
    ("ambiguous", values.is_no_such_share),
    ("ambiguous", values.is_too_large),
)
_BY_THEIR_OWN_WORDS: Row[str] = (
    ("not_a_statement", is_asked),
    ("comparison", shares.is_so_many_days_apart),
    ("no_indicator", shares.took_longer),
    ("threshold", shares.is_reached_by_most),
    ("no_indicator", shares.is_within_other_days),
    ("sample", counts.was_audited),
    ("threshold", shares.is_a_mark),
    ("no_indicator", counts.counts_plans_written),
    ("subset", counts.is_of_a_school_year),
    ("subset", counts.is_unallocated),
    ("other_cohort", cohorts.is_of_four_years),
    ("share_of_share", shares.is_of_the_item_before),
    ("sample", counts.is_of_the_last_few),
    ("not_a_statement", is_one_of_the_topic),
    ("no_indicator", counts.counts_people_after_events),
    ("subset", counts.is_also_something_else),
    ("no_indicator", shares.is_a_share_of_things),
    ("subset", shares.is_good_without_outstanding),
    ("other_cohort", cohorts.is_of_everybody),
    ("share_of_share", shares.is_of_these),
    ("no_indicator", shares.is_what_all_but_leaves),
    ("not_a_statement", shares.ranges_over_many),
    ("no_indicator", counts.counts_people_beside_events),
    ("no_indicator", counts.counts_people_involved),
    ("not_a_statement", is_of_one_child),
    ("other_cohort", cohorts.is_of_all_pupils),
    ("no_indicator", counts.is_beyond_any_caseload),
    ("sample", counts.is_beside_so_many_cases),
    ("other_cohort", cohorts.is_of_a_board),
    ("no_indicator", counts.counts_workers_or_bounds_cases),
    ("subset", counts.is_of_new_workers),
    ("no_indicator", counts.counts_those_under_orders),
    ("other_cohort", cohorts.is_of_other_ages),
)
_BY_WHAT_IS_LEFT: Row[str] = (
    ("not_a_statement", is_an_anecdote),
    ("subset", counts.is_of_a_team),
    ("no_indicator", is_denied_from_elsewhere),
    ("subset", cohorts.is_of_a_foreign_age),
    ("subset", counts.is_too_few_for_a_cohort),
    ("no_indicator", shares.is_a_share_of_people),
    ("threshold", shares.is_what_most_reach),
    ("subset", shares.is_of_those_marked_out),
    ("threshold", shares.is_what_a_share_is_measured_by),
    ("no_indicator", shares.is_late),
    ("no_indicator", shares.is_denied),
    ("share_of_share", shares.is_of_a_base_before),
    ("share_of_share", shares.is_of_a_base_behind),
)
_BESIDE_OTHERS: Row[str] = (
    ("no_indicator", bare.is_a_change_of_no_count),
    ("ambiguous", values.is_too_small),
    ("no_indicator", bare.is_a_fraction),
    ("no_indicator", bare.counts_something_else),
    ("no_indicator", values.restates_a_refused),
    ("ambiguous", values.contradicts),
    ("no_indicator", bare.counts_some_more),
    ("no_indicator", bare.is_loosely_carried),
    ("ambiguous", bare.is_counted_over_a_span),
    ("subset", bare.is_far_fewer_than_before),
)


def refusal_of_number(c: Candidate) -> str | None:
    """The disposition of a number that is not a figure of its indicator after all, else None."""
    return first_answer(_BY_THE_PASSAGE, c) or veto_of_number(c) or first_answer(_BESIDE_OTHERS, c)


def veto_of_number(c: Candidate) -> str | None:
    """The disposition that its own sentence gives such a number, else None."""
    veto = first_answer(_BY_THEIR_OWN_WORDS, c) or disposition_by_cues(c) or first_answer(_BY_WHAT_IS_LEFT, c)
    if veto == "not_a_statement" and c.kind == "target" and not is_asked(c):
        return None  # "we will be at 95% by March 2025"
    return veto
