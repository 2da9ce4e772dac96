"""Step `statements`, tables: a header, caption or heading -> what it says of the figures that it stands over.

One header may say several things at once ("% of CLA with 3+ placements, 2021/22 (target)"): the measure's concepts, a
period, an area, a unit, a kind. A header of which nothing is understood makes its figures nobody's: it names a part of
the cohort, a team or a category that the catalogue does not hold.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extractors.areas import find_areas
from extractors.lexicon import Found, field_tree, find_phrases, glue_words, words_of
from extractors.numbers import find_numbers
from extractors.periods import find_periods
from extractors.table_words import plain_header, table_words
from schemas.records import Area, AreaMention, PeriodMention

# Exclusions that the official definitions make too.
EXCEPTIONS = re.compile(
    r"(?:excluding|not including|excl?\.?) (?:the )?(?:short breaks?|respite|exceptions|exempt\w*|those on short breaks|(?:those )?(?:whose \w+ is )?(?:not known|unknown)s?)",
    re.IGNORECASE,
)
# "Children in need (all open cases incl. CP and CLA)": what the whole takes in besides is not another measure.
_TAKES_IN = re.compile(r"\([^()]*\bincl?(?:\.|uding|udes)?\s[^()]*\)|,\s*incl?(?:\.|uding)?\s[^():;]*$", re.IGNORECASE)
# "CIN (excl. CP and CLA)": children in need are counted with these or without, as a paper says.
SCOPE = re.compile(
    r"(?:(?<=in need)|(?<=\bCIN)) ?\(\s*(?:excl?\.?|excluding|not including)\s+(?:(?:those )?(?:on |with )?(?:CPPs?|CP(?: plans?)?|CLA|LAC|CIC|child protection(?: plans?)?|looked after children|children looked after|children in care|care leavers)(?:\s*(?:,|/|&|\band\b|\bor\b)\s*)*)+\)",
    re.IGNORECASE,
)
_OF_AGE = re.compile(r"\b(?:aged?|ages)(?=\s\d)", re.IGNORECASE)  # the age itself is read apart
# "Average no. of days" is no count
_NUMBER_OF_DAYS = re.compile(r"\b(?:numbers?|nos?\.?) of (?:working |calendar )?(?:days|weeks)\b", re.IGNORECASE)
# "Issued in 20 weeks" is no number of weeks
_LIMIT = re.compile(
    r"\b(?:within|in|inside|under) (?:the )?(?:statutory )?\d+ (?:working |school |calendar )?(?:days|weeks)\b",
    re.IGNORECASE,
)
_SAID_BY_UNITS = {
    "per_10000": frozenset({"child_population"})
}  # "per 10,000 children aged 0 to 17" counts no population
_TITLE_WORDS = 8
_FEW_WORDS = 3  # "Target", "2022/23 target", "Council annual target": longer headers with the word name a measure
_TWO_FIGURES = re.compile(r"\s+['’]?(\d\d)\s*")
_BY = re.compile(r"\s*by\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one header says. `units` are those that it allows (percent, per_10000, days, weeks, count; `rate` for "rate"
    alone), empty where it prints none. `role` is a disposition where its numbers are no figures. `steps_back` (-1m, -1q, -1y, or
    -1 for one of whatever the table speaks of) for "previous". `ages` are those named beside the measure. `understood` is False where words are left that say something unknown."""

    text: str
    concepts: frozenset[str] = frozenset()
    implied: frozenset[str] = frozenset()  # those of them that no word of the header says
    vetoes: tuple[tuple[str, str], ...] = ()  # disposition and the phrase that asks for it
    periods: tuple[PeriodMention, ...] = ()
    areas: tuple[AreaMention, ...] = ()
    units: frozenset[str] = frozenset()
    kind: str | None = None
    role: str | None = None
    steps_back: str | None = None
    rolling: bool = False
    actual: bool = False  # "Actual", "Latest", "Baseline", "Previous"
    total: bool = False
    ages: tuple[float, ...] = ()
    understood: bool = True
    unexplained: tuple[
        str, ...
    ] = ()  # words that are neither part of a known phrase, period, area or unit nor mere glue


