"""Step mentions -> statements: of a clause, the area, the period and the kind that its words give its numbers.

Each is decided by grammar: an area belongs to a number when only glue stands between them, or when a comparison leads from
one to the other; "lower than the England average and is currently 12.9%" gives 12.9 to nobody but the authority itself.
"""

from __future__ import annotations

import re

from extractors.clauses import Clause
from extractors.sentences import Sentence
from schemas.records import AreaMention, Number, PeriodMention

_RESET = re.compile(
    r"(?:,|\band\b|\bbut\b|;|\bso\b)\s*(?:and |but |it |this |is |are |was |were |has |have |had |at |now |with |currently |stands |stood |remains |rose |fell |the |our )*"
    r"(?:is|are|was|were|has|have|had|stands|stood|remains|rose|fell|reached|increased|decreased)\b",
    re.IGNORECASE,
)
_ONE_FIGURE = re.compile(r"\s*(?:figure|average|rate|level|percentage|proportion)\b", re.IGNORECASE)
_COMPARATIVE = re.compile(
    r"\b(?:better|worse|higher|lower|more|less|fewer|longer|shorter|above|below)\s*[(]?\s*$", re.IGNORECASE
)
_LOWER_AT = re.compile(
    r"\b(?:lower|higher|better|worse|above|below|less|more)\b[^,;()]*\b(?:averages|rates|figures|levels)\s+at\s*$",
    re.IGNORECASE,
)
_IN_LINE_AT = re.compile(
    r"\b(?:in line with|similar to|close to|equal to|the same as)\b[^,;]*\bat\s+(?:around |about |just )?$",
    re.IGNORECASE,
)
_RIGHT_LINK = re.compile(
    r"^[\s%)\]]*(?:(?:working )?(?:days|weeks|months) |per 10,?000 |children |young people )*(?:of |in |for |across |within |of the |in the |for the |across the |the |in each authority of |total |of total |schools |children |pupils |per cent |among |amongst |by |from |were |was |is |overall |achieved |average |rate |figure |level |reported |recorded |seen |at |to |target |our |all |both )*$",
    re.IGNORECASE,
)
_COHORT_LINK = re.compile(
    r"[\s%)]*(?:per cent )?(?:of|for|among|amongst) (?:all |the )?(?:looked after children|children looked after|children in care|"
    r"care leavers|care experienced young people|cla|lac|young people|children|pupils|plans|referrals|assessments) "
    r"(?:in|across|within|from)?\s*(?:the )?",
    re.IGNORECASE,
)  # "19% of children in care in England"
_BOTH_OF = re.compile(r".*\bboth (?:the |of |our )*", re.IGNORECASE | re.DOTALL)
_AS_THEN = re.compile(r",\s*(?:just )?as (?:in|it was (?:in|at)) (?:the )?$", re.IGNORECASE)  # "61, as in June"
_DATES_A_CHANGE = re.compile(
    r"\b(?:since|by|until|after|before|prior to)\s+(?:the (?:end of )?|end of )?$", re.IGNORECASE
)
_TARGET_LEFT = re.compile(
    r"(?:\btargets?,\s*$|(?:target|targets|tolerances?|ambitions?|goals?|aims?|thresholds?|standards?|expectations?|aspirations?|benchmarks?)\b[^.;,()]{0,40}$)",
    re.IGNORECASE,
)
_SO_FAR_FROM = re.compile(
    r"\s*(?:%|per ?cent|percentage points?|points?)?\s*(?:above|below|higher than|lower than|better than|worse than)\b"
    r" (?:the |our |its |that of )?(?:\w+ ){0,2}(?:averages?|target|figure|rate|neighbours|england)\b",
    re.IGNORECASE,
)
_TARGET_MET = re.compile(
    r"\b(?:inside|within|below|under|above|over|on|met|meets|meeting|exceed(?:s|ed|ing)|beat(?:s|ing)?|achiev(?:ed|ing)|off)"
    r" (?:the |our |its |their |a )?(?:\w+ ){0,2}targets?,? (?:at|with) (?:just |about |only )*$",
    re.IGNORECASE,
)
_TARGET_RIGHT = re.compile(
    r"^\s*(?:%|per cent)?\s*[)\]]?\s*(?:national |local |council |statutory |our |the |service |year end |annual |corporate )*(?:target|tolerance|ambition|threshold|benchmark)\b(?!\s*[:=]?\s*\d)(?! (?:has|have|was|were|had) (?:been )?(?:met|exceeded|achieved|missed))",
    re.IGNORECASE,
)
_CHANGE_LEFT = re.compile(
    r"(?:\b(?:increase|increases|decrease|decreases|reduction|reductions|rise|fall|drop|growth|gap|difference|variance|improvement|deterioration|"
    r"uplift|decline|dip|change|gain|loss|swing) (?:of|by)"
    r"|\b(?:increased|increasing|decreased|decreasing|reduced|reducing|rose|risen|rising|fell|fallen|falling|dropped|grown|grew|improved|improving|declined|up|down|higher|lower|"
    r"deteriorated|exceed|exceeded|increase|decrease|rise|fall|reduce|drop|improve|grow|shortfall of|gap of)(?: by)"
    r"|(?<!made )(?<!make )(?<!makes )(?<!taken )(?<!take )(?<!making )\b(?:up|down))\s*(?:of |by )?(?:a |an |just |around |about |approximately |over |nearly |almost |under |some |only |a further |another |further )*$",
    re.IGNORECASE,
)
_CHANGE_RIGHT = re.compile(
    r"^\s*(?:%|per ?cent|percent|percentage points?|% points?|points?|pp|ppts?|days|weeks|children|young people|cases|more children)?\s*[)\]]?\s*(?:\([^()]{0,20}\)\s*)?"
    r"(?:year on year |point |points |of an? |month on month |additional |overall |annual |net |further |\w+ly )?"
    r"(?:increase|decrease|reduction|rise|fall|drop|growth|improvement|deterioration|uplift|decline|more|fewer|less|higher|lower|above|below|better|worse|additional|points? (?:above|below|higher|lower)|longer|shorter|up on|down on|(?:over|under) the (?:national |government |statutory |local )?(?:national|england|target|threshold|average))\b(?! than \d)",
    re.IGNORECASE,
)
_AVERAGE = re.compile(r"\b(?:average|averages|averaging|averaged|mean|on average)\b", re.IGNORECASE)
_EACH_MONTH = re.compile(
    r"\b(?:per|a|each|every) (?:calendar )?(?:month|week|quarter)\b|\b(?:monthly|weekly)\b", re.IGNORECASE
)

