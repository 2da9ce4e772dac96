"""Fetching one address: what is asked, what is kept, what is tried again, and what is not let in.

The servers here are functions; no connection is opened, and nobody really waits.
"""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.bodies import MEGABYTE, Caps
from flows.fetch import Answer, Failed, Gone, Received, Unchanged, Validators, Web
from flows.manifest import Retrieval
from flows.manners import Manners, Pace, StoppedError, pause_before, user_agent
from flows.raw_store import LOG, RawStore, remove_damaged
from flows.robots import Robots, RobotsFile

URL = "https://papers.example/report.pdf"
PDF = b"%PDF-1.7 a report of ours"
Answers = Callable[[httpx.Request], httpx.Response]


class Clock:
    """Time that passes only when somebody waits."""

    def __init__(self) -> None:
        self.time = 100.0
        self.waited: list[float] = []

    def __call__(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.waited.append(round(seconds, 3))
        self.time += seconds


def body(data: bytes, **headers: str) -> httpx.Response:
    """An answer whose body is still to come."""
    return httpx.Response(200, headers=headers, stream=httpx.ByteStream(data))


def no_robots(answer: Answers) -> Answers:
    """A host without a robots.txt."""

    def with_robots(request: httpx.Request) -> httpx.Response:
        return httpx.Response(404) if request.url.path == "/robots.txt" else answer(request)

    return with_robots


def a_web(folder: Path, answer: Answers, caps: Caps | None = None, clock: Clock | None = None, tries: int = 4) -> Web:
    clock = clock or Clock()
    return Web(
        RawStore(folder),
        Manners(tries=tries),
        caps,
        Pace(1.0, clock, clock.sleep),
        httpx.MockTransport(answer),
        chance=lambda: 0.5,
    )


def fetch(
    folder: Path, answer: Answers, known: Validators | None = None, caps: Caps | None = None, tries: int = 4
) -> Answer:
    with a_web(folder, no_robots(answer), caps, tries=tries) as web:
        return web.fetch(URL, known)


# What is kept ---------------------------------------------------------------------------------------------------------


def test_bytes_are_kept_by_their_hash_with_what_the_server_knows_them_by(tmp_path: Path) -> None:
    headers = {"etag": '"a1"', "last-modified": "Sat, 01 Nov 2025 10:00:00 GMT", "content-type": "application/pdf"}
    answer = fetch(tmp_path, lambda _: body(PDF, **headers))
    assert isinstance(answer, Received)
    assert (tmp_path / "raw" / answer.kept.document_id[:2] / answer.kept.document_id).read_bytes() == PDF
    assert answer.validators == Validators('"a1"', "Sat, 01 Nov 2025 10:00:00 GMT")
    assert answer.content_type == "application/pdf"


def test_what_is_known_is_asked_for_only_if_it_has_changed(tmp_path: Path) -> None:
    asked = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append((request.headers.get("if-none-match"), request.headers.get("if-modified-since")))
        return httpx.Response(304)

    assert fetch(tmp_path, answer, Validators('"a1"', "Sat, 01 Nov 2025 10:00:00 GMT")) == Unchanged()
    assert asked == [('"a1"', "Sat, 01 Nov 2025 10:00:00 GMT")]


def test_unchanged_without_having_been_asked_is_no_answer(tmp_path: Path) -> None:
    assert isinstance(fetch(tmp_path, lambda _: httpx.Response(304)), Failed)


@pytest.mark.parametrize("status", [404, 410])
def test_what_is_not_there_is_gone(tmp_path: Path, status: int) -> None:
    assert fetch(tmp_path, lambda _: httpx.Response(status)) == Gone()


def test_we_say_who_we_are(tmp_path: Path) -> None:
    said = []

    def answer(request: httpx.Request) -> httpx.Response:
        said.append(request.headers["user-agent"])
        return body(PDF)

    fetch(tmp_path, answer)
    assert said == [user_agent()]
    assert said[0].startswith("childrens-services-kpis/")
    assert "Mozilla" not in said[0]
    assert "contact: data@example.gov.uk" in user_agent("data@example.gov.uk")
    assert "\n" not in user_agent("a\nb")


def test_a_validator_that_cannot_be_sent_back_is_left_out(tmp_path: Path) -> None:
    response = httpx.Response(200, headers=[(b"etag", '"caf\xe9"'.encode("latin-1"))], stream=httpx.ByteStream(PDF))
    answer = fetch(tmp_path, lambda _: response)
    assert isinstance(answer, Received)
    assert answer.validators == Validators()


# What is tried again --------------------------------------------------------------------------------------------------


def broken(data: bytes) -> Iterator[bytes]:
    yield data
    raise httpx.RemoteProtocolError("peer closed connection without sending complete message body")


PASSING: dict[str, Callable[[], httpx.Response]] = {
    "429": lambda: httpx.Response(429),
    "500": lambda: httpx.Response(500),
    "503": lambda: httpx.Response(503),
    "cut short": lambda: httpx.Response(200, stream=_Stream(broken(PDF[:5]))),
    "cut short in gzip": lambda: body(gzip.compress(PDF * 1000)[:-20], **{"content-encoding": "gzip"}),
    "no gzip": lambda: body(PDF, **{"content-encoding": "gzip"}),
    "packed as nobody asked": lambda: body(PDF, **{"content-encoding": "br"}),
}


class _Stream(httpx.SyncByteStream):
    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces

    def __iter__(self) -> Iterator[bytes]:
        return self._pieces


@pytest.mark.parametrize("fault", PASSING)
def test_what_may_pass_is_tried_again(tmp_path: Path, fault: str) -> None:
    answers = iter([PASSING[fault](), PASSING[fault](), body(PDF)])
    answer = fetch(tmp_path, lambda _: next(answers))
    assert isinstance(answer, Received)
    assert answer.kept.size == len(PDF)
    assert sorted(p.name for p in (tmp_path / "raw").rglob("*") if p.is_file()) == sorted(
        [answer.kept.document_id, "robots.json"]
    )


@pytest.mark.parametrize("fault", PASSING)
def test_what_does_not_pass_is_said_and_leaves_nothing_behind(tmp_path: Path, fault: str) -> None:
    answer = fetch(tmp_path, lambda _: PASSING[fault]())
    assert isinstance(answer, Failed)
    assert answer.reason == "not_retrieved"
    assert [p.name for p in (tmp_path / "raw").rglob("*") if p.is_file()] == ["robots.json"]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (httpx.ConnectError("refused"), "no connection"),
        (httpx.ReadTimeout("slow"), "in time"),
        (httpx.RemoteProtocolError("junk"), "cut short"),
    ],
)
def test_a_source_that_is_down_or_slow_is_said_in_words_that_stay_the_same(
    tmp_path: Path, error: httpx.TransportError, words: str
) -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        raise error

    failed = fetch(tmp_path, answer)
    assert isinstance(failed, Failed)
    assert words in failed.detail


