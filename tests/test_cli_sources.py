"""`kpi sources` and `kpi refresh --sources`, as a person types them."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
import typer.main

from flows.edit_sources import NewSource, with_source, with_source_switched
from flows.sources import RegisteredSource, read_sources
from flows.visits import look_at_source
from kpi.sources_command import sources
from tests.test_cli import kpi
from tests.web_server import Page, Site, hurried, ofsted_page, served

COMMANDS = typer.main.get_command(sources).commands  # type: ignore[attr-defined]
TEXT = """# Kept by hand.
sources:
  # the first
  - id: one
    kind: folder
    address: papers   # on the share
    enabled: false

  - id: many
    kind: template
    address: https://example.org/{year}.pdf
    enabled: false
    values:
      - {year: 2023}
      - year: 2024   # the latest
"""


def parsed(folder: Path, text: str) -> dict[str, RegisteredSource]:
    path = folder / "sources.yaml"
    path.write_text(text, encoding="utf-8")
    return {source.id: source for source in read_sources(path)}


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_shows_an_example_that_it_understands(command: str) -> None:
    words = shlex.split(COMMANDS[command].epilog.split("\n\n")[-1])
    assert words[:3] == ["kpi", "sources", command]
    COMMANDS[command].make_context(command, words[3:])


def test_the_shipped_registry_is_listed_without_a_data_folder(tmp_path: Path) -> None:
    ran = kpi("sources", "list", "ofsted", "dudley", data=tmp_path)
    assert ran.returncode == 0
    (line,) = [line for line in ran.stdout.splitlines() if line.startswith("ofsted-")]
    assert "https://reports.ofsted.gov.uk/provider/44/80464" in line
    assert " no " in line


def test_mistakes_are_told_by_line_and_end_with_a_code(tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text(TEXT.replace("kind: folder", "kind: foldr"))
    for words in (("sources", "check"), ("sources", "list")):
        ran = kpi(*words, data=tmp_path)
        assert ran.returncode == 1
        assert "line 5: `kind` is one of" in ran.stdout
    ran = kpi("refresh", data=tmp_path)
    assert ran.returncode == 1
    assert "line 5" in ran.stderr


def test_a_folder_that_is_not_there_and_an_address_named_twice_are_told(tmp_path: Path) -> None:
    more = "  - {id: again, kind: file, address: 'https://example.org/2023.pdf'}\n"
    (tmp_path / "sources.yaml").write_text(TEXT.replace("false", "true", 1) + more)
    ran = kpi("sources", "check", data=tmp_path)
    assert ran.returncode == 1
    assert "line 4, one: there is no file or folder" in ran.stdout
    assert "line 16, again: its address is that of many-2023 too" in ran.stdout


def test_an_unknown_source_gets_the_nearest(tmp_path: Path) -> None:
    ran = kpi("sources", "enable", "ofsted-dudly", data=tmp_path)
    assert ran.returncode == 2
    assert "ofsted-dudley" in ran.stderr


def test_enabling_makes_a_registry_of_ones_own_and_leaves_the_projects_alone(tmp_path: Path) -> None:
    assert kpi("sources", "enable", "ofsted-dudley", "sandwell-committees", data=tmp_path).returncode == 0
    enabled = {source.id for source in read_sources(tmp_path / "sources.yaml") if source.enabled}
    assert enabled == {"ofsted-dudley", "sandwell-committees"}
    assert "# The source registry" in (tmp_path / "sources.yaml").read_text()
    kpi("sources", "disable", "ofsted-dudley", data=tmp_path)
    ran = kpi("sources", "list", "--enabled", data=tmp_path)
    assert [line.split()[0] for line in ran.stdout.splitlines()[1:]] == ["sandwell-committees"]


@pytest.mark.parametrize("one", ["one", "many-2023", "many-2024"])
def test_a_switch_changes_nothing_else_of_the_file(tmp_path: Path, one: str) -> None:
    before = parsed(tmp_path, TEXT)
    text = with_source_switched(TEXT, before[one], True)
    after = parsed(tmp_path, text)
    assert {name for name, source in after.items() if source.enabled} == {one}
    assert text.count("#") == TEXT.count("#")
    text = with_source_switched(text, after[one], False)
    assert not any(source.enabled for source in parsed(tmp_path, text).values())


@pytest.mark.parametrize(
    "text", [TEXT, "", "sources: []\n", "# mine\nsources:\n", "sources:\n- {id: a, kind: file, address: x}\n"]
)
def test_an_added_source_stands_at_the_end_whatever_was_there(tmp_path: Path, text: str) -> None:
    new = NewSource(
        "new",
        "page",
        "https://example.org/a?b=1",
        authority="Dudley",
        licence="© Council: all rights",
        follow=("20[0-9]{2}",),
        documents="performance|it's #1",
    )
    found = parsed(tmp_path, with_source(text, new))
    assert list(found)[-1] == "new"
    added = found["new"]
    assert (added.authority, added.licence, added.enabled) == ("E08000027", "© Council: all rights", True)
    assert added.documents is not None
    assert added.documents.title is not None
    assert added.documents.title.pattern == "performance|it's #1"
    assert len(found) == len(parsed(tmp_path, text)) + 1


def test_a_folder_is_added_and_read(tmp_path: Path) -> None:
    papers = tmp_path / "Walsall papers"
    papers.mkdir()
    (papers / "note.txt").write_text("Walsall Council\n\nAt 31 March 2023 there were 651 children looked after.\n")
    data = tmp_path / "data"
    assert kpi("sources", "add", str(papers), "--authority", "Walsall", "--id", "walsall", data=data).returncode == 0
    ran = kpi("refresh", data=data)
    assert ran.returncode == 0, ran.stderr
    assert "1 document" in ran.stdout
    again = kpi("refresh", "--sources", str(data / "sources.yaml"), data=data)
    assert "unchanged" in again.stdout


def test_what_cannot_be_added_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text(TEXT)
    ran = kpi("sources", "add", "https://example.org/x", "--authority", "Nowhere", data=tmp_path)
    assert ran.returncode == 1
    assert "no authority, region or country is called 'Nowhere'" in ran.stderr
    assert (tmp_path / "sources.yaml").read_text() == TEXT


def test_a_look_at_a_source_lists_its_documents_and_fetches_none(tmp_path: Path) -> None:
    links = {
        "/v1/file/1": "Children's services inspection, pdf - 13 January 2023",
        "/v1/file/2": "Area SEND inspection",
    }
    with served(Site({"/provider": ofsted_page("Dudley", links), "/v1/file/1": Page(b"x")})) as site:
        text = (
            f"sources:\n  - {{id: a, kind: page, address: '{site.root}/provider', networks: [127.0.0.1/32], "
            "documents: {title: children}}\n"
        )
        source = parsed(tmp_path, text)["a"]
        offers, notes = look_at_source(source, tmp_path / "sources.yaml", hurried)
    assert [offer.link.title for offer in offers] == ["Children's services inspection, pdf - 13 January 2023"]
    assert notes == []
    assert [one.path for one in site.asked] == ["/robots.txt", "/provider"]
