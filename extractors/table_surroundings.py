"""Step `statements`, tables: what stands around a table and says what it is: its title, the sentence before it, headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.table_meaning import HeaderReader, Meaning
from extractors.table_words import table_words
from schemas.records import Block, Reading, Table

_FURNITURE = frozenset({"running_head", "page_number", "footnote"})
_INTRODUCES = re.compile(
    r":\s*$|\b(?:table|chart|figures?|data)\b[^.]{0,40}\b(?:below|above|shows?|sets? out|following)\b|\b(?:below|following) (?:table|chart|data|figures)\b",
    re.IGNORECASE,
)
_LAST_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9])")
_LONGEST_NOTE = 25  # words of a line that stands apart from its table and explains a header


@dataclass(frozen=True, slots=True)
class Surroundings:
    """titles: the caption; near: what may name the measure (title, introducing sentence, nearest heading); context: what
    may date it, nearest first; other_service: the sentence before speaks of a service that is not children's."""

    titles: tuple[Meaning, ...]
    near: tuple[Meaning, ...]
    context: tuple[Meaning, ...]
    other_service: bool


def surroundings_of(table: Table, reading: Reading, headers: HeaderReader) -> Surroundings:
    """What the blocks around a table say. A table without a block (nothing placed it) has its caption only."""
    titles = (headers.read(table.caption),) if table.caption else ()
    if table.block is None or not 0 <= table.block < len(reading.blocks):
        return Surroundings(titles, titles, (), False)
    block = reading.blocks[table.block]
    before = next(_blocks_before(reading, table.block), None)
    lead = _lead(before)
    headings = [reading.blocks[index] for index in reversed(block.headings) if 0 <= index < len(reading.blocks)]
    introduced = (headers.read(lead),) if lead else ()
    above = tuple(headers.read(heading.text) for heading in headings)
    said = " ".join(
        text
        for text in (table.caption or "", before.text if before else "", headings[0].text if headings else "")
        if text
    )
    return Surroundings(
        titles=titles,
        near=(*titles, *introduced, *above[:1]),
        context=(*introduced, *above),
        other_service=bool(table_words().other_service.search(said)),
    )


def _blocks_before(reading: Reading, index: int) -> Iterator[Block]:
    for number in range(index - 1, max(index - 6, -1), -1):
        block = reading.blocks[number]
        if block.kind not in _FURNITURE and block.kind != "table":
            yield block


def _lead(block: Block | None) -> str | None:
    """The last sentence of the block before, if it introduces the table."""
    if block is None or not _INTRODUCES.search(block.text):
        return None
    return _LAST_SENTENCE.split(block.text)[-1]
