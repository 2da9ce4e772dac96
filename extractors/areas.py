"""Find areas: a passage -> the areas that it speaks of, each with its code.

The words of the passage are looked up one by one in an index of phrases (`area_tables`), the longest phrase first; then
the words around a find decide whether it is the area or part of a longer name ("West Midlands Police", "University of
Birmingham", "North West Anglia") or a rule ("national minimum standards"). All lists are in `area_words.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

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

GAP = frozenset(" \t\r\n\u00a0\u202f-‐‑–'’")
YEAR_AFTER = re.compile(r"[\s(]*(?:19|20)\d\d(?:\s?[-/–]\s?\d{2,4})?\)?\s*$")
CELL_MARKS = re.compile(r"[\d:;%(]")
SPACES = frozenset(" \t\r\n\u00a0\u202f")


@dataclass(frozen=True, slots=True)
class Passage:
    """A text cut into words: their places, and their letters in small."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    words: tuple[str, ...]

    def gap(self, i: int) -> str:
        """What stands between word i and the word before."""
        return self.text[self.ends[i - 1] : self.starts[i]]

    def joined(self, i: int) -> bool:
        """Whether only a space or hyphen parts word i from the word before."""
        return 0 < i < len(self.words) and all(c in SPACES or c == "-" for c in self.gap(i))

    def capital(self, i: int) -> bool:
        return self.text[self.starts[i]].isupper()


def _cut(text: str) -> Passage:
    found = [(m.start(), m.end()) for m in WORD.finditer(text)]
    small = text.lower() if len(text.lower()) == len(text) else text
    words = tuple("and" if small[s:e] == "&" else small[s:e] for s, e in found)
    return Passage(text, tuple(s for s, _ in found), tuple(e for _, e in found), words)


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
    passage = _cut(text)
    mentions = []
    i, count = 0, len(passage.words)
    own = own_phrases(subject_area.area_code) if subject_area else {}
    index = area_phrases()
    while i < count:
        word = passage.words[i]
        if word in _ADJECTIVES:
            length = _adjective_reach(passage, i)
            if length:
                mentions.append(_mention(passage, i, i + 1, Phrase((word,), word, _ADJECTIVES[word]), subject_area))
                i += 1
                continue
        seconds, own_seconds = index.get(word), own.get(word)
        if seconds is None and own_seconds is None:
            i += 1
            continue
        phrase = next(_matches(passage, i, own_seconds, seconds), None)
        if phrase is None:
            i += 1
            continue
        end = i + len(phrase.words)
        if phrase.meaning != "none" and (phrase.trusted or _stands_alone(passage, i, end, phrase, subject_area)):
            end = _with_closing(passage, end, phrase)
            mentions.append(_mention(passage, i, end, phrase, subject_area))
        i = end
    return tuple(mentions)


_ADJECTIVES = {"national": "national", "regional": "region"}


def _matches(
    passage: Passage,
    i: int,
    *tables: dict[str, tuple[Phrase, ...]] | None,
) -> Iterator[Phrase]:
    second = passage.words[i + 1] if i + 1 < len(passage.words) else ""
    for table in tables:
        if table is None:
            continue
        for key in (second, "") if second else ("",):
            for phrase in table.get(key, ()):
                if _fits(passage, i, phrase):
                    yield phrase


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
        return printed == phrase.text
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


def _stands_alone(passage: Passage, i: int, end: int, phrase: Phrase, subject: Area | None) -> bool:
    """Whether the words around leave the phrase what it says."""
    words = area_words()
    before = passage.words[i - 1] if i and passage.joined(i) else ""
    after = passage.words[end] if passage.joined(end) else ""
    if phrase.meaning == "own" and phrase.area is None:
        return after not in words.sets["own_words_not_before"]
    if phrase.meaning == "region":
        return after not in words.sets["region_words_not_before"]
    if phrase.meaning == "national":
        return phrase.words != ("nationally",) or after not in words.sets["nationally_not_before"]
    if phrase.meaning == "neighbours":
        return _neighbours_meant(passage, i, phrase, before)
    if phrase.meaning == "other" and phrase.spelling == "any":
        return True
    return _name_alone(passage, i, end, phrase, subject, before)


def _neighbours_meant(passage: Passage, i: int, phrase: Phrase, before: str) -> bool:
    words = area_words()
    if before in words.not_after.get(phrase.words, frozenset()):
        return False
    return phrase.words != ("neighbours",) or before in words.sets["neighbours_alone_after"]


