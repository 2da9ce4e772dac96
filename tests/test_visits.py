"""Refreshes from a server on loopback that plays Ofsted's and a ModernGov site's pages: what is new, changed, gone."""

from __future__ import annotations

import errno
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from flows.fetch import Answer, Failed, Web
from flows.find_documents import Visit, find_documents
from flows.manifest import MANIFEST, read_manifest
from flows.manners import Manners
from flows.progress import RefreshSummary
from flows.raw_store import LOG, RawStore
from flows.refresh import refresh
from flows.refusals import RefreshError
from flows.visits import visit_sources
from tests.fake_reader import FAKE_READER
from tests.web_server import Page, Site, hurried, moderngov_page, ofsted_page, served

TEXT = "text/plain"
HURRIED: Visit = partial(visit_sources, way=hurried)
DUDLEY, WOLVERHAMPTON = "E08000027", "E08000031"
MARCH = "/documents/s101/Performance%20March.txt"
JUNE = "/documents/s102/Performance%20June.txt"
MEETINGS = "/ieListMeetings.aspx?CommitteeId=7"
FIRST = "/ieListDocuments.aspx?CId=7&MId=71&Ver=4"
SECOND = "/ieListDocuments.aspx?CId=7&MId=72&Ver=4"


def states(area: str, value: int) -> Page:
    """A document that states one figure."""
    return Page(f"cla_count {area} 2023-03-31 {value}\n".encode(), TEXT)


@pytest.fixture
def site() -> Iterator[Site]:
    """A provider page with two reports, and a committee with two meetings and a paper at each."""
    pages = {
        "/robots.txt": Page(b"User-agent: *\nDisallow: /secret/\n", TEXT),
        "/provider/44/80464": ofsted_page(
            "Dudley",
            {
                "/v1/file/1": "Children's services inspection, pdf - 13 January 2023",
                "/v1/file/2": "Children's services focused visit, pdf - 01 August 2024",
                "/v1/file/3": "Area SEND full inspection, pdf - 12 July 2024",
            },
        ),
        "/v1/file/1": states(DUDLEY, 600),
        "/v1/file/2": states(DUDLEY, 610),
        "/v1/file/3": states(DUDLEY, 999),
        "/mgListCommittees.aspx?bcr=1": moderngov_page(
            "Committees", {"mgCommitteeDetails.aspx?ID=7": "Children's Scrutiny", "mgCommitteeDetails.aspx?ID=8": "Pensions"}
        ),
        "/mgCommitteeDetails.aspx?ID=7": moderngov_page("Children's Scrutiny", {MEETINGS[1:]: "Browse meetings"}),
        MEETINGS: moderngov_page("Meetings", {FIRST[1:]: "27 July 2023 6.00 pm", SECOND[1:]: "20 June 2023 6.00 pm"}),
        FIRST: moderngov_page("Agenda of 27 July 2023", {MARCH[1:]: "Performance March <span>PDF 512 KB</span>", "documents/s9/Apologies.txt": "Apologies"}),
        SECOND: moderngov_page("Agenda of 20 June 2023", {JUNE[1:]: "Performance June"}),
        MARCH: states(WOLVERHAMPTON, 501),
        JUNE: states(WOLVERHAMPTON, 502),
    }  # fmt: skip
    with served(Site(pages)) as site:
        yield site


def registry(folder: Path, site: Site, more: str = "") -> Path:
    """The two sources of the site, enabled."""
    path = folder / "registry.yaml"
    path.write_text(
        f"""sources:
  - id: ofsted
    kind: template
    address: {site.root}/provider/44/{{urn}}
    networks: [127.0.0.1/32]
    documents:
      title: "children.s services"
      address: '/v1/file/'
    values:
      - {{id: dudley, authority: Dudley, urn: 80464}}
  - id: wolverhampton-committees
    kind: page
    address: {site.root}/mgListCommittees.aspx?bcr=1
    authority: Wolverhampton
    document_kind: minutes
    networks: [127.0.0.1/32]
    follow:
      - {{title: children, address: mgCommitteeDetails}}
      - {{address: 'ieListMeetings\\.aspx'}}
      - {{address: 'ieListDocuments\\.aspx'}}
    documents:
      title: performance
      address: '/documents/s'
{more}""",
        encoding="utf-8",
    )
    return path


def run(data: Path, registry: Path | None, **more: object) -> RefreshSummary:
    """A refresh with the tests' reader and no waiting."""
    return refresh([], data, 1, registry=registry, reader=FAKE_READER, visit=HURRIED, **more)  # type: ignore[arg-type]


