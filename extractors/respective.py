"""Step mentions -> statements: "43 and 45 respectively": which of several numbers goes with which of several names.

The numbers before the word are matched, in order, with as many areas, periods or measures named before them. Where no such
row of names stands, the numbers are left unread: nearness is no reading.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from extractors.clauses import Clause
from extractors.indicators import cohort_concepts, concept_bits, wordings_met
from extractors.sentences import Sentence
from schemas.records import AreaMention, PeriodMention

_JOINED = re.compile(
    r"\s*(?:%|per cent|days|weeks)?\s*(?:,|and|,\s*and|&)\s*(?:at |to |was |were |an? |the )?(?:around |about |approximately )?$",
    re.IGNORECASE,
)
_RESPECTIVE = re.compile(
    r"\b(?:respective|equivalent|corresponding|comparable) (?:figures|rates|percentages|numbers)\b", re.IGNORECASE
)


# "below statistical neighbours and England averages at 643 and 647 days"
_AVERAGES = re.compile(
    r"\b(?:averages|rates|figures|levels)(?: for [^,;.\d]{3,70})? (?:at|of|were|being)(?= (?:about |around )?\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Share:
    """What `respectively` gives to one clause: an area, a period or the bits of a measure; nothing where no row was found."""

    area: AreaMention | None = None
    period: PeriodMention | None = None
    bits: int | None = None
    unit: str | None = None  # printed once, behind the last number

    @property
    def found(self) -> bool:
        return self.area is not None or self.period is not None or self.bits is not None


def respective_shares(
    sentence: Sentence, clauses: tuple[Clause, ...], before: tuple[int, ...] = (), topic: int = 0
) -> dict[int, Share]:
    """Clause index -> what `respectively` gives it; `before` are the measures of the sentence before, for "the equivalent
    figures ... were 1,102, 251 and 431 respectively"."""
    ends = [s for s, _, name in sentence.cues if name == "respectively"]
    shares: dict[int, Share] = {}
    for said in _RESPECTIVE.finditer(sentence.text) if clauses else ():
        row = _joined_from(sentence, clauses, next((i for i, c in enumerate(clauses) if c.first >= said.end()), None))
        if len(row) > 1:
            shares.update(_match(sentence, clauses, row, before, topic))
    for said in _AVERAGES.finditer(sentence.text) if clauses else ():
        row = _joined_from(sentence, clauses, next((i for i, c in enumerate(clauses) if c.first >= said.end()), None))
        named = [a for a in sentence.areas if said.start() - 60 < a.start and a.end <= said.end() and a.kind != "own"]
        if len(row) > 1 and len(named) == len(row) and _close(sentence, [(a.start, a.end) for a in named]):
            shares.update({i: Share(area=a) for i, a in zip(row, named, strict=True)})
    for end in ends:
        row = [i for i, c in enumerate(clauses) if c.last <= end][-1:]
        while row and row[0] > 0 and _JOINED.fullmatch(sentence.text[clauses[row[0] - 1].last : clauses[row[0]].first]):
            row.insert(0, row[0] - 1)
        if len(row) > 1:
            shares.update(_behind(sentence, clauses, row, end) or _match(sentence, clauses, row, before, topic))
    return shares


def _behind(sentence: Sentence, clauses: tuple[Clause, ...], row: list[int], end: int) -> dict[int, Share]:
    """ "was 22%, 21% and 19% in 2020/21, 2021/22 and 2022/23 respectively": as many periods behind the numbers."""
    last = clauses[row[-1]].last
    periods = [p for p in sentence.periods if last <= p.start and p.end <= end and p.form not in ("title", "now")]
    if len(periods) != len(row) or not _close(sentence, [(p.start, p.end) for p in periods]):
        return {}
    return {i: Share(period=p) for i, p in zip(row, periods, strict=True)}


def bracketed_row(sentence: Sentence, clauses: tuple[Clause, ...], index: int) -> list[int]:
    """The clauses that share one bracket with the one that opens it: "(2020/21: 12 and 31)"; empty where it is alone."""
    row = _joined_from(sentence, clauses, index) if clauses[index].bracketed else []
    return row if len(row) > 1 and ")" in sentence.text[clauses[row[-1]].last :][:12] else []


