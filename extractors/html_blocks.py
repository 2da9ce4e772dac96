"""Step `read others`: a parsed web page -> blocks in the order of the page, with the tables they stand for.

One walk over the tree: inline markup fills a passage, the start or end of a block element closes it. What kind of block
it becomes is decided by the elements it stands in.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from extractors.html_parts import is_footnotes, is_main, is_running, page_parts
from extractors.html_tables import html_table, is_layout_table
from extractors.html_words import BLOCKS, BREAK, inline_words, is_bold, is_left_out
from extractors.markup_outline import BOLD_HEADING_LEVEL
from extractors.typed_lines import card_words, is_bold_heading, passages_in, typed_list_item
from schemas.records import Block, Issue, Table

_RANKS = {f"h{rank}": rank for rank in range(1, 7)}
_LISTS = frozenset({"ul", "ol", "menu", "dir"})
_CARDS = frozenset({"div", "section", "article", "li", "a", "td", "figure"})
_MAX_CARD_LINES = 6
_MAX_CARD_PARTS = 16


@dataclass(frozen=True, slots=True)
class _Place:
    """What the elements open around a point of the page make of the words there."""

    rank: int = 0  # of the heading
    level: int = 0  # of the list
    item: int = 0  # which <li>; 0 outside of lists
    caption: bool = False
    footnote: bool = False
    running: bool = False
    bold: bool = False
    preformatted: bool = False


@dataclass(slots=True)
class _Walk:
    """The passage being filled, the places to come back to, and what is done."""

    place: _Place
    outer: list[_Place] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    letters: int = 0
    bold_letters: int = 0
    items: int = 0
    item_blocks: dict[int, int] = field(default_factory=dict)  # <li> -> its latest block
    blocks: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)


def page_to_blocks(body: HtmlElement) -> tuple[list[Block], list[Table], list[Issue]]:
    """Blocks of the page (headings' paths and leads not yet filled in), its tables, and what could not be read."""
    frames, main = _frame_and_main(body)
    walk = _Walk(_Place(running=main is not None))
    events = etree.iterwalk(body, events=("start", "end"))
    for event, element in events:
        if event == "start":
            walk.outer.append(walk.place)
            if element.tag in BLOCKS:
                _close_passage(walk)
            if element is main:
                walk.place = replace(walk.place, running=False)
            elif not walk.place.running and element in frames:
                _close_passage(walk)
                walk.place = replace(walk.place, running=True)
            if not _enter(walk, element):
                events.skip_subtree()
        else:
            if element.tag in BLOCKS or walk.place.running != walk.outer[-1].running:
                _close_passage(walk)
            walk.place = walk.outer.pop()
            if element is not body:
                _add_words(walk, element.tail)
    _close_passage(walk)
    return walk.blocks, walk.tables, walk.issues


def _enter(walk: _Walk, element: HtmlElement) -> bool:
    """Open one element; False where the walk must not go into it: its words are read already, or are none."""
    tag = str(element.tag)
    if is_left_out(element):
        return False
    if tag == "br":
        walk.pieces.append(BREAK)
        return True
    if tag == "table" and not is_layout_table(element):
        _add_table(walk, element)
        return False
    card = _card_words(element) if tag in _CARDS else _described_value(walk, element) if tag == "dd" else None
    if card:
        _add_block(walk, Block("card", card))
        return False
    walk.place = _place_inside(walk, element, tag)
    _add_words(walk, element.text)
    return True


def _place_inside(walk: _Walk, element: HtmlElement, tag: str) -> _Place:
    place = walk.place
    if tag in _LISTS:
        return replace(place, level=place.level + 1)
    if tag == "li":
        walk.items += 1
        return replace(place, item=walk.items, level=max(1, place.level))
    if tag in _RANKS:
        return replace(place, rank=_RANKS[tag])
    if tag in {"figcaption", "caption"}:
        return replace(place, caption=True)
    if is_footnotes(element):
        return replace(place, footnote=True)
    if tag == "pre":
        return replace(place, preformatted=True)
    if tag in BLOCKS and not element.get("style"):
        return place
    return replace(place, bold=True) if is_bold(element) else place


def _add_words(walk: _Walk, text: str | None) -> None:
    if not text:
        return
    if walk.place.preformatted:
        text = text.replace("\n", BREAK)
    walk.pieces.append(text)
    if not text.isspace():
        length = len(text.strip())
        walk.letters += length
        walk.bold_letters += length if walk.place.bold else 0


def _close_passage(walk: _Walk) -> None:
    """What was collected becomes blocks: one, or several where line breaks part passages."""
    text, bold = "".join(walk.pieces), walk.letters > 0 and walk.bold_letters == walk.letters
    walk.pieces, walk.letters, walk.bold_letters = [], 0, 0
    for words in passages_in(text.split(BREAK)):
        _add_block(walk, _passage_block(words, walk.place, bold))


def _passage_block(words: str, place: _Place, bold: bool) -> Block:
    if place.rank:
        return Block("heading", words, level=place.rank)
    if place.caption or place.footnote:
        return Block("caption" if place.caption else "footnote", words)
    if place.item:
        return Block("list_item", words, level=place.level)
    if _is_label(words) or (bold and is_bold_heading(words)):
        return Block("heading", words, level=BOLD_HEADING_LEVEL)
    return typed_list_item(words) or Block("paragraph", words)


def _is_label(words: str) -> bool:
    return words.endswith(":") and words.rstrip(": ").casefold() in page_parts().label_paragraphs


def _add_block(walk: _Walk, block: Block) -> None:
    if walk.place.running:
        block = Block("running_head", block.text)
    item = walk.place.item
    last = walk.item_blocks.get(item)
    if block.kind == "list_item" and last is not None and last == len(walk.blocks) - 1:
        # A second paragraph of the same item carries the first one on.
        walk.blocks[last] = replace(walk.blocks[last], text=f"{walk.blocks[last].text} {block.text}")
        return
    if block.kind == "list_item" and item:
        walk.item_blocks[item] = len(walk.blocks)
    walk.blocks.append(block)


def _add_table(walk: _Walk, element: HtmlElement) -> None:
    found = html_table(element)
    if found is None:
        words = inline_words(element)
        if words:
            walk.issues.append(Issue("table_failed", "a table of the page has more places than are read"))
            _add_block(walk, Block("paragraph", words))
        return
    table, text = found
    if walk.place.running:
        _add_block(walk, Block("running_head", text.replace("\n", " ")))
        return
    walk.tables.append(replace(table, block=len(walk.blocks)))
    walk.blocks.append(Block("table", text, table=len(walk.tables) - 1))


def _card_words(element: HtmlElement) -> str | None:
    """The words of a small element that prints a value apart from its title, as KPI cards do: "Children in care" over
    "501" over "31 March 2023". None for anything else."""
    if not 2 <= len(element) <= _MAX_CARD_LINES or (element.text or "").strip():
        return None
    if len(list(islice(element.iterdescendants(), _MAX_CARD_PARTS + 1))) > _MAX_CARD_PARTS:
        return None
    if any((child.tail or "").strip() or child.tag in _LISTS or child.tag == "table" for child in element):
        return None
    texts = [inline_words(child) for child in element if not is_left_out(child)]
    return card_words([text for text in texts if text])


def _described_value(walk: _Walk, element: HtmlElement) -> str | None:
    """The words of a card that a description list prints: `<dt>Children in care</dt><dd>501</dd>`; a second value of the
    same term ("88 per 10,000") is a card of its own."""
    term = element.getprevious()
    before = walk.blocks[-1] if walk.blocks else None
    if (
        term is None
        or before is None
        or len(list(islice(element.iterdescendants(), _MAX_CARD_PARTS))) == _MAX_CARD_PARTS
    ):
        return None
    if term.tag == "dd" and before.kind == "card":
        first = term.getprevious()
        if first is None or first.tag != "dt":
            return None
        label = inline_words(first)
        return card_words([label, inline_words(element)]) if before.text.startswith(f"{label}:") else None
    if term.tag != "dt" or before.text != inline_words(term):
        return None
    card = card_words([inline_words(term), inline_words(element)])
    if card:
        walk.blocks.pop()
    return card


def _frame_and_main(body: HtmlElement) -> tuple[frozenset[HtmlElement], HtmlElement | None]:
    """The elements that call themselves part of the frame around the document and hold at most a quarter of the page's
    letters (menus may hold more), and the one that calls itself the main part and holds at least a fifth."""
    letters, began, held = 0, dict[HtmlElement, int](), dict[HtmlElement, int]()
    frames, mains = list[HtmlElement](), list[HtmlElement]()
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element is body:
            continue
        if event == "start":
            for claims, kind in ((is_running(element), frames), (is_main(element), mains)):
                if claims:
                    kind.append(element)
                    began[element] = letters
            letters += len((element.text or "").strip())
        else:
            if element in began:
                held[element] = letters - began[element]
            letters += len((element.tail or "").strip())
    mains = [element for element in mains if held[element] * 5 >= letters]
    mains.sort(key=lambda element: element.tag not in page_parts().main_elements)
    frame = frozenset(element for element in frames if element.tag == "nav" or held[element] * 4 <= letters)
    return frame, next(iter(mains), None)
