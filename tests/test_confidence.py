"""Confidence is measured: groups of rows, the widest first, and what is done with rows in doubt."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.calibrate_confidence import FEWEST, LOOKUP, MOST, rows_to_shares, shares_to_yaml, told_by_others
from extractors.area_tables import load_areas
from extractors.confidence import confidence_of, group_keys, group_to_confidence, least_confidence
from extractors.lexicon import lookup
from extractors.observations import statements_to_observations
from extractors.plain_text import text_to_reading
from extractors.statements import find_statements
from queries import compare, open_dataset, trend
from schemas.evaluation import Judged, Stated
from schemas.records import Subject
from tests.make_dataset import PACK, WOLVERHAMPTON, observation, write_dataset

SHARES = lookup("confidence.yaml")["shares"]
ROW = Stated("1", "a.pdf", 1, "cla_count", "LA", "authority", "2022-23", "actual", 3.0, "sentence", "carried", 1.0, "")


def judged(right: int, wrong: int, **changes: object) -> list[Judged]:
    rows = [Judged(replace(ROW, **changes), True)] * right  # type: ignore[arg-type]
    return rows + [Judged(replace(ROW, **changes), False)] * wrong  # type: ignore[arg-type]


def test_shares_are_shares() -> None:
    assert all(0 <= group["share"] <= 1 and group["right"] <= group["rows"] for group in SHARES.values())
    assert 0 < least_confidence() < 1


@pytest.mark.parametrize(
    ("place", "construction", "dated", "known", "group"),
    [
        ("table", "table_header", True, True, "table/table_header/dated"),
        ("sentence", "own_clause", False, True, "sentence/own_clause/undated"),
        ("list", "never seen", True, True, "list"),
        ("chart", "never seen", True, True, "all"),
    ],
)
def test_a_row_has_the_share_of_its_narrowest_group(
    place: str, construction: str, dated: bool, known: bool, group: str
) -> None:
    assert group_to_confidence(group_keys(place, construction, dated, known)) == SHARES[group]["share"]


def test_a_row_of_nobody_knows_whose_is_no_surer_than_the_least_sure_group() -> None:
    confidence = group_to_confidence(group_keys("sentence", "own_clause", True, False))
    assert confidence == min(group["share"] for group in SHARES.values()) < least_confidence()


def test_published_rows_carry_the_confidence_of_their_statement() -> None:
    area = next(a for a in load_areas() if a.name == "Wolverhampton")
    subject = Subject(area, None, "report", None, None, dt.date(2023, 7, 27))
    text = "At 31 March 2023 there were 501 children looked after, and in England 83,840."
    statements, _ = find_statements(text_to_reading(text.encode(), "text/plain"), subject)
    rows = statements_to_observations("a" * 64, subject, statements)
    assert statements
    assert [row.confidence for row in rows] == [confidence_of(s) for s in statements]
    assert all(row.confidence < 1 for row in rows)


def test_a_group_is_drawn_towards_the_wider_one() -> None:
    shares = rows_to_shares(judged(90, 10) + judged(0, FEWEST, construction="topic"))
    assert shares["sentence/carried"][:2] == (100, 90)
    assert 0 < shares["sentence/topic"][2] < shares["sentence"][2] < shares["sentence/carried"][2]


def test_a_group_seen_too_seldom_has_none_of_its_own() -> None:
    shares = rows_to_shares(judged(90, 10) + judged(0, FEWEST - 1, construction="topic"))
    assert "sentence/topic" not in shares


def test_one_long_table_does_not_speak_for_all() -> None:
    shares = rows_to_shares(judged(30, 30, document="b.pdf") + judged(MOST * 10, 0))
    assert shares["sentence/carried"][2] < 0.85


def test_no_document_vouches_for_itself() -> None:
    rows = judged(50, 0) + judged(0, 50, document="b.pdf")
    said = {one.row.document: one.row.confidence for one in told_by_others(rows)}
    assert said["a.pdf"] < 0.3
    assert said["b.pdf"] == 1.0


def test_the_lookup_file_is_what_the_script_writes() -> None:
    groups = {key: (g["rows"], g["right"], g["share"]) for key, g in SHARES.items()}
    text = LOOKUP.read_text(encoding="utf-8")
    assert shares_to_yaml(groups, 0).partition("least_confidence:")[2] == text.partition("least_confidence:")[2]


@pytest.fixture(scope="module")
def doubtful(tmp_path_factory: pytest.TempPathFactory) -> Path:
    sure = observation(PACK, "cla_count", WOLVERHAMPTON, "2022-03-31", 522)
    unsure = observation(
        PACK, "cla_count", WOLVERHAMPTON, "2023-03-31", 77, checks=("low_confidence",), confidence=0.5, page=2
    )
    return write_dataset(tmp_path_factory.mktemp("data"), (sure, unsure))


@pytest.mark.parametrize(("asked_for", "values"), [(False, [522.0]), (True, [522.0, 77.0])])
def test_rows_in_doubt_are_left_out_unless_asked_for(doubtful: Path, asked_for: bool, values: list[float]) -> None:
    dataset = open_dataset(doubtful)
    assert trend(dataset, ["cla_count"], with_doubtful=asked_for)["value"].to_pylist() == values
    cells = compare(dataset, "Wolverhampton", with_doubtful=asked_for)
    assert sorted(cells["value"].to_pylist()) == sorted(values)
