"""Step "blocks": a box of facts below the line that dates them -> a list that this line opens.

"At 31 March 2017" over "498 children on plans" and "689 in care" is set beside the text in a box of its own: each line is a
passage, and none says when.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.periods import find_periods
from schemas.records import Block

_FACT = re.compile(r"\d[\d,.]*%?(?:\s|$)")
_LONGEST = 8  # words
_FEWEST = 2  # facts
_YEAR = re.compile(r"\b(?:19|20)\d\d\b|\b\d\d[/-]\d\d\b")
_NUMBER = re.compile(r"\d[\d,.]*%?")


def with_dated_facts(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, runs of short passages that begin with a figure being items of the list that the line over them opens."""
    done = list(blocks)
    for index, block in enumerate(blocks):
        if not _dates_facts(block):
            continue
        last = index + 1
        while last < len(blocks) and _is_fact(blocks[last], block):
            last += 1
        if last - index > _FEWEST:
            done[index + 1 : last] = [replace(one, kind="list_item", lead=index) for one in blocks[index + 1 : last]]
    return tuple(done)


def _dates_facts(block: Block) -> bool:
    """Whether a passage is a few words with one period that names its year, and no other figure."""
    text = block.text
    if block.kind not in ("paragraph", "heading") or len(text.split()) > _LONGEST or not _YEAR.search(text):
        return False
    if text.rstrip()[-1:] in ".;,":
        return False
    periods = [period for period in find_periods(text, None) if period.last is not None]
    if len(periods) != 1:
        return False
    rest = text[: periods[0].start] + text[periods[0].end :]
    return not _NUMBER.search(rest)


def _is_fact(block: Block, over: Block) -> bool:
    """Whether a passage is a figure and a few words, on the page and in the column of the line over it."""
    if block.kind != "paragraph" or block.page != over.page or block.lead is not None:
        return False
    if block.box is None or over.box is None or block.box.x1 <= over.box.x0 or block.box.x0 >= over.box.x1:
        return False
    return bool(_FACT.match(block.text)) and len(block.text.split()) <= _LONGEST and block.text.rstrip()[-1] != "."
