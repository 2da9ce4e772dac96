"""Step `statements`, tables: why a value whose headers name an indicator is still not a figure of it.

Its headers name a part of the cohort, a sample, another measure besides, or something that nobody here understands; or
words of any service name it and nothing says that the service is children's social care.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extractors.indicators import indicators_listed, wordings
from extractors.lexicon import field_tree, find_phrases, lookup, words_of
from extractors.table_meaning import EXCEPTIONS, SCOPE, Meaning
from extractors.table_sense import Sense
from extractors.table_words import plain_header, table_words
from schemas.records import Indicator

WHOLES = frozenset({"looked_after", "on_plan", "in_need", "care_leaver", "unaccompanied"})  # counted at a date
_LED_TO = frozenset({"section_47", "early_help", "assessment", "referral", "initial_conference"})
_OUTCOME = re.compile(
    r"\b(?:outcomes?|results?|decisions?)\s+(?:of|from|following|after|on|at)\s+(?:(?:the|all|completed|single|initial|our|social|work|child|and|family|protection)\s+)*(?:assessment|contact|referral|enquir|section\s?47|s\.?47|conference|strategy|review|mash)"
    r"|\b(?:assessments?|contacts?|referrals?|enquir(?:y|ies)|section\s?47|s\.?47|conferences?|mash)\s+(?:outcomes?|decisions?)\b",
    re.IGNORECASE,
)
_BEYOND = re.compile(
    r"(?:\b(?:over|more than|beyond|longer than|exceeding|past|after|outside)|>)\s?\d+\s?(?:working\s|school\s|calendar\s)?(?:days?|weeks?|hours?)\b",
    re.IGNORECASE,
)
_WITHIN_DAYS = re.compile(r"\b(?:within|in|inside|under) (?:the )?(\d+)[ -](?:working )?days?\b", re.IGNORECASE)
_REMAINDER = re.compile(r"(?:[,(:]|\s[-–])\s*(?:all )?others?\b(?! than\b)", re.IGNORECASE)  # "NEET, other"
_TEAMS = re.compile(
    r"\b(?:in|of|within|for|across|by) (?:the )?(?:[\w’'/&-]+ ){1,5}(?:teams?|hubs?|pods?)\b", re.IGNORECASE
)
_ALL_TEAMS = re.compile(
    r"\b(?:all (?:social work |social care |frontline |operational )?|(?:children['’]s |children s )?(?:social work|social care|fieldwork|front ?line) )teams?\b",
    re.IGNORECASE,
)
_DUE_TO_BE = re.compile(r"\bdue to (?=be\b|have\b)", re.IGNORECASE)  # no cause: "reviews due to be held"
_SPAN_ENDED = re.compile(r"\b(?:years?|quarters?|months?|weeks?|periods?)\s+(?:ended|ending|starting)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"\b(?:who|that|which)\s+(?:are|is|were|was|have|has|had)\s+(?P<rest>.+)$", re.IGNORECASE)
_LASTING = re.compile(
    r"\b\d+\s?(?:months?|years?|weeks?)\s?(?:\+|plus\b|or more\b|or longer\b|and over\b)|\b(?:over|more than|at least|longer than|for)\s\d+\s?\+?\s?(?:months?|years?|weeks?)\b",
    re.IGNORECASE,
)
_WHOLE_AGES = (0, 17, 18)  # "aged 0 to 17", "under 18": everybody


def reason_against(
    sense: Sense,
    indicator: Indicator,
    near: Sequence[Meaning],
    in_field: bool,
    from_context: frozenset[str] = frozenset(),
) -> str | None:
    """The disposition of a value that is no figure of the indicator after all; None where nothing speaks against it.

    near: headings and the sentence before the table; in_field: whether anything shows that the table is about children's
    social care; from_context: what the headings name, where it took them to find the indicator.
    """
    return (
        _of_any_service(sense, indicator, near, in_field, from_context)
        or _not_understood(sense, indicator)
        or _vetoed(sense, indicator)
        or _of_the_late(sense, indicator)
        or _within_other_days(sense, indicator)
        or _of_some_teams(sense, indicator)
        or _of_an_outcome(sense, indicator)
        or _of_part_of_whole(sense, indicator)
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


def _of_any_service(
    sense: Sense, indicator: Indicator, near: Sequence[Meaning], in_field: bool, from_context: frozenset[str]
) -> str | None:
    """A count or rate that one word names ("Adoptions", "Children looked after"), and a measure named by words of any
    service ("referrals", "contacts"), must have every word of its headers understood: "Urgent GP referrals" and "Looked
    after children with a mentor" are something else."""
    words = table_words()
    said = concepts_naming(indicator.indicator) & (sense.own_concepts | sense.title_concepts | from_context)
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
    plain = table_words().whole_stages.sub("", texts)
    if table_words().part_of_cohort.search(_DUE_TO_BE.sub("", SCOPE.sub("", EXCEPTIONS.sub("", plain)))):
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


