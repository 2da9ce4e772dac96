"""Step mentions -> statements: why a number that has found an indicator is still not a figure of it.

A part of the cohort, a sample that somebody read, a plan, a question, a complement that the page does not state, a share of a
share: each is a disposition of its own in the ledger.
"""

from __future__ import annotations

import re

from extractors.clauses import Clause, bits_end, core_end
from extractors.indicators import (
    Wording,
    cohort_concepts,
    concept_bits,
    indicator_named,
    neutral_concepts,
    not_a_share_of_people,
    whole_cohorts,
)
from extractors.lexicon import lookup
from extractors.sentences import Sentence
from schemas.records import Number

_FINITE = re.compile(
    r"\b(?:is|are|was|were|had|have|has|been|being|receive|received|live|lived|living|achieved|attended|participated|resulted|resulting|took|taking|went|led|leading|return(?! (?:home |to home )?(?:interview|conversation))|"
    r"completed|held|started|visited|seen|became|become|remain|remained|returned|moved|needed|progressed|ended|closed|gained|made|met|contributed|experienced|benefit|benefited|benefitted|getting|accessed|accessing)\b",
    re.IGNORECASE,
)
_BEYOND_DAYS = re.compile(
    r"\b(?:longer than|more than|over|exceed(?:ed|ing|s)?|beyond|outside(?: of)?|in excess of|(?<!no )(?<!not )later than) (?:the )?"
    r"(?:statutory |required |expected )?\d+[ -](?:working )?days?\b",
    re.IGNORECASE,
)
_FOR_MOST = re.compile(r"\bfor (?:most|many|some|all|others|a few)\b", re.IGNORECASE)
_OR_ABOVE = re.compile(
    r"\s*(?:%|per ?cent)?\s*(?:or|and) (?:above|more|better|over|higher|below|less)\b", re.IGNORECASE
)
_WITHIN_DAYS = re.compile(r"\b(?:within|in|under) (?:the )?(\d+)[ -](?:working )?days?\b", re.IGNORECASE)
_OF_THINGS = re.compile(
    r"\s*(?:per ?cent)?\s*of (?:all |the |our |its |these |total )*"
    r"(?:shifts|nights|hours|spend|spending|budgets?|costs?|expenditure|income|respondents|responses|requests|complaints|staff|employees|professionals|governors|parents|practitioners)\b",
    re.IGNORECASE,
)
_GOOD_ALONE = re.compile(
    r"\s*(?:per ?cent)?\s*(?:of \w+ )?(?:were |was |are |is |judged |graded |rated )*(?:as )?good\b(?! (?:or|and)\b|/)"
    r"[^.;]{0,12}\d[\d.]*\s?(?:%|per ?cent)[^.;]{0,30}\boutstanding",
    re.IGNORECASE,
)
_INVOLVED = re.compile(
    r"\b(?:enquir(?:y|ies)|referrals?|assessments?|contacts?|conferences?|investigations?|notifications?|episodes?|incidents?) "
    r"(?:relating to|in respect of|involving|concerning|about) (?:about |around |some |a total of )?$",
    re.IGNORECASE,
)
_ALL_BUT = re.compile(r"\ball (?:but|except) (?:for )?(?:about |around |some |just )?$", re.IGNORECASE)


