"""Step `statements`, cards: the notes under a card -> the same measure of another time or area, and its target.

"Q2: 586   Target: 570" under "Children in our care: 598" names no measure: each label says only when, of whom, or what was
aimed at. A note is read so only if every label of it says nothing else; any other is left to the reader of sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.clauses import past_unit
from extractors.indicators import indicator_named
from extractors.numbers import find_numbers
from extractors.period_of_figure import period_of_figure
from extractors.periods import find_periods
from extractors.table_meaning import HeaderReader, Meaning
from schemas.records import Block, Indicator, Number, PeriodMention, Statement, Subject

FEWEST = {"country": 1000, "region": 100}  # a smaller count of children is a rate that lacks its unit
_LONGEST_LABEL = 40  # characters
_ONE = re.compile(r"[\s(]*([^:()]{2,30}):\s+[^:A-Za-z]{1,12}$")
_CHANGED = re.compile(  # "▲ 1.8% on 2022/23", "+3.1 since March"
    r"\d\s*(?:%|pp|ppts?|per ?cent(?:age points?)?|points?)?\s+(?:on|from|since|than|vs\.?|v\.?|versus|against|compared (?:to|with)|over)\s+(?:the )?(?:last|previous|prior|same|quarter|year|month|q[1-4]|(?:19|20)?\d\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[a-z]{3})\.\s+(?=[A-Z])")
_BETWEEN = " \u00a0:;,.|()–-="
_UNITS = {"percent": "percent", "per_10000": "per_10000", "days": "days", "weeks": "weeks"}


@dataclass(frozen=True, slots=True)
class CardClaim:
    """A number of a card or note, where it stands in the block's text, and its statement, without page and box."""

    start: int
    end: int
    statement: Statement


def note_to_claims(
    block: Block,
    over: str,
    measures: tuple[str, ...],
    subject: Subject,
    note: PeriodMention | None,
    dated: PeriodMention | None,
) -> tuple[CardClaim, ...]:
    """What a note states, in order; nothing unless all its numbers are understood. over: the words of its card, or the
    title of its chart.

    measures: the indicator that the card states, then the rate of the same thing if there is one. note: the period that
    the page gives for what it does not date; dated: that of the card.
    """
    if _CHANGED.search(block.text):
        return ()
    found: list[CardClaim] = []
    headers = HeaderReader(subject.area, subject.reference)
    for number, label in _labelled(block.text, subject):
        indicator = _measured(number, [indicator_named(measure) for measure in measures], found)
        meaning = headers.read(label) if label else Meaning("")
        if "rate" in meaning.units and indicator is not None and indicator.unit == "count":
            indicator = next((one for one in map(indicator_named, measures) if one.unit == "per_10000"), None)
        if (
            indicator is None
            or _too_few(indicator, meaning, number)
            or not _says_only_whose_and_when(meaning, label, indicator.indicator != measures[0])
        ):
            return ()
        said = dated if not meaning.areas and meaning.kind is None else None
        statement = _statement(number, indicator, meaning, subject, said, note, f"{over}; {block.text}")
        if statement is None:
            return ()
        found.append(CardClaim(number.start, number.start + len(number.text), statement))
    return tuple(found)


def _labelled(text: str, subject: Subject) -> Iterator[tuple[Number, str]]:
    """The numbers of a note, each with the words since the one before; a bracket at the end is part of the last's."""
    one = _ONE.match(text)  # "Mar-23: 10.3%" alone: a colon between figures elsewhere tells the time of day
    if one and any(number.unit for number in find_numbers(one[1], find_periods(one[1], subject.reference))):
        one = None  # "Target 85% Q1: 86.1%" are two
    periods = find_periods(one[1], subject.reference) if one else find_periods(text, subject.reference)
    numbers = [number for number in find_numbers(text, periods) if number.role == "quantity"]
    if one:
        numbers = [number for number in numbers if number.start > one.end(1)]
    start = one.start(1) if one else 0
    if (
        not one and numbers
    ):  # "2020/21 by quarter. National (2019/20) 38.5%": a sentence of its own says nothing of these
        start = max((end.end() for end in _SENTENCE_END.finditer(text, 0, numbers[0].start)), default=0)
    for place, number in enumerate(numbers):
        label = text[start : number.start].strip(_BETWEEN)
        start = past_unit(text, number.end)
        if place + 1 == len(numbers):
            label = f"{label} {text[start:].strip(_BETWEEN)}".strip()
        yield number, label


def _measured(number: Number, measures: list[Indicator], before: list[CardClaim]) -> Indicator | None:
    """The measure whose unit the number prints; a number without a unit may be a rate as the one before it is, or of its
    card ("134.8 per 10,000 (NE 111, Eng 70)")."""
    if number.value is None:
        return None
    if number.unit is None and before and before[-1].statement.unit == "per_10000":
        return next((measure for measure in measures if measure.unit == "per_10000"), None)
    for measure in measures:
        if _UNITS.get(measure.unit) == number.unit:
            return measure
    return measures[0] if number.unit is None and measures[0].unit == "per_10000" else None


def _says_only_whose_and_when(meaning: Meaning, label: str, of_rate: bool) -> bool:
    if len(label) > _LONGEST_LABEL or meaning.role or meaning.concepts or meaning.vetoes or meaning.unexplained:
        return False
    if len(meaning.areas) > 1 or len(meaning.periods) > 1 or meaning.steps_back:
        return False
    return bool(meaning.areas or meaning.periods or meaning.kind == "target") or (of_rate and not label)


def _too_few(indicator: Indicator, meaning: Meaning, number: Number) -> bool:
    """Whether a count of the country or a region is so small that it is a rate without its unit ("England 70")."""
    fewest = max((FEWEST.get(area.kind, 0) for area in meaning.areas), default=0)
    return indicator.unit == "count" and number.value is not None and number.value < fewest


def _statement(
    number: Number,
    indicator: Indicator,
    meaning: Meaning,
    subject: Subject,
    dated: PeriodMention | None,
    note: PeriodMention | None,
    quote: str,
) -> Statement | None:
    own = subject.area
    area = next((area for area in meaning.areas if area.kind != "own"), None)
    if number.value is None or (area is None and own is None):
        return None
    dated = meaning.periods[0] if meaning.periods else dated
    period = period_of_figure(
        dated, indicator.measures, meaning.rolling, None if area else note, None, subject.reference
    )
    return Statement(
        indicator=indicator.indicator,
        area_code=area.code if area else own.area_code if own else None,
        area_name=area.name if area else own.name if own else None,
        area_kind=area.kind if area else "authority",
        period=period.normal,
        period_start=period.first,
        period_end=period.last,
        kind=meaning.kind or "actual",
        value=number.value,
        unit=indicator.unit,
        value_text=number.text,
        approximation=number.approximation,
        page=None,
        box=None,
        at=None,
        quote=" ".join(quote.split()),
        place="card",
        construction="card_note",
        confidence=1.0,
    )
