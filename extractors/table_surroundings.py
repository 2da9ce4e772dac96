"""Step `statements`, tables: what stands around a table and says what it is: its title, the sentence before it, headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile

from extractors.table_meaning import HeaderReader, Meaning
from extractors.table_words import table_words
from schemas.records import Block, Reading, Table

_FURNITURE = frozenset({"running_head", "page_number", "footnote"})
_INTRODUCES = re.compile(
    r"[:?]\s*$|\b(?:table|chart|figures?|data)\b[^.]{0,40}\b(?:below|above|shows?|sets? out|following)\b|\b(?:below|following) (?:table|chart|data|figures)\b",
    re.IGNORECASE,
)
_LAST_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9])")
# A line that says where figures come from or when comparators are of, and is no title.
NOTE = re.compile(
    r"\s*\(?(?:(?:data )?(?:sources?|notes?)\b|(?:comparators?|benchmarks?|benchmarking)(?: data| figures)?\s*(?::|=|is\b|are\b))",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^\s*(?:table|figure|fig|chart|appendix)\.?\s*[\d.]*[a-z]?\b[:.\s-]*", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]{3,}")
# "Percentage of plans issued within 20 weeks, excluding exceptions.": a title all the same
_MEASURE = re.compile(r"^\W*(?:the )?(?:percentage|proportion|number|rate|share)s? of [^.:;]+[.]?\s*$", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s?[/–-]\s?(?:20)?\d\d)?")
_LONGEST_TITLE = 25  # words
_LINES_ABOVE = 4
_FEW_WORDS = 3  # "Table 4."
_NOTES_BELOW = 4
_LONGEST_DATING = 90  # characters
_DATED_DATA = frozenset({"month", "date", "quarter", "year_end"})
_DATA = re.compile(r"\bdata\b", re.IGNORECASE)
_DATA_BEFORE = re.compile(
    r"\bdata\s*(?:(?:is|are|correct|reported|shown|taken)\s+)?(?:as at|as of|at|for|to|up to)?(?: the)?(?: end of)?\s*:?\s*$",
    re.IGNORECASE,
)
_DATA_AFTER = re.compile(r"\s*data\b", re.IGNORECASE)
_NEAR = 90.0  # points between a table's title and its first row that is read; hidden rows may stand between


@dataclass(frozen=True, slots=True)
class Surroundings:
    """titles: the caption; near: what may name the measure (title, introducing sentence, nearest heading); context: what
    may date it, nearest first; other_service: the sentence before speaks of a service that is not children's; before: the
    words between the nearest heading and the table; notes: all passages right over and under it."""

    titles: tuple[Meaning, ...]
    near: tuple[Meaning, ...]
    context: tuple[Meaning, ...]
    other_service: bool
    before: str = ""
    notes: tuple[str, ...] = ()


def surroundings_of(table: Table, reading: Reading, headers: HeaderReader) -> Surroundings:
    """What the blocks around a table say. A table without a block (nothing placed it) has its caption only."""
    captioned = table.caption and _is_wordy(table.caption) and not NOTE.match(table.caption)
    captions = [_whole_caption(table, reading)] if table.caption and captioned else []
    if table.block is None or not 0 <= table.block < len(reading.blocks):
        titles = tuple(map(headers.read, captions))
        return Surroundings(titles, titles, (), False)
    block = reading.blocks[table.block]
    before = list(_blocks_before(reading, table.block))
    titles = tuple(_without_cohorts_of_prose(headers.read(title)) for title in captions or _titles_above(table, before))
    lead = _lead(before[0] if before else None)
    headings = [reading.blocks[index] for index in reversed(block.headings) if 0 <= index < len(reading.blocks)]
    introduced = (headers.read(lead),) if lead else ()
    above = tuple(headers.read(heading.text) for heading in headings)
    said = " ".join((*captions, *(part.text for part in before[:1]), *(heading.text for heading in headings[:1])))
    return Surroundings(
        titles=titles,
        near=(*titles, *introduced, *above[:1]),
        context=(*introduced, *map(headers.read, _lines_dating_data(before, headers)), *above),
        other_service=bool(table_words().other_service.search(said)),
        before=" ".join(part.text for part in takewhile(lambda part: part.kind != "heading", before)),
        notes=(*(part.text for part in before), *_notes_below(reading, table.block)),
    )


def _whole_caption(table: Table, reading: Reading) -> str:
    """A table's caption; the heading right over it, where the caption is the last line of that ("Initial health assessments
    in 20 working" over "days of entering care")."""
    caption = table.caption or ""
    if table.block is None or not 0 <= table.block < len(reading.blocks):
        return caption
    for index in reading.blocks[table.block].headings[-1:]:
        heading = " ".join(reading.blocks[index].text.split()) if 0 <= index < len(reading.blocks) else ""
        if heading.endswith(f" {' '.join(caption.split())}"):
            return heading
    return caption


