"""Step "finders": the lexicon of numbers (lookups/numbers.yaml) read, and its rules compiled."""

from __future__ import annotations

import importlib.resources
from typing import Any

import yaml

from extractors.grammar import Grammar, Rule

_WORDS: dict[str, Any] = yaml.load(
    importlib.resources.files("extractors.lookups").joinpath("numbers.yaml").read_text(encoding="utf-8"),
    Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader),
)
ONES: dict[str, int] = _WORDS["words"]
TENS: dict[str, int] = _WORDS["tens"]
SCALES: dict[str, int] = _WORDS["scales"]
SHORT_SCALES: dict[str, int] = _WORDS["short_scales"]
ORDINALS: dict[str, int] = _WORDS["ordinal_words"]
FRACTIONS: dict[str, float] = {**_WORDS["fractions"], **_WORDS["fraction_plurals"]}
ZEROS = frozenset(_WORDS["zeros"])
DOZEN: int = _WORDS["dozen"]
NO_NOUNS = frozenset(_WORDS["classes"]["no_noun"])
NUMBERED_SOFT = frozenset(_WORDS["classes"]["numbered_soft"])
OF_THESE = frozenset(_WORDS["classes"]["of_these"])
WORKING = frozenset(_WORDS["classes"]["working"])
APPROXIMATIONS: dict[str, str] = {phrase: name for name, list_ in _WORDS["approximations"].items() for phrase in list_}
CHANGE_VERBS = frozenset(_WORDS["change_verbs"])
NOT_SCHOOL_YEAR = frozenset(_WORDS["not_school_year"])
SET_LIMITS = frozenset(float(value) for value in _WORDS["set_limits"])
RANGE_VERBS = frozenset(_WORDS["range_verbs"])
UNITS: dict[str, str] = _WORDS["units"]
RATE_BASES: dict[str, str] = _WORDS["rate_bases"]
PARAGRAPH_OPENERS = frozenset(_WORDS["paragraph_openers"])
RUN_TOGETHER = frozenset(_WORDS["run_together"])

# Whole numbers up to 29 have a code each, so that ages and school years are classes; then i up to 99, k larger, f with a
# decimal point, v with more points, y and z two and more figures that begin with 0, Y four figures like a year.
_SMALL = 0x100


def _small(values: range | tuple[int, ...]) -> str:
    return "".join(chr(_SMALL + value) for value in values)


_CODE_CLASSES = {
    "figure": _small(range(30)) + "ikfvyzY",
    "tiny": _small(range(30)) + "i",
    "upto_29": _small(range(30)),
    "long": "kz",
    "smallage": _small(range(26)),
    "age_low": _small((0, 5, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 21)),
    "age_high": _small((5, 11, *range(12, 27))) + "i",
    "coming_of_age": _small((16, 18, 21, 25)),
    "schoolyear": _small(range(1, 14)),
    "seven": _small((7,)),
    "zeroed": "z",
    "apostrophe": "'",
}


def number_code(part: str) -> str:
    """The code of a part that begins with a figure."""
    if part.isdecimal():
        if len(part) > 1 and part[0] == "0":
            return "y" if len(part) == 2 else "z"
        if len(part) <= 2:
            value = int(part)
            return chr(_SMALL + value) if value < 30 else "i"
        return "Y" if len(part) == 4 and part[:2] in {"19", "20"} else "k"
    points = part.count(".")
    return "k" if points == 0 else "f" if points == 1 else "v"


def _grammar() -> Grammar:
    words = {
        **_WORDS["classes"],
        "ones": ONES,
        "oneword": ["one"],
        "tensword": TENS,
        "zeroword": ZEROS,
        "ordinalword": ORDINALS,
        "fractionword": _WORDS["fractions"],
        "fractionplural": _WORDS["fraction_plurals"],
        "scale": SCALES,
        "starting": ["dozen", "half", "no"],
    }
    shortlimit = ["days", "weeks", "months", "hours", "minutes"]
    grammar = Grammar(_CODE_CLASSES, {**words, "shortlimit": shortlimit})
    grammar.add_class("numberword", grammar.codes_of("ones") + grammar.codes_of("tensword"))
    for mark in "£€≥≤≈":
        grammar.fix(mark, mark)
    return grammar


_GRAMMAR = _grammar()
_N = "(<figure>|<tensword> '-'? <ones>|<numberword>|hundred)"
_JOINED = f"'-'? (to|and|or|'-'|','|'/') under? {_N}"
_RANGE = f"({_JOINED} ({_JOINED} ({_JOINED} ({_JOINED} ({_JOINED})?)?)?)?)?"  # bounded: lists of numbers can be long
_MACROS = {"{n}": _N, "{d}": "<figure>", "{range}": _RANGE}


def _role_rules() -> tuple[Rule, ...]:
    rules = []
    for role, sources in _WORDS["roles"].items():
        for source in sources:
            for macro, meaning in _MACROS.items():
                source = source.replace(macro, meaning)
            rules.append(_GRAMMAR.rule(role, source))
    return tuple(rules)


ROLE_RULES = _role_rules()
FIGURE_CODES = frozenset(_GRAMMAR.codes_of("figure"))
WORD_CODES = frozenset("".join(_GRAMMAR.codes_of(k) for k in ("numberword", "scale", "zeroword", "starting")))
NUMBER_WORDS = frozenset(
    printed
    for word in (*ONES, *TENS, *SCALES, *ZEROS, *ORDINALS, *FRACTIONS, "dozen", "no")
    for printed in (word, word.capitalize(), word.upper())
)
ORDINAL_CODES = frozenset(_GRAMMAR.codes_of("ordinalword"))
FRACTION_CODES = frozenset(_GRAMMAR.codes_of("fractionword") + _GRAMMAR.codes_of("fractionplural"))
CODES = _GRAMMAR.table(number_code)
