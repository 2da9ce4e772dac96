"""`kpi refresh` as a newcomer types it: what it says, how it ends, and whether what it suggests works."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from flows.lock import only_refresh
from tests.test_cli import Ran, kpi, kpi_alone, kpi_in_terminal

MINUTES = """<!doctype html><html><head><title>Children's services scrutiny, {when}</title></head><body>
<h1>City of Wolverhampton Council</h1><h2>Children and young people scrutiny panel, {when}</h2>
<p>At 31 March {year} there were {now} children looked after, a fall from {before} at 31 March {last}.</p>
<p>The rate of referrals was {rate} per 10,000 in {last}-{short}, above the England rate of 537.7.</p>
</body></html>"""


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("Wolverhampton papers")
    for year, now, before, rate in ((2022, 530, 552, 611), (2023, 501, 530, 657.9)):
        page = MINUTES.format(
            when=f"27 July {year}", year=year, last=year - 1, short=year % 100, now=now, before=before, rate=rate
        )
        (folder / f"wolverhampton-minutes-{year}.html").write_text(page, encoding="utf-8")
    (folder / "torn.pdf").write_bytes(b"%PDF-1.7\nthis is no document at all")
    return folder


@pytest.fixture(scope="module")
def refreshed(papers: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    data = tmp_path_factory.mktemp("data")
    return data, kpi_alone("refresh", "--from", str(papers), "--data", str(data), "--workers", "1")


Refreshed = tuple[Path, Ran]


def test_a_dataset_was_published_although_one_document_failed(refreshed: Refreshed) -> None:
    data, ran = refreshed
    assert ran.returncode == 0, ran.stderr
    assert (data / "dataset" / "current" / "observations.parquet").is_file()
    assert "3 documents" in ran.stdout


def test_each_failure_is_named_with_its_reason(refreshed: Refreshed) -> None:
    lines = refreshed[1].stdout.splitlines()
    at = next(number for number, line in enumerate(lines) if "torn.pdf" in line)
    assert "damaged" in lines[at - 1]


@pytest.mark.parametrize("word", ["observations of", "indicators", "areas", "years", "% of them ambiguous", " s: "])
def test_the_summary_tells_what_was_found(refreshed: Refreshed, word: str) -> None:
    assert word in refreshed[1].stdout


def test_progress_is_plain_lines_apart_from_the_answer_where_there_is_no_terminal(refreshed: Refreshed) -> None:
    ran = refreshed[1]
    assert "Reading documents: 3 of 3" in ran.stderr
    assert "\x1b" not in ran.stderr + ran.stdout


def test_the_three_commands_to_try_next_work(refreshed: Refreshed, tmp_path: Path) -> None:
    said = refreshed[1].stdout.split("Try next:\n")[1].splitlines()
    assert [line.split()[1] for line in said] == ["trend", "compare", "evidence"]
    for line in said:
        ran = kpi(*shlex.split(line)[1:], cwd=tmp_path)
        assert ran.returncode == 0, ran.stderr
        assert ran.stdout.strip()


def test_a_second_refresh_finds_nothing_new_and_remembers_its_sources(refreshed: Refreshed) -> None:
    ran = kpi_alone("refresh", "--data", str(refreshed[0]))
    assert ran.returncode == 0
    assert "unchanged" in ran.stdout
    assert "3 documents" in ran.stdout


def test_a_bar_stands_on_a_terminal_and_leaves_no_trace_of_itself(papers: Path, tmp_path: Path) -> None:
    lines = kpi_in_terminal("refresh", "--from", str(papers), "--workers", "1", data=tmp_path, columns=80)
    assert any(line.startswith("Snapshot") for line in lines)


def test_while_another_refresh_runs_it_says_so_and_ends_with_3(papers: Path, tmp_path: Path) -> None:
    with only_refresh(tmp_path):
        ran = kpi_alone("refresh", "--from", str(papers), "--data", str(tmp_path))
    assert ran.returncode == 3
    assert "under way" in ran.stderr


def test_a_source_that_is_not_there_is_said_and_nothing_is_published(tmp_path: Path) -> None:
    ran = kpi_alone("refresh", "--from", str(tmp_path / "nowhere"), "--data", str(tmp_path / "data"))
    assert ran.returncode == 1
    assert "nowhere" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_to_go_back_where_there_is_nothing_before_is_said(refreshed: Refreshed) -> None:
    ran = kpi_alone("refresh", "--rollback", "--data", str(refreshed[0]))
    assert ran.returncode == 1
    assert "no whole snapshot older" in ran.stderr