_PLURAL = re.compile(
    r"\b(?:averages|proportions|percentages|figures|rates) (?:of|are|were|being|at) (?:about |around )?$", re.IGNORECASE
)


def plural_row(sentence: Sentence, clauses: tuple[Clause, ...], index: int) -> list[int]:
    """The clauses whose numbers make a row behind a plural: "well above the England averages of 89% and 70%"."""
    clause = clauses[index]
    row = _joined_from(sentence, clauses, index) if _PLURAL.search(sentence.text[: clause.first]) else []
    named = len([a for a in sentence.areas if clause.start <= a.start and a.end <= clause.first])
    return row if len(row) > 1 and named == 1 else []


def row_to_shares(
    row: list[int], measures: tuple[int, ...], area: AreaMention | None, period: PeriodMention | None
) -> dict[int, Share]:
    """The numbers of one bracket and the measures stated before it, in order: nothing unless there are as many of them."""
    if len(set(measures)) != len(row):
        return {i: Share() for i in row} if period is not None else {}  # of which of them each is, nobody can say
    return {i: Share(area, period, bits) for i, bits in zip(row, measures, strict=True)}


def _joined_from(sentence: Sentence, clauses: tuple[Clause, ...], index: int | None) -> list[int]:
    """The clauses from one on whose numbers stand in one row."""
    if index is None:
        return []
    row = [index]
    while row[-1] + 1 < len(clauses) and _JOINED.fullmatch(
        sentence.text[clauses[row[-1]].last : clauses[row[-1] + 1].first]
    ):
        row.append(row[-1] + 1)
    return row


def _match(
    sentence: Sentence, clauses: tuple[Clause, ...], row: list[int], before: tuple[int, ...], topic: int
) -> dict[int, Share]:
    first, n = clauses[row[0]].first, len(row)
    areas = [a for a in sentence.areas if a.end <= first]
    if len(areas) >= n and _close(sentence, [(a.start, a.end) for a in areas[-n:]]):
        return {i: Share(area=a) for i, a in zip(row, areas[-n:], strict=True)}
    periods = [p for p in sentence.periods if p.end <= first and p.form not in ("title", "now")]
    if len(periods) >= n and _close(sentence, [(p.start, p.end) for p in periods[-n:]]):
        return {i: Share(period=p) for i, p in zip(row, periods[-n:], strict=True)}
    unit = next((c.numbers[0].unit for c in (clauses[i] for i in row) if c.numbers[0].unit), None)
    measures = _measures(sentence, first, unit, topic)
    if len(measures) == n:
        beside = [a for a in areas if a.kind != "own" and first - a.end < 40]
        area = beside[0] if len(beside) == 1 else None
        return {i: Share(area, None, b, unit) for i, b in zip(row, measures, strict=True)}
    if not measures and len(before) == n:
        area = areas[0] if len(areas) == 1 else None
        return {i: Share(area, None, b, unit) for i, b in zip(row, before, strict=True)}
    return {i: Share() for i in row}


def _close(sentence: Sentence, spans: list[tuple[int, int]]) -> bool:
    """Whether mentions stand in one row: commas, `and` and glue between them."""
    return all(
        len(sentence.text[a[1] : b[0]]) < 40 and not sentence.unexplained(a[1], b[0])
        for a, b in itertools.pairwise(spans)
    )


def _measures(sentence: Sentence, first: int, unit: str | None, topic: int) -> list[int]:
    """The measures named before a number, one after the other, each with the cohort that the sentence names; where it
    names none, with that of the passage."""
    cohort = 0
    found: list[int] = []
    for _s, e, name in sentence.concepts:
        bit = concept_bits([name])
        if e <= first and bit & cohort_concepts():
            cohort |= bit
    cohort = cohort or topic
    for _, e, name in sentence.concepts:
        bit = concept_bits([name])
        if e <= first and wordings_met(bit | cohort, unit, bit) and not bit & cohort_concepts():
            found.append(bit | cohort)
    if found:
        return found
    # "the rates of children in need and of children looked after": the cohorts themselves are the row
    return [b for b in (concept_bits([n]) for _, e, n in sentence.concepts if e <= first) if wordings_met(b, unit, b)]
