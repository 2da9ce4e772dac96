"""From folders and files to documents: by what the bytes are and what the names claim, in a steady order."""

from __future__ import annotations

import datetime as dt
import os
import zipfile
from pathlib import Path

import pytest

from flows.find_files import find_files, path_to_source
from flows.manifest import Retrieval, read_manifest, write_manifest
from flows.retrievals import retrievals_to_tasks, with_what_is_gone

NOW = dt.datetime(2026, 11, 22, 2, 0, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(days=1)
HTML = b"<!doctype html><html><head><title>Minutes</title></head><body><p>Words.</p></body></html>"


def find(*paths: Path, known: dict[str, Retrieval] | None = None, now: dt.datetime = NOW) -> list[Retrieval]:
    """Retrievals below some folders."""
    return list(find_files([path_to_source(p) for p in paths], known or {}, now, paths[0] / "data"))


def names(retrievals: list[Retrieval]) -> list[str]:
    """File names of those that are documents."""
    return [Path(r.location).name for r in retrievals if r.document_id is not None]


@pytest.mark.parametrize(
    ("name", "data", "is_document"),
    [
        ("report.pdf", b"%PDF-1.7 ...", True),
        ("report.PDF", b"not a PDF at all", True),
        ("empty.docx", b"", True),
        ("notes.md", b"# Notes", True),
        ("notes.txt", b"notes", True),
        ("mgAi.aspx", HTML, True),
        ("download", b"%PDF-1.7 ...", True),
        ("figures.csv", b"a,b\n1,2\n", False),
        ("script.py", b"print('<html>')", False),
        ("script.js", b"x = '%PDF-'; y = 0\0\1\2\3", False),
        ("picture.png", b"\x89PNG\r\n", False),
        (".hidden.pdf", b"%PDF-1.7 ...", False),
        ("~$report.docx", b"who has it open", False),
    ],
)
def test_what_is_a_document_is_told_by_bytes_and_claim(
    tmp_path: Path, name: str, data: bytes, is_document: bool
) -> None:
    (tmp_path / name).write_bytes(data)
    assert names(find(tmp_path)) == ([name] if is_document else [])


def test_a_workbook_is_no_document_although_it_is_packed_like_one(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "figures.xlsx", "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert names(find(tmp_path)) == []


def test_the_order_is_that_of_the_names_whatever_the_file_system_says(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c/z.txt", "c/a.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    assert names(find(tmp_path)) == ["a.txt", "b.txt", "a.txt", "z.txt"]


def test_a_file_below_two_sources_is_found_once(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "a.txt").write_text("a")
    assert names(find(tmp_path, tmp_path / "inner", tmp_path / "inner" / "a.txt")) == ["a.txt"]


def test_hidden_folders_and_the_data_folder_are_left_out(tmp_path: Path) -> None:
    for folder in (".git", "data", "documents"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"{folder.strip('.')}.txt").write_text("text")
    assert names(find(tmp_path)) == ["documents.txt"]


def test_the_name_that_may_tell_whose_document_it_is_begins_at_the_source(tmp_path: Path) -> None:
    place = tmp_path / "somewhere" / "Wolverhampton" / "2023"
    place.mkdir(parents=True)
    (place / "report.txt").write_text("text")
    assert [r.name for r in find(tmp_path / "somewhere" / "Wolverhampton")] == ["Wolverhampton/2023/report.txt"]
    assert [r.name for r in find(place / "report.txt")] == ["2023/report.txt"]


def test_a_name_that_is_no_utf8_can_be_published(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"report \xff.txt")).write_text("text")
    (found,) = find(tmp_path)
    assert found.location.endswith("report \ufffd.txt")
    assert Path(found.path).read_text() == "text"
    write_manifest(tmp_path, [found])
    assert read_manifest(tmp_path) == ({found.location: found}, 0)


def test_an_unchanged_file_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("a")
    known = {r.location: r for r in find(tmp_path)}
    monkeypatch.setattr("flows.find_files._hash", lambda _: pytest.fail("it was read"))
    assert find(tmp_path, known=known, now=LATER) == list(known.values())


def test_a_touched_file_with_the_same_bytes_keeps_the_time_of_its_retrieval(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    known = {r.location: r for r in find(tmp_path)}
    os.utime(tmp_path / "a.txt", (0, 0))
    (found,) = find(tmp_path, known=known, now=LATER)
    assert found.when == NOW


def test_changed_bytes_have_a_new_time_of_retrieval(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    known = {r.location: r for r in find(tmp_path)}
    (tmp_path / "a.txt").write_text("other")
    (found,) = find(tmp_path, known=known, now=LATER)
    assert found.when == LATER


def test_a_file_that_goes_away_while_it_is_looked_at_is_a_document_in_trouble(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text("a")

    def gone(_: Path) -> str:
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr("flows.find_files._hash", gone)
    (found,) = find(tmp_path)
    assert found.document_id is not None
    assert found.trouble == "No such file or directory"


def test_a_folder_that_cannot_be_listed_is_said_and_its_documents_are_not_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "shut").mkdir()
    for name in ("a.txt", "shut/b.txt"):
        (tmp_path / name).write_text(name)
    known = {r.location: r for r in find(tmp_path)}
    list_folder = os.scandir

    def refuse(place: str) -> object:
        if str(place).endswith("shut"):
            raise PermissionError(13, "Permission denied", str(place))
        return list_folder(place)

    monkeypatch.setattr("os.scandir", refuse)
    found = find(tmp_path, known=known)
    assert [(Path(r.location).name, r.trouble) for r in found if r.trouble] == [("shut", "Permission denied")]
    held = with_what_is_gone(known, found, {path_to_source(tmp_path).id})
    assert sorted(Path(t.location).name for t in retrievals_to_tasks(held.values()) if t.at_source) == [
        "a.txt",
        "b.txt",
    ]


def test_a_torn_line_of_the_manifest_is_left_out_and_counted(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(name)
    found = find(tmp_path)
    write_manifest(tmp_path, found)
    manifest = tmp_path / "manifest.jsonl"
    manifest.write_bytes(manifest.read_bytes()[:-20])
    assert read_manifest(tmp_path) == ({found[0].location: found[0]}, 1)


def test_documents_of_a_source_that_was_not_visited_stay_as_they_are(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"{folder}.txt").write_text(folder)
    known = {r.location: r for r in find(tmp_path / "one", tmp_path / "two")}
    merged = with_what_is_gone(known, find(tmp_path / "one"), {path_to_source(tmp_path / "one").id})
    assert merged == known


def test_a_copy_that_goes_does_not_mark_the_document(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("same")
    known = {r.location: r for r in find(tmp_path)}
    (tmp_path / "a.txt").unlink()
    source = path_to_source(tmp_path)
    (task,) = retrievals_to_tasks(with_what_is_gone(known, find(tmp_path, known=known), {source.id}).values())
    assert (Path(task.location).name, task.at_source, task.other_locations) == ("b.txt", True, ())
