"""Step fetch: one source of the web -> what is there now, page by page and document by document.

A document is gone when the page that led to it leads to it no more, or when its server says so. One whose page was not
looked at this time (lists of meetings grow, and only their beginning is read) is asked after by itself.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote, urlsplit

from flows.fetch import Answer, Failed, Gone, Received, Unchanged, Validators, Web
from flows.find_files import CLAIMS
from flows.links import Link, WebPage, fitting_links, page_to_links
from flows.manifest import Retrieval
from flows.raw_store import RawStore
from flows.sources import LinkPattern, RegisteredSource

MOST_PAGE_BYTES = 10 * 2**20
MOST_PAGES = 1000
_SUFFIXES = {
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
}


@dataclass(slots=True)
class SourceVisit:
    """What a visit found by location, and whether it saw all that there is to see; if not, why not."""

    found: dict[str, Retrieval] = field(default_factory=dict)
    whole: bool = True
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Offer:
    """A document that a page offers: its link, and the page's address and title (none for an address of the registry)."""

    link: Link
    page: str | None = None
    page_title: str = ""


class Visitor:
    """Visits sources one after the other.

    known: what was found at each location last time. tell: called with each address that was asked for.
    """

    def __init__(
        self,
        web: Web,
        store: RawStore,
        known: Mapping[str, Retrieval],
        registry: Path,
        tell: Callable[[str], None] = lambda _: None,
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    ) -> None:
        self._web = web
        self._store = store
        self._known = known
        self._registry = str(registry)
        self._tell = tell
        self._now = now

    def visit(self, source: RegisteredSource) -> SourceVisit:
        """All that a source offers; what could not be had is noted, and leaves the rest as it was."""
        visit = SourceVisit()
        offers, pages = self._offers(source, visit)
        before = [
            r for r in self._known.values() if r.source == source.id and r.document_id and r.at_source and not r.trouble
        ]
        if before and not offers and visit.whole:
            visit.whole = False
            visit.notes.append("none of its links fits `documents` any more: what was there before was left as it was")
        failures: list[str] = []
        missing = 0
        for offer in offers:
            answer = self._document(source, offer, visit)
            missing += isinstance(answer, Gone)
            failures += [answer.detail] if isinstance(answer, Failed) else []
        if visit.whole:
            asked = {offer.link.url for offer in offers}
            for retrieval in before:
                if retrieval.location not in asked and retrieval.linked_from not in pages:
                    self._ask_after(source, retrieval, visit)
        visit.notes += _counted(failures)
        if missing:
            visit.notes.append(f"{missing} of its links lead to nothing")
        return visit

    def look(self, source: RegisteredSource) -> tuple[list[Offer], list[str]]:
        """What a visit would fetch, and what is wrong: pages are read, documents are not."""
        visit = SourceVisit()
        offers, _ = self._offers(source, visit)
        return offers, visit.notes

    def _offers(self, source: RegisteredSource, visit: SourceVisit) -> tuple[list[Offer], set[str]]:
        """The documents on offer, and the addresses of the pages that were looked at."""
        if source.documents is None:
            return [Offer(Link(source.address, ""))], set()
        offers: dict[str, Offer] = {}
        read: set[str] = set()
        urls = [source.address]
        for pattern in (*source.follow, None):
            links: dict[str, None] = {}
            for url in urls:
                page = self._page(source, url, visit)
                if page is None:
                    continue
                read.add(url)
                links.update(dict.fromkeys(link.url for link in fitting_links(page.links, pattern or _NONE)))
                for link in fitting_links(page.links, source.documents):
                    offers.setdefault(link.url, Offer(link, url, page.title))
            urls = [url for url in links if url not in read]
            if len(read) + len(urls) > MOST_PAGES:
                urls = urls[: max(MOST_PAGES - len(read), 0)]
                visit.notes.append(f"only {MOST_PAGES} of its pages were looked at")
        return list(offers.values()), read

    def _page(self, source: RegisteredSource, url: str, visit: SourceVisit) -> WebPage | None:
        """A page that is read for its links."""
        known = self._held(url)
        self._tell(url)
        answer = self._web.fetch(url, _validators(known), source.networks, MOST_PAGE_BYTES)
        if isinstance(answer, Received):
            retrieval = self._received(source, url, answer, known, replace(_PAGE, name=answer.url))
        elif isinstance(answer, Unchanged) and known is not None:
            retrieval = self._placed(source, known, known.linked_from)
        else:
            visit.whole = False
            detail = answer.detail if isinstance(answer, Failed) else "there is nothing at its address"
            visit.notes.append(f"the page {url} could not be read: {detail}")
            return None
        visit.found[url] = retrieval
        found_at = url if retrieval.document_id else retrieval.name
        page = page_to_links(Path(retrieval.path).read_bytes(), found_at)
        if not page.links:
            visit.whole = False
            visit.notes.append(f"the page {url} holds no links")
        return page

    def _document(self, source: RegisteredSource, offer: Offer, visit: SourceVisit) -> Answer:
        """Ask for one document, and put what came of it into the visit."""
        url = offer.link.url
        known = self._held(url)
        if known is not None and known.document_id is None:
            known = None  # it was a page only, until now
        self._tell(url)
        answer = self._web.fetch(url, _validators(known), source.networks)
        if isinstance(answer, Received):
            blank = replace(_DOCUMENT, name=_name(offer, answer.content_type), linked_from=offer.page)
            visit.found[url] = self._received(source, url, answer, known, blank)
        elif not isinstance(answer, Gone) and known is not None:
            visit.found[url] = self._placed(source, known, offer.page)
        elif isinstance(answer, Failed):
            trouble = replace(
                _DOCUMENT,
                name=_name(offer, None),
                document_id=hashlib.sha256(url.encode()).hexdigest(),
                retrieved_at=self._now().isoformat(),
                trouble=answer.detail,
                reason=answer.reason,
            )
            visit.found[url] = replace(self._placed(source, trouble, offer.page), location=url)
        return answer

    def _ask_after(self, source: RegisteredSource, retrieval: Retrieval, visit: SourceVisit) -> None:
        """A document that no page led to this time: is it still there?"""
        url = retrieval.location
        held = self._held(url)
        self._tell(url)
        answer = self._web.fetch(url, _validators(held), source.networks)
        if isinstance(answer, Received):
            visit.found[url] = self._received(source, url, answer, held, retrieval)
        elif not isinstance(answer, Gone):
            visit.found[url] = retrieval

    def _held(self, url: str) -> Retrieval | None:
        """What was fetched from an address last, where its bytes are still here."""
        known = self._known.get(url)
        return known if known is not None and not known.trouble and self._store.holds(known) else None

    def _placed(self, source: RegisteredSource, retrieval: Retrieval, page: str | None) -> Retrieval:
        """A retrieval as one of this source, which still offers it."""
        return replace(
            retrieval,
            source=source.id,
            authority=source.authority,
            registry=self._registry,
            document_kind=source.document_kind,
            linked_from=page,
            at_source=True,
        )

    def _received(
        self, source: RegisteredSource, url: str, answer: Received, known: Retrieval | None, blank: Retrieval
    ) -> Retrieval:
        """Bytes that came -> their retrieval, made of `blank`; what was known where they are the same as before."""
        kept = answer.kept
        path = str(self._store.path(kept.document_id).absolute())
        validators = answer.validators
        same = known is not None and known.path == path and (known.document_id is None) == (blank.document_id is None)
        fresh = replace(
            known if known is not None and same else blank,
            location=url,
            path=path,
            document_id=kept.document_id if blank.document_id is not None else None,
            size=kept.size,
            etag=validators.etag,
            last_modified=validators.last_modified,
        )
        if not same:
            fresh = replace(fresh, retrieved_at=self._now().isoformat())
        fresh = self._placed(source, fresh, blank.linked_from)
        if not same:
            self._store.log(fresh)
        return fresh


