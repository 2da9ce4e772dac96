"""Step `statements`, tables: why a value whose headers name an indicator is still not a figure of it.

Its headers name a part of the cohort, a sample, another measure besides, or something that nobody here understands; or
words of any service name it and nothing says that the service is children's social care.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from extractors.indicators import indicators_listed, wordings
from extractors.lexicon import lookup
from extractors.table_meaning import EXCEPTIONS, Meaning
from extractors.table_sense import Sense
from extractors.table_words import plain_header, table_words
from schemas.records import Indicator

_WHOLE_AGES = (0, 17, 18)  # "aged 0 to 17", "under 18": everybody


def reason_against(sense: Sense, indicator: Indicator, near: Sequence[Meaning], in_field: bool) -> str | None:
    """The disposition of a value that is no figure of the indicator after all; None where nothing speaks against it.

    near: headings and the sentence before the table; in_field: whether anything shows that the table is about children's
    social care.
    """
    return (
        _of_any_service(sense, indicator, near, in_field)
        or _not_understood(sense, indicator)
        or _vetoed(sense, indicator)
        or _of_an_age(sense, indicator)
        or _of_a_part(sense, indicator)
    )


@cache
def concepts_naming(indicator: str) -> frozenset[str]:
    """All concepts by which headers name an indicator."""
    either = (concept for concept, indicators in table_words().either.items() if indicator in indicators)
    return frozenset(either).union(*(wording.concepts for wording in wordings() if wording.indicator == indicator))


def takes_part(said: frozenset[str], indicator: Indicator) -> bool:
    """Whether what headers say has a part in naming the measure that they and the headings over them give: "Social care: 21"
    in a paper on looked after children does not count these."""
    return not said or not said.isdisjoint(concepts_naming(indicator.indicator))


def _of_any_service(sense: Sense, indicator: Indicator, near: Sequence[Meaning], in_field: bool) -> str | None:
    """A count or rate that one word names ("Adoptions", "Children looked after"), and a measure named by words of any
    service ("referrals", "contacts"), must have every word of its headers understood: "Urgent GP referrals" and "Looked
    after children with a mentor" are something else."""
    words = table_words()
    said = concepts_naming(indicator.indicator) & (sense.own_concepts | sense.title_concepts)
    texts = " ".join(meaning.text for meaning in (*sense.levels, *sense.titles, *near)).casefold()
    for concept in said & words.company.keys():
        if not any(phrase in texts for phrase in words.company[concept]):
            return "no_indicator"
    generic = said <= words.generic
    if not generic and (indicator.unit not in ("count", "per_10000") or len(said) > 1):
        return None
    over = [meaning for meaning in sense.titles if generic and not said.isdisjoint(meaning.concepts)]
    left = (word for meaning in (*_levels_below_theme(sense), *over) for word in meaning.unexplained)
    allowed = words.cohort_words if indicator.measures == "stock" and not generic else words.generic_words
    if all(word in allowed for word in left):
        return "no_indicator" if generic and not in_field else None
    return "no_indicator" if generic else "subset"


def _not_understood(sense: Sense, indicator: Indicator) -> str | None:
    """`subset` where a level of the headers says something that is neither measure, area, period nor unit, or speaks of
    another measure only ("Foster placement" before "outside the authority" is a part of either)."""
    named, neutral = concepts_naming(indicator.indicator), frozenset(lookup("concepts.yaml")["neutral"])
    for meaning in _levels_below_theme(sense):
        told = meaning.concepts - neutral
        if (told and told.isdisjoint(named)) or not (meaning.understood or meaning.areas):
            return "subset"
        if told & table_words().narrowing - named:
            return "subset"
    return None


def is_themed(sense: Sense) -> bool:
    """Whether the first header of a row is the chapter of a scorecard."""
    return any(plain_header(text) in table_words().themes for text in sense.path.corner)


def _levels_below_theme(sense: Sense) -> list[Meaning]:
    """The levels of the headers without the chapter of a scorecard ("Workforce", "Children in need and protection")."""
    themed = is_themed(sense)
    return [meaning for meaning in sense.levels if not (themed and meaning.text in sense.path.row[:-1])]


def _vetoed(sense: Sense, indicator: Indicator) -> str | None:
    """The disposition that a phrase in headers or title asks for, unless the indicator is defined by that phrase."""
    texts = " | ".join(meaning.text for meaning in (*sense.levels, *sense.titles))
    if not (sense.row.total or sense.row_is_own_area) and any(
        plain_header(text) in table_words().parts for text in sense.path.corner
    ):
        return "subset"  # rows of teams, wards, schools; their total is the whole
    if table_words().part_of_cohort.search(EXCEPTIONS.sub("", texts)):
        return "subset"
    own = plain_header(f"{indicator.label} {indicator.definition}")
    reasons = {
        reason
        for meaning in (sense.column, sense.row, *sense.titles)
        for reason, phrase in meaning.vetoes
        if phrase not in own  # "re-referrals within 12 months" are so by definition
    }
    if indicator.topic == "quality":
        reasons.discard("sample")  # an audit is one
    if _takes_ages(indicator):
        reasons.discard("age")  # "looked after children under 16 in the same placement for two years" are so defined
    if not reasons:
        return None
    reason = min(reasons)
    return "not_a_statement" if reason == "not_yet" else reason


def _of_an_age(sense: Sense, indicator: Indicator) -> str | None:
    if _takes_ages(indicator):
        return None
    ages = (age for meaning in (sense.column, sense.row, *sense.titles) for age in meaning.ages)
    return "subset" if any(age not in _WHOLE_AGES for age in ages) else None


def _of_a_part(sense: Sense, indicator: Indicator) -> str | None:
    """`subset` where a header speaks of what is left ("Other foster placement") or of a stage of school that is not in the
    measure's own definition ("Looked after children - primary")."""
    words, own = table_words(), f"{indicator.label} {indicator.definition}".casefold()
    for meaning in sense.levels:
        plain = plain_header(meaning.text)
        if plain.startswith(words.remainders) and not meaning.areas:
            return "subset"
        if any(
            found[0].casefold() not in own for found in words.stages.finditer(words.whole_stages.sub(" ", meaning.text))
        ):
            return "subset"
    return None


def _takes_ages(indicator: Indicator) -> bool:
    """Whether the indicator's own definition names ages."""
    return indicator.indicator in indicators_listed("ages_allowed")
