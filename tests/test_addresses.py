"""Where a fetch may go: addresses that are public, and connections to those that were looked at, none else.

Nothing here opens a connection: names are resolved by a stub, and the transport only notes what it is handed.
"""

from __future__ import annotations

import ipaddress
from pathlib import Path

import httpx
import pytest

from flows.addresses import RefusedAddressError, checked_addresses, is_public
from flows.connections import ALLOWED, CheckedTransport
from flows.fetch import Failed, Received, Web
from flows.manners import Manners
from flows.raw_store import RawStore

NOT_PUBLIC = [
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "240.0.0.1", "255.255.255.255",
    "::", "::1", "fe80::1", "fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "64:ff9b::7f00:1", "2002:7f00:1::", "2002:a00:1::", "fec0::1",
]  # fmt: skip
PUBLIC = ["8.8.8.8", "51.140.1.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]


@pytest.mark.parametrize("text", NOT_PUBLIC)
def test_addresses_that_are_not_public_are_told(text: str) -> None:
    assert not is_public(ipaddress.ip_address(text))


@pytest.mark.parametrize("text", PUBLIC)
def test_public_addresses_are_told(text: str) -> None:
    assert is_public(ipaddress.ip_address(text))


def test_a_name_with_one_private_address_among_public_ones_is_refused_whole() -> None:
    with pytest.raises(RefusedAddressError, match=r"10\.0\.0\.5"):
        checked_addresses("papers.example", 443, (), lambda *_: ["8.8.8.8", "10.0.0.5"])


def test_the_registry_may_allow_a_network_and_no_other() -> None:
    office = (ipaddress.ip_network("10.20.0.0/16"),)
    assert checked_addresses("intranet", 80, office, lambda *_: ["10.20.1.1"]) == ["10.20.1.1"]
    assert checked_addresses("intranet", 80, office, lambda *_: ["::ffff:10.20.1.1"]) == ["::ffff:10.20.1.1"]
    with pytest.raises(RefusedAddressError):
        checked_addresses("intranet", 80, office, lambda *_: ["169.254.169.254"])


class Noted(httpx.BaseTransport):
    """Answers from a table and notes where each request would have gone."""

    def __init__(self, answers: dict[str, httpx.Response]) -> None:
        self.answers = answers
        self.connections: list[tuple[str, str, object]] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.connections.append((request.url.host, request.headers["host"], request.extensions.get("sni_hostname")))
        return self.answers.get(f"{request.headers['host']}{request.url.path}", httpx.Response(404))


class Names:
    """A resolver that notes what it is asked; a name with several lists answers with one after the other."""

    def __init__(self, names: dict[str, list[list[str]]]) -> None:
        self.names = names
        self.asked: list[str] = []

    def __call__(self, host: str, _: int) -> list[str]:
        self.asked.append(host)
        if host not in self.names:
            raise OSError("no such name")
        answers = self.names[host]
        return answers.pop(0) if len(answers) > 1 else answers[0]


def a_web(folder: Path, names: Names, noted: Noted) -> Web:
    transport = CheckedTransport(names, lambda _: noted, lambda _: None)
    return Web(RawStore(folder), Manners(gap=0.0, tries=1), transport=transport)


def sent_on(to: str) -> httpx.Response:
    return httpx.Response(302, headers={"location": to})


PRIVATE = [
    "http://intranet.example/secret",
    "http://127.0.0.1:8080/admin",
    "http://[::1]/admin",
    "http://169.254.169.254/latest/meta-data/",
    "http://2130706433/",  # 127.0.0.1 as one number, which the system's resolver reads so
    "https://metadata.google.internal/",
    "//intranet.example/secret",
]


@pytest.mark.parametrize("to", PRIVATE)
def test_a_redirect_towards_a_private_address_opens_no_connection_there(tmp_path: Path, to: str) -> None:
    names = Names(
        {
            "papers.example": [["51.140.1.1"]],
            "intranet.example": [["10.0.0.9"]],
            "127.0.0.1": [["127.0.0.1"]],
            "::1": [["::1"]],
            "169.254.169.254": [["169.254.169.254"]],
            "2130706433": [["127.0.0.1"]],
            "metadata.google.internal": [["169.254.169.254"]],
        }
    )
    noted = Noted({"papers.example/report.pdf": sent_on(to)})
    with a_web(tmp_path, names, noted) as web:
        answer = web.fetch("http://papers.example/report.pdf")
    assert isinstance(answer, Failed)
    assert answer.reason == "address_refused"
    assert {place for place, _, _ in noted.connections} == {"51.140.1.1"}


@pytest.mark.parametrize(
    "to", ["file:///etc/passwd", "ftp://papers.example/x", "gopher://x/", "http://", "http://[", "javascript:1"]
)
def test_a_redirect_to_what_is_no_web_address_goes_nowhere(tmp_path: Path, to: str) -> None:
    noted = Noted({"papers.example/report.pdf": sent_on(to)})
    with a_web(tmp_path, Names({"papers.example": [["51.140.1.1"]]}), noted) as web:
        answer = web.fetch("http://papers.example/report.pdf")
    assert isinstance(answer, Failed)
    assert answer.reason in ("address_refused", "not_retrieved")
    assert {place for place, _, _ in noted.connections} == {"51.140.1.1"}


def test_the_connection_goes_to_the_address_that_was_looked_at(tmp_path: Path) -> None:
    """A name that stands for another address the second time it is asked (DNS rebinding) gains nothing."""
    names = Names({"papers.example": [["51.140.1.1"], ["51.140.1.1"], ["127.0.0.1"]]})
    noted = Noted({"papers.example/report.pdf": httpx.Response(200, stream=httpx.ByteStream(b"%PDF-1.7 of ours"))})
    with a_web(tmp_path, names, noted) as web:
        first = web.fetch("https://papers.example/report.pdf")
        second = web.fetch("https://papers.example/report.pdf")
    assert isinstance(first, Received)
    assert isinstance(second, Failed)
    assert noted.connections == [("51.140.1.1", "papers.example", "papers.example")] * 2  # robots.txt, and the report
    assert names.asked == ["papers.example"] * 3  # once for each request: no second look-up after the check


def test_the_next_address_is_tried_where_the_first_does_not_answer() -> None:
    tried = []

    def answer(request: httpx.Request) -> httpx.Response:
        tried.append(request.url.host)
        if request.url.host == "2606:4700::1":
            raise httpx.ConnectError("no route")
        return httpx.Response(200)

    names = Names({"papers.example": [["2606:4700::1", "51.140.1.1"]]})
    transport = CheckedTransport(names, lambda _: httpx.MockTransport(answer), lambda _: None)
    assert transport.handle_request(httpx.Request("GET", "http://papers.example/")).status_code == 200
    assert tried == ["2606:4700::1", "51.140.1.1"]


def test_behind_a_proxy_the_name_is_the_proxys_to_resolve_but_private_places_are_refused() -> None:
    handed = []

    def answer(request: httpx.Request) -> httpx.Response:
        handed.append(str(request.url))
        return httpx.Response(200)

    names = Names({"intranet.example": [["10.0.0.9"]]})
    made: list[str | None] = []

    def make(proxy: str | None) -> httpx.BaseTransport:
        made.append(proxy)
        return httpx.MockTransport(answer)

    transport = CheckedTransport(names, make, lambda _: "http://proxy.example:3128")
    transport.handle_request(httpx.Request("GET", "https://papers.example/report.pdf"))
    with pytest.raises(RefusedAddressError):
        transport.handle_request(httpx.Request("GET", "http://intranet.example/secret"))
    assert handed == ["https://papers.example/report.pdf"]
    assert made[0] == "http://proxy.example:3128"


def test_a_network_that_one_source_may_use_is_no_way_in_for_another() -> None:
    names = Names({"intranet.example": [["10.20.0.9"]]})
    transport = CheckedTransport(names, lambda _: httpx.MockTransport(lambda _: httpx.Response(200)), lambda _: None)
    request = httpx.Request("GET", "http://intranet.example/")
    with pytest.raises(RefusedAddressError):
        transport.handle_request(request)
    request.extensions[ALLOWED] = (ipaddress.ip_network("10.20.0.0/16"),)
    assert transport.handle_request(request).status_code == 200
