"""Step mentions -> statements: each number of a passage to the indicator, area, period and kind that the words give it.

A number's own clause is asked first; then what it belongs to: the number whose share it is ("of whom"), the passage that
opens its list, the words left of it, the number before it (only when nothing but glue stands between), the sentence before
and the headings. A clause with a word that nothing explains does not carry on: precision first.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extractors.clause_context import area_of_clause, kind_of_number, period_of_clause
from extractors.clauses import Clause, bits_end, core_end, past_unit, reported_from, sentence_to_clauses
from extractors.count_frames import counts_cohort
from extractors.indicators import (
    Wording,
    any_timescale,
    bits_of_indicator,
    cohort_bits,
    cohort_concepts,
    concept_bits,
    indicator_named,
    neutral_concepts,
    parts_of_cohorts,
    place_concepts,
    prose_needs,
    sections_barred,
    wording_of_unit,
    wordings_met,
)
from extractors.respective import Share, bracketed_row, respective_shares, row_to_shares
from extractors.sentences import Sentence
from extractors.vetoes import veto_of_number
from schemas.records import AreaMention, Number, PeriodMention

_ANAPHORA = re.compile(
    r"^\W*(?:this|these|those|it|the (?:figure|rate|number|numbers|proportion|percentage|same|latest|average|current|most recent|national|England|overall|equivalent|comparable|position|performance)|"
    r"that|both|of these|of those|of this|of whom|of which|of the \d[\d.,]*|at \d[\d.,]*|performance|by comparison|in comparison|nationally|however|in \w+ \d{4}|compared|similarly|a (?:reduction|decrease|rise|further)|an (?:increase|improvement)|"
    r"for [A-Z][^,;.]{3,40} the (?:equivalent|figure|rate|number|comparable)|statistical neighbours|england|in 20\d\d|the local authority|our|now|currently|[^,]{3,40}, (?:this|it|these|that))\b",
    re.IGNORECASE,
)


_VERB_FOLLOWS = re.compile(
    r"^[\s%)]*(?:live|lives|lived|living|are|is|were|was|have|had|has|remain|remained|returned|moved|went)\b",
    re.IGNORECASE,
)
_COMPARED_IN_BRACKET = re.compile(r"[^()]*\b(?:compared|against|versus|vs)\b[^()]*\d")
_FINITE_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|live|lived|achieved|took|went|remained|received)\b", re.IGNORECASE
)
_FROM_AFAR = frozenset({"heading", "topic", "previous_sentence", "list_lead"})
_WHICH_IS = re.compile(
    r"\s*,\s*(?:or|which (?:is|was|represents|represented|equates to|equated to)) (?:about |around |just )*",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-z]{3,}")
_POINTS = re.compile(r"\s*(?:percentage )?points?\b", re.IGNORECASE)
_RATE = re.compile(r"\brates?\b", re.IGNORECASE)
_IN_EVERY = re.compile(r"\s*(?:children )?(?:in|for|out of|of) (?:every|each) (?:10,?000|ten thousand)", re.IGNORECASE)
_IT_WAS = re.compile(r"\b(?:it|this|the figure|the rate) (?:was|is|stood at|stands at|had been)\b", re.IGNORECASE)
_WHEN_IT_WAS = re.compile(r"^\W*when (?:it|this|the \w+|they) (?:was|were|stood)\b", re.IGNORECASE)
_TARGET_TOO = re.compile(r"\btargets?,?\s+(?:and )?(?:the )?(?:both )?$", re.IGNORECASE)
_SAME_AGAIN = re.compile(r"\bthe same (?:rate|number|proportion|percentage|figure|level|share) of\s*$", re.IGNORECASE)
_OF_SOME = re.compile(
    r"\W*of (?:the |these |those |about |around |approximately |some |over |nearly )*[\d\w]", re.IGNORECASE
)
_THIS_GROUP = re.compile(r"\bof (?:this|that) (?:group|cohort)\b", re.IGNORECASE)
_OWN_TARGET = re.compile(
    r"\b(?:our|its|the council's|the council’s|local|own)\b[^,;()]{0,30}\b(?:target|ambition|aim|goal)", re.IGNORECASE
)
_RATE_IS = re.compile(
    r"\brates?\b[^\d,;(]*\b(?:is|was|were|are|at|to|from|of|being|reached)\s+(?:about |around |approximately |just |now )*$|\brates?\b[^\d,;(.]*[:=–-]\s*$",
    re.IGNORECASE,
)
_NO_NOUN = re.compile(
    r"\s*(?:$|[,;.()]|and\b|in\b|at\b|compared|against|which|while|up\b|down\b|from\b|above|below|well\b|higher|lower|for\b|as\b)",
    re.IGNORECASE,
)
_SAID_ALREADY = re.compile(
    r"\b(?:is|are|was|were|been) \w+(?: \w+){0,2} (?:in|for|on|with) (?:about |around |over |some )?$", re.IGNORECASE
)
_IN_ONE_ROW = re.compile(r"\s*(?:%|per ?cent)?\s*(?:,|and|,\s*and|&)\s*", re.IGNORECASE)
_OWN_NOUN = re.compile(r"\b(?:children|child|young people|care leavers|number|total)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Bound:
    """A number and what it states: `how` is the rule that tied it to its indicator."""

    number: Number
    sentence: Sentence
    indicator: str
    areas: tuple[AreaMention, ...]
    period: PeriodMention | None
    kind: str
    how: str
    rolling: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """A number that states no figure here, and its disposition."""

    number: Number
    sentence: Sentence
    disposition: str


@dataclass(slots=True)
class State:
    """What a reader carries from sentence to sentence of one passage, and from a list's lead to its items."""

    period: PeriodMention | None = None
    indicator: str | None = None
    bits: int = 0
    cohort: int = 0  # of the list's lead
    antecedent: int = 0  # of the sentence before
    row: tuple[int, ...] = ()  # the measures that the sentence before stated, in order
    value: tuple[str, float | None] | None = None  # the indicator and value stated last
    rolling: bool = False
    sizes: dict[str, float] = field(default_factory=dict)
    said: int = 0  # the concepts of the whole passage so far
    elsewhere: bool = False  # the passage speaks of another service, to which children are referred too
    lead_bits: int = 0
    heading_bits: int = 0
    topic: int = 0  # the cohort that the passage, or the section it stands in, speaks of
    passage_topic: int = 0  # the same, of the passage alone
    heading_period: PeriodMention | None = None
    section_bits: int = 0  # of all headings above
    heading_leads: bool = False  # the list stands right below a heading
    of_list: bool = False
    listed: bool = False  # an item of a list
    first: bool = True


