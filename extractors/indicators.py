"""Step mentions -> indicator: the catalogue, and which of its indicators a set of concepts and a unit can mean."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from extractors.lexicon import lookup
from schemas.records import Indicator

# Which units a printed number may carry for an indicator's unit; None is a bare number.
UNITS_OF: dict[str, frozenset[str | None]] = {
    "percent": frozenset({"percent"}),
    "per_10000": frozenset({"per_10000"}),
    "count": frozenset({None}),
    "days": frozenset({"days"}),
    "weeks": frozenset({"weeks"}),
    "score": frozenset({None}),
    "cases": frozenset({None}),
}


@dataclass(frozen=True, slots=True)
class Wording:
    """One way in which documents name an indicator: the concepts that must be in reach, and those that forbid it, as bits."""

    indicator: str
    unit: str
    concepts: frozenset[str]
    need: int
    unless: int


@cache
def load_indicators() -> tuple[Indicator, ...]:
    """The catalogue, in its own order, with the phrases of its readings as synonyms."""
    phrases = lookup("concepts.yaml")["concepts"]
    rows = []
    for e in lookup("indicators.yaml")["indicators"]:
        synonyms: list[str] = []
        for reading in e["said"]:
            for concept in _concepts_of(reading):
                synonyms += [s for s in phrases.get(concept, [concept]) if s not in synonyms]
        low, high = e.get("range", (None, None))
        rows.append(
            Indicator(
                indicator=e["id"],
                label=e["label"],
                unit=e["unit"],
                better=e.get("better"),
                topic=e["topic"],
                lait=e.get("lait"),
                definition=e["definition"],
                measures=e["measures"],
                minimum=None if low is None else float(low),
                maximum=None if high is None else float(high),
                synonyms=tuple(synonyms),
            )
        )
    return tuple(rows)


def _concepts_of(reading: str) -> tuple[str, ...]:
    """`"on_plan & 'first time'"` -> ("on_plan", "first time")."""
    return tuple(part.strip().strip("'") for part in reading.split("&"))


@cache
def _bits() -> dict[str, int]:
    names: dict[str, int] = {}
    for name in lookup("concepts.yaml")["concepts"]:
        names[name] = 1 << len(names)
    for e in lookup("indicators.yaml")["indicators"]:
        for reading in e["said"]:
            for phrase in re.findall(r"'([^']+)'", reading):
                names.setdefault(phrase, 1 << len(names))
    return names


def concept_bits(concepts: Iterable[str]) -> int:
    """Concept names -> one integer with a bit for each."""
    bits = _bits()
    total = 0
    for c in concepts:
        total |= bits[c]
    return total


@cache
def wordings() -> tuple[Wording, ...]:
    """Every reading of the catalogue, the most demanding first."""
    found = []
    for e in lookup("indicators.yaml")["indicators"]:
        for reading in e["said"]:
            concepts = _concepts_of(reading)
            found.append(
                Wording(
                    e["id"], e["unit"], frozenset(concepts), concept_bits(concepts), concept_bits(e.get("unless", ()))
                )
            )
    return tuple(sorted(found, key=lambda w: -len(w.concepts)))


@cache
def wordings_for_unit(unit: str | None) -> tuple[Wording, ...]:
    """The readings whose indicator can be stated by a number of this printed unit."""
    return tuple(w for w in wordings() if unit in UNITS_OF[w.unit])


def wordings_met(available: int, unit: str | None, own: int | None = None, around: int = 0) -> tuple[Wording, ...]:
    """Concept bits in reach, and a number's unit -> the readings that are met, the most demanding first.

    `own` are the bits of the number's own clause: with it, only readings that use at least one of them count. `around`
    are those of the passage around it: a cohort named there that is not the reading's own forbids it as well.
    """
    foreign = around & cohort_concepts()
    return tuple(
        w
        for w in wordings_for_unit(unit)
        if available & w.need == w.need and not (available | foreign) & w.unless and (own is None or own & w.need)
    )


@cache
def cohort_concepts() -> int:
    """The concepts that name a whole cohort, as bits."""
    return concept_bits(lookup("concepts.yaml")["cohorts"])


@cache
def neutral_concepts() -> int:
    """The concepts that qualify a figure and do not name one, as bits."""
    return concept_bits(lookup("concepts.yaml")["neutral"])


@cache
def place_concepts() -> int:
    """The concepts of places where children live, none of them a part of another, as bits."""
    return concept_bits(lookup("concepts.yaml")["places"])


@cache
def timeliness() -> int:
    """The concepts that say that something was done in time, as bits."""
    return concept_bits(lookup("concepts.yaml")["timeliness"])


@cache
def place_names() -> frozenset[str]:
    """The same by name."""
    return frozenset(lookup("concepts.yaml")["places"])


@cache
def whole_cohorts() -> frozenset[str]:
    """The indicators that count a whole cohort."""
    return frozenset(e["id"] for e in lookup("indicators.yaml")["indicators"] if "cohort" in e)


@cache
def indicators_listed(name: str) -> frozenset[str]:
    """The indicators of one of the lists of `vetoes.yaml`."""
    return frozenset(lookup("vetoes.yaml")[name].split())


@cache
def part_cohorts() -> int:
    """The cohorts that are themselves part of another: unaccompanied children among the looked after."""
    return sum({cohort_bits(indicator) for indicator in parts_of_cohorts()})


@cache
def parts_of_cohorts() -> frozenset[str]:
    """The indicators that count a part of another indicator's cohort as a cohort of its own."""
    return frozenset(e["id"] for e in lookup("indicators.yaml")["indicators"] if "part_of" in e)


