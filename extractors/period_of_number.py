"""Step mentions -> statements: the period of a number: its clause's own, else the one that a reader carries on to it.

A move gives each of its two values its own; a row of comparators shares the one behind it; what a foreign value is of is not
handed on to the authority's own.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.clause_context import area_of_clause, period_of_clause
from extractors.clauses import Clause, bits_start
from extractors.dates_of_moves import dates_of_move
from extractors.period_of_figure import shift
from extractors.walk import Walk
from schemas.records import PeriodMention

_WHICH_IS = re.compile(
    r"\s*,\s*(?:or|which (?:is|was|represents|represented|equates to|equated to)) (?:about |around |just )*",
    re.IGNORECASE,
)
_INVOLVING = re.compile(
    r"[\w\s-]{0,40}\b(?:involving|relating to|in respect of|concerning|about) (?:about |around |some |a total of )?$"
)
_SAME_AGAIN = re.compile(r"\bthe same (?:rate|number|proportion|percentage|figure|level|share) of\s*$", re.IGNORECASE)
_WHEN_IT_WAS = re.compile(r"^\W*when (?:it|this|the \w+|they) (?:was|were|stood)\b", re.IGNORECASE)
_WHEN = re.compile(r"\bwhen (?:there were |the number was |it was )?(?:about |around |only |just )?$", re.IGNORECASE)
_ALL_OF_THEM = re.compile(
    r"\b(?:all|both|each)(?: of (?:them|these|those|which))?(?: are| were| figures?)?(?: as)?(?: at| in| for| from)?(?: the)?\s*$",
    re.IGNORECASE,
)
_SINCE_THEN = re.compile(
    r"\b(?:has|have|had)\s+since\s+(?:then\s+)?(?:fallen|risen|increased|decreased|reduced|dropped|grown|gone|come|improved|been|declined|recovered)\b",
    re.IGNORECASE,
)


def period_of_number(walk: Walk, clause: Clause, foreign: bool, prior: bool) -> PeriodMention | None:
    """The clause's own period, else the one that a reader carries on to it."""
    p = period_of_clause(walk.sentence, clause)
    if p is not None and p.form == "relative" and p.end <= bits_start(walk.sentence, clause) > clause.start:
        p = None  # "in time had gone down on last year and 84% had an up-to-date assessment"
    if p is not None and p.form == "relative":
        p = _same_day_again(walk, p)
    own = walk.own_period
    if p is not None and p.form == "span" and own is not None and own.form == "month" and own.start == p.start:
        return own  # "fell from 52 to 47 between March and September": the 47 is September's
    ahead = walk.following
    if (
        p is None
        and not prior
        and ahead is not None
        and (
            _WHICH_IS.fullmatch(walk.sentence.text, ahead.start, ahead.first)
            or _INVOLVING.match(walk.sentence.text, clause.last, ahead.first)
        )
    ):
        # "19 did, which is 15% of those who left in 2014-15", "63 episodes involving 50 children between January and March"
        p = period_of_clause(walk.sentence, ahead)
    if p is None and prior and ahead is not None and walk.sentence.text[clause.last : ahead.first].strip() == "(":
        behind = period_of_clause(walk.sentence, ahead)  # "against 468 (75) the year before"
        p = behind if behind is not None and behind.start >= ahead.last else None
    if _SAME_AGAIN.search(walk.sentence.text[clause.start : clause.first]) and walk.own_period is not None:
        return walk.own_period  # "two fewer than at 31 March 2015 (the same rate of 80)": today's rate
    if p is None and _WHEN_IT_WAS.match(walk.sentence.text[clause.start : clause.first]):
        before = [x for x in walk.sentence.periods if x.end <= clause.start and x.form not in ("title", "now")]
        return before[-1] if before else None
    if p is None and foreign:
        p = _common_period(walk, clause)
    if p is None and (when := _WHEN.search(walk.sentence.text[: clause.first])):
        p = next(
            (x for x in walk.sentence.periods if 0 <= when.start() - x.end <= 2 and (x.last or x.form == "relative")),
            None,
        )
    moves = clause.opened_by == "up_from" and walk.following is not None and walk.following.opened_by == "to"
    if moves and (dates := dates_of_move(walk, clause)) is not None:
        was, became = dates
        walk.own_period = became or walk.own_period
        return was
    if p is not None and clause.opened_by == "up_from":
        walk.moved_from = p
    elif p is not None and clause.opened_by == "to" and walk.moved_from is not None:
        walk.moved, walk.moved_from = (walk.moved_from, p), None
    if p is None:
        if prior or moves:
            return None  # "rose from 507.1 to 552.8 over the same time": what it rose from is of an earlier one
        if foreign:
            return walk.compared_period or walk.own_period or carried_period(walk)
        return walk.own_period or carried_period(walk) or _date_of_both(walk)
    if p.form == "relative":
        return p
    if foreign:
        walk.compared_period = p
    elif not prior and not (clause.bracketed and walk.own_period is not None and clause.start > 0):
        walk.own_period = p  # "87% at 31 March 2021 (2020: 91%) and 90% ...": a bracket dates what it holds
    return p


def _same_day_again(walk: Walk, said: PeriodMention) -> PeriodMention:
    """ "107 at 31 March 2009, 158 at the same point of 2010": the day that the sentence, or the one before, speaks of."""
    if said.normal[0] != "@" and said.normal != "-0y":
        return said
    dated = [p for p in walk.sentence.periods if p.end <= said.start and p.form not in ("title", "now", "relative")]
    base = dated[-1] if dated else walk.state.period
    found = shift(base, said.normal)
    return said if found is None else replace(found, start=said.start, end=said.end, text=said.text)


def _common_period(walk: Walk, clause: Clause) -> PeriodMention | None:
    """The period at the end of a row of comparators that dates them all: "(SN 54%, England 52%, all 2020/21)", "43.7
    nationally and 55.4 in the region (31 March 2019)"."""
    text = walk.sentence.text
    for p in walk.sentence.periods:
        if p.start < clause.last or p.form in ("title", "now", "relative"):
            continue
        if _ALL_OF_THEM.search(text[clause.last : p.start]):
            return p
        ahead = walk.following
        if ahead is not None and ahead.opened_by == "and" and ahead.last < p.start < p.end <= ahead.end:
            return p if any(a.kind != "own" for a in area_of_clause(walk.sentence, ahead)) else None
    return None


def _date_of_both(walk: Walk) -> PeriodMention | None:
    """ "Turnover stood at 16% and vacancies at 19% as of 30 September 2023": the one date behind two values."""
    ahead, text = walk.following, walk.sentence.text
    dated = [p for p in walk.sentence.periods if p.form not in ("title", "relative")]
    if ahead is None or ahead.opened_by != "and" or len(dated) != 1 or dated[0].form == "now":
        return None
    only = dated[0]
    behind = ahead.last <= only.start and not re.search(r"[,;:()]", text[ahead.last : only.start])
    return only if behind and period_of_clause(walk.sentence, ahead) == only else None


def carried_period(walk: Walk) -> PeriodMention | None:
    """What the sentence, list or heading before hands on."""
    if _SINCE_THEN.search(walk.sentence.text):
        return None  # "peaked at 792 in July. They have since fallen to 735"
    if walk.anaphoric or walk.state.of_list or walk.state.lead_bits or walk.state.listed:
        return walk.state.period or walk.state.heading_period
    return walk.state.heading_period