_BRACKET_AFTER = re.compile(
    r"\s*%?\s*\([^()]*\d[^()]*\)\s*(?:as )?(?:at|in|on|for|during|by)?(?: the)?(?: end of)?\s?", re.IGNORECASE
)


def area_of_clause(sentence: Sentence, clause: Clause) -> tuple[AreaMention, ...]:
    """The areas that the clause's numbers are about: none where it names none of them (the authority itself, or whatever
    the clause before spoke of); several where one number is said of several ("national and regional averages of 10%")."""
    inside = [a for a in sentence.areas if a.start >= clause.start and a.end <= clause.end]
    left = [a for a in inside if a.end <= clause.first]
    if left:
        # several areas that lead together to one number
        together = [left[-1]]
        for a in reversed(left[:-1]):
            link = sentence.text[a.end : together[0].start]
            if " the " in link and _ONE_FIGURE.match(sentence.text[left[-1].end :]):
                break  # "better than comparable authorities and the national figure of 12%"
            if not re.fullmatch(
                r"\s*(?:,|and|&|/|or|both|average|averages|rates?|the|of|in|our|across|for|figures?|s'|'s|\s)*\s*", link
            ):
                break
            if {a.kind, together[0].kind} >= {"own"} and a.kind != together[0].kind and link.strip() == ",":
                break  # "Of the London boroughs, ours had the fifth most"
            together.insert(0, a)
        if len(together) > 1 and _LOWER_AT.search(sentence.text[: clause.first]):
            return ()  # "the local rate was lower than national and regional averages at 12.9%"
        if _leads_to(sentence, together[-1], clause):
            return tuple(together)
    if (before := _taken_up(sentence, clause)) is not None:
        return (before,)
    right = [a for a in inside if a.start >= clause.last]
    if (
        right
        and _BRACKET_OPENS.fullmatch(sentence.text, clause.last, right[0].start)
        and sentence.text[right[0].end : right[0].end + 1] == ")"
    ):
        return (right[0],)  # "compared to 18% (SN), 19% (WM) and 22% (England)"
    if right and _is_adverb(sentence, clause, right[0]):
        return (right[0],)
    if right and (
        _RIGHT_LINK.match(between := _without_periods(sentence, clause.last, right[0].start))
        or _COHORT_LINK.fullmatch(between)
    ):
        together = [right[0]]
        for a in right[1:]:
            if not _BOTH_OF.fullmatch(sentence.text[clause.last : right[0].start]):
                break
            if re.fullmatch(r"\s*(?:,|and|,\s*and|&)\s*(?:the )?", sentence.text[together[-1].end : a.start]):
                together.append(a)  # "11% for both similar authorities and nationally"
        return tuple(together)
    return ()


