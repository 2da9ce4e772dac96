"""Step mentions -> statements: values that cannot stand beside the one before them, and what that makes of them.

Two values of one measure in one row, a country that counts fewer than a city, a bracket that restates a number of something else.
"""

from __future__ import annotations

import re

from extractors.candidate import Candidate
from extractors.clause_context import period_of_clause
from extractors.clauses import Clause
from extractors.walk import Walk
from schemas.records import Number

_FAR_BEYOND = 2
_FROM_AFAR = frozenset({"heading", "topic", "previous_sentence", "list_lead"})
_IN_ONE_ROW = re.compile(r"\s*(?:%|per ?cent)?\s*(?:,|and|,\s*and|&)\s*", re.IGNORECASE)


def is_no_such_share(c: Candidate) -> bool:
    """ "4.4%" is nobody's attendance, but somebody's absence: the catalogue's range begins at ten times as much."""
    low = c.entry.minimum or 0.0
    value = c.number.value
    return c.kind == "actual" and c.entry.unit == "percent" and value is not None and value < low / 2


def is_too_large(c: Candidate) -> bool:
    """ "In March 2012 there were 67,050": no authority has as many, the catalogue's range ends far below."""
    area, most = c.sentence.area, c.entry.maximum
    if c.areas or c.kind != "actual" or area is None or area.kind != "authority":
        return False
    if c.entry.unit != "count" or most is None or c.number.value is None:
        return False
    return c.number.value > _FAR_BEYOND * most


def is_too_small(c: Candidate) -> bool:
    """ "372 children; regionally it is 92" is a rate that is not called one: a region or a country does not count fewer than
    one authority in it."""
    own = c.walk.sizes.get("count")
    wide = bool(c.areas) and all(a.kind in ("region", "country", "neighbours") for a in c.areas)
    counted = c.unit is None and c.entry.unit == "count" and c.kind == "actual"
    if not wide or not counted or own is None or c.number.value is None:
        return False
    return c.number.value < (own / 3 if any(a.kind == "neighbours" for a in c.areas) else own)


def restates_a_refused(c: Candidate) -> bool:
    """ "28 of them are aged 13 to 15 (38%)", "the averages were 454 and 196 days": what belongs to a number that states
    nothing states nothing either."""
    refused, clause = c.walk.refused, c.clause
    if refused is None or c.kind != "actual":
        return False
    if c.areas:
        # "67% of those in care for long have been in one place (England 70%)": the comparator of what was not understood
        understood = not clause.bracketed or c.how != "carried"
        return not understood and refused.unit == c.number.unit and refused.unit == "percent"
    if clause.opened_by in ("up_from", "to") and c.how in _FROM_AFAR and c.number.unit == refused.unit:
        return True  # "1,389 of another cohort, an increase from 1,374"
    if not c.how.startswith("carried"):
        return False
    if clause.bracketed and period_of_clause(c.sentence, clause) is None and c.number.unit == "percent":
        return True
    return _IN_ONE_ROW.fullmatch(c.text, refused.end, c.number.start) is not None


def contradicts(c: Candidate) -> bool:
    """ "90%, 84% and 87%": a second value of one measure in one row, with no other area, period or kind, is of some
    other measure that the row does not name."""
    before, share = c.walk.last_bound, c.walk.share
    if before is None or c.how != "carried" or c.kind != "actual" or before.kind != "actual":
        return False
    if share is not None and (share.area is not None or share.period is not None):
        return False  # "in 2021/22 and 2022/23 it was 21% and 19% respectively"
    return (
        _IN_ONE_ROW.fullmatch(c.text, before.number.end, c.number.start) is not None
        and (not c.areas or c.areas == before.areas)
        and period_of_clause(c.sentence, c.clause) is None
    )


def means_from(walk: Walk, clause: Clause, number: Number) -> bool:
    """ "61.2% in 2018/19, a decrease of 67.5% in 2017/18": with a period of its own, and on the right side of the value
    before it, the number is what the value came from."""
    before = walk.last_bound
    if (
        before is None
        or number.signed
        or before.number.unit != number.unit
        or before.number.value is None
        or number.value is None
    ):
        return False
    text = walk.sentence.text[clause.start : number.start].lower()
    period = period_of_clause(walk.sentence, clause)
    if period is None or period.form in ("now", "relative") or period.start < clause.last or before.period is None:
        return False
    if period.normal == before.period.normal or not re.search(r"\bof\s*$", text):
        return False
    falls = re.search(r"\b(?:decrease|reduction|fall|drop|decline|deterioration|dip) of\s*$", text) is not None
    return number.value > before.number.value if falls else number.value < before.number.value
