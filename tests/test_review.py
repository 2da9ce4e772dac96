"""What a person decides about a figure: kept, applied, found again after a new reading, raised when its document changes."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from flows.decisions import forget_decision, keep_decision
from flows.progress import RefreshSummary
from flows.refresh import refresh
from flows.refusals import RefreshError
from kpi.command_line import app
from kpi.review_command import Talk, walk
from queries import open_dataset
from queries.dataset import DatasetError, table_to_records
from queries.review import decide, decisions, one_to_review, to_review
from queries.review_printed import decisions_to_printed, review_lines, to_review_to_printed
from schemas.answers import ToReview
from schemas.corrections import corrections_to_text, read_corrections
from schemas.records import Correction
from tests.fake_reader import FAKE_READER

OWN = "E08000031"
WHEN = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """Two documents; one states a number of children that cannot be."""
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "pack.txt").write_text(f"cla_count {OWN} 2023-03-31 501\ncla_count {OWN} 2022-03-31 3\n")
    (folder / "minutes.txt").write_text(f"cla_count {OWN} 2021-03-31 540\n")
    return folder


def publish(documents: Path, **more: object) -> RefreshSummary:
    return refresh([documents], documents.parent / "data", 2, reader=FAKE_READER, **more)  # type: ignore[arg-type]


def held(documents: Path) -> dict[float, tuple[str | None, float | None, tuple[str, ...]]]:
    """By value: how a row was reviewed, its value as read, its checks."""
    rows = open_dataset(documents.parent / "data").sql("SELECT value, reviewed, value_read, checks FROM observations")
    return {r["value"]: (r["reviewed"], r["value_read"], tuple(r["checks"])) for r in rows.to_pylist()}


def worst(documents: Path) -> ToReview:
    return table_to_records(to_review(open_dataset(documents.parent / "data")), ToReview)[0]


def standings(documents: Path) -> list[str]:
    return [one.standing for one in decisions(open_dataset(documents.parent / "data"))]


def decided(documents: Path, decision: str, value: float | None = None) -> Correction:
    """Decide about the worst figure, and keep it."""
    correction = decide(worst(documents), decision, "read the page", "ada", WHEN, value)
    keep_decision(documents.parent / "data", correction)
    return correction


# -- the file --------------------------------------------------------------------------------------------------------

CORRECTIONS = st.builds(
    Correction,
    observation_id=st.text("0123456789abcdef", min_size=4, max_size=8),
    document_id=st.text("0123456789abcdef", min_size=4, max_size=8),
    location=st.text(st.characters(exclude_categories=("C",)), max_size=20).map(str.strip),
    page=st.none() | st.integers(1, 900),
    indicator=st.sampled_from(["cla_count", "cpp_rate"]),
    area_code=st.sampled_from([None, OWN]),
    period=st.sampled_from(["2023-03-31", "now"]),
    kind=st.just("actual"),
    value_read=st.integers(-1000, 10**6).map(float) | st.floats(0, 100).map(lambda v: round(v, 3)),
    decision=st.sampled_from(["accept", "reject"]),
    value=st.none(),
    reason=st.text(st.characters(exclude_categories=("C",)), max_size=20).map(str.strip),
    who=st.just("ada"),
    when=st.just(WHEN),
)


@given(
    st.lists(CORRECTIONS, max_size=5, unique_by=lambda c: (c.document_id, c.page, c.indicator, c.period, c.value_read))
)
def test_what_is_written_is_read_again(corrections: list[Correction]) -> None:
    assert read_corrections(corrections_to_text(corrections)) == (tuple(corrections), ())


def test_a_line_that_is_not_understood_is_said_and_the_others_count() -> None:
    head = "document_id,indicator,period,kind,value_read,decision,value"
    lines = [
        "d,cla_count,now,actual,5,reject,",
        "d,cla_count,now,actual,6,perhaps,",
        "d,cla_count,now,actual,7,correct,",
        "d,cla_count,now,actual,x,accept,",
        ",,,,,,",
    ]
    kept, issues = read_corrections("\ufeff" + "\n".join([head, *lines]))
    assert [one.value_read for one in kept] == [5]
    assert [issue.detail.partition(":")[0] for issue in issues] == [
        f"line {n} of the corrections" for n in (3, 4, 5, 6)
    ]


def test_of_two_decisions_about_one_figure_the_later_line_counts() -> None:
    head = "document_id,indicator,period,kind,value_read,decision,value\n"
    kept, _ = read_corrections(head + "d,cla_count,now,actual,5,reject,\nd,cla_count,now,actual,5,correct,6\n")
    assert [(one.decision, one.value) for one in kept] == [("correct", 6)]


# -- publishing ------------------------------------------------------------------------------------------------------


def test_a_decision_waits_for_the_next_refresh_and_is_then_applied(documents: Path) -> None:
    publish(documents)
    assert worst(documents).checks == ("out_of_range", "jumps")
    decided(documents, "correct", 522)
    assert standings(documents) == ["waiting"]
    summary = publish(documents)
    assert summary.published
    assert summary.documents_read == 0
    assert held(documents)[522] == ("corrected", 3, ())
    assert standings(documents) == ["applied"]
    assert not publish(documents).published


@pytest.mark.parametrize(
    ("decision", "value", "row"),
    [
        ("accept", None, (3.0, "accepted", None)),
        ("correct", 522, (522.0, "corrected", 3.0)),
        ("reject", None, (3.0, "rejected", None)),
    ],
)
def test_a_decision_survives_a_forced_reading_of_everything(
    documents: Path, decision: str, value: float | None, row: tuple[float, str, float | None]
) -> None:
    publish(documents)
    decided(documents, decision, value)
    summary = publish(documents, again=True)
    assert summary.documents_read == 2
    found = held(documents)[row[0]]
    assert found[:2] == row[1:]
    assert "1 decision of a person was applied." in summary.notes


def test_a_figure_that_was_rejected_makes_no_trend_and_fails_no_check(documents: Path) -> None:
    publish(documents)
    decided(documents, "reject")
    publish(documents)
    dataset = open_dataset(documents.parent / "data")
    assert 3.0 not in dataset.sql("SELECT value FROM trend").column("value").to_pylist()
    assert held(documents)[3.0] == ("rejected", None, ())
    assert to_review(dataset).num_rows == 0


def test_a_changed_document_raises_its_decision_for_review(documents: Path) -> None:
    publish(documents)
    decided(documents, "accept")
    publish(documents)
    (documents / "pack.txt").write_text(f"cla_count {OWN} 2023-03-31 501\ncla_count {OWN} 2022-03-31 520\nmore 7\n")
    summary = publish(documents)
    assert held(documents)[520][2] == ("corrected_before",)
    assert worst(documents).value == 520
    assert standings(documents) == ["document_changed"]
    assert any("earlier editions of" in note and "pack.txt" in note for note in summary.notes)


def test_a_document_that_went_and_a_claim_that_is_no_longer_read_are_said(documents: Path) -> None:
    publish(documents)
    correction = decided(documents, "accept")
    lost = Correction(
        **{
            **{n: getattr(correction, n) for n in Correction.__dataclass_fields__},
            "value_read": 4.0,
            "observation_id": "f" * 24,
        }
    )
    elsewhere = Correction(
        **{
            **{n: getattr(lost, n) for n in Correction.__dataclass_fields__},
            "document_id": "e" * 64,
            "location": "gone.pdf",
        }
    )
    keep_decision(documents.parent / "data", lost)
    keep_decision(documents.parent / "data", elsewhere)
    notes = " ".join(publish(documents).notes)
    assert "no longer read" in notes
    assert "not held any more: gone.pdf" in notes
    assert standings(documents) == ["applied", "no_longer_read", "document_gone"]


def test_a_claim_is_found_again_where_only_its_id_changed(documents: Path) -> None:
    """The way of reading may change where on a page a figure is said to stand, and with it the id."""
    publish(documents)
    correction = decided(documents, "reject")
    place = documents.parent / "data" / "corrections.csv"
    place.write_text(place.read_text().replace(correction.observation_id, "f" * 24))
    publish(documents)
    assert held(documents)[3.0][0] == "rejected"


def test_a_line_by_hand_that_is_wrong_is_noted(documents: Path) -> None:
    (documents.parent / "data").mkdir()
    (documents.parent / "data" / "corrections.csv").write_text("document_id,decision\nd,reject\n")
    assert any("line 2 of the corrections: no indicator" in note for note in publish(documents).notes)


# -- what there is to review -----------------------------------------------------------------------------------------


def test_what_speaks_most_against_a_figure_comes_first_and_what_was_decided_goes(documents: Path) -> None:
    (documents / "third.txt").write_text(
        f"cla_count {OWN} 2020-03-31 600\ncla_count {OWN} 2020-03-31 560\nuasc_count {OWN} 2020-03-31 700\n"
    )
    publish(documents)
    dataset = open_dataset(documents.parent / "data")
    rows = table_to_records(to_review(dataset), ToReview)
    assert [row.severity for row in rows] == sorted((row.severity for row in rows), reverse=True)
    assert {row.value for row in table_to_records(to_review(dataset, checks=["out_of_range"]), ToReview)} == {3}
    before = len(rows)
    decided(documents, "reject")
    assert to_review(dataset).num_rows == before - 1
    with pytest.raises(DatasetError, match="no check called"):
        to_review(dataset, checks=["odd"])


def test_a_second_correction_is_still_about_the_value_as_read(documents: Path) -> None:
    publish(documents)
    first = decided(documents, "correct", 522)
    publish(documents)
    row = one_to_review(open_dataset(documents.parent / "data"), first.observation_id)
    assert (row.value, row.value_read) == (522, 3)
    keep_decision(documents.parent / "data", decide(row, "correct", "looked again", "bob", WHEN, 523))
    publish(documents)
    assert held(documents)[523] == ("corrected", 3, ())


@pytest.mark.parametrize(
    ("decision", "reason", "who", "value"),
    [
        ("perhaps", "why", "ada", None),
        ("correct", "why", "ada", None),
        ("accept", " ", "ada", None),
        ("accept", "why", "", None),
    ],
)
def test_a_decision_needs_its_value_its_reason_and_its_person(
    documents: Path, decision: str, reason: str, who: str, value: float | None
) -> None:
    publish(documents)
    with pytest.raises(DatasetError):
        decide(worst(documents), decision, reason, who, WHEN, value)


# -- at the terminal -------------------------------------------------------------------------------------------------


def talk(answers: Iterable[str], kept: list[Correction], said: list[str]) -> Talk:
    waiting = iter(answers)

    def ask(_: str) -> str:
        try:
            return next(waiting)
        except StopIteration:
            raise EOFError from None

    return Talk(ask, said.append, kept.append, lambda row: f"page of {row.observation_id}")


def figures(count: int) -> list[ToReview]:
    return [
        ToReview(
            observation_id=f"id{n}", document_id="d", document_location="pack.pdf", page=n + 1, indicator="cla_count",
            indicator_label="Children looked after", area_code=OWN, area_name="Wolverhampton", period="2023-03-31", kind="actual",
            value=3.0 + n, value_read=None, unit="count", value_text=str(3 + n), quote="There were  few.", confidence=0.9,
            checks=("out_of_range",), reviewed=None, severity=5,
        )
        for n in range(count)
    ]  # fmt: skip


def test_the_walk_keeps_each_decision_at_once_and_ends_when_the_person_leaves() -> None:
    kept: list[Correction] = []
    said: list[str] = []
    answers = ["x", "p", "a", "as printed", "s", "c", "five", "why", "c", "525", "misread", "q"]
    assert walk(figures(4), talk(answers, kept, said), "ada") == 2
    assert [(one.observation_id, one.decision, one.value, one.reason) for one in kept] == [
        ("id0", "accept", None, "as printed"),
        ("id2", "correct", 525, "misread"),
    ]
    assert "page of id0" in said
    assert any("Which value" in line for line in said)


@given(st.lists(st.sampled_from(["a", "r", "c", "s", "p", "?", "", "12", "because"]), max_size=12))
def test_whatever_is_typed_the_walk_ends_and_keeps_only_whole_decisions(answers: list[str]) -> None:
    kept: list[Correction] = []
    assert walk(figures(3), talk(answers, kept, []), "ada") == len(kept)
    assert all(one.reason and one.who for one in kept)


def test_a_figure_is_shown_with_its_words_and_each_check_explained() -> None:
    lines = review_lines(figures(1)[0])
    assert any("There were few." in line for line in lines)
    assert any("out_of_range: the value lies outside" in line for line in lines)
    assert to_review_to_printed(figures(2)).title.startswith("2 figures")


def run(*words: str, data: Path) -> str:
    result = CliRunner().invoke(app, [*words, "--data", str(data)], env={"KPI_REVIEWER": "ada"})
    if isinstance(result.exception, DatasetError):
        return f"refused: {result.exception}"
    return result.output


def test_decisions_by_options_are_kept_listed_and_forgotten(documents: Path) -> None:
    publish(documents)
    data = documents.parent / "data"
    figure = worst(documents).observation_id[:10]
    assert figure in run("review", "--list", data=data)
    assert "who decides and why" in run("review", figure, "--reject", data=data)
    assert "Kept" in run("review", figure, "--correct", "522", "--reason", "page 4 says 522", data=data)
    told = run("review", "--decided", data=data)
    assert "correct to 522" in told
    assert "waits for the next kpi refresh" in told
    assert "1 decision kept" in decisions_to_printed(decisions(open_dataset(data))).title
    assert "one of --accept" in run("review", figure, "--accept", "--reject", data=data)
    assert "by its id" in run("review", "--accept", data=data)
    assert "Forgotten" in run("review", figure, "--forget", data=data)
    assert decisions(open_dataset(data)) == []
    assert "No decision is kept" in run("review", figure, "--forget", data=data)


def test_forgetting_does_not_lose_lines_that_are_not_understood(tmp_path: Path) -> None:
    place = tmp_path / "corrections.csv"
    good = corrections_to_text([decide(row, "accept", "why", "ada", WHEN) for row in figures(1)])
    place.write_text(good + "odd\n")
    with pytest.raises(RefreshError, match="mend them first"):
        forget_decision(tmp_path, "id0")
    assert place.read_text() == good + "odd\n"


def test_lines_are_added_below_whatever_stands_there(tmp_path: Path) -> None:
    place = tmp_path / "corrections.csv"
    rows = [decide(row, "accept", "why", "ada", WHEN) for row in figures(3)]
    for one in rows:
        keep_decision(tmp_path, one)
    place.write_text(place.read_text().rstrip("\n"))
    keep_decision(tmp_path, decide(figures(4)[3], "reject", "why", "ada", WHEN))
    assert [one.observation_id for one in read_corrections(place.read_text())[0]] == ["id0", "id1", "id2", "id3"]
    assert list(itertools.islice(place.read_text().splitlines(), 1)) == [corrections_to_text([]).strip()]
