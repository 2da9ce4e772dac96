"""Step mentions -> statements: the indicator of a number, and by which rule.

Its own clause is asked first; then what it belongs to: the number whose share it is ("of whom"), the passage that opens its list,
the words left of it, the number before it, the sentence before, and the headings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.clauses import Clause, bits_end, bits_start, core_end
from extractors.indicators import (
    Wording,
    bits_of_indicator,
    cohort_bits,
    cohort_concepts,
    concept_bits,
    indicator_named,
    neutral_concepts,
    of_all,
    parts_of_cohorts,
    place_concepts,
    timeliness,
    wording_of_unit,
    wordings_met,
)
from extractors.walk import Walk
from schemas.records import Number

_FINITE_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|live|lived|achieved|took|went|remained|received)\b", re.IGNORECASE
)
_THIS_WAS = re.compile(
    r"\b(?:it|this|that) (?:was|stood|had been|rose|fell|is an? (?:increase|decrease|rise|fall) from)\b", re.IGNORECASE
)
_TARGET_NOW = re.compile(r"\s*(?:per ?cent )?target\b[^.;()]{0,60}\((?:now|currently)\b", re.IGNORECASE)
_RATE = re.compile(r"\brates?\b", re.IGNORECASE)
_THIS_GROUP = re.compile(r"\bof (?:this|that) (?:group|cohort)\b", re.IGNORECASE)
_OF_ALL = re.compile(
    r"\b(?:of|for|among) all (?:(?:other|16|17|18|and|-) ?)*(?:young people|people|year olds?|children)\b",
    re.IGNORECASE,
)
_OF_WHICH_THERE_ARE = re.compile(r"[^.;]*?\bof (?:which|whom) there (?:is|are|was|were|had been)\b", re.IGNORECASE)
_FROM_BEFORE = frozenset({"sentence", "previous_sentence"})
_SAID_ALREADY = re.compile(
    r"\b(?:is|are|was|were|been) \w+(?: \w+){0,2} (?:in|for|on|with) (?:about |around |over |some )?$", re.IGNORECASE
)


def indicator_of_number(
    walk: Walk, clause: Clause, number: Number, unit: str | None, foreign: bool, glue: bool
) -> tuple[Wording, str] | None:
    """The reading that gives the number its indicator, and the rule that found it."""
    sentence, state = walk.sentence, walk.state
    own = sentence.bits_between(bits_start(sentence, clause), bits_end(sentence, clause))
    if walk.share is not None and walk.share.bits is not None:
        own = walk.share.bits
    of_whom = any(s >= clause.start and s <= clause.last + 2 and name == "of_whom" for s, e, name in sentence.cues)
    left = sentence.bits_between(0, clause.start)
    topic = walk.topic(clause)
    segment = sentence.text.rfind(";", 0, clause.start) + 1
    if segment and (said := sentence.bits_between(segment, clause.start)) & ~neutral_concepts() & ~cohort_concepts():
        left = said  # "...; 92% of visits were in time, better than a year ago (87%)": not of the conferences before
    around = (
        sentence.bits_between(segment, clause.start)
        | (state.passage_topic if walk.anaphoric else 0)
        | (0 if state.heading_leads else state.lead_bits)
        | (state.bits if walk.anaphoric else 0)
    )
    if own & cohort_concepts():
        around = 0  # the clause says itself whom it is about
    tries: list[tuple[int, int | None, str]] = []
    if of_whom and (before := _named_before(walk, clause)):
        # "93% resulted in an interview, of which 87% were within 72 hours"
        picked = _pick(walk, wordings_met(own | before, unit, own), clause, own)
        if picked:
            return picked, "of_whom"
        if not own and _OF_WHICH_THERE_ARE.match(sentence.text, clause.start):
            picked = _pick(walk, wordings_met(before, unit, before), clause, before)
            if picked:
                return picked, "of_whom"  # "unaccompanied children, of which there were now 26"
    if of_whom and _of_those_named(walk, clause):
        of_whom = False
    if (
        of_whom
        and walk.last_bound is None
        and not walk.antecedent_cohort
        and any(name == "of_whom" and s >= clause.last for s, _, name in sentence.cues)
    ):
        of_whom = False  # "we are in touch with 95% of them": of those that the passage speaks of
    if walk.of_others and unit is None and walk.subjectless(clause):
        return None
    of_others = left & ~cohort_concepts() & ~neutral_concepts()
    of_events = walk.last_bound is not None and indicator_named(walk.last_bound.indicator).measures == "flow"
    if (
        of_whom
        and unit is None
        and own & cohort_concepts()
        and (of_events or (of_others and not walk.antecedent_cohort))
    ):
        return None  # "742 episodes of missing, 471 of which were from looked after children"
    if of_whom or _elliptic(walk, clause):
        walk.of_others = of_whom and not walk.antecedent_cohort
        if not walk.antecedent_cohort:
            return _without_antecedent(walk, clause, own, left, unit, of_whom)
        tries = [(own | walk.antecedent_cohort, own, "of_whom")]
        if own & cohort_concepts():
            tries.append((own, None, "own_clause"))  # "3% of those who ceased had been on a plan for two years"
        of_whom = True
    else:
        tries.append((own, None, "own_clause"))
        # "The share with a plan was:" over "- 91% at 31 March 2021": the item names nothing, the lead all
        bare_item = glue and not own & ~neutral_concepts() and walk.indicator is None and not state.heading_leads
        loose_own = None if bare_item else own
        if state.of_list:
            tries.append((own | state.cohort, own, "of_list"))
        if state.lead_bits:
            tries.append((own | state.lead_bits, loose_own, "list_lead"))
        tries.append((own | left, own, "sentence"))
        if unit == "percent" and own & timeliness() and _refused_count(walk) and not own & cohort_concepts():
            tries.append((own | left | topic, own, "sentence"))  # "1,240 reviews were held, 93.4% in timescale"
        opens = not left and walk.last_bound is None and walk.refused is None
        if unit == "per_10000" and glue and opens and not own and _RATE.search(sentence.text, 0, clause.first):
            tries += [(topic, None, "topic")] if topic.bit_count() == 1 else []  # "Rate per 10,000 is now 119"
        beside = foreign and clause.opened_by == "compare" and clause.start > 0  # measured as the number before it
        if not beside and (glue or own & ~cohort_concepts() & ~neutral_concepts()):
            tries += [(own | one, own, "topic") for one in single_bits(topic)]
            tries.append((own | state.bits, own, "previous_sentence"))
    if clause.bracketed and unit == "percent" and not own and _refused_count(walk) and left & ~cohort_concepts():
        # "34 of the young people were not in work (30.6%)": a share of those that the section speaks of
        tries += [
            (left | one, left & ~cohort_concepts() & ~neutral_concepts(), "sentence") for one in single_bits(topic)
        ]
    everybody = of_all(walk.indicator) if walk.indicator is not None else None
    if everybody is not None and _OF_ALL.search(sentence.text, clause.start, clause.end):
        whole = wording_of_unit(everybody, unit)
        return None if whole is None else (whole, "carried")
    strange = len(sentence.unexplained(clause.start, core_end(sentence, clause)))
    together = _shared_predicate(walk, clause, number)
    ahead = walk.following
    if ahead is not None and not own and _TARGET_NOW.match(sentence.text, number.end, ahead.first):
        # "had bettered the 9.5% target (currently at 8.3%) for the percentage of children with three or more placements"
        behind = sentence.bits_between(ahead.start, bits_end(sentence, ahead))
        if picked := _pick(walk, wordings_met(behind, unit, behind), ahead, behind):
            return picked, "shared_predicate"
    unknown = state.lost and not own and _THIS_WAS.search(sentence.text[: clause.first]) is not None
    for available, need_own, how in tries:
        if how == "previous_sentence" and together and own:
            kept = together & ~cohort_concepts() if own & cohort_concepts() else together
            picked = _pick(walk, wordings_met(own | kept, unit, kept, around), clause, own)
            if picked and own & bits_of_indicator(picked.indicator):
                return picked, "shared_predicate"  # "for 22% of primary and 17% of secondary pupils English is ..."
        if how == "previous_sentence" and unknown:
            continue  # "In June it was 97%", after a share of something that was not understood
        if how == "previous_sentence" and strange > 2 and unit == "percent":
            continue  # "health professionals attended 71% of conferences", after one on conferences in time
        if unit is None and not glue and how in _FROM_BEFORE and not own & ~cohort_concepts() & ~neutral_concepts():
            continue  # "15 care leavers went to university and eight care leavers are in apprenticeships"
        picked = _pick(walk, wordings_met(available, unit, need_own, around), clause, own)
        if picked and (
            how == "own_clause" or not own & ~bits_of_indicator(picked.indicator) & ~neutral_concepts() & ~topic
        ):
            return picked, how
    if of_whom:
        return None
    spare = 2 if unit in ("days", "weeks") or walk.aimed else 1 if foreign else 0
    if glue or (spare and len(sentence.unexplained(clause.start, core_end(sentence, clause))) <= spare and not own):
        carried = _carried(walk, unit)
        own_topic = state.passage_topic  # "the figure for our children looked after is 5%"
        if carried and not (own & ~bits_of_indicator(carried.indicator) & ~neutral_concepts() & ~own_topic):
            return carried, "carried_sentence" if walk.inherited else "carried"
    if together and (own or glue or clause.bracketed):
        picked = _pick(walk, wordings_met(own | together, unit, together, around), clause, own)
        if picked and not own & ~bits_of_indicator(picked.indicator) & ~neutral_concepts():
            return picked, "shared_predicate"
    loose = glue or (
        unit in ("days", "weeks") and len(sentence.unexplained(clause.start, core_end(sentence, clause))) <= 2
    )
    if foreign and clause.opened_by == "compare" and clause.start > 0:
        return None
    if walk.anaphoric and state.bits and loose and not unknown and not own & ~neutral_concepts():
        for before in (state.bits, state.bits | topic):
            picked = _pick(walk, wordings_met(before, unit, state.bits, around), clause, own)
            if picked:
                return picked, "previous_sentence"
    if state.heading_bits and not (clause.bracketed and clause.start > 0):
        picked = (
            _pick(walk, wordings_met(own | left | state.heading_bits, unit, own or None, around | topic), clause, own)
            if own & ~neutral_concepts() or glue
            else None
        )
        # "Visits in ten days - 81% overall, though 92% in March" below "Repeat plans": what went before says what is measured
        nothing_own = unit == "percent" and not own & ~neutral_concepts()
        strange_left = left & ~neutral_concepts() & ~cohort_concepts() if nothing_own else 0
        known = bits_of_indicator(picked.indicator) | topic if picked else 0
        if picked and not own & ~known & ~neutral_concepts() and not strange_left & ~known:
            return picked, "heading"
    return None


def single_bits(bits: int) -> list[int]:
    """Each of several cohorts alone: a section on children in care and care leavers speaks of the one or the other."""
    return [1 << place for place in range(bits.bit_length()) if bits >> place & 1] or [0]


def _without_antecedent(
    walk: Walk, clause: Clause, own: int, left: int, unit: str | None, of_whom: bool
) -> tuple[Wording, str] | None:
    """A part, or the subject of its own verb, where no cohort was counted before it: what its own words name in full, else
    with the group, the sentence or the topic it speaks of."""
    topic = walk.topic(clause)
    counted_before = walk.refused is not None and walk.refused.unit is None
    if of_whom and counted_before and unit == "percent" and own & timeliness() and not own & cohort_concepts():
        # "846 reviews were held, of which 93% were in time": what is counted before is the whole that the share is of
        for around in (0, topic):
            if picked := _pick(walk, wordings_met(own | left | around, unit, own), clause, own):
                return picked, "of_whom"
    # "264,407 people live here, 63,051 of these are children": what is counted is a cohort in its own right
    whole = _pick(walk, wordings_met(own, unit), clause, own) if unit is None else None
    counted = whole is not None and (
        indicator_named(whole.indicator).topic == "context" or whole.indicator in parts_of_cohorts()
    )
    if whole and (counted or not of_whom):
        return whole, "own_clause"
    group = topic if _THIS_GROUP.search(walk.sentence.text[clause.start : clause.end]) else 0
    if group and (picked := _pick(walk, wordings_met(own | group, unit, own), clause, own)):
        return picked, "of_whom"
    beside = topic if own & place_concepts() else 0
    for wider, how in ((left, "sentence"), (beside, "topic")) if not of_whom else ():
        if named := _pick(walk, wordings_met(own | wider, unit, own), clause, own):
            return named, how
    return None


def _named_before(walk: Walk, clause: Clause) -> int:
    """The concept that stands directly before "of which"."""
    for s, _e, name in walk.sentence.cues:
        if name == "of_whom" and clause.start <= s <= clause.last:
            return concept_bits(n for _, end, n in walk.sentence.concepts if 0 <= s - end <= 3)
    return 0


def _of_those_named(walk: Walk, clause: Clause) -> bool:
    """ "Of those looked after for a year, 91% ...": those are named here, and are not the ones spoken of before."""
    cohorts = cohort_concepts()
    return any(
        name == "of_whom" and start <= clause.first and 0 < s - e <= 2 and concept_bits([concept]) & cohorts
        for start, e, name in walk.sentence.cues
        for s, _, concept in walk.sentence.concepts
    )


def _shared_predicate(walk: Walk, clause: Clause, number: Number) -> int:
    """ "52% of one age group and 47% of all care leavers were not in work": the concepts of the clause that follows."""
    following, text = walk.following, walk.sentence.text
    if following is not None and walk.share is not None and walk.share.period is not None:
        return walk.sentence.bits_between(following.start, following.end)
    if following is None or number.unit != "percent" or following.numbers[0].unit != "percent":
        return 0
    apart = ")" in text[clause.last : following.first]
    if (
        clause.bracketed
        and following.bracketed
        and apart
        and not _FINITE_VERB.search(text, number.end, following.first)
    ):
        # "a lower share here (7.2%) than nationally (10.1%) had three or more placements"
        stop = text.find(";", following.last)
        return walk.sentence.bits_between(clause.start, stop if stop > 0 else len(text))
    if following.opened_by != "and":
        return 0
    if _SAID_ALREADY.search(text[clause.start : number.start]):
        return 0  # "were accepted in 88% of cases and 72% took place within three days"
    if _FINITE_VERB.search(text, number.end, clause.end) or not re.match(r"\s*(?:per ?cent )?of\b", text[number.end :]):
        return 0
    return walk.sentence.bits_between(following.start, bits_end(walk.sentence, following))


def _refused_count(walk: Walk) -> bool:
    """Whether the number before is a bare count that states nothing by itself."""
    return walk.refused is not None and walk.refused.unit is None


def _elliptic(walk: Walk, clause: Clause) -> bool:
    """ "31 live in homes, and 16 (84%) live out of the area": a second number that is the subject of its own verb, without
    a noun, is of what the first counted."""
    if walk.last_bound is None or cohort_bits(walk.last_bound.indicator) or walk.last_bound.number.unit is not None:
        return False
    return walk.subjectless(clause)


def _carried(walk: Walk, unit: str | None) -> Wording | None:
    """The reading of the indicator stated before, or of its count or rate of the same cohort, for a number of its unit."""
    return None if walk.indicator is None else wording_of_unit(walk.indicator, unit)


def _pick(walk: Walk, met: Sequence[Wording], clause: Clause, own: int) -> Wording | None:
    """The most demanding reading, then the one that uses most of the clause's own words, then what is measured of a
    cohort before the cohort itself, then the one named nearest to the number; None where two remain."""
    if not met:
        return None
    cohorts = cohort_concepts()
    ranks = [
        (-len(w.concepts), -(w.need & own).bit_count(), not w.need & ~cohorts, _distance(walk, w, clause)) for w in met
    ]
    best = min(ranks)
    first = [w for w, rank in zip(met, ranks, strict=True) if rank == best]
    return first[0] if len({w.indicator for w in first}) == 1 else None


def _distance(walk: Walk, wording: Wording, clause: Clause) -> tuple[int, int]:
    """How many of its concepts stand only behind the number and a comma ("agency staff cover 21%, and turnover"), and
    how far the nearest of them is from the number."""
    text = walk.sentence.text
    parted: dict[str, bool] = {}
    best = 10_000
    for s, e, name in walk.sentence.concepts:
        if name in wording.concepts:
            best = min(best, clause.first - e if e <= clause.first else s - clause.last if s >= clause.last else 0)
            behind = s >= clause.last and "," in text[clause.last : s]
            label = (
                ":" in text[e : clause.first] and bool(text[e : clause.first].strip(" :"))
                if e <= clause.first
                else False
            )
            parted[name] = (behind or label) and parted.get(name, True)
    return sum(parted.values()), best
