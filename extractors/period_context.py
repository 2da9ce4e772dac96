"""Step "finders", periods: what the words around say: count or year, title or date, and the preposition before."""

from __future__ import annotations

import re

from extractors.grammar import Passage
from extractors.period_words import (
    ABOUT_WORDS,
    COUNTED,
    FIRMLY_COUNTED,
    LOOSE_TITLE_WORDS,
    NO_AUTHOR,
    PREPOSITIONS,
    TITLE_PHRASES,
    TITLE_WORDS,
    TITLE_WORDS_AFTER,
)

# Between a preposition and its period may stand an article, and words that only shade the period.
_SHADES = r"(?:(?:the|early|late|mid|about|around|approximately|only|just|both|either|calendar|autumn|summer|spring|winter|term)[\s-]+)*"
_PREPOSITION = re.compile(
    r"(?<![^\W\d_])(" + "|".join(sorted(PREPOSITIONS, key=len, reverse=True)) + r")\s+" + _SHADES + r"[(\"'‘“]?$",
    re.IGNORECASE,
)
_SINCE_EVENT = re.compile(
    r"\b(since|until|before|after|following)\s+(?:[\w'’-]+\s+){1,5}(?:in|of|on|at)\s+(?:the\s+)?$", re.IGNORECASE
)
_TITLE = re.compile(r"(?:" + "|".join(TITLE_PHRASES) + r")(?:[\s,:]+[^\W\d]+){0,6}[\s,:(]*$", re.IGNORECASE)
_PLANS = (
    "|".join(sorted(TITLE_WORDS - {"together", "act", "acts", "review"}, key=len, reverse=True))
    + "|priorities|targets?|strategies"
)
_PLAN_BEFORE = re.compile(rf"\b(?:{_PLANS})['’]?s?(?:\s+(?:for|from|of|covering|document))?[\s,(‘']*$", re.IGNORECASE)
_PLAN_AFTER = re.compile(r"[\s)’']*(?:[\w’'-]+\s+){0,5}(?:plan|strategy|programme|framework)\b", re.IGNORECASE)
_CITED = re.compile(r"\((?:[^()\d%]*[,;])?\s*([A-Z][^()\d%,;]{0,60}),\s*$|([A-Z][\w’'-]*)\. ?\($")
_WORD = re.compile(r"[^\W\d_]+")
_MID = re.compile(r"(?<![^\W\d_])(mid|early|late)[\s-]*$", re.IGNORECASE)
_SHADED = frozenset({"mid", "early", "late", "pre", "post"})
_STRONG = frozenset({"in", "since", "during", "until", "by"})
_YEAR_FOLLOWERS = frozenset({"financial", "academic", "outturn", "budget", "figures", "data", "performance", "year"})
_YEARS_OLD = frozenset({"year", "years", "yr", "yrs"})
_NOT_A_YEAR_AFTER = frozenset(
    {"%", "s", "th", "st", "nd", "rd", "k", "m", "mm", "px", "pm", "am", "hrs", "+", "million"}
)


def preposition_before(text: str, start: int) -> str | None:
    """The preposition directly before a period, in small letters; "since" also across "the inspection in"."""
    left = text[max(0, start - 60) : start]
    if not left or left.isspace():
        return None
    event = _SINCE_EVENT.search(left)
    if event is not None:
        return event[1].lower()
    found = _PREPOSITION.search(left)
    if found is not None:
        return " ".join(found[1].lower().split())
    found = _MID.search(left)
    return found[1].lower() if found is not None else None


def counts_follow(passage: Passage, end: int) -> bool:
    """Whether the word from `end` on is something that is counted, or a share sign."""
    word = passage.word(passage.after(end))
    return word in COUNTED or word in {"%", "per", "out"}


