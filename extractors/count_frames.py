"""Step mentions -> statements: whether a bare number counts the cohort that its clause names.

A percentage says what it is by its sign; a bare number only by its noun. "501 children in care", "the number of children in
care was 501", "25 adoption orders" count the cohort; "12 social workers for children in care" does not.
"""

from __future__ import annotations

import re

from extractors.clauses import Clause, past_unit
from extractors.indicators import (
    Wording,
    cohort_concepts,
    concept_bits,
    indicators_listed,
    neutral_concepts,
    parts_of_cohorts,
    whole_cohorts,
)
from extractors.lexicon import lookup, plain_word
from extractors.parts_of_whole import is_part_of_cohort
from extractors.sentences import Sentence
from schemas.records import Number

_NUMBER_OF = re.compile(
    r"\b(?:numbers?|total|count|volumes?|cohort|caseload|population) (?:of|for|in|being|with|subject|who|open)\b|\bnumbers\b|\btotal\b|\bpopulation\b",
    re.IGNORECASE,
)


_RATE_OF = re.compile(r"\brates? (?:of|is|was|at) (?:about |around |just )?$", re.IGNORECASE)
_OF_THEM = re.compile(r"\W*(?:out )?of (?:all |the |these |those )", re.IGNORECASE)
_WENT_ON = re.compile(
    r"\s*\(\s*[\d.]+ ?(?:%|per ?cent)\s*\)\s*(?:went|led|resulted|progressed|ended)\b",
    re.IGNORECASE,
)
_OF_THESE = re.compile(r"\s*of (?:these|those)\s+", re.IGNORECASE)
_STAFF = re.compile(r"\s+(?:workers?|staff|practitioners?|officers?|posts?|teams?|hubs?|managers?)\b", re.IGNORECASE)
_OF_SO_MANY = re.compile(r"\s*(?:[\w'’-]+\s+){1,5}out of (?:a total of |the |all )?\d", re.IGNORECASE)
_OTHER_THINGS = re.compile(
    r"\b(?:cases|families|households|staff|posts|carers|homes|schools|audits|calls|workers|visits)\b", re.IGNORECASE
)
_FOR_SO_LONG = re.compile(
    r"\s*(?:continuously )?for (?:more than|over|at least|longer than|less than|under) ", re.IGNORECASE
)
_SERVICE = re.compile(r"(?:help|intervention|support|service|services|offer|protection)$", re.IGNORECASE)


def _words(name: str) -> frozenset[str]:
    return frozenset(plain_word(w) for w in lookup("count_words.yaml")[name].split())


