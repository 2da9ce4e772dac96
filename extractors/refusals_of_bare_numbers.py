"""Step mentions -> statements: why a bare number, which says by no sign what it is, counts nothing that has an indicator.

A bare number is a count only where its noun is the cohort's, and then not of those that were counted already.
"""

from __future__ import annotations

import re

from extractors.candidate import Candidate
from extractors.clause_context import period_of_clause
from extractors.count_frames import counts_cohort
from extractors.indicators import indicator_named
from extractors.walk import IT_WAS

_IN_MILLIONS = 100_000  # from here on numbers are printed as "0.57 million", and what that makes may not be whole
_FURTHER = re.compile(r"\b(?:further|another|additional)\s*$", re.IGNORECASE)


def is_a_change_of_no_count(c: Candidate) -> bool:
    """ "three additional psychologists" after a percentage."""
    return c.kind == "change" and c.unit is None and c.entry.unit != "count"


def is_a_fraction(c: Candidate) -> bool:
    """ "12.5 children in care": nobody counts halves, but in an average."""
    value = c.number.value
    return (
        value is not None
        and bool(value % 1)
        and value < _IN_MILLIONS
        and c.kind != "average"
        and c.entry.unit == "count"
    )


def counts_something_else(c: Candidate) -> bool:
    """ "12 social workers for children in care": its noun is not the cohort's."""
    return (
        c.unit is None
        and c.how not in ("carried", "carried_sentence")
        and (c.walk.share is None or c.walk.share.bits is None)
        and c.kind != "change"
        and not counts_cohort(c)
    )


def counts_some_more(c: Candidate) -> bool:
    """ "a further 12": some more of those counted already."""
    before = c.walk.indicator or c.walk.state.indicator
    return c.unit is None and before in (None, c.wording.indicator) and c.so_far(_FURTHER) is not None


def is_loosely_carried(c: Candidate) -> bool:
    """ "22 in homes and 19 with their parents": no noun, area, date or cue ties it to what was counted before."""
    if not c.how.startswith("carried") or c.unit is not None or c.areas or c.kind in ("change", "average"):
        return False
    if c.clause.opened_by in ("up_from", "to", "compare") or _restates_a_share(c):
        return False
    dated = period_of_clause(c.sentence, c.clause) is not None
    return not dated and IT_WAS.search(c.text, c.clause.start, c.clause.first) is None


def _restates_a_share(c: Candidate) -> bool:
    """ "72% live with foster carers (698 children)", "the rate was 43 (158 children)"."""
    before = c.walk.last_bound
    return (
        c.clause.bracketed and before is not None and indicator_named(before.indicator).unit in ("percent", "per_10000")
    )


def is_counted_over_a_span(c: Candidate) -> bool:
    """ "1 January to 31 December 2018: 71" below "Looked after children": a stock has a day."""
    return c.how == "heading" and c.period is not None and " to " in c.period.text and c.entry.measures == "stock"


def is_far_fewer_than_before(c: Candidate) -> bool:
    """ "311 live in foster care. Additionally, 3 with carers of others"."""
    clause = c.clause
    return (
        c.kind == "actual"
        and not c.areas
        and clause.opened_by is None
        and not clause.bracketed
        and (c.number.value or 0.0) < c.walk.state.counted.get(c.wording.indicator, 0.0) / 4
        and c.entry.unit == "count"
        and not any(clause.start <= p.start < clause.end for p in c.sentence.periods)
    )