class HeaderReader:
    """Reads headers for one document; the same header is read once."""

    def __init__(self, area: Area | None, reference: dt.date | None) -> None:
        self._area = area
        self.reference = reference
        self._read: dict[str, Meaning] = {}

    def read(self, text: str) -> Meaning:
        """What the header says."""
        meaning = self._read.get(text)
        if meaning is None:
            meaning = self._read[text] = self._understand(text)
        return meaning

    def _lies_ahead(self, text: str, periods: Iterable[PeriodMention]) -> bool:
        """ "By March 2022" in a paper of 2019: what is to be reached then."""
        if self.reference is None or not _BY.match(text):
            return False
        return any(mention.last is not None and mention.last > self.reference for mention in periods)

    def read_joined(self, levels: Iterable[str]) -> Meaning:
        """What several levels of headers say together: "2021/22" over "Q1" is the first quarter of that year."""
        return self.read(" ".join(dict.fromkeys(levels)))

    def _understand(self, text: str) -> Meaning:
        words = table_words()
        periods = tuple(mention for mention in find_periods(text, self.reference) if mention.form != "title")
        areas = find_areas(text, self._area)
        units = _units_in(text)
        if areas and not periods:
            periods = _year_behind(text, areas[-1], self.reference)
        rest = plain_header(_without(text, (*periods, *areas)))
        bare = plain_header(words.whole_stages.sub(" ", _without_units(rest)))
        phrases = find_phrases(text, words_of(text), field_tree())
        takes_in = [
            found.span() for pattern in (_TAKES_IN, SCOPE, words.whole_stages) for found in pattern.finditer(text)
        ]
        tags = [tag for found in phrases for tag in found.tags if not _within(found.start, takes_in)]
        said = frozenset(tag[8:] for tag in tags if tag.startswith("concept:"))
        said |= {words.whole_names[bare]} if bare in words.whole_names else frozenset()
        concepts = _with_implied(text, said)
        role = _role_of(bare, rest) if not concepts or len(bare.split()) <= _FEW_WORDS else None
        if role == "base" and ("per_10000" in units or "child_population" in concepts):
            role = None  # "rate per 10,000 population 0-17" is no population; "Population 0-17" is a figure of its own
        kind = _kind_of(text, rest) or ("target" if self._lies_ahead(text, periods) else None)
        previous = words.previous.match(bare) or any(mention.form == "relative" for mention in periods)
        dated = tuple(mention for mention in periods if mention.form not in ("relative", "now"))
        known = (
            bool(concepts or role or kind)
            or bare in words.total
            or words.latest.match(bare)
            or previous
            or _is_neutral(bare)
            or plain_header(text) in words.whole_units
            or (bool(dated) and bare in words.occasions)  # "Ofsted Dec 2021"
        )
        return Meaning(
            text=text,
            concepts=concepts
            - _SAID_BY_UNITS.get("per_10000" if "per_10000" in units else "", frozenset())
            - {"rate_words"},
            implied=concepts - said,
            vetoes=tuple(
                (tag[5:], plain_header(text[found.start : found.end]))
                for found in phrases
                for tag in found.tags
                if tag.startswith("veto:")
                and not any(a.start <= found.start < a.end for a in areas)  # the Black Country
                and not any(whole.start() <= found.start < whole.end() for whole in words.whole_stages.finditer(text))
            ),
            periods=dated,
            ages=_ages_in(text, phrases),
            areas=areas,
            units=units,
            kind=kind,
            role=role,
            steps_back=_step_in(text) if previous and not dated else None,
            rolling=bool(words.rolling.search(text)),
            actual=words.latest.match(bare) or previous,
            total=bare in words.total,
            understood=known,
            unexplained=(
                _unexplained(_without(_as_defined(text), (*periods, *areas, *phrases))) if concepts or not known else ()
            ),
        )


def _year_behind(text: str, area: AreaMention, reference: dt.date | None) -> tuple[PeriodMention, ...]:
    """The year that two figures behind an area stand for: "SN 18", "England '19"."""
    found = _TWO_FIGURES.fullmatch(text[area.end :])
    if found is None or reference is None or 2000 + int(found[1]) > reference.year:
        return ()
    year = find_periods(f"20{found[1]}", reference)
    return tuple(replace(one, start=area.end + found.start(1), end=area.end + found.end(1)) for one in year)