def _without_cohorts_of_prose(title: Meaning) -> Meaning:
    """A passage of several sentences over a table, without the ages and parts of a cohort that it names: they are those of
    what it states itself ("41% of the over-fours came in person. The table was shown:")."""
    sentences = [part for part in _LAST_SENTENCE.split(title.text) if len(part.split()) > _FEW_WORDS]
    return replace(title, ages=(), vetoes=()) if len(sentences) > 1 else title


def _blocks_before(reading: Reading, index: int) -> Iterator[Block]:
    """The blocks right before a table, nearest first; nothing from beyond another table."""
    for number in range(index - 1, max(index - 6, -1), -1):
        block = reading.blocks[number]
        if block.kind == "table":
            return
        if block.kind not in _FURNITURE and _is_wordy(block.text):
            yield block


def _lines_dating_data(before: list[Block], headers: HeaderReader) -> list[str]:
    """The nearest line over a table that says of when its data are ("October 2020 data | Scrutiny Committee")."""
    for block in before:
        if block.kind == "heading" or len(block.text) > _LONGEST_DATING or not _DATA.search(block.text):
            continue
        dates = [period for period in headers.read(block.text).periods if period.form in _DATED_DATA and period.last]
        if len({period.normal for period in dates}) != 1:
            continue
        before_it, after_it = block.text[: dates[0].start], block.text[dates[0].end :]
        if _DATA_BEFORE.search(before_it) or _DATA_AFTER.match(after_it):
            return [block.text]
    return []


def _notes_below(reading: Reading, index: int) -> Iterator[str]:
    """The passages right under a table, footnotes too, up to the next heading or table."""
    for block in reading.blocks[index + 1 : index + 1 + _NOTES_BELOW]:
        if block.kind in ("table", "heading"):
            return
        yield block.text


def _titles_above(table: Table, before: list[Block]) -> list[str]:
    """The title of a table that has no caption: the nearest short line over it that says something of its own."""
    for block in before[:_LINES_ABOVE]:
        far = table.box and block.box and (block.page != table.page or table.box.y0 - block.box.y1 > _NEAR)
        if far or len(block.text.split()) > _LONGEST_TITLE:
            return []
        if block.text.rstrip().endswith((".", ";")) and not _MEASURE.match(block.text):
            return []
        if block.kind in ("heading", "caption", "paragraph") and not NOTE.match(block.text):
            return [block.text]
    return []


def _is_wordy(text: str) -> bool:
    """Whether a title says more than "Table 4": words, or a year."""
    rest = _LABEL.sub("", text)
    return _LETTERS.search(rest) is not None or _YEAR.fullmatch(rest.strip()) is not None


def _lead(block: Block | None) -> str | None:
    """The last sentence of the block before, if it introduces the table."""
    if block is None or not _INTRODUCES.search(block.text):
        return None
    return _LAST_SENTENCE.split(block.text)[-1]