@cache
def of_all(indicator: str) -> str | None:
    """The indicator that measures everybody, where one measures some ("young people with SEND")."""
    return next((e.get("of_all") for e in lookup("indicators.yaml")["indicators"] if e["id"] == indicator), None)


@cache
def not_a_share_of_people() -> frozenset[str]:
    """The percentages that "64% of children ..." cannot state."""
    return frozenset(e["id"] for e in lookup("indicators.yaml")["indicators"] if e.get("share_of_people") is False)


def indicators_for(concepts: Iterable[str], unit: str | None) -> tuple[str, ...]:
    """Concepts in reach and a printed unit (percent, per_10000, days, weeks or None) -> ids of the indicators that fit,
    the best first; several ids mean that the words alone do not decide. Unknown concept names are ignored."""
    known = _bits()
    met = wordings_met(concept_bits(c for c in concepts if c in known), unit)
    if not met:
        return ()
    most = len(met[0].concepts)
    return tuple(dict.fromkeys(w.indicator for w in met if len(w.concepts) == most))


@cache
def indicator_named(indicator: str) -> Indicator:
    """The catalogue's entry with this id; KeyError where there is none."""
    return {i.indicator: i for i in load_indicators()}[indicator]


@cache
def cohort_bits(indicator: str) -> int:
    """The concept of the cohort that an indicator counts as a whole ("of whom" then speaks of it); 0 where it counts none."""
    for e in lookup("indicators.yaml")["indicators"]:
        if e["id"] == indicator:
            return concept_bits([e["cohort"]]) if "cohort" in e else 0
    return 0


@cache
def wording_of_unit(indicator: str, unit: str | None) -> Wording | None:
    """The reading by which a number of this unit carries on with an indicator: its own, or that of its partner, the
    indicator that the same concepts name in another unit (count and rate, count and share of one cohort)."""
    fitting = wordings_for_unit(unit)
    own = next((w for w in fitting if w.indicator == indicator), None)
    if own is not None:
        return own
    named = {w.concepts for w in wordings() if w.indicator == indicator}
    return next((w for w in fitting if w.concepts in named), None)


@cache
def bits_of_indicator(indicator: str) -> int:
    """Every concept that some reading of the indicator names."""
    total = 0
    for w in wordings():
        if w.indicator == indicator:
            total |= w.need
    return total


@cache
def prose_needs(indicator: str) -> int:
    """Concepts of which prose must name one for a number to be a figure of the indicator; 0 where it need not."""
    for e in lookup("indicators.yaml")["indicators"]:
        if e["id"] == indicator:
            return concept_bits(e.get("in_prose_with", ()))
    return 0


@cache
def sections_barred(indicator: str) -> int:
    """Cohorts whose sections speak of that cohort and not of all children, so that the indicator is not meant there."""
    for e in lookup("indicators.yaml")["indicators"]:
        if e["id"] == indicator:
            return concept_bits(e.get("not_in_section_on", ()))
    return 0


@cache
def any_timescale() -> frozenset[str]:
    """Indicators that hold whatever the timescale: "96.3% within 15 days, with 77.8 in 10 days"."""
    return frozenset(e["id"] for e in lookup("indicators.yaml")["indicators"] if e.get("any_timescale"))
