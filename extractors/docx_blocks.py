"""Step `read others`: an opened Word document -> blocks in the body's order, with the tables they stand for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from docx.document import Document
from lxml import etree
from lxml.etree import _Element as Element

from extractors.docx_styles import Style, W, read_numbering, read_styles, value_of
from extractors.docx_tables import docx_table, is_layout_table, table_cells, wrapped_children
from extractors.docx_words import BREAK, paragraph_words
from extractors.markup_outline import BOLD_HEADING_LEVEL
from extractors.text_encoding import clean_words
from extractors.typed_lines import card_words, is_bold_heading, passages_in, typed_list_item
from schemas.records import Block, Issue, Table

_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_BLOCKS = frozenset({W + "p", W + "tbl"})


@dataclass(slots=True)
class _Body:
    styles: dict[str, Style]
    numbering: dict[tuple[str, int], bool]
    blocks: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)


def document_to_blocks(document: Document) -> tuple[list[Block], list[Table], list[Issue]]:
    """Blocks (headings' paths and leads not yet filled in), tables, and what could not be read: page heads first, then
    the body, then footnotes and page feet."""
    body = _Body(read_styles(document.styles.element), read_numbering(_related(document, "numbering")))
    _add_running(body, document, "header")
    _add_container(body, document.element.body)
    for kind in ("footnote", "endnote"):
        for notes in _all_related(document, f"{kind}s"):
            _add_notes(body, notes, kind)
    _add_running(body, document, "footer")
    return body.blocks, body.tables, body.issues


def _add_container(body: _Body, container: Element) -> None:
    for element in wrapped_children(container, _BLOCKS):
        if element.tag == W + "p":
            _add_paragraph(body, element)
        elif is_layout_table(element):
            for cell in table_cells(element):
                _add_small_container(body, cell)
        else:
            _add_table(body, element)


def _add_small_container(body: _Body, container: Element) -> None:
    """A text box or a cell of a layout table: a card where it prints a value apart from its title, else its blocks."""
    paragraphs = list(wrapped_children(container, frozenset({W + "p"})))
    if container.find(f".//{W}tbl") is None and len(paragraphs) <= 6:
        lines = [line for paragraph in paragraphs for line in paragraph_words(paragraph, body.styles).text.split(BREAK)]
        texts = [text for text in map(clean_words, lines) if text]
        card = card_words(texts)
        if card is not None:
            body.blocks.append(Block("card", card))
            return
    _add_container(body, container)


def _add_paragraph(body: _Body, paragraph: Element) -> None:
    style = body.styles.get(value_of(paragraph, "pPr/pStyle") or "", Style())
    words = paragraph_words(paragraph, body.styles, bool(style.bold))
    for text in passages_in(words.text.split(BREAK)):
        body.blocks.append(_paragraph_block(body, paragraph, style, text, words.bold))
    for box in words.boxes:
        _add_small_container(body, box)


def _paragraph_block(body: _Body, paragraph: Element, style: Style, text: str, bold: bool) -> Block:
    name = style.name.casefold()
    outline = value_of(paragraph, "pPr/outlineLvl") or ""
    rank = int(outline) + 1 if outline in set("012345678") and outline else style.rank
    if name.startswith("toc"):
        return Block("contents", text)
    if name == "caption":
        return Block("caption", text)
    if rank:
        return Block("heading", text, level=rank)
    level = _list_level(body, paragraph, style)
    if level:
        return Block("list_item", text, level=level)
    typed = typed_list_item(text)
    if typed is not None:
        return typed
    if bold and is_bold_heading(text):
        return Block("heading", text, level=BOLD_HEADING_LEVEL)
    return Block("paragraph", text)


def _list_level(body: _Body, paragraph: Element, style: Style) -> int:
    """Level of a list item from 1; 0 for a paragraph that is none."""
    number = value_of(paragraph, "pPr/numPr/numId") or style.number
    written = value_of(paragraph, "pPr/numPr/ilvl") or ""
    level = int(written) if written.isascii() and written.isdigit() else style.level
    if number and number != "0":
        return min(level, 8) + 1 if body.numbering.get((number, level), True) else 0
    # "List Paragraph" alone only indents; bullets and numbers come with their numbering.
    return level + 1 if style.name.casefold().startswith(("list bullet", "list number")) else 0


def _add_table(body: _Body, element: Element) -> None:
    inner: list[Element] = []

    def cell_words(cell: Element) -> str:
        inner.extend(wrapped_children(cell, frozenset({W + "tbl"})))
        parts = [paragraph_words(part, body.styles) for part in wrapped_children(cell, frozenset({W + "p"}))]
        return clean_words(" ".join(part.text.replace(BREAK, " ") for part in parts))

    found = docx_table(element, cell_words)
    if found is not None:
        table, text = found
        body.tables.append(replace(table, block=len(body.blocks)))
        body.blocks.append(Block("table", text, table=len(body.tables) - 1))
    elif not inner and element_words(element):
        body.issues.append(Issue("table_failed", "a table of the document has more places than are read"))
        body.blocks.append(Block("paragraph", element_words(element)))
    for nested in inner:
        _add_table(body, nested)


def element_words(element: Element) -> str:
    """All printed words below an element on one line."""
    return clean_words(" ".join(text.text or "" for text in element.iter(W + "t")))


def _add_notes(body: _Body, notes: Element, kind: str) -> None:
    for note in notes.iterchildren(W + kind):
        if note.get(W + "type") in {None, "normal"}:
            texts = [paragraph_words(part, body.styles).text.replace(BREAK, " ") for part in note.iter(W + "p")]
            words = clean_words(" ".join(texts))
            if words:
                body.blocks.append(Block("footnote", words))


def _add_running(body: _Body, document: Document, kind: str) -> None:
    seen: set[str] = set()
    for part in _all_related(document, kind):
        for paragraph in part.iter(W + "p"):
            words = clean_words(paragraph_words(paragraph, body.styles).text.replace(BREAK, " "))
            if words and words not in seen:
                seen.add(words)
                body.blocks.append(Block("running_head", words))


def _related(document: Document, kind: str) -> Element | None:
    return next(iter(_all_related(document, kind)), None)


def _all_related(document: Document, kind: str) -> list[Element]:
    """Root elements of the parts that the main part relates to as `kind`; a part that is no XML is passed over."""
    roots = []
    for relation in document.part.rels.values():
        if relation.is_external or relation.reltype != _RELATED + kind:
            continue
        part = relation.target_part
        root = getattr(part, "element", None)
        if root is None:
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            root = etree.fromstring(part.blob, parser)
        roots.append(root)
    return roots
