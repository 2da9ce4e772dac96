"""Step `read others`: inline markup -> words. What an element's text contributes to the passage it stands in."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement

from extractors.html_parts import page_parts
from extractors.text_encoding import clean_words

BREAK = "\x1c"  # stands for <br> among the pieces of a passage; survives as no character of the text
BOLD = frozenset({"b", "strong"})
_BLOCK_NAMES = (
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary table tbody td tfoot th"
    " thead tr ul"
)
BLOCKS = frozenset(_BLOCK_NAMES.split())
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_NOTE_LINK = re.compile(r"^#_?(?:ftn|edn|fn|footnote|endnote)", re.IGNORECASE)
# A footnote marker in <sup>: digits, letters or signs that are no ordinal ("31<sup>st</sup>") and no power.
_FOOTNOTE = re.compile(r"^[\[(]?(?:\d{1,3}|[a-z]|[*†‡§¶#^~]+)(?:\s*,\s*\d{1,3})*[\])]?$", re.IGNORECASE)


def is_left_out(element: HtmlElement) -> bool:
    """Whether nothing of the element is words on the page: scripts, pictures, form fields, footnote markers."""
    return element.tag in page_parts().elements_left_out or is_footnote_marker(element)


def is_footnote_marker(element: HtmlElement) -> bool:
    """Whether the element is a footnote marker: `area<sup>2</sup>`, `<sup><a href="#n1">[1]</a></sup>`, or a link to a
    note as Word writes it, without raising it by markup."""
    links = element.tag == "a" and bool(_NOTE_LINK.match(element.get("href") or ""))
    if not (links or element.tag == "sup") or len(element) > 4:
        return False
    return bool(_FOOTNOTE.match("".join(element.itertext()).strip()))


def is_bold(element: HtmlElement) -> bool:
    """Whether the element itself sets bold type."""
    return element.tag in BOLD or bool(_BOLD_STYLE.search(element.get("style") or ""))


def inline_words(element: HtmlElement) -> str:
    """All words of an element on one line, as a table cell holds them; blocks and line breaks part words."""
    pieces: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, part in walk:
        parts_words = part is not element and (part.tag in BLOCKS or part.tag == "br")
        if event == "start":
            if part is not element and is_left_out(part):
                walk.skip_subtree()
                continue
            pieces.append(" " if parts_words else "")
            pieces.append(part.text or "")
        elif part is not element:
            pieces.append(" " if parts_words else "")
            pieces.append(part.tail or "")
    return clean_words("".join(pieces))
