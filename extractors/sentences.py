"""Step text -> mentions: a passage into sentences, and a sentence with all that it speaks of, each found once.

A sentence is cut where English ends one, and also where a text layer glued two ("in March 2008.This shows"); never at a
decimal point, an abbreviation or an initial.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterable
from dataclasses import replace

from extractors.areas import find_areas
from extractors.asked_once import asked_once
from extractors.indicators import cohort_concepts, concept_bits, neutral_concepts
from extractors.lexicon import Found, field_tree, find_phrases, glue_words, words_of
from extractors.numbers import find_numbers
from extractors.periods import find_periods
from extractors.printed_letters import as_letter_runs, letter_runs
from schemas.records import Area, AreaMention, Number, PeriodMention

_END = re.compile(r"[.?!][\"'”’)\]]*(?:\s+(?=[\"'“‘(\[]?[A-Z0-9•%£])|(?=[A-Z][a-z]))")
_NO_END = re.compile(
    r"(?:\b(?:[Nn]o|[Nn]os|e\.g|i\.e|[Dd]r|Mr|Mrs|Ms|Cllr|St|vs|inc|incl|c|ca|para|paras|pp?|fig|approx|est|avg|ave|max|min|"
    r"dept|ref|[Ee]ng|[Nn]at|[Ss]ec|s|ss|reg|Rev|Prof|Hon|cf|al|Qtr|Q|[A-Z])|(?:^|\s)\d{1,2}(?:\.\d{1,2})*)$"
)
_NUMBERED = re.compile(r"[.)]\s?[‘“'\"]?[A-Z]|[.)]\s*$")
_NUMBERED_CODE = re.compile(r"\s[-–]\s?[A-Z]")  # "190 - Parent, not caring for own child"
_NUMBERED_FINE = re.compile(r"\.?\s+[A-Z\d]")
_ASIDE = re.compile(r"\(\s*(?:or |n ?= ?|approximately |around |about |nearly |over )?[\d.,]+\s*(?:%|per ?cent)?\s*\)")
_BY_DAYS = re.compile(
    r"(?:%|per ?cent)\s*(?:were |was )?(?:by|within|in|under) \d+ (?:working |calendar )?(?:days|weeks|hours)"
)
_OUTSIDE = re.compile(r"\b(?:outside|out) (?:of )?(?:the )?$")
_REMARK = re.compile(r"\((?:including|excluding|incl\.?|excl\.?|not including|e\.g\.|such as)[^()]*\)", re.IGNORECASE)
_LEFT_OUT = re.compile(
    r"\b(?:excluding|not including|not counting|leaving aside|with the exception of) [^,.;:()\d]*", re.IGNORECASE
)
_RUN_IN = re.compile(r"^\W*(?:\d+(?:\.\d+)*\.?\s+)?[A-Z][^:.;?!\d]{2,60}:\s+(?![\d.,]+%?\.\s)(?=\S+\s+\S+\s+\S+\s+\S+)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_FIRST_YEAR = re.compile(r"(?:19|20)\d\d\s?[-–]\s?$")
_NUMBERED_INDICATOR = re.compile(
    r"\b(?:indicator|measure|KPI|PI|appendix|table|figure|chart|item|section|page|recommendation) (?:no\.? ?)?$",
    re.IGNORECASE,
)
_ADULT = 26
_GLUED = re.compile(r"[A-Za-z]{3}-$")
_NUMBERED_MID = re.compile(r"\.\s[A-Z]")
_TITLE_BEFORE = re.compile(r"(?:\b[A-Z][a-z]{3,}|[.:]) $")
_LAST_LISTED = 20
_THE_ONE = re.compile(r"\b(?:the|that|this|each|every|which|any|national|regional|local|new|another)\s$", re.IGNORECASE)
_BETWEEN_AGES = re.compile(r"\b(?:leavers|people|children|those|aged|ages) (?:aged )?between $", re.IGNORECASE)
_WHO_ARE = re.compile(r"\b(?:who (?:are|were)(?: now)?|aged|of ages?|for ages?) $", re.IGNORECASE)
_SO_MANY_HAD = re.compile(
    r"(?:%|per ?cent)(?: of (?:them|these|those))? (?:had|have|has|having|with|received?|held|hold|got) (?:an? |some )?$",
    re.IGNORECASE,
)
_OR_AGE = re.compile(r"\b1\d or $")
_AGE_OR = re.compile(r" or 1\d\b")
_AGED_SOME = re.compile(r"\b(?:are|were|is|was|aged|turned|turning) (?:now |already |only )?(?:1\d or )?$")
_FIGURE = re.compile(r"\d")
_BAR = re.compile(r"\s[|•·]\s+")
_LETTERS = re.compile(r"[A-Za-z]{3,}")
_PRINTED_WORD = re.compile(r"\w+")
_NUMBER_NAMES = (
    "no none nil zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred half third thirds "
    "quarter quarters"
)
_NUMBER_WORDS = frozenset(_NUMBER_NAMES.split())
_NUMBER_RUNS = as_letter_runs(_NUMBER_WORDS)


def spans_of(*found: Iterable[Number | PeriodMention | AreaMention]) -> list[tuple[int, int]]:
    """The first and last characters of what was found."""
    return [(mention.start, mention.end) for mentions in found for mention in mentions]


def text_to_sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Text -> the character spans of its sentences, which together with the white space between them are the text."""
    spans = []
    start = 0
    for m in _END.finditer(text):
        before = text[start : m.start()]
        if text[m.start()] == "." and _NO_END.search(before[-12:] if len(before) > 12 else before):
            # a list number at the very start of a passage ("12. There are") belongs to its sentence
            continue
        if before.strip():
            spans.append((start, m.end()))
        start = m.end()
    if text[start:].strip():
        spans.append((start, len(text)))
    return tuple(part for a, b in spans for part in _at_bars(text, a, b)) if _BAR.search(text) else tuple(spans)


