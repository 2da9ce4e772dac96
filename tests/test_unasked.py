"""What sentences without a figure hand on, is found when one with a figure asks for it."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.asked_once import asked_once
from extractors.plain_text import text_to_reading
from extractors.sniff import PLAIN
from extractors.statements import find_statements
from schemas.records import Area, Reading, Subject

OWN = Area("E08000031", "Wolverhampton", "authority", "E12000005", "336", None, None, ("Wolverhampton",))


def _read(*paragraphs: str) -> list[tuple[str, float, str]]:
    reading: Reading = text_to_reading("\n\n".join(paragraphs).encode(), PLAIN)
    statements, _ = find_statements(reading, Subject(OWN, None, "self_evaluation", None, None, date(2023, 3, 31)))
    return [(s.indicator, s.value, s.period) for s in statements]


def test_a_period_named_sentences_before_the_figure_still_dates_it() -> None:
    found = _read(
        "In March 2021 the service for children in care was looked at again. It had changed. There were 512 children in care."
    )
    assert found == _read(
        "In March 2021 the service for children in care was looked at again. There were 512 children in care."
    )
    assert [value for _, value, _ in found] == [512.0]


@pytest.mark.parametrize(
    "paragraph",
    ["These are children of whom we know:", "This is what they told us about school", "We know them well."],
)
def test_a_long_paper_without_figures_is_read_whole(paragraph: str) -> None:
    paragraphs = [paragraph] * 5000
    assert [value for _, value, _ in _read(*paragraphs, "At 31 March 2022 there were 512 children in care.")] == [512.0]


def test_a_value_asked_for_twice_is_found_once() -> None:
    asked = []

    class Text:
        @asked_once
        def length(self) -> int:
            asked.append(self)
            return 4

    text = Text()
    assert (text.length, text.length, len(asked)) == (4, 4, 1)