def counts_cohort(sentence: Sentence, clause: Clause, number: Number, wording: Wording, how: str) -> bool:
    """Whether a bare number is a count of what its wording names."""
    if number.unit is not None:
        return True
    rest = [n.start for n in clause.numbers if n.start > number.end]
    if rest and any(n in wording.concepts and number.end <= s and e <= rest[0] for s, e, n in sentence.concepts):
        return True  # "1,580 children in need (381.5 per 10,000, 0-17 population)"
    if _MAINTAINS.search(sentence.text[: number.start]):
        return True  # "we maintain 2,486 plans"
    if wording.indicator in whole_cohorts() and (
        is_part_of_cohort(sentence, clause, number, wording) or not _whole(sentence, clause, number, wording)
    ):
        return False
    if _part_named_behind_base(sentence, clause, number, wording):
        return True
    if number.value and re.search(
        r"\b(?:within|(?:(?<!reporting )(?<!financial )(?<!academic )(?<!calendar )(?<!the )(?<!last )(?<!past )(?<!this )(?<!previous )years?|stages?|phases?|levels?|tiers?|grades?)(?: \w+ (?:to|and))?)\s*$",
        sentence.text[: number.start],
        re.IGNORECASE,
    ):
        return False
    if _RATE_OF.search(sentence.text[: number.start]):
        return False  # "the rate of 36 is among the lowest": no children are counted
    if re.match(r"\s*(?:out of|other)\b", sentence.text[number.end :]):
        return False
    if _OF_THEM.match(sentence.text[clause.start : number.start]) and _WENT_ON.match(sentence.text, number.end):
        return False  # "Out of the year's referrals 1,891 (82%) went on to an assessment"
    shared = [n for n in clause.numbers if n.unit == "percent" and n.end <= number.start]
    if wording.indicator in whole_cohorts() and shared and any(n.role == "base" for n in clause.numbers):
        return False  # "36% (122) of the 338 children were in care"
    if wording.indicator in whole_cohorts() and _OF_SO_MANY.match(sentence.text, number.end):
        return False  # "1,984 plans out of 2,640 had been through a review"
    if _restricted(sentence, clause, wording) or _part_of_base(sentence, clause, number, wording):
        return False
    share = _IS_A_SHARE.match(sentence.text, _after_named(sentence, clause, number, wording))
    if wording.indicator in whole_cohorts() and share and not _is_the_part(sentence, share.end(), wording):
        return False
    if number.value == 0 and number.words and _measured_before(sentence, clause, number, wording):
        return False  # "a good school in or out of the borough and no children attend an inadequate one"
    if how == "sentence" and _THE_FIGURE_IS.search(sentence.text[clause.start : number.start]):
        return True  # "asked about children on plans, the director said that the figure was 88"
    people, passing, verbs, things = (_words(k) for k in ("people", "passing", "verbs", "things"))
    after = _after_group(sentence, clause, number)
    skipped = 0
    for w, s, e in sentence.words:
        if s < after:
            continue
        if s >= clause.end:
            break
        here = [n for a, b, n in sentence.concepts if a <= s < b]
        concept = next((n for n in here if n in wording.concepts), here[0] if here else None)
        if "other_worker" in here and "other_worker" not in wording.concepts:
            return False  # "two educational psychologists who see pupils placed out of the borough"
        if concept is not None and concept_bits([concept]) & neutral_concepts():
            continue
        if concept is not None:
            if re.match(r"\s*of (?:the|our|these|those|all)\b", sentence.text[after:]) and _named_after(
                sentence, clause, e, wording
            ):
                return True  # "38 of the children in care were unaccompanied"
            if wording.indicator in indicators_listed("orders_made") and _OF_THESE.fullmatch(sentence.text, after, s):
                return False  # "six of these special guardianship orders were made to foster carers"
            of_them = re.fullmatch(r"\s*of (?:the|our|these|those)\s+", sentence.text[after:s]) and not _IS.match(
                sentence.text, s
            )  # but "48 of these were unaccompanied"
            if of_them and concept in wording.concepts and wording.indicator in whole_cohorts():
                return False  # "they took 2,205 of the contacts"
            if concept in wording.concepts and _STAFF.match(sentence.text, _concept_end(sentence, s)):
                return False  # "15 family support workers"
            if concept in wording.concepts and skipped == 0 and _PLACES.fullmatch(_concept_text(sentence, s)):
                return False  # "the authority runs seven children's homes"
            if concept in wording.concepts:
                return how != "sentence" or skipped < 3
            return wording.indicator not in whole_cohorts() and bool(concept_bits([concept]) & cohort_concepts())
        if skipped == 0 and any(a.start <= s < a.end and a.kind in ("own", "authority") for a in sentence.areas):
            continue  # "22 Gateshead care leavers at university"
        if any(a.start <= s < a.end for a in sentence.areas) or any(p.start <= s < p.end for p in sentence.periods):
            return _named_before(sentence, clause, number, wording, how)
        between = sentence.text[after:s]
        if skipped == 0 and re.search(r"[;:,.)]", between) and not re.fullmatch(r"\s*\)\s*", between):
            return _named_before(sentence, clause, number, wording, how)
        if w in people and sentence.text[s:e].endswith(("’s", "'s")):
            continue  # "six children's plans" counts plans
        if w in people:
            whole = wording.indicator in whole_cohorts()
            return (
                not whole
                or _named_after(sentence, clause, after, wording)
                or _named_before(sentence, clause, number, wording, how)
            )
        if w in things:
            return False
        if w in verbs:
            return _named_before(sentence, clause, number, wording, how) or _lives_on(wording, sentence, clause)
        if w not in passing or skipped >= 4:
            return False
        skipped += 1
    return _named_before(sentence, clause, number, wording, how)


_MAINTAINS = re.compile(r"\bmaintain(?:s|ed|ing)?\s+$", re.IGNORECASE)
_THE_FIGURE_IS = re.compile(
    r"^\W*(?:that )?the (?:figure|number|total)\b(?: \w+){0,5} (?:is|was|stood at|stands at)\s+$", re.IGNORECASE
)
_IS = re.compile(r"(?:is|are|was|were|became|become|led|progressed|resulted|went)\b", re.IGNORECASE)
_HAS_VERB = re.compile(r"\b(?:is|are|was|were|has|have|had|became|stood|stands|rose|fell)\b", re.IGNORECASE)
_MAIN_VERB_LATER = re.compile(r",[^,;:.]*,\s*(?:is|are|was|were|has|have|had)\b", re.IGNORECASE)
_INCLUDED = re.compile(r"\b(?:include[sd]?|including)\s*$", re.IGNORECASE)
_OBJECT = re.compile(
    r"\b(?:work(?:s|ed|ing)?(?: closely| directly| intensively)? with|support(?:s|ed|ing)?|spoke (?:to|with)|(?<!caring )(?<!care )(?<!cared )for|by|involv\w+|reach\w+|helped|includ\w+|seen|saw|visited|interview\w+|met(?: with)?|"
    r"made|submitted|generated|accounted for|further|additional|other|another|remaining|these|those|relat\w+ to|respect of|affecting|on behalf of|to all|each of|only of)\s*(?:around |about |approximately |over |nearly |just |some |the |a total of )*$",
    re.IGNORECASE,
)


