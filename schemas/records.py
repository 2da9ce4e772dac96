"""Every step: the one frozen record type for each noun that travels from bytes to published tables.

The first half are the nouns inside the flow (bytes -> reading -> mentions -> statements); the second half are the rows
that a snapshot publishes. Arrow schemas, the data dictionary and the docs are generated from the second half: a column's
meaning is the `doc` of its field. Unknown is None, accompanied by an Issue, never an empty string or a zero.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

# --------------------------------------------------------------------------------------------------------------------
# Reading: what is on the page
# --------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Issue:
    """What a reader could not do, said as a value: a code from `schemas.codes.REASONS`, a sentence, the page if known."""

    code: str
    detail: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page in PDF points, origin top left."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a page prints one number (or number word): its characters in `Page.text`, its box, and whether it is raised
    above its line in smaller type, as footnote markers are."""

    start: int
    end: int
    text: str
    box: Box
    raised: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: its text, where it starts in `Page.text`, its box, and its type size in points. `score` is how sure
    text recognition is of it, 0 to 1; None where the words are the document's own."""

    text: str
    start: int
    box: Box
    size: float
    bold: bool = False
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page as its text layer has it; `text` keeps the reader's own character indices, so that marks point into it."""

    number: int
    width: float
    height: float
    text: str
    lines: tuple[Line, ...]
    marks: tuple[Mark, ...]
    ruled: bool = False  # enough ruling lines for a ruled table
    aligned: bool = False  # neighbouring lines that end in numeric columns
    recognised: bool = False  # it has no text layer; the words were recognised in its image


@dataclass(frozen=True, slots=True)
class Piece:
    """Says that `length` characters of a block's text from `start` on are those of page `page` from index `at` on."""

    start: int
    length: int
    page: int
    at: int


@dataclass(frozen=True, slots=True)
class Block:
    """One passage in reading order, its lines joined, hyphenation undone, footnote markers taken out of the words.

    kind: paragraph, list_item, heading, caption, card, footnote, running_head, page_number, contents, table (the lines
    of a table, whose cells are in `Reading.tables`), transcript (what speech recognition wrote down: states nothing).
    """

    kind: str
    text: str
    page: int | None = None
    box: Box | None = None
    size: float | None = None
    level: int = 0  # 0 = body; 1 = list item; 2 = list item below a list item; for headings the rank, 1 the largest
    lead: int | None = None  # index of the block that opens the list in which this item stands; of a note's card
    headings: tuple[int, ...] = ()  # indices of the headings above, outermost first
    pieces: tuple[Piece, ...] = ()  # empty where there is no page
    table: int | None = None  # index into Reading.tables


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: its text and the grid places it covers; `at` is the index of its first character in
    `Page.text` where that is known; where there are no pages, in the text of the table's block."""

    row: int
    column: int
    text: str
    box: Box | None = None
    row_span: int = 1
    column_span: int = 1
    at: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table as read: `cells` row by row; the first `header_rows` rows and `header_columns` columns are headers.
    `caption` is the title found over or under it; `block` the index of the block in whose place it stands."""

    cells: tuple[Cell, ...]
    header_rows: int
    header_columns: int
    page: int | None = None
    box: Box | None = None
    caption: str | None = None
    block: int | None = None
    continues: int | None = None  # index of the table on the page before that this one carries on
    method: str = ""  # lattice, network, hybrid, stream, html, docx, chart, card


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of a document's bytes: pages, blocks in reading order, tables, and what it could not do."""

    media_type: str
    pages: tuple[Page, ...] = ()
    blocks: tuple[Block, ...] = ()
    tables: tuple[Table, ...] = ()
    issues: tuple[Issue, ...] = ()
    title: str | None = None  # from the document's own metadata or first heading
    page_count: int | None = None
    characters: int | None = None