def test_pauses_double_and_the_servers_own_wish_is_kept(tmp_path: Path) -> None:
    clock = Clock()
    answers = iter(
        [httpx.Response(503), httpx.Response(429, headers={"retry-after": "60"}), httpx.Response(500), body(PDF)]
    )
    with a_web(tmp_path, no_robots(lambda _: next(answers)), clock=clock) as web:
        assert isinstance(web.fetch(URL), Received)
    assert [w for w in clock.waited if w != 1.0] == [2.5, 60.0, 10.0]


@given(tries=st.integers(1, 30), asked=st.none() | st.floats(-10, 1e9), chance=st.floats(0, 1))
def test_a_pause_is_never_shorter_than_asked_for_nor_longer_than_the_longest(
    tries: int, asked: float | None, chance: float
) -> None:
    pause = pause_before(Manners(), tries, asked, lambda: chance)
    assert 0 < pause <= Manners().longest_pause
    assert pause >= min(asked or 0.0, Manners().longest_pause)


def test_a_host_that_is_down_is_not_asked_for_every_document(tmp_path: Path) -> None:
    asked = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        raise httpx.ConnectError("refused")

    with a_web(tmp_path, no_robots(answer), tries=2) as web:
        answers = [web.fetch(f"https://papers.example/{number}.pdf") for number in range(20)]
    assert all(isinstance(a, Failed) for a in answers)
    assert len(asked) == 6


# What is not let in ---------------------------------------------------------------------------------------------------


def test_a_body_that_is_declared_too_large_is_not_read(tmp_path: Path) -> None:
    def never() -> Iterator[bytes]:
        raise AssertionError("the body was read")
        yield b""

    answer = fetch(
        tmp_path,
        lambda _: httpx.Response(200, headers={"content-length": "5000"}, stream=_Stream(never())),
        caps=Caps(1000),
    )
    assert isinstance(answer, Failed)
    assert answer.reason == "too_large"
    assert "5,000 bytes" in answer.detail