def veto_of_number(
    sentence: Sentence, clause: Clause, number: Number, wording: Wording, how: str, kind: str
) -> str | None:
    """The disposition of a number that is not a figure of its indicator after all, else None."""
    if sentence.text.rstrip().endswith("?"):
        return "not_a_statement"
    if indicator_named(wording.indicator).unit in ("days", "weeks") and _APART.match(sentence.text, number.end):
        return "comparison"  # "28 days slower than the threshold"
    limit = lookup("vetoes.yaml")["limits"].get(wording.indicator)
    if limit is not None and _BEYOND_DAYS.search(sentence.text, clause.start, clause.end):
        return "no_indicator"  # "38% took longer than 45 days": the others are printed nowhere
    if _FOR_MOST.search(sentence.text[clause.start : number.start]) and _OR_ABOVE.match(sentence.text, number.end):
        return "threshold"  # "for most this is 90% or above"
    if limit is not None and _within_other_days(sentence, clause, number, limit):
        return "no_indicator"  # "only 5.2% were within 10 days", where the measure is of 45
    if _AUDITED.match(sentence.text, number.end) and wording.indicator != "audits_good_pct":
        return "sample"  # "of 15 section 47 enquiries audited, ten were well recorded"
    if number.unit == "percent" and (
        _MARK.match(sentence.text, number.end)
        or _DEPRIVED.search(sentence.text[max(0, number.start - 24) : number.start])
    ):
        return "threshold"  # "income under 60% of the median", "over the 50% mark", "in the 30% most deprived areas"
    if wording.indicator == "ehcp_count" and _ISSUED.match(sentence.text, number.end):
        return "no_indicator"  # so many were written, not so many children have one
    if wording.indicator in whole_cohorts() and _SCHOOL_YEAR.search(sentence.text, clause.start, number.start):
        return "subset"  # "year 11 had 43 looked after children"
    if wording.indicator in whole_cohorts() and "unallocated" in sentence.text:
        return "subset"  # "2 child protection and 5 looked after children cases unallocated"
    if wording.indicator == "cla_same_placement_2yr_pct" and _FOUR_YEARS.search(
        sentence.text, clause.start, clause.end
    ):
        return "other_cohort"  # D35, which is of those looked after for four years
    if how == "of_list" and _OF_THE_ITEM.match(sentence.text):
        return "share_of_share"  # "Of this 171, 46% live outside the area": of those that the item before counts
    if _THE_LAST.search(sentence.text[max(0, number.start - 20) : number.start]) and _PEOPLE.match(
        sentence.text, number.end
    ):
        return "sample"  # "of the last 10 children to become looked after"
    if number.words and number.value == 1 and how == "topic":
        return "not_a_statement"
    if how.startswith("carried") and wording.indicator in _OF_EVENTS and _PEOPLE.match(sentence.text, number.end):
        return "no_indicator"  # "Social care had 2,118 children open to it", after one on referrals
    if how == "of_whom" and _ALSO.match(sentence.text, number.end):
        return "subset"  # "(31 of which also have a plan)"
    if number.unit == "percent" and _OF_THINGS.match(sentence.text, number.end):
        return "no_indicator"  # "agency staff cover 22% of shifts"
    if "graded_good" in wording.concepts and _GOOD_ALONE.match(sentence.text, number.end):
        return "subset"  # "44% were good, 3% outstanding"
    if wording.indicator == "minority_ethnic_pct" and (
        _OF_EVERYBODY.match(sentence.text, number.end) or _EVERYBODY.search(sentence.text, clause.start, number.start)
    ):
        return "other_cohort"  # "7.6% of the population": not of the children
    if how == "sentence" and _OF_THESE.match(sentence.text, number.end):
        return "share_of_share"  # "268 live outside the city, although 73% of these children are in the county"
    if _ALL_BUT.search(sentence.text[max(0, number.start - 24) : number.start]):
        return "no_indicator"  # "all but 4% were on time": what is left over is printed nowhere
    if number.high is not None and _RANGES.search(sentence.text[max(0, number.start - 40) : number.start]):
        return "not_a_statement"  # "re-referrals across all authorities ranged from 7.4% to 45%"
    if wording.indicator in lookup("vetoes.yaml")["events"].split() and _PEOPLE.match(sentence.text[number.end :]):
        return "no_indicator"  # "612 missing episodes by 187 children"
    if _PEOPLE.match(sentence.text[number.end :]) and _INVOLVED.search(sentence.text[: number.start]):
        return "no_indicator"  # "41 section 47 enquiries relating to 66 children"
    if indicator_named(wording.indicator).unit == "days" and _ONE_CHILD.search(sentence.text[: number.start]):
        return "not_a_statement"  # "one child had waited 611 days and took the average up"
    if concept_bits(wording.concepts) & cohort_concepts() and (
        _ALL_PUPILS.match(sentence.text[number.end :])
        or _ALL_OF_THEM_HAD.search(sentence.text, clause.start, number.start)
        or _THAN_ALL.search(sentence.text, max(clause.start, number.start - 90), number.start)
    ):
        return "other_cohort"  # "below the attendance of all Warrington children at 95%"
    entry = indicator_named(wording.indicator)
    if entry.unit == "cases" and number.value is not None and entry.maximum and number.value > entry.maximum:
        return "no_indicator"  # an average of 74 is a reviewing officer's, whoever else the paper speaks of
    if number.unit == "percent" and wording.indicator != "audits_good_pct" and _SO_MANY_CASES.search(sentence.text):
        return "sample"  # "in 16 of 20 cases the child's voice was clear, and in 85% visits were on time"
    if wording.indicator == "cla_attendance_pct" and how in ("topic", "heading") and _MET.search(sentence.text):
        return "other_cohort"  # "met six times, with attendance of 81%": the board's
    if wording.indicator == "sw_caseload" and (
        _WORKERS.match(sentence.text, number.end) or _AT_MOST.search(sentence.text[clause.start : number.start])
    ):
        return "no_indicator"  # "seven social workers hold more than 22 cases"
    if wording.indicator == "sw_caseload" and _NEW_TO_IT.search(sentence.text, 0, number.start):
        return "subset"  # "among those qualified less than two years, caseloads average 11"
    if wording.indicator == "sgo_count" and _UNDER_ORDERS.search(sentence.text, number.end, clause.end):
        return "no_indicator"  # who lives under orders is counted, not how many orders were made
    if _other_ages(sentence, clause, wording):
        return "other_cohort"
    for s, e, name in sentence.cues:
        reaches = (
            s >= clause.start
            or name == "veto:sample"
            or (name == "veto:subset" and not _OWN_NOUN.search(sentence.text[clause.start : clause.end]))
        )
        if name.startswith("veto:") and reaches and e <= bits_end(sentence, clause):
            reason = name[5:]
            if s < number.end and number.start < e:
                continue  # "just under 5%" is no age
            if (
                reason == "subset"
                and sentence.text[s:e].lower() in indicator_named(wording.indicator).definition.lower()
            ):
                continue  # "re-referrals within 12 months" are so by definition
            if (
                reason == "subset"
                and sentence.text[s:e].lower() == "no more than"
                and number.unit == "percent"
                and _OF_WHAT.match(sentence.text, number.end)
            ):
                continue  # "in May no more than 31% of assessments were on time"
            if reason == "subset" and s >= number.end and _NO_PART.search(sentence.text, number.end, s):
                continue  # "with foster carers, including connected carers"; "lived away, for reasons such as gangs"
            if reason == "all_children":
                if not concept_bits(wording.concepts) & cohort_concepts():
                    continue
                if s >= number.end and _AS_FOR.search(sentence.text, number.end, s):
                    continue  # "5.1%, the same as for all children here"
                reason = "other_cohort"
            if reason == "age" and _UNDER_18.match(sentence.text, s):
                continue  # "41 unaccompanied children aged below 18": the whole cohort
            if reason == "age":
                if indicator_named(wording.indicator).unit == "per_10000" and "18" in sentence.text[s:e]:
                    continue  # "62 for every 10,000 under-18s"
                if wording.indicator in lookup("vetoes.yaml")["ages_allowed"].split():
                    continue
                reason = "subset"
            if reason == "sample" and wording.indicator == "audits_good_pct":
                continue
            if reason == "not_yet":
                if e <= number.start and _BECAUSE.search(sentence.text, e, number.start):
                    continue  # "this will be more, as 15 orders have already been granted"
                return "not_a_statement"
            return reason
        if name == "forecast" and s >= clause.start and e <= clause.first:
            if _BECAUSE.search(sentence.text, e, clause.first):
                continue
            return "not_a_statement"
    if (
        number.words
        and number.value == 1
        and how in ("own_clause", "sentence", "previous_sentence", "heading")
        and _ANECDOTE.search(sentence.text)
    ):
        return "not_a_statement"
    contrasted = _CONTRAST.search(sentence.text, number.end, clause.end)  # "average 22, yet in two teams ..."
    if wording.indicator.startswith("sw_") and _TEAM.search(
        sentence.text[: contrasted.start() if contrasted else clause.end]
    ):
        return "subset"
    if how in _CARRIED and any(
        name == "negation" and s >= number.end and e <= core_end(sentence, clause) for s, e, name in sentence.cues
    ):
        return "no_indicator"
    if _foreign_age(sentence, clause, wording):
        return "subset"
    entry = indicator_named(wording.indicator)
    if (
        number.unit is None
        and kind != "change"
        and wording.indicator in whole_cohorts()
        and entry.minimum is not None
        and (number.value or 0) < entry.minimum
    ):
        return "subset"
    if number.unit == "percent":
        if wording.indicator in not_a_share_of_people() and _OF_PEOPLE.match(sentence.text[number.end :]):
            return "no_indicator"
        if (
            wording.indicator in not_a_share_of_people()
            and number.approximation in ("over", "under")
            and _MOST.search(sentence.text[clause.start : number.start])
        ):
            return "threshold"  # "the vast majority achieve an attendance of over 90%"
        if _of_those(sentence, clause, number, wording):
            return "subset"
        if _threshold_of_share(sentence, clause, number):
            return "threshold"
        if _complement(sentence, clause, number, wording):
            return "no_indicator"
        if _share_of_share(sentence, clause, number, wording):
            return "share_of_share"
    return None