def sentence_to_bindings(sentence: Sentence, state: State) -> list[Bound | Refused]:
    """One sentence and what the reader carries -> what each of its numbers that may state a figure does state.

    Updates `state` for the next sentence.
    """
    results: list[Bound | Refused] = []
    if not says_anything(sentence):
        return [Refused(n, sentence, "no_indicator") for n in sentence.numbers if n.role in ("quantity", "base")]
    said = sentence.text[reported_from(sentence.text) :].lstrip()
    anaphoric = state.first or _ANAPHORA.match(said) is not None or _only_glue(sentence)
    walk = _Walk(sentence, state, anaphoric)
    clauses = sentence_to_clauses(sentence)
    shares = respective_shares(sentence, clauses, state.row)
    for i, clause in enumerate(clauses):
        walk.following = clauses[i + 1] if i + 1 < len(clauses) else None
        if i not in shares and (row := bracketed_row(sentence, clauses, i)):
            shares.update(walk.row_to_shares(clause, row))
        results.extend(walk.read(clause, shares.get(i)))
    walk.leave()
    return results


def says_anything(sentence: Sentence) -> bool:
    """False for the labels of a chart's axis and for a row of figures that no table reader took: numbers without words, or
    numbers with nothing but white space between them, are tied to nothing by grammar."""
    if not _WORD.search(sentence.text):
        return False
    free = [n for n in sentence.numbers if n.role in ("quantity", "base")]
    return not any(
        not sentence.text[past_unit(sentence.text, a.end) : b.start].strip(" \u00a0|\t")
        for a, b in itertools.pairwise(free)
    )


def _only_glue(sentence: Sentence) -> bool:
    """A sentence that names nothing carries on with what the one before named."""
    return not sentence.names_between(0, len(sentence.text)) and not sentence.unexplained(0, len(sentence.text))


