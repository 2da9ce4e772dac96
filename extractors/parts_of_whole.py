"""Step mentions -> statements: a bare number beside the name of a cohort that counts a part of it, or several together.

"14 children looked after had between them 37 missing episodes": fourteen is no count of the children looked after.
"""

from __future__ import annotations

import re

from extractors.clauses import Clause
from extractors.indicators import Wording, cohort_concepts, concept_bits
from extractors.sentences import Sentence, spans_of
from schemas.records import Number

_TOGETHER = re.compile(r"\b(?:together|combined|altogether|in total|between them|all told|in all)\b", re.IGNORECASE)
_HAD_SO_MANY = re.compile(
    r"\s*(?:had|have|has|accounted for|were responsible for) (?:between them )?(?:a total of |some |about |around )?\d",
    re.IGNORECASE,
)
_BEING = re.compile(
    r"\b[\w,]+ of the (?:children|young people|pupils)\b[^.;]*,\s*(?:being|comprising|made up of|namely)\b[^.;]*$",
    re.IGNORECASE,
)
_ALSO = re.compile(r"\balso\b", re.IGNORECASE)
_FROM_THEM = re.compile(r"\b(?:were|was|are|is|being) (?:from|by|about|for|of) (?:our )?$", re.IGNORECASE)
_IN_A_PLACE = re.compile(
    r"In (?!(?:Total|All|Addition|Summer|Spring|Autumn|Winter|Reception|Primary|Secondary|Quarter|Term|Year)\b)[A-Z][a-z]{4,}(?: [A-Z][a-z]+)? there (?:is|are|was|were)\b"
)
_ALL_OF_THEM = re.compile(r",\s*(?:all|both|each)\s*(?:of (?:them|whom)\s*)?$", re.IGNORECASE)


def is_part_of_cohort(sentence: Sentence, clause: Clause, number: Number, wording: Wording) -> bool:
    """Whether the words around the number make a part of the cohort, or several cohorts, of what it counts."""
    text = sentence.text
    named = [(s, e) for s, e, n in sentence.concepts if n in wording.concepts and clause.start <= s and e <= clause.end]
    behind = [(s, e) for s, e in named if s >= number.end]
    if behind and _HAD_SO_MANY.match(text, behind[0][1]):
        return True  # "14 CLA had between them 37 missing episodes"
    if behind and _ALSO.search(text[number.end : behind[0][1]]):
        return True  # "seven children open to the service were also subject of a plan"
    if behind and _FROM_THEM.search(text[number.end : behind[0][0]]):
        return True  # "742 episodes, 471 (63.5%) of which were from LAC"
    if behind and _ALL_OF_THEM.search(text[number.end : behind[0][0]]):
        return True  # "three young people, all UASC, declined"
    if _IN_A_PLACE.match(text) and not any(
        start <= 3 <= end for start, end in spans_of(sentence.areas, sentence.periods, sentence.numbers)
    ):
        return True  # "In Coldharbour there were 30 children on plans": a ward's
    if _BEING.search(text[: number.start]):
        return True  # "38 of the children had a social worker, being 31 children in need and ..."
    return _several_together(sentence, clause, number)


def _several_together(sentence: Sentence, clause: Clause, number: Number) -> bool:
    """ "Taken together, children in care, in need and on plans came to 1,203"."""
    cohorts = {
        n
        for s, e, n in sentence.concepts
        if clause.start <= s and e <= number.start and concept_bits([n]) & cohort_concepts()
    }
    return len(cohorts) > 1 and _TOGETHER.search(sentence.text, clause.start, clause.end) is not None