def _within_other_days(sentence: Sentence, clause: Clause, number: Number, limit: int) -> bool:
    """Whether the clause counts by other days than the measure's: behind the number, or before it and nowhere else."""
    behind = _WITHIN_DAYS.search(sentence.text, number.end, clause.end)
    if behind is not None:
        return int(behind[1]) != limit
    before = [int(found[1]) for found in _WITHIN_DAYS.finditer(sentence.text, clause.start, number.start)]
    return bool(before) and before[-1] != limit


_AUDITED = re.compile(r"[\w\s'’-]{0,40}\b(?:were |was |that were )?(?:audited|dip[- ]sampled)\b", re.IGNORECASE)
_ONE_CHILD = re.compile(
    r"\b(?:one|a) (?:child|young person|sibling group|case) (?:had |has )?(?:waited|took|taken|been)\b", re.IGNORECASE
)
_ALL_OF_THEM_HAD = re.compile(
    r"\ball (?!looked|cared|care|our|these|those|children in|children looked)(?:[\w’']+ ){0,2}(?:pupils|children|young people)"
    r"(?! (?:who|in care|looked after|in need|subject|with|on))\s+(?:had|have|has|was|were|at)\b[^,;.]{0,30}$",
    re.IGNORECASE,
)
_NO_PART = re.compile(
    r"\b(?:including|inclusive of|which includes?|for reasons|because|due to|owing to|as a result of|explained by)\b[^;.]*$",
    re.IGNORECASE,
)
_CONTRAST = re.compile(r",\s*(?:yet|but|although|though|while|whilst|whereas|however)\b", re.IGNORECASE)
_UNDER_18 = re.compile(r"(?:age[ds]? )?(?:under|below) (?:the age of )?18\b", re.IGNORECASE)
_SO_MANY_CASES = re.compile(r"\b\w+ (?:out )?of (?:the )?\d+ (?:cases|files|records|audits)\b", re.IGNORECASE)
_MET = re.compile(r"\b(?:met|meets?|meetings?)\b", re.IGNORECASE)
_OF_WHAT = re.compile(r"\s*(?:per ?cent )?of \w", re.IGNORECASE)
_MARK = re.compile(
    r"\s*(?:%|per ?cent)?\s*(?:(?:most|least) (?:deprived|affluent|disadvantaged)|mark\b|threshold\b|line\b|of (?:the |that |this )?(?:[\w/’'-]+ ){0,4}\(?(?:median|average|mean)\b)",
    re.IGNORECASE,
)
_DEPRIVED = re.compile(r"\b(?:most|least) (?:deprived|affluent|disadvantaged) $", re.IGNORECASE)
_ISSUED = re.compile(
    r"\s*(?:new |final |more )?(?:ehc ?(?:plan|p)s?|plans?|education,? health (?:and|&) care (?:plans?)(?: \(ehcps?\))?)\s+(?:(?:had|have|has|were|was|are|been|being)\s+)*"
    r"(?:completed|issued|finalised|agreed|ceased|closed|written|produced|reviewed|amended)\b",
    re.IGNORECASE,
)
_ALSO = re.compile(r"\s*(?:of (?:whom|which|these|them) )?(?:\w+ )?also\b", re.IGNORECASE)
_SCHOOL_YEAR = re.compile(r"\byears? (?:[1-9]|1[0-3])\b(?!,)", re.IGNORECASE)
_NEW_TO_IT = re.compile(
    r"\b(?:newly[- ]qualified|nqsws?|asye|qualified (?:for )?(?:less|under|fewer)\b)", re.IGNORECASE
)
_OF_THE_ITEM = re.compile(
    r"\W*(?:of (?:this|these|those) [\d,]+|all (?:of (?:them|these)|\w+) (?:live|are|were)|\w+ of (?:these|those|them))\b",
    re.IGNORECASE,
)
_THE_LAST = re.compile(r"\bof the (?:last|first|most recent|next) $", re.IGNORECASE)
_FOUR_YEARS = re.compile(r"\bfor (?:at least |over |more than )?(?:4|four) (?:or more )?years\b", re.IGNORECASE)
_OF_EVENTS = frozenset({"referrals_count", "contacts_count", "s47_count", "missing_episodes_count"})
_APART = re.compile(
    r"\s*(?:days |weeks )?(?:slower|longer|shorter|quicker|faster|away from|short of|off the|(?:worse|more|less|fewer) than)\b",
    re.IGNORECASE,
)
_THOSE = re.compile(
    r"[\s%)]*(?:per cent )?(?:of|for|among) those (?:placed|living|educated|aged|from|in|with|without|who|at|on|under|over) ",
    re.IGNORECASE,
)
_RANGES = re.compile(r"\b(?:rang(?:ed|ing|es?)|var(?:ied|ies|ying))\b[^;.]*$", re.IGNORECASE)
_PEOPLE = re.compile(
    r"\s*(?:different |individual |unique |separate )?(?:children|young people|people|individuals|pupils|who)\b",
    re.IGNORECASE,
)
_CARRIED = frozenset({"carried", "carried_sentence", "previous_sentence", "topic", "heading", "list_lead"})
_ANECDOTE = re.compile(
    r"\b(?:described|told|said|felt|explained|commented|valued|managed|able|for example|in one case|reported (?:that|feeling)|expressed|recalled|wrote|had been|inspector)\b",
    re.IGNORECASE,
)
_TEAM = re.compile(
    r"\b(?:in|within|across|for|of) (?:the |some |one |its |a |two |three |most |certain )?(?!all )(?:[\w-]+ ){0,4}teams?\b",
    re.IGNORECASE,
)
_MOST = re.compile(r"\b(?:where|when|whose|majority|most|many|some|few|proportion|number|all) (?:of )?", re.IGNORECASE)
_THAN_ALL = re.compile(
    r"\b(?:of|for|than|among|amongst) all (?:(?!looked|cared|care|our|these|those)[\w’']+ ){0,2}(?:pupils|children|young people)"
    r"(?! (?:who|in care|looked after|in need|subject|with|on))[^,;.]{0,30}$",
    re.IGNORECASE,
)
_UNDER_ORDERS = re.compile(
    r"\b(?:cared for|looked after|living|live|lived|placed|are|were|supported|remain) (?:with [\w ]{1,30}? )?(?:under|on|through|subject to) (?:an? )?"
    r"(?:special guardianship|sgo)",
    re.IGNORECASE,
)
_WORKERS = re.compile(
    r"\s*(?:(?:out )?of [\d,]+ |of (?:the|our) |newly |qualified |experienced |agency |permanent |new |fte |international )*(?:social )?(?:workers|staff|practitioners|recruits)\b",
    re.IGNORECASE,
)
_AT_MOST = re.compile(
    r"\b(?:no (?:social )?worker|more than|over|fewer than|at least|up to|maximum of|exceed(?:s|ing)?)\s+(?:\w+ ){0,3}$",
    re.IGNORECASE,
)
_EVERYBODY = re.compile(r"\b(?:all[- ]age|total|whole|general|overall|adult) population\b", re.IGNORECASE)
_OF_EVERYBODY = re.compile(
    r"\s*(?:per ?cent )?of (?:the |our |its )?(?:total |general |overall |local |whole )?(?:population|residents|people|workforce|staff)\b",
    re.IGNORECASE,
)
_OF_THESE = re.compile(r"\s*(?:per ?cent )?of (?:these|those|this) (?:children|young people|group)\b", re.IGNORECASE)
_AS_FOR = re.compile(r"\b(?:same|similar|equal|identical|line|than|compared|against|above|below)\b", re.IGNORECASE)
_BECAUSE = re.compile(r"\b(?:as|because|since|given that)\b", re.IGNORECASE)
_ALL_PUPILS = re.compile(
    r"^[\s%)]*(?:per cent )?(?:for|of|by|among) all (?:\w+ ){0,2}(?:pupils|children|young people|schools)\b",
    re.IGNORECASE,
)
_OF_BASE = re.compile(r"^\W*(?:[\w’']+,\s*)?of (?:the |these |those |all |our )?[^,]*,", re.IGNORECASE)
_OWN_NOUN = re.compile(
    r"\b(?:children|child|young people|leavers|pupils|of|rate|proportion|percentage|number|average)\b", re.IGNORECASE
)
_OF_PEOPLE = re.compile(
    r"^[\s%)]*(?:per cent |percent )?of (?:all |the |our |these )?(?:\w+ ){0,2}(?:children|pupils|young people|students|looked after)\b",
    re.IGNORECASE,
)