def _of_the_late(sense: Sense, indicator: Indicator) -> str | None:
    """`subset` for the share that was late, or takes longer than the time limit, where the measure is the share in time."""
    if indicator.indicator not in indicators_listed("shares_in_time"):
        return None
    texts = (meaning.text for meaning in sense.levels)
    return "subset" if any(table_words().late.search(text) or _BEYOND.search(text) for text in texts) else None


def _within_other_days(sense: Sense, indicator: Indicator) -> str | None:
    """`no_indicator` for a share within other days than those of the measure ("completed in 25 working days")."""
    limit = lookup("vetoes.yaml")["limits"].get(indicator.indicator)
    if limit is None:
        return None
    found = {int(one[1]) for meaning in sense.levels for one in _WITHIN_DAYS.finditer(meaning.text)}
    return "no_indicator" if found and limit not in found else None


def _of_some_teams(sense: Sense, indicator: Indicator) -> str | None:
    """`subset` for the workforce of some teams ("Average caseload in children in care teams")."""
    if indicator.indicator not in indicators_listed("of_all_social_workers"):
        return None
    texts = (_ALL_TEAMS.sub("", meaning.text) for meaning in (*sense.levels, *sense.titles))
    return "subset" if any(_TEAMS.search(text) for text in texts) else None


def _of_an_outcome(sense: Sense, indicator: Indicator) -> str | None:
    """`subset` for rows that count what assessments, contacts or enquiries led to ("Child in need plan" under "Outcome of
    assessment"): not all children in need, nor all enquiries."""
    if indicator.unit != "count" or sense.row.total:
        return None
    if not concepts_naming(indicator.indicator) & (WHOLES | _LED_TO):
        return None
    texts = (sense.corner.text, *(meaning.text for meaning in sense.titles))
    return "subset" if any(_OUTCOME.search(text) for text in texts) else None


def _of_part_of_whole(sense: Sense, indicator: Indicator) -> str | None:
    """Why a header that names a whole cohort counted at a date does not count it: it speaks of those who joined or left
    ("Children made subject to a plan"), of how long ("on a plan 18 months +"), of another measure besides ("with two or more
    changes of social worker"), or of some by a clause nobody here understands ("who are in residential", of any share)."""
    words = table_words()
    levels = _levels_below_theme(sense)
    named = concepts_naming(indicator.indicator)
    if any(_adds_something(meaning, named) for meaning in levels):
        return "subset"
    said = named & (sense.own_concepts | sense.title_concepts)
    if (
        indicator.measures != "stock"
        or indicator.unit not in ("count", "per_10000")
        or len(said) != 1
        or not said <= WHOLES
    ):
        return None
    own = plain_header(f"{indicator.label} {indicator.definition}")
    for meaning in levels:
        found = words.events.search(_SPAN_ENDED.sub("", meaning.text))
        if (found and plain_header(found[0]) not in own) or _LASTING.search(meaning.text):
            return "subset"
        if meaning.concepts & words.of_a_part - named:
            return "subset"
    return None


def _adds_something(meaning: Meaning, named: frozenset[str]) -> bool:
    """Whether the words of a clause at the end of a header are not all understood, and say nothing of the measure itself."""
    found = _CLAUSE.search(meaning.text)
    if found is None:
        return False
    words = words_of(found["rest"])
    tags = {tag for phrase in find_phrases(found["rest"], words, field_tree()) for tag in phrase.tags}
    if any(f"concept:{concept}" in tags for concept in named):
        return False
    return any(word in meaning.unexplained for word, _, _ in words)


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
        if (plain.startswith(words.remainders) or _REMAINDER.search(meaning.text)) and not meaning.areas:
            return "subset"
        if any(
            found[0].casefold() not in own for found in words.stages.finditer(words.whole_stages.sub(" ", meaning.text))
        ):
            return "subset"
    return None


def _takes_ages(indicator: Indicator) -> bool:
    """Whether the indicator's own definition names ages."""
    return indicator.indicator in indicators_listed("ages_allowed")
