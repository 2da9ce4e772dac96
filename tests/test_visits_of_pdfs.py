"""The whole way from a provider page to figures, with real PDFs and the real reader, over HTTP on loopback."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from flows.progress import RefreshSummary
from flows.refresh import refresh
from flows.visits import visit_sources
from queries import evidence, evidence_page, open_dataset
from tests.web_server import Page, Site, hurried, moderngov_page, ofsted_page, served

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
PDF = "application/pdf"
MEETINGS = "/ieListMeetings.aspx?CommitteeId=7"
AGENDA = "/ieListDocuments.aspx?CId=7&MId=71&Ver=4"
COMMITTEE = """  - id: west-sussex-committee
    kind: page
    address: {address}
    authority: West Sussex
    networks: [127.0.0.1/32]
    follow: [{{address: ieListDocuments}}]
    documents: {{address: /documents/s}}
"""


def report(children: int, day: str) -> Page:
    """A one-page inspection report of our own."""
    from reportlab.pdfgen.canvas import Canvas

    written = io.BytesIO()
    canvas = Canvas(written, invariant=True)
    for line, text in enumerate(
        (
            "Dudley Metropolitan Borough Council",
            "Inspection of children's social care services",
            f"Inspection dates: {day}",
            "Lead inspector: A N Other",
            f"At 31 March 2022 there were {children} children looked after.",
            "There were 312 children subject to a child protection plan at that date.",
        )
    ):
        canvas.setFont("Helvetica", 18 if line < 2 else 11)
        canvas.drawString(60, 760 - 40 * line, text)
    canvas.save()
    return Page(written.getvalue(), PDF)


def run(data: Path, registry: Path) -> RefreshSummary:
    return refresh([], data, 1, registry=registry, visit=partial(visit_sources, way=hurried))


def rows(data: Path, table: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = pq.read_table(data / "dataset" / "current" / f"{table}.parquet").to_pylist()
    return found


def registry_of(folder: Path, site: Site, authorities: dict[str, str]) -> Path:
    """A registry of provider pages: authority by registration number."""
    values = "\n".join(f"      - {{urn: {urn}, authority: {name}}}" for urn, name in authorities.items())
    path = folder / "registry.yaml"
    path.write_text(
        f"""sources:
  - id: ofsted
    kind: template
    address: {site.root}/provider/44/{{urn}}
    networks: [127.0.0.1/32]
    documents: {{title: "children.s services", address: /v1/file/}}
    values:
{values}
"""
    )
    return path


@pytest.fixture
def site() -> Iterator[Site]:
    """A provider page with two reports and one that is an error page in truth."""
    links = {
        "/v1/file/1": "Children's services inspection, pdf - 13 January 2023",
        "/v1/file/2": "Children's services focused visit, pdf - 01 August 2024",
        "/v1/file/3": "Children's services inspection, pdf - 05 April 2016",
    }
    error = moderngov_page("Sorry, there is a problem with the service", {"/": "Start again"})
    pages = {
        "/provider/44/80464": ofsted_page("Dudley", links),
        "/v1/file/1": report(600, "7 November 2022 to 18 November 2022"),
        "/v1/file/2": report(588, "8 July 2024 to 9 July 2024"),
        "/v1/file/3": Page(error.body, PDF),
    }
    with served(Site(pages)) as site:
        yield site


def test_reports_behind_a_provider_page_become_figures_and_only_changes_are_read_again(
    site: Site, tmp_path: Path
) -> None:
    data, sources = tmp_path / "data", registry_of(tmp_path, site, {"80464": "Dudley"})
    first = run(data, sources)
    found = {str(d["location"])[-1]: d for d in rows(data, "documents")}
    assert [found[n]["status"] for n in "123"] == ["ok", "ok", "failed"]
    assert found["3"]["reason"] == "wrong_type"  # the server calls it a PDF, and it is a web page
    assert {found[n]["subject_code"] for n in "12"} == {"E08000027"}
    assert {found[n]["document_kind"] for n in "12"} == {"inspection"}
    assert {found[n]["publisher"] for n in "12"} == {"Ofsted"}
    stated = {(o["indicator"], o["value"]) for o in rows(data, "observations")}
    assert {("cla_count", 600.0), ("cla_count", 588.0)} <= stated

    dataset = open_dataset(data)
    one = next(str(o["observation_id"]) for o in rows(data, "observations") if o["value"] == 600.0)
    assert evidence_page(dataset, evidence(dataset, one)).startswith(b"\x89PNG")  # drawn from the kept bytes

    site.forget()
    second = run(data, sources)
    assert (second.published, second.documents_read, second.snapshot) == (False, 0, first.snapshot)
    assert {one.status for one in site.asked} == {304}

    site.pages["/v1/file/1"] = report(605, "7 November 2022 to 18 November 2022")
    third = run(data, sources)
    assert third.documents_read == 1
    assert [(c["change"], c["value_before"], c["value_after"]) for c in rows(data, "changes")] == [
        ("restated", 600.0, 605.0)
    ]


def test_inspection_reports_of_the_corpus_over_http(tmp_path: Path) -> None:
    """Two authorities' inspection reports and a committee's papers: all of them, then nothing, then changed, added and gone."""
    folders = sorted((SHARED / "corpus" / "ofsted").glob("8046[24]_*"))
    if len(folders) < 2:
        pytest.skip("the corpus of inspection reports is not beside the project")
    reports = {
        f"/v1/file/{folder.name[:5]}{n}": path
        for folder in folders
        for n, path in enumerate(sorted(folder.glob("*.pdf")))
    }
    later, *now = list(reports)
    papers = {
        f"/documents/s{n}/{path.name}": path
        for n, path in enumerate(sorted((SHARED / "corpus" / "west-sussex").glob("C*-WSx-*.pdf")))
    }
    with served(Site()) as site:
        site.pages = {address: Page(path.read_bytes(), PDF) for address, path in (reports | papers).items()}
        site.pages[MEETINGS] = moderngov_page("Meetings", {AGENDA[1:]: "27 July 2016 6.00 pm"})
        site.pages[AGENDA] = moderngov_page("Agenda", {address[1:]: path.stem for address, path in papers.items()})

        def offer(addresses: list[str]) -> None:
            for folder in folders:
                urn, name = folder.name.split("_")
                links = {a: f"{reports[a].stem}, pdf" for a in addresses if a[9:14] == urn}
                site.pages[f"/provider/44/{urn}"] = ofsted_page(name, links)

        offer(now)
        sources = registry_of(tmp_path, site, {f.name[:5]: f.name[6:] for f in folders})
        with sources.open("a") as file:
            file.write(COMMITTEE.format(address=site.root + MEETINGS))
        data = tmp_path / "data"
        first = run(data, sources)
        assert first.rows["documents"] == len(now) + len(papers)
        assert first.notes == ()
        site.forget()
        second = run(data, sources)
        assert (second.published, second.documents_read) == (False, 0)
        assert {one.status for one in site.asked} == {304}

        gone, changed, paper = now[0], now[-1], next(iter(papers))
        offer([later, *now[1:]])
        site.pages[changed] = Page(site.pages[changed].body + b"\n% published again\n", PDF)
        site.pages[paper] = Page(site.pages[paper].body + b"\n% and this one\n", PDF)
        before = {str(d["location"])[len(site.root) :]: d for d in rows(data, "documents")}
        third = run(data, sources)
    after = {str(d["location"])[len(site.root) :]: d for d in rows(data, "documents")}
    assert third.documents_read == 3
    assert after.keys() - before.keys() == {later}
    assert {place for place in after if not after[place]["at_source"]} == {gone}
    assert {place for place in before if before[place]["document_id"] != after[place]["document_id"]} == {
        changed,
        paper,
    }
    told = {str(c["change"]) for c in rows(data, "changes")}
    assert "restated" not in told  # it was published again, and says the same
    documents = {str(c["document_id"]) for c in rows(data, "changes")}
    assert documents <= {after[later]["document_id"], after[gone]["document_id"]}
