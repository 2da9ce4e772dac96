"""Step mentions -> statements: what a sentence that was read hands on to the next one of its passage.

The measure, cohort and value stated last, whose they were and of when, the part of a cohort that it asked about.
"""

from __future__ import annotations

import re

from extractors.area_of_number import speaks_of_itself
from extractors.clause_context import areas_match
from extractors.clauses import sentence_to_clauses
from extractors.indicators import cohort_bits, part_cohorts
from extractors.sentences import names_itself
from extractors.walk import Bound, Walk

_ASKS = re.compile(
    r"\b(?:ask(?:ed|s|ing)?|wish(?:ed|es)? to (?:know|be told)|quer(?:y|ied|ies)|want(?:ed|s) to (?:know|be clear)|enquired?|questioned)\b",
    re.IGNORECASE,
)


def hand_on(walk: Walk) -> None:
    """Hands on to the next sentence what it may carry on with."""
    state, sentence = walk.state, walk.sentence
    state.first = False
    _hand_on_areas(walk)
    if walk.main is not None:
        _hand_on_value(walk, walk.main)
    elif sentence.bits:
        _hand_on_what_was_lost(walk)
    if walk.main is None:
        _hand_on_period(walk)
    state.asked_of = sentence.bits & part_cohorts() if _ASKS.search(sentence.text) else 0
    state.hear(sentence.cohorts)
    if walk.row:
        state.row = tuple(walk.row)
    state.sizes = walk.sizes
    state.said |= sentence.bits
    state.elsewhere = state.elsewhere or any(name == "veto:other_cohort" for _, _, name in sentence.cues)
    state.bits = sentence.bits or (state.bits if walk.anaphoric else 0)
    state.lost = walk.lost
    state.rolling = walk.rolling


def _hand_on_areas(walk: Walk) -> None:
    """Whose figures are being told: other areas', another authority's, or the authority's own."""
    state, sentence = walk.state, walk.sentence
    own = [a for a in sentence.areas if a.kind == "own"]
    if walk.main is not None or own:
        state.told_of_others, state.told_areas = None, ()
    if walk.main is None and walk.last_bound is not None and areas_match(walk.last_bound.areas):
        state.told_of_others, state.told_areas = walk.last_bound.indicator, walk.last_bound.areas
    state.country = sentence.areas_of("country")[-1:] or state.country
    if any(names_itself(sentence, a) for a in own) or speaks_of_itself(sentence):
        state.of_another = False
    elif walk.of_another:
        state.of_another = True


def _hand_on_value(walk: Walk, main: Bound) -> None:
    """The figure that a sentence states, its cohort and its period."""
    state = walk.state
    state.indicator = main.indicator
    state.antecedent = cohort_bits(main.indicator)
    again = state.value is not None and state.value == (main.indicator, main.number.value)
    state.value = (main.indicator, main.number.value)
    # "Of the 518 children looked after in March 2016:" after "At 31 March 2016, 518": the finer date stays
    own = main.period if main.period and main.period.form != "relative" else None
    state.period = state.period if again and state.period else own or state.period


def _hand_on_what_was_lost(walk: Walk) -> None:
    """What a sentence measured that states nothing is not known: no later "this" is of it."""
    measured = any(n.role == "quantity" and n.unit in ("percent", "per_10000") for n in walk.sentence.numbers)
    lost = measured and walk.last_bound is None
    walk.state.indicator = None if lost or not walk.anaphoric else walk.state.indicator
    walk.lost = lost and not walk.understood


def _hand_on_period(walk: Walk) -> None:
    """The period that a sentence without a figure of its own speaks of."""
    if walk.own_period is not None:
        walk.state.period = walk.own_period
        return
    dated = [
        p
        for p in walk.sentence.periods
        if p.form not in ("title", "relative") and (p.preposition or "") not in ("since", "by", "until")
    ]
    if dated and not sentence_to_clauses(walk.sentence):
        walk.state.period = dated[0]
