"""Step `read others`: a Word document's style and numbering parts -> what a paragraph of each style is."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"^(?:heading|überschrift|titre)\s*([1-9])", re.IGNORECASE)
_LIST = re.compile(r"^list\s+(?:bullet|number|paragraph|continue)?\s*([2-9])?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says: its name, heading rank (0 for none), numbering and level, bold or not (None: unsaid)."""

    name: str = ""
    rank: int = 0
    number: str | None = None
    level: int = 0
    bold: bool | None = None


def value_of(element: Element | None, path: str) -> str | None:
    """The `w:val` of the first element at a path of `w:` names below `element`."""
    found = None if element is None else element.find("/".join(W + name for name in path.split("/")))
    return None if found is None else found.get(W + "val")


def is_on(element: Element | None, name: str) -> bool | None:
    """A toggle property (`w:b`, `w:vanish`): True, False, or None where it is not mentioned."""
    found = None if element is None else element.find(W + name)
    if found is None:
        return None
    return found.get(W + "val") not in {"0", "false", "off", "none"}


def read_styles(styles: Element) -> dict[str, Style]:
    """Style id -> `Style`, with what it takes over from the styles it is based on."""
    elements = {element.get(W + "styleId") or "": element for element in styles.iterchildren(W + "style")}
    done: dict[str, Style] = {}
    for style_id in elements:
        chain: list[str] = []
        parent: str | None = style_id
        while parent in elements and parent not in chain and parent not in done:
            chain.append(parent)
            parent = value_of(elements[parent], "basedOn")
        base = done.get(parent or "", Style())
        for name in reversed(chain):
            base = done[name] = _style(elements[name], base)
    return done


def _style(element: Element, base: Style) -> Style:
    name = value_of(element, "name") or ""
    found, listed = _HEADING.match(name), _LIST.match(name)
    outline = value_of(element, "pPr/outlineLvl")
    rank = base.rank
    if found:
        rank = int(found.group(1))
    elif name.casefold() in {"title", "subtitle"}:
        rank = 1 if name.casefold() == "title" else 2
    elif outline is not None and outline.isdigit():
        rank = int(outline) + 1 if int(outline) < 9 else 0
    bold = is_on(element.find(W + "rPr"), "b")
    level = value_of(element, "pPr/numPr/ilvl")
    style = Style(
        name=name,
        rank=rank,
        number=value_of(element, "pPr/numPr/numId") or base.number,
        level=int(level) if level and level.isdigit() else base.level,
        bold=base.bold if bold is None else bold,
    )
    if listed and listed.group(1) and not level:
        style = replace(style, level=int(listed.group(1)) - 1)
    return style


def read_numbering(numbering: Element | None) -> dict[tuple[str, int], bool]:
    """(numbering id, level) -> whether it makes list items. Decimal numbers of several places ("3.4") number the
    paragraphs of council reports, which are no list."""
    if numbering is None:
        return {}
    abstract = {part.get(W + "abstractNumId"): part for part in numbering.iterchildren(W + "abstractNum")}
    found: dict[tuple[str, int], bool] = {}
    for number in numbering.iterchildren(W + "num"):
        definition = abstract.get(value_of(number, "abstractNumId"))
        for level in () if definition is None else definition.iterchildren(W + "lvl"):
            place = level.get(W + "ilvl") or "0"
            text = value_of(level, "lvlText") or ""
            is_list = value_of(level, "numFmt") != "none" and text.count("%") < 2
            found[(number.get(W + "numId") or "", int(place) if place.isdigit() else 0)] = is_list
    return found