def _taken_up(sentence: Sentence, clause: Clause) -> AreaMention | None:
    """ "England, which reports 22%", "nationally, where the average is 22%": the area that a relative clause speaks of."""
    if not _RELATIVE.match(sentence.text[clause.start : clause.first]):
        return None
    beside = [a for a in sentence.areas if a.kind != "own" and 0 <= clause.start - a.end <= 1]
    return beside[-1] if beside else None


def _is_adverb(sentence: Sentence, clause: Clause, area: AreaMention) -> bool:
    """ "the 88 a day who do so nationally": the adverb says where, with nothing that parts or compares before it."""
    between = sentence.text[clause.last : area.start]
    compared = any(s >= clause.last and e <= area.start and name == "compare" for s, e, name in sentence.cues)
    nationally = sentence.text[area.start : area.end].lower() == "nationally"
    ranked = _RANKS.search(between) is not None  # "20% puts us in the top quartile nationally"
    return nationally and not compared and not ranked and not re.search(r"[,;:()]|\b(?:and|but)\b", between)


def _without_periods(sentence: Sentence, start: int, end: int) -> str:
    """The characters between two places without the periods printed there ("a 10% average for 2013-14 in similar ...")."""
    text = sentence.text
    for p in sentence.periods:
        if p.start >= start and p.end <= end:
            text = text[: p.start] + " " * (p.end - p.start) + text[p.end :]
    return re.sub(r"\s+", " ", text[start:end])