def _of_those(sentence: Sentence, clause: Clause, number: Number, wording: Wording) -> bool:
    """ "18% of those placed out of area": of a part that other words than the indicator's mark out."""
    those = _THOSE.match(sentence.text[number.end : clause.end])
    if those is None:
        return False
    if those.group().endswith("aged ") and wording.indicator in lookup("vetoes.yaml")["ages_allowed"].split():
        return False  # "in touch with 96% of those aged 19 to 21"
    if re.match(r"[\s%)]*(?:per cent )?(?:for|among) ", those.group()):
        return True  # "97%, and 84% for those educated out of the city": of what is said before
    named = {name for start, _, name in sentence.concepts if number.end <= start and start < clause.end}
    return not named & wording.concepts


def _threshold_of_share(sentence: Sentence, clause: Clause, number: Number) -> bool:
    """ "64% of children have attendance above 95%": the second percentage is what the first is measured by."""
    if number.approximation == "exact" and not re.search(
        r"\b(?:above|below|over|under|least|than)\W*$", sentence.text[: number.start]
    ):
        return False
    for other in sentence.numbers:
        if other.unit == "percent" and other.end < number.start and _OF_PEOPLE.match(sentence.text[other.end :]):
            return not re.search(r"[,;]|\band\b", sentence.text[other.end : number.start])
    return False


