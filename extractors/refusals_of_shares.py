"""Step mentions -> statements: why a percentage, or a time, is no figure of its indicator.

It is a threshold by which something else is measured, a share of other things, within other days, of a part that is marked out,
or the other part of what the page states; no complement is computed.
"""

from __future__ import annotations

import re

from extractors.candidate import Candidate
from extractors.indicators import concept_bits, neutral_concepts, not_a_share_of_people
from extractors.lexicon import lookup
from extractors.refusals_of_cues import BECAUSE

_APART = re.compile(
    r"\s*(?:days |weeks )?(?:slower|longer|shorter|quicker|faster|away from|short of|off the|(?:worse|more|less|fewer) than)\b",
    re.IGNORECASE,
)


def is_so_many_days_apart(c: Candidate) -> bool:
    """ "28 days slower than the threshold"."""
    return c.entry.unit in ("days", "weeks") and c.behind(_APART) is not None


_BEYOND_DAYS = re.compile(
    r"\b(?:longer than|more than|over|exceed(?:ed|ing|s)?|beyond|outside(?: of)?|in excess of|(?<!no )(?<!not )later than) (?:the )?"
    r"(?:statutory |required |expected )?\d+[ -](?:working )?days?\b",
    re.IGNORECASE,
)
_WITHIN_DAYS = re.compile(r"\b(?:within|in|under) (?:the )?(\d+)[ -](?:working )?days?\b", re.IGNORECASE)


def _limit(c: Candidate) -> int | None:
    """The working days within which the measure holds."""
    days: int | None = lookup("vetoes.yaml")["limits"].get(c.wording.indicator)
    return days


def took_longer(c: Candidate) -> bool:
    """ "38% took longer than 45 days": the others are printed nowhere."""
    return _limit(c) is not None and c.around(_BEYOND_DAYS) is not None


def is_within_other_days(c: Candidate) -> bool:
    """ "only 5.2% were within 10 days", where the measure is of 45: behind the number, or before it and nowhere else."""
    limit = _limit(c)
    if limit is None:
        return False
    behind = c.later(_WITHIN_DAYS)
    if behind is not None:
        return int(behind[1]) != limit
    before = [int(found[1]) for found in _WITHIN_DAYS.finditer(c.text, c.clause.start, c.number.start)]
    return bool(before) and before[-1] != limit


_FOR_MOST = re.compile(r"\bfor (?:most|many|some|all|others|a few)\b", re.IGNORECASE)
_OR_ABOVE = re.compile(
    r"\s*(?:%|per ?cent)?\s*(?:or|and) (?:above|more|better|over|higher|below|less)\b", re.IGNORECASE
)


def is_reached_by_most(c: Candidate) -> bool:
    """ "for most this is 90% or above"."""
    return c.behind(_OR_ABOVE) is not None and c.before(_FOR_MOST) is not None


_MARK = re.compile(
    r"\s*(?:%|per ?cent)?\s*(?:(?:most|least) (?:deprived|affluent|disadvantaged)|mark\b|threshold\b|line\b|of (?:the |that |this )?(?:[\w/’'-]+ ){0,4}\(?(?:median|average|mean)\b)",
    re.IGNORECASE,
)
_DEPRIVED = re.compile(r"\b(?:most|least) (?:deprived|affluent|disadvantaged) $", re.IGNORECASE)


def is_a_mark(c: Candidate) -> bool:
    """ "income under 60% of the median", "over the 50% mark", "in the 30% most deprived areas", "the most deprived 10%"."""
    return c.is_share and (c.behind(_MARK) is not None or c.just_before(_DEPRIVED) is not None)


_OF_THINGS = re.compile(
    r"\s*(?:per ?cent)?\s*of (?:all |the |our |its |these |total )*"
    r"(?:shifts|nights|hours|spend|spending|budgets?|costs?|expenditure|income|respondents|responses|requests|complaints|staff|employees|professionals|governors|parents|practitioners)\b",
    re.IGNORECASE,
)


def is_a_share_of_things(c: Candidate) -> bool:
    """ "agency staff cover 22% of shifts"."""
    return c.is_share and c.behind(_OF_THINGS) is not None


