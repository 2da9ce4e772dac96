"""The source registry: what it may say, and that every mistake is told with its line."""

from __future__ import annotations

import ipaddress
from pathlib import Path

import pytest

from extractors.area_tables import load_areas
from flows.sources import SHIPPED, RegisteredSource, RegistryError, read_sources

PAGE = """sources:
  - id: dudley-papers
    kind: page
    address: https://democracy.example.org/papers
    authority: Dudley
    licence: OGL-UK-3.0
    schedule: weekly
    enabled: true
    networks: [10.20.0.0/16]
    follow:
      - address: 'ieListMeetings'
        most: 3
    documents:
      title: performance|scorecard
      unless: appointment
"""


def read(folder: Path, text: str) -> tuple[RegisteredSource, ...]:
    path = folder / "sources.yaml"
    path.write_text(text, encoding="utf-8")
    return read_sources(path)


def mistakes(folder: Path, text: str) -> list[str]:
    """What is said of a registry that cannot be used, without the file's folder."""
    with pytest.raises(RegistryError) as told:
        read(folder, text)
    return [line.removeprefix(f"{folder}/sources.yaml, ") for line in str(told.value).splitlines()]


def test_a_page_with_everything_that_may_be_said_of_it(tmp_path: Path) -> None:
    (source,) = read(tmp_path, PAGE)
    assert (source.id, source.kind, source.authority, source.schedule) == (
        "dudley-papers",
        "page",
        "E08000027",
        "weekly",
    )
    assert source.enabled
    assert source.on_the_web
    assert source.networks == (ipaddress.ip_network("10.20.0.0/16"),)
    assert source.follow[0].most == 3
    assert source.documents is not None
    assert source.documents.title is not None
    assert source.documents.title.search("Quarter 4 Performance report")


def test_paths_are_those_from_the_registrys_folder_on(tmp_path: Path) -> None:
    text = (
        "sources:\n  - {id: one, kind: folder, address: papers/2024}\n  - {id: two, kind: file, address: /srv/a.pdf}\n"
    )
    one, two = read(tmp_path, text)
    assert one.address == (tmp_path / "papers" / "2024").as_posix()
    assert (two.address, two.on_the_web) == ("/srv/a.pdf", False)


def test_a_template_makes_a_source_of_each_row(tmp_path: Path) -> None:
    text = """sources:
  - id: scorecard
    kind: template
    address: https://example.org/{year}/q{quarter}.pdf
    enabled: false
    values:
      - {year: 2023, quarter: 4, enabled: true, authority: Walsall}
      - {id: spring, year: 2024, quarter: 1/2}
"""
    first, second = read(tmp_path, text)
    assert (first.id, first.kind, first.address) == ("scorecard-2023-4", "file", "https://example.org/2023/q4.pdf")
    assert (first.enabled, first.authority, first.line) == (True, "E08000030", 7)
    assert (second.id, second.enabled) == ("scorecard-spring", False)
    assert second.address.endswith("/q1%2F2.pdf")  # what stands in a row cannot change the address's folders


WRONG = [
    ("sources:\n  - kind: file\n", ["line 2: a source needs `id`", "line 2: a source needs `address`"]),
    ("sources:\n  - {id: a, kind: pages, address: x}\n", ["line 2: `kind` is one of file, folder, page, template, not 'pages'"]),
    (PAGE.replace("title: perf", "titel: perf"), ["line 14: `titel` is no key of `documents`; did you mean `title`?"]),
    (PAGE.replace("Dudley", "Dudleigh"), ["line 5: no authority, region or country is called 'Dudleigh'"]),
    (PAGE.replace("performance|", "performance("), ["line 14: `title` is no regular expression"]),
    (PAGE.replace("10.20.0.0/16", "10.20.0.1/16"), ["line 9: '10.20.0.1/16' is no network"]),
    (PAGE.replace("most: 3", "most: few"), ["line 12: `most` is a whole number from 1, not 'few'"]),
    (PAGE.replace("enabled: true", "enabled: maybe"), ["line 8: `enabled` is true or false, not 'maybe'"]),
    (PAGE.replace("https://", "ftp://"), ["line 4: addresses begin with http:// or https://, not 'ftp://'"]),
    (PAGE.replace("https://", "https://me:secret@"), ["line 4: an address with a user name or password in it"]),
    (PAGE.replace("weekly", "hourly"), ["line 7: `schedule` is one of nightly, weekly, monthly, not 'hourly'"]),
    (PAGE + PAGE.removeprefix("sources:\n"), ["line 16: the id 'dudley-papers' is that of line 2 already"]),
    (PAGE + "    kind: page\n", ["line 16: `kind` stands here for the second time"]),
    ("sources:\n  - {id: a, kind: page, address: 'https://example.org'}\n", ["line 2: a page needs `documents`"]),
    ("sources:\n  - {id: a, kind: folder, address: 'https://example.org'}\n", ["line 2: a folder is one of this"]),
    ("sources:\n  - {id: a, kind: folder, address: papers, networks: []}\n", ["line 2: `networks` has no meaning for"]),
    ("sources:\n  - {id: a, kind: template, address: 'https://e.org/{x}'}\n", ["line 2: a template needs `values`"]),
    ("sources:\n  - {id: a, kind: template, address: 'https://e.org/', values: []}\n", ["line 2: the `address` of a temp"]),
    ("sources:\n  - id: a\n    kind: template\n    address: https://e.org/{x}\n    values:\n      - {y: 1}\n", ["line 6: `y` is no key", "line 6: a row needs a value for x"]),
    ("sources:\n  - id: [a\n", ["line 3: this is no YAML"]),
    ("sources: 3\n", ["line 1: `sources` must be a list"]),
    ("source:\n  - x\n", ["line 1: `source` is no key of the registry; did you mean `sources`?"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), WRONG, ids=[said[0] for _, said in WRONG])
def test_each_mistake_is_told_with_its_line(tmp_path: Path, text: str, said: list[str]) -> None:
    told = mistakes(tmp_path, text)
    assert len(told) == len(said)
    for line, beginning in zip(told, said, strict=True):
        assert line.startswith(beginning)


def test_an_empty_registry_has_no_sources(tmp_path: Path) -> None:
    assert read(tmp_path, "") == ()
    assert read(tmp_path, "# nothing yet\nsources: []\n") == ()


def test_a_registry_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="cannot be read: No such file"):
        read_sources(tmp_path / "none.yaml")


def test_the_shipped_registry_is_whole_and_disabled() -> None:
    sources = read_sources(SHIPPED)
    assert not any(source.enabled for source in sources)
    assert all(source.licence for source in sources)
    ofsted = [s for s in sources if s.id.startswith("ofsted-")]
    assert len({s.address for s in ofsted}) == len(ofsted) == 153
    current = {a.area_code for a in load_areas() if a.kind == "authority" and a.valid_to is None}
    assert {s.authority for s in ofsted} == current
    papers = {s.authority for s in sources if s.id.endswith("-committees")}
    assert papers == {"E08000027", "E08000028", "E08000030", "E08000031"}
