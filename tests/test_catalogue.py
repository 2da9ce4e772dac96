"""The catalogue and the lexicon as data: names that exist, concepts that are used, and an indicator added in one entry."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from extractors.area_tables import load_areas
from extractors.indicators import load_indicators, wordings
from extractors.lexicon import lookup, phrase_to_slots
from extractors.plain_text import text_to_reading
from extractors.statements import find_statements
from schemas.records import Subject

LOOKUPS = sorted((Path(__file__).resolve().parents[1] / "extractors" / "lookups").glob("*.yaml"))
CONCEPTS: dict[str, list[str]] = lookup("concepts.yaml")["concepts"]
ENTRIES: list[dict[str, Any]] = lookup("indicators.yaml")["indicators"]
DUDLEY = next(area for area in load_areas() if area.name == "Dudley")
OURS = Subject(DUDLEY, "Dudley", "report", None, None, None)
FIRST_TIME_ENTRANTS = {
    "id": "first_time_entrants_count",
    "label": "First-time entrants to the youth justice system",
    "unit": "count",
    "better": "low",
    "topic": "youth_justice",
    "definition": "Children who entered the youth justice system for the first time in the period.",
    "measures": "flow",
    "range": [0, 3000],
    "said": ["'first time entrants' & 'youth justice system'"],
}


def names_in(reading: str) -> set[str]:
    """The concepts of a reading, without phrases of its own in quotes."""
    return {part.strip() for part in reading.split("&") if "'" not in part}


def texts_in(value: object) -> Iterator[str]:
    """All texts of a lookup file, keys too."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield str(key)
            yield from texts_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e["id"])
def test_every_name_that_an_indicator_uses_is_a_concept(entry: dict[str, Any]) -> None:
    named = set().union(*(names_in(reading) for reading in entry["said"]))
    for key in ("unless", "in_prose_with", "not_in_section_on"):
        named |= set(entry.get(key, ()))
    named |= {entry["cohort"]} if "cohort" in entry else set()
    assert named <= set(CONCEPTS)


def test_every_concept_is_used() -> None:
    used: set[str] = set()
    for path in LOOKUPS:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        if path.name == "concepts.yaml":
            content = {key: value for key, value in content.items() if key != "concepts"}
        for text in texts_in(content):
            used |= set(re.findall(r"[a-z][a-z0-9_]+", text))
    assert sorted(set(CONCEPTS) - used) == []


@pytest.mark.parametrize("concept", CONCEPTS)
def test_no_phrase_stands_twice_under_a_concept(concept: str) -> None:
    assert [phrase for phrase, times in Counter(CONCEPTS[concept]).items() if times > 1] == []


@pytest.mark.parametrize("concept", CONCEPTS)
def test_every_phrase_stands_for_words(concept: str) -> None:
    assert all(any(words for options in phrase_to_slots(phrase) for words in options) for phrase in CONCEPTS[concept])


def test_no_indicator_stands_twice() -> None:
    assert [name for name, times in Counter(e["id"] for e in ENTRIES).items() if times > 1] == []


def test_every_indicator_can_be_named() -> None:
    assert {w.indicator for w in wordings()} == {i.indicator for i in load_indicators()}


def test_no_reading_forbids_itself() -> None:
    assert [w.indicator for w in wordings() if w.need & w.unless] == []


@pytest.fixture
def forget() -> Iterator[Callable[[], None]]:
    """Makes the extractors forget what they drew from the lookup files, and everything at the end."""

    def caches(every: bool) -> None:
        for name, module in list(sys.modules.items()):
            if name.startswith("extractors."):
                for value in list(vars(module).values()):
                    if hasattr(value, "cache_clear") and (every or value is not lookup):
                        value.cache_clear()

    yield lambda: caches(False)
    caches(True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In 2022-23 there were 84 first-time entrants to the youth justice system.", (84.0, "2022-23")),
        ("The number of first time entrants to the youth justice system fell to 61 in 2021-22.", (61.0, "2021-22")),
        (
            "| Measure | 2020/21 |\n|---|---|\n| First time entrants to the youth justice system | 97 |\n",
            (97.0, "2020-21"),
        ),
    ],
    ids=["sentence", "fell to", "table"],
)
def test_an_indicator_of_ones_own_is_one_entry(
    forget: Callable[[], None], text: str, expected: tuple[float, str]
) -> None:
    lookup("indicators.yaml")["indicators"].append(FIRST_TIME_ENTRANTS)
    forget()
    statements, _ = find_statements(text_to_reading(text.encode(), "text/markdown"), OURS)
    assert [(s.indicator, s.value, s.period) for s in statements] == [("first_time_entrants_count", *expected)]
    assert load_indicators()[-1].label == FIRST_TIME_ENTRANTS["label"]


def test_every_list_of_vetoes_is_of_indicators() -> None:
    known = {entry["id"] for entry in ENTRIES}
    for name, listed in lookup("vetoes.yaml").items():
        assert set(listed.split() if isinstance(listed, str) else listed) <= known, name
