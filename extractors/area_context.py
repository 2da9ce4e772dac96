"""Find areas, second part: a passage cut into words, and what the words around a name leave of its meaning.

"West Midlands Police", "University of Birmingham" and "North West Anglia" hold the name of an area and are none;
"national" is England in "national average" and not in "national minimum standards". The lists are in `area_words.yaml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.area_tables import WORD, Phrase, area_phrases, area_words, names_of
from schemas.records import Area

GAP = frozenset(" \t\r\n\u00a0\u202f-‐‑–'’")
SPACES = frozenset(" \t\r\n\u00a0\u202f")
_VALUE = re.compile(r"[\s:=(–-]{1,4}(?!(?:19|20)\d\d\b)\d[\d,.]*\s?(?:%|per\s?cent|pp\b|[);]|$|,\s)")
_VALUE_BESIDE = re.compile(
    r"(?:[’']|\s*(?:averages?|at|is|was|were))*\s*[(:=]?\s*(?!(?:19|20)\d\d\b)\d[\d,.]*\s?(?:%|per\s?cent|[);,]|$)"
)
_VALUE_FOLLOWS = re.compile(r"\s*(?:[:=]?\s*\d|averages?\b|\W*$)")
ADJECTIVES = {"national": "national", "regional": "region", "statistical": "neighbours"}


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


def cut(text: str) -> Passage:
    """Words with their places; "&" is "and"."""
    found = [(m.start(), m.end()) for m in WORD.finditer(text)]
    small = text.lower() if len(text.lower()) == len(text) else text
    words = tuple("and" if small[s:e] == "&" else small[s:e] for s, e in found)
    return Passage(text, tuple(s for s, _ in found), tuple(e for _, e in found), words)


def stands_alone(passage: Passage, i: int, end: int, phrase: Phrase, subject: Area | None) -> bool:
    """Whether the words around leave the phrase what it says."""
    words = area_words()
    before = passage.words[i - 1] if i and passage.joined(i) else ""
    after = passage.words[end] if passage.joined(end) else ""
    if phrase.meaning == "own" and phrase.area is None:
        return after not in words.sets["own_words_not_before"]
    if phrase.meaning == "region":
        if phrase.spelling == "exact" and phrase.text in words.lists["letters_before_values"]:
            return _VALUE_FOLLOWS.match(passage.text, passage.ends[end - 1]) is not None
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
    if phrase.words == ("neighbours",) and _VALUE_BESIDE.match(passage.text, passage.ends[i]):
        return True  # "our neighbours (58)", "(neighbours 70%, nationally 67%)"
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
    if area is not None and area.kind == "region" and area.area_code in words.lists["compass_regions"]:
        return _region_ends(passage, end)
    named = area is None or (area.kind == "authority" and not is_subject(area, subject))
    if named and before and passage.capital(i - 1):
        return before in words.sets["allowed_before"] or passage.text.isupper()
    return True


def is_subject(area: Area, subject: Area | None) -> bool:
    """Whether a named area is the document's own; the old county of a name that a new authority took over is."""
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


def compares(passage: Passage, i: int) -> bool:
    """Whether "national", "regional" or a bare "statistical" stands for an area: before a noun of figures ("national
    re-referral rate"), in a chain with its like ("national, regional and ..."), after a preposition of comparison with no
    noun behind ("than the national (12%)"), or as the label of a value ("National: 12%")."""
    words = area_words().sets
    following = [passage.words[j] for j in range(i + 1, min(i + 3, len(passage.words)))]
    if passage.words[i] == "statistical":  # "statistical and national averages" leaves out the neighbours
        return len(following) == 2 and following[0] in ("and", "or") and following[1] in ADJECTIVES.keys() | {"england"}
    if _VALUE.match(passage.text, passage.ends[i]):
        return True
    others = 0
    for j in range(i + 1, min(i + 7, len(passage.words))):
        gap, word = passage.gap(j).strip(), passage.words[j]
        if gap not in ("", ",", "-", "/", "'", "’"):
            break
        if word in words["comparator_nouns"]:
            return True
        if word in words["compound_nouns"]:
            return False
        if word in words["comparator_adjectives"]:
            others = 0
            continue
        others += 1
        if others > 4 or gap in (",", "/"):
            return False
    chained = bool(following) and following[0] in words["comparator_adjectives"]
    return (chained or others == 0) and _after_comparison(passage, i)


def _after_comparison(passage: Passage, i: int) -> bool:
    """Whether a preposition of comparison, or another of the chain, stands before word i."""
    words = area_words().sets
    j = i - 1
    while j >= 0 and passage.words[j] in words["before_comparators"]:
        j -= 1
    if j < 0 or passage.text[passage.ends[j] : passage.starts[j + 1]].strip() not in ("", ",", "(", "&"):
        return False
    return passage.words[j] in words["comparator_prepositions"] or passage.words[j] in ADJECTIVES
