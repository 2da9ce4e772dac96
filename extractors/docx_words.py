"""Step `read others`: the runs of a Word paragraph -> its words, and the text boxes that hang on it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from extractors.docx_styles import Style, W, is_on, value_of

BREAK = "\x1c"  # a line break among the pieces of a paragraph
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BOX = W + "txbxContent"
# What is not printed: deleted and moved-away text, instructions of fields, properties.
_NOT_PRINTED = frozenset(
    {W + "del", W + "moveFrom", W + "instrText", W + "delText", W + "pPr", W + "rPr", W + "sdtPr", _FALLBACK}
)
_SIGNS = {W + "tab": " ", W + "br": BREAK, W + "cr": BREAK, W + "noBreakHyphen": "-", W + "ptab": " "}
_FOOTNOTE = re.compile(r"^\s*[\[(]?(?:\d{1,3}|[a-z]|[*†‡§¶#^~]+)(?:\s*,\s*\d{1,3})*[\])]?\s*$", re.IGNORECASE)


@dataclass(slots=True)
class ParagraphWords:
    """Words of one paragraph (line breaks as `BREAK`), how many letters are bold, and the text boxes in it."""

    pieces: list[str] = field(default_factory=list)
    letters: int = 0
    bold_letters: int = 0
    boxes: list[Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    @property
    def bold(self) -> bool:
        return self.letters > 0 and self.bold_letters * 10 >= self.letters * 9


def paragraph_words(paragraph: Element, styles: dict[str, Style], bold: bool = False) -> ParagraphWords:
    """What the paragraph prints. `bold` says whether its own style is bold."""
    words = ParagraphWords()
    _add_runs(words, paragraph, styles, bold)
    return words


def _add_runs(words: ParagraphWords, element: Element, styles: dict[str, Style], bold: bool) -> None:
    for child in element:
        if child.tag in _NOT_PRINTED:
            continue
        if child.tag == W + "r":
            _add_run(words, child, styles, bold)
        elif child.tag == _BOX:
            words.boxes.append(child)
        else:
            _add_runs(words, child, styles, bold)


def _add_run(words: ParagraphWords, run: Element, styles: dict[str, Style], bold: bool) -> None:
    properties = run.find(W + "rPr")
    if is_on(properties, "vanish"):
        return
    text = ""
    for child in run:
        if child.tag == W + "t":
            text += child.text or ""
        elif child.tag in _SIGNS:
            text += _SIGNS[child.tag]
        elif child.tag not in _NOT_PRINTED:
            words.boxes.extend(_boxes_in(child))
    if value_of(properties, "vertAlign") == "superscript" and _FOOTNOTE.match(text):
        return
    own = is_on(properties, "b")
    if own is None:
        named = styles.get(value_of(properties, "rStyle") or "")
        own = bold if named is None or named.bold is None else named.bold
    length = len(text.strip())
    words.pieces.append(text)
    words.letters += length
    words.bold_letters += length if own else 0


def _boxes_in(element: Element) -> list[Element]:
    """Text boxes below a drawing; of two renderings of the same box (new and old Word) only the first."""
    if element.tag == _FALLBACK:
        return []
    if element.tag == _BOX:
        return [element]
    return [box for child in element for box in _boxes_in(child)]
