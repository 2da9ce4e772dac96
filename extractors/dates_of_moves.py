"""Step mentions -> statements: from when to when a value moved ("from 655 to 712"), where the words before or behind date it."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.clause_context import period_of_clause
from extractors.clauses import Clause
from extractors.period_forms import month_end
from extractors.walk import Walk
from schemas.records import PeriodMention

_SINCE = re.compile(r"\bsince (?:the end of )?$", re.IGNORECASE)
_SINCE_BEHIND = re.compile(
    r"\s*(?:children|young people|plans|cases|%|per ?cent|days)?,?\s*since (?:the end of )?", re.IGNORECASE
)
_UP_TO = re.compile(r"\b(?:up to|until|to) (?:the end of )?$", re.IGNORECASE)
_COMPARED_WITH = re.compile(
    r"\s*(?:%|per ?cent|days|weeks)?,?\s*(?:when )?(?:compared|in comparison) (?:to|with) (?:the )?", re.IGNORECASE
)


def dates_of_move(walk: Walk, clause: Clause) -> tuple[PeriodMention | None, PeriodMention | None] | None:
    """ "In 2013/14 this improved from 11.1% to 17.1%": the year is that of where it came to, not of where it was; "between
    2010-13 and 2012-14, from 288 to 286" gives each its own. None where no words before or behind the move date either."""
    opens = [start for start, end, name in walk.sentence.cues if name == "up_from" and end <= clause.first]
    ahead = walk.following
    if ahead is None:
        return None
    if (began := _since_when(walk, clause, ahead)) is not None:
        return began
    if not opens:
        return None
    if (months := _two_months(walk)) is not None:
        return months
    if period_of_clause(walk.sentence, ahead) is not None:
        return None
    before = [p for p in walk.sentence.periods if p.end <= opens[-1] and p.form not in ("title", "now", "relative")]
    if (other := _compared_with(walk, ahead)) is not None:
        return other, before[-1] if before else None
    if walk.moved is not None and not any(p.start >= clause.start for p in before):
        return walk.moved  # "from 24.8% in 2018 to 12.1% in 2021, while the other came down from 27.9% to 11.6%"
    text = walk.sentence.text
    match before:
        case [only] if only.form != "span" and only.start >= clause.start:
            own = period_of_clause(walk.sentence, clause)
            return (own if own is not None and own.start >= clause.last else None), only
        case [was, became] if (
            re.search(r"\bbetween $", text[: was.start], re.IGNORECASE) and text[was.end : became.start] == " and "
        ):
            return was, became
    return None


def _since_when(walk: Walk, clause: Clause, ahead: Clause) -> tuple[PeriodMention | None, PeriodMention | None] | None:
    """ "Since April 2021 it has risen from 322 to 409 in March 2023", "has fallen from 672 to 655 since June": the date of the
    first value, and that of the second if one stands there."""
    text, periods = walk.sentence.text, walk.sentence.periods
    behind = next((p for p in periods if _SINCE_BEHIND.fullmatch(text, ahead.last, p.start)), None)
    if behind is not None:
        return behind, None
    since = [p for p in periods if p.end <= clause.first and _SINCE.search(text[: p.start])]
    if not since:
        return None
    said = period_of_clause(walk.sentence, clause)
    if said is not None and (said.start < since[-1].start or said.start >= clause.last):
        return None
    until = [p for p in periods if since[-1].end <= p.start < clause.first and _UP_TO.search(text[: p.start])]
    return since[-1], period_of_clause(walk.sentence, ahead) or (until[-1] if until else None)


def _compared_with(walk: Walk, ahead: Clause) -> PeriodMention | None:
    """ "in 2012-15 had reduced from 651 days to 607 days, compared to the 2011-14 period": the period of the first value."""
    text = walk.sentence.text
    return next(
        (
            p
            for p in walk.sentence.periods
            if p.start >= ahead.last and p.last and _COMPARED_WITH.fullmatch(text, ahead.last, p.start)
        ),
        None,
    )


def _two_months(walk: Walk) -> tuple[PeriodMention, PeriodMention] | None:
    """ "fell from 52 to 47 between March and September 2023": the months where a move begins and ends."""
    spans = [p for p in walk.sentence.periods if p.form == "span" and p.text.lower().startswith("between")]
    if len(spans) != 1 or spans[0].first is None or spans[0].last is None:
        return None
    first, last = spans[0].first, spans[0].last
    if first.day != 1 or last != month_end(last.year, last.month):
        return None
    was = replace(
        spans[0], normal=f"{first:%Y-%m}", last=month_end(first.year, first.month), form="month", preposition="in"
    )
    return was, replace(spans[0], normal=f"{last:%Y-%m}", first=last.replace(day=1), form="month", preposition="in")
