"""Step mentions -> statements: whether the words behind a bare number, or before it, say that it counts the cohort.

The first noun decides: the cohort's own, people, other things; a verb, a date or a comma sends back to what stands before.
"""

from __future__ import annotations

import re
from functools import cache

from extractors.candidate import Candidate
from extractors.clauses import past_unit
from extractors.indicators import cohort_concepts, concept_bits, neutral_concepts
from extractors.lexicon import lookup, plain_word
from extractors.sentences import Sentence
from schemas.records import Number

_MOST_PASSED = 4  # words between a number and its noun
_FEW_PASSED = 3  # where the noun alone does not name what is counted


@cache
def _words(name: str) -> frozenset[str]:
    """One of the lists of `count_words.yaml`, in plain form."""
    return frozenset(plain_word(w) for w in lookup("count_words.yaml")[name].split())


def counts_by_its_noun(c: Candidate) -> bool:
    """Whether the first noun behind a number, or where there is none what stands before it, is the cohort's."""
    after = after_group(c)
    passed = 0
    for word, s, e in c.sentence.words:
        if s < after:
            continue
        if s >= c.clause.end:
            break
        here = [n for a, b, n in c.sentence.concepts if a <= s < b]
        if here:
            if (answer := _by_concepts(c, here, after, (s, e), passed)) is not None:
                return answer
            continue
        if passed == 0 and any(a.start <= s < a.end and a.kind in ("own", "authority") for a in c.sentence.areas):
            continue  # "22 Gateshead care leavers at university"
        if _breaks_off(c, after, s, passed):
            return named_before(c)
        if word in _words("people") and c.text[s:e].endswith(("’s", "'s")):
            continue  # "six children's plans" counts plans
        if (answer := _by_word(c, word, after)) is not None:
            return answer
        if word not in _words("passing") or passed >= _MOST_PASSED:
            return False
        passed += 1
    return named_before(c)


_OF_THE_SAME = re.compile(r"\s*of (?:these|those)\s+", re.IGNORECASE)
_STAFF = re.compile(r"\s+(?:workers?|staff|practitioners?|officers?|posts?|teams?|hubs?|managers?)\b", re.IGNORECASE)
_OF_THE = re.compile(r"\s*of (?:the|our|these|those|all)\b")
_OF_THEM = re.compile(r"\s*of (?:the|our|these|those)\s+")
IS = re.compile(r"(?:is|are|was|were|became|become|led|progressed|resulted|went)\b", re.IGNORECASE)
_PLACES = re.compile(
    r"(?!in\b|with\b|(?:child|children|young people)\b(?!['’])|live|living|placed|is\b|are\b|was\b|were\b).*\b(?:homes?|schools?|placements?|carers?|family|families)",
    re.IGNORECASE,
)


def _by_concepts(c: Candidate, here: list[str], after: int, word: tuple[int, int], passed: int) -> bool | None:
    """What a concept behind a number says of it; None for one that only qualifies."""
    named = c.wording.concepts
    if "other_worker" in here and "other_worker" not in named:
        return False  # "two educational psychologists who see pupils placed out of the borough"
    concept = next((n for n in here if n in named), here[0])
    if concept_bits([concept]) & neutral_concepts():
        return None
    if _OF_THE.match(c.text, after) and _named_after(c, word[1]):
        return True  # "38 of the children in care were unaccompanied"
    if c.is_listed("orders_made") and _OF_THE_SAME.fullmatch(c.text, after, word[0]):
        return False  # "six of these special guardianship orders were made to foster carers"
    if concept not in named:
        return not c.counts_a_whole_cohort and bool(concept_bits([concept]) & cohort_concepts())
    if _is_of_them(c, after, word[0]) or _is_no_cohort(c, word[0], passed):
        return False
    return c.how != "sentence" or passed < _FEW_PASSED


def _is_of_them(c: Candidate, after: int, at: int) -> bool:
    """ "they took 2,205 of the contacts", but not "48 of these were unaccompanied"."""
    return c.counts_a_whole_cohort and _OF_THEM.fullmatch(c.text, after, at) is not None and not IS.match(c.text, at)


def _is_no_cohort(c: Candidate, at: int, passed: int) -> bool:
    """ "15 family support workers", "the authority runs seven children's homes"."""
    start, end = next(((s, e) for s, e, _ in c.sentence.concepts if s <= at < e), (at, at))
    return _STAFF.match(c.text, end) is not None or (passed == 0 and _PLACES.fullmatch(c.text, start, end) is not None)


_STOPS = re.compile(r"[;:,.)]")
_SHUTS = re.compile(r"\s*\)\s*")


def _breaks_off(c: Candidate, after: int, at: int, passed: int) -> bool:
    """Whether an area, a period or a stop comes before any noun: "adoptions rose to 25 in 2019"."""
    if any(a.start <= at < a.end for a in c.sentence.areas) or any(p.start <= at < p.end for p in c.sentence.periods):
        return True
    return passed == 0 and _STOPS.search(c.text, after, at) is not None and not _SHUTS.fullmatch(c.text, after, at)


