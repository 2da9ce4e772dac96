"""Step mentions -> statements: the concepts in reach of a number, and the reading that they make.

Its own clause's, those left of it, the cohort that is spoken of, and those of the passage around it that forbid a reading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.asked_once import asked_once
from extractors.clauses import Clause, bits_end, bits_start
from extractors.indicators import (
    Wording,
    bits_of_indicator,
    cohort_concepts,
    neutral_concepts,
    wordings_met,
)
from extractors.sentences import Sentence
from extractors.walk import Walk
from schemas.records import Number

_FINITE_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|live|lived|achieved|took|went|remained|received)\b", re.IGNORECASE
)
_SAID_ALREADY = re.compile(
    r"\b(?:is|are|was|were|been) \w+(?: \w+){0,2} (?:in|for|on|with) (?:about |around |over |some )?$", re.IGNORECASE
)
_THIS_WAS = re.compile(
    r"\b(?:it|this|that) (?:was|stood|had been|rose|fell|is an? (?:increase|decrease|rise|fall) from)\b", re.IGNORECASE
)
_OF_WHAT = re.compile(r"\s*(?:per ?cent )?of\b")


@dataclass(frozen=True)
class Reach:
    """A number of a clause, and the concepts in its reach, as bits."""

    walk: Walk
    clause: Clause
    number: Number
    unit: str | None  # printed or understood
    foreign: bool  # it is another area's
    glue: bool  # its clause has no words that nothing explains
    own: int  # of its clause
    left: int  # of the sentence before it
    topic: int  # the cohort that is spoken of
    around: int  # of the passage: a cohort there forbids the readings of others

    @property
    def sentence(self) -> Sentence:
        """The sentence that is read."""
        return self.walk.sentence

    @property
    def measured(self) -> int:
        """What its clause names besides whom it is about."""
        return self.own & ~cohort_concepts() & ~neutral_concepts()

    @asked_once
    def strange(self) -> int:
        """How many words of its clause nothing explains."""
        return len(self.sentence.unexplained(self.clause.start, self.walk.core))

    @asked_once
    def together(self) -> int:
        """The concepts that it shares with the clause that follows."""
        return _shared_predicate(self.walk, self.clause, self.number)

    @asked_once
    def is_of_the_unknown(self) -> bool:
        """ "In June it was 97%", after a share of something that was not understood."""
        lost = self.walk.state.lost and not self.own
        return lost and _THIS_WAS.search(self.sentence.text, 0, self.clause.first) is not None

    def reading(self, available: int, need: int | None = None, around: int = 0) -> Wording | None:
        """The one reading that these concepts make for it, where it uses one of those that it needs."""
        met = wordings_met(available, self.unit, need, around)
        return best_reading(self.sentence, met, self.clause, self.own)

    def says_more(self, wording: Wording, besides: int = 0) -> int:
        """What its clause names that the indicator does not."""
        return self.own & ~bits_of_indicator(wording.indicator) & ~neutral_concepts() & ~besides


def number_to_reach(walk: Walk, clause: Clause, number: Number, unit: str | None, foreign: bool, glue: bool) -> Reach:
    """A number -> the concepts in its reach."""
    sentence, state = walk.sentence, walk.state
    own = sentence.bits_between(bits_start(sentence, clause), bits_end(sentence, clause))
    if walk.share is not None and walk.share.bits is not None:
        own = walk.share.bits
    left = sentence.bits_between(0, clause.start)
    segment = sentence.text.rfind(";", 0, clause.start) + 1
    beside = sentence.bits_between(segment, clause.start)
    if segment and beside & ~neutral_concepts() & ~cohort_concepts():
        left = beside  # "...; 92% of visits were in time, better than a year ago (87%)": not of the conferences before
    around = 0 if state.heading_leads else state.lead_bits
    if walk.anaphoric:
        around |= state.passage_topic | state.bits
    if own & cohort_concepts():
        beside = around = 0  # the clause says itself whom it is about
    return Reach(walk, clause, number, unit, foreign, glue, own, left, walk.topic(clause), beside | around)


def _shared_predicate(walk: Walk, clause: Clause, number: Number) -> int:
    """ "52% of one age group and 47% of all care leavers were not in work": the concepts of the clause that follows."""
    following, text = walk.following, walk.sentence.text
    if following is not None and walk.share is not None and walk.share.period is not None:
        return walk.sentence.bits_between(following.start, following.end)
    if following is None or number.unit != "percent" or following.numbers[0].unit != "percent":
        return 0
    apart = ")" in text[clause.last : following.first]
    if (
        clause.bracketed
        and following.bracketed
        and apart
        and not _FINITE_VERB.search(text, number.end, following.first)
    ):
        # "a lower share here (7.2%) than nationally (10.1%) had three or more placements"
        stop = text.find(";", following.last)
        return walk.sentence.bits_between(clause.start, stop if stop > 0 else len(text))
    if following.opened_by != "and":
        return 0
    if _SAID_ALREADY.search(text[clause.start : number.start]):
        return 0  # "were accepted in 88% of cases and 72% took place within three days"
    if _FINITE_VERB.search(text, number.end, clause.end) or not _OF_WHAT.match(text, number.end):
        return 0
    return walk.sentence.bits_between(following.start, bits_end(walk.sentence, following))


def best_reading(sentence: Sentence, met: Sequence[Wording], clause: Clause, own: int) -> Wording | None:
    """The most demanding reading, then the one that uses most of the clause's own words, then what is measured of a
    cohort before the cohort itself, then the one named nearest to the number; None where two remain."""
    if not met:
        return None
    cohorts = cohort_concepts()
    ranks = [
        (-len(w.concepts), -(w.need & own).bit_count(), not w.need & ~cohorts, _distance(sentence, w, clause))
        for w in met
    ]
    best = min(ranks)
    first = [w for w, rank in zip(met, ranks, strict=True) if rank == best]
    return first[0] if len({w.indicator for w in first}) == 1 else None


def _distance(sentence: Sentence, wording: Wording, clause: Clause) -> tuple[int, int]:
    """How many of its concepts stand only behind the number and a comma ("agency staff cover 21%, and turnover"), and
    how far the nearest of them is from the number."""
    text = sentence.text
    parted: dict[str, bool] = {}
    best = 10_000
    for s, e, name in sentence.concepts:
        if name in wording.concepts:
            best = min(best, clause.first - e if e <= clause.first else s - clause.last if s >= clause.last else 0)
            behind = s >= clause.last and "," in text[clause.last : s]
            label = (
                ":" in text[e : clause.first] and bool(text[e : clause.first].strip(" :"))
                if e <= clause.first
                else False
            )
            parted[name] = (behind or label) and parted.get(name, True)
    return sum(parted.values()), best