def _as_defined(text: str) -> str:
    """The header without what says that the measure is taken as it is defined: usual exceptions, what the whole takes in,
    the ages of school."""
    for pattern in (EXCEPTIONS, SCOPE, _TAKES_IN, table_words().whole_stages, _OF_AGE):
        text = pattern.sub(_blank, text)
    return text


def _with_implied(text: str, concepts: frozenset[str]) -> frozenset[str]:
    """The concepts, and those that a paper on children's services means by them."""
    plain = text.casefold()
    return concepts | {
        cohort for concept, cohort, word in table_words().implied if concept in concepts and word in plain
    }


def _without(text: str, mentions: Iterable[PeriodMention | AreaMention | Found]) -> str:
    """The text with the mentions blanked out."""
    for mention in mentions:
        text = text[: mention.start] + " " * (mention.end - mention.start) + text[mention.end :]
    return text


def _within(start: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(first <= start < last for first, last in spans)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _step_in(text: str) -> str:
    """How far back "previous" goes: "Previous year" -1y, "Last quarter" -1q, "Previous" alone -1."""
    return next((f"-1{word[0]}" for word in ("year", "quarter", "month") if word in text.casefold()), "-1")


def _ages_in(text: str, phrases: Sequence[Found]) -> tuple[float, ...]:
    """The ages that a header names, other than in a phrase that means something else ("plans lasting 2+ years")."""
    text = table_words().whole_stages.sub(_blank, text)
    ages = [number for number in find_numbers(text) if number.role == "age" and number.value is not None]
    return tuple(age.value or 0.0 for age in ages if not any(found.start <= age.start < found.end for found in phrases))


def _unexplained(text: str) -> tuple[str, ...]:
    """The words of what is left of a header that mean something nobody knows."""
    glue, neutral = glue_words(), table_words().neutral
    left = (word for word, _, _ in words_of(_without_units(text.casefold())))
    return tuple(word for word in left if word.isalpha() and len(word) > 1 and word not in glue and word not in neutral)


def _units_in(text: str) -> frozenset[str]:
    plain = _LIMIT.sub(" ", _NUMBER_OF_DAYS.sub(" days ", text.casefold()))
    whole = table_words().whole_units.get(plain_header(text))
    found = frozenset(unit for unit, pattern in table_words().units if pattern.search(plain))
    found |= {whole} if whole else frozenset()
    return found - {"rate"} if "per_10000" in found else found


def _without_units(text: str) -> str:
    for _, pattern in table_words().units:
        text = pattern.sub(" ", text)
    return text


def _role_of(bare: str, rest: str) -> str | None:
    for role, phrases in table_words().not_figures:
        if (bare and phrases.match(bare)) or (rest and phrases.match(rest)):
            return role
    return None


def _kind_of(text: str, rest: str) -> str | None:
    words = rest.split()
    if not table_words().beside_target.isdisjoint(words):
        return None  # "Performance against target" is performance
    if rest in table_words().target_phrases:
        return "target"
    if len(words) <= _FEW_WORDS and not table_words().target.isdisjoint(words):
        return "target"
    if len(words) <= _TITLE_WORDS and words and words[-1] in table_words().targets:
        return "target"  # "Local area agreement: statutory targets"
    if len(words) <= _FEW_WORDS and not table_words().benchmark.isdisjoint(words):
        return "benchmark"
    if len(words) <= _FEW_WORDS and not table_words().forecast.isdisjoint(words):
        return "forecast"
    plain = plain_header(text)
    if any(phrase in plain for phrase in table_words().average):
        return "average"
    return None


def _is_neutral(bare: str) -> bool:
    """Whether nothing is left but words that name no cohort: "Local authority average", "Year ending"."""
    neutral = table_words().neutral
    if bare[:1].isdigit():
        return False  # "1 to 4", "16 and over": an age group
    return bare in neutral or all(word in neutral or (not word.isalpha() and len(word) < 3) for word in bare.split())
