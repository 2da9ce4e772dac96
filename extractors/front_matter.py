"""Whose and when, first part: the places where a document says what it is, cut from its reading and its location.

Title pages, letterheads, running heads, file and folder names, the host of its address; everything below reads only
these.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from statistics import median
from urllib.parse import unquote, urlsplit

import yaml

from extractors.area_tables import read_lookup
from schemas.records import Page, Reading

_SAMPLED = 12  # pages looked at for whom they speak of; a pack of 300 pages costs no more than one of 12
_PAGE_NUMBER = re.compile(r"^\W*(?:page\s*)?\d{1,3}\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a document says about itself, white space made single spaces.

    `near` is the text of the first three pages, `pages` that of up to twelve pages spread over the document,
    `edges` the first and last two lines of those pages.
    """

    title: str
    head: str  # the first lines of the first page with text
    first_page: str
    near: str
    pages: tuple[str, ...]
    edges: tuple[str, ...]
    name: str
    folders: tuple[str, ...]
    host: str


@dataclass(frozen=True, slots=True)
class Publisher:
    """A publisher other than a council: the kinds that only it publishes, its hosts, and the words of the title, or of
    the first page of a paper about no single authority, that show it."""

    name: str
    kinds: tuple[str, ...]
    hosts: tuple[str, ...]
    title: re.Pattern[str] | None
    first_page: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class DocumentWords:
    """`document_words.yaml`, compiled."""

    kinds: tuple[tuple[str, dict[str, re.Pattern[str]]], ...]
    publishers: tuple[Publisher, ...]
    no_single_authority: re.Pattern[str]
    country_in_title: re.Pattern[str]
    country_on_page: re.Pattern[str]
    labels: dict[str, re.Pattern[str]]


def _any(patterns: list[str] | None) -> re.Pattern[str] | None:
    return _pattern(patterns) if patterns else None


def _pattern(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE)


@lru_cache(maxsize=1)
def document_words() -> DocumentWords:
    raw = yaml.load(read_lookup("document_words.yaml"), Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    kinds = tuple((e["kind"], {k: _pattern(v) for k, v in e.items() if k != "kind"}) for e in raw["kinds"])
    publishers = tuple(
        Publisher(
            e["name"], tuple(e.get("kinds", ())), tuple(e["hosts"]), _any(e.get("title")), _any(e.get("first_page"))
        )
        for e in raw["publishers"]
    )
    labels = {
        k: _pattern(raw[k]) for k in ("published", "inspected", "as_at", "not_this_document", "meeting", "agenda")
    }
    country = raw["of_the_country"]
    return DocumentWords(
        kinds,
        publishers,
        _pattern(raw["no_single_authority"]),
        _pattern(country["title"]),
        _pattern(country["first_page"]),
        labels,
    )


def squeeze(text: str) -> str:
    """Single spaces; pdfium's line-end hyphens back to hyphens."""
    return " ".join(text.replace("\ufffe", "-").replace("\u00ad", "").split())


def front_matter(reading: Reading, location: str) -> FrontMatter:
    """Cuts the front matter; a document without any text leaves only the parts of its location."""
    host, folders, name = _location_parts(location)
    if reading.pages:
        texts = [squeeze(page.text) for page in reading.pages[:3]]
        first = next((page for page in reading.pages[:5] if len(page.text) > 40), reading.pages[0])
        sampled = _spread(reading.pages)
        lines = [squeeze(line) for line in first.text.splitlines()]
        head = [line for line in lines if line and not _PAGE_NUMBER.match(line)][:14]
        return FrontMatter(
            title=_largest_lines(first) or squeeze(reading.title or ""),
            head=" \n ".join(head),
            first_page=squeeze(first.text),
            near=" ".join(texts),
            pages=tuple(page.text for page in sampled),
            edges=tuple(_edges(page) for page in sampled),
            name=name,
            folders=folders,
            host=host,
        )
    blocks = [squeeze(block.text) for block in reading.blocks]
    text = " ".join(blocks[:400])
    return FrontMatter(
        title=squeeze(reading.title or "") or next((b for b in blocks if b), ""),
        head=" \n ".join(block[:200] for block in blocks[:10]),
        first_page=text[:3000],
        near=text[:9000],
        pages=(text,) if text else (),
        edges=(),
        name=name,
        folders=folders,
        host=host,
    )


def _location_parts(location: str) -> tuple[str, tuple[str, ...], str]:
    """Host, the last two folders and the file name of a path or address, separators made spaces."""
    try:
        parts = urlsplit(location) if "://" in location else None
    except ValueError:  # no address after all ("http://[")
        parts = None
    path = unquote(parts.path if parts else location).replace("\\", "/")
    segments = [segment for segment in path.split("/") if segment]
    name = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", segments[-1]) if segments else ""
    folders = tuple(re.sub(r"[_+-]+", " ", s) for s in segments[-3:-1])
    return (parts.hostname or "") if parts else "", folders, re.sub(r"[_+]+|%20", " ", name)


def _spread(pages: tuple[Page, ...]) -> tuple[Page, ...]:
    if len(pages) <= _SAMPLED:
        return pages
    step = (len(pages) - 1) / (_SAMPLED - 1)
    return tuple(pages[round(i * step)] for i in range(_SAMPLED))


def _edges(page: Page) -> str:
    lines = [line for line in page.text.splitlines() if line.strip()]
    return squeeze(" \n ".join([*lines[:2], *lines[2:][-2:]]))


def _largest_lines(page: Page) -> str:
    """The title as printed: the lines in the page's largest type, down to the first that is smaller; nothing where the
    upper page is of one size, as in minutes and letters."""
    lines = [line for line in page.lines if len(line.text.strip()) > 2 and not _PAGE_NUMBER.match(line.text)]
    upper = [line for line in lines if line.box.y0 < page.height * 0.45]
    worded = [line.size for line in upper if any(map(str.isalpha, line.text))]  # the figures of cards name nothing
    if not worded:
        return ""
    size = max(worded)
    if len(lines) > 8 and size < 1.15 * median(line.size for line in lines):
        return ""
    at = next(i for i, line in enumerate(upper) if line.size == size and any(map(str.isalpha, line.text)))
    title = list(takewhile(lambda line: size * 0.9 <= line.size <= size, upper[at : at + 4]))
    return squeeze(" ".join(line.text for line in title))[:300]
