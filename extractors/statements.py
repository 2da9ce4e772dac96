"""Step statements: a reading and its subject -> every figure that its passages and tables state, and what became of every
number that it prints."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from extractors.binding import says_anything, sentence_to_bindings
from extractors.card_claims import CardReader
from extractors.indicators import cohort_concepts, concept_bits, indicator_named, neutral_concepts, part_cohorts
from extractors.ledger import Ledger
from extractors.note_claims import CardClaim
from extractors.period_of_figure import period_of_figure
from extractors.periods import find_periods
from extractors.sentences import Sentence, run_in_heading, text_to_sentences
from extractors.table_words import table_words
from extractors.walk import Bound, Refused, State
from schemas.records import AreaMention, Block, Disposal, PeriodMention, Reading, Statement, Subject

_OF_LIST = re.compile(
    r"\bof (?:this|these|those|the|which|whom|our)\b[^.:]{0,60}:?\s*\d?\s*$|\b(?:of whom|of which|including|as follows)\s*:?\s*$",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"\b(?:data|figures|information|position|performance|correct|accurate)\b[^.]{0,30}\b(?:as at|as of|correct (?:at|as)|at|to|from|for)\b"
    r"|^\W*as (?:at|of)\b[^.]*\bunless\b",
    re.IGNORECASE,
)
_OF_THE_SECTION = ("heading", "topic")  # how a figure is bound that its own words do not name
_TAKES_UP = re.compile(
    r"^[\W\d]{0,6}(?:of (?:this|these|those|which|whom)\b|(?:in|by|to) compar(?:ison|e)\b|"
    r"(?:for 20\d\d[-/]\d\d,? )?(?:our|the) (?:\w+ ){0,2}target (?:\w+ ){0,3}(?:is|was|for)\b|this (?:is|was|represents|compares|equates|figure|number|has|includes)\b|these\b)",
    re.IGNORECASE,
)
_LONGEST_LABEL = 90  # characters
_NO_LABEL = re.compile(
    r"^\W*(?:\S+\s*){1,2}$|[.;:!?,]\W*$|\b(?:is|are|was|were|has|have|had|will|be|been)\b", re.IGNORECASE
)
_CARRIES_ON = re.compile(r"\W*[\da-z]")
# "2018/19 – 948", "b) on 31 March 2019: 529", "2013 - 610": an item of a row of years
_DATED_ITEM = re.compile(
    r"\W*(?:[a-z]\)\s*)?(?:(?:as )?(?:at|on|in)\s+)?(?:\d\d?(?:st|nd|rd|th)? [A-Z]\w+ |[A-Z]\w{2,8} )?(?:19|20)\d\d(?:\s?[/–-]\s?\d\d(?:\d\d)?)?"
    r"(?:\s[-–—]+\s*|\s*[:=]\s*[-–—]?\s*)(?!(?:19|20)\d\d\b)[\d*]"
)
_NO_LEAD = re.compile(r"[.;!)]\W*$")
_OPENS_LIST = re.compile(r":[\s–-]*\d?\s*$|\bof (?:this|these|those) (?:number|children|total)\W*$", re.IGNORECASE)
_SILENT = frozenset({"running_head", "page_number", "contents", "table", "footnote", "transcript"})
_LONGEST_BELOW = 40  # characters of a line below a card
_FARTHEST_BELOW = 2.5  # times its height
_CARDS_BEFORE = 24
_FIGURES = ("quantity", "base")
_MOST_UNASKED = 64  # passages in a row: each may ask the one before it what it hands on, call within call
PLACES = {"list_item": "list", "heading": "heading", "caption": "heading", "card": "card"}


def _opens_list(text: str) -> bool:
    """Whether a passage ends on what opens a list; its last letters tell of most that it does not."""
    end = text[-40:].lower()
    return (":" in end or "number" in end or "children" in end or "total" in end) and _OPENS_LIST.search(
        text
    ) is not None


def find_statements(reading: Reading, subject: Subject) -> tuple[tuple[Statement, ...], tuple[Disposal, ...]]:
    """A reading and whose it is -> its statements, and one disposal for each printed number, in page order."""
    ledger = Ledger(reading)
    passages = _Passages(reading, subject)
    cards = CardReader(reading, subject)
    for index, block in enumerate(reading.blocks):
        if block.kind == "table":
            continue
        if block.kind == "card":
            _enter_card(ledger, passages, index, block, subject, cards)
            continue
        if (
            block.kind == "paragraph"
            and cards.may_be_note(index)
            and _enter_note(ledger, passages, index, block, cards)
        ):
            continue
        for result in passages.read(index):
            _enter(ledger, passages, index, block, result, subject)
    if reading.tables:
        from extractors.table_statements import tables_to_statements

        statements, disposals = tables_to_statements(reading, subject, passages.period_of_paper)
        for disposal in disposals:
            ledger.dispose_of_cell(disposal, statements)
    passages.states.clear()  # they lead back to the passages: nothing should have to wait for a search for garbage
    return ledger.close()


def _enter(
    ledger: Ledger, passages: _Passages, index: int, block: Block, result: Bound | Refused, subject: Subject
) -> None:
    number, sentence = result.number, result.sentence
    start, end = sentence.offset + number.start, sentence.offset + number.end
    quote = passages.quote(index, sentence)
    if isinstance(result, Refused):
        ledger.dispose(index, start, end, number.text, number.value, result.disposition, quote)
        return
    if subject.area is None and not any(a.kind != "own" for a in result.areas):
        ledger.dispose(index, start, end, number.text, number.value, "ambiguous", quote)
        return  # nobody's: the document's own area is not known
    page, at, box = ledger.place(index, start, end)
    said = passages.period_of_paper if _is_flow(result.indicator) else passages.end_of_paper
    for statement in bound_to_statements(
        result,
        subject,
        passages.note(page) or said,
        passages.base_period(index),
        quote,
        PLACES.get(block.kind, "sentence"),
    ):
        ledger.state(index, start, end, statement, page, at, box)


def _enter_card(
    ledger: Ledger, passages: _Passages, index: int, block: Block, subject: Subject, cards: CardReader
) -> None:
    """A card speaks in words like a passage, or its label is the header of its number."""
    results = list(passages.read(index))
    bound = [result for result in results if isinstance(result, Bound)]
    claims: tuple[CardClaim, ...] = ()
    if bound and subject.area is not None:
        end = bound[-1].sentence.offset + bound[-1].number.end
        claims = cards.read_tail(index, end, bound[-1].indicator, passages.note(block.page))
    claimed = {claim.start for claim in claims}
    said = block.text[: min(claimed, default=_before_date_of_last(bound))]
    dates = {
        mention.normal: mention
        for mention in find_periods(said, subject.reference)
        if mention.last and not _of_a_bracket(block.text, mention)
    }
    dated = next(iter(dates.values())) if len(dates) == 1 else None  # of a card it dates all
    for result in results:
        if result.sentence.offset + result.number.start in claimed:
            continue
        if isinstance(result, Bound):
            own = None if _dates_another(bound, result, dated) else dated
            result = replace(result, kind=cards.kind(index, result.kind), period=result.period or own)
        _enter(ledger, passages, index, block, result, subject)
    if not bound and subject.area is not None:
        claim = cards.read(index, passages.note(block.page))
        if claim is not None:
            passages.take_note(index, claim.statement.indicator)
            tail = cards.read_tail(index, claim.end, claim.statement.indicator, passages.note(block.page))
            claims = (claim, *tail)
    for claim in claims:
        page, at, box = ledger.place(index, claim.start, claim.end)
        ledger.state(index, claim.start, claim.end, claim.statement, page, at, box)


def _dates_another(bound: Iterable[Bound], result: Bound, dated: PeriodMention | None) -> bool:
    """Whether the date of a card is that of another figure of the same measure: "603 children in care (590 in March 2021)"."""
    return dated is not None and any(
        other is not result
        and other.indicator == result.indicator
        and other.areas == result.areas
        and other.period is not None
        and other.period.normal == dated.normal
        for other in bound
    )


def _before_date_of_last(bound: Sequence[Bound]) -> int | None:
    """Where the last figure of a card ends, if it is another area's than the first: the year behind it is its own."""
    if len(bound) < 2 or not any(area.kind != "own" for area in bound[-1].areas) or bound[0].areas == bound[-1].areas:
        return None
    return bound[-1].sentence.offset + bound[-1].number.end