def _by_word(c: Candidate, word: str, after: int) -> bool | None:
    """What people, things or a verb behind a number say of it; None for other words."""
    if word in _words("people"):
        return not c.counts_a_whole_cohort or _named_after(c, after) or named_before(c)
    if word in _words("things"):
        return False
    if word in _words("verbs"):
        return named_before(c) or _lives_on(c)
    return None


def _named_after(c: Candidate, after: int) -> bool:
    """Whether the cohort is named behind a place of the clause."""
    return any(n in c.wording.concepts and s >= after and e <= c.clause.end for s, e, n in c.sentence.concepts)


def after_named(c: Candidate) -> int:
    """The character after the words that name the cohort behind a number; the number's own end where none do."""
    end = c.number.end
    return next((e for s, e, n in c.sentence.concepts if n in c.wording.concepts and end <= s <= end + 2), end)


def after_group(c: Candidate) -> int:
    """The character after the group of a number, its unit and the brackets that restate it."""
    sentence, clause, number = c.sentence, c.clause, c.number
    opened = re.match(r"\s*\(", sentence.text[past_unit(sentence.text, number.end) :])
    shut = sentence.text.find(")", clause.last) + 1
    if opened and clause.numbers[0] is number and clause.last > number.end and 0 < shut <= clause.end:
        return shut  # "1,580 (381.5 per 10,000, 0-17 population) children in need"
    end = past_unit(sentence.text, clause.last)
    m = re.match(r"\s*(?:children |young people )?\([^()]*\)", sentence.text[end:])
    if m and not any(c.isdigit() for c in m.group()) and m.end() < 40 and end + m.end() <= clause.end:
        return end + m.end()  # "2,108 children (DfE definition) had been identified"
    while m and end + m.end() <= clause.end and any(c.isdigit() for c in m.group()):
        end += m.end()
        m = re.match(r"\s*\([^()]*\)", sentence.text[end:])
    closing = re.match(r"\s*\)", sentence.text[end:])
    return end + closing.end() if closing else end


def _lives_on(c: Candidate) -> bool:
    """ "31 live in residential homes", "17 are at university": the verb's own phrase says what is counted."""
    own = {n for s, e, n in c.sentence.concepts if s >= c.clause.last and e <= c.clause.end}
    return bool(own & c.wording.concepts)


def _dated_label(sentence: Sentence, start: int, number: Number) -> bool:
    """ "Children in care: March 2021 – 500": a label, its date and a dash."""
    dates = [p for p in sentence.periods if start <= p.start and p.end <= number.start]
    if len(dates) != 1:
        return False
    before, behind = sentence.text[start : dates[0].start], sentence.text[dates[0].end : number.start]
    return re.fullmatch(r"\s*[:–-]\s*", before) is not None and re.fullmatch(r"\s*[:–-]\s*", behind) is not None


_NUMBER_OF = re.compile(
    r"\b(?:numbers?|total|count|volumes?|cohort|caseload|population) (?:of|for|in|being|with|subject|who|open)\b|\bnumbers\b|\btotal\b|\bpopulation\b",
    re.IGNORECASE,
)
_OTHER_THINGS = re.compile(
    r"\b(?:cases|families|households|staff|posts|carers|homes|schools|audits|calls|workers|visits)\b", re.IGNORECASE
)
_SERVICE = re.compile(r"(?:help|intervention|support|service|services|offer|protection)$", re.IGNORECASE)
_COMES_TO = re.compile(
    r"\b(?:is|are|was|were|at|to|from|of|stands?|stood|totall?ed|number(?:s|ed)?|came to|comes to|amount(?:s|ed) to|reached|rose|fell|remains?|increased|decreased|reduced)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"[\s:=(–-]*")


def named_before(c: Candidate) -> bool:
    """ "The number of children in care was 501", "Children in care: 501", "adoptions (25)"."""
    sentence, clause, number, wording, how = c.sentence, c.clause, c.number, c.wording, c.how
    before = [
        (s, e, n)
        for s, e, n in sentence.concepts
        if e <= number.start and s >= (clause.start if how != "sentence" else 0)
    ]
    named = [(s, e, n) for s, e, n in before if n in wording.concepts]
    if not named:
        other = how == "heading" and _OTHER_THINGS.search(sentence.text[: number.start])
        return how in ("of_list", "of_whom", "heading", "list_lead") and not other
    s, e, _ = named[-1]
    between = sentence.text[e : number.start]
    if _LABEL.fullmatch(between) or _dated_label(sentence, e, number):
        return True
    if _SERVICE.search(sentence.text[s:e]) and not _NUMBER_OF.search(sentence.text[max(clause.start, s - 60) : s]):
        return False
    if sentence.unexplained(e, number.start):
        return False
    lead = sentence.text[max(clause.start, s - 60) : s]
    return any(
        pattern.search(words) for pattern, words in ((_NUMBER_OF, lead), (_NUMBER_OF, between), (_COMES_TO, between))
    )
