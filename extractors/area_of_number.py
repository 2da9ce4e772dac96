"""Step mentions -> statements: the areas of a clause's numbers: those it names, else those that a reader carries on to it.

A paper tells of others, too: of the one that has most, of those where its own children live. Its own name, "we" or "our" ends that.
"""

from __future__ import annotations

import re

from extractors.clause_context import area_of_clause, areas_match, period_of_clause
from extractors.clauses import Clause, bracket_around, reported_from
from extractors.sentences import Sentence, names_itself
from extractors.walk import Walk
from schemas.records import AreaMention

_OPENING = re.compile(r"\W*(?:in|for|at)?\s*", re.IGNORECASE)
_LIVING_IN = re.compile(
    r"[^;()]*\b(?:living|live|lives|lived|resident|residing|placed|were|are)(?: [\w-]+){0,4} in (?:the )?$",
    re.IGNORECASE,
)
_OURS = re.compile(r"\b(?:our|we|us)\b", re.IGNORECASE)
_COMPARED_IN_BRACKET = re.compile(r"[^()]*\b(?:compared|against|versus|vs)\b[^()]*\d")
_BARE_VALUE = re.compile(r"[(\[]\s*[\d.,]+\s*(?:%|per ?cent)?\s*[)\]]", re.IGNORECASE)
_STILL_OF_IT = re.compile(r"\W*(?:(?:al)?though )?(?:this|it|these|that|they)\b", re.IGNORECASE)


def areas_named(walk: Walk, clause: Clause) -> tuple[AreaMention, ...] | None:
    """The areas that a clause, its bracket or the authority it opens with gives its numbers; None where nobody can say."""
    given = walk.share.area if walk.share is not None else None
    areas = (given,) if given is not None else area_of_clause(walk.sentence, clause)
    areas = _areas_of_comparison(walk, clause, areas)
    bracket = bracket_around(walk.sentence.text, clause.numbers)
    if not areas and bracket is not None and bracket == walk.last_bracket and clause.opened_by != "compare":
        # "(national average 17% primary; 14% secondary)"
        areas = tuple(a for a in walk.last_areas if a.kind != "own")
    walk.last_bracket = bracket
    undated = bracket is not None and not areas and areas_match(walk.last_areas)
    if undated and bracket is not None and _BARE_VALUE.fullmatch(walk.sentence.text, *bracket):
        return None  # "England 63% (69%)": of when, nobody can say
    walk.of_another = False
    if not areas_match(areas) and (not areas or walk.state.of_another):
        areas, walk.of_another = another_authority(walk, clause)
    return areas


def _areas_of_comparison(walk: Walk, clause: Clause, areas: tuple[AreaMention, ...]) -> tuple[AreaMention, ...]:
    """ "higher than in similar authorities (113 compared to 96)": first the own value, then theirs."""
    compared = clause.bracketed and areas
    if compared and _COMPARED_IN_BRACKET.search(walk.sentence.text, clause.last, clause.last + 40):
        walk.bracket_areas = areas
        return ()
    if clause.bracketed and not areas and clause.opened_by == "compare" and walk.bracket_areas:
        return walk.bracket_areas
    return areas


def areas_carried(walk: Walk, clause: Clause, glue: bool) -> tuple[AreaMention, ...]:
    """The areas of the clause before, for one that names none and has no words of its own: nothing where it does not go on."""
    if not glue:
        return ()
    of_others = areas_match(walk.last_areas)
    if clause.opened_by == "and" and of_others and period_of_clause(walk.sentence, clause):
        return walk.last_areas
    if {clause.opened_by, walk.last_opened} == {"up_from", "to"} and not clause.bracketed:
        return walk.last_areas  # "the rate for England rose from 507.1 to 552.8"
    return ()


def areas_told_of(walk: Walk, indicator: str, how: str) -> tuple[AreaMention, ...]:
    """ "Nationally 65% did so. This is up from 63%": the other areas of which the sentence before stated the indicator."""
    sentence, state = walk.sentence, walk.state
    if how in ("own_clause", "sentence") or indicator != state.told_of_others or sentence.areas:
        return ()
    return state.told_areas if _STILL_OF_IT.match(sentence.text) and not speaks_of_itself(sentence) else ()


def another_authority(walk: Walk, clause: Clause) -> tuple[tuple[AreaMention, ...], bool]:
    """The other authority that a clause opens with ("Southampton, one of ten, with 121"), and whether its numbers are those
    of another one: of children who live there, or of the one that the sentence before spoke of."""
    sentence, text = walk.sentence, walk.sentence.text
    if any(a.kind == "own" and names_itself(sentence, a) for a in sentence.areas):
        return (), False
    elsewhere = [a for a in sentence.areas if a.kind == "region" and clause.last <= a.start and a.end <= clause.end]
    others = [a for a in sentence.areas if a.kind == "authority" and clause.start <= a.start and a.end <= clause.end]
    compared = any(clause.start <= s < clause.last and name == "compare" for s, _, name in sentence.cues)
    if elsewhere and not compared and _LIVING_IN.search(text[clause.last : elsewhere[0].start]):
        return (), True  # "9,100 children are with foster families in the North West"
    if others and not compared:
        first = others[0]
        if first.end <= clause.first and _OPENING.fullmatch(text, clause.start, first.start):
            return (first,), False
        if first.start >= clause.last and _LIVING_IN.search(text[clause.last : first.start]):
            return (), True
    if not others and not compared and clause.opened_by != "compare" and clause.start > 0 and sentence.areas:
        first = sentence.areas[0]
        if (
            first.kind == "authority"
            and _OPENING.fullmatch(text, reported_from(text), first.start)
            and len(sentence.areas) == 1
        ):
            return (first,), False  # "Southampton, among the ten, with 121 ..."
    of_the_last = walk.state.of_another and not sentence.areas_of("authority") and not speaks_of_itself(sentence)
    return (), of_the_last and not any(a.kind in ("country", "region", "neighbours") for a in sentence.areas)


def speaks_of_itself(sentence: Sentence) -> bool:
    """Whether a sentence says "we", "our" or "us"."""
    return _OURS.search(sentence.text) is not None
