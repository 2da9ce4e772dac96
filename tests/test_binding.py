"""Each number of a sentence goes to the indicator, area, period and kind that its words give it: a table of cases."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.areas import load_areas
from extractors.plain_text import text_to_reading
from extractors.statements import find_statements
from schemas.records import Statement, Subject
from tests.binding_cases import CASES, FAILS, Case

FIELD_WORDS = (
    "children", "looked after", "in need", "child protection plan", "care leavers", "re-referrals", "England", "the region",
    "statistical neighbours", "at 31 March 2023", "in 2022-23", "quarter 3", "compared with", "from", "to", "of whom",
    "respectively", "target", "(", ")", ";", ",", ".", ":", "12%", "1,204", "48 per 10,000", "four", "and", "%", "- ", "\n\n",
)  # fmt: skip


def subject_of(case: Case) -> Subject:
    area = next(a for a in load_areas() if a.name == case.authority)
    return Subject(area, case.authority, "report", None, case.reference, case.reference)


def text_to_statements(text: str, subject: Subject) -> tuple[Statement, ...]:
    return find_statements(text_to_reading(text.encode(), "text/markdown"), subject)[0]


def told(statement: Statement, subject: Subject) -> tuple[str, str, str, str, str]:
    """A statement as the table writes it: value, indicator, area, period, kind."""
    area = (statement.area_name or "?").replace(" ", "_")
    if statement.area_kind == "neighbours":
        area = "SN"
    elif subject.area and statement.area_code == subject.area.area_code:
        area = "LA"
    return f"{statement.value:g}", statement.indicator, area, statement.period, statement.kind


def missing_and_more(case: Case) -> tuple[list[str], list[str]]:
    """The figures of a case that are not found, and those found that it does not state."""
    subject = subject_of(case)
    found = [told(s, subject) for s in text_to_statements(case.text, subject) if s.kind != "change"]
    missing = []
    for figure in case.figures:
        value, indicator, area, periods, *kind = figure.split()
        accepted = [
            (f"{float(value):g}", indicator, area, period, kind[0] if kind else "actual")
            for period in periods.split("|")
        ]
        hit = next((a for a in accepted if a in found), None)
        if hit is None:
            missing.append(figure)
        else:
            found.remove(hit)
    return missing, [" ".join(row) for row in found]


def parameters() -> list[object]:
    seen: Counter[str] = Counter()
    rows: list[object] = []
    for case in CASES:
        seen[case.construction] += 1
        name = f"{case.construction} {seen[case.construction]}"
        marks = [pytest.mark.xfail(reason=FAILS[name], strict=True)] if name in FAILS else []
        rows.append(pytest.param(case, id=name, marks=marks))
    return rows


@pytest.mark.parametrize("case", parameters())
def test_every_number_goes_where_its_words_put_it(case: Case) -> None:
    assert missing_and_more(case) == ([], [])


def test_every_construction_has_its_variants() -> None:
    counts = Counter(case.construction for case in CASES)
    assert len(CASES) >= 120
    assert min(counts.values()) >= 3
    assert all(1 <= int(name.rsplit(" ", 1)[1]) <= counts[name.rsplit(" ", 1)[0]] for name in FAILS)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_no_text_makes_reading_fail(text: str) -> None:
    text_to_statements(text, subject_of(CASES[0]))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(FIELD_WORDS), max_size=40))
def test_no_order_of_the_fields_words_makes_reading_fail(words: list[str]) -> None:
    for statement in text_to_statements(" ".join(words), subject_of(CASES[0])):
        assert statement.value_text
        assert statement.kind in {"actual", "average", "target", "change"}
