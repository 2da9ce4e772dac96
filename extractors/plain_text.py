"""Step `read others`: the bytes of a Markdown or plain text file -> `Reading`.

Markdown becomes HTML by markdown-it, so that its tables and nested lists are read by the same rules as a web page's;
plain text is read by its blank lines, indents, typed bullets and aligned columns.
"""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt

from extractors.html import finish_reading, html_text_to_reading
from extractors.plain_blocks import text_to_blocks
from extractors.sniff import MARKDOWN
from extractors.text_encoding import clean_words, decode_text
from schemas.records import Issue, Reading

MAX_BYTES = 4 * 1024 * 1024
MAX_MARKDOWN_BYTES = 2 * 1024 * 1024  # above that the parser of Markdown takes longer than a document may
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.{0,8192}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TITLE_LINE = re.compile(r"^title:[ \t]*[\"']?(.+?)[\"']?[ \t]*$", re.MULTILINE | re.IGNORECASE)
_FOOTNOTE_MARK = re.compile(r"\[\^[^\]\s]{1,40}\](?!:)")
_FOOTNOTE_TEXT = re.compile(r"^\[\^([^\]\s]{1,40})\]:[ \t]*(.*)$", re.MULTILINE)
# "2014. It was ..." at the start of a line would become item 2014 of a list and lose its number.
_YEAR_AS_ITEM = re.compile(r"^(\s{0,3}(?:19|20)\d\d)\.(?=\s)", re.MULTILINE)


def text_to_reading(data: bytes, media_type: str) -> Reading:
    """`Reading` of a text file of the given media type (`text/markdown` or `text/plain`): blocks, tables, title.

    Issues: `too_large`, `empty`. Never raises for bad input.
    """
    if len(data) > MAX_BYTES:
        return _failed(media_type, "too_large", f"a text file of {len(data):,} bytes")
    text = decode_text(data).replace("\r\n", "\n").replace("\r", "\n")
    if media_type == MARKDOWN and len(data) <= MAX_MARKDOWN_BYTES:
        return _read_markdown(text)
    blocks, tables = text_to_blocks(text)
    if not blocks:
        return _failed(media_type, "empty", "the file holds no text")
    title = next((block.text for block in blocks if block.kind == "heading"), None)
    return finish_reading(media_type, blocks, tables, [], title)


def _read_markdown(text: str) -> Reading:
    front = _FRONT_MATTER.match(text)
    title = None
    if front:
        named = _TITLE_LINE.search(front.group(1))
        title = clean_words(named.group(1)) if named else None
        text = text[front.end() :]
    text = _FOOTNOTE_TEXT.sub(r'\n<div class="footnote">\1: \2</div>\n', _FOOTNOTE_MARK.sub("", text))
    page = _markdown().render(_YEAR_AS_ITEM.sub(r"\1\\.", text))
    head = f"<head><title>{_escape(title)}</title></head>" if title else ""
    return html_text_to_reading(f"<html>{head}<body>{page}</body></html>", MARKDOWN)


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True, "maxNesting": 60}).enable("table")


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _failed(media_type: str, code: str, detail: str) -> Reading:
    return Reading(media_type=media_type, issues=(Issue(code, detail),), characters=0)