# --------------------------------------------------------------------------------------------------------------------
# Mentions: what a passage speaks of. `start` and `end` are indices into the text they were found in.
# --------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text. `role` is `quantity` for one that may state a figure, else what it is instead (a disposition
    of the ledger: date, age, money, reference, ordinal, timescale, threshold, unit, ...). `unit` is percent, points,
    per_10000, days, weeks, months, years, or None for a bare number. `signed` where a plus or minus is printed."""

    start: int
    end: int
    text: str
    value: float | None
    unit: str | None = None
    role: str = "quantity"
    approximation: str = "exact"
    signed: bool = False
    high: float | None = None  # the upper end of a printed range
    words: bool = False  # printed as words ("four", "none")


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """A period in a text: its normal form (labelling.md), the span it denotes, and its form: date, month, year (bare
    calendar year), financial_year, quarter, span, rolling, average, year_end (a date, for flows the 12 months up to it),
    now, relative (`normal` is then -1y, -1m, --03-31 ...), title (part of the name of an act, plan or guidance).
    `preposition` is the word or words directly before it: at, in, since, by, from, until, `as at`, `end of` ..."""

    start: int
    end: int
    text: str
    normal: str
    first: dt.date | None
    last: dt.date | None
    form: str
    preposition: str | None = None


@dataclass(frozen=True, slots=True)
class AreaMention:
    """An area in a text: `code` as published (`SN:<GSS>` for statistical neighbours), `kind` own, authority, region,
    country, neighbours or other."""

    start: int
    end: int
    text: str
    code: str | None
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class ConceptMention:
    """A phrase of the lexicon in a text, and the concept it stands for (`cpp`, `looked_after`, `in_time` ...)."""

    start: int
    end: int
    concept: str


# --------------------------------------------------------------------------------------------------------------------
# Context and statements
# --------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose document it is and when it speaks: what title, letterhead, running heads, file and folder names say.

    `area` may be the country, where a paper is about all of it; `code` is that of an authority only."""

    area: Area | None
    publisher: str | None
    document_kind: str  # self_evaluation, inspection, minutes, report, transcript, statistics, other
    title: str | None
    published_on: dt.date | None
    reference: dt.date | None  # period_of_reference
    issues: tuple[Issue, ...] = ()

    @property
    def code(self) -> str | None:
        """GSS code of the authority that the document is about."""
        return self.area.area_code if self.area is not None and self.area.kind == "authority" else None


@dataclass(frozen=True, slots=True)
class Statement:
    """One figure that a passage or table cell states for an indicator, before it has a document and an id."""

    indicator: str
    area_code: str | None
    area_name: str | None
    area_kind: str
    period: str
    period_start: dt.date | None
    period_end: dt.date | None
    kind: str
    value: float
    unit: str
    value_text: str
    approximation: str
    page: int | None
    box: Box | None
    at: int | None  # index into Page.text of the number's first character, the link to the ledger
    quote: str
    place: str
    construction: str
    confidence: float
    variant: str | None = None


@dataclass(frozen=True, slots=True)
class Disposal:
    """What became of one printed number that is not an observation (or is one: then `statement` is its index). A suppressed
    value that would have been a figure says of what."""

    page: int | None
    at: int | None
    text: str
    value: float | None
    box: Box | None
    quote: str
    disposition: str
    statement: int | None = None
    indicator: str | None = None
    area_code: str | None = None
    period_end: dt.date | None = None


# --------------------------------------------------------------------------------------------------------------------
# Published rows
# --------------------------------------------------------------------------------------------------------------------


def column(doc: str, arrow: str | None = None, **more: Any) -> Any:
    """A published column: its meaning, and its Arrow type where the annotation does not decide it."""
    return field(metadata={"doc": doc, "arrow": arrow}, **more)


@dataclass(frozen=True, slots=True)
class Observation:
    """One row, one figure that one document states for one indicator."""

    observation_id: str = column(
        "hash of the claim and where it stands: document, page, place, indicator, area, period, kind, value"
    )
    document_id: str = column("sha256 of the document's bytes")
    indicator: str = column("id in indicators", "dictionary")
    area_code: str | None = column(
        "ONS/GSS code; SN:<GSS> for the statistical neighbours of an authority; null where the area is not known"
    )
    area_name: str | None = column("the area's standard name")
    area_kind: str = column("authority, region, country, neighbours, other", "dictionary")
    subject_code: str | None = column("GSS code of the authority that the document is about")
    period: str = column("normal form: 2016-03-31, 2014-15, 12m:2023-03-31, 2014-15Q3, now ...")
    period_start: dt.date | None = column("first day of the span that period denotes; equal to period_end for a date")
    period_end: dt.date | None = column("last day of the span; for now, the document's own date of reference")
    kind: str = column("actual, average, target, change", "dictionary")
    value: float = column("as stated; percentages 0 to 100")
    unit: str = column(
        "the indicator's unit; change rows say their own (percent, percentage_points, count ...)", "dictionary"
    )
    value_text: str = column("the characters as printed")
    approximation: str = column("exact, about, over, under", "dictionary")
    page: int | None = column("physical page from 1; null for HTML and plain text", "int32")
    x0: float | None = column("left edge of the figure's box, PDF points, origin top left", "float32")
    y0: float | None = column("top edge of the figure's box", "float32")
    x1: float | None = column("right edge of the figure's box", "float32")
    y1: float | None = column("bottom edge of the figure's box", "float32")
    quote: str = column("the sentence, list item or table row (with its header path) that states it")
    place: str = column(
        "sentence, list, table, heading, card, chart; ocr where the page's words were recognised in its image",
        "dictionary",
    )
    confidence: float = column("0 to 1: the share of such rows that is right on the labelled pages", "float32")
    checks: tuple[str, ...] = column("names of the checks that the row failed; empty where none")
    extractor: str = column("name and version of what produced it", "dictionary")
    variant: str | None = column(
        "the document's own variant of the definition where the catalogue leaves room", "dictionary"
    )
    construction: str = column("how the sentence or table states it: the rule that read it", "dictionary")
    reviewed: str | None = column(
        "what a person decided: accepted, corrected, rejected; null where nobody looked", "dictionary", default=None
    )
    value_read: float | None = column("the value as it was read, where a person corrected it", default=None)
    provisional: bool = column("whether the words that state it call it provisional or unvalidated", default=False)


