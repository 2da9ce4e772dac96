"""A server on loopback that plays the pages of Ofsted and of a ModernGov site, and notes what it was asked.

What it serves is a table of addresses, changed between two refreshes; it never sends anything anywhere by itself.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from flows.fetch import Web
from flows.manners import Manners
from flows.raw_store import RawStore


@dataclass(frozen=True, slots=True)
class Page:
    """What one address answers. `validators`: it has an ETag and a date, and answers 304 to who knows them. `halfway` is called
    when half of the body is sent."""

    body: bytes
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    validators: bool = True
    halfway: Callable[[], None] | None = None

    @property
    def etag(self) -> str:
        """Changes with the body."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:12]}"'


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: its path, whether it asked only for what has changed, who asked, and what it was answered."""

    path: str
    conditional: bool
    agent: str
    status: int


@dataclass(slots=True)
class Site:
    """A site: its pages by path with query, and the requests in order."""

    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    port: int = 0

    @property
    def root(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def forget(self) -> list[Asked]:
        """The requests so far, which are then forgotten."""
        asked, self.asked = self.asked, []
        return asked


@contextmanager
def served(site: Site) -> Iterator[Site]:
    """The site, served on loopback for as long as the context lasts."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            page = site.pages.get(self.path, Page(b"nothing here", "text/plain", 404))
            conditional = "If-None-Match" in self.headers or "If-Modified-Since" in self.headers
            status = page.status
            if page.validators and status == 200 and self.headers.get("If-None-Match") == page.etag:
                status = 304
            site.asked.append(Asked(self.path, conditional, self.headers.get("User-Agent", ""), status))
            self.send_response(status)
            self.send_header("Content-Type", page.content_type)
            if page.validators and status in (200, 304):
                self.send_header("ETag", page.etag)
                self.send_header("Last-Modified", "Sat, 01 Nov 2025 10:00:00 GMT")
            for name, value in page.headers:
                self.send_header(name, value)
            body = b"" if status == 304 else page.body
            if not any(name.lower() == "content-length" for name, _ in page.headers):
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if page.halfway is not None and body:
                self.wfile.write(body[: len(body) // 2])
                page.halfway()
                body = body[len(body) // 2 :]
            with suppress(ConnectionError):  # whoever asked may have been killed
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def hurried(store: RawStore) -> Web:
    """The web for tests: our own server is asked without waiting, and not again where it fails."""
    return Web(store, Manners(gap=0.0, tries=2, pause=0.0))


def ofsted_page(council: str, reports: dict[str, str]) -> Page:
    """A provider page: reports by address, with the words that a screen reader says."""
    links = "".join(
        f'<li class="timeline__day"><a class="publication-link" href="{address}" target="_blank">'
        f'{words.partition(",")[0]}<span class="nonvisual"> {words}</span></a></li>'
        for address, words in reports.items()
    )
    text = f"""<!doctype html><html lang="en"><head><title>{council} - Find an inspection report</title></head>
    <body><nav><a href="/">Home</a> <a href="/search?q=">Search</a></nav><h1>{council}</h1><ol>{links}</ol></body></html>"""
    return Page(text.encode())


def moderngov_page(title: str, links: dict[str, str]) -> Page:
    """A page of a committee site: links by address, some with the size of the file as such pages print it."""
    items = "".join(f'<li><a class="mgFileLink" href="{address}">{words}</a></li>' for address, words in links.items())
    text = f"""<!doctype html><html><head><title>{title}</title></head><body><div class="mgContent">
    <p><a href="mgWebService.aspx">Service</a></p><ul class="mgBulletList">{items}</ul></div></body></html>"""
    return Page(text.encode())
