"""Step mentions -> statements: a number that has found an indicator, and the questions that decide whether it is a figure of it.

A question is a function of the candidate alone; its docstring holds the phrase that it is for. Questions stand in ordered rows
beside their answers (refusals beside the disposition they give in `vetoes`, frames in `count_frames`): the first yes decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from extractors.asked_once import asked_once
from extractors.clauses import Clause, bits_end
from extractors.indicators import Wording, cohort_concepts, indicator_named, indicators_listed, whole_cohorts
from extractors.sentences import Sentence
from extractors.walk import Walk
from schemas.records import AreaMention, Indicator, Number, PeriodMention


@dataclass(frozen=True)
class Candidate:
    """A number, the reading that gives it its indicator, `how` that was found, and what its clause says of it."""

    walk: Walk
    sentence: Sentence
    clause: Clause
    number: Number
    wording: Wording
    how: str
    kind: str
    unit: str | None  # printed or understood; `number.unit` is the printed one
    areas: tuple[AreaMention, ...]
    period: PeriodMention | None

    @property
    def text(self) -> str:
        """The sentence."""
        return self.sentence.text

    @property
    def is_share(self) -> bool:
        """Whether it is printed as a percentage."""
        return self.number.unit == "percent"

    @property
    def counts_a_whole_cohort(self) -> bool:
        """Whether its indicator counts a cohort, and not a part of one or an event."""
        return self.wording.indicator in whole_cohorts()

    @property
    def measures_a_cohort(self) -> bool:
        """Whether the reading names a cohort by itself."""
        return bool(self.wording.need & cohort_concepts())

    @property
    def entry(self) -> Indicator:
        """The catalogue's entry."""
        return indicator_named(self.wording.indicator)

    @property
    def core_end(self) -> int:
        """Where the clause's words about the number end."""
        return self.walk.core

    @asked_once
    def bits_end(self) -> int:
        """Where the clause goes over to another subject."""
        return bits_end(self.sentence, self.clause)

    def is_listed(self, name: str) -> bool:
        """Whether its indicator is in one of the lists of `vetoes.yaml`."""
        return self.wording.indicator in indicators_listed(name)

    def behind(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """What the number is followed by, if it is by this."""
        return pattern.match(self.sentence.text, self.number.end)

    def just_before(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """This in the few words that lead to the number."""
        at = self.number.start
        return pattern.search(self.sentence.text[max(0, at - 24) : at])

    def before(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """This in the clause before the number."""
        return pattern.search(self.sentence.text, self.clause.start, self.number.start)

    def so_far(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """This in the sentence before the number."""
        return pattern.search(self.sentence.text, 0, self.number.start)

    def later(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """This in the clause behind the number."""
        return pattern.search(self.sentence.text, self.number.end, self.clause.end)

    def around(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """This anywhere in the clause."""
        return pattern.search(self.sentence.text, self.clause.start, self.clause.end)


Answer = TypeVar("Answer")
Question: TypeAlias = Callable[[Candidate], bool]
Row: TypeAlias = tuple[tuple[Answer, Question], ...]


def first_answer(row: Row[Answer], candidate: Candidate) -> Answer | None:
    """The answer that stands beside the first question of a row to which the candidate says yes; None where it says no to all."""
    for answer, asks in row:
        if asks(candidate):
            return answer
    return None