class _Walk:
    """The reading of one sentence from left to right."""

    def __init__(self, sentence: Sentence, state: State, anaphoric: bool) -> None:
        self.sentence = sentence
        self.state = state
        self.anaphoric = anaphoric
        self.indicator = state.indicator if anaphoric else None
        self.inherited = self.indicator is not None
        self.antecedent_cohort = state.antecedent if (anaphoric or state.of_list) else 0
        self.own_period: PeriodMention | None = None
        self.compared_period: PeriodMention | None = None
        self.last_areas: tuple[AreaMention, ...] = ()
        self.last_prior = False
        self.last_opened: str | None = None
        self.share: Share | None = None
        self.following: Clause | None = None
        self.core = 0
        self.row: list[int] = []
        self.compares = False  # the number before only said how far two areas or years are apart
        self.bracket_areas: tuple[AreaMention, ...] = ()
        self.of_others = False  # "357 children of some other kind, of whom 14 ..., 46 are in need, 26 have plans"
        self.refused: Number | None = None  # the number of the clause before, where it states nothing
        self.main: Bound | None = None
        self.last_bound: Bound | None = None
        self.sizes = dict(state.sizes) if anaphoric else {}  # the count and the rate stated last
        self.rolling = state.rolling if anaphoric else False
        if any(p.form == "rolling" for p in sentence.periods) or "rolling" in sentence.text.lower():
            self.rolling = True

    def row_to_shares(self, clause: Clause, row: list[int]) -> dict[int, Share]:
        """What the numbers of one bracket are, by the measures stated before it: "17 adoptions and 24 orders in 2021/22
        (2020/21: 12 and 31)"."""
        areas = area_of_clause(self.sentence, clause)
        period = period_of_clause(self.sentence, clause)
        return row_to_shares(row, tuple(self.row) or self.state.row, areas[0] if areas else None, period)

    def read(self, clause: Clause, share: Share | None = None) -> list[Bound | Refused]:
        """One clause, and what `respectively` gives it -> what its numbers state."""
        sentence = self.sentence
        if share is not None and not share.found:
            return [Refused(n, sentence, "ambiguous") for n in clause.numbers]
        self.share = share
        areas = area_of_clause(sentence, clause)
        if share is not None and share.area is not None:
            areas = (share.area,)
        if clause.bracketed and areas and _COMPARED_IN_BRACKET.search(sentence.text, clause.last, clause.last + 40):
            # "higher than in similar authorities (113 compared to 96)": first the own value, then theirs
            self.bracket_areas, areas = areas, ()
        elif clause.bracketed and not areas and clause.opened_by == "compare" and self.bracket_areas:
            areas = self.bracket_areas
        foreign = any(a.kind != "own" for a in areas)
        core = core_end(sentence, clause)
        self.core = core
        glue = not sentence.unexplained(clause.start, core) and (
            self.indicator in any_timescale() or not sentence.measures_by(clause.start, core)
        )
        if (
            not areas
            and glue
            and clause.opened_by == "and"
            and any(a.kind != "own" for a in self.last_areas)
            and period_of_clause(sentence, clause)
        ):
            areas, foreign = self.last_areas, True
        if not areas and glue and {clause.opened_by, self.last_opened} == {"up_from", "to"} and not clause.bracketed:
            areas = self.last_areas  # "the rate for England rose from 507.1 to 552.8"
            foreign = any(a.kind != "own" for a in areas)
        self.last_opened = clause.opened_by
        prior = not foreign and (
            clause.opened_by in ("up_from", "compare") or (self.last_prior and clause.opened_by == "and" and glue)
        )
        period = share.period if share is not None and share.period else self._period(clause, foreign, prior)
        out: list[Bound | Refused] = []
        bound_here: Bound | None = None
        for number in clause.numbers:
            if number.role == "base":
                out.append(Refused(number, sentence, "base"))
                continue
            got = self._number(clause, number, areas, foreign, glue, period)
            out.append(got)
            if isinstance(got, Bound) and got.kind != "change" and got.number.unit in (None, "per_10000"):
                self.sizes[indicator_named(got.indicator).unit] = number.value or 0.0
            if isinstance(got, Bound) and foreign and areas and _TARGET_TOO.search(sentence.text[: areas[0].start]):
                # "the target, national and regional averages (all at 10 per cent)"
                out.append(replace(got, areas=(), kind="target"))
            if isinstance(got, Bound) and bound_here is None:
                bound_here = got
        if bound_here is not None:
            self.indicator, self.inherited = bound_here.indicator, False
            if not foreign and not prior:
                self.row.append(bits_of_indicator(bound_here.indicator))
            self.antecedent_cohort = cohort_bits(bound_here.indicator)
            self.last_bound = bound_here
            if not prior and not foreign and (self.main is None or clause.opened_by == "to"):
                self.main = bound_here
        elif not clause.bracketed and any(n.role == "quantity" for n in clause.numbers):
            self.antecedent_cohort = 0
            of_another = any(n.unit in ("percent", "per_10000") for n in clause.numbers)
            moved = all(
                n.unit == "points" or _POINTS.match(sentence.text, n.end) for n in clause.numbers
            )  # "88%, up 3 points on quarter 1 (85%)"
            if not moved and (not glue or of_another or sentence.names_between(clause.start, clause.end)):
                self.indicator = None
        unnamed = bound_here is None and not sentence.names_between(clause.start, clause.end)
        said = sentence.text[clause.start : clause.end]
        if unnamed and _OF_SOME.match(said) and _OWN_NOUN.search(said):
            self.of_others = True  # "of 40 young people worked with, two have become looked after"
        self.last_areas = areas
        self.last_prior = prior
        self.refused = clause.numbers[-1] if bound_here is None and clause.numbers[-1].role == "quantity" else None
        return out

    def _number(
        self,
        clause: Clause,
        number: Number,
        areas: tuple[AreaMention, ...],
        foreign: bool,
        glue: bool,
        period: PeriodMention | None,
    ) -> Bound | Refused:
        sentence = self.sentence
        if any(a.kind == "other" for a in areas):
            return Refused(number, sentence, "other_cohort")
        kind = kind_of_number(sentence, clause, number)
        if kind == "change" and self._means_from(clause, number):
            kind = "actual"
        points = number.unit == "points" or _POINTS.match(sentence.text, number.end) is not None
        apart = points and (foreign or clause.opened_by == "compare")
        if kind == "comparison" or apart or (self.compares and clause.opened_by == "to"):
            self.compares = True
            return Refused(number, sentence, "comparison")
        self.compares = False
        unit = self._unit(clause, number)
        if points:
            unit = "percent"
        if kind == "target" and foreign and _OWN_TARGET.search(sentence.text[clause.start : number.start]):
            areas, foreign = (), False  # "above England (60%) and our target of 65%"
        found = self._indicator(clause, number, unit, foreign, glue)
        if found is None:
            return Refused(number, sentence, "no_indicator")
        wording, how = found
        if not self._in_its_prose(wording, clause):
            return Refused(number, sentence, "no_indicator")
        veto = veto_of_number(sentence, clause, number, wording, how)
        if veto:
            return Refused(number, sentence, veto)
        if kind == "change" and unit is None and indicator_named(wording.indicator).unit != "count":
            return Refused(number, sentence, "no_indicator")  # "three additional psychologists" after a percentage
        if self._too_small(areas, kind, unit, number, wording):
            return Refused(number, sentence, "ambiguous")
        if (
            indicator_named(wording.indicator).unit == "count"
            and number.value is not None
            and number.value % 1
            and number.value < 100_000
        ):
            return Refused(number, sentence, "no_indicator")
        if (
            unit is None
            and how not in ("carried", "carried_sentence")
            and (self.share is None or self.share.bits is None)
            and kind != "change"
            and not counts_cohort(sentence, clause, number, wording, how)
        ):
            return Refused(number, sentence, "no_indicator")
        if kind == "actual" and self._restates_a_refused(clause, number, areas, how):
            return Refused(number, sentence, "no_indicator")
        if self._contradicts(clause, number, areas, kind, how):
            return Refused(number, sentence, "ambiguous")
        loose = how.startswith("carried") and unit is None and not areas and kind not in ("change", "average")
        undated = period_of_clause(sentence, clause) is None and not _IT_WAS.search(
            sentence.text[clause.start : clause.first]
        )
        if loose and undated and clause.opened_by not in ("up_from", "to", "compare"):
            return Refused(number, sentence, "no_indicator")  # "22 in homes and 19 with their parents"
        entry = indicator_named(wording.indicator)
        if (
            kind == "actual"
            and how.startswith("carried")
            and self.last_bound is not None
            and self.last_bound.kind == "average"
            and (number.value or 0.0) < 4 * (self.last_bound.number.value or 0.0)
        ):
            kind = "average"
        if kind == "average" and (entry.measures != "flow" or entry.unit != "count"):
            kind = "actual"
        if how == "shared_predicate" and self.following is not None and period_of_clause(sentence, clause) is None:
            period = period_of_clause(sentence, self.following) or period
        return Bound(number, sentence, wording.indicator, areas, period, kind, how, self.rolling)

    def _too_small(
        self, areas: tuple[AreaMention, ...], kind: str, unit: str | None, number: Number, wording: Wording
    ) -> bool:
        """A region or a country does not count fewer than one authority in it: "372 children; regionally it is 92" is a rate
        that is not called one."""
        own = self.sizes.get("count")
        wide = bool(areas) and all(a.kind in ("region", "country", "neighbours") for a in areas)
        counted = unit is None and indicator_named(wording.indicator).unit == "count" and kind == "actual"
        if not wide or not counted or own is None or number.value is None:
            return False
        return number.value < (own / 3 if any(a.kind == "neighbours" for a in areas) else own)

    def _restates_a_refused(self, clause: Clause, number: Number, areas: tuple[AreaMention, ...], how: str) -> bool:
        """ "28 of them are aged 13 to 15 (38%)", "the averages were 454 and 196 days": what belongs to a number that states
        nothing states nothing either."""
        if self.refused is None or areas:
            return False
        if clause.opened_by in ("up_from", "to") and how in _FROM_AFAR and number.unit == self.refused.unit:
            return True  # "1,389 of another cohort, an increase from 1,374"
        if not how.startswith("carried"):
            return False
        if clause.bracketed and period_of_clause(self.sentence, clause) is None and number.unit == "percent":
            return True
        return _IN_ONE_ROW.fullmatch(self.sentence.text[self.refused.end : number.start]) is not None

    def _contradicts(self, clause: Clause, number: Number, areas: tuple[AreaMention, ...], kind: str, how: str) -> bool:
        """ "90%, 84% and 87%": a second value of one measure in one row, with no other area, period or kind, is of some
        other measure that the row does not name."""
        before = self.last_bound
        if before is None or how != "carried" or kind != "actual" or before.kind != "actual":
            return False
        between = self.sentence.text[before.number.end : number.start]
        return (
            _IN_ONE_ROW.fullmatch(between) is not None
            and (not areas or areas == before.areas)
            and period_of_clause(self.sentence, clause) is None
        )

    def _means_from(self, clause: Clause, number: Number) -> bool:
        """ "61.2% in 2018/19, a decrease of 67.5% in 2017/18": with a period of its own, and on the right side of the value
        before it, the number is what the value came from."""
        before = self.last_bound
        if (
            before is None
            or number.signed
            or before.number.unit != number.unit
            or before.number.value is None
            or number.value is None
        ):
            return False
        text = self.sentence.text[clause.start : number.start].lower()
        period = period_of_clause(self.sentence, clause)
        if period is None or period.form in ("now", "relative") or period.start < clause.last or before.period is None:
            return False
        if period.normal == before.period.normal or not re.search(r"\bof\s*$", text):
            return False
        falls = re.search(r"\b(?:decrease|reduction|fall|drop|decline|deterioration|dip) of\s*$", text) is not None
        return number.value > before.number.value if falls else number.value < before.number.value

    def _in_its_prose(self, wording: Wording, clause: Clause) -> bool:
        """Whether the passage names what the indicator asks of prose (referrals: that they are to social care)."""
        needed = prose_needs(wording.indicator)
        state = self.state
        if state.topic & sections_barred(wording.indicator) and not needed & self.sentence.bits:
            return False
        elsewhere = any(name == "veto:other_cohort" for _, _, name in self.sentence.cues) or state.elsewhere
        if needed and elsewhere and not needed & self.sentence.bits & ~bits_of_indicator(wording.indicator):
            return False  # "referrals have increased from 70 to 94", of a paragraph on the designated officer
        known = bits_of_indicator(wording.indicator) | needed | neutral_concepts()
        bare = not self.sentence.unexplained(clause.start, self.core) and not state.said & ~known
        if needed and wording.unit == "count" and bare:
            return True
        return not needed or bool(
            needed & (self.sentence.bits | state.said | state.lead_bits | state.heading_bits | state.section_bits)
        )

    def _unit(self, clause: Clause, number: Number) -> str | None:
        """The number's unit; one left out is that of the number before it ("16.5, compared with 18.7 in August"), or a
        rate's, days' or weeks' where the clause says so."""
        if number.unit is not None:
            return number.unit
        if self.share is not None and self.share.unit:
            return self.share.unit
        sentence = self.sentence
        if _IN_EVERY.match(sentence.text[number.end :]):
            return "per_10000"
        around = sentence.text[clause.start : clause.end]
        if _RATE_IS.search(sentence.text[clause.start : number.start]) and _NO_NOUN.match(sentence.text, number.end):
            named = sentence.bits_between(clause.start, bits_end(sentence, clause))
            if any(w.unit == "per_10000" for w in wordings_met(named, "per_10000", named)):
                return "per_10000"  # "the rate of children in care is 114"
        if re.search(r"\bper (?:10,?000|10k|ten thousand)\b", around, re.IGNORECASE) and len(clause.numbers) == 1:
            return "per_10000"
        if self.indicator is not None:
            unit = indicator_named(self.indicator).unit
            if (
                unit in ("percent", "per_10000", "days", "weeks")
                and not sentence.unexplained(clause.start, core_end(sentence, clause))
                and len(clause.numbers) == 1
            ):
                again = (
                    clause.bracketed and self._like_the_last(number) and period_of_clause(sentence, clause) is not None
                )
                carries = (
                    again
                    or "." in number.text
                    or _IT_WAS.search(around) is not None
                    or clause.opened_by in ("compare", "up_from", "to", "and")
                    or any(a.kind != "own" for a in area_of_clause(sentence, clause))
                    or self.inherited
                )
                high = indicator_named(self.indicator).maximum
                plausible = number.value is None or high is None or number.value <= high
                if (
                    carries
                    and plausible
                    and not self._counts_rather(number)
                    and not sentence.names_between(clause.start, clause.end)
                ):
                    return unit
            elif (
                unit == "count"
                and len(clause.numbers) == 1
                and (len(self.sizes) > 1 or _RATE.search(sentence.text[: clause.first]))
            ):
                rate = wording_of_unit(self.indicator, "per_10000")
                if (
                    rate is not None
                    and not self._counts_rather(number)
                    and not sentence.names_between(clause.start, clause.end)
                ):
                    return "per_10000"
        ahead = self.following
        if ahead is not None and ahead.opened_by in ("up_from", "to", "compare"):
            between = sentence.text[clause.last : ahead.first]
            measured = ahead.numbers[0].unit in ("days", "weeks", "percent", "per_10000")
            if measured and len(between) < 24 and not sentence.unexplained(clause.last, ahead.first):
                return ahead.numbers[0].unit
        if (
            ahead is not None
            and ahead.opened_by == "and"
            and _IN_EVERY.match(sentence.text, ahead.numbers[-1].end)
            and area_of_clause(sentence, clause)
            and area_of_clause(sentence, ahead)
        ):
            return "per_10000"  # "our neighbours look after 55 and England 70 in every 10,000"
        m = re.match(r"\s*(days|weeks)\b", sentence.text[number.end :])
        if m:
            return m.group(1)
        if (
            re.search(r"\bdays\b", around)
            and not re.search(r"\bweeks\b", around)
            and re.search(r"\b(?:A1|A2|A10|average|took|taken)\b", around)
        ):
            return "days"
        return None

    def _like_the_last(self, number: Number) -> bool:
        """ "63 per 10,000 (November 2022: 62)": a number of the size of the one before it."""
        before = self.last_bound.number.value if self.last_bound is not None else None
        return bool(before and number.value and before / 2 < number.value < before * 2)

    def _counts_rather(self, number: Number) -> bool:
        """ "1,378 children, a rate of 238.9 per 10,000, compared with 1,421": of the size of the count, not of the rate."""
        rate, count, value = self.sizes.get("per_10000"), self.sizes.get("count"), number.value
        if not rate or not count or not value or "." in number.text:
            return False
        return abs(math.log(value / count)) < abs(math.log(value / rate))

    def _indicator(
        self, clause: Clause, number: Number, unit: str | None, foreign: bool, glue: bool
    ) -> tuple[Wording, str] | None:
        """The reading that gives the number its indicator, and the rule that found it."""
        sentence, state = self.sentence, self.state
        own = sentence.bits_between(clause.start, bits_end(sentence, clause))
        if self.share is not None and self.share.bits is not None:
            own = self.share.bits
        of_whom = any(s >= clause.start and s <= clause.last + 2 and name == "of_whom" for s, e, name in sentence.cues)
        left = sentence.bits_between(0, clause.start)
        topic = self.topic(clause)
        segment = sentence.text.rfind(";", 0, clause.start) + 1
        around = (
            sentence.bits_between(segment, clause.start)
            | (state.passage_topic if self.anaphoric else 0)
            | (0 if state.heading_leads else state.lead_bits)
            | (state.bits if self.anaphoric else 0)
        )
        if own & cohort_concepts():
            around = 0  # the clause says itself whom it is about
        tries: list[tuple[int, int | None, str]] = []
        if of_whom and (before := self._named_before(clause)):
            # "93% resulted in an interview, of which 87% were within 72 hours"
            picked = self._pick(wordings_met(own | before, unit, own), clause, own)
            if picked:
                return picked, "of_whom"
        if of_whom and self._of_those_named(clause):
            of_whom = False
        if (
            of_whom
            and self.last_bound is None
            and not self.antecedent_cohort
            and any(name == "of_whom" and s >= clause.last for s, _, name in sentence.cues)
        ):
            of_whom = False  # "we are in touch with 95% of them": of those that the passage speaks of
        if self.of_others and unit is None and self._subjectless(clause):
            return None
        if of_whom or self._elliptic(clause):
            self.of_others = of_whom and not self.antecedent_cohort
            if not self.antecedent_cohort:
                # "264,407 people live here, 63,051 of these are children": what is counted is a cohort in its own right
                whole = self._pick(wordings_met(own, unit), clause, own) if unit is None else None
                counted = whole is not None and (
                    indicator_named(whole.indicator).topic == "context" or whole.indicator in parts_of_cohorts()
                )
                if whole and (counted or not of_whom):
                    return whole, "own_clause"
                group = self.topic(clause) if _THIS_GROUP.search(sentence.text[clause.start : clause.end]) else 0
                if group and (picked := self._pick(wordings_met(own | group, unit, own), clause, own)):
                    return picked, "of_whom"
                beside = topic if own & place_concepts() else 0
                for wider, how in ((left, "sentence"), (beside, "topic")) if not of_whom else ():
                    if named := self._pick(wordings_met(own | wider, unit, own), clause, own):
                        return named, how
                return None
            tries = [(own | self.antecedent_cohort, own, "of_whom")]
            of_whom = True
        else:
            tries.append((own, None, "own_clause"))
            # "The share with a plan was:" over "- 91% at 31 March 2021": the item names nothing, the lead all
            bare_item = glue and not own & ~neutral_concepts() and self.indicator is None and not state.heading_leads
            loose_own = None if bare_item else own
            if state.of_list:
                tries.append((own | state.cohort, own, "of_list"))
            if state.lead_bits:
                tries.append((own | state.lead_bits, loose_own, "list_lead"))
            tries.append((own | left, own, "sentence"))
            beside = foreign and clause.opened_by == "compare" and clause.start > 0  # measured as the number before it
            if not beside and (glue or own & ~cohort_concepts() & ~neutral_concepts()):
                tries.append((own | topic, own, "topic"))
                tries.append((own | state.bits, own, "previous_sentence"))
        strange = len(sentence.unexplained(clause.start, core_end(sentence, clause)))
        together = self._shared_predicate(clause, number)
        for available, need_own, how in tries:
            if how == "previous_sentence" and together and own:
                kept = together & ~cohort_concepts() if own & cohort_concepts() else together
                picked = self._pick(wordings_met(own | kept, unit, kept, around), clause, own)
                if picked and own & bits_of_indicator(picked.indicator):
                    return picked, "shared_predicate"  # "for 22% of primary and 17% of secondary pupils English is ..."
            if how == "previous_sentence" and strange > 2 and unit == "percent":
                continue  # "health professionals attended 71% of conferences", after one on conferences in time
            picked = self._pick(wordings_met(available, unit, need_own, around), clause, own)
            if picked and (
                how == "own_clause" or not own & ~bits_of_indicator(picked.indicator) & ~neutral_concepts() & ~topic
            ):
                return picked, how
        if of_whom:
            return None
        spare = 2 if unit in ("days", "weeks") else 1 if foreign else 0
        if glue or (spare and len(sentence.unexplained(clause.start, core_end(sentence, clause))) <= spare and not own):
            carried = self._carried(unit)
            if carried and not (own & ~bits_of_indicator(carried.indicator) & ~neutral_concepts()):
                return carried, "carried_sentence" if self.inherited else "carried"
        shared = together
        if shared and (own or glue or clause.bracketed):
            picked = self._pick(wordings_met(own | shared, unit, shared, around), clause, own)
            if picked and not own & ~bits_of_indicator(picked.indicator) & ~neutral_concepts():
                return picked, "shared_predicate"
        loose = glue or (
            unit in ("days", "weeks") and len(sentence.unexplained(clause.start, core_end(sentence, clause))) <= 2
        )
        if foreign and clause.opened_by == "compare" and clause.start > 0:
            return None
        if self.anaphoric and state.bits and loose and not own & ~neutral_concepts():
            for before in (state.bits, state.bits | topic):
                picked = self._pick(wordings_met(before, unit, state.bits, around), clause, own)
                if picked:
                    return picked, "previous_sentence"
        if state.heading_bits and not (clause.bracketed and clause.start > 0):
            picked = (
                self._pick(
                    wordings_met(own | left | state.heading_bits, unit, own or None, around | topic), clause, own
                )
                if own or glue
                else None
            )
            if picked and not own & ~bits_of_indicator(picked.indicator) & ~neutral_concepts() & ~topic:
                return picked, "heading"
        return None

    def topic(self, clause: Clause) -> int:
        """The cohort last spoken of before the clause: in the sentence, the passage or its section."""
        for s, _, name in reversed(self.sentence.concepts):
            if s < clause.start:
                bit = concept_bits([name]) & cohort_concepts()
                if bit:
                    return bit
        return self.state.topic

    def _named_before(self, clause: Clause) -> int:
        """The concept that stands directly before "of which"."""
        for s, _e, name in self.sentence.cues:
            if name == "of_whom" and clause.start <= s <= clause.last:
                return concept_bits(n for _, end, n in self.sentence.concepts if 0 <= s - end <= 3)
        return 0

    def _of_those_named(self, clause: Clause) -> bool:
        """ "Of those looked after for a year, 91% ...": those are named here, and are not the ones spoken of before."""
        cohorts = cohort_concepts()
        return any(
            name == "of_whom" and start <= clause.first and 0 < s - e <= 2 and concept_bits([concept]) & cohorts
            for start, e, name in self.sentence.cues
            for s, _, concept in self.sentence.concepts
        )

    def _shared_predicate(self, clause: Clause, number: Number) -> int:
        """ "52% of one age group and 47% of all care leavers were not in work": the concepts of the clause that follows."""
        following, text = self.following, self.sentence.text
        if following is not None and self.share is not None and self.share.period is not None:
            return self.sentence.bits_between(following.start, following.end)
        if following is None or number.unit != "percent" or following.numbers[0].unit != "percent":
            return 0
        if clause.bracketed and following.bracketed and not _FINITE_VERB.search(text, number.end, following.first):
            # "a lower share here (7.2%) than nationally (10.1%) had three or more placements"
            stop = text.find(";", following.last)
            return self.sentence.bits_between(clause.start, stop if stop > 0 else len(text))
        if following.opened_by != "and":
            return 0
        if _SAID_ALREADY.search(text[clause.start : number.start]):
            return 0  # "were accepted in 88% of cases and 72% took place within three days"
        if _FINITE_VERB.search(text, number.end, clause.end) or not re.match(r"\s*of\b", text[number.end :]):
            return 0
        return self.sentence.bits_between(following.start, bits_end(self.sentence, following))

    def _elliptic(self, clause: Clause) -> bool:
        """ "31 live in homes, and 16 (84%) live out of the area": a second number that is the subject of its own verb, without
        a noun, is of what the first counted."""
        if self.last_bound is None or cohort_bits(self.last_bound.indicator) or self.last_bound.number.unit is not None:
            return False
        return self._subjectless(clause)

    def _subjectless(self, clause: Clause) -> bool:
        """Whether a number is the subject of its own verb, without a noun."""
        return _VERB_FOLLOWS.match(self.sentence.text[clause.last : clause.end]) is not None and not _OWN_NOUN.search(
            self.sentence.text[clause.start : clause.first]
        )

    def _carried(self, unit: str | None) -> Wording | None:
        """The reading of the indicator stated before, or of its count or rate of the same cohort, for a number of its unit."""
        return None if self.indicator is None else wording_of_unit(self.indicator, unit)

    def _pick(self, met: Sequence[Wording], clause: Clause, own: int) -> Wording | None:
        """The most demanding reading, then the one that uses most of the clause's own words, then what is measured of a
        cohort before the cohort itself, then the one named nearest to the number; None where two remain."""
        if not met:
            return None
        cohorts = cohort_concepts()
        ranks = [
            (-len(w.concepts), -(w.need & own).bit_count(), not w.need & ~cohorts, self._distance(w, clause))
            for w in met
        ]
        best = min(ranks)
        first = [w for w, rank in zip(met, ranks, strict=True) if rank == best]
        return first[0] if len({w.indicator for w in first}) == 1 else None

    def _distance(self, wording: Wording, clause: Clause) -> tuple[int, int]:
        """How many of its concepts stand only behind the number and a comma ("agency staff cover 21%, and turnover"), and
        how far the nearest of them is from the number."""
        text = self.sentence.text
        parted: dict[str, bool] = {}
        best = 10_000
        for s, e, name in self.sentence.concepts:
            if name in wording.concepts:
                best = min(best, clause.first - e if e <= clause.first else s - clause.last if s >= clause.last else 0)
                behind = s >= clause.last and "," in text[clause.last : s]
                parted[name] = behind and parted.get(name, True)
        return sum(parted.values()), best

    def _period(self, clause: Clause, foreign: bool, prior: bool) -> PeriodMention | None:
        """The clause's own period, else the one that a reader carries on to it."""
        p = period_of_clause(self.sentence, clause)
        ahead = self.following
        if (
            p is None
            and not prior
            and ahead is not None
            and _WHICH_IS.fullmatch(self.sentence.text, ahead.start, ahead.first)
        ):
            p = period_of_clause(self.sentence, ahead)  # "19 did, which is 15% of those who left in 2014-15"
        if _SAME_AGAIN.search(self.sentence.text[clause.start : clause.first]) and self.own_period is not None:
            return self.own_period  # "two fewer than at 31 March 2015 (the same rate of 80)": today's rate
        if p is None and _WHEN_IT_WAS.match(self.sentence.text[clause.start : clause.first]):
            before = [x for x in self.sentence.periods if x.end <= clause.start and x.form not in ("title", "now")]
            return before[-1] if before else None
        if p is None:
            moves = clause.opened_by == "up_from" and self.following is not None and self.following.opened_by == "to"
            if prior or moves:
                return None  # "rose from 507.1 to 552.8 over the same time": what it rose from is of an earlier one
            if foreign:
                return self.compared_period or self.own_period or self._carried_period()
            return self.own_period or self._carried_period()
        if p.form == "relative":
            return p
        if foreign:
            self.compared_period = p
        elif not prior:
            self.own_period = p
        return p

    def _carried_period(self) -> PeriodMention | None:
        if self.anaphoric or self.state.of_list or self.state.lead_bits or self.state.listed:
            return self.state.period or self.state.heading_period
        return self.state.heading_period

    def leave(self) -> None:
        """Hands on to the next sentence what it may carry on with."""
        state, sentence = self.state, self.sentence
        state.first = False
        if self.main is not None:
            state.indicator = self.main.indicator
            state.antecedent = cohort_bits(self.main.indicator)
            again = state.value is not None and state.value == (self.main.indicator, self.main.number.value)
            state.value = (self.main.indicator, self.main.number.value)
            # "Of the 518 children looked after in March 2016:" after "At 31 March 2016, 518": the finer date stays
            state.period = state.period if again and state.period else self.main.period or state.period
        elif sentence.bits:
            state.indicator = None if not self.anaphoric else state.indicator
        if self.main is None and self.own_period is not None:
            state.period = self.own_period
        elif self.main is None:
            dated = [
                p
                for p in sentence.periods
                if p.form not in ("title", "relative") and (p.preposition or "") not in ("since", "by", "until")
            ]
            if dated and not sentence_to_clauses(sentence):
                state.period = dated[0]
        for _, _, name in reversed(sentence.concepts):
            bit = concept_bits([name]) & cohort_concepts()
            if bit:
                state.topic = state.passage_topic = bit
                break
        if self.row:
            state.row = tuple(self.row)
        state.sizes = self.sizes
        state.said |= sentence.bits
        state.elsewhere = state.elsewhere or any(name == "veto:other_cohort" for _, _, name in sentence.cues)
        state.bits = sentence.bits or (state.bits if self.anaphoric else 0)
        state.rolling = self.rolling