def _dated_before(sentence: Sentence, at: int) -> bool:
    """ "September 2022 saw 843 children in care": nobody but the month."""
    return any(0 <= at - p.end <= 2 for p in sentence.periods)


def _whole(sentence: Sentence, clause: Clause, number: Number, wording: Wording) -> bool:
    """A whole cohort is counted where nothing further is said of those counted: "35 children who are looked after attend
    part time" counts a part of it."""
    after = _after_group(sentence, clause, number)
    led = [s for s, e, n in sentence.concepts if n in wording.concepts and 0 <= clause.first - e <= 2]
    before = sentence.text[: min([clause.first, *led])]
    if wording.indicator in parts_of_cohorts():
        before = _INCLUDED.sub("", before)
    seen = _OBJECT.search(before)
    if seen and not (seen.group().startswith(("saw", "seen")) and _dated_before(sentence, seen.start())):
        return False
    starts = [s for s, e, n in sentence.concepts if n in wording.concepts and s >= after and e <= clause.end]
    if starts and sentence.unexplained(after, starts[0]):
        return False
    named = [e for s, e, n in sentence.concepts if n in wording.concepts and s >= after and e <= clause.end]
    start = named[0] if named else after
    if re.match(
        r"\s*,?\s*or\b(?!\s*(?:an? )?(?:rate of )?[\d.,]+ ?(?:%|per ?cent|(?:children )?(?:per|in every|for every) 10,?000))",
        sentence.text[start:],
    ):
        return False
    if re.match(r"\s*and (?:is|are|was|were|has|have) now\b", sentence.text[start:]):
        return False  # "4 children have ceased to be looked after and are now living in houses of multiple occupation"
    aside = re.match(r"\s*\([\d.,% ]+\)", sentence.text[start:])
    start += aside.end() if aside else 0
    stop = re.compile(
        r"[,;:(–]|\s[-—]\s|\b(?:which|reflecting|because|due|following|despite|and that|relating|involving|concerning|or [\d.,]+ ?(?:%|per ?cent)|reported to|for [\d,]+ (?:children|young people))\b"
    ).search(sentence.text, start, clause.end)
    end = stop.start() if stop else clause.end
    if sentence.unexplained(start, end):
        return False
    # "400 children in need cases, some of them old, are still awaiting an assessment": a part of the cohort waits
    later = (
        _MAIN_VERB_LATER.match(sentence.text, end) if not _HAS_VERB.search(sentence.text[clause.start : end]) else None
    )
    return later is None or not sentence.unexplained(later.end(), clause.end)


_IS_A_SHARE = re.compile(
    r"\s*\(\s*[\d.]+ ?(?:%|per ?cent)\s*\)\s*(?:who |which )?(?:is|are|was|were|has|have|had|live|lived|remain|did|do)\b",
    re.IGNORECASE,
)


def _is_the_part(sentence: Sentence, at: int, wording: Wording) -> bool:
    """ "46 (8.2%) are unaccompanied": the verb that follows the share says nothing but that they are the cohort."""
    return wording.indicator in parts_of_cohorts() and any(
        n in wording.concepts and s <= at < e for s, e, n in sentence.concepts
    )


def _after_named(sentence: Sentence, clause: Clause, number: Number, wording: Wording) -> int:
    """The character after the words that name the cohort behind a number; the number's own end where none do."""
    return next(
        (e for s, e, n in sentence.concepts if n in wording.concepts and number.end <= s <= number.end + 2), number.end
    )


def _part_of_base(sentence: Sentence, clause: Clause, number: Number, wording: Wording) -> bool:
    """ "three of the 41 children who were adopted": what names the cohort stands behind the base, which counts it."""
    base = next((n for n in clause.numbers if n.role == "base" and n.start > number.end), None)
    if base is None or number.role != "quantity":
        return False
    beside = {
        n for s, _, n in sentence.concepts if base.end <= s and _MERE_PEOPLE.fullmatch(sentence.text[base.end : s])
    }
    return wording.concepts <= beside


