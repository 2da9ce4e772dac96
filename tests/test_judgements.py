"""Grades that inspection reports print."""

from __future__ import annotations

import csv
import datetime as dt
from collections import defaultdict
from pathlib import Path

import pytest

from extractors.judgements import find_judgements
from extractors.pdf_text import pdf_to_reading
from extractors.subject import find_subject
from schemas.records import Page, Reading

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
RI = "Requires improvement to be good"

ILACS = """Inspection of Dudley local authority
children’s services
Inspection dates: 31 October to 11 November 2022
Lead inspector: A N Other
Judgement Grade
The impact of leaders on social work practice with
children and families
Requires improvement
to be good
The experiences and progress of children who need
help and protection
Inadequate
The experiences and progress of children in care
Good
The experiences and progress of care leavers Outstanding
Overall effectiveness Requires improvement to be good
It is good that leaders are not inadequate, as the previous report said."""

SIF = """Dudley
Inspection of services for children in need of help and
protection, children looked after and care leavers
Inspection date: 11 January to 8 February 2016
Report published: 5 April 2016
Children’s services in Dudley are inadequate
1. Children who need help and protection Inadequate
2. Children looked after and achieving
permanence
Requires improvement
2.1 Adoption performance Good
2.2 Experiences and progress of care leavers Requires improvement
3. Leadership, management and governance1 Outstanding"""


def reading(*texts: str) -> Reading:
    return Reading(
        "application/pdf", pages=tuple(Page(i, 595, 842, text, (), ()) for i, text in enumerate(texts, start=1))
    )


def grades(document: Reading, location: str = "x - 13 january 2023.pdf") -> dict[str, str]:
    return {row.judgement: row.grade for row in find_judgements(document, find_subject(document, location), "d")}


def test_the_grade_table_since_2018_with_wrapped_cells() -> None:
    assert grades(reading(ILACS)) == {
        "leaders": RI,
        "help_protection": "Inadequate",
        "in_care": "Good",
        "care_leavers": "Outstanding",
        "overall": RI,
    }


def test_before_2023_children_in_care_and_care_leavers_are_one_grade() -> None:
    text = ILACS.replace(
        "children in care\nGood\nThe experiences and progress of care leavers Outstanding",
        "children in care and care\nleavers Good",
    )
    assert grades(reading(text)) == {"leaders": RI, "help_protection": "Inadequate", "in_care": "Good", "overall": RI}


def test_a_row_says_who_when_and_where() -> None:
    document = reading(ILACS)
    row = find_judgements(document, find_subject(document, "inspection - 13 january 2023.pdf"), "d")[-1]
    assert (row.document_id, row.area_code, row.framework, row.page) == ("d", "E08000027", "ILACS", 1)
    assert (row.inspection_start, row.inspection_end) == (dt.date(2022, 10, 31), dt.date(2022, 11, 11))
    assert row.published_on == dt.date(2023, 1, 13)
    assert row.quote == "Overall effectiveness Requires improvement to be good"


def test_the_single_inspection_framework_with_its_sentence_and_a_footnote_mark() -> None:
    assert grades(reading(SIF)) == {
        "help_protection": "Inadequate",
        "in_care": RI,
        "adoption": "Good",
        "care_leavers": RI,
        "leaders": "Outstanding",
        "overall": "Inadequate",
    }


@pytest.mark.parametrize(
    ("sentence", "grade"),
    [
        ("The overall judgement is requires improvement", RI),
        ("The overall judgement is that children’s services\nrequire improvement", RI),
        ("The overall judgement is Good", "Good"),
        ("Children’s services in the Royal Borough of\nGreenwich are outstanding", "Outstanding"),
        ("Children’s services in Bury require improvement to be good", RI),
    ],
)
def test_the_overall_grade_in_a_sentence(sentence: str, grade: str) -> None:
    assert grades(reading(SIF.replace("Children’s services in Dudley are inadequate", sentence)))["overall"] == grade


def test_the_safeguarding_board_has_a_heading_of_its_own_far_behind() -> None:
    behind = "The Local Safeguarding Children Board requires improvement\nto be good\nAn LSCB that is good does more."
    assert grades(reading(SIF, *[""] * 30, behind))["lscb"] == RI


def test_grades_of_2012_stand_in_the_record_on_the_last_page() -> None:
    first = """Inspection of local authority arrangements for the protection of children
Dudley Metropolitan Borough Council
Inspection dates: 3 - 12 December 2012
Lead inspector A N Other"""
    record = """Record of main findings
Overall effectiveness Adequate
The effectiveness of the help and protection provided to
children, young people, families and carers Good
The quality of practice Adequate
Leadership and governance Inadequate"""
    assert grades(reading(first, "Good practice was seen.", record)) == {
        "overall": "Adequate",
        "help_protection": "Good",
        "quality_of_practice": "Adequate",
        "leaders": "Inadequate",
    }


def test_labels_first_and_grades_after_are_told_apart() -> None:
    text = """Inspection of Dudley local authority children’s services
Inspection dates: 31 October to 11 November 2022
Judgement
The impact of leaders on social work practice with children and families
The experiences and progress of children who need help and protection
The experiences and progress of children in care
Overall effectiveness
Grade
Good
Inadequate
Outstanding
Requires improvement to be good"""
    assert grades(reading(text)) == {
        "leaders": "Good",
        "help_protection": "Inadequate",
        "in_care": "Outstanding",
        "overall": RI,
    }


@pytest.mark.parametrize(
    "text",
    [
        # a visit prints no grades, whatever it says of the last inspection
        """Focused visit to Dudley local authority children’s services
This letter summarises the findings of the focused visit. The lead inspector: A N Other
Overall effectiveness was judged inadequate in 2022. The impact of leaders on practice is good.""",
        # a joint letter
        """14 July 2023
Dear Dudley partnership
Joint targeted area inspection of Dudley
This letter summarises the findings. Leaders’ work is good. Local authority children’s services are part of it.""",
        # the council's own paper quotes a grade table
        """Dudley Metropolitan Borough Council
Children's Services Self-Evaluation
Judgement Grade
The impact of leaders on social work practice with children and families Good
Overall effectiveness Good""",
    ],
)
def test_what_is_no_graded_report_yields_no_grade(text: str) -> None:
    assert grades(reading(text)) == {}


def test_every_official_grade_of_the_reports_at_hand() -> None:
    gold_file = SHARED / "gold" / "judgements_dev.csv"
    if not gold_file.exists():
        pytest.skip("the shared inspection reports are not here")
    gold = defaultdict(set)
    with gold_file.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            gold[row["document"]].add(
                (row["area_code"], row["published_on"], row["inspected_on"], row["judgement"], row["grade"])
            )
    wrong = []
    for name, wanted in gold.items():
        path = SHARED / "corpus" / "ofsted" / name
        document = pdf_to_reading(path.read_bytes())
        rows = find_judgements(document, find_subject(document, str(path)), "d")
        found = {(r.area_code, str(r.published_on), str(r.inspection_start), r.judgement, r.grade) for r in rows}
        wrong += [(name, *row) for row in wanted ^ found]
    assert wrong == []