_MOST_IN = re.compile(r"\b(?:\w+est|most|least)\b[^,;.\d]{0,40}\b(?:in|of) (?:all |the )?$", re.IGNORECASE)
_RELATIVE = re.compile(r"\W*(?:which|who|where|whose)\b", re.IGNORECASE)
_BRACKET_OPENS = re.compile(r"\s*(?:%|per ?cent)?\s*\(\s*(?:the )?", re.IGNORECASE)
_RANKS = re.compile(
    r"\b(?:us|we|our|quartile|quintile|decile|rank\w*|best|worst|highest|lowest|top|bottom)\b", re.IGNORECASE
)
_WITH_ONLY = re.compile(r"\s*with (?:about |around |just |over |nearly |only )*", re.IGNORECASE)
_OPENS = re.compile(
    r"\W*(?:and |while |whilst |by comparison |in comparison |but )?,?\s*(?:the |this |that |in |across |for )*(?:latest |current |average )*",
    re.IGNORECASE,
)
_FOR_THEN = re.compile(r",\s*(?:for|in|at|as at|during) [^,;()]{3,32},", re.IGNORECASE)  # ", for the year 2021/22,"
_GOVERNS = re.compile(r"\W*(?:nationally|regionally)", re.IGNORECASE)
_OF_US = re.compile(r"\b(?:we|our|ours|us|here|locally|local|ones?)\b|;", re.IGNORECASE)
_AVERAGE_FOR = re.compile(
    r"\s*(?:averages?|rates?|figures?|percentages?|proportions?|levels?|numbers?)\b[^,;:()]*\b(?:is|was|were|are|stood at|at|of|being)\s+(?:about |around |just |over |under |only )*",
    re.IGNORECASE,
)
_OWN_BEHIND_DASH = re.compile(
    r"\s*(?:averages?|figures?|rates?|levels?)?\s*[–—:-]\s+(?:at |with |\w+ at )?", re.IGNORECASE
)
_OF_THE_LAST = re.compile(
    r"\W*(?:set against |compared (?:to|with) |alongside )?(?:this|that|it|these|those|which|both)\b", re.IGNORECASE
)
_MIRRORED = re.compile(r"\b(?:mirror|reflect|echo|follow)(?:s|ed|ing)?\b", re.IGNORECASE)


def _leads_to(sentence: Sentence, area: AreaMention, clause: Clause) -> bool:
    """Whether the words between an area and the number after it tie the two together."""
    between = sentence.text[area.end : clause.first]
    if (
        len(between) > 120
        or ";" in between
        or (", with " in between and _MIRRORED.search(sentence.text[clause.start : area.start]))
    ):
        return False  # "the rise mirrors the increase in the region, with 445 here"
    compared = any(
        s <= area.start and e >= clause.start and name == "compare" for s, e, name in sentence.cues if s >= clause.start
    )
    if _RESET.search(between) and (compared or clause.opened_by == "compare"):
        return False
    if (
        compared
        and clause.start == 0
        and not _OF_THE_LAST.match(sentence.text)
        and re.match(
            r"\s*(?:averages?|figures?|rates?|levels?|performance)?\s*(?:,\s*(?:at|with|and)\b|(?:nationally\s+)?at\s+(?:just |about |around |over )?$)",
            between,
        )
    ):
        return False
    if compared and _OWN_BEHIND_DASH.fullmatch(between):
        return False  # "above the national average – 19 per cent in primary schools"
    if clause.start == 0 and _IN_LINE_AT.search(sentence.text[: clause.first]):
        return False
    if _MOST_IN.search(sentence.text[clause.start : area.start]):
        return False  # "the fifth largest county in England, with about 168,400 children"
    if _WITH_ONLY.fullmatch(between):
        return True  # "statistical neighbours with 331.7"
    if re.match(r"\s*(?:and|but|while|with|so)\b", between) or (
        between.startswith(" ") and re.match(r"\s*,?\s*(?:and|but)\s+(?:no|none)\b", between)
    ):
        return False  # "in line with pupils nationally and no children have been excluded"
    if area.kind == "own" or compared:
        return True
    if _GOVERNS.fullmatch(sentence.text, 0, area.end) and not _OF_US.search(between):
        return True  # "Nationally the figure for suspensions is a year behind, being 8.7%"
    undated = _FOR_THEN.sub(" ", between)
    if _OPENS.fullmatch(sentence.text[clause.start : area.start]) and _AVERAGE_FOR.fullmatch(undated):
        return True  # "The national average for plans issued within 20 weeks was 47.2%"
    if sentence.unexplained(area.end, clause.first):
        return False
    if between.startswith(",") and _OPENS.fullmatch(sentence.text[clause.start : area.start]):
        between = between[1:]  # "Nationally, looked after children have risen to 83,840"
    # "statistical neighbours had a re-referral rate of 20%", "the national vacancy rate of 20%"
    return not sentence.names_between(area.end, clause.first) or not re.search(r"[,;(]|\b(?:and|but|which)\b", between)