def rows(data: Path, table: str) -> list[dict[str, object]]:
    """A table of the current snapshot."""
    found: list[dict[str, object]] = pq.read_table(data / "dataset" / "current" / f"{table}.parquet").to_pylist()
    return found


def values(data: Path) -> list[object]:
    return sorted(row["value"] for row in rows(data, "observations"))  # type: ignore[type-var]


def test_pages_are_followed_to_the_documents_that_fit_and_to_no_others(site: Site, tmp_path: Path) -> None:
    summary = run(tmp_path / "data", registry(tmp_path, site))
    assert summary.notes == ()
    assert values(tmp_path / "data") == [501.0, 502.0, 600.0, 610.0]
    asked = [one.path for one in site.asked]
    assert len(asked) == len(set(asked))
    assert "/v1/file/3" not in asked
    assert "/mgCommitteeDetails.aspx?ID=8" not in asked
    assert all(one.agent.startswith("childrens-services-kpis/") for one in site.asked)


def test_a_document_has_its_source_its_address_and_the_words_of_its_link(site: Site, tmp_path: Path) -> None:
    data = tmp_path / "data"
    run(data, registry(tmp_path, site))
    found = {str(d["location"]).removeprefix(site.root): d for d in rows(data, "documents")}
    assert found["/v1/file/1"]["source"] == "ofsted-dudley"
    assert found[MARCH]["source"] == "wolverhampton-committees"
    assert found[MARCH]["document_kind"] == "minutes"  # as the registry says, where the document does not
    # the tests' reader takes the name that is handed to `find_subject` for the title
    assert (
        found["/v1/file/1"]["title"]
        == f"{site.root}/Dudley - Find an inspection report/Children%27s services inspection%2C pdf - 13 January 2023.txt"
    )
    assert str(found[MARCH]["title"]).endswith("/Agenda of 27 July 2023/Performance March.txt")
    assert {d["retrieved_at"] is not None for d in found.values()} == {True}
    raw = data / "raw"
    for document in found.values():
        document_id = str(document["document_id"])
        assert (raw / document_id[:2] / document_id).is_file()


def test_a_second_run_only_asks_what_has_changed_and_publishes_nothing(site: Site, tmp_path: Path) -> None:
    data, sources = tmp_path / "data", registry(tmp_path, site)
    first = run(data, sources)
    before = site.forget()
    second = run(data, sources)
    assert (second.published, second.documents_read, second.snapshot) == (False, 0, first.snapshot)
    assert all(one.conditional and one.status == 304 for one in site.asked)
    assert [one.path for one in site.asked] == [one.path for one in before if one.path != "/robots.txt"]


def test_changed_added_and_gone_are_told_and_nothing_else(site: Site, tmp_path: Path) -> None:
    data, sources = tmp_path / "data", registry(tmp_path, site)
    run(data, sources)
    site.forget()
    site.pages["/v1/file/1"] = states(DUDLEY, 605)
    site.pages[FIRST] = moderngov_page(
        "Agenda of 27 July 2023",
        {"documents/s103/Performance%20May.txt": "Performance May", MARCH[1:]: "Performance March"},
    )
    site.pages["/documents/s103/Performance%20May.txt"] = states(WOLVERHAMPTON, 503)
    site.pages[SECOND] = moderngov_page("Agenda of 20 June 2023", {"documents/s9/Apologies.txt": "Apologies"})
    summary = run(data, sources)
    assert sorted((c["change"], c["value_before"], c["value_after"]) for c in rows(data, "changes")) == [
        ("added", None, 503.0),
        ("restated", 600.0, 605.0),
        ("withdrawn", 502.0, None),
    ]
    assert summary.documents_read == 2
    assert summary.notes == ()
    at_source = {str(d["location"]).removeprefix(site.root): d["at_source"] for d in rows(data, "documents")}
    assert at_source == {
        "/v1/file/1": True,
        "/v1/file/2": True,
        MARCH: True,
        "/documents/s103/Performance%20May.txt": True,
        JUNE: False,
    }
    assert values(data) == [501.0, 502.0, 503.0, 605.0, 610.0]
    assert not run(data, sources).published


def test_a_document_that_its_server_no_longer_has_is_marked_though_the_link_stands(site: Site, tmp_path: Path) -> None:
    data, sources = tmp_path / "data", registry(tmp_path, site)
    run(data, sources)
    del site.pages[JUNE]
    summary = run(data, sources)
    assert summary.changes == {"withdrawn": 1}
    assert any("lead to nothing" in note for note in summary.notes)
    assert values(data) == [501.0, 502.0, 600.0, 610.0]