def _enter_note(ledger: Ledger, passages: _Passages, index: int, block: Block, cards: CardReader) -> bool:
    """A note under a card or chart, if it says no more than when, of whom or what was aimed at."""
    card, note = block.lead, passages.note(block.page)
    if card is None:
        claims = cards.read_below_chart(index, note)
        results = list(passages.read(index)) if claims else []
    else:
        results = list(passages.read(index))
        claims = cards.read_note(index, card, passages.indicator_of(card), note, passages.base_period(card))
    if not results:
        return False
    for claim in claims:
        page, at, box = ledger.place(index, claim.start, claim.end)
        ledger.state(index, claim.start, claim.end, claim.statement, page, at, box)
    claimed = {claim.start for claim in claims}
    silent = card is not None and passages.blocks[card].kind == "card" and passages.indicator_of(card) is None
    for result in results:
        if silent and isinstance(result, Bound) and result.how in _OF_THE_SECTION:
            result = Refused(result.number, result.sentence, "no_indicator")  # of its card, whatever that counts
        if result.sentence.offset + result.number.start not in claimed:
            _enter(ledger, passages, index, block, result, passages.subject)
    return True


def _of_a_bracket(text: str, mention: PeriodMention) -> bool:
    """ "(Dec 22: 25.2%)": the date of what the bracket holds."""
    return text[: mention.start].rstrip().endswith("(") and text[mention.end :].lstrip().startswith((":", "="))