def _foreign_age(sentence: Sentence, clause: Clause, wording: Wording) -> bool:
    """An age in the clause makes a part of the cohort of it, unless the indicator is of that age."""
    if wording.indicator in lookup("vetoes.yaml")["ages_allowed"].split():
        return False
    return any(
        n.role == "age"
        and n.start >= clause.start
        and n.end <= clause.end
        and not _whole_age(sentence, n)
        and not any(s <= n.start < e and name in wording.concepts for s, e, name in sentence.concepts)  # "20+ miles"
        for n in sentence.numbers
    )


def _other_ages(sentence: Sentence, clause: Clause, wording: Wording) -> bool:
    """An age outside those that the indicator is of ("19 to 21 year olds not in work" are no 16 and 17 year olds)."""
    allowed = lookup("vetoes.yaml")["ages_of"].get(wording.indicator)
    return allowed is not None and any(
        n.role == "age"
        and n.value is not None
        and n.value not in allowed
        and clause.start <= n.start
        and n.end <= clause.end
        for n in sentence.numbers
    )


def _whole_age(sentence: Sentence, age: Number) -> bool:
    """ "aged 0 to 17", "under 18": the whole cohort, not a part of it."""
    around = sentence.text[max(0, age.start - 12) : age.end + 8]
    if re.search(r"(?:stage|year|years|ks)\s*$", sentence.text[max(0, age.start - 8) : age.start], re.IGNORECASE):
        return True  # a key stage or school year, no age
    return (
        re.search(r"\b0\s*(?:-|–|to)\s*1[789]\b|(?:under|below)[- ](?:the age of )?18", around, re.IGNORECASE)
        is not None
    )