def is_calendar_year(passage: Passage, part: int) -> bool:
    """Tells the year 2014 from 2014 children, £2014, 2014% and part numbers."""
    codes = passage.codes
    glued_before = codes[part - 1] if part else " "
    if glued_before in "£$#.,+:_=@&*€":
        return False
    if glued_before in "/-" and part > 1 and codes[part - 2] in "abcenYZSWw" and passage.word(part - 2) not in _SHADED:
        return False
    glued_after = passage.word(part + 1)
    after = passage.after(part + 1)
    if glued_after in _NOT_A_YEAR_AFTER or passage.word(after) in {"%", "million"}:
        return False
    if glued_after in {"/", "-", ":"} and passage.word(part + 2).isdecimal():
        return False
    left = passage.before(part)
    word = passage.word(left)
    if glued_before != " " and word.isalpha() and word not in PREPOSITIONS:
        return False
    follower = passage.word(after)
    if word in _STRONG:
        return True
    if follower in FIRMLY_COUNTED or (word in ABOUT_WORDS and follower in COUNTED):
        return False
    if word in ABOUT_WORDS:
        return passage.word(passage.before(left)) in PREPOSITIONS
    return True


def is_pair_of_years(passage: Passage, start: int, end: int, dashed: bool) -> bool:
    """Tells 14/15 the financial year from 14 out of 15, ages 16/17, and with a dash from most other things."""
    after = passage.after(end)
    follower = passage.word(after)
    if follower in _YEARS_OLD:
        beyond = passage.after(after + 1)
        if passage.word(beyond) == "-":
            beyond = passage.after(beyond + 1)
        if passage.word(beyond) in {"old", "olds", "age"}:
            return False
    if follower in {"old", "olds", "%"}:
        return False
    left = passage.word(passage.before(start))
    if left in {"aged", "age", "ages", "key", "group", "groups"}:
        return False
    if not dashed:
        return not (follower in COUNTED and left not in _STRONG and left != "for")
    if len(passage.parts) == end - start:
        return _alone_as_years(passage.parts[start])
    if left in {"for", "in", "during"} and passage.parts[start].startswith("0"):
        return True  # "For 06-07 the outturn was"
    before_that = passage.word(passage.before(passage.before(start)))
    marked = before_that in {"q", "quarter", "qtr"} or passage.codes[start] == "'" or "'" in passage.codes[start:end]
    return marked or left in {"q", "fy", "quarter", "financial", "academic"} or follower in _YEAR_FOLLOWERS


def _alone_as_years(first: str) -> bool:
    """Whether `22-23` that fills a table cell is a year: 16-17 to 18-19 may as well be ages."""
    return first.isdecimal() and (int(first) >= 19 or int(first) <= 15)


def _plan_of_years(passage: Passage, start: int, end: int) -> bool:
    """Several years that a plan or strategy is for: "sufficiency plan 2014-17", "the 2012-15 business plan"."""
    text = passage.text
    upto, beyond = passage.starts[start], passage.starts[end]
    return (
        _PLAN_BEFORE.search(text, max(0, upto - 40), upto) is not None
        or _PLAN_AFTER.match(text, beyond, beyond + 60) is not None
    )


def _is_cited(passage: Passage, start: int, end: int) -> bool:
    """The year of a source: "(DfE, 2024c)", "(Rees et al., 2023)", "Rees, G. (2023)"."""
    if passage.codes[end : end + 1] not in {")", ";", "w"}:
        return False
    text, upto = passage.text, passage.starts[start]
    cited = _CITED.search(text, max(0, upto - 80), upto)
    if cited is None:
        return False
    return not NO_AUTHOR.intersection(word.lower() for word in _WORD.findall(cited[1] or cited[2]))


def is_title(passage: Passage, start: int, end: int) -> bool:
    """Whether a year belongs to the name of an act, plan, strategy or book."""
    left = passage.before(start)
    if left >= 0 and passage.codes[left] in ",('":
        left = passage.before(left)
    word = passage.word(left)
    if word in TITLE_WORDS and (word in LOOSE_TITLE_WORDS or passage.parts[left][0].isupper()):
        return True
    after = passage.after(end)
    follower = passage.word(after)
    if follower in TITLE_WORDS_AFTER and passage.parts[after][0].isupper():
        return True
    if passage.codes[start] in "GJ" and _is_cited(passage, start, end):
        return True
    if passage.codes[start] == "G":
        return _plan_of_years(passage, start, end)
    if left >= 0 and passage.parts[left][0].isalpha():
        upto = passage.starts[start]
        return _TITLE.search(passage.text, max(0, upto - 80), upto) is not None
    return False
