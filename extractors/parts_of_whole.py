"""Step mentions -> statements: a bare number beside the name of a cohort that counts a part of it, or several together.

"14 children looked after had between them 37 missing episodes": fourteen is no count of the children looked after.
"""

from __future__ import annotations

import re

from extractors.candidate import Candidate
from extractors.count_nouns import after_group
from extractors.indicators import cohort_concepts, concept_bits, parts_of_cohorts
from extractors.sentences import spans_of

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


def is_part_of_cohort(c: Candidate) -> bool:
    """Whether the words around the number make a part of the cohort, or several cohorts, of what it counts."""
    sentence, clause, number, wording, text = c.sentence, c.clause, c.number, c.wording, c.text
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
    return _several_together(c)


def _several_together(c: Candidate) -> bool:
    """ "Taken together, children in care, in need and on plans came to 1,203"."""
    cohorts = {
        n
        for s, e, n in c.sentence.concepts
        if c.clause.start <= s and e <= c.number.start and concept_bits([n]) & cohort_concepts()
    }
    return len(cohorts) > 1 and c.around(_TOGETHER) is not None


_HAS_VERB = re.compile(r"\b(?:is|are|was|were|has|have|had|became|stood|stands|rose|fell)\b", re.IGNORECASE)
_MAIN_VERB_LATER = re.compile(r",[^,;:.]*,\s*(?:is|are|was|were|has|have|had)\b", re.IGNORECASE)
_OR_RATHER = re.compile(
    r"\s*,?\s*or\b(?!\s*(?:an? )?(?:rate of )?[\d.,]+ ?(?:%|per ?cent|(?:children )?(?:per|in every|for every) 10,?000))"
)
_AND_NOW = re.compile(r"\s*and (?:is|are|was|were|has|have) now\b")
_ASIDE = re.compile(r"\s*\([\d.,% ]+\)")
_STOP = re.compile(
    r"[,;:(–]|\s[-—]\s|\b(?:which|reflecting|because|due|following|despite|and that|relating|involving|concerning|or [\d.,]+ ?(?:%|per ?cent)|reported to|for [\d,]+ (?:children|young people))\b"
)


def is_whole(c: Candidate) -> bool:
    """A whole cohort is counted where nothing further is said of those counted: "35 children who are looked after attend
    part time" counts a part of it."""
    if _is_done_to(c):
        return False
    after, named, text, end = after_group(c), c.wording.concepts, c.text, c.clause.end
    spans = [(s, e) for s, e, n in c.sentence.concepts if n in named and s >= after and e <= end]
    if spans and c.sentence.unexplained(after, spans[0][0]):
        return False
    start = spans[0][1] if spans else after
    if _OR_RATHER.match(text, start) or _AND_NOW.match(text, start):
        return False  # "4 children have ceased to be looked after and are now living in houses of multiple occupation"
    aside = _ASIDE.match(text, start)
    start = aside.end() if aside else start
    stop = _STOP.search(text, start, end)
    stops = stop.start() if stop else end
    if c.sentence.unexplained(start, stops):
        return False
    # "400 children in need cases, some of them old, are still awaiting an assessment": a part of the cohort waits
    later = None if _HAS_VERB.search(text, c.clause.start, stops) else _MAIN_VERB_LATER.match(text, stops)
    return later is None or not c.sentence.unexplained(later.end(), end)


_INCLUDED = re.compile(r"\b(?:include[sd]?|including)\s*$", re.IGNORECASE)
_OBJECT = re.compile(
    r"\b(?:work(?:s|ed|ing)?(?: closely| directly| intensively)? with|support(?:s|ed|ing)?|spoke (?:to|with)|(?<!caring )(?<!care )(?<!cared )for|by|involv\w+|reach\w+|helped|includ\w+|seen|saw|visited|interview\w+|met(?: with)?|"
    r"made|submitted|generated|accounted for|further|additional|other|another|remaining|these|those|relat\w+ to|respect of|affecting|on behalf of|to all|each of|only of)\s*(?:around |about |approximately |over |nearly |just |some |the |a total of )*$",
    re.IGNORECASE,
)


def _is_done_to(c: Candidate) -> bool:
    """ "the service worked with 35 children looked after": the cohort is the object of what somebody did with a part of it, unless
    only the month did: "September 2022 saw 843 children in care"."""
    first = c.clause.first
    led = [s for s, e, n in c.sentence.concepts if n in c.wording.concepts and 0 <= first - e <= 2]
    before = c.text[: min([first, *led])]
    if c.wording.indicator in parts_of_cohorts():
        before = _INCLUDED.sub("", before)
    seen = _OBJECT.search(before)
    if seen is None:
        return False
    dated = any(0 <= seen.start() - p.end <= 2 for p in c.sentence.periods)
    return not (dated and seen.group().startswith(("saw", "seen")))


_FOR_SO_LONG = re.compile(
    r"\s*(?:continuously )?for (?:more than|over|at least|longer than|less than|under) ", re.IGNORECASE
)
_WHO = re.compile(r"\s*(?:\([^()]*\))?\s*(?:who|that|whose) ")


def is_restricted(c: Candidate) -> bool:
    """ "four children are living with foster carers who are being assessed": a relative clause makes a part of the cohort; so
    does "the 143 children who have been looked after for more than 2.5 years"."""
    last, end = c.clause.last, c.clause.end
    named = [e for s, e, n in c.sentence.concepts if n in c.wording.concepts and s >= last and e <= end]
    if not named:
        return False
    if c.counts_a_whole_cohort and _FOR_SO_LONG.match(c.text, named[-1]):
        return True
    return _WHO.match(c.text, named[-1]) is not None and bool(c.sentence.unexplained(named[-1], end))


_BARE_ASIDE = re.compile(r"\s*\([\d.,%\s]*\)")  # "36 of the 409 (8.8%) looked after children are placed further off"
_MERE_PEOPLE = re.compile(r"\s*(?:(?:children|and|young people|who were|who are) ?)*", re.IGNORECASE)


def is_part_of_base(c: Candidate) -> bool:
    """ "three of the 41 children who were adopted": what names the cohort stands behind the base, which counts it."""
    base = next((n for n in c.clause.numbers if n.role == "base" and n.start > c.number.end), None)
    if base is None or c.number.role != "quantity":
        return False
    beside = {
        n
        for s, _, n in c.sentence.concepts
        if base.end <= s and _MERE_PEOPLE.fullmatch(_BARE_ASIDE.sub(" ", c.text[base.end : s]))
    }
    return c.wording.concepts <= beside