def _period_after_bracket(sentence: Sentence, clause: Clause) -> PeriodMention | None:
    """ "14.6% (32 headcount, 29.5 FTE) at 30 September 2022": the date behind the bracket that restates the value."""
    restated = _BRACKET_AFTER.match(sentence.text, clause.last)
    if restated is None or any(a.start >= clause.last and a.end <= restated.end() for a in sentence.areas):
        return None
    return next((p for p in sentence.periods if 0 <= p.start - restated.end() <= 1 and p.form != "title"), None)


_SPANS = frozenset({"quarter", "span", "financial_year", "rolling", "academic_year"})  # "from April to June 2021"


def period_of_clause(sentence: Sentence, clause: Clause) -> PeriodMention | None:
    """The period that the clause gives its numbers: what dates a change (since, by), a title or a rule's limit does not."""
    inside = [
        p
        for p in sentence.periods
        if p.start >= clause.start
        and p.end <= clause.end
        and p.form != "title"
        and not _dates_a_change(sentence, p)
        and not (p.start >= clause.last and _AS_THEN.search(sentence.text, clause.last, p.start))
    ]
    if not inside:
        return _period_before_bracket(sentence, clause) or _period_after_bracket(sentence, clause)
    dated = [p for p in inside if p.form not in ("now", "relative") and p.normal != "now"]
    pool = dated or inside

    def distance(p: PeriodMention) -> tuple[int, int]:
        if p.start >= clause.last:
            between = sentence.text[clause.last : p.start]
            # a comparison without a number of its own begins a foreign period ("..., compared with March 2016")
            cue = [
                e
                for s, e, name in sentence.cues
                if s >= clause.last
                and e <= p.start
                and name in ("compare", "up_from")
                and not (p.preposition == "from" and p.form in _SPANS and not sentence.text[e : p.start].strip())
            ]
            if cue and not re.search(r",\s*(?:is|are|was|were|had|have|has)\b", sentence.text[cue[-1] : p.start]):
                return (2, len(between))
            return (0, len(between))
        if (
            any(
                s < p.start and e > clause.start and name in ("compare", "up_from")
                for s, e, name in sentence.cues
                if e <= p.start and s >= clause.start
            )
            and clause.opened_by is None
        ):
            return (1, clause.first - p.end)
        return (0, clause.first - p.end)

    best = min(pool, key=distance)
    if distance(best)[0] == 2:
        return None
    return best


def _period_before_bracket(sentence: Sentence, clause: Clause) -> PeriodMention | None:
    """ "up three points on quarter 1 (85%)": the bracket holds what stood there then."""
    if not clause.bracketed:
        return None
    return next(
        (p for p in sentence.periods if p.form != "title" and sentence.text[p.end : clause.first].strip() == "("), None
    )


def _dates_a_change(sentence: Sentence, p: PeriodMention) -> bool:
    """ "since 2014", "until March"; "by the end of September" too, unless that lies behind us and so dates the figure."""
    m = _DATES_A_CHANGE.search(sentence.text[max(0, p.start - 24) : p.start])
    if m is None and (p.preposition or "").lower().split(" ")[0] in ("since", "until"):
        return True
    if m is None:
        return False
    reference = sentence.reference
    past = p.last is not None and (p.last <= reference if reference else _PAST.search(sentence.text) is not None)
    return not (m.group().lower().startswith("by") and past)


