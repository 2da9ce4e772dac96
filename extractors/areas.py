"""Find areas: a passage -> the areas that it speaks of, each with its code.

The words of the passage are looked up one by one in an index of phrases (`area_tables`), the longest phrase first; then
the words around a find decide whether it is the area or part of a longer name ("West Midlands Police", "University of
Birmingham", "North West Anglia") or a rule ("national minimum standards"). All lists are in `area_words.yaml`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.area_context import ADJECTIVES, GAP, Passage, compares, cut, is_subject, stands_alone
from extractors.area_tables import (
    ENGLAND,
    WORD,
    Phrase,
    area_named,
    area_phrases,
    area_with_code,
    area_words,
    load_areas,
    load_domains,
    load_neighbours,
    names_of,
    own_phrases,
    to_words,
)
from schemas.records import Area, AreaMention

__all__ = ["area_named", "area_with_code", "find_areas", "load_areas", "load_domains", "load_neighbours", "names_of"]

_CELL = 40  # characters; what is shorter is a cell or a label
YEAR_AFTER = re.compile(r"[\s(]*(?:19|20)\d\d(?:\s?[-/–]\s?\d{2,4})?\)?\s*$")
CELL_MARKS = re.compile(r"[\d:;%(]")


def find_areas(text: str, subject_area: Area | None) -> tuple[AreaMention, ...]:
    """Areas in order of place, never overlapping.

    `own` is the document's authority, under its names or as "the local authority"; `neighbours` the group of its
    statistical neighbours, coded `SN:<GSS>`; `region` a region by name, or its own as "regional"; `country` England;
    `authority` another authority; `other` an area without a row in the list (Inner London, "neighbouring authorities").
    Without a subject the codes of own, region ("regional") and neighbours are None.
    """
    whole = _whole_cell(text, subject_area)
    if whole is not None:
        return (whole,)
    if _without_areas(text, subject_area):
        return ()
    passage = cut(text)
    mentions: list[AreaMention] = []
    short = 0  # other authorities by initials: "BCP" may be a parents' forum unless areas stand about
    i, count = 0, len(passage.words)
    own = own_phrases(subject_area.area_code) if subject_area else {}
    index = area_phrases()
    while i < count:
        word = passage.words[i]
        if word in ADJECTIVES and compares(passage, i):
            mentions.append(_mention(passage, i, i + 1, Phrase((word,), word, ADJECTIVES[word]), subject_area))
            i += 1
            continue
        seconds, own_seconds = index.get(word), own.get(word)
        if seconds is None and own_seconds is None:
            i += 1
            continue
        phrase = _longest(passage, i, own_seconds, seconds)
        if phrase is None:
            i += 1
            continue
        end = i + len(phrase.words)
        if phrase.meaning != "none" and (phrase.trusted or stands_alone(passage, i, end, phrase, subject_area)):
            end = _with_closing(passage, end, phrase)
            mentions.append(_mention(passage, i, end, phrase, subject_area))
            short += phrase.spelling == "exact" and mentions[-1].kind == "authority"
        i = end
    if len(mentions) == short and len(text) > _CELL:
        return ()
    return tuple(mentions)


_COMMON = frozenset({"and", "the", "for", "all", "within", "across"})


@lru_cache(maxsize=256)
def _triggers(area_code: str | None) -> frozenset[str]:
    """The longest word of each phrase (for a code, of that authority's own phrases): a passage that holds none of them
    names no area, which is soon seen."""
    index = own_phrases(area_code) if area_code else area_phrases()
    phrases = (
        phrase
        for seconds in index.values()
        for found in seconds.values()
        for phrase in found
        if phrase.meaning != "none"
    )
    longest = {max(phrase.words, key=lambda word: len(word) if word not in _COMMON else 0) for phrase in phrases}
    return frozenset(longest if area_code else longest | set(ADJECTIVES))


def _without_areas(text: str, subject: Area | None) -> bool:
    words = WORD.findall(text.lower())
    if not _triggers(None).isdisjoint(words):
        return False
    return subject is None or _triggers(subject.area_code).isdisjoint(words)


def _longest(passage: Passage, i: int, *tables: dict[str, tuple[Phrase, ...]] | None) -> Phrase | None:
    """The longest phrase that starts at word i; of two the document's own."""
    second = passage.words[i + 1] if i + 1 < len(passage.words) else ""
    best: Phrase | None = None
    for table in tables:
        if table is None:
            continue
        for key in (second, "") if second else ("",):
            phrase = next((p for p in table.get(key, ()) if _fits(passage, i, p)), None)
            if phrase is not None:
                if best is None or len(phrase.words) > len(best.words):
                    best = phrase
                break
    return best


def _fits(passage: Passage, i: int, phrase: Phrase) -> bool:
    length = len(phrase.words)
    if passage.words[i : i + length] != phrase.words:
        return False
    for j in range(i + 1, i + length):
        gap = passage.gap(j)
        if not all(c in GAP for c in gap) and not _gap_of(phrase, gap, passage.words[j - 1]):
            return False
    if phrase.spelling == "any":
        return True
    printed = passage.text[passage.starts[i] : passage.ends[i + length - 1]]
    if phrase.spelling == "exact":
        return phrase.spelled(printed)
    if all(passage.capital(j) or passage.words[j] in _SMALL for j in range(i, i + length)):
        return True
    # "the north west region": a region's name in small letters, where the next word says that it is one
    after = passage.words[i + length] if passage.joined(i + length) else ""
    return phrase.area is not None and phrase.area.kind == "region" and after in area_words().sets["region_followers"]


_SMALL = frozenset(
    {
        "and",
        "of",
        "upon",
        "on",
        "the",
        "with",
        "under",
        "as",
        "a",
        "whole",
        "region",
        "average",
        "s",
        "boroughs",
        "authorities",
    }
)


def _gap_of(phrase: Phrase, gap: str, before: str) -> bool:
    """Commas, slashes and brackets part a name's words only where its own spelling has them; a full stop also where the
    word before it is a shortened one."""
    mark = gap.strip()
    if mark == "." and before in area_words().sets["abbreviations"]:
        return True
    return len(mark) == 1 and mark in ",./()" and mark in phrase.text


def _with_closing(passage: Passage, end: int, phrase: Phrase) -> int:
    """Takes "City Council" and its like into the name; without council or authority at their end nothing is taken."""
    if phrase.area is None or phrase.area.kind != "authority":
        return end
    words = area_words()
    j = end
    while passage.joined(j) and passage.capital(j) and passage.words[j] in words.sets["name_closings"]:
        j += 1
    return j + 1 if passage.joined(j) and passage.words[j] in words.sets["name_ends"] and passage.capital(j) else end


def _whole_cell(text: str, subject: Area | None) -> AreaMention | None:
    """A table cell that says no more than "National" or "Region", with or without a year."""
    if len(text) > 32:
        return None
    printed = YEAR_AFTER.sub("", text).strip()
    words = () if CELL_MARKS.search(printed) else to_words(printed)
    while len(words) > 1 and words[-1] in area_words().sets["comparator_nouns"]:
        words = words[:-1]
    meaning = area_words().whole_cell.get(words)
    if meaning is None:
        return None
    start = text.index(printed)
    phrase = Phrase((printed,), printed, {"regional": "region"}.get(meaning, meaning))
    return _mention(Passage(text, (start,), (start + len(printed),), (printed,)), 0, 1, phrase, subject)


def _mention(passage: Passage, i: int, end: int, phrase: Phrase, subject: Area | None) -> AreaMention:
    start, stop = passage.starts[i], passage.ends[end - 1]
    if "(" in passage.text[start:stop] and passage.text[stop : stop + 1] == ")":
        stop += 1
    code, name, kind = _meaning(phrase, subject)
    return AreaMention(start, stop, passage.text[start:stop], code, name, kind)


def _meaning(phrase: Phrase, subject: Area | None) -> tuple[str | None, str, str]:
    """Code, standard name and kind of what a phrase means in this document."""
    area = phrase.area
    if phrase.meaning == "national":
        return ENGLAND, "England", "country"
    if phrase.meaning == "neighbours":
        return (
            (f"SN:{subject.area_code}" if subject and subject.kind == "authority" else None),
            "statistical neighbours",
            "neighbours",
        )
    if phrase.meaning == "region":
        region = area_with_code(subject.region_code) if subject and subject.region_code else None
        return (region.area_code, region.name, "region") if region else (None, "region", "region")
    if phrase.meaning == "other":
        return None, phrase.text, "other"
    if phrase.meaning == "own" or (area is not None and area.kind == "authority" and is_subject(area, subject)):
        return (subject.area_code, subject.name, "own") if subject else (None, "local authority", "own")
    assert area is not None
    return area.area_code, area.name, area.kind
