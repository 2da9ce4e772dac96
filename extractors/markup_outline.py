"""Step `read others`: blocks in order -> blocks that know the headings above them and the passage that opens their list.

Every reader that has no pages (HTML, DOCX, Markdown, plain text) ends here, so that the sentence binder treats all
formats alike. Kinds, levels and texts are the reader's; `headings` and `lead` are filled in here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from schemas.records import Block

BOLD_HEADING_LEVEL = 7  # a short bold paragraph heads what follows, below every real heading
# Blocks that stand between a list and the passage that opens it without ending the list.
_TRANSPARENT = frozenset({"footnote", "running_head", "page_number"})


def outline_blocks(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The same blocks with `headings` (indices of the headings above, outermost first) and `lead` (for a list item: the
    index of the paragraph or heading before its list, or of the item above it where the list is nested)."""
    path: list[int] = []
    leads: dict[int, int | None] = {}  # list level -> the block that opens the list of that level
    opener: int | None = None
    done: list[Block] = []
    for index, block in enumerate(blocks):
        if block.kind in _TRANSPARENT:
            done.append(replace(block, headings=(), lead=None))
            continue
        if block.kind == "heading":
            while path and blocks[path[-1]].level >= block.level:
                path.pop()
            done.append(replace(block, headings=tuple(path), lead=None))
            path.append(index)
            leads, opener = {}, index
            continue
        lead = None
        if block.kind == "list_item":
            leads = {level: first for level, first in leads.items() if level <= block.level}
            lead = leads.setdefault(block.level, opener)
            opener = index
        else:
            leads, opener = {}, index if block.kind == "paragraph" else None
        done.append(replace(block, headings=tuple(path), lead=lead))
    return tuple(done)