def _name_alone(passage: Passage, i: int, end: int, phrase: Phrase, subject: Area | None, before: str) -> bool:
    words = area_words()
    if before in words.sets["blocked_before"]:
        return False
    if before == "of" and i >= 2 and passage.words[i - 2] in words.sets["blocked_before_of"]:
        return False
    area = phrase.area
    if area is not None and (denied := words.deny.get(area.name)) and denied.intersection(passage.words):
        return False
    if _runs_into_organisation(passage, end):
        return False
    if area is None:
        return True
    if area.kind == "region" and area.area_code in words.lists["compass_regions"]:
        return _region_ends(passage, end)
    if area.kind == "authority" and not _is(area, subject) and before and passage.capital(i - 1):
        return before in words.sets["allowed_before"] or passage.text.isupper()
    return True


def _is(area: Area, subject: Area | None) -> bool:
    return subject is not None and (area.area_code == subject.area_code or area.name == names_of(subject)[0])


def _runs_into_organisation(passage: Passage, end: int) -> bool:
    """Whether capitalised words lead on from the name to one like Hospital, Road or Trust."""
    words = area_words()
    j = end
    if j < len(passage.words) and passage.words[j] == "s" and passage.gap(j) in ("'", "’"):
        j += 1
    while j < min(len(passage.words), end + 8):
        if not all(c in GAP for c in passage.gap(j)):
            return False
        word = passage.words[j]
        if passage.capital(j):
            if word in words.sets["organisation_words"]:
                return True
        elif word not in words.sets["name_connectors"] and word != "s":
            return False
        j += 1
    return False


def _region_ends(passage: Passage, end: int) -> bool:
    """A compass name goes on in another capitalised word ("South West Yorkshire") unless that is a word of tables or an
    area itself."""
    if not passage.joined(end) or not passage.capital(end):
        return True
    word = passage.words[end]
    return word in area_words().sets["allowed_after_region"] or word in area_phrases()


def _with_closing(passage: Passage, end: int, phrase: Phrase) -> int:
    """Takes "City Council" and its like into the name; without council or authority at their end nothing is taken."""
    if phrase.area is None or phrase.area.kind != "authority":
        return end
    words = area_words()
    j = end
    while passage.joined(j) and passage.capital(j) and passage.words[j] in words.sets["name_closings"]:
        j += 1
    return j + 1 if passage.joined(j) and passage.words[j] in words.sets["name_ends"] and passage.capital(j) else end


def _adjective_reach(passage: Passage, i: int) -> int:
    """How far "national" or "regional" reaches to the noun of figures that it belongs to; 0 where it belongs to none."""
    words = area_words().sets
    before = passage.words[i - 1] if i and passage.gap(i).strip() in ("", ",", "(", "&") else ""
    others = 0
    for j in range(i + 1, min(i + 7, len(passage.words))):
        gap, word = passage.gap(j).strip(), passage.words[j]
        if gap not in ("", ",", "-", "/", "'", "’"):
            break
        if word in words["comparator_nouns"]:
            return j
        if word in words["compound_nouns"]:
            return 0
        if word in words["comparator_adjectives"]:
            others = 0
            continue
        others += 1
        if others > 4 or gap in (",", "/"):
            return 0
    return 1 if before in words["comparator_prepositions"] and others == 0 else 0


def _whole_cell(text: str, subject: Area | None) -> AreaMention | None:
    """A table cell that says no more than "National" or "Region", with or without a year."""
    if len(text) > 32:
        return None
    printed = YEAR_AFTER.sub("", text).strip()
    meaning = None if CELL_MARKS.search(printed) else area_words().whole_cell.get(to_words(printed))
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
        return (f"SN:{subject.area_code}" if subject else None), "statistical neighbours", "neighbours"
    if phrase.meaning == "region":
        region = area_with_code(subject.region_code) if subject and subject.region_code else None
        return (region.area_code, region.name, "region") if region else (None, "region", "region")
    if phrase.meaning == "other":
        return None, phrase.text, "other"
    if phrase.meaning == "own" or (area is not None and area.kind == "authority" and _is(area, subject)):
        return (subject.area_code, subject.name, "own") if subject else (None, "local authority", "own")
    assert area is not None
    return area.area_code, area.name, area.kind