@dataclass(frozen=True, slots=True)
class Document:
    """One row, one document, failed ones too."""

    document_id: str = column("sha256 of the document's bytes")
    source: str | None = column("id in the source registry")
    location: str = column("URL or path")
    title: str | None = column("title as printed or in the metadata")
    subject_code: str | None = column("GSS code of the authority that the document is about")
    publisher: str | None = column("who published it")
    document_kind: str = column(
        "self_evaluation, inspection, minutes, report, transcript, statistics, other", "dictionary"
    )
    published_on: dt.date | None = column("date of publication")
    period_of_reference: dt.date | None = column("the date the document speaks of as now")
    retrieved_at: dt.datetime | None = column("when the bytes were fetched, UTC")
    media_type: str | None = column("sniffed from the bytes, not believed", "dictionary")
    bytes: int = column("size", "int64")
    pages: int | None = column("physical pages; null where the kind has none", "int32")
    characters: int | None = column("characters of text read", "int64")
    status: str = column("ok, partial, failed", "dictionary")
    reason: str | None = column("code of what went wrong; null where nothing did", "dictionary")
    detail: str | None = column("a sentence for a person")
    seconds: float | None = column("time spent reading and extracting", "float32")
    numbers: int | None = column(
        "numbers that its text prints: as many rows of figures belong to it", "int64", default=None
    )
    other_locations: tuple[str, ...] = column("where the same bytes were found as well", default=())
    at_source: bool = column("false once its source no longer offers it", default=True)


@dataclass(frozen=True, slots=True)
class Figure:
    """The ledger: every number the text layer prints, and what became of it."""

    document_id: str = column("sha256 of the document's bytes")
    page: int | None = column("physical page from 1; null where there is none", "int32")
    position: int | None = column(
        "index of its first character in the page's text, or in the block's where there is no page", "int32"
    )
    value_text: str = column("the characters as printed")
    value: float | None = column("its value, null where it is not a plain number")
    quote: str = column("the words around it")
    box: tuple[float, ...] | None = column(
        "x0, y0, x1, y1 in PDF points, origin top left; null where there is no page", "box"
    )
    disposition: str = column(
        "observation, page_number, date, reference, footnote, money, no_indicator, subset, ambiguous ...", "dictionary"
    )
    observation_id: str | None = column("the observation it became, where it did")
    indicator: str | None = column(
        "what a suppressed value would have stated, where that is known: its indicator", "dictionary", default=None
    )
    area_code: str | None = column("its area", "dictionary", default=None)
    period_end: dt.date | None = column("the last day of its period", default=None)


@dataclass(frozen=True, slots=True)
class Judgement:
    """One grade that an inspection report prints."""

    document_id: str = column("sha256 of the document's bytes")
    area_code: str | None = column("GSS code of the authority inspected")
    framework: str | None = column("ILACS, SIF, ...", "dictionary")
    judgement: str = column("normal name: overall, leaders, help_protection, in_care, care_leavers ...", "dictionary")
    grade: str = column("Outstanding, Good, Requires improvement to be good, Inadequate ...", "dictionary")
    inspection_start: dt.date | None = column("first day of the inspection")
    inspection_end: dt.date | None = column("last day of the inspection")
    published_on: dt.date | None = column("date of publication")
    page: int | None = column("physical page from 1", "int32")
    quote: str = column("the words that print the grade")


