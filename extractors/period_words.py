"""Step "finders": the lexicon of periods (lookups/period_words.yaml) read, and its rules compiled."""

from __future__ import annotations

import importlib.resources
from dataclasses import dataclass
from typing import Any

import yaml

from extractors import period_forms as forms
from extractors.grammar import Grammar, Rule

_WORDS: dict[str, Any] = yaml.load(
    importlib.resources.files("extractors.lookups").joinpath("period_words.yaml").read_text(encoding="utf-8"),
    Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader),
)
MONTHS: dict[str, int] = _WORDS["months"]
DOUBTFUL_MONTHS = frozenset(_WORDS["doubtful_months"])
COUNTS: dict[str, int] = _WORDS["counts"]
ORDINALS: dict[str, int] = _WORDS["ordinals"]
COUNTED = frozenset(_WORDS["counted"])
FIRMLY_COUNTED = frozenset(_WORDS["firm_counted"])
ABOUT_WORDS = frozenset(_WORDS["about_words"])
TITLE_WORDS = frozenset(_WORDS["title_words"])
TITLE_WORDS_AFTER = frozenset(_WORDS["title_words_after"])
LOOSE_TITLE_WORDS = frozenset(_WORDS["loose_title_words"])
NO_AUTHOR = frozenset(_WORDS["no_author"])
TITLE_PHRASES: tuple[str, ...] = tuple(_WORDS["title_phrases"])
PREPOSITIONS: tuple[str, ...] = tuple(_WORDS["prepositions"])
LAST_UNIT_LEADING = frozenset(_WORDS["last_unit"]["leading"])

# Codes of numbers: a 1-9, b 01-12, c 13-31, e other two figures that can be a year, n any other, Y a year of these
# documents, Z another year, S a dotted date. Months: m capitalised, l not. Points of the second round: D date, N day
# and month, M month of a year, B month without a year, J year, F financial or academic year, G several years.
_CODE_CLASSES = {
    "day": "abc",
    "yy": "bce",
    "digits": "abcen",
    "number": "a",
    "monthnumber": "ab",
    "year": "Y",
    "anyyear": "YZ",
    "month": "ml",
    "capitalmonth": "m",
    "dotted": "S",
    "apostrophe": "'",
    "point": "DNMB",
    "dated": "DNM",
    "years": "FJ",
    "any": "DNMBFJG",
}


@dataclass(frozen=True, slots=True)
class RelativePhrase:
    """What a phrase such as "the previous year" comes to, and the words of which one must stand before it, if any."""

    normal: str
    after: frozenset[str]


def number_code(part: str) -> str:
    """The code of a part that begins with a figure."""
    if not part.isdecimal():
        return "S" if part.count(".") == 2 and "," not in part else "n"
    value = int(part)
    if len(part) == 1:
        return "a" if value else "n"
    if len(part) == 2:
        if 1 <= value <= 31:
            return "b" if value <= 12 else "c"
        return "e" if value <= forms.LAST_YEAR % 100 or value >= 90 else "n"
    if len(part) == 4 and 1880 <= value <= 2099:
        return "Y" if forms.FIRST_YEAR <= value <= forms.LAST_YEAR else "Z"
    return "n"


def _grammar() -> Grammar:
    grammar = Grammar(_CODE_CLASSES, {**_WORDS["classes"], "countword": COUNTS, "ordinal": ORDINALS})
    grammar.add_class("count", grammar.codes_of("countword") + _CODE_CLASSES["digits"])
    grammar.add_class("quarternumber", "a" + "".join(grammar.code(word) for word in ("one", "two", "three", "four")))
    for name in MONTHS:
        grammar.fix(name, "l")
        grammar.fix(name.capitalize(), "m")
        grammar.fix(name.upper(), "m")
    return grammar


_GRAMMAR = _grammar()


def _rules(section: str) -> tuple[Rule, ...]:
    return tuple(_GRAMMAR.rule(name, source) for name, source in _WORDS[section].items())


POINT_RULES = _rules("points")
PLACED_RULES = (
    *_rules("placed"),
    _GRAMMAR.rule("last_unit", _WORDS["last_unit"]["rule"]),
    _GRAMMAR.rule("ago", _WORDS["ago"]),
    *(_GRAMMAR.rule("now", source) for source in _WORDS["now"]),
    *(_GRAMMAR.rule(f"relative {index}", entry["rule"]) for index, entry in enumerate(_WORDS["relative"])),
)
RELATIVE_PHRASES = {
    f"relative {index}": RelativePhrase(entry["is"], frozenset(entry.get("after", ())))
    for index, entry in enumerate(_WORDS["relative"])
}
CODES = _GRAMMAR.table(number_code)
