"""Step mentions -> statements: each number of a passage to the indicator, area, period and kind that the words give it.

A number's own clause is asked first; then what it belongs to: the number whose share it is ("of whom"), the passage that
opens its list, the words left of it, the number before it (only when nothing but glue stands between), the sentence before
and the headings. A clause with a word that nothing explains does not carry on: precision first.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace

from extractors.area_of_number import areas_carried, areas_named, areas_told_of
from extractors.candidate import Candidate
from extractors.carried_on import hand_on
from extractors.clause_context import (
    area_of_clause,
    areas_match,
    due_date,
    is_aimed_at,
    kind_of_number,
    period_of_clause,
)
from extractors.clauses import (
    Clause,
    core_end,
    is_inside,
    past_unit,
    reported_from,
    sentence_to_clauses,
)
from extractors.indicator_of_number import indicator_of_number
from extractors.indicators import any_timescale, bits_of_indicator, cohort_bits, indicator_named
from extractors.period_of_number import carried_period, period_of_number
from extractors.respective import Share, bracketed_row, plural_row, respective_shares, row_to_shares
from extractors.sentences import Sentence
from extractors.unit_of_number import unit_of_number
from extractors.values_at_odds import is_too_large, means_from
from extractors.vetoes import refusal_of_number
from extractors.walk import OWN_NOUN, Bound, Refused, State, Walk
from schemas.records import AreaMention, Number, PeriodMention

_ANAPHORA = re.compile(
    r"^\W*(?:(?:al)?though |whilst |while )?(?:this|these|those|it|the \d{4}[-/]\d{2,4} (?:outturn|figure|average|rate|result)|the (?:figure|rate|number|numbers|proportion|percentage|same|latest|average|current|most recent|most recently|national|England|overall|equivalent|comparable|position|performance)|"
    r"that|both|of these|of those|of this|of whom|of which|of the \d[\d.,]*|at \d[\d.,]*|performance|by comparison|in comparison|nationally|however|in \w+ \d{4}|as at|compared|similarly|a (?:reduction|decrease|rise|further)|an (?:increase|improvement)|"
    r"for [A-Z][^,;.]{3,40} the (?:equivalent|figure|rate|number|comparable)|statistical neighbours|england|in 20\d\d|in [A-Z]\w+,? (?:the|this|it|in that|numbers) |right now|at (?:present|the moment)|numbers (?:have|had|has|are|were)|as an? (?:rate|share|percentage|proportion)|set (?:against|beside) (?:this|these|it)|the local|the local authority|our|now|currently|[^,]{3,60}, (?:this|it|these|that))\b",
    re.IGNORECASE,
)
_THIS_MEASURE = re.compile(
    r"\bthat (?:this|it) (?:has|had|was|is)\b|\bit (?:takes|took|taking|has taken)\b|\b(?:this|that|the same) (?:figure|indicator|measure|rate|percentage|proportion|average|standard|performance)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-z]{3,}")
_TIED = re.compile(r"\s*(?:[-–—:=]+|in|for|\()\s*", re.IGNORECASE)
_POINTS = re.compile(r"\s*(?:percentage )?points?\b", re.IGNORECASE)
_TARGET_TOO = re.compile(r"\btargets?,?\s+(?:and )?(?:the )?(?:both )?$", re.IGNORECASE)
_HARDLY = re.compile(
    r"\W*(?:(?:just|only|over|under|about|around|nearly|almost|some|a further|approximately)\W+)*", re.IGNORECASE
)
_VERB_NEXT = re.compile(
    r"\s*(?:%|per ?cent)?\s*(?:\([^()]*\)\s*)?(?:are|were|is|was|had|have|has|live|lived|took|take|attended|achieved|remained|went)\b",
    re.IGNORECASE,
)
_TARGET_IN_BRACKET = re.compile(r"\btargets?\s*\(\s*(?:of |about )?$", re.IGNORECASE)
_OF_SOME = re.compile(
    r"\W*of (?:the |these |those |about |around |approximately |some |over |nearly )*[\d\w]", re.IGNORECASE
)
_OWN_TARGET = re.compile(
    r"\b(?:our|its|the council's|the council’s|local|own)\b[^,;()]{0,30}\b(?:target|ambition|aim|goal)", re.IGNORECASE
)


def sentence_to_bindings(sentence: Sentence, state: State) -> list[Bound | Refused]:
    """One sentence and what the reader carries -> what each of its numbers that may state a figure does state.

    Updates `state` for the next sentence.
    """
    results: list[Bound | Refused] = []
    if not says_anything(sentence) and not _dated_value(sentence, state):
        return [Refused(n, sentence, "no_indicator") for n in sentence.numbers if n.role in ("quantity", "base")]
    said = sentence.text[reported_from(sentence.text) :].lstrip()
    takes_up = _ANAPHORA.match(said) or _THIS_MEASURE.search(said)
    anaphoric = state.first or takes_up is not None or _only_glue(sentence) or _opens_with_share(sentence)
    walk = _Reader(sentence, state, anaphoric)
    clauses = sentence_to_clauses(sentence)
    shares = respective_shares(sentence, clauses, state.row, state.topic) if clauses else {}
    for i, clause in enumerate(clauses):
        walk.following = clauses[i + 1] if i + 1 < len(clauses) else None
        if i not in shares and (row := bracketed_row(sentence, clauses, i)):
            shares.update(walk.row_to_shares(clause, row))
        if i not in shares and (row := plural_row(sentence, clauses, i)):
            shares.update(walk.row_to_shares(clause, row) or {place: Share() for place in row})
        results.extend(walk.read(clause, shares.get(i)))
    hand_on(walk)
    read = {n.start for clause in clauses for n in clause.numbers} if clauses else set()
    moves = [
        n for n in sentence.numbers if clauses and n.role == "quantity" and n.unit == "percent" and n.start not in read
    ]
    results += [Refused(n, sentence, "no_indicator") for n in moves if not is_inside(n, sentence)]
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


def _dated_value(sentence: Sentence, state: State) -> bool:
    """ "2018/19: 24.1%" or "24.1% in 2018/19" below "The re-referral rate was:": no word, but a period tied to a value, and
    a lead that names the measure."""
    free = [n for n in sentence.numbers if n.role in ("quantity", "base")]
    if not state.lead_bits or len(free) != 1 or len(sentence.periods) != 1:
        return False
    first, second = sorted(((free[0].start, free[0].end), (sentence.periods[0].start, sentence.periods[0].end)))
    return _TIED.fullmatch(sentence.text[past_unit(sentence.text, first[1]) : second[0]]) is not None


def _opens_with_share(sentence: Sentence) -> bool:
    """ "95.7% lived in suitable accommodation": of whom, the sentence before says."""
    first = next((n for n in sentence.numbers if n.role == "quantity"), None)
    if first is None or first.unit != "percent" or not _HARDLY.fullmatch(sentence.text[: first.start]):
        return False
    return _VERB_NEXT.match(sentence.text, first.end) is not None


def _only_glue(sentence: Sentence) -> bool:
    """A sentence that names nothing carries on with what the one before named."""
    return not sentence.names_between(0, len(sentence.text)) and not sentence.unexplained(0, len(sentence.text))


@dataclass(frozen=True, slots=True)
class _Setting:
    """What a clause gives all its numbers: `foreign` where they are other areas' than the authority's own, `prior` where they
    are of an earlier time than the figure beside them, `glue` where the clause has no words that nothing explains."""

    areas: tuple[AreaMention, ...]
    foreign: bool
    prior: bool
    glue: bool
    period: PeriodMention | None


class _Reader(Walk):
    """The reading of one sentence, clause by clause."""

    def row_to_shares(self, clause: Clause, row: list[int]) -> dict[int, Share]:
        """What the numbers of one bracket are, by the measures stated before it: "17 adoptions and 24 orders in 2021/22
        (2020/21: 12 and 31)"."""
        areas = area_of_clause(self.sentence, clause)
        period = period_of_clause(self.sentence, clause)
        return row_to_shares(row, tuple(self.row) or self.state.row, areas[0] if areas else None, period)

    def read(self, clause: Clause, share: Share | None = None) -> list[Bound | Refused]:
        """One clause, and what `respectively` gives it -> what its numbers state."""
        if share is not None and not share.found:
            return [Refused(n, self.sentence, "ambiguous") for n in clause.numbers]
        self.share = share
        setting = self._clause_to_setting(clause)
        if setting is None:
            return [Refused(n, self.sentence, "ambiguous") for n in clause.numbers]
        results: list[Bound | Refused] = []
        for number in clause.numbers:
            got = self._number_to_result(clause, number, setting)
            results.append(got)
            if isinstance(got, Bound):
                self._note_size(got, setting)
                results += self._target_too(got, setting)
        self._note_clause(clause, setting, next((got for got in results if isinstance(got, Bound)), None))
        return results

    def _clause_to_setting(self, clause: Clause) -> _Setting | None:
        """What a clause gives all its numbers; None where nobody can say whose they are."""
        areas = areas_named(self, clause)
        if areas is None:
            return None
        self.core = core_end(self.sentence, clause)
        glue = not self.sentence.unexplained(clause.start, self.core) and (
            self.indicator in any_timescale() or not self.sentence.measures_by(clause.start, self.core)
        )
        areas = areas or areas_carried(self, clause, glue)
        foreign = areas_match(areas)
        self.last_opened = clause.opened_by
        prior = not foreign and (
            clause.opened_by in ("up_from", "compare") or (self.last_prior and clause.opened_by == "and" and glue)
        )
        given = self.share.period if self.share is not None else None
        return _Setting(areas, foreign, prior, glue, given or period_of_number(self, clause, foreign, prior))

    def _number_to_result(self, clause: Clause, number: Number, setting: _Setting) -> Bound | Refused:
        """One number of a clause -> the figure that it states, or why it states none."""
        if number.role == "base":
            return Refused(number, self.sentence, "base")
        if self.of_another or any(a.kind == "other" for a in setting.areas):
            return Refused(number, self.sentence, "other_cohort")
        points = number.unit == "points" or _POINTS.match(self.sentence.text, number.end) is not None
        kind = kind_of_number(self.sentence, clause, number)
        if kind == "change" and means_from(self, clause, number):
            kind = "actual"
        apart = points and (setting.foreign or clause.opened_by == "compare")
        self.compares = kind == "comparison" or apart or (self.compares and clause.opened_by == "to")
        if self.compares:
            return Refused(number, self.sentence, "comparison")
        unit = "percent" if points else unit_of_number(self, clause, number)
        self.aimed = kind == "target" or (kind == "actual" and self._is_aimed_at(clause, number))
        if self.aimed:
            kind, setting = "target", self._setting_of_aim(clause, number, setting)
        candidate = self._number_to_candidate(clause, number, setting, kind, unit)
        disposition = "no_indicator" if candidate is None else refusal_of_number(candidate)
        if candidate is None or disposition is not None:
            # "to fall to 10% next year. It was 14%"
            self.understood = self.understood or disposition == "not_a_statement"
            return Refused(number, self.sentence, disposition or "no_indicator")
        return self._candidate_to_bound(candidate)

    def _is_aimed_at(self, clause: Clause, number: Number) -> bool:
        """ "we will bring this to 70%"; "the re-referral rate is 19%, below target (20%)"."""
        if clause.opened_by != "up_from" and is_aimed_at(self.sentence, clause, number):
            return True
        return (
            self.last_bound is not None and _TARGET_IN_BRACKET.search(self.sentence.text, 0, number.start) is not None
        )

    def _setting_of_aim(self, clause: Clause, number: Number, setting: _Setting) -> _Setting:
        """A target is of the date by which it is due; "above England (60%) and our target of 65%" is no other area's."""
        due = due_date(self.sentence, clause) or setting.period or self.own_period or carried_period(self)
        if setting.foreign and _OWN_TARGET.search(self.sentence.text, clause.start, number.start):
            return replace(setting, areas=(), foreign=False, period=due)
        return replace(setting, period=due)

    def _number_to_candidate(
        self, clause: Clause, number: Number, setting: _Setting, kind: str, unit: str | None
    ) -> Candidate | None:
        """A number -> the same with the indicator that the words give it; None where they give it none."""
        found = indicator_of_number(self, clause, number, unit, setting.foreign, setting.glue)
        if found is None:
            return None
        wording, how = found
        areas = setting.areas or areas_told_of(self, wording.indicator, how)
        candidate = Candidate(self, self.sentence, clause, number, wording, how, kind, unit, areas, setting.period)
        if self.state.country and is_too_large(candidate):
            # "In England numbers have gone up. In March 2012 there were 67,050"
            return replace(candidate, areas=self.state.country)
        return candidate

    def _candidate_to_bound(self, c: Candidate) -> Bound:
        """A number that nothing speaks against -> what it states: an average goes on, and a shared verb shares its period."""
        kind, period, before = c.kind, c.period, self.last_bound
        if (
            kind == "actual"
            and c.how.startswith("carried")
            and before is not None
            and before.kind == "average"
            and (c.number.value or 0.0) < 4 * (before.number.value or 0.0)
        ):
            kind = "average"
        if kind == "average" and (c.entry.measures != "flow" or c.entry.unit != "count"):
            kind = "actual"
        if c.how == "shared_predicate" and self.following is not None and not period_of_clause(c.sentence, c.clause):
            period = period_of_clause(c.sentence, self.following) or period
        return Bound(c.number, c.sentence, c.wording.indicator, c.areas, period, kind, c.how, self.rolling)

    def _target_too(self, got: Bound, setting: _Setting) -> list[Bound]:
        """ "the target, national and regional averages (all at 10 per cent)"."""
        if not setting.foreign or not _TARGET_TOO.search(self.sentence.text, 0, setting.areas[0].start):
            return []
        return [replace(got, areas=(), kind="target")]

    def _note_size(self, got: Bound, setting: _Setting) -> None:
        """Keeps how many were counted, and the count and the rate stated last."""
        value, counted = got.number.value or 0.0, self.state.counted
        if got.kind == "actual" and got.number.unit is None and not setting.foreign:
            counted[got.indicator] = max(value, counted.get(got.indicator, 0.0))
        if got.kind != "change" and got.number.unit in (None, "per_10000"):
            self.sizes[indicator_named(got.indicator).unit] = value

    def _note_clause(self, clause: Clause, setting: _Setting, bound: Bound | None) -> None:
        """Keeps what the next clause may go on with."""
        if bound is not None:
            self._note_figure(clause, setting, bound)
        elif not clause.bracketed and any(n.role == "quantity" for n in clause.numbers):
            self._note_no_figure(clause, setting)
        unnamed = bound is None and not self.sentence.names_between(clause.start, clause.end)
        said = self.sentence.text[clause.start : clause.end]
        if unnamed and _OF_SOME.match(said) and OWN_NOUN.search(said):
            self.of_others = True  # "of 40 young people worked with, two have become looked after"
        self.last_areas, self.last_prior = setting.areas, setting.prior
        last = clause.numbers[-1]
        self.refused = last if bound is None and last.role == "quantity" else None

    def _note_figure(self, clause: Clause, setting: _Setting, bound: Bound) -> None:
        """What a clause stated: the measure that goes on, its cohort, and the sentence's own figure."""
        self.indicator, self.inherited = bound.indicator, False
        self.antecedent_cohort = cohort_bits(bound.indicator)
        self.last_bound = bound
        if setting.foreign or setting.prior:
            return
        self.row.append(bits_of_indicator(bound.indicator))
        if self.main is None or clause.opened_by == "to":
            self.main = bound

    def _note_no_figure(self, clause: Clause, setting: _Setting) -> None:
        """A clause that measured something else ends what was spoken of, unless it only says how far that has moved: "88%, up 3
        points on quarter 1 (85%)"; "19,842, 1.9% fewer than a year ago (20,226)"."""
        self.antecedent_cohort = 0
        moved = all(
            n.unit == "points"
            or _POINTS.match(self.sentence.text, n.end)
            or kind_of_number(self.sentence, clause, n) in ("change", "comparison")
            for n in clause.numbers
        )
        of_another = any(n.unit in ("percent", "per_10000") for n in clause.numbers)
        if not moved and (not setting.glue or of_another or self.sentence.names_between(clause.start, clause.end)):
            self.indicator = None
