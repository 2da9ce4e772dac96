"""Step fetch: requests -> connections to addresses that were looked at, one transport for each host.

A request goes to the address itself, with the host's name where it belongs: in the `Host` header, and in the name that
the server's certificate must bear. So a name that stands for another address a moment later (DNS rebinding) gains
nothing. An answer whose head drips in byte by byte is ended from outside, since no wait in between is too long. A council's proxy resolves names itself: behind one, what this machine can resolve is looked at before, and the
rest is the proxy's to refuse.
"""

from __future__ import annotations

import socket
import threading
import urllib.request
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import httpx

from flows.addresses import RefusedAddressError, Resolve, checked_addresses, resolve
from flows.sources import Network

PORTS = {"http": 80, "https": 443}
ALLOWED = "allowed_networks"
"""The request's extension that names private networks which its source may lie in."""


def proxy_for(url: httpx.URL) -> str | None:
    """The proxy that the environment (on Windows and macOS, the system) names for an address, if any."""
    if urllib.request.proxy_bypass(url.host):
        return None
    return urllib.request.getproxies().get(url.scheme)


def plain_transport(proxy: str | None) -> httpx.BaseTransport:
    """The transport that really connects, anew for each request: at one a second that costs little, and a connection that
    is ours alone can be ended from outside."""
    return httpx.HTTPTransport(proxy=proxy, limits=httpx.Limits(max_keepalive_connections=0))


class _Deadline:
    """Ends the connections of a request that takes too long, whatever its server does meanwhile."""

    def __init__(self, seconds: float) -> None:
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def __enter__(self) -> _Deadline:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def trace(self, event: str, told: Mapping[str, Any]) -> None:
        """Note each connection that is made (an extension of httpx)."""
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            self._sockets.append(told["return_value"].get_extra_info("socket"))

    def _end(self) -> None:
        for one in self._sockets:
            with suppress(OSError):
                socket.socket.shutdown(one, socket.SHUT_RDWR)  # not that of TLS, which would wait for a polite end


class CheckedTransport(httpx.BaseTransport):
    """Sends each request to an address of its host that was looked at. Raises RefusedAddressError before it connects."""

    def __init__(
        self,
        look_up: Resolve = resolve,
        make: Callable[[str | None], httpx.BaseTransport] = plain_transport,
        proxy_of: Callable[[httpx.URL], str | None] = proxy_for,
        head_seconds: float = 60.0,
    ) -> None:
        self._head_seconds = head_seconds
        self._look_up = look_up
        self._make = make
        self._proxy_of = proxy_of
        self._transports: dict[tuple[str, str, str | None], httpx.BaseTransport] = {}
        self._lock = threading.Lock()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Look the host up, look at its addresses, connect to the first that answers."""
        url = request.url
        if url.scheme not in PORTS or not url.host:
            raise RefusedAddressError(f"{url} is no address of the web")
        networks: tuple[Network, ...] = request.extensions.get(ALLOWED, ())
        proxy = self._proxy_of(url)
        transport = self._transport(url, proxy)
        if proxy is not None:
            self._check_what_we_can(url, networks)
            return self._ask(transport, request)
        try:
            places = checked_addresses(url.host, url.port or PORTS[url.scheme], networks, self._look_up)
        except OSError as error:
            raise httpx.ConnectError(f"{url.host} is not known to the name servers", request=request) from error
        return self._first_that_answers(transport, request, places)

    def _first_that_answers(
        self, transport: httpx.BaseTransport, request: httpx.Request, places: list[str]
    ) -> httpx.Response:
        for place in places[:-1]:
            try:
                return self._ask(transport, _to_place(request, place))
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue
        return self._ask(transport, _to_place(request, places[-1]))

    def _ask(self, transport: httpx.BaseTransport, request: httpx.Request) -> httpx.Response:
        with _Deadline(self._head_seconds) as deadline:
            request.extensions["trace"] = deadline.trace
            return transport.handle_request(request)

    def _check_what_we_can(self, url: httpx.URL, networks: tuple[Network, ...]) -> None:
        try:
            checked_addresses(url.host, url.port or PORTS[url.scheme], networks, self._look_up)
        except OSError:
            return  # the proxy knows names that we do not

    def _transport(self, url: httpx.URL, proxy: str | None) -> httpx.BaseTransport:
        """One for each host, since a connection whose certificate was checked for one name is not another's."""
        key = (url.scheme, url.netloc.decode("ascii"), proxy)
        with self._lock:
            if key not in self._transports:
                self._transports[key] = self._make(proxy)
            return self._transports[key]

    def close(self) -> None:
        """End all connections."""
        for transport in self._transports.values():
            transport.close()


def _to_place(request: httpx.Request, place: str) -> httpx.Request:
    """The same request, addressed to one of its host's addresses."""
    return httpx.Request(
        method=request.method,
        url=request.url.copy_with(host=place),
        headers=request.headers,  # with the Host header that was made for the name
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": request.url.host},
    )
