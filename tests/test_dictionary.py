"""The data dictionary and the views are documented as they are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from schemas.arrow import record_to_schema
from schemas.datapackage import datapackage_json
from schemas.dictionary import dictionary_markdown
from schemas.records import PUBLISHED
from schemas.views import QUESTIONS, question_doc, view_statements

PAGE = Path(__file__).resolve().parents[1] / "docs" / "data-dictionary.md"


def test_the_committed_page_is_what_the_record_types_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == dictionary_markdown(), (
        "run: python -m schemas.dictionary > docs/data-dictionary.md"
    )


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_view_says_what_it_answers(name: str) -> None:
    assert len(question_doc(name)) > 40


def test_views_stand_in_the_order_in_which_they_build_on_one_another() -> None:
    names = [statement.split()[4] for statement in view_statements("somewhere")]
    assert names == [*PUBLISHED, *QUESTIONS]


def test_the_data_package_describes_every_table_and_column() -> None:
    package = json.loads(datapackage_json("s1", {"observations": 3}))
    described = {r["name"]: [f["name"] for f in r["schema"]["fields"]] for r in package["resources"]}
    assert described == {name: record_to_schema(record).names for name, record in PUBLISHED.items()}
    assert package["resources"][0]["rows"] == 3
    keys = {r["name"]: r["schema"].get("primaryKey") for r in package["resources"]}
    assert keys["documents"] == ["document_id", "location"]  # one that failed has a row for each place where it lies
    for resource in package["resources"]:
        for key in resource["schema"].get("foreignKeys", ()):
            assert key["reference"]["fields"][0] in described[key["reference"]["resource"]]