def test_a_paper_of_a_meeting_that_left_the_list_is_asked_after_and_stays(site: Site, tmp_path: Path) -> None:
    data, sources = tmp_path / "data", registry(tmp_path, site)
    run(data, sources)
    site.pages[MEETINGS] = moderngov_page("Meetings", {FIRST[1:]: "27 July 2023 6.00 pm"})
    assert not run(data, sources).published
    del site.pages[JUNE]
    assert run(data, sources).changes == {"withdrawn": 1}


def test_a_source_that_is_down_leaves_its_documents_as_they_were(site: Site, tmp_path: Path) -> None:
    data, sources = tmp_path / "data", registry(tmp_path, site)
    first = run(data, sources)
    site.pages["/provider/44/80464"] = Page(b"", status=503, validators=False)
    site.pages[FIRST] = Page(b"", status=500, validators=False)
    summary = run(data, sources)
    assert (summary.published, summary.snapshot) == (False, first.snapshot)
    assert [note.partition(":")[0] for note in summary.notes] == ["ofsted-dudley", "wolverhampton-committees"]
    assert "answered 503" in summary.notes[0]


def test_a_page_that_was_rebuilt_so_that_no_link_fits_withdraws_nothing(site: Site, tmp_path: Path) -> None:
    data, sources = tmp_path / "data", registry(tmp_path, site)
    run(data, sources)
    site.pages["/provider/44/80464"] = ofsted_page("Dudley", {"/new/1": "Reports have moved"})
    summary = run(data, sources)
    assert not summary.published
    assert any("none of its links fits" in note for note in summary.notes)


def test_a_new_document_that_cannot_be_had_is_a_row_with_its_reason_until_it_can(site: Site, tmp_path: Path) -> None:
    data, sources = tmp_path / "data", registry(tmp_path, site)
    paper, site.pages[JUNE] = site.pages[JUNE], Page(b"", status=500, validators=False)
    first = run(data, sources)
    (failed,) = [d for d in rows(data, "documents") if d["status"] == "failed"]
    assert (failed["reason"], failed["detail"]) == ("not_retrieved", "the server answered 500")
    assert first.statuses == {"ok": 3, "failed": 1}
    again = run(data, sources)
    assert (again.published, again.snapshot) == (False, first.snapshot)
    site.pages[JUNE] = paper
    assert run(data, sources).statuses == {"ok": 4}


