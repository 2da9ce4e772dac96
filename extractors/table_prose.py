"""Step `statements`, tables: cells that hold sentences ("Commentary", "What this tells us") are read as sentences.

The row's own header is what a heading is to a paragraph: "The rate fell to 19%" beside "Re-referrals" speaks of those.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractors.binding import sentence_to_bindings
from extractors.indicators import bits_of_indicator, cohort_concepts, concept_bits, indicator_named
from extractors.sentences import passage_to_sentences
from extractors.walk import Bound, State
from schemas.records import Indicator, Number, PeriodMention, Statement, Subject

_SHORTEST = 6  # words; shorter cells are labels


@dataclass(frozen=True, slots=True)
class Read:
    """One number of a cell of sentences, its indices counted in the cell: the statements it makes, or its disposition."""

    number: Number
    statements: tuple[Statement, ...]
    disposition: str


def is_prose(text: str) -> bool:
    """Whether a cell holds at least one sentence rather than a label."""
    return len(text.split()) >= _SHORTEST and any(map(str.islower, text))


def prose_to_statements(
    text: str, heading: frozenset[str], measure: Indicator | None, paper: PeriodMention | None, subject: Subject
) -> Iterator[Read]:
    """The numbers of a cell of sentences, in order, and what each states.

    heading: the concepts of the row's header. measure: the one indicator that the row's values state, which "This compares
    with 43.7 nationally" beside them speaks of. paper: the span of the whole paper. Statements have no page and box yet.
    """
    from extractors.statements import bound_to_statements  # that module reads tables, too

    state = State(heading_bits=concept_bits(heading))
    if measure is not None:
        state.indicator, state.bits = measure.indicator, bits_of_indicator(measure.indicator)
        state.topic = state.bits & cohort_concepts()
    for sentence in passage_to_sentences(text, subject.area, subject.reference):
        for result in sentence_to_bindings(sentence, state):
            start = result.number.start + sentence.offset
            number = replace(result.number, start=start, end=start + len(result.number.text))
            if isinstance(result, Bound):
                quote = " ".join(sentence.text.split())
                said = paper if indicator_named(result.indicator).measures == "flow" else None
                stated = tuple(bound_to_statements(result, subject, said, state.period, quote, "table"))
                yield Read(number, stated, "observation" if stated else "no_indicator")
            else:
                yield Read(number, (), result.disposition)
