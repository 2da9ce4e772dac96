"""Step `read others`: the bytes of a web page -> `Reading`.

Committee systems write their minutes as HTML, and their sites answer for a missing report with a page that says so. The
page is parsed by libxml2, never by patterns; what is too large or too deeply nested to be a page is said as an Issue.
"""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import etree, html
from lxml.html import HtmlElement

from extractors.html_blocks import page_to_blocks
from extractors.html_parts import page_parts
from extractors.markup_outline import outline_blocks
from extractors.sniff import HTML
from extractors.text_encoding import clean_words, decode_text
from extractors.typed_lines import passages_in
from schemas.records import Block, Issue, Reading, Table

MAX_BYTES = 32 * 1024 * 1024  # without embedded pictures
MAX_TAGS = 1_500_000  # a tree of this many elements takes about half a gigabyte
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_EMBEDDED = re.compile(rb"data:[a-z]+/[^\"'<>\s]+", re.IGNORECASE)
# libxml2 compares each attribute of a tag with every other: 100,000 of them take minutes.
_LONG_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)\b[^<>]{4096,}>?")
_TIMESTAMPED = re.compile(r"^\S.{0,80}\s[-–]\s\d{1,2}:\d\d(?::\d\d)?$|^\[?\d{1,2}:\d\d:\d\d\]?$")
_SPEAKERS_OF_A_TRANSCRIPT = 5
_ERROR_PAGE_CHARACTERS = 3_000
_TABLE_TITLE = re.compile(r"^(?:table|figure|chart)\s+[a-z]?\d", re.IGNORECASE)
_BLOCK_TAG = re.compile(r"</?(?:p|div|li|tr|table|ul|ol|h[1-6]|br|td|th)\b[^>]*>", re.IGNORECASE)
_NO_WORDS = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|$)|<!--.*?(?:-->|$)|<[^>]*(?:>|$)", re.IGNORECASE | re.DOTALL)


def html_to_reading(data: bytes) -> Reading:
    """`Reading` of a web page: blocks in the page's order, tables, title; no pages.

    Issues: `too_large`, `empty` (no words), `wrong_type` (an error page in a report's place), `damaged` (nested deeper
    than any page; its words are kept as plain passages). Never raises for bad input.
    """
    data = _EMBEDDED.sub(b"", data)
    if len(data) > MAX_BYTES or data.count(b"<") > MAX_TAGS:
        return _failed("too_large", f"a web page of {len(data):,} bytes and {data.count(b'<'):,} tags")
    return html_text_to_reading(decode_text(data, _declared_encoding(data)), HTML)


def html_text_to_reading(text: str, media_type: str) -> Reading:
    """`Reading` of a web page that is text already; Markdown is read by way of this, too."""
    text = _LONG_TAG.sub(r"<\1>", text).replace("\0", "")
    root, whole = _parse(text)
    if root is None:
        return _failed("empty", "the page holds no text", media_type)
    body = root.find("body")
    blocks, tables, issues = page_to_blocks(body if body is not None else root)
    if not whole:
        blocks, tables = [Block("paragraph", words) for words in _plain_passages(text)], []
        issues = [Issue("damaged", "the page is nested too deeply to be read in order; its words were read")]
    title = _title(root, blocks)
    if media_type == HTML and _is_error_page(title, blocks, tables):
        detail = f"an error page, not a report: '{_error_title(title, blocks)}'"
        return _failed("wrong_type", detail, media_type, title)
    if not any(block.text for block in blocks):
        return _failed("empty", "the page holds no text", media_type, title)
    blocks = mark_transcript(blocks)
    return finish_reading(media_type, blocks, tables, issues, title)


def finish_reading(
    media_type: str, blocks: list[Block], tables: list[Table], issues: list[Issue], title: str | None
) -> Reading:
    """`Reading` of a document without pages: captions given to tables, headings and leads filled in."""
    blocks, tables = _captioned(blocks, tables)
    return Reading(
        media_type=media_type,
        blocks=outline_blocks(blocks),
        tables=tuple(tables),
        issues=tuple(issues),
        title=title,
        characters=sum(len(block.text) for block in blocks),
    )


