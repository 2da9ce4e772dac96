"""Step `read others`: what a web page's parts are called -> what they are (main part, frame, nothing at all)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import yaml
from lxml.html import HtmlElement

_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
# Elements whose class names say what they are for; those of headings and paragraphs say how they look.
_CONTAINERS = frozenset({"div", "section", "aside", "header", "footer", "ul", "ol", "form", "p", "a", "span", "table"})


@dataclass(frozen=True, slots=True)
class PageParts:
    """The lookup `html_page_parts.yaml`."""

    elements_left_out: frozenset[str]
    running_elements: frozenset[str]
    running_roles: frozenset[str]
    running_tokens: frozenset[str]
    running_pairs: tuple[str, ...]
    footnote_tokens: frozenset[str]
    main_elements: frozenset[str]
    main_roles: frozenset[str]
    main_tokens: tuple[str, ...]
    label_paragraphs: frozenset[str]
    transcript_words: tuple[str, ...]
    machine_words: tuple[str, ...]
    error_titles: tuple[str, ...]


@cache
def page_parts() -> PageParts:
    """The lookup, read once."""
    text = files("extractors.lookups").joinpath("html_page_parts.yaml").read_text(encoding="utf-8")
    raw: dict[str, list[str]] = yaml.safe_load(text)
    return PageParts(
        elements_left_out=frozenset(raw["elements_left_out"]),
        running_elements=frozenset(raw["running_elements"]),
        running_roles=frozenset(raw["running_roles"]),
        running_tokens=frozenset(raw["running_tokens"]),
        running_pairs=tuple(raw["running_pairs"]),
        footnote_tokens=frozenset(raw["footnote_tokens"]),
        main_elements=frozenset(raw["main_elements"]),
        main_roles=frozenset(raw["main_roles"]),
        main_tokens=tuple(raw["main_tokens"]),
        label_paragraphs=frozenset(raw["label_paragraphs"]),
        transcript_words=tuple(raw["transcript_words"]),
        machine_words=tuple(raw["machine_words"]),
        error_titles=tuple(raw["error_titles"]),
    )


def is_main(element: HtmlElement) -> bool:
    """Whether the element calls itself the page's main part."""
    parts = page_parts()
    if element.tag in parts.main_elements or element.get("role") in parts.main_roles:
        return True
    return element.tag in {"div", "section", "article"} and any(token in _names(element) for token in parts.main_tokens)


def is_running(element: HtmlElement) -> bool:
    """Whether the element calls itself part of the frame around the document: menus, cookie banners, page feet."""
    parts = page_parts()
    if element.tag in parts.running_elements or element.get("role") in parts.running_roles:
        return True
    if element.tag not in _CONTAINERS:
        return False
    names = _names(element)
    if not names:
        return False
    return not parts.running_tokens.isdisjoint(names.split()) or any(pair in names for pair in parts.running_pairs)


def is_footnotes(element: HtmlElement) -> bool:
    """Whether the element calls itself a footnote or a list of them."""
    return element.tag in _CONTAINERS and not page_parts().footnote_tokens.isdisjoint(_names(element).split())


def _names(element: HtmlElement) -> str:
    raw = f"{element.get('class') or ''} {element.get('id') or ''}"
    return _class_words(raw) if raw != " " and len(raw) < 500 else ""


@lru_cache(maxsize=4096)
def _class_words(raw: str) -> str:
    return " ".join(_TOKEN.findall(raw)).casefold()
