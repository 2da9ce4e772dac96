"""Step mentions -> statements: what the phrases of `traps.yaml` and the cues around a number say against it.

The first such phrase that reaches the number decides, by its own disposition, unless a named exemption holds for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from extractors.candidate import Candidate

Cue: TypeAlias = tuple[int, int]  # its first and last characters
Exemption: TypeAlias = Callable[[Candidate, Cue], bool]

BECAUSE = re.compile(r"\b(?:as|because|since|given that)\b", re.IGNORECASE)


def disposition_by_cues(c: Candidate) -> str | None:
    """What the first phrase that speaks against the number makes of it."""
    for start, end, name in c.sentence.cues:
        if name == "forecast" and is_foretold(c, (start, end)):
            return "not_a_statement"
        if name.startswith("veto:") and _reaches(c, name[5:], (start, end)):
            reason = name[5:]
            if not any(exempt(c, (start, end)) for exempt in (is_the_number_itself, *_EXEMPTIONS.get(reason, ()))):
                return _DISPOSITIONS.get(reason, reason)
    return None


def is_foretold(c: Candidate, cue: Cue) -> bool:
    """ "we expect 40 next year", though not "we expect more, as 15 have already been granted"."""
    start, end = cue
    foretold = c.clause.start <= start and end <= c.clause.first
    return foretold and BECAUSE.search(c.text, end, c.clause.first) is None


_OWN_NOUN = re.compile(
    r"\b(?:children|child|young people|leavers|pupils|of|rate|proportion|percentage|number|average)\b", re.IGNORECASE
)


def _reaches(c: Candidate, reason: str, cue: Cue) -> bool:
    """Whether a phrase speaks of the clause: it stands in it; before it too, where it tells of a sample, or of a part and the
    clause has no noun of its own."""
    start, end = cue
    if start < c.clause.start and reason != "sample" and (reason != "subset" or c.around(_OWN_NOUN)):
        return False
    return end <= c.bits_end


def is_the_number_itself(c: Candidate, cue: Cue) -> bool:
    """ "just under 5%" is no age."""
    return cue[0] < c.number.end and c.number.start < cue[1]


def is_so_by_definition(c: Candidate, cue: Cue) -> bool:
    """ "re-referrals within 12 months" are so by definition."""
    return c.text[slice(*cue)].lower() in c.entry.definition.lower()


_OF_WHAT = re.compile(r"\s*(?:per ?cent )?of \w", re.IGNORECASE)


def bounds_a_share(c: Candidate, cue: Cue) -> bool:
    """ "in May no more than 31% of assessments were on time"."""
    return c.is_share and c.text[slice(*cue)].lower() == "no more than" and c.behind(_OF_WHAT) is not None


_NO_PART = re.compile(
    r"\b(?:including|inclusive of|which includes?|for reasons|because|due to|owing to|as a result of|explained by)\b[^;.]*$",
    re.IGNORECASE,
)


def only_explains(c: Candidate, cue: Cue) -> bool:
    """ "with foster carers, including connected carers"; "lived away, for reasons such as gangs"."""
    return cue[0] >= c.number.end and _NO_PART.search(c.text, c.number.end, cue[0]) is not None


def measures_no_cohort(c: Candidate, cue: Cue) -> bool:
    """ "68% of all children were seen on time", of a measure that is of no cohort in particular."""
    return not c.measures_a_cohort


_AS_FOR = re.compile(r"\b(?:same|similar|equal|identical|line|than|compared|against|above|below)\b", re.IGNORECASE)


def compares_with_all(c: Candidate, cue: Cue) -> bool:
    """ "5.1%, the same as for all children here"."""
    return cue[0] >= c.number.end and _AS_FOR.search(c.text, c.number.end, cue[0]) is not None


_UNDER_18 = re.compile(r"(?:age[ds]? )?(?:under|below) (?:the age of )?18\b", re.IGNORECASE)


def is_under_18(c: Candidate, cue: Cue) -> bool:
    """ "41 unaccompanied children aged below 18": the whole cohort."""
    return _UNDER_18.match(c.text, cue[0]) is not None


def is_a_rates_base(c: Candidate, cue: Cue) -> bool:
    """ "62 for every 10,000 under-18s"."""
    return c.entry.unit == "per_10000" and "18" in c.text[slice(*cue)]


def is_of_that_age(c: Candidate, cue: Cue) -> bool:
    """ "64% of care leavers aged 19 to 21 were in work": the indicator's own definition names ages."""
    return c.is_listed("ages_allowed")


def is_found_by_audit(c: Candidate, cue: Cue) -> bool:
    """ "of the files sampled, 72% were good": that is what the indicator measures."""
    return c.is_listed("found_by_audit")


def gives_a_reason(c: Candidate, cue: Cue) -> bool:
    """ "this will be more, as 15 orders have already been granted"."""
    return cue[1] <= c.number.start and BECAUSE.search(c.text, cue[1], c.number.start) is not None


_DISPOSITIONS = {"all_children": "other_cohort", "age": "subset", "not_yet": "not_a_statement"}  # others name their own
_EXEMPTIONS: dict[str, tuple[Exemption, ...]] = {
    "subset": (is_so_by_definition, bounds_a_share, only_explains),
    "all_children": (measures_no_cohort, compares_with_all),
    "age": (is_under_18, is_a_rates_base, is_of_that_age),
    "sample": (is_found_by_audit,),
    "not_yet": (gives_a_reason,),
}