def _is_flow(indicator: str) -> bool:
    return indicator_named(indicator).measures == "flow"


def bound_to_statements(
    bound: Bound, subject: Subject, note: PeriodMention | None, base: PeriodMention | None, quote: str, place: str
) -> Iterator[Statement]:
    """What a number states -> one statement for each area it is said of."""
    entry = indicator_named(bound.indicator)
    number = bound.number
    if number.value is None:
        return
    foreign = [a for a in bound.areas if a.kind != "own"]
    period = period_of_figure(
        bound.period, entry.measures, bound.rolling, None if foreign else note, base, subject.reference
    )
    for code, name, kind in _areas(foreign or bound.areas, subject):
        yield Statement(
            indicator=bound.indicator,
            area_code=code,
            area_name=name,
            area_kind=kind,
            period=period.normal,
            period_start=period.first,
            period_end=period.last,
            kind=bound.kind,
            value=number.value,
            unit=_unit(bound, entry.unit),
            value_text=number.text,
            approximation=number.approximation,
            page=None,
            box=None,
            at=None,
            quote=quote,
            place=place,
            construction=bound.how,
            confidence=1.0,
        )


def _unit(bound: Bound, unit: str) -> str:
    """The indicator's unit; a change says its own."""
    if bound.kind != "change":
        return unit
    return {"points": "percentage_points", "percent": "percent", None: unit}.get(bound.number.unit, unit)


def _areas(mentions: Iterable[AreaMention], subject: Subject) -> Iterator[tuple[str | None, str | None, str]]:
    own = subject.area
    any_area = False
    for a in mentions:
        if a.kind == "own":
            continue
        any_area = True
        yield a.code, a.name, a.kind
    if not any_area:
        yield (own.area_code, own.name, own.kind) if own else (None, None, "other")


_NAMES_ITSELF = re.compile(
    r"\W*(?:subject|title|report title|report on|report of|report)\s*:\s*.{5,160}$", re.IGNORECASE
)
_SPANS = frozenset({"financial_year", "quarter", "span", "academic_year", "rolling"})
_CALLS_ITSELF_REPORT = re.compile(r"\b(?:report|review|update|performance|strategy)\b", re.IGNORECASE)
_COVERS = re.compile(
    r"\b(?:this|the|an?) (?:\w+ ){0,4}(?:report|section|paper|document|review|overview)\b[^.]{0,160}?\b(?:during|covers|covering|for the (?:year|period)|over the (?:year|period)|activity)\b"
    r"|\b(?:provide|provides|overview|update|summary)\b[^.]{0,160}\b(?:during|for) the (?:year|period)\b",
    re.IGNORECASE,
)
_UNLESS = re.compile(
    r"\b(?:data|figures|information|numbers|position)\b.*\bunless\b|\bunless\b.*\b(?:data|figures|information|numbers|position)\b",
    re.IGNORECASE,
)
_MORE_THAN_A_DAY = re.compile(r"\b(?!(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|at\b)[A-Za-z]{3,}", re.IGNORECASE)
_NUMBERED = re.compile(r"\s*\(?\d{1,2}(?:\.\d{1,2}){0,2}[.)]?\s+[A-Z\d]")
_REPORTS = re.compile(
    r"\b(?:report|performance|dashboard|scorecard|review|quarter|annual|outturn|Q[1-4])\b", re.IGNORECASE
)