def _at_bars(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """ "526 children in care | 101 per 10,000 | 37 UASC": figures in a row, each with words of its own, parted by bars."""
    stops = [m.end() for m in _BAR.finditer(text, start, end)]
    parts = list(itertools.pairwise([start, *stops, end]))
    whole = all(_FIGURE.search(text, a, b) and _LETTERS.search(text, a, b) for a, b in parts)
    return parts if whole else [(start, end)]


class Sentence:
    """One sentence of a passage, and on demand its numbers, periods, areas and phrases (indices into `text`)."""

    def __init__(self, text: str, offset: int, area: Area | None, reference: dt.date | None) -> None:
        self.text = text
        self.offset = offset
        self.area = area
        self.reference = reference

    @asked_once
    def may_state(self) -> bool:
        """False where no number is printed, in digits or in words."""
        if _FIGURE.search(self.text):
            return True  # words are compared as a set: a search for thirty of them at every character takes five times as long
        if _NUMBER_RUNS.isdisjoint(letter_runs(self.text)):
            return False  # found faster; a printed word that names a number is one of these as well
        return not _NUMBER_WORDS.isdisjoint(_PRINTED_WORD.findall(self.text.lower()))

    @asked_once
    def quote(self) -> str:
        """The text with single spaces."""
        return " ".join(self.text.split())

    @asked_once
    def periods(self) -> tuple[PeriodMention, ...]:
        return find_periods(self.text, self.reference)

    @asked_once
    def numbers(self) -> tuple[Number, ...]:
        if not self.may_state:
            return ()
        return tuple(map(self._with_role, find_numbers(self.text, self.periods)))

    def _with_role(self, number: Number) -> Number:
        role = self._role(number)
        return number if role == number.role else replace(number, role=role)

    def _role(self, number: Number) -> str:
        """What the sentence makes of a number: in its place the number of a paragraph, or a time that measures nothing."""
        if number.role != "quantity":
            return number.role
        if number.unit in ("years", "months"):
            return "timescale"  # "over the three years 2011-14": no indicator of the catalogue is measured so
        if any(p.normal == "-y" and p.start - number.end == 1 for p in self.periods):
            return "timescale"  # "in the two previous years"
        before = self.text[max(0, number.start - 24) : number.start]
        if number.words and number.text.lower() == "one" and _THE_ONE.search(before):
            return "reference"  # "below the one in the North East"
        ages = _BETWEEN_AGES.search(before) or _WHO_ARE.search(before)
        if number.unit is None and number.high is not None and number.high < _ADULT and ages:
            return "age"  # "care leavers between 19 and 21"
        if number.unit is None and not number.words:
            if _YEAR.fullmatch(number.text) and _FIRST_YEAR.search(before):
                return "reference"  # "on 31 March, 2014-2018"
            if _NUMBERED_INDICATOR.search(before):
                return "reference"  # "Indicator 22: children looked after"
            if _GLUED.search(before):
                return "reference"  # "children in Hampshire-11 had a plan"
            if (
                (number.value or 0) <= _LAST_LISTED
                and _NUMBERED_MID.match(self.text, number.end)
                and _TITLE_BEFORE.search(before)
                and not any(e >= number.start - 2 for s, e in spans_of(self.areas, self.periods) if s < number.start)
            ):
                return "list_number"  # "Background 1. Child protection cases have been growing"
            if len(number.text) < 3 and (
                _OR_AGE.search(before) or _AGE_OR.match(self.text[number.end : number.end + 8])
            ):
                return "age" if _AGED_SOME.search(self.text[max(0, number.start - 40) : number.start]) else "quantity"
        return "list_number" if self._numbers_a_paragraph(number) else "quantity"

    def _numbers_a_paragraph(self, number: Number) -> bool:
        """ "29.Since the last inspection", "• 3.40 At the end of": the number of a passage."""
        if self.offset or number.start > 4 or number.words or number.unit:
            return False
        rest = self.text[number.end : number.end + 4]
        return bool(_NUMBERED.match(rest) or _NUMBERED_CODE.match(rest)) or (
            "." in number.text and _NUMBERED_FINE.match(rest) is not None
        )

    @asked_once
    def areas(self) -> tuple[AreaMention, ...]:
        return find_areas(self.text, self.area)

    def areas_of(self, kind: str) -> tuple[AreaMention, ...]:
        """The areas of that kind."""
        return tuple(a for a in self.areas if a.kind == kind)

    @asked_once
    def asides(self) -> list[tuple[int, int]]:
        """Brackets that only count: they do not part a phrase ("(14) of children", "children (52%) in care")."""
        return [m.span() for m in _ASIDE.finditer(self.text)] if "(" in self.text else []

    @asked_once
    def words(self) -> list[tuple[str, int, int]]:
        words, asides = words_of(self.text), self.asides
        return [w for w in words if not any(a <= w[1] and w[2] <= b for a, b in asides)] if asides else words

    @asked_once
    def phrases(self) -> tuple[Found, ...]:
        return find_phrases(self.text, self.words, field_tree())

    @asked_once
    def concepts(self) -> tuple[tuple[int, int, str], ...]:
        """Start, end and name of every concept."""
        found = [(f.start, f.end, t[8:]) for f in self.phrases for t in f.tags if t.startswith("concept:")]
        remarks = [m.span() for m in _REMARK.finditer(self.text)] if "(" in self.text else []
        if found and self.may_state:
            remarks += [m.span() for m in _LEFT_OUT.finditer(self.text)]
        if remarks:
            found = [c for c in found if not any(a <= c[0] and c[1] <= b for a, b in remarks)]
        for a in self.areas if "outside" in self.text else ():
            # "placed outside of Leicester City": the authority's own name closes the phrase
            m = _OUTSIDE.search(self.text, 0, a.start) if a.kind == "own" else None
            if m and not any(s <= m.start() < e for s, e, _ in found):
                found.append((m.start(), a.end, "outside_area"))
        return tuple(sorted(found))

    @asked_once
    def cues(self) -> tuple[tuple[int, int, str], ...]:
        """Start, end and name of every cue and veto (`compare`, `target`, `veto:subset` ...)."""
        return tuple(
            (f.start, f.end, t[4:] if t.startswith("cue:") else t)
            for f in self.phrases
            for t in f.tags
            if t.startswith(("cue:", "veto:"))
        )

    @asked_once
    def bits(self) -> int:
        """The concepts of the whole sentence."""
        return concept_bits(name for _, _, name in self.concepts)

    @asked_once
    def cohorts(self) -> tuple[int, ...]:
        """The cohorts that it names, as bits, the last first."""
        every = cohort_concepts()
        named = [(s, bit) for s, _, name in reversed(self.concepts) if (bit := concept_bits([name]) & every)]
        # "27% had an EHCP and 29% had SEN support": told of those whom the passage is on, who stay its subject
        return tuple(bit for s, bit in named if not _SO_MANY_HAD.search(self.text, 0, s))

    def bits_between(self, start: int, end: int) -> int:
        """The concepts that lie between two characters."""
        total = 0
        for s, e, bit in self._bits:
            if s >= start and e <= end:
                total |= bit
        return total

    @asked_once
    def _bits(self) -> list[tuple[int, int, int]]:
        return [(s, e, concept_bits([name])) for s, e, name in self.concepts]

    def names_between(self, start: int, end: int) -> bool:
        """Whether a concept that names something (and does not only qualify) lies between two characters."""
        return bool(self.bits_between(start, end) & ~neutral_concepts())

    def measures_by(self, start: int, end: int) -> bool:
        """Whether a limit, threshold or age of its own ("99% by 42 days") stands between two characters."""
        if _BY_DAYS.search(self.text, start, end + 16):
            return True
        return any(
            n.role in ("timescale", "threshold", "age")
            and start <= n.start
            and n.end <= end
            and not any(f.start <= n.start and n.end <= f.end for f in self.phrases)  # "per 10,000 under 18s"
            for n in self.numbers
        )

    def unexplained(self, start: int, end: int) -> tuple[str, ...]:
        """The words between two characters that are neither glue nor part of a number, period, area, concept or cue."""
        return tuple([w for w, s, e in self._strange if s >= start and e <= end])

    @asked_once
    def _strange(self) -> list[tuple[str, int, int]]:
        spans = spans_of(self.numbers, self.periods, self.areas)
        spans += [(f.start, f.end) for f in self.phrases if f.tags != ("consume:",)]
        glue = glue_words()
        strange = [word for word in self.words if word[0] not in glue and not word[0][0].isdigit()]
        if strange and strange[0][2] == 1 and self.text[1:2] == ")":
            strange = strange[1:]  # "b) on 31 March 2019: 529"
        return [word for word in strange if not any(a <= word[1] < b for a, b in spans)]


def names_itself(sentence: Sentence, mention: AreaMention) -> bool:
    """Whether the document's authority is mentioned by its name, and not as "the borough"."""
    return sentence.area is not None and sentence.area.name[:4] in sentence.text[mention.start : mention.end]


def run_in_heading(text: str) -> int:
    """Where a passage's text begins behind a heading of its own ("2.2 Contacts and referrals: 4,713 contacts were ..."); 0
    where it has none. A label before a bare value is no heading."""
    m = _RUN_IN.match(text)
    return (
        m.end() if m and re.search(r"\b(?:is|are|was|were|has|have|had|received|took|stood)\b", text[m.end() :]) else 0
    )


def passage_to_sentences(text: str, area: Area | None, reference: dt.date | None) -> tuple[Sentence, ...]:
    """A passage -> its sentences."""
    return tuple(Sentence(text[a:b], a, area, reference) for a, b in text_to_sentences(text))