def mark_transcript(blocks: list[Block]) -> list[Block]:
    """The same blocks, those of a machine's transcript as kind `transcript`: speech recognition mishears
    figures and units, so nothing that it wrote is a stated figure."""
    start = next((index for index, block in enumerate(blocks) if _says_transcript(block.text)), None)
    if start is None:
        stamps = [index for index, block in enumerate(blocks) if _TIMESTAMPED.match(block.text)]
        start = stamps[0] if len(stamps) >= _SPEAKERS_OF_A_TRANSCRIPT else None
    if start is None:
        return blocks
    spoken = [
        replace(block, kind="transcript", level=0) if block.kind not in {"table", "running_head"} else block
        for block in blocks[start:]
    ]
    return [*blocks[:start], *spoken]


def _parse(text: str) -> tuple[HtmlElement | None, bool]:
    """The page's root and whether all of it could be parsed."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None, False
    return root, not any(entry.level_name == "FATAL" for entry in parser.error_log)


def _declared_encoding(data: bytes) -> str | None:
    found = _DECLARED.search(data[:4096])
    return found.group(1).decode("ascii") if found else None


def _plain_passages(text: str) -> list[str]:
    parted = _NO_WORDS.sub(" ", _BLOCK_TAG.sub("\x1c\x1c", text))
    return passages_in(parted.split("\x1c"))


def _title(root: HtmlElement, blocks: list[Block]) -> str | None:
    title = clean_words(root.findtext(".//title") or "")
    return title or next((block.text for block in blocks if block.kind == "heading"), None)


def _error_title(title: str | None, blocks: list[Block]) -> str | None:
    titles = [title or "", *(block.text for block in blocks[:40] if block.kind == "heading")]
    if sum(len(block.text) for block in blocks) < 300:
        titles += [block.text for block in blocks[:4]]
    for words in titles:
        folded = words.casefold().replace("’", "'").strip(" .!")
        if any(phrase == folded or (phrase in folded and not phrase.isdigit()) for phrase in page_parts().error_titles):
            return words
    return None


def _is_error_page(title: str | None, blocks: list[Block], tables: list[Table]) -> bool:
    words = sum(len(block.text) for block in blocks if block.kind != "running_head")
    return not tables and words < _ERROR_PAGE_CHARACTERS and _error_title(title, blocks) is not None


def _says_transcript(text: str) -> bool:
    folded, parts = text.casefold(), page_parts()
    return any(word in folded for word in parts.transcript_words) and any(
        word in folded for word in parts.machine_words
    )


def _captioned(blocks: list[Block], tables: list[Table]) -> tuple[list[Block], list[Table]]:
    """Tables with the title that stands directly over or under them: a caption, or a paragraph "Table 3: ..."."""
    blocks, done = list(blocks), []
    for table in tables:
        caption, place = table.caption, table.block
        for neighbour in () if place is None else (place - 1, place + 1):
            # A title under a table and directly over another is the other's.
            taken = neighbour == (place or 0) + 1 and _kind_at(blocks, neighbour + 1) == "table"
            if caption is None and not taken and 0 <= neighbour < len(blocks) and _is_caption(blocks[neighbour]):
                caption = blocks[neighbour].text
                blocks[neighbour] = replace(blocks[neighbour], kind="caption", level=0)
        done.append(replace(table, caption=caption))
    return blocks, done


def _kind_at(blocks: list[Block], index: int) -> str | None:
    return blocks[index].kind if 0 <= index < len(blocks) else None


def _is_caption(block: Block) -> bool:
    if block.kind == "caption":
        return True
    return block.kind in {"paragraph", "heading"} and len(block.text) <= 200 and bool(_TABLE_TITLE.match(block.text))


def _failed(code: str, detail: str, media_type: str = HTML, title: str | None = None) -> Reading:
    return Reading(media_type=media_type, issues=(Issue(code, detail),), title=title, characters=0)