def _last_day(span: PeriodMention) -> PeriodMention:
    """The day on which a span ends: at which a paper on that span counts what it does not date."""
    normal = None if span.last is None else span.last.isoformat()
    return replace(span, normal=normal or span.normal, first=span.last, form="date")


class _Passages:
    """The passages of a reading with what a reader carries between them: list leads, headings and page notes.

    Of ten sentences one prints a figure. What the others hand on (a period, a cohort) is found when somebody asks for it:
    a later sentence of the passage that prints one, or another passage that takes this one up.
    """

    def __init__(self, reading: Reading, subject: Subject) -> None:
        self.blocks = reading.blocks
        self.subject = subject
        self.states: dict[int, State] = {}
        self.unasked: dict[int, list[Sentence]] = {}  # of each passage read: sentences that nobody has asked yet
        self.sentences: dict[int, tuple[Sentence, ...]] = {}
        self.headings: dict[int, tuple[int, PeriodMention | None]] = {}
        self.leads: dict[int, int | None] = {}
        self.topics: dict[int, int] = {}
        self.run_in: set[int] = set()  # passages whose first sentence is a heading of their own
        self.document_topic = self._document_topic()
        self.on_another_service = self._on_another_service()
        self.period_of_paper = self._period_of_paper()
        self.end_of_paper = None if self.period_of_paper is None else _last_day(self.period_of_paper)
        self.notes = dict(self._find_notes())
        self.note_of_paper = self._find_note_of_paper()

    def read(self, index: int) -> Iterator[Bound | Refused]:
        """The numbers of one block, in order."""
        block = self.blocks[index]
        sentences = self._sentences(index)
        unasked = self.unasked[index] = []
        if index in self.run_in:
            for n in sentences[0].numbers:
                yield Refused(n, sentences[0], "list_number" if n.role == "quantity" else n.role)
            sentences = sentences[1:]
        for sentence in sentences:
            for n in sentence.numbers:
                if n.role not in _FIGURES:
                    yield Refused(n, sentence, n.role)
            if block.kind in _SILENT:
                for n in sentence.numbers:
                    if n.role in _FIGURES:
                        yield Refused(n, sentence, block.kind if block.kind != "transcript" else "not_a_statement")
                continue
            if not any(n.role in _FIGURES for n in sentence.numbers):
                unasked.append(sentence)
                continue
            seen = set()
            for result in sentence_to_bindings(sentence, self._state(index)):
                seen.add(result.number.start)
                yield result
            for n in sentence.numbers:
                if n.role in _FIGURES and n.start not in seen:
                    yield Refused(n, sentence, "base" if n.role == "base" else "threshold")
        if len(self.unasked) % _MOST_UNASKED < 3:  # three in a row, since a passage may look past two
            self._topic_after(index)
            self._state(index)

    def take_note(self, index: int, indicator: str) -> None:
        """What a passage was found to state otherwise than by its words: whatever takes it up carries on with that."""
        self._state(index).indicator = indicator

    def indicator_of(self, index: int) -> str | None:
        """What a passage that was read stated last."""
        return self._state(index).indicator if index in self.unasked else None

    def _state(self, index: int) -> State:
        """What a passage that was read hands on, as far as it was read."""
        state = self.states.get(index)
        if state is None:
            state = self._opening_state(index, self.blocks[index])
            if index in self.run_in:
                heading = self._sentences(index)[0]
                state.heading_bits = heading.bits or state.heading_bits
                state.section_bits |= heading.bits
            self.states[index] = state
        unasked = self.unasked[index]
        for sentence in unasked:
            sentence_to_bindings(sentence, state)
        unasked.clear()
        return state

    def quote(self, index: int, sentence: Sentence) -> str:
        """The sentence, with the end of the passage that opens its list."""
        text = sentence.quote
        lead_index = self._lead(index)
        if lead_index is not None:
            lead = self._sentences(lead_index)
            if lead:
                return f"{lead[-1].quote[-160:]} … {text}"
        return text

    def note(self, page: int | None) -> PeriodMention | None:
        return self.note_of_paper if page is None else self.notes.get(page, self.note_of_paper)

    def base_period(self, index: int) -> PeriodMention | None:
        return self._state(index).period if index in self.unasked else None

    def _sentences(self, index: int) -> tuple[Sentence, ...]:
        if index not in self.sentences:
            text, area, reference = self.blocks[index].text, self.subject.area, self.subject.reference
            start = run_in_heading(text)
            heading = (Sentence(text[:start], 0, area, reference),) if start else ()
            rest = tuple(
                Sentence(text[start + a : start + b], start + a, area, reference)
                for a, b in text_to_sentences(text[start:])
            )
            self.sentences[index] = (*heading, *rest)
            if heading:
                self.run_in.add(index)
        return self.sentences[index]

    def _opening_state(self, index: int, block: Block) -> State:
        state = self._carried_state(index, block)
        state.of_another_service = self.on_another_service
        state.heading_bits, state.heading_period = self._heading(block)
        state.named_topic, state.find_topic = None, partial(self._topic, index, block)
        state.section_bits = 0
        for heading in block.headings:
            for sentence in self._sentences(heading):
                state.section_bits |= sentence.bits
        label = self._label_above(index, block)
        state.heading_bits = label or state.heading_bits
        state.section_bits |= label
        lead_index = self._lead(index)
        if state.bits and lead_index is not None and self.blocks[lead_index].kind == "heading":
            return state  # "Of this number:" below a heading takes up the passage before it
        if lead_index is not None and lead_index in self.unasked:
            lead_block, lead = self.blocks[lead_index], self._state(lead_index)
            state.period = lead.period or self._last_period(lead_index)
            state.rolling = lead.rolling
            state.lead_bits = lead.bits or (self._sentences(lead_index)[-1].bits if self._sentences(lead_index) else 0)
            state.heading_leads = lead_block.kind == "heading"
            state.listed = True
            state.of_list = _OF_LIST.search(lead_block.text) is not None
            if not state.heading_leads:
                state.cohort = state.antecedent = lead.antecedent
            state.first = False
            upper_index = self._lead(lead_index)
            if upper_index is not None and upper_index in self.unasked:
                state.period = state.period or self._state(upper_index).period
        return state

    def _label_above(self, index: int, block: Block) -> int:
        """What a short line right above a paragraph names, where it names a measure and states nothing: "Plans lasting two
        years or more (NI 64)" over "Held at 5.1% and on target" is its heading, whatever the page made of it."""
        above = self.blocks[index - 1] if index else None
        if above is None or block.kind != "paragraph" or above.kind not in ("paragraph", "list_item"):
            return 0
        if len(above.text) > _LONGEST_LABEL or above.headings != block.headings or _NO_LABEL.search(above.text):
            return 0
        bits = 0
        for sentence in self._sentences(index - 1):
            if any(n.role in _FIGURES for n in sentence.numbers):
                return 0
            bits |= sentence.bits
        return bits if bits & ~neutral_concepts() & ~cohort_concepts() else 0

    def _lead(self, index: int) -> int | None:
        """The block that opens the list of a block: also where the text layer lost the bullets, so that the items below
        "Of this number:" are paragraphs (North Tyneside's report of 2017)."""
        first = index
        if index not in self.leads and (above := self._above_years(index)) is not None:
            self.leads[index] = above
        while first not in self.leads:
            block = self.blocks[first]
            lead = block.lead if block.kind == "list_item" else None
            if lead is not None and _NUMBERED.match(block.text) and _NUMBERED.match(self.blocks[lead].text):
                lead = None  # paragraphs 4 and 5 of a report are siblings
            if block.kind == "paragraph" and first:
                before = self.blocks[first - 1]
                if before.kind in ("paragraph", "list_item") and _opens_list(before.text):
                    lead = first - 1
                elif before.kind == "paragraph" and len(before.text) < 200 and _CARRIES_ON.match(block.text):
                    first -= 1  # a further item of the list of the one before it
                    continue
            self.leads[first] = lead
        for item in range(first + 1, index + 1):
            self.leads[item] = self.leads[first]
        return self.leads[index]

    def _above_years(self, index: int) -> int | None:
        """The title or question above a row of years, "2018/19 – 948" below "How many enquiries were opened?"."""
        above = index
        while above and _DATED_ITEM.match(self.blocks[above].text):
            above -= 1
        if above == index or self.blocks[above].kind not in ("heading", "paragraph", "list_item"):
            return None
        return None if _NO_LEAD.search(self.blocks[above].text) else above

    def _carried_state(self, index: int, block: Block) -> State:
        """A passage that opens with "Of this number" or "This is ..." takes up the passage before it."""
        card = self._card_above(index, block)
        if card is not None:
            return replace(self._state(card), first=False)
        lead = self._lead(index)
        free = index - 1 in self.unasked and (lead is None or self.blocks[lead].kind == "heading")
        if free and _TAKES_UP.match(block.text):
            return replace(self._state(index - 1), first=False)
        return State()

    def _card_above(self, index: int, block: Block) -> int | None:
        """The card right above a line that only compares: "England 68%", "Target 10%" or "(2023: 366)" below a figure."""
        if block.kind != "paragraph" or block.box is None or len(block.text) > _LONGEST_BELOW:
            return None
        if block.lead is not None and block.lead in self.unasked:
            return block.lead if not any(s.bits & ~neutral_concepts() for s in self._sentences(index)) else None
        if not any(map(str.isdigit, block.text)) or any(sentence.bits for sentence in self._sentences(index)):
            return None
        best, nearest = None, _FARTHEST_BELOW * (block.size or block.box.y1 - block.box.y0)
        for number in range(max(0, index - _CARDS_BEFORE), index):
            other = self.blocks[number]
            if other.kind != "card" or other.page != block.page or other.box is None or number not in self.unasked:
                continue
            shared = min(other.box.x1, block.box.x1) - max(other.box.x0, block.box.x0)
            narrower = min(other.box.x1 - other.box.x0, block.box.x1 - block.box.x0)
            gap = block.box.y0 - other.box.y1
            if shared * 2 >= narrower and -2 <= gap < nearest:
                best, nearest = number, gap
        return best

    def _topic(self, index: int, block: Block) -> int:
        """The cohorts that the section speaks of: those of the nearest heading that names any, else of the passage before."""
        for heading in reversed(block.headings):
            for sentence in self._sentences(heading):
                if bits := sentence.bits & cohort_concepts():
                    return bits
        for before in range(index - 1, max(-1, index - 4), -1):
            other = self.blocks[before]
            if other.kind == "heading":
                break
            if before in self.unasked and other.headings == block.headings and self._topic_after(before):
                return self._topic_after(before)
        return self.document_topic

    def _topic_after(self, index: int) -> int:
        """The topic with which a passage ends: that of its state, found without reading what else it hands on."""
        if index not in self.topics:
            block, sentences = self.blocks[index], self._sentences(index)
            own = () if block.kind in _SILENT else sentences[1:] if index in self.run_in else sentences
            state = State(find_topic=partial(self._topic, index, block))
            last = next((s.cohorts[0] for s in reversed(own) if s.cohorts and says_anything(s)), 0)
            if last and not last & part_cohorts():
                state.topic = last  # whatever was said before
            else:
                for sentence in own:
                    state.hear(sentence.cohorts if says_anything(sentence) else ())
            self.topics[index] = state.topic
        return self.topics[index]

    def _on_another_service(self) -> bool:
        """Whether the paper's own title names another service ("LADO annual report"): its contacts are no social care's."""
        return any(
            name == "veto:other_cohort"
            for title in self._titles()
            for _, _, name in Sentence(title[:200], 0, self.subject.area, self.subject.reference).cues
        ) or any(table_words().other_services.search(title) for title in self._titles())

    def _document_topic(self) -> int:
        """The cohort that the whole paper is on, by its title or first headings ("Corporate parenting annual report")."""
        for title in self._titles():
            sentence = Sentence(title[:200], 0, self.subject.area, self.subject.reference)
            names = [name for _, _, name in sentence.concepts]
            cohorts = {n for n in names if concept_bits([n]) & cohort_concepts() and n != "early_help"}
            if len(cohorts) == 1:
                return concept_bits(cohorts)
            if not cohorts and "parenting" in names:
                return concept_bits(["looked_after"])
            if not cohorts and (of := [cohort for cohort, pattern in table_words().papers if pattern.search(title)]):
                return concept_bits(of[:1])  # "Leaving Care Service report": no care leaver is named, all are meant
        return 0

    def _period_of_paper(self) -> PeriodMention | None:
        """The span that a report's title names ("Annual report, April 2015 to March 2016"; "Quarter 2 2023-24"): what runs
        over time and is not dated ran over that. An inspection's title dates the visit."""
        if self.subject.document_kind == "inspection":
            return None
        for title in self._titles():
            spans = {
                p.normal: p
                for p in find_periods(title[:200], self.subject.reference)
                if p.form in _SPANS and p.first is not None and p.last is not None
            }
            if len(spans) == 1 and _REPORTS.search(title):
                return next(iter(spans.values()))
        return self._period_of_introduction()

    def _period_of_introduction(self) -> PeriodMention | None:
        """The span that a paper's first passages say it covers ("This report describes ... during 2014/15")."""
        for block in self.blocks[:14]:
            if block.kind not in ("paragraph", "list_item") or not _COVERS.search(block.text):
                continue
            for sentence in self._sentences(self.blocks.index(block)):
                said = _COVERS.search(sentence.text)
                spans = {p.normal: p for p in sentence.periods if p.form in _SPANS and p.first and p.last}
                if said and len(spans) == 1 and next(iter(spans.values())).start > said.start():
                    return next(iter(spans.values()))
        return None

    def _titles(self) -> list[str]:
        """What the paper calls itself: its title, its first headings, and the line of its front sheet that names its subject
        ("Subject: Corporate parenting panel annual report 2018/19")."""
        opening = self.blocks[:12]
        named = [b.text for b in opening if b.kind == "paragraph" and _NAMES_ITSELF.match(b.text)]
        headings = [b.text for b in opening if b.kind == "heading"]
        named += [text for text in headings[3:6] if _CALLS_ITSELF_REPORT.search(text)]
        return [self.subject.title or "", *headings[:3], *named]

    def _last_period(self, index: int) -> PeriodMention | None:
        """The period in a lead that states nothing itself ("In the last 12 months:")."""
        sentences = self._sentences(index)
        dated = [p for p in (sentences[-1].periods if sentences else ()) if p.form not in ("title", "relative")]
        return dated[0] if dated else None

    def _heading(self, block: Block) -> tuple[int, PeriodMention | None]:
        bits, period = 0, None
        for position, index in enumerate(reversed(block.headings)):
            if index not in self.headings:
                sentences = self._sentences(index)
                found = [p for s in sentences for p in s.periods if p.form not in ("title", "now", "relative")]
                found = [p for p in found if not self._dates_the_meeting(index, p)]
                total = 0
                for s in sentences:
                    total |= s.bits
                self.headings[index] = (total, found[0] if found else None)
            own_bits, own_period = self.headings[index]
            if position == 0:
                bits = own_bits
            if position < 2:
                period = period or own_period
        return bits, period

    def _dates_the_meeting(self, index: int, mention: PeriodMention) -> bool:
        """Whether a heading says no more than the day on which the committee met ("Monday, 19th June, 2023 5.00 pm")."""
        reference = self.subject.reference
        if reference is None or mention.normal != reference.isoformat():
            return False
        if self.subject.document_kind == "minutes":
            return True
        return not _MORE_THAN_A_DAY.search(self.blocks[index].text.replace(mention.text, " "))

    def _find_note_of_paper(self) -> PeriodMention | None:
        """The date that a paper gives for all it does not date ("Unless the text says otherwise, figures in this report are
        for the end of December 2019")."""
        for index, block in enumerate(self.blocks[:25]):
            if block.kind == "table" or "unless" not in block.text.lower():
                continue
            for sentence in self._sentences(index):
                if not _UNLESS.search(sentence.text):
                    continue
                dates = {p.normal: p for p in sentence.periods if p.form in ("date", "month", "year_end") and p.last}
                if len(dates) == 1:
                    return next(iter(dates.values()))
        return None

    def _find_notes(self) -> Iterator[tuple[int, PeriodMention]]:
        """Pages that say of which date their data are ("*Data as at 30/03/2023")."""
        for block in self.blocks:
            if block.page is None or len(block.text) > 160 or not _NOTE.search(block.text):
                continue
            dates = [
                p for p in find_periods(block.text, self.subject.reference) if p.form in ("date", "month", "year_end")
            ]
            if len(dates) == 1 and len(block.text) < 90:
                yield block.page, dates[0]
