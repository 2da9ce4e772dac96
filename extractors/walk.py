"""Step mentions -> statements: what a reader of sentences knows at each point, and what it makes of a number.

The parts of the reading (`binding`, `indicator_of_number`, `unit_of_number`, `values_at_odds`) share it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from extractors.clauses import Clause, bits_start
from extractors.indicators import cohort_concepts, concept_bits, part_cohorts
from extractors.respective import Share
from extractors.sentences import Sentence
from schemas.records import AreaMention, Number, PeriodMention

_VERB_FOLLOWS = re.compile(
    r"^[\s%)]*(?:live|lives|lived|living|are|is|were|was|have|had|has|remain|remained|returned|moved|went)\b",
    re.IGNORECASE,
)
IT_WAS = re.compile(r"\b(?:it|this|the figure|the rate) (?:was|is|stood at|stands at|had been)\b", re.IGNORECASE)
OWN_NOUN = re.compile(r"\b(?:children|child|young people|care leavers|number|total)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Bound:
    """A number and what it states: `how` is the rule that tied it to its indicator."""

    number: Number
    sentence: Sentence
    indicator: str
    areas: tuple[AreaMention, ...]
    period: PeriodMention | None
    kind: str
    how: str
    rolling: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """A number that states no figure here, and its disposition."""

    number: Number
    sentence: Sentence
    disposition: str


@dataclass(slots=True)
class State:
    """What a reader carries from sentence to sentence of one passage, and from a list's lead to its items."""

    period: PeriodMention | None = None
    indicator: str | None = None
    bits: int = 0
    cohort: int = 0  # of the list's lead
    antecedent: int = 0  # of the sentence before
    row: tuple[int, ...] = ()  # the measures that the sentence before stated, in order
    value: tuple[str, float | None] | None = None  # the indicator and value stated last
    rolling: bool = False
    of_another: bool = False  # another authority's figures are being told
    lost: bool = False  # the sentence before measured something that was not understood
    country: tuple[AreaMention, ...] = ()  # named last, if any was
    sizes: dict[str, float] = field(default_factory=dict)
    counted: dict[str, float] = field(default_factory=dict)  # the most that the passage counted of each indicator
    told_of_others: str | None = None  # what the sentence before stated of other areas alone
    told_areas: tuple[AreaMention, ...] = ()
    said: int = 0  # the concepts of the whole passage so far
    elsewhere: bool = False  # the passage speaks of another service, to which children are referred too
    of_another_service: bool = False  # the whole paper does
    asked_of: int = 0  # the part of a cohort (unaccompanied children) that the sentence before asks about
    lead_bits: int = 0
    heading_bits: int = 0
    named_topic: int | None = None  # `topic`, once it is found
    find_topic: Callable[[], int] | None = None
    passage_topic: int = 0  # the same, of the passage alone
    heading_period: PeriodMention | None = None
    section_bits: int = 0  # of all headings above
    heading_leads: bool = False  # the list stands right below a heading
    of_list: bool = False
    listed: bool = False  # an item of a list
    first: bool = True

    @property
    def topic(self) -> int:
        """The cohort that the passage, or the section it stands in, speaks of."""
        if self.named_topic is None:
            self.named_topic = self.find_topic() if self.find_topic is not None else 0
        return self.named_topic

    @topic.setter
    def topic(self, cohort: int) -> None:
        self.named_topic = cohort

    def hear(self, cohorts: tuple[int, ...]) -> None:
        """The cohorts that a sentence names, the last first: the topic is the last. Where there is one already, a part of
        another (unaccompanied children) does not change the subject."""
        for cohort in cohorts:
            if not (cohort & part_cohorts() and self.topic):
                self.topic = self.passage_topic = cohort
                return


class Walk:
    """The reading of one sentence from left to right: what it has met so far."""

    def __init__(self, sentence: Sentence, state: State, anaphoric: bool) -> None:
        self.sentence = sentence
        self.state = state
        self.anaphoric = anaphoric
        self.indicator = state.indicator if anaphoric else None
        if anaphoric and self.indicator is None and any(a.kind == "own" for a in sentence.areas):
            self.indicator = state.told_of_others  # "Nationally they rose to 83,840. Here numbers went up to 198"
        self.inherited = self.indicator is not None
        self.antecedent_cohort = state.antecedent if (anaphoric or state.of_list) else 0
        self.own_period: PeriodMention | None = None
        self.compared_period: PeriodMention | None = None
        self.last_areas: tuple[AreaMention, ...] = ()
        self.last_prior = False
        self.last_opened: str | None = None
        self.share: Share | None = None
        self.following: Clause | None = None
        self.core = 0
        self.last_bracket: tuple[int, int] | None = None
        self.of_another = False  # the numbers of the clause in hand are another authority's
        self.understood = False  # what some number of the sentence measures is known
        self.lost = False  # the sentence measured something that was not understood
        self.moved_from: PeriodMention | None = None
        self.moved: tuple[PeriodMention | None, PeriodMention | None] | None = (
            None  # from when to when the last move went
        )
        self.row: list[int] = []
        self.compares = False  # the number before only said how far two areas or years are apart
        self.bracket_areas: tuple[AreaMention, ...] = ()
        self.of_others = False  # "357 children of some other kind, of whom 14 ..., 46 are in need, 26 have plans"
        self.refused: Number | None = None  # the number of the clause before, where it states nothing
        self.aimed = False  # the number in hand is a target
        self.main: Bound | None = None
        self.last_bound: Bound | None = None
        self.sizes = dict(state.sizes) if anaphoric else {}  # the count and the rate stated last
        self.rolling = state.rolling if anaphoric else False
        if any(p.form == "rolling" for p in sentence.periods) or "rolling" in sentence.text.lower():
            self.rolling = True

    def topic(self, clause: Clause) -> int:
        """The cohort last spoken of before the clause: in the sentence, the passage or its section."""
        start = bits_start(self.sentence, clause)
        for s, _, name in reversed(self.sentence.concepts):
            if s < start:
                bit = concept_bits([name]) & cohort_concepts()
                if bit:
                    return bit
        return self.state.topic

    def subjectless(self, clause: Clause) -> bool:
        """Whether a number is the subject of its own verb, without a noun."""
        return _VERB_FOLLOWS.match(self.sentence.text[clause.last : clause.end]) is not None and not OWN_NOUN.search(
            self.sentence.text[clause.start : clause.first]
        )
