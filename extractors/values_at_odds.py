"""Step mentions -> statements: values that cannot stand beside the one before them, and what that makes of them.

Two values of one measure in one row, a country that counts fewer than a city, a bracket that restates a number of something else.
"""

from __future__ import annotations

import re

from extractors.clause_context import period_of_clause
from extractors.clauses import Clause
from extractors.indicators import Wording, indicator_named
from extractors.sentences import Sentence
from extractors.walk import Walk
from schemas.records import AreaMention, Number

_FAR_BEYOND = 2
_FROM_AFAR = frozenset({"heading", "topic", "previous_sentence", "list_lead"})
_IN_ONE_ROW = re.compile(r"\s*(?:%|per ?cent)?\s*(?:,|and|,\s*and|&)\s*", re.IGNORECASE)


def too_small(
    walk: Walk, areas: tuple[AreaMention, ...], kind: str, unit: str | None, number: Number, wording: Wording
) -> bool:
    """A region or a country does not count fewer than one authority in it: "372 children; regionally it is 92" is a rate
    that is not called one."""
    own = walk.sizes.get("count")
    wide = bool(areas) and all(a.kind in ("region", "country", "neighbours") for a in areas)
    counted = unit is None and indicator_named(wording.indicator).unit == "count" and kind == "actual"
    if not wide or not counted or own is None or number.value is None:
        return False
    return number.value < (own / 3 if any(a.kind == "neighbours" for a in areas) else own)


def no_such_share(number: Number, wording: Wording) -> bool:
    """ "4.4%" is nobody's attendance, but somebody's absence: the catalogue's range begins at ten times as much."""
    entry = indicator_named(wording.indicator)
    low = entry.minimum or 0.0
    return entry.unit == "percent" and number.value is not None and number.value < low / 2


def too_large(sentence: Sentence, number: Number, wording: Wording) -> bool:
    """No authority has as many: the catalogue's range ends far below."""
    entry = indicator_named(wording.indicator)
    if entry.unit != "count" or entry.maximum is None or number.value is None:
        return False
    if sentence.area is None or sentence.area.kind != "authority":
        return False
    return number.value > _FAR_BEYOND * entry.maximum


def restates_a_refused(walk: Walk, clause: Clause, number: Number, areas: tuple[AreaMention, ...], how: str) -> bool:
    """ "28 of them are aged 13 to 15 (38%)", "the averages were 454 and 196 days": what belongs to a number that states
    nothing states nothing either."""
    if walk.refused is not None and areas and clause.bracketed and how == "carried":
        # "67% of those in care for long have been in one place (England 70%)": the comparator of what was not understood
        return walk.refused.unit == number.unit and walk.refused.unit == "percent"
    if walk.refused is None or areas:
        return False
    if clause.opened_by in ("up_from", "to") and how in _FROM_AFAR and number.unit == walk.refused.unit:
        return True  # "1,389 of another cohort, an increase from 1,374"
    if not how.startswith("carried"):
        return False
    if clause.bracketed and period_of_clause(walk.sentence, clause) is None and number.unit == "percent":
        return True
    return _IN_ONE_ROW.fullmatch(walk.sentence.text[walk.refused.end : number.start]) is not None


def contradicts(
    walk: Walk, clause: Clause, number: Number, areas: tuple[AreaMention, ...], kind: str, how: str
) -> bool:
    """ "90%, 84% and 87%": a second value of one measure in one row, with no other area, period or kind, is of some
    other measure that the row does not name."""
    before = walk.last_bound
    if before is None or how != "carried" or kind != "actual" or before.kind != "actual":
        return False
    if walk.share is not None and (walk.share.area is not None or walk.share.period is not None):
        return False  # "in 2021/22 and 2022/23 it was 21% and 19% respectively"
    between = walk.sentence.text[before.number.end : number.start]
    return (
        _IN_ONE_ROW.fullmatch(between) is not None
        and (not areas or areas == before.areas)
        and period_of_clause(walk.sentence, clause) is None
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
