"""Step `tables`: the words by which tables say what their rows and columns are, read from `lookups/table_words.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from extractors.lexicon import lookup, plain_word

_NOISE = re.compile(r"[.,:;*†‡()\[\]'’\"“”_]+")
_SPACES = re.compile(r"\s+")
Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases that make up a whole header, and those that may also open a longer one."""

    whole: Words
    opening: tuple[str, ...]

    def match(self, text: str) -> bool:
        """Whether the text, in plain form, is one of the phrases or is opened by one."""
        return text in self.whole or text.startswith(self.opening)


@dataclass(frozen=True, slots=True)
class TableWords:
    """The words of tables in plain form; `not_figures` by disposition, `units` by unit with a pattern that finds them."""

    suppressed: Words
    not_figures: tuple[tuple[str, Phrases], ...]
    target: Words
    target_phrases: Words
    targets: Words
    beside_target: Words
    benchmark: Words
    forecast: Words
    average: Words
    latest: Phrases
    previous: Phrases
    neutral: Words
    total: Words
    units: tuple[tuple[str, re.Pattern[str]], ...]
    whole_units: dict[str, str]
    rolling: re.Pattern[str]
    to_date: re.Pattern[str]
    other_service: re.Pattern[str]
    part_of_cohort: re.Pattern[str]
    over_years: Words
    occasions: Words
    late: re.Pattern[str]
    events: re.Pattern[str]
    of_a_part: Words
    contents: Words
    either: dict[str, tuple[str, ...]]
    company: dict[str, tuple[str, ...]]
    implied: tuple[tuple[str, str, str], ...]
    generic: Words
    generic_words: Words
    cohort_words: Words
    durations: re.Pattern[str]
    field_concepts: Words
    field_words: re.Pattern[str]
    themes: Words
    parts: Words
    narrowing: Words
    remainders: tuple[str, ...]
    stages: re.Pattern[str]
    whole_stages: re.Pattern[str]
    wholes: dict[str, str]
    whole_names: dict[str, str]
    whole_year: Words
    dates_of_rows: Words
    unit_columns: Words
    remarks: Words
    ahead: re.Pattern[str]
    of_country: re.Pattern[str]
    of_comparators: re.Pattern[str]
    of_years: re.Pattern[str]
    papers: tuple[tuple[str, re.Pattern[str]], ...]
    other_services: re.Pattern[str]
    own_clients: re.Pattern[str]


def plain_header(text: str) -> str:
    """A header in the form in which headers are compared: small letters, no brackets or stops, single spaces."""
    return _SPACES.sub(" ", _NOISE.sub(" ", text.casefold())).strip()


@cache
def table_words() -> TableWords:
    """The words, read once a process."""
    raw = lookup("table_words.yaml")
    return TableWords(
        suppressed=frozenset(" ".join(word.casefold().split()) for word in raw["suppressed"]),
        not_figures=tuple((role, _phrases(words)) for role, words in raw["not_figures"].items()),
        target=frozenset(raw["target"]),
        target_phrases=_plain(raw["target_phrases"]),
        targets=frozenset(raw["targets"]),
        beside_target=frozenset(raw["beside_target"]),
        benchmark=frozenset(raw["benchmark"]),
        forecast=frozenset(raw["forecast"]),
        average=frozenset(raw["average"]),
        latest=_phrases(raw["latest"]),
        previous=_phrases(raw["previous"]),
        neutral=_plain(raw["neutral"]),
        total=_plain(raw["total"]),
        units=tuple((unit, _pattern(words)) for unit, words in raw["units"].items()),
        whole_units=dict(raw["whole_units"]),
        rolling=_pattern(raw["rolling"]),
        to_date=_pattern(raw["to_date"]),
        other_service=_pattern(raw["other_service"]),
        part_of_cohort=_pattern(raw["part_of_cohort"]),
        over_years=_plain(raw["over_years"]),
        occasions=_plain(raw["occasions"]),
        late=_pattern(raw["late"]),
        events=_pattern(raw["events"]),
        of_a_part=frozenset(raw["of_a_part"]),
        contents=_plain(raw["contents"]),
        company={concept: tuple(others) for concept, others in raw["company"].items()},
        implied=tuple((concept, cohort, word) for concept, cohort, word in raw["implied"]),
        generic=frozenset(raw["generic"]),
        cohort_words=frozenset(plain_word(word) for word in raw["cohort_words"]),
        durations=_pattern(raw["durations"]),
        field_concepts=frozenset(raw["field_concepts"]),
        field_words=_pattern(raw["field_words"]),
        parts=_plain(raw["parts"]),
        unit_columns=_plain(raw["unit_columns"]),
        remarks=frozenset(raw["remarks"]),
        narrowing=frozenset(raw["narrowing"]),
        remainders=tuple(f"{word} " for word in raw["remainders"]),
        stages=_pattern(raw["stages"]),
        whole_stages=_pattern(raw["whole_stages"]),
        wholes=dict(raw["wholes"]),
        whole_names={plain_header(name): concept for concept, names in raw["whole_names"].items() for name in names},
        whole_year=_plain(raw["whole_year"]),
        dates_of_rows=_plain(raw["dates_of_rows"]),
        themes=_plain(raw["themes"]),
        generic_words=frozenset(plain_word(word) for word in raw["generic_words"]),
        ahead=_pattern(raw["ahead"]),
        of_country=_pattern(raw["of_country"]),
        of_comparators=_pattern(raw["of_comparators"]),
        of_years=_pattern(raw["of_years"]),
        papers=tuple((cohort, _pattern(words)) for cohort, words in raw["papers"].items()),
        other_services=_pattern(raw["other_services"]),
        own_clients=_pattern(raw["own_clients"]),
        either={concept: tuple(indicators) for concept, indicators in raw["either"].items()},
    )


def _plain(words: Iterable[str]) -> Words:
    return frozenset(plain_header(word) for word in words)


def _phrases(words: Iterable[str]) -> Phrases:
    starred = [word for word in words if word.endswith("*")]
    whole = _plain(word.removesuffix("*") for word in words)
    opening = tuple(plain_header(word[:-1]) + (" " if word.endswith(" *") else "") for word in starred)
    return Phrases(whole, opening)


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(map(str.casefold, words), key=len, reverse=True)
    edged = [
        (r"\b" if word[0].isalnum() else "") + re.escape(word) + (r"\b" if word[-1].isalnum() else "")
        for word in longest_first
    ]
    return re.compile("|".join(edged), re.IGNORECASE)