@dataclass(frozen=True, slots=True)
class Indicator:
    """One entry of the catalogue."""

    indicator: str = column("id")
    label: str = column("name for people")
    unit: str = column("percent, per_10000, count, days, weeks, score, cases", "dictionary")
    better: str | None = column("high or low; null where neither is better", "dictionary")
    topic: str = column("chapter of the catalogue", "dictionary")
    lait: str | None = column("short name of the same measure in the Local Authority Interactive Tool")
    definition: str = column("what is counted, over what")
    measures: str = column("stock (at a date) or flow (over a period)", "dictionary")
    minimum: float | None = column("lowest possible value")
    maximum: float | None = column("highest plausible value")
    synonyms: tuple[str, ...] = column("phrases by which documents name it, as the extractors use them")


@dataclass(frozen=True, slots=True)
class Area:
    """One area: an authority, a region, England."""

    area_code: str = column("ONS/GSS code")
    name: str = column("standard name")
    kind: str = column("authority, region, country", "dictionary")
    region_code: str | None = column("GSS code of its region")
    la_code: str | None = column("three-figure code of the Department for Education")
    valid_from: dt.date | None = column("first day, where the area is younger than the data")
    valid_to: dt.date | None = column("last day, where it was abolished")
    other_names: tuple[str, ...] = column("names and short forms by which documents call it")
    other_codes: tuple[str, ...] = column("further GSS codes of the same authority, former and later", default=())


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One statistical neighbour of an authority under one model."""

    area_code: str = column("the authority")
    neighbour_code: str = column("its neighbour")
    rank: int = column("1 is the closest", "int32")
    model: str = column("2021 or 2025", "dictionary")


@dataclass(frozen=True, slots=True)
class OfficialValue:
    """One published statistic for an indicator of the catalogue."""

    indicator: str = column("id in indicators", "dictionary")
    area_code: str = column("ONS/GSS code")
    period: str = column("normal form")
    period_end: dt.date | None = column("last day of the period")
    value: float | None = column("null where suppressed")
    unit: str = column("the indicator's unit", "dictionary")
    release: str = column("which publication", "dictionary")
    vintage: str = column("which edition of it", "dictionary")
    missing: str | None = column(
        "why there is no value: suppressed, low (it rounds to nought), not_applicable, not_available",
        "dictionary",
        default=None,
    )
    checks: tuple[str, ...] = column(
        "names of the checks that the value failed: it is kept, and not compared with", default=()
    )


@dataclass(frozen=True, slots=True)
class OfficialComparison:
    """One observation beside the official value of the same indicator, area and period."""

    observation_id: str = column("the observation")
    official_value: float = column("the official value; of several editions the nearest")
    official_period: str = column("its period, in normal form")
    release: str = column("which publication", "dictionary")
    vintage: str = column("which edition of it", "dictionary")
    basis: str = column(
        "how the periods were held for one: period, last_day (of a stock), year (a bare year)", "dictionary"
    )
    outcome: str = column("agrees; rounding; vintage (one edition agrees, another does not); differs", "dictionary")
    difference: float = column("stated less official")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between this snapshot and the one before."""

    observation_id: str = column("the observation that came, went or was restated")
    change: str = column("added, withdrawn, restated", "dictionary")
    indicator: str = column("id in indicators", "dictionary")
    area_code: str | None = column("ONS/GSS code")
    period: str = column("normal form")
    value_before: float | None = column("value in the snapshot before")
    value_after: float | None = column("value in this snapshot")
    document_id: str = column("sha256 of the document's bytes")


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person decided about one observation: a line of `corrections.csv`, kept over every later reading.

    The observation is told by its id, and by what it claims and where, so that it is found again if only the way of reading
    it has changed.
    """

    observation_id: str = column("the observation")
    document_id: str = column("sha256 of the bytes of the document that was looked at")
    location: str = column("where that document lay")
    page: int | None = column("physical page from 1; null where there is none", "int32")
    indicator: str = column("id in indicators", "dictionary")
    area_code: str | None = column("ONS/GSS code")
    period: str = column("normal form")
    kind: str = column("actual, average, target, change", "dictionary")
    value_read: float = column("the value as it was read")
    decision: str = column("accept, correct, reject", "dictionary")
    value: float | None = column("the right value, for correct")
    reason: str = column("why, for those who come later")
    who: str = column("who decided")
    when: dt.datetime = column("when, UTC")


PUBLISHED: dict[str, type] = {
    "observations": Observation,
    "documents": Document,
    "figures": Figure,
    "judgements": Judgement,
    "indicators": Indicator,
    "areas": Area,
    "neighbours": Neighbour,
    "official": OfficialValue,
    "official_comparisons": OfficialComparison,
    "changes": Change,
}