_PAGE = Retrieval("", "", "", "", None, 0, 0, "")
_DOCUMENT = replace(_PAGE, document_id="")
_NONE = LinkPattern(most=0)


def _validators(known: Retrieval | None) -> Validators | None:
    return Validators(known.etag, known.last_modified) if known is not None else None


def _counted(failures: list[str]) -> list[str]:
    """Failures -> a sentence for each kind of them."""
    return [
        f"{failures.count(detail)} of its documents could not be had: {detail}" for detail in dict.fromkeys(failures)
    ]


def _name(offer: Offer, content_type: str | None) -> str:
    """What tells whose document it is and when it speaks: host, the page's title, the link's words, and by its ending of
    what kind the document claims to be. In the form of an address, as `find_subject` reads it."""
    parts = urlsplit(offer.link.url)
    last = PurePosixPath(unquote(parts.path)).name
    suffix = PurePosixPath(last).suffix.casefold()
    if suffix not in CLAIMS:
        suffix = _SUFFIXES.get((content_type or "").partition(";")[0].strip().casefold(), "")
    words = offer.link.title or PurePosixPath(last).stem or parts.hostname or ""
    segments = [text.replace("/", "-") for text in (offer.page_title, words) if text]
    return f"{parts.scheme}://{parts.netloc}/{'/'.join(quote(text, safe=' ') for text in segments)}{suffix}"
