"""Step fetch: an address of the web -> its bytes in the raw store, or that they are unchanged, gone, or not to be had.

What a server says is believed in nothing that could harm: not the length, not the type, not that a packed answer stays
small when unpacked, and not where it sends us on to. The cache is the manifest: `ETag` and `Last-Modified` stand beside
the hash of the bytes they belong to, which the raw store keeps once. (An HTTP cache such as hishel's keeps every body a
second time, and answers from it without asking while a server calls it fresh; here each visit asks, and costs a 304.)
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from typing import TypeVar
from urllib.parse import urljoin, urlsplit

import httpx

from flows.addresses import RefusedAddressError
from flows.bodies import BrokenError, Caps, TooLargeError, body_of
from flows.connections import ALLOWED, PORTS, CheckedTransport
from flows.manners import Manners, Pace, jitter, pause_before, user_agent
from flows.raw_store import Kept, RawStore
from flows.robots import Robots, RobotsFile
from flows.sources import Network

REDIRECTS = {301, 302, 303, 307, 308}
GONE = {404, 410}
FORBIDDEN = {401, 403, 451}
PASSING = {408, 425, 429, 500, 502, 503, 504, 507, 509, 520, 521, 522, 523, 524}
"""Statuses that may be others in a moment: these are asked again."""
MOST_REDIRECTS = 5
MOST_ROBOTS_BYTES = 500 * 1024
HOST_DOWN_AFTER = 3
"""Failures in a row, each of all its tries, after which a host is asked no more in this run."""


@dataclass(frozen=True, slots=True)
class Validators:
    """By what a server tells whether its document has changed."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """New bytes: what is kept of them, by what their server knows them, what it calls them, and the address at which they
    were found in the end."""

    kept: Kept
    validators: Validators
    content_type: str | None
    url: str


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The server says that they are the bytes we have."""


@dataclass(frozen=True, slots=True)
class Gone:
    """The server says that there is nothing at that address (any more)."""


@dataclass(frozen=True, slots=True)
class Failed:
    """They could not be had: a code of `schemas.codes.REASONS` and a sentence."""

    reason: str
    detail: str


Answer = Received | Unchanged | Gone | Failed


@dataclass(frozen=True, slots=True)
class _Passing:
    """A status that may be another in a moment, and the seconds that the server asks us to wait."""

    status: int
    retry_after: float | None


Taken = TypeVar("Taken")
Take = Callable[[httpx.Response, str], Taken | _Passing]