def _complement(sentence: Sentence, clause: Clause, number: Number, wording: Wording) -> bool:
    """ "16% are not in touch", "12% of reviews were late": the page states the other part, and no complement is computed."""
    better = indicator_named(wording.indicator).better
    for s, e, name in sentence.cues:
        if s < clause.start or e > clause.end:
            continue
        reason = name == "late" and _BECAUSE.search(sentence.text, number.end, s)  # "58% as consents came late"
        if name == "late" and not reason and better == "high" and number.start - 40 < s < core_end(sentence, clause):
            return True
        if name == "negation":
            follows = [c for c in sentence.concepts if c[2] in wording.concepts and 0 <= c[0] - e <= 25]
            if s < number.start and "," in sentence.text[e : number.start]:
                continue
            if (
                follows
                and s > number.start - 60
                and not re.match(r"\s*(?:good|yet good|as|enough|only|always|been good)", sentence.text[e:])
            ):
                return True
    return False


def _share_of_share(sentence: Sentence, clause: Clause, number: Number, wording: Wording) -> bool:
    """ "20% of repeat referrals were dip sampled": all that names the indicator is the base of another share."""
    text = sentence.text
    opening = _OF_BASE.match(text[clause.start : number.start])
    if opening:
        base = {n for s, e, n in sentence.concepts if clause.start <= s and e <= clause.start + opening.end()}
        rest = {n for s, e, n in sentence.concepts if s >= number.end and e <= clause.end}
        if (
            wording.concepts <= base
            and not wording.concepts & rest
            and sentence.unexplained(number.end, core_end(sentence, clause))
        ):
            return True
    m = re.match(r"[\s%)]*(?:per cent|percent)?\s*(?:\([^()]*\)\s*)?of\s+", text[number.end : clause.end])
    if not m:
        return False
    start = number.end + m.end()
    verb = _FINITE.search(text, start, clause.end)
    if not verb:
        return False
    base = {n for s, e, n in sentence.concepts if s >= start and s < verb.start()}
    left = {n for s, e, n in sentence.concepts if s >= clause.start and e <= number.start}
    after = {n for s, e, n in sentence.concepts if e > verb.start() and e <= clause.end}
    if concept_bits(after) & neutral_concepts():
        return False
    return bool(wording.concepts <= base and not (wording.concepts & left) and not (wording.concepts & after))