_PAST = re.compile(r"\b(?:was|were|had|stood|numbered)\b", re.IGNORECASE)
_AIM = re.compile(
    r"(?:^\W*|;\s*|[:)]\s+|\b(?:will|must|should|ha[sd] to|have to|was to|were to|is to|are to|required to|aims? to|aiming to|plans? to|planning to|wants? to|intends? to|needs? to|committed to|priority to)\s+)"
    r"(?:\(?(?:[ivx]{1,4}|[a-h]|\d{1,2})[).]\s*)?(?:further |then |also )?"
    r"(?:improve|reduce|increase|achieve|complete|ensure|raise|maintain|bring|keep|secure|cut|lower|sustain|reach|come|fall|drop|rise|go|be|reducing|increasing|improving)\b"
    r"(?:(?!\b(?:had|has|have|was|were|is|are|from)\b)[^;.])*?\b(?:to|at least|at or (?:above|below)|below|under|above|over|of|than|within|reach|achieve)\s+(?:(?:about|around|at least|below|under|above|over|no more than|less than|more than|fewer than)\s+)*$",
    re.IGNORECASE,
)
_BY = re.compile(r"\bby (?:the )?(?:end of )?(?:the )?$", re.IGNORECASE)


def is_aimed_at(sentence: Sentence, clause: Clause, number: Number) -> bool:
    """ "Reduce agency staff to below 12%", "we will bring this to 70%": what somebody means to reach; so is what is said of
    a date ahead of the document ("60% by March 2024")."""
    if _AIM.search(sentence.text[: number.start]) and clause.opened_by in (None, "to", "compare"):
        return True
    due = due_date(sentence, clause)
    reference = sentence.reference
    return due is not None and due.last is not None and reference is not None and due.last > reference


def due_date(sentence: Sentence, clause: Clause) -> PeriodMention | None:
    """The date by which a clause's number is to be reached."""
    due = [
        p
        for p in sentence.periods
        if clause.last <= p.start and p.end <= clause.end and p.form not in ("title", "now", "relative")
    ]
    return due[0] if due and _BY.search(sentence.text[clause.last : due[0].start]) else None


def kind_of_number(sentence: Sentence, clause: Clause, number: Number) -> str:
    """actual, target, change or average, as the words directly around a number say; `comparison` for a number that only says
    how much higher or lower something is than another area."""
    text = sentence.text
    behind = max(
        (n.end for n in sentence.numbers if n.end <= number.start and n.role in ("quantity", "base")), default=0
    )
    left = text[max(behind, number.start - 60) : number.start]
    right = text[number.end : number.end + 60]
    if number.signed or number.unit == "points":
        return "change"
    if (re.match(r"\s*[)\]]?\s*than\b", right) and _COMPARATIVE.search(left)) or re.search(
        r"\b(?:gap|difference)\b[^,;.]*$", text[clause.start : number.start]
    ):
        return "comparison"
    if _SO_FAR_FROM.match(right):
        return "comparison"  # "2.4 points above target and 1.1 above the England average"
    if (_TARGET_LEFT.search(left) and not _TARGET_MET.search(left)) or _TARGET_RIGHT.match(right):
        return "target"
    if _CHANGE_RIGHT.match(right) and not re.match(
        r"^\s*(?:%|per cent)?\s*[)\]]?\s*(?:above|below|higher|lower|better|worse|less|more|fewer)\s*$", right
    ):
        return (
            "comparison"
            if re.match(r"^.{0,25}?(?:above|below|higher|lower|better|worse|longer|shorter)\b", right)
            else "change"
        )
    if _CHANGE_LEFT.search(left):
        return "change"
    around = text[clause.start : clause.end]
    if _EACH_MONTH.search(around) and (
        _AVERAGE.search(around)
        or re.match(r"^\s*\w*\s*(?:\w+\s+){0,4}(?:per|a|each|every) (?:month|week|quarter)\b", right)
    ):
        return "average"
    return "actual"


def areas_match(mentions: tuple[AreaMention, ...]) -> bool:
    """Whether a clause speaks of areas other than the document's own."""
    return any(a.kind != "own" for a in mentions)