class Web:
    """Fetches addresses, politely and within caps. May be shared by threads; to be closed when done."""

    def __init__(
        self,
        store: RawStore,
        manners: Manners | None = None,
        caps: Caps | None = None,
        pace: Pace | None = None,
        transport: httpx.BaseTransport | None = None,
        chance: Callable[[], float] = jitter,
    ) -> None:
        self._store = store
        self._manners = manners or Manners()
        self._caps = caps or Caps()
        self._pace = pace or Pace(self._manners.gap)
        self._chance = chance
        self._robots = Robots(store.folder / "robots.json", self._fetch_robots)
        self._failures: dict[str, int] = {}
        self._client = httpx.Client(
            transport=transport or CheckedTransport(head_seconds=2 * self._caps.wait_seconds),
            timeout=self._caps.wait_seconds,
            headers={"User-Agent": user_agent(), "Accept": "*/*", "Accept-Encoding": "gzip, identity"},
            follow_redirects=False,
        )

    def __enter__(self) -> Web:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def stop(self) -> None:
        """Let go of every thread that waits for its turn."""
        self._pace.stop()

    def fetch(
        self,
        url: str,
        known: Validators | None = None,
        networks: tuple[Network, ...] = (),
        most_bytes: int | None = None,
    ) -> Answer:
        """Ask for an address; with `known`, only for what has changed since. Never raises for what a server does."""
        known = known or Validators()
        caps = replace(self._caps, most_bytes=min(most_bytes or self._caps.most_bytes, self._caps.most_bytes))
        host = urlsplit(url).netloc
        if self._failures.get(host, 0) >= HOST_DOWN_AFTER:
            return Failed("not_retrieved", f"{host} does not answer")

        def take(response: httpx.Response, at: str) -> Answer | _Passing:
            return self._take(response, at, known, caps)

        def ask() -> Answer | _Passing:
            return self._follow(url, take, networks, _conditions(known))

        try:
            answer: Answer | _Lost = self._with_tries(ask)
        except (RefusedAddressError, httpx.InvalidURL) as error:
            return Failed("address_refused", str(error))
        except TooLargeError as error:
            return Failed("too_large", str(error))
        if isinstance(answer, _Lost):
            self._failures[host] = self._failures.get(host, 0) + 1
            return Failed("not_retrieved", answer.detail)
        self._failures[host] = 0
        return answer

    def _with_tries(self, ask: Callable[[], Taken | _Passing]) -> Taken | _Lost:
        """Try again after what may pass, with longer and longer pauses."""
        words = ""
        for tries in range(1, self._manners.tries + 1):
            asked_for: float | None = None
            try:
                answer = ask()
                if not isinstance(answer, _Passing):
                    return answer
                words, asked_for = f"the server answered {answer.status}", answer.retry_after
            except (httpx.TransportError, BrokenError) as error:
                words = _in_words(error)
            except _ClosedError as error:
                return _Lost(str(error))  # it was asked often enough
            if tries < self._manners.tries:
                self._pace.rest(pause_before(self._manners, tries, asked_for, self._chance))
        return _Lost(words)

    def _follow(
        self,
        url: str,
        take: Take[Taken],
        networks: tuple[Network, ...],
        headers: dict[str, str] | None = None,
        obey: bool = True,
    ) -> Taken | _Passing | Failed:
        """Ask, and go where we are sent on to, each place looked at as the first was."""
        for _ in range(MOST_REDIRECTS + 1):
            origin, gap = _origin(url), 0.0
            if obey:
                robots = self._robots.of(origin, networks)
                if robots.closed:
                    raise _ClosedError(f"{origin} did not answer when asked for its robots.txt")
                if not robots.allows(url):
                    return Failed("forbidden", f"the robots.txt of {origin} asks not to fetch it")
                gap = robots.gap
            self._pace.wait(urlsplit(url).hostname or "", gap)
            request = self._client.build_request("GET", url, headers=headers)
            request.extensions[ALLOWED] = networks
            with closing(self._client.send(request, stream=True)) as response:
                if response.status_code not in REDIRECTS or "location" not in response.headers:
                    return take(response, url)
                url = _sent_on(url, response.headers["location"])
        return Failed("not_retrieved", f"it was sent on more than {MOST_REDIRECTS} times")

    def _take(self, response: httpx.Response, url: str, known: Validators, caps: Caps) -> Answer | _Passing:
        status = response.status_code
        if status == 200:
            kept = self._store.keep(body_of(response, caps))
            validators = Validators(_plain(response, "etag"), _plain(response, "last-modified"))
            return Received(kept, validators, response.headers.get("content-type"), url)
        if status == 304 and known != Validators():
            return Unchanged()
        if status in GONE:
            return Gone()
        if status in PASSING:
            return _Passing(status, _retry_after(response))
        return Failed("forbidden" if status in FORBIDDEN else "not_retrieved", f"the server answered {status}")

    def _fetch_robots(self, origin: str, networks: tuple[Network, ...]) -> RobotsFile:
        """What a host allows. By RFC 9309, nothing at that address allows everything, and no answer nothing."""
        caps = replace(self._caps, most_bytes=10 * MOST_ROBOTS_BYTES)

        def take(response: httpx.Response, _: str) -> RobotsFile | _Passing:
            if response.status_code in PASSING or response.status_code >= 500:
                return _Passing(response.status_code, _retry_after(response))
            if response.status_code != 200:
                return RobotsFile(time.time())
            text = b"".join(body_of(response, caps))[:MOST_ROBOTS_BYTES].decode("utf-8", "replace")
            return RobotsFile(time.time(), text)

        answer = self._with_tries(lambda: self._follow(f"{origin}/robots.txt", take, networks, obey=False))
        return answer if isinstance(answer, RobotsFile) else RobotsFile(time.time(), closed=True)


@dataclass(frozen=True, slots=True)
class _Lost:
    """Why no try brought an answer."""

    detail: str


class _ClosedError(Exception):
    """The host does not say what it allows."""


def _conditions(known: Validators) -> dict[str, str]:
    conditions = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in conditions.items() if value is not None}


def _plain(response: httpx.Response, name: str) -> str | None:
    """A header that can be sent back as it came."""
    value = response.headers.get(name)
    return value if value and value.isascii() and value.isprintable() else None


def _sent_on(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise RefusedAddressError(f"{location} is no address of the web") from error


def _origin(url: str) -> str:
    """Scheme, host and port. Raises RefusedAddressError for what is no address of the web."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise RefusedAddressError(f"{url} is no address of the web") from error
    if parts.scheme not in PORTS or not host or parts.username is not None:
        raise RefusedAddressError(f"{url} is no address that is visited")
    place = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{place}" if port is None else f"{parts.scheme}://{place}:{port}"


def _retry_after(response: httpx.Response) -> float | None:
    """The seconds that a server asks us to wait, given as a number or as a time."""
    said = response.headers.get("retry-after", "").strip()
    if said.isdecimal():
        return float(said)
    try:
        return (parsedate_to_datetime(said) - dt.datetime.now(dt.UTC)).total_seconds()
    except (ValueError, TypeError):
        return None


def _in_words(error: Exception) -> str:
    """What failed, in words that stay the same from night to night."""
    if isinstance(error, BrokenError):
        return str(error)
    if isinstance(error, httpx.TimeoutException):
        return "the server did not answer in time"
    if isinstance(error, httpx.ConnectError):
        return "there was no connection to the server"
    if isinstance(error, httpx.RemoteProtocolError):
        return "the answer was cut short, or is no HTTP"
    return "the connection failed"