_GOOD_ALONE = re.compile(
    r"\s*(?:per ?cent)?\s*(?:of \w+ )?(?:were |was |are |is |judged |graded |rated )*(?:as )?good\b(?! (?:or|and)\b|/)"
    r"[^.;]{0,12}\d[\d.]*\s?(?:%|per ?cent)[^.;]{0,30}\boutstanding",
    re.IGNORECASE,
)


def is_good_without_outstanding(c: Candidate) -> bool:
    """ "44% were good, 3% outstanding"."""
    return "graded_good" in c.wording.concepts and c.behind(_GOOD_ALONE) is not None


_ALL_BUT = re.compile(r"\ball (?:but|except) (?:for )?(?:about |around |some |just )?$", re.IGNORECASE)


def is_what_all_but_leaves(c: Candidate) -> bool:
    """ "all but 4% were on time": what is left over is printed nowhere."""
    return c.just_before(_ALL_BUT) is not None


_RANGES = re.compile(r"\b(?:rang(?:ed|ing|es?)|var(?:ied|ies|ying))\b[^;.]*$", re.IGNORECASE)


def ranges_over_many(c: Candidate) -> bool:
    """ "re-referrals across all authorities ranged from 7.4% to 45%"."""
    at = c.number.start
    return c.number.high is not None and _RANGES.search(c.text[max(0, at - 40) : at]) is not None


_OF_PEOPLE = re.compile(
    r"[\s%)]*(?:per cent |percent )?of (?:all |the |our |these )?(?:\w+ ){0,2}(?:children|pupils|young people|students|looked after)\b",
    re.IGNORECASE,
)
_MOST = re.compile(r"\b(?:where|when|whose|majority|most|many|some|few|proportion|number|all) (?:of )?", re.IGNORECASE)


def is_a_share_of_people(c: Candidate) -> bool:
    """ "64% of children have attendance above 95%": attendance is no share of people."""
    return c.is_share and c.wording.indicator in not_a_share_of_people() and c.behind(_OF_PEOPLE) is not None


def is_what_most_reach(c: Candidate) -> bool:
    """ "the vast majority achieve an attendance of over 90%"."""
    return (
        c.is_share
        and c.number.approximation in ("over", "under")
        and c.wording.indicator in not_a_share_of_people()
        and c.before(_MOST) is not None
    )


_THOSE = re.compile(
    r"[\s%)]*(?:per cent )?(?:of|for|among) those (?:placed|living|educated|aged|from|in|with|without|who|at|on|under|over) ",
    re.IGNORECASE,
)
_AMONG = re.compile(r"[\s%)]*(?:per cent )?(?:for|among) ")


def is_of_those_marked_out(c: Candidate) -> bool:
    """ "18% of those placed out of area": of a part that other words than the indicator's mark out."""
    if not c.is_share:
        return False
    those = _THOSE.match(c.text, c.number.end, c.clause.end)
    if those is None:
        return False
    if those.group().endswith("aged ") and c.is_listed("ages_allowed"):
        return False  # "in touch with 96% of those aged 19 to 21"
    if _AMONG.match(those.group()):
        return True  # "97%, and 84% for those educated out of the city": of what is said before
    named = {name for start, _, name in c.sentence.concepts if c.number.end <= start and start < c.clause.end}
    return not named & c.wording.concepts


_BOUND_BEFORE = re.compile(r"\b(?:above|below|over|under|least|than)\W*$")
_ANOTHER_THEN = re.compile(r"[,;]|\band\b")


def is_what_a_share_is_measured_by(c: Candidate) -> bool:
    """ "64% of children have attendance above 95%": the second percentage is what the first is measured by."""
    if not c.is_share or (c.number.approximation == "exact" and not c.so_far(_BOUND_BEFORE)):
        return False
    for other in c.sentence.numbers:
        if other.unit == "percent" and other.end < c.number.start and _OF_PEOPLE.match(c.text, other.end):
            return _ANOTHER_THEN.search(c.text, other.end, c.number.start) is None
    return False


_NOT_BAD = re.compile(r"\s*(?:good|yet good|as|enough|only|always|been good)")


