"""Step `statements`, cards: a card whose words are no sentence -> what it states, read as a table of one cell.

"Children in care, 30 Sept: 958" has no verb that binds its number; its label is a header. Cards that speak in sentences
("93% of visits were in time") are read as such before this is asked.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.cards import is_value
from extractors.concepts import find_concepts
from extractors.indicators import indicators_for
from extractors.note_claims import CardClaim, note_to_claims
from extractors.numbers import find_numbers
from extractors.period_of_figure import FigurePeriod, period_of_figure
from extractors.periods import find_periods
from extractors.table_claims import Claim, Claims
from extractors.table_meaning import HeaderReader
from extractors.table_paths import Path
from extractors.table_surroundings import surroundings_of
from extractors.table_values import cell_to_numbers
from extractors.table_words import table_words
from schemas.records import Block, Cell, Number, PeriodMention, Reading, Statement, Subject, Table

_LONGEST_TAIL = 40  # characters of a label within a card
_WORD_STARTS = re.compile(r"(?:(?<=[(;,.–-])|(?<=[(;,.–-]\s))[A-Za-z]|(?<!\S)[A-Z]")
_LONGEST_NOTE = 80  # characters
_BELOW_CHART = 30.0  # points
_UNITS = frozenset({"percent", "per_10000", "days", "weeks"})
_LABEL_FIRST = re.compile(r"^(?P<label>[^:;]{2,90}):\s+(?P<value>[^:;]{1,28}?)(?:;.*)?$")
_VALUE_FIRST = re.compile(r"^(?P<value>[^\sA-Za-z]{1,12})\s+(?P<label>[a-z][^:;]{2,90})$")
_BEHIND = re.compile(r"(?<=[a-z]{4})\.\s+(?=[A-Z])|\s*\((?=[^()]*\d+(?:\.\d+)?\s?%)")
_OPENS = re.compile(r"^\s*of (?:whom|which|these|those)\W*\s", re.IGNORECASE)


class CardReader:
    """Reads the cards of one document."""

    def __init__(self, reading: Reading, subject: Subject) -> None:
        self._reading = reading
        self._subject = subject
        self._headers = HeaderReader(subject.area, subject.reference)

    def read(self, index: int, note: PeriodMention | None) -> CardClaim | None:
        """What the card states; None where its label does not name a measure by itself or with its headings.

        note: the period that the card's page gives for what it does not date.
        """
        block = self._reading.blocks[index]
        found = _LABEL_FIRST.match(block.text) or _VALUE_FIRST.match(block.text)
        if found is None or not is_value(found["value"].strip()):
            return None
        label = _own_words(_OPENS.sub("", found["label"]))
        numbers = cell_to_numbers(found["value"])
        if len(numbers) != 1 or numbers[0].role != "quantity":
            return None
        cell = Cell(0, 1, found["value"])
        path = Path(row=(label,))
        table = Table((Cell(0, 0, label), cell), 0, 1, block=index, method="card")
        around = surroundings_of(table, self._reading, self._headers)
        around = replace(around, titles=(), near=around.context[:1])  # the line before a card is its neighbour's
        claims = Claims(table, {(0, 1): path}, around, self._headers, self._subject)
        sense = claims.sense(path)
        claim = claims.undated_claim(cell, sense, numbers[0])
        if claim.indicator is None or numbers[0].value is None or len(sense.row.periods) > 1:
            return None
        headed = around.near[0].periods if around.near else ()
        dated = (*sense.row.periods, *(headed if len(headed) == 1 else ()), None)[0]
        rolling = sense.row.rolling
        period = period_of_figure(dated, claim.indicator.measures, rolling, note, None, self._subject.reference)
        statement = _statement(block, numbers[0], claim, period, self.kind(index, sense.kind))
        start = found.start("value") + numbers[0].start
        return CardClaim(start, start + len(numbers[0].text), statement)

    def read_note(
        self, index: int, card: int, indicator: str | None, note: PeriodMention | None, dated: PeriodMention | None
    ) -> tuple[CardClaim, ...]:
        """What a note under a card that states an indicator says of other times and areas."""
        if indicator is None:
            return ()
        blocks = self._reading.blocks
        concepts = {mention.concept for mention in find_concepts(blocks[card].text)}
        rates = indicators_for(concepts, "per_10000")
        measures = (indicator, *(rates if len(rates) == 1 and rates[0] != indicator else ()))
        return note_to_claims(blocks[index], blocks[card].text, measures, self._subject, note, dated)

    def read_tail(self, index: int, start: int, indicator: str, note: PeriodMention | None) -> tuple[CardClaim, ...]:
        """What a card says behind the figure that it states, if that is only of whom, when or what was aimed at: "96% in
        touch (target 95%)". start: where that figure ends; indicator: what it states."""
        block = self._reading.blocks[index]
        tail = block.text[start:]
        numbers = [
            one for one in find_numbers(tail, find_periods(tail, self._subject.reference)) if one.role == "quantity"
        ]
        if not numbers:
            return ()
        first = numbers[0].start
        for word in _WORD_STARTS.finditer(tail, max(0, first - _LONGEST_TAIL), first):
            cut = start + word.start()
            own = replace(block, text=block.text[cut:])
            claims = note_to_claims(own, block.text[:cut], (indicator,), self._subject, note, None)
            if claims:
                return tuple(replace(claim, start=claim.start + cut, end=claim.end + cut) for claim in claims)
        return ()

    def may_be_note(self, index: int) -> bool:
        """Whether a passage is short, prints a figure, and stands under a card, or after a chart that was read."""
        block = self._reading.blocks[index]
        if len(block.text) > _LONGEST_NOTE or (block.lead is None and self._chart_above(index) is None):
            return False
        return any(map(str.isdigit, block.text))

    def _chart_above(self, index: int) -> Table | None:
        before = self._reading.blocks[index - 1] if index else None
        if before is None or before.table is None or before.box is None:
            return None
        chart, box = self._reading.tables[before.table], self._reading.blocks[index].box
        near = box is not None and -2 < box.y0 - before.box.y1 < _BELOW_CHART and box.x0 < before.box.x1
        return chart if near and chart.method == "chart" else None

    def read_below_chart(self, index: int, note: PeriodMention | None) -> tuple[CardClaim, ...]:
        """What a line under a chart says of other areas, by the measure that the chart's title names."""
        chart = self._chart_above(index)
        above = self._reading.blocks[index].headings
        over = chart.caption or (self._reading.blocks[above[-1]].text if above else None) if chart else None
        if over is None:
            return ()
        title = self._headers.read(over)
        units = title.units & _UNITS
        measures = indicators_for(title.concepts, next(iter(units), None)) if len(units) < 2 else ()
        if len(measures) != 1:
            return ()
        return note_to_claims(self._reading.blocks[index], over, measures, self._subject, note, None)

    def kind(self, index: int, kind: str) -> str:
        """The kind of a card's figure: what stands under "Where we will be" is a target."""
        headings = (self._reading.blocks[heading].text for heading in self._reading.blocks[index].headings[-1:])
        ahead = any(table_words().ahead.search(text) for text in headings)
        return "target" if ahead and kind == "actual" else kind


def _own_words(label: str) -> str:
    """A label without what it says behind a stop or in a bracket with a figure: "in touch (target 95%)"."""
    found = _BEHIND.search(label)
    return label[: found.start()] if found else label


def _statement(block: Block, number: Number, claim: Claim, period: FigurePeriod, kind: str) -> Statement:
    assert claim.indicator is not None
    assert number.value is not None
    code, name, area_kind = claim.area
    return Statement(
        indicator=claim.indicator.indicator,
        area_code=code,
        area_name=name,
        area_kind=area_kind,
        period=period.normal,
        period_start=period.first,
        period_end=period.last,
        kind=kind,
        value=number.value,
        unit=claim.indicator.unit,
        value_text=number.text,
        approximation=number.approximation,
        page=None,
        box=None,
        at=None,
        quote=" ".join(block.text.split()),
        place="card",
        construction=f"table_{claim.how}",
        confidence=1.0,
    )