FORBIDDEN = {
    "robots.txt": (Page(b"", validators=False), "/secret/Performance.txt", "forbidden"),
    "a redirect inwards": (Page(b"", status=302, headers=(("Location", "http://169.254.169.254/"),)), "/x", "address_refused"),
    "a redirect to a file": (Page(b"", status=302, headers=(("Location", "file:///etc/passwd"),)), "/x", "address_refused"),
    "more than declared": (Page(b"x", headers=(("Content-Length", "999999999999"),)), "/x", "too_large"),
    "cut short": (Page(b"x", headers=(("Content-Length", "50"), ("Connection", "close"))), "/x", "not_retrieved"),
    "a bomb of another kind": (Page(b"x", headers=(("Content-Encoding", "br"),)), "/x", "not_retrieved"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FORBIDDEN)
def test_what_must_not_be_fetched_is_a_row_with_its_reason(site: Site, tmp_path: Path, fault: str) -> None:
    page, path, reason = FORBIDDEN[fault]
    site.pages[path] = page
    more = f"  - {{id: other, kind: file, address: '{site.root}{path}', networks: [127.0.0.1/32]}}\n"
    run(tmp_path / "data", registry(tmp_path, site, more))
    (failed,) = [d for d in rows(tmp_path / "data", "documents") if d["status"] == "failed"]
    assert (failed["reason"], failed["source"]) == (reason, "other")


def test_loopback_itself_is_refused_where_the_registry_does_not_allow_it(site: Site, tmp_path: Path) -> None:
    path = registry(tmp_path, site)
    path.write_text(path.read_text().replace("    networks: [127.0.0.1/32]\n", ""))
    with pytest.raises(RefreshError, match="no public address"):
        run(tmp_path / "data", path)
    assert site.asked == []


def test_a_run_that_was_killed_before_it_could_remember_fetches_nothing_twice(site: Site, tmp_path: Path) -> None:
    data, sources = tmp_path / "data", registry(tmp_path, site)
    run(data, sources)
    site.forget()
    (data / MANIFEST).unlink()
    second = run(data, sources)
    assert {one.status for one in site.asked} == {304}
    assert second.documents_read == 0


def test_a_damaged_manifest_is_mended_from_the_raw_store_without_the_web(site: Site, tmp_path: Path) -> None:
    data, sources = tmp_path / "data", registry(tmp_path, site)
    first = run(data, sources)
    lines = (data / MANIFEST).read_bytes().splitlines(keepends=True)
    (data / MANIFEST).write_bytes(b"".join([b"0badc0de " + lines[0][9:], *lines[1:]]))
    sources.write_text(
        sources.read_text()
        .replace("kind: page", "enabled: false\n    kind: page")
        .replace("kind: template", "enabled: false\n    kind: template")
    )
    site.forget()
    summary = run(data, None)
    assert (summary.published, summary.snapshot) == (False, first.snapshot)
    assert any("manifest were damaged" in note for note in summary.notes)
    assert read_manifest(data)[1] == 0
    assert site.asked == []


def test_bytes_that_were_lost_are_fetched_again(site: Site, tmp_path: Path) -> None:
    data, sources = tmp_path / "data", registry(tmp_path, site)
    run(data, sources)
    document_id = next(str(d["document_id"]) for d in rows(data, "documents") if str(d["location"]).endswith("file/1"))
    (data / "raw" / document_id[:2] / document_id).unlink()
    site.forget()
    assert not run(data, sources).published
    assert [one.path for one in site.asked if not one.conditional] == ["/v1/file/1"]
    assert RawStore(data).path(document_id).is_file()


def test_bytes_that_were_altered_are_fetched_again_when_they_are_next_needed(site: Site, tmp_path: Path) -> None:
    data, sources = tmp_path / "data", registry(tmp_path, site)
    run(data, sources)
    document = next(d for d in rows(data, "documents") if str(d["location"]).endswith("file/1"))
    document_id = str(document["document_id"])
    path = RawStore(data).path(document_id)
    path.write_bytes(b"x" * path.stat().st_size)
    assert run(data, sources, again=True).statuses == {"ok": 3, "failed": 1}
    assert run(data, sources, again=True).statuses == {"ok": 4}


def test_a_run_that_is_stopped_at_any_request_loses_nothing_that_came(site: Site, tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    sources = registry(tmp_path, site)
    run(whole, sources)
    requests = len(site.forget())

    for stop in range(1, requests):
        data = tmp_path / f"stopped {stop}"
        visit = partial(visit_sources, way=lambda store, stop=stop: _Stopping(store, Manners(gap=0.0, tries=1), stop))
        with pytest.raises(KeyboardInterrupt):
            refresh([], data, 1, registry=sources, reader=FAKE_READER, visit=visit)
        assert not (data / "dataset").exists()
        came = {one.path for one in site.forget() if one.status == 200}
        found = find_documents([], data, lambda _: None, sources, HURRIED)
        assert len(found.tasks) == 4
        assert not [one for one in site.forget() if one.path in came and one.status == 200], stop


class _Stopping(Web):
    """The web, with somebody who presses Ctrl-C before the nth document or page."""

    def __init__(self, store: RawStore, manners: Manners, stop: int) -> None:
        super().__init__(store, manners)
        self._left = stop

    def fetch(self, *args: object, **more: object) -> Answer:
        self._left -= 1
        if self._left == 0:
            raise KeyboardInterrupt
        return super().fetch(*args, **more)  # type: ignore[arg-type]


def test_a_full_disk_while_fetching_is_said_and_leaves_the_dataset(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, sources = tmp_path / "data", registry(tmp_path, site)
    first = run(data, sources)
    site.pages["/v1/file/1"] = states(DUDLEY, 605)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("flows.raw_store.os.fsync", full)
        with pytest.raises(RefreshError, match="no space left"):
            run(data, sources)
    assert not [path for path in (data / "raw").iterdir() if path.name.startswith(".new")]
    second = run(data, sources)
    assert second.changes == {"restated": 1}
    assert second.snapshot > first.snapshot


def test_two_hosts_are_visited_side_by_side(site: Site, tmp_path: Path) -> None:
    with served(Site({"/paper.txt": states("E08000030", 700)})) as other:
        more = f"  - {{id: other, kind: file, address: '{other.root}/paper.txt', networks: [127.0.0.1/32]}}\n"
        more += "  - {id: down, kind: file, address: 'http://127.0.0.1:9/x.pdf', networks: [127.0.0.1/32]}\n"
        summary = run(tmp_path / "data", registry(tmp_path, site, more))
    assert 700.0 in values(tmp_path / "data")
    assert summary.statuses == {"ok": 5, "failed": 1}
    assert any(note.startswith("down: ") and "did not answer" in note for note in summary.notes)


def test_without_being_told_again_a_refresh_visits_the_registry_of_last_time(site: Site, tmp_path: Path) -> None:
    data = tmp_path / "data"
    run(data, registry(tmp_path, site))
    site.pages["/v1/file/1"] = states(DUDLEY, 605)
    assert run(data, None).changes == {"restated": 1}


def test_a_registry_in_the_data_folder_needs_no_telling(site: Site, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    registry(tmp_path, site).rename(data / "sources.yaml")
    assert run(data, None).rows["documents"] == 4


def test_a_weekly_source_is_left_alone_for_a_week(site: Site, tmp_path: Path) -> None:
    data, sources = tmp_path / "data", registry(tmp_path, site)
    sources.write_text(sources.read_text().replace("kind: page", "schedule: weekly\n    kind: page"))
    for day, asked_for in ((0.0, True), (1.0, False), (6.8, True), (7.0, False), (1.0, True)):  # the clock was set back
        visit = partial(visit_sources, way=hurried, now=lambda day=day: 1e9 + day * 86400)
        refresh([], data, 1, registry=sources, reader=FAKE_READER, visit=visit)
        paths = [one.path for one in site.forget()]
        assert ("/mgListCommittees.aspx?bcr=1" in paths) == asked_for, day
        assert "/provider/44/80464" in paths


def test_folders_of_the_registry_are_read_beside_the_web(site: Site, tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "walsall.txt").write_text("cla_count E08000030 2023-03-31 700\n")
    more = "  - {id: walsall, kind: folder, address: papers, authority: Walsall}\n  - {id: share, kind: folder, address: away}\n"
    summary = run(tmp_path / "data", registry(tmp_path, site, more))
    assert 700.0 in values(tmp_path / "data")
    assert [note for note in summary.notes if note.startswith("share: there is no file or folder")]
    (document,) = [d for d in rows(tmp_path / "data", "documents") if d["source"] == "walsall"]
    assert str(document["location"]).endswith("walsall.txt")
    assert not run(tmp_path / "data", None).published


def test_a_registry_with_nothing_enabled_is_said(tmp_path: Path) -> None:
    path = tmp_path / "registry.yaml"
    path.write_text("sources:\n  - {id: a, kind: folder, address: papers, enabled: false}\n")
    with pytest.raises(RefreshError, match=r"No source of .* is enabled"):
        run(tmp_path / "data", path)


def test_each_retrieval_of_bytes_has_a_line_in_the_log(site: Site, tmp_path: Path) -> None:
    data, sources = tmp_path / "data", registry(tmp_path, site)
    run(data, sources)
    first = len((data / "raw" / LOG).read_bytes().splitlines())
    assert first == len({one.path for one in site.asked}) - 1  # robots.txt is no document
    site.pages["/v1/file/1"] = states(DUDLEY, 605)
    run(data, sources)
    lines = (data / "raw" / LOG).read_bytes().splitlines()
    assert len(lines) == first + 1
    assert b"/v1/file/1" in lines[-1]


def test_a_server_without_validators_costs_bytes_and_nothing_else(site: Site, tmp_path: Path) -> None:
    data, sources = tmp_path / "data", registry(tmp_path, site)
    site.pages = {path: replace(page, validators=False) for path, page in site.pages.items()}
    first = run(data, sources)
    second = run(data, sources)
    assert (second.published, second.documents_read, second.snapshot) == (False, 0, first.snapshot)


def test_an_answer_whose_head_drips_in_is_ended(tmp_path: Path) -> None:
    """Each byte comes in time; the head as a whole never would."""
    listening = socket.create_server(("127.0.0.1", 0))
    done = threading.Event()

    def drip() -> None:
        connection, _ = listening.accept()
        with connection:
            while not done.wait(0.02):
                try:
                    connection.sendall(
                        b"H" if done.is_set() else b"X-Slow: 1\r\n" if drip.started else b"HTTP/1.1 200 OK\r\n"
                    )  # type: ignore[attr-defined]
                except OSError:
                    return
                drip.started = True  # type: ignore[attr-defined]

    drip.started = False  # type: ignore[attr-defined]
    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    from ipaddress import ip_network

    from flows.bodies import Caps

    with Web(RawStore(tmp_path), Manners(gap=0.0, tries=1), Caps(wait_seconds=0.1)) as web:
        answer = web.fetch(f"http://127.0.0.1:{listening.getsockname()[1]}/x", networks=(ip_network("127.0.0.1/32"),))
    done.set()
    listening.close()
    thread.join(5)
    assert isinstance(answer, Failed)