def is_late(c: Candidate) -> bool:
    """ "12% of reviews were late": the page states the other part, though not in "58% as consents came late"."""
    return (
        c.is_share
        and any(
            name == "late"
            and c.clause.start <= s
            and e <= c.clause.end
            and c.number.start - 40 < s < c.core_end
            and not BECAUSE.search(c.text, c.number.end, s)
            for s, e, name in c.sentence.cues
        )
        and c.entry.better == "high"
    )


def is_denied(c: Candidate) -> bool:
    """ "16% are not in touch": the page states the other part."""
    return c.is_share and any(
        name == "negation" and c.clause.start <= s and e <= c.clause.end and _denies(c, s, e)
        for s, e, name in c.sentence.cues
    )


def _denies(c: Candidate, start: int, end: int) -> bool:
    """Whether a negation stands near the number and right before what the indicator names."""
    if start < c.number.start and "," in c.text[end : c.number.start]:
        return False
    follows = any(name in c.wording.concepts and 0 <= s - end <= 25 for s, _, name in c.sentence.concepts)
    return follows and start > c.number.start - 60 and not _NOT_BAD.match(c.text, end)


_OF_BASE = re.compile(r"^\W*(?:[\w’']+,\s*)?of (?:the |these |those |all |our )?[^,]*,", re.IGNORECASE)


def is_of_a_base_before(c: Candidate) -> bool:
    """ "Of the repeat referrals, 20% were dip sampled": all that names the indicator is the base of another share."""
    if not c.is_share:
        return False
    opening = _OF_BASE.match(c.text[c.clause.start : c.number.start])
    if opening is None:
        return False
    behind_base = c.clause.start + opening.end()
    base = {n for s, e, n in c.sentence.concepts if c.clause.start <= s and e <= behind_base}
    rest = {n for s, e, n in c.sentence.concepts if s >= c.number.end and e <= c.clause.end}
    return (
        c.wording.concepts <= base
        and not c.wording.concepts & rest
        and bool(c.sentence.unexplained(c.number.end, c.core_end))
    )


_OF_WHAT_FOLLOWS = re.compile(r"[\s%)]*(?:per cent|percent)?\s*(?:\([^()]*\)\s*)?of\s+")
_FINITE = re.compile(
    r"\b(?:is|are|was|were|had|have|has|been|being|receive|received|live|lived|living|achieved|attended|participated|resulted|resulting|took|taking|went|led|leading|return(?! (?:home |to home )?(?:interview|conversation))|"
    r"completed|held|started|visited|seen|became|become|remain|remained|returned|moved|needed|progressed|ended|closed|gained|made|met|contributed|experienced|benefit|benefited|benefitted|getting|accessed|accessing)\b",
    re.IGNORECASE,
)


def is_of_a_base_behind(c: Candidate) -> bool:
    """ "20% of repeat referrals were dip sampled": all that names the indicator stands between "of" and the verb."""
    of_base = _OF_WHAT_FOLLOWS.match(c.text, c.number.end, c.clause.end) if c.is_share else None
    verb = _FINITE.search(c.text, of_base.end(), c.clause.end) if of_base else None
    if of_base is None or verb is None:
        return False
    concepts = c.sentence.concepts
    base = {n for s, _, n in concepts if of_base.end() <= s < verb.start()}
    left = {n for s, e, n in concepts if s >= c.clause.start and e <= c.number.start}
    after = {n for s, e, n in concepts if e > verb.start() and e <= c.clause.end}
    if concept_bits(after) & neutral_concepts():
        return False
    return c.wording.concepts <= base and not c.wording.concepts & (left | after)


_OF_THESE = re.compile(r"\s*(?:per ?cent )?of (?:these|those|this) (?:children|young people|group)\b", re.IGNORECASE)
_OF_THE_ITEM = re.compile(
    r"\W*(?:of (?:this|these|those) [\d,]+|all (?:of (?:them|these)|\w+) (?:live|are|were)|\w+ of (?:these|those|them))\b",
    re.IGNORECASE,
)


def is_of_the_item_before(c: Candidate) -> bool:
    """ "Of this 171, 46% live outside the area": of those that the item before counts."""
    return c.how == "of_list" and _OF_THE_ITEM.match(c.text) is not None


def is_of_these(c: Candidate) -> bool:
    """ "268 live outside the city, although 73% of these children are in the county"."""
    return c.how == "sentence" and c.behind(_OF_THESE) is not None
