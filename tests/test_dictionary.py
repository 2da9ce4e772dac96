"""The data dictionary and the views are documented as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

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