def test_a_body_that_does_not_end_is_cut_off_at_the_cap(tmp_path: Path) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        while True:
            sent += 1
            yield b"x" * 100_000

    answer = fetch(tmp_path, lambda _: httpx.Response(200, stream=_Stream(endless())), caps=Caps(MEGABYTE))
    assert isinstance(answer, Failed)
    assert answer.reason == "too_large"
    assert sent < 15
    assert not [p for p in (tmp_path / "raw").iterdir() if p.name != "robots.json"]


@pytest.mark.parametrize("layers", [1, 2])
def test_a_decompression_bomb_bursts_neither_memory_nor_disk(tmp_path: Path, layers: int) -> None:
    bomb = _gzip_of_zeros(64 * MEGABYTE)
    for _ in range(layers - 1):
        bomb = gzip.compress(bomb)
    encoding = ", ".join(["gzip"] * layers)
    tracemalloc.start()
    answer = fetch(tmp_path, lambda _: body(bomb, **{"content-encoding": encoding}), caps=Caps(8 * MEGABYTE), tries=1)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(answer, Failed)
    assert answer.reason == ("too_large" if layers == 1 else "not_retrieved")
    assert peak < 8 * MEGABYTE


def _gzip_of_zeros(size: int) -> bytes:
    pack = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return b"".join([*(pack.compress(bytes(MEGABYTE)) for _ in range(size // MEGABYTE)), pack.flush()])


@given(data=st.binary(max_size=4000), times=st.integers(1, 2000))
def test_gzip_is_unpacked_to_what_was_packed(tmp_path_factory: pytest.TempPathFactory, data: bytes, times: int) -> None:
    folder = tmp_path_factory.mktemp("raw")
    whole = data * times
    answer = fetch(folder, lambda _: body(gzip.compress(whole), **{"content-encoding": "gzip"}))
    assert isinstance(answer, Received)
    assert RawStore(folder).path(answer.kept.document_id).read_bytes() == whole
    assert answer.kept.head == whole[:1024]


def test_a_body_that_drips_is_given_up_after_its_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    time = iter(range(0, 10_000, 100))
    monkeypatch.setattr("flows.bodies.time.monotonic", lambda: float(next(time)))
    answer = fetch(
        tmp_path, lambda _: httpx.Response(200, stream=_Stream(iter([b"x"] * 50))), caps=Caps(seconds=600), tries=1
    )
    assert isinstance(answer, Failed)
    assert "600 seconds" in answer.detail


def test_a_circle_of_redirects_ends(tmp_path: Path) -> None:
    asked = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        return httpx.Response(302, headers={"location": f"/{len(asked)}"})

    failed = fetch(tmp_path, answer)
    assert isinstance(failed, Failed)
    assert "sent on" in failed.detail
    assert len(asked) == 6


@pytest.mark.parametrize("status", [401, 403, 451])
def test_a_page_that_asks_who_we_are_is_not_asked_again(tmp_path: Path, status: int) -> None:
    asked = []

    def answer(_: httpx.Request) -> httpx.Response:
        asked.append(1)
        return httpx.Response(status)

    failed = fetch(tmp_path, answer)
    assert isinstance(failed, Failed)
    assert (failed.reason, len(asked)) == ("forbidden", 1)


# Manners --------------------------------------------------------------------------------------------------------------


def test_a_host_is_asked_at_most_once_a_second_and_others_meanwhile(tmp_path: Path) -> None:
    clock = Clock()
    times: list[tuple[str, float]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        times.append((request.url.host, clock.time))
        return httpx.Response(404)

    with a_web(tmp_path, answer, clock=clock) as web:
        for number in range(3):
            for host in ("one.example", "two.example"):
                web.fetch(f"https://{host}/{number}")
    for host in ("one.example", "two.example"):
        at = [time for asked, time in times if asked == host]
        assert len(at) == 4  # robots.txt first
        assert all(later - earlier >= 1.0 for earlier, later in pairwise(at))
    assert clock.time < 100 + 4.5


@given(st.lists(st.tuples(st.sampled_from(["one", "two"]), st.floats(0, 3)), max_size=30))
def test_turns_with_a_host_are_a_gap_apart_whenever_they_are_asked_for(turns: list[tuple[str, float]]) -> None:
    clock = Clock()
    pace = Pace(1.0, clock, clock.sleep)
    had: dict[str, list[float]] = {"one": [], "two": []}
    for host, idle in turns:
        clock.time += idle
        pace.wait(host)
        had[host].append(clock.time)
    for times in had.values():
        assert all(later - earlier >= 0.999 for earlier, later in pairwise(times))


def test_whoever_waits_is_let_go_when_the_run_ends() -> None:
    pace = Pace(3600.0)
    pace.wait("papers.example")
    pace.stop()
    with pytest.raises(StoppedError):
        pace.wait("papers.example")


ROBOTS = b"""User-agent: *
Disallow: /private/
Crawl-delay: 5

User-agent: childrens-services-kpis
Disallow: /drafts/
"""


def test_robots_txt_is_obeyed_and_asked_for_once(tmp_path: Path) -> None:
    asked = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        return body(ROBOTS) if request.url.path == "/robots.txt" else body(PDF)

    for _ in range(2):  # the second run remembers
        with a_web(tmp_path, answer) as web:
            drafts, private = (web.fetch(f"https://papers.example/{name}/a.pdf") for name in ("drafts", "private"))
        assert isinstance(drafts, Failed)
        assert drafts.reason == "forbidden"
        assert isinstance(private, Received)  # the group that names us is ours, and no other
    assert asked == ["/robots.txt", "/private/a.pdf", "/private/a.pdf"]


def test_a_longer_gap_that_robots_txt_asks_for_is_kept(tmp_path: Path) -> None:
    clock = Clock()
    times = []

    def answer(request: httpx.Request) -> httpx.Response:
        times.append(clock.time)
        return body(b"User-agent: *\nCrawl-delay: 7\n") if request.url.path == "/robots.txt" else httpx.Response(404)

    with a_web(tmp_path, answer, clock=clock) as web:
        for number in range(3):
            web.fetch(f"https://papers.example/{number}")
    assert [later - earlier for earlier, later in pairwise(times)] == [1.0, 7.0, 7.0]


def test_a_host_that_does_not_say_what_it_allows_is_not_asked_for_more(tmp_path: Path) -> None:
    asked = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        return httpx.Response(503)

    with a_web(tmp_path, answer, tries=2) as web:
        answers = [web.fetch(URL), web.fetch(URL)]
    assert all(isinstance(a, Failed) and "robots.txt" in a.detail for a in answers)
    assert asked == ["/robots.txt"] * 2


def test_what_a_host_allowed_last_holds_while_it_cannot_be_asked(tmp_path: Path) -> None:
    day = 24 * 3600.0
    said = [RobotsFile(0.0, "User-agent: *\nDisallow: /x"), RobotsFile(2 * day, closed=True)]
    now = iter([0.0, 2 * day, 2 * day])
    robots = Robots(tmp_path / "robots.json", lambda *_: said.pop(0), lambda: next(now))
    for _ in range(3):
        file = robots.of("https://papers.example", ())
        assert not file.closed
        assert not file.allows("https://papers.example/x/1")
    assert said == []


# The raw store --------------------------------------------------------------------------------------------------------


def a_retrieval(store: RawStore, data: bytes, location: str = URL) -> Retrieval:
    kept = store.keep([data])
    path = str(store.path(kept.document_id).absolute())
    return Retrieval(location, "s", "n", path, kept.document_id, kept.size, 0, "2026-01-01T00:00:00+00:00")


def test_a_torn_line_of_the_log_costs_nothing_but_itself(tmp_path: Path) -> None:
    store = RawStore(tmp_path)
    first, second, third = (a_retrieval(store, data, f"{URL}?{data!r}") for data in (b"one", b"two", b"three"))
    store.log(first)
    store.log(second)
    log = store.folder / LOG
    log.write_bytes(log.read_bytes()[:-30])
    store.log(third)
    assert store.logged() == {first.location: first, third.location: third}


def test_what_a_killed_run_began_to_keep_is_removed_and_damaged_bytes_too(tmp_path: Path) -> None:
    store = RawStore(tmp_path)
    retrieval = a_retrieval(store, PDF)
    (store.folder / ".new-7").write_bytes(b"half")
    store.clear_unfinished()
    assert [p.name for p in store.folder.iterdir()] == [str(retrieval.document_id)[:2]]
    assert not remove_damaged(Path(retrieval.path))
    Path(retrieval.path).write_bytes(b"x" * len(PDF))
    assert store.holds(retrieval)
    assert remove_damaged(Path(retrieval.path))
    assert not store.holds(retrieval)


def test_a_data_folder_that_was_moved_keeps_its_bytes(tmp_path: Path) -> None:
    retrieval = a_retrieval(RawStore(tmp_path / "old"), PDF)
    (tmp_path / "old").rename(tmp_path / "new")
    moved = RawStore(tmp_path / "new").at_home(retrieval)
    assert Path(moved.path).read_bytes() == PDF
