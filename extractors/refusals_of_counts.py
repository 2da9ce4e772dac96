"""Step mentions -> statements: why a number of children, cases or workers is no figure of its indicator.

It counts people beside events, plans or orders of another kind, a part of the cohort, or what somebody read as a sample.
"""

from __future__ import annotations

import re

from extractors.candidate import Candidate

_PEOPLE = re.compile(
    r"\s*(?:different |individual |unique |separate )?(?:children|young people|people|individuals|pupils|who)\b",
    re.IGNORECASE,
)
_INVOLVED = re.compile(
    r"\b(?:enquir(?:y|ies)|referrals?|assessments?|contacts?|conferences?|investigations?|notifications?|episodes?|incidents?) "
    r"(?:relating to|in respect of|involving|concerning|about) (?:about |around |some |a total of )?$",
    re.IGNORECASE,
)


def counts_people_after_events(c: Candidate) -> bool:
    """ "Social care had 2,118 children open to it", after one on referrals."""
    return c.how.startswith("carried") and c.is_listed("events_told_of_before") and c.behind(_PEOPLE) is not None


def counts_people_beside_events(c: Candidate) -> bool:
    """ "612 missing episodes by 187 children"."""
    return c.is_listed("events") and c.behind(_PEOPLE) is not None


def counts_people_involved(c: Candidate) -> bool:
    """ "41 section 47 enquiries relating to 66 children"."""
    return c.behind(_PEOPLE) is not None and c.so_far(_INVOLVED) is not None


_ISSUED = re.compile(
    r"\s*(?:new |final |more )?(?:ehc ?(?:plan|p)s?|plans?|education,? health (?:and|&) care (?:plans?)(?: \(ehcps?\))?)\s+(?:(?:had|have|has|were|was|are|been|being)\s+)*"
    r"(?:completed|issued|finalised|agreed|ceased|closed|written|produced|reviewed|amended)\b",
    re.IGNORECASE,
)


def counts_plans_written(c: Candidate) -> bool:
    """ "212 plans were issued": so many were written, not so many children have one."""
    return c.is_listed("plans_held") and c.behind(_ISSUED) is not None


_UNDER_ORDERS = re.compile(
    r"\b(?:cared for|looked after|living|live|lived|placed|are|were|supported|remain) (?:with [\w ]{1,30}? )?(?:under|on|through|subject to) (?:an? )?"
    r"(?:special guardianship|sgo)",
    re.IGNORECASE,
)


def counts_those_under_orders(c: Candidate) -> bool:
    """ "88 children live with relatives under special guardianship": not so many orders were made."""
    return c.is_listed("orders_lived_under") and c.later(_UNDER_ORDERS) is not None


_SCHOOL_YEAR = re.compile(r"\byears? (?:[1-9]|1[0-3])\b(?!,)", re.IGNORECASE)


def is_of_a_school_year(c: Candidate) -> bool:
    """ "year 11 had 43 looked after children"."""
    return c.counts_a_whole_cohort and c.before(_SCHOOL_YEAR) is not None


def is_unallocated(c: Candidate) -> bool:
    """ "2 child protection and 5 looked after children cases unallocated"."""
    return c.counts_a_whole_cohort and "unallocated" in c.text


_ALSO = re.compile(r"\s*(?:of (?:whom|which|these|them) )?(?:\w+ )?also\b", re.IGNORECASE)


def is_also_something_else(c: Candidate) -> bool:
    """ "(31 of which also have a plan)"."""
    return c.how == "of_whom" and c.behind(_ALSO) is not None


def is_too_few_for_a_cohort(c: Candidate) -> bool:
    """ "19 children in care gave their views": no authority looks after so few, by the catalogue's range."""
    return (
        c.number.unit is None
        and c.kind != "change"
        and c.counts_a_whole_cohort
        and c.entry.minimum is not None
        and (c.number.value or 0) < c.entry.minimum
    )


_AUDITED = re.compile(r"[\w\s'’-]{0,40}\b(?:were |was |that were )?(?:audited|dip[- ]sampled)\b", re.IGNORECASE)
_THE_LAST = re.compile(r"\bof the (?:last|first|most recent|next) $", re.IGNORECASE)
_SO_MANY_CASES = re.compile(r"\b\w+ (?:out )?of (?:the )?\d+ (?:cases|files|records|audits)\b", re.IGNORECASE)


def was_audited(c: Candidate) -> bool:
    """ "of 15 section 47 enquiries audited, ten were well recorded"."""
    return c.behind(_AUDITED) is not None and not c.is_listed("found_by_audit")


def is_of_the_last_few(c: Candidate) -> bool:
    """ "of the last 10 children to become looked after"."""
    return c.just_before(_THE_LAST) is not None and c.behind(_PEOPLE) is not None


def is_beside_so_many_cases(c: Candidate) -> bool:
    """ "in 16 of 20 cases the child's voice was clear, and in 85% visits were on time"."""
    return c.is_share and not c.is_listed("found_by_audit") and _SO_MANY_CASES.search(c.text) is not None


_WORKERS = re.compile(
    r"\s*(?:(?:out )?of [\d,]+ |of (?:the|our) |newly |qualified |experienced |agency |permanent |new |fte |international )*(?:social )?(?:workers|staff|practitioners|recruits)\b",
    re.IGNORECASE,
)
_AT_MOST = re.compile(
    r"\b(?:no (?:social )?worker|more than|over|fewer than|at least|up to|maximum of|exceed(?:s|ing)?)\s+(?:\w+ ){0,3}$",
    re.IGNORECASE,
)
_NEW_TO_IT = re.compile(
    r"\b(?:newly[- ]qualified|nqsws?|asye|qualified (?:for )?(?:less|under|fewer)\b)", re.IGNORECASE
)
_TEAM = re.compile(
    r"\b(?:in|within|across|for|of) (?:the |some |one |its |a |two |three |most |certain )?(?!all )(?:[\w-]+ ){0,4}teams?\b",
    re.IGNORECASE,
)
_CONTRAST = re.compile(r",\s*(?:yet|but|although|though|while|whilst|whereas|however)\b", re.IGNORECASE)


def is_beyond_any_caseload(c: Candidate) -> bool:
    """ "reviewing officers have 74 cases on average": an average of 74 is theirs, whoever else the paper speaks of."""
    return bool(
        c.entry.unit == "cases" and c.number.value is not None and c.entry.maximum and c.number.value > c.entry.maximum
    )


def counts_workers_or_bounds_cases(c: Candidate) -> bool:
    """ "seven social workers hold more than 22 cases"."""
    return c.is_listed("caseloads") and (c.behind(_WORKERS) is not None or c.before(_AT_MOST) is not None)


def is_of_new_workers(c: Candidate) -> bool:
    """ "among those qualified less than two years, caseloads average 11"."""
    return c.is_listed("caseloads") and c.so_far(_NEW_TO_IT) is not None


def is_of_a_team(c: Candidate) -> bool:
    """ "in two teams caseloads average 31", but not "average 22, yet in two teams ..."."""
    if not c.is_listed("of_all_social_workers"):
        return False
    contrasted = c.later(_CONTRAST)
    return _TEAM.search(c.text, 0, contrasted.start() if contrasted else c.clause.end) is not None
