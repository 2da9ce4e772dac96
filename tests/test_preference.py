"""Which of several statements of one claim is preferred: by the written rules, whatever order the documents arrived in."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.arrow import rows_to_table
from schemas.records import Area, Document, Indicator, Observation
from schemas.views import QUESTIONS, question_sql
from tests.make_dataset import AREAS, DUDLEY, INDICATORS, PACK, WOLVERHAMPTON, observation

EARLY, LATE = dt.date(2022, 6, 1), dt.date(2023, 6, 1)


def document(name: str, published: dt.date | None, subject: str) -> Document:
    return replace(
        PACK,
        document_id=hashlib.sha256(name.encode()).hexdigest(),
        location=f"{name}.pdf",
        published_on=published,
        period_of_reference=published,
        subject_code=subject,
    )


DOCUMENTS = tuple(
    document(f"{subject}-{published}", published, subject)
    for subject in (WOLVERHAMPTON, DUDLEY)
    for published in (EARLY, LATE, None)
)


def statement(document: Document, value: float, place: str = "sentence", page: int = 1, **more: object) -> Observation:
    """One statement of the one claim that these tests are about."""
    row = observation(document, "cla_count", WOLVERHAMPTON, "2022-03-31", value, place=place, page=page)
    return replace(row, **more)  # type: ignore[arg-type]


def view(name: str, rows: Sequence[Observation], documents: Sequence[Document] = DOCUMENTS) -> duckdb.DuckDBPyRelation:
    """A question view over these rows, in the order in which they are given."""
    connection = duckdb.connect()
    tables: dict[str, tuple[type, Iterable[object]]] = {
        "observations": (Observation, rows),
        "documents": (Document, documents),
        "indicators": (Indicator, INDICATORS),
        "areas": (Area, AREAS),
    }
    for table, (record, records) in tables.items():
        connection.register(table, rows_to_table(record, records))
    for question in QUESTIONS:
        connection.execute(f"CREATE VIEW {question} AS\n{question_sql(question)}")
    return connection.sql(f"FROM {name}")


def preferred(rows: Sequence[Observation], documents: Sequence[Document] = DOCUMENTS) -> list[str]:
    return sorted(row[0] for row in view("figures_preferred", rows, documents).project("observation_id").fetchall())


OWN_EARLY, OWN_LATE, OWN_UNDATED, OTHER_EARLY, OTHER_LATE, _ = DOCUMENTS


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (statement(OWN_LATE, 640), statement(OWN_EARLY, 655)),
        (statement(OTHER_LATE, 640), statement(OWN_EARLY, 655, place="table")),
        (statement(OWN_EARLY, 640), statement(OTHER_EARLY, 655, place="table")),
        (statement(OWN_EARLY, 640, place="table", page=9), statement(OWN_EARLY, 655)),
        (statement(OWN_EARLY, 640, page=9), statement(OWN_EARLY, 655, provisional=True)),
        (statement(OWN_EARLY, 640, place="table", provisional=True), statement(OWN_EARLY, 655)),
        (statement(OWN_EARLY, 640, page=9), statement(OWN_EARLY, 655, approximation="about")),
        (statement(OWN_EARLY, 640), statement(OWN_UNDATED, 655, place="table")),
        (statement(OWN_EARLY, 640), statement(OWN_LATE, 655, checks=("jumps",))),
        (statement(OWN_LATE, 640, checks=("jumps",), reviewed="accepted"), statement(OWN_EARLY, 655)),
        (statement(OWN_EARLY, 640, checks=("jumps",)), statement(OWN_LATE, 655, checks=("low_confidence",))),
        (statement(OWN_EARLY, 640), statement(OWN_LATE, 655, reviewed="rejected")),
    ],
    ids=[
        "the later document", "the later document, though another's", "the own statement", "table over prose",
        "final over provisional", "table over prose before final over provisional", "exact over approximate", "dated over undated",
        "sound over failing", "what a person confirmed is sound", "failing over doubtful", "never what a person rejected",
    ],
)  # fmt: skip
def test_the_written_rules(better: Observation, worse: Observation) -> None:
    for rows in ((better, worse), (worse, better)):
        assert preferred(rows) == [better.observation_id]


def test_what_was_rejected_alone_makes_no_figure() -> None:
    assert preferred([statement(OWN_EARLY, 640, reviewed="rejected")]) == []


STATEMENTS = st.builds(
    lambda document, value, place, page, provisional, checks, reviewed, confidence: statement(
        document,
        value,
        place,
        page,
        provisional=provisional,
        checks=checks,
        reviewed=reviewed,
        confidence=confidence,
    ),
    st.sampled_from(DOCUMENTS),
    st.sampled_from([640.0, 655.0, 700.0]),
    st.sampled_from(["sentence", "table", "card", "list"]),
    st.integers(1, 3),
    st.booleans(),
    st.sampled_from([(), ("jumps",), ("low_confidence",)]),
    st.sampled_from([None, None, "accepted", "rejected"]),
    st.sampled_from([0.9, 0.99]),
)


def once(rows: Iterable[Observation]) -> list[Observation]:
    """Statements of different ids: two of one id are never published."""
    return list({row.observation_id: row for row in rows}.values())


@settings(max_examples=10, deadline=None)
@given(st.lists(STATEMENTS, min_size=1, max_size=8).map(once), st.randoms(use_true_random=False))
def test_the_order_of_arrival_never_matters(rows: list[Observation], chance: object) -> None:
    shuffled, documents = list(rows), list(DOCUMENTS)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    chance.shuffle(documents)  # type: ignore[attr-defined]
    assert preferred(rows) == preferred(shuffled, documents)


@settings(max_examples=10, deadline=None)
@given(st.lists(STATEMENTS, min_size=2, max_size=6).map(once))
def test_the_preferred_one_beats_each_of_the_others_alone(rows: list[Observation]) -> None:
    chosen = preferred(rows)
    for other in rows:
        if chosen and other.observation_id not in chosen:
            best = next(row for row in rows if row.observation_id == chosen[0])
            assert preferred([other, best]) == chosen


@settings(max_examples=8, deadline=None)
@given(st.lists(STATEMENTS, min_size=1, max_size=6).map(once), STATEMENTS)
def test_one_more_document_wins_or_changes_nothing(rows: list[Observation], more: Observation) -> None:
    before, after = preferred(rows), preferred(once([*rows, more]))
    if more.observation_id not in {row.observation_id for row in rows}:
        assert after in (before, [more.observation_id])


# -- conflicts -------------------------------------------------------------------------------------------------------


def conflicts(*rows: Observation) -> list[tuple[float, bool, str]]:
    return sorted(view("conflicts", rows).project("value, preferred, chosen_for").fetchall())


def test_two_documents_that_differ_are_a_conflict_and_told_by_what_rule_it_is_settled() -> None:
    assert conflicts(statement(OWN_EARLY, 655), statement(OWN_LATE, 640)) == [
        (640, True, "later document"),
        (655, False, "later document"),
    ]
    assert conflicts(statement(OWN_EARLY, 655), statement(OTHER_EARLY, 640))[0] == (640, False, "own statement")
    assert conflicts(statement(OWN_EARLY, 655), statement(OWN_EARLY, 640, place="table"))[0][2] == "table over prose"


def test_rounding_is_no_conflict() -> None:
    rough = replace(statement(OWN_EARLY, 23), value_text="23%")
    fine = replace(statement(OWN_LATE, 23.4), value_text="23.4%")
    finer = replace(statement(OWN_LATE, 23.9), value_text="23.9%")
    assert conflicts(rough, fine) == []
    assert len(conflicts(rough, finer)) == 2


def test_what_is_in_doubt_or_rejected_conflicts_with_nothing() -> None:
    assert conflicts(statement(OWN_EARLY, 655, checks=("low_confidence",)), statement(OWN_LATE, 640)) == []
    assert conflicts(statement(OWN_EARLY, 655, reviewed="rejected"), statement(OWN_LATE, 640)) == []