def _part_named_behind_base(sentence: Sentence, clause: Clause, number: Number, wording: Wording) -> bool:
    """ "18 of the 628 children in care are unaccompanied": the part is named behind its whole."""
    base = next((n for n in clause.numbers if n.role == "base" and n.start > number.end), None)
    if base is None or wording.indicator not in parts_of_cohorts():
        return False
    return any(
        n in wording.concepts
        and e <= clause.end
        and (base.end + 2 < s or (base.end < s and _IS.match(sentence.text, s)))
        for s, e, n in sentence.concepts
    )


def _restricted(sentence: Sentence, clause: Clause, wording: Wording) -> bool:
    """ "four children are living with foster carers who are being assessed": a relative clause makes a part of the cohort."""
    named = [e for s, e, n in sentence.concepts if n in wording.concepts and s >= clause.last and e <= clause.end]
    if not named:
        return False
    if wording.indicator in whole_cohorts() and _FOR_SO_LONG.match(sentence.text, named[-1]):
        return True  # "the 143 children who have been looked after for more than 2.5 years"
    m = re.match(r"\s*(?:\([^()]*\))?\s*(?:who|that|whose) ", sentence.text[named[-1] :])
    return m is not None and bool(sentence.unexplained(named[-1], clause.end))


_MERE_PEOPLE = re.compile(r"\s*(?:(?:children|and|young people|who were|who are) ?)*", re.IGNORECASE)
_PLACES = re.compile(
    r"(?!in\b|with\b|(?:child|children|young people)\b(?!['’])|live|living|placed|is\b|are\b|was\b|were\b).*\b(?:homes?|schools?|placements?|carers?|family|families)",
    re.IGNORECASE,
)


def _concept_end(sentence: Sentence, at: int) -> int:
    return next((e for s, e, _ in sentence.concepts if s <= at < e), at)


def _concept_text(sentence: Sentence, at: int) -> str:
    return next((sentence.text[s:e] for s, e, _ in sentence.concepts if s <= at < e), "")


def _named_after(sentence: Sentence, clause: Clause, after: int, wording: Wording) -> bool:
    return any(n in wording.concepts and s >= after and e <= clause.end for s, e, n in sentence.concepts)


def _measured_before(sentence: Sentence, clause: Clause, number: Number, wording: Wording) -> bool:
    """Whether what is measured of the cohort stands before the number and not behind it."""
    cohorts = cohort_concepts()
    measured = [(s, n) for s, _, n in sentence.concepts if n in wording.concepts and not concept_bits([n]) & cohorts]
    here = [s for s, _ in measured if clause.start <= s < clause.end]
    return bool(here) and max(here) < number.start


def _after_group(sentence: Sentence, clause: Clause, number: Number) -> int:
    """The character after the group of a number, its unit and the brackets that restate it."""
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


def _lives_on(wording: Wording, sentence: Sentence, clause: Clause) -> bool:
    """ "31 live in residential homes", "17 are at university": the verb's own phrase says what is counted."""
    own = {n for s, e, n in sentence.concepts if s >= clause.last and e <= clause.end}
    return bool(own & wording.concepts)


def _dated_label(sentence: Sentence, start: int, number: Number) -> bool:
    """ "Children in care: March 2021 – 500": a label, its date and a dash."""
    dates = [p for p in sentence.periods if start <= p.start and p.end <= number.start]
    if len(dates) != 1:
        return False
    before, behind = sentence.text[start : dates[0].start], sentence.text[dates[0].end : number.start]
    return re.fullmatch(r"\s*[:–-]\s*", before) is not None and re.fullmatch(r"\s*[:–-]\s*", behind) is not None


def _named_before(sentence: Sentence, clause: Clause, number: Number, wording: Wording, how: str) -> bool:
    """ "The number of children in care was 501", "Children in care: 501", "adoptions (25)"."""
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
    if re.fullmatch(r"[\s:=(–-]*", between) or _dated_label(sentence, e, number):
        return True
    if _SERVICE.search(sentence.text[s:e]) and not _NUMBER_OF.search(sentence.text[max(clause.start, s - 60) : s]):
        return False
    if sentence.unexplained(e, number.start):
        return False
    lead = sentence.text[max(clause.start, s - 60) : s]
    return (
        _NUMBER_OF.search(lead) is not None
        or _NUMBER_OF.search(between) is not None
        or re.search(
            r"\b(?:is|are|was|were|at|to|from|of|stands?|stood|totall?ed|number(?:s|ed)?|came to|comes to|amount(?:s|ed) to|reached|rose|fell|remains?|increased|decreased|reduced)\b",
            between,
            re.IGNORECASE,
        )
        is not None
    )
