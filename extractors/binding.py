"""Step mentions -> statements: each number of a passage to the indicator, area, period and kind that the words give it.

A number's own clause is asked first; then what it belongs to: the number whose share it is ("of whom"), the passage that
opens its list, the words left of it, the number before it (only when nothing but glue stands between), the sentence before
and the headings. A clause with a word that nothing explains does not carry on: precision first.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from extractors.area_of_number import another_authority, speaks_of_itself
from extractors.candidate import Candidate
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
    bits_end,
    bracket_around,
    core_end,
    is_inside,
    past_unit,
    reported_from,
    sentence_to_clauses,
)
from extractors.count_frames import counts_cohort
from extractors.indicator_of_number import indicator_of_number
from extractors.indicators import (
    Wording,
    any_timescale,
    bits_of_indicator,
    cohort_bits,
    cohort_concepts,
    indicator_named,
    neutral_concepts,
    part_cohorts,
    prose_needs,
    sections_barred,
    whole_cohorts,
)
from extractors.lexicon import lookup
from extractors.period_of_number import carried_period, period_of_number
from extractors.respective import Share, bracketed_row, plural_row, respective_shares, row_to_shares
from extractors.sentences import Sentence, names_itself
from extractors.unit_of_number import unit_of_number
from extractors.values_at_odds import (
    contradicts,
    means_from,
    no_such_share,
    restates_a_refused,
    too_large,
    too_small,
)
from extractors.vetoes import veto_of_number
from extractors.walk import IT_WAS, OWN_NOUN, Bound, Refused, State, Walk
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
_COMPARED_IN_BRACKET = re.compile(r"[^()]*\b(?:compared|against|versus|vs)\b[^()]*\d")
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
_FURTHER = re.compile(r"\b(?:further|another|additional)\s*$", re.IGNORECASE)
_FEWEST_IN_COUNTRY = 1000  # children of any cohort that is counted
_BARE_VALUE = re.compile(r"[(\[]\s*[\d.,]+\s*(?:%|per ?cent)?\s*[)\]]", re.IGNORECASE)
_ASKS = re.compile(
    r"\b(?:ask(?:ed|s|ing)?|wish(?:ed|es)? to (?:know|be told)|quer(?:y|ied|ies)|want(?:ed|s) to (?:know|be clear)|enquired?|questioned)\b",
    re.IGNORECASE,
)
_TARGET_IN_BRACKET = re.compile(r"\btargets?\s*\(\s*(?:of |about )?$", re.IGNORECASE)
_STILL_OF_IT = re.compile(r"\W*(?:(?:al)?though )?(?:this|it|these|that|they)\b", re.IGNORECASE)
_BARE_IN_BRACKET = re.compile(r"\s*\(\s*$")
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
    walk.leave()
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
        bracket = bracket_around(sentence.text, clause.numbers)
        if not areas and bracket is not None and bracket == self.last_bracket and clause.opened_by != "compare":
            areas = tuple(
                a for a in self.last_areas if a.kind != "own"
            )  # "(national average 17% primary; 14% secondary)"
        self.last_bracket = bracket
        if (
            bracket is not None
            and not areas
            and areas_match(self.last_areas)
            and _BARE_VALUE.fullmatch(sentence.text, *bracket)
        ):
            return [
                Refused(n, sentence, "ambiguous") for n in clause.numbers
            ]  # "England 63% (69%)": of when, nobody can say
        self.of_another = False
        if not areas_match(areas) and (not areas or self.state.of_another):
            areas, self.of_another = another_authority(self, clause)
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
        period = share.period if share is not None and share.period else period_of_number(self, clause, foreign, prior)
        out: list[Bound | Refused] = []
        bound_here: Bound | None = None
        for number in clause.numbers:
            if number.role == "base":
                out.append(Refused(number, sentence, "base"))
                continue
            got = self._number(clause, number, areas, foreign, glue, period)
            out.append(got)
            if isinstance(got, Bound) and got.kind == "actual" and got.number.unit is None and not foreign:
                self.state.counted[got.indicator] = max(number.value or 0.0, self.state.counted.get(got.indicator, 0.0))
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
                n.unit == "points"
                or _POINTS.match(sentence.text, n.end)
                or kind_of_number(sentence, clause, n) in ("change", "comparison")
                for n in clause.numbers
            )  # "88%, up 3 points on quarter 1 (85%)"; "19,842, 1.9% fewer than a year ago (20,226)"
            if not moved and (not glue or of_another or sentence.names_between(clause.start, clause.end)):
                self.indicator = None
        unnamed = bound_here is None and not sentence.names_between(clause.start, clause.end)
        said = sentence.text[clause.start : clause.end]
        if unnamed and _OF_SOME.match(said) and OWN_NOUN.search(said):
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
        if any(a.kind == "other" for a in areas) or self.of_another:
            return Refused(number, sentence, "other_cohort")
        kind = kind_of_number(sentence, clause, number)
        if kind == "change" and means_from(self, clause, number):
            kind = "actual"
        points = number.unit == "points" or _POINTS.match(sentence.text, number.end) is not None
        apart = points and (foreign or clause.opened_by == "compare")
        if kind == "comparison" or apart or (self.compares and clause.opened_by == "to"):
            self.compares = True
            return Refused(number, sentence, "comparison")
        self.compares = False
        unit = unit_of_number(self, clause, number)
        if points:
            unit = "percent"
        if kind == "actual" and clause.opened_by != "up_from" and is_aimed_at(sentence, clause, number):
            kind = "target"
        if (
            kind == "actual"
            and self.last_bound is not None
            and _TARGET_IN_BRACKET.search(sentence.text[: number.start])
        ):
            kind = "target"  # "the re-referral rate is 19%, below target (20%)"
        if kind == "target":
            period = due_date(sentence, clause) or period or self.own_period or carried_period(self)
        if kind == "target" and foreign and _OWN_TARGET.search(sentence.text[clause.start : number.start]):
            areas, foreign = (), False  # "above England (60%) and our target of 65%"
        self.aimed = kind == "target"
        found = indicator_of_number(self, clause, number, unit, foreign, glue)
        if found is None:
            return Refused(number, sentence, "no_indicator")
        wording, how = found
        if not areas and how not in ("own_clause", "sentence") and wording.indicator == self.state.told_of_others:
            still = not sentence.areas and _STILL_OF_IT.match(sentence.text) and not speaks_of_itself(sentence)
            areas = self.state.told_areas if still else ()  # "Nationally 65% did so. This is up from 63%"
        if not self._in_its_prose(wording, clause):
            return Refused(number, sentence, "no_indicator")
        part = self.state.asked_of
        if part and unit is None and wording.indicator in whole_cohorts() and not wording.need & part:
            return Refused(
                number, sentence, "ambiguous"
            )  # "... how many were unaccompanied. There were 84 in our care"
        if how == "topic" and unit is None and self._counted_again(wording):
            return Refused(number, sentence, "other_cohort")
        of_country = sentence.area is not None and sentence.area.kind == "country" and not areas and kind == "actual"
        counted = indicator_named(wording.indicator).unit == "count"
        if of_country and counted and (number.value or 0) < _FEWEST_IN_COUNTRY:
            return Refused(number, sentence, "ambiguous")
        if kind == "actual" and no_such_share(number, wording):
            return Refused(number, sentence, "ambiguous")
        if not areas and kind == "actual" and too_large(sentence, number, wording):
            if not self.state.country:
                return Refused(number, sentence, "ambiguous")
            areas = self.state.country  # "In England numbers have gone up. In March 2012 there were 67,050"
        candidate = Candidate(self, sentence, clause, number, wording, how, kind, unit, areas, period)
        veto = veto_of_number(candidate)
        if veto:
            self.understood = self.understood or veto == "not_a_statement"  # "to fall to 10% next year. It was 14%"
            return Refused(number, sentence, veto)
        if kind == "change" and unit is None and indicator_named(wording.indicator).unit != "count":
            return Refused(number, sentence, "no_indicator")  # "three additional psychologists" after a percentage
        if too_small(self, areas, kind, unit, number, wording):
            return Refused(number, sentence, "ambiguous")
        if (
            indicator_named(wording.indicator).unit == "count"
            and number.value is not None
            and number.value % 1
            and number.value < 100_000
            and kind != "average"
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
        if kind == "actual" and restates_a_refused(self, clause, number, areas, how):
            return Refused(number, sentence, "no_indicator")
        if contradicts(self, clause, number, areas, kind, how):
            return Refused(number, sentence, "ambiguous")
        before = self.indicator or self.state.indicator
        if unit is None and _FURTHER.search(sentence.text[: number.start]) and before in (None, wording.indicator):
            return Refused(number, sentence, "no_indicator")  # some more of those counted already
        loose = how.startswith("carried") and unit is None and not areas and kind not in ("change", "average")
        undated = period_of_clause(sentence, clause) is None and not IT_WAS.search(
            sentence.text[clause.start : clause.first]
        )
        partner = (
            clause.bracketed
            and self.last_bound is not None
            and indicator_named(self.last_bound.indicator).unit in ("percent", "per_10000")
        )  # "72% live with foster carers (698 children)", "the rate was 43 (158 children)"
        if loose and undated and not partner and clause.opened_by not in ("up_from", "to", "compare"):
            return Refused(number, sentence, "no_indicator")  # "22 in homes and 19 with their parents"
        entry = indicator_named(wording.indicator)
        if how == "heading" and entry.measures == "stock" and period is not None and " to " in period.text:
            return Refused(
                number, sentence, "ambiguous"
            )  # "1 January to 31 December 2018: 71" below "Looked after children"
        said_before = self.state.counted.get(wording.indicator, 0.0)
        if (
            entry.unit == "count"
            and kind == "actual"
            and not areas
            and not any(clause.start <= p.start < clause.end for p in sentence.periods)
            and clause.opened_by is None
            and not clause.bracketed
            and (number.value or 0.0) < said_before / 4
        ):
            return Refused(
                number, sentence, "subset"
            )  # "311 live in foster care. Additionally, 3 with carers of others"
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

    def _counted_again(self, wording: Wording) -> bool:
        """ "5 permanent exclusions in the year – one LAC": the clause that follows counts the topic's own among them."""
        if self.following is None or any(n.unit is not None for n in self.following.numbers):
            return False
        there = self.sentence.bits_between(self.following.start, bits_end(self.sentence, self.following))
        return bool(there & cohort_concepts() & wording.need)

    def _in_its_prose(self, wording: Wording, clause: Clause) -> bool:
        """Whether the passage names what the indicator asks of prose (referrals: that they are to social care)."""
        needed = prose_needs(wording.indicator)
        state = self.state
        if state.topic & sections_barred(wording.indicator) and not needed & self.sentence.bits:
            return False
        elsewhere = any(name == "veto:other_cohort" for _, _, name in self.sentence.cues) or state.elsewhere
        of_others = elsewhere or state.of_another_service
        if of_others and wording.indicator in lookup("vetoes.yaml")["not_of_other_services"].split():
            return False  # letterbox contact
        if needed and state.of_another_service and indicator_named(wording.indicator).topic != "context":
            return False  # "119 referrals met the threshold", in the designated officer's report
        if needed and elsewhere and not needed & self.sentence.bits & ~bits_of_indicator(wording.indicator):
            return False  # "referrals have increased from 70 to 94", of a paragraph on the designated officer
        known = bits_of_indicator(wording.indicator) | needed | neutral_concepts()
        bare = not self.sentence.unexplained(clause.start, self.core) and not state.said & ~known
        if needed and wording.unit == "count" and bare:
            return True
        return not needed or bool(
            needed & (self.sentence.bits | state.said | state.lead_bits | state.heading_bits | state.section_bits)
        )

    def leave(self) -> None:
        """Hands on to the next sentence what it may carry on with."""
        state, sentence = self.state, self.sentence
        state.first = False
        if self.main is not None or any(a.kind == "own" for a in sentence.areas):
            state.told_of_others, state.told_areas = None, ()
        if self.main is not None:
            state.indicator = self.main.indicator
            state.antecedent = cohort_bits(self.main.indicator)
            again = state.value is not None and state.value == (self.main.indicator, self.main.number.value)
            state.value = (self.main.indicator, self.main.number.value)
            # "Of the 518 children looked after in March 2016:" after "At 31 March 2016, 518": the finer date stays
            own = self.main.period if self.main.period and self.main.period.form != "relative" else None
            state.period = state.period if again and state.period else own or state.period
        elif sentence.bits:
            measured = any(n.role == "quantity" and n.unit in ("percent", "per_10000") for n in sentence.numbers)
            lost = measured and self.last_bound is None  # what this one measured is not known: no later "this" is of it
            state.indicator = None if lost or not self.anaphoric else state.indicator
            self.lost = lost and not self.understood
        if self.main is None and self.last_bound is not None and areas_match(self.last_bound.areas):
            state.told_of_others, state.told_areas = self.last_bound.indicator, self.last_bound.areas
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
        state.asked_of = sentence.bits & part_cohorts() if _ASKS.search(sentence.text) else 0
        state.hear(sentence.cohorts)
        state.country = tuple(a for a in sentence.areas if a.kind == "country")[-1:] or state.country
        if self.row:
            state.row = tuple(self.row)
        state.sizes = self.sizes
        state.said |= sentence.bits
        state.elsewhere = state.elsewhere or any(name == "veto:other_cohort" for _, _, name in sentence.cues)
        state.bits = sentence.bits or (state.bits if self.anaphoric else 0)
        state.lost = self.lost
        if any(a.kind == "own" and names_itself(sentence, a) for a in sentence.areas) or speaks_of_itself(sentence):
            state.of_another = False
        elif self.of_another:
            state.of_another = True
        state.rolling = self.rolling
