"""Step fetch: a web page's bytes -> its title and its links, each with the words it stands in; and those that fit a pattern.

Nothing of a page is run or loaded. Words are those a person sees or a screen reader says: Ofsted's provider pages put a
report's date only into the latter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin

from flows.sources import LinkPattern, is_url

if TYPE_CHECKING:
    import lxml.html

_SPACE = re.compile(r"\s+")
_SIZE = re.compile(r"\W*\b(?:pdf|docx?|html?)?\W*\d+(?:\.\d+)? ?(?:bytes|[kmg]b)\W*$", re.IGNORECASE)
_TWICE = re.compile(r"^(.{8,}?) (?=\1)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """An address that a page leads to, and the words that say to what."""

    url: str
    title: str


@dataclass(frozen=True, slots=True)
class WebPage:
    """A page's title and its links in their order, each address once."""

    title: str
    links: tuple[Link, ...]


def page_to_links(data: bytes, url: str) -> WebPage:
    """The bytes of a page at `url` -> its links as absolute addresses of the web. Bytes that are no page have none."""
    import lxml.etree
    import lxml.html

    try:
        root = lxml.html.document_fromstring(data, parser=lxml.html.HTMLParser(encoding=_encoding(data)))
    except (lxml.etree.LxmlError, ValueError):
        return WebPage("", ())
    first_base = next(root.iter("base"), None)
    base = _absolute(url, first_base.get("href") if first_base is not None else None) or url
    links: dict[str, str] = {}
    for anchor in root.iter("a", "area"):
        address = _absolute(base, anchor.get("href"))
        if address is not None:
            words = _words(anchor) or anchor.get("title") or anchor.get("aria-label") or ""
            links[address] = max(links.get(address, ""), _squeeze(words), key=len)
    title = next((words for name in ("title", "h1") for one in root.iter(name) if (words := _words(one))), "")
    return WebPage(title, tuple(Link(address, _tidy(words)) for address, words in links.items()))


def _encoding(data: bytes) -> str | None:
    """UTF-8 where it can be; else what the page declares."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _words(element: lxml.html.HtmlElement) -> str:
    return _squeeze("".join(str(part) for part in element.itertext()))


def fitting_links(links: Iterable[Link], pattern: LinkPattern) -> list[Link]:
    """The links that a pattern follows, in their order."""
    found = [link for link in links if _fits(link, pattern)]
    return found[: pattern.most]


def _fits(link: Link, pattern: LinkPattern) -> bool:
    if pattern.address is not None and not pattern.address.search(link.url):
        return False
    if pattern.unless is not None and pattern.unless.search(link.title):
        return False
    return pattern.title is None or pattern.title.search(link.title) is not None


def _absolute(base: str, href: str | None) -> str | None:
    """Where a link leads, without the place on the page; None for what is no address of the web."""
    if not href:
        return None
    try:
        address = urldefrag(urljoin(base, href.strip())).url
    except ValueError:
        return None
    return address.replace(" ", "%20") if is_url(address) else None


def _squeeze(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def _tidy(words: str) -> str:
    """Without the size of the file, and said once where a label for screen readers says it again."""
    return _TWICE.sub("", _SIZE.sub("", words)).strip()
