"""Step mentions -> statements: whether a number that its clause gives no area is another authority's after all.

A paper tells of others, too: of the one that has most, of those where its own children live. Its own name, "we" or "our" ends that.
"""

from __future__ import annotations

import re

from extractors.clauses import Clause, reported_from
from extractors.sentences import Sentence, names_itself
from extractors.walk import Walk
from schemas.records import AreaMention

_OPENING = re.compile(r"\W*(?:in|for|at)?\s*", re.IGNORECASE)
_LIVING_IN = re.compile(
    r"[^;()]*\b(?:living|live|lives|lived|resident|residing|placed|were|are)(?: [\w-]+){0,4} in (?:the )?$",
    re.IGNORECASE,
)
_OURS = re.compile(r"\b(?:our|we|us)\b", re.IGNORECASE)


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
