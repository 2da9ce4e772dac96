"""Step "finders", numbers: what a number is by its place, and whether a rule that names it says true."""

from __future__ import annotations

from extractors.grammar import Passage
from extractors.number_values import plain_value, value_at
from extractors.number_words import (
    FIGURE_CODES,
    NOT_SCHOOL_YEAR,
    NUMBERED_SOFT,
    PARAGRAPH_OPENERS,
    RUN_TOGETHER,
    SET_LIMITS,
)
from schemas.records import Number


def opening_role(passage: Passage) -> Number | None:
    """The number of a list item or paragraph with which a text opens: "1.1 The", "12. ", "15 In"."""
    codes, parts = passage.codes, passage.parts
    if codes[0] not in FIGURE_CODES or len(parts) < 2:
        return None
    following = passage.after(1)
    printed = parts[0]
    if codes[1] == " ":
        opens = following < len(parts) and (
            parts[following] in PARAGRAPH_OPENERS
            if printed.isdecimal()
            else parts[following][0].isupper() and all(len(piece) <= 2 for piece in printed.split("."))
        )
    else:
        spaced = codes[2:3] == " " and len(parts) > 3 and codes[3] not in FIGURE_CODES
        opens = codes[1] in ".)" and spaced and len(printed) <= 5
    if not opens:
        return None
    return Number(0, len(printed), printed, plain_value(printed), role="list_number")


def role_holds(passage: Passage, role: str, start: int, end: int) -> bool:
    """What a rule cannot say: whether its match is really what it names."""
    if role == "reference":
        return _is_numbered(passage, start)
    if role == "timescale":
        return _is_limit(passage, start, end)
    if role == "age school_year":
        capital = passage.parts[start][0].isupper()
        return capital or passage.word(passage.before(start)) not in NOT_SCHOOL_YEAR
    if role == "time":
        return _is_time(passage, start, end)
    return True


def _is_numbered(passage: Passage, start: int) -> bool:
    """`Level 3` and "at stage 2" are names; "no further action 12" in a row of a table is a count."""
    word = passage.word(start)
    if word in {"s", "ss"}:
        return passage.codes[start + 1 : start + 2] != " "
    if word not in NUMBERED_SOFT or passage.parts[start][0].isupper():
        return True
    left = passage.word(passage.before(start))
    return left in RUN_TOGETHER or not left.isalpha()


def _is_limit(passage: Passage, start: int, end: int) -> bool:
    """ "in 33 weeks" and "within 26.4 weeks" are measured; years and months, and the numbers that rules set, are limits."""
    following = passage.after(end)
    if passage.word(passage.after(following + 1) if passage.word(following) == "-" else following) in {"old", "olds"}:
        return False  # "for 7-11 year olds"
    words = {passage.word(part) for part in range(start, end)}
    if not words & {"weeks", "days"}:
        return True
    values = (found.value for part in range(start, end) if (found := value_at(passage, part)) is not None)
    return all(value in SET_LIMITS for value in values)


def _is_time(passage: Passage, start: int, end: int) -> bool:
    words = {passage.word(part) for part in range(start, end)}
    if words & {"am", "pm", "noon", "clock", "hrs"}:
        return True
    if "/" in words or "-" in words:
        return passage.word(start) == "24"
    if passage.codes[start:end].count(":") == 2:
        return True
    hour, minute = passage.word(start), passage.word(start + 2)
    return len(minute) == 2 and minute < "60" and len(hour) == 2 and hour < "25"


def numbers_paragraph(passage: Passage, part: int) -> bool:
    """The number of a paragraph that runs on in its text: "... timely. 58. The", "... good. 16.Appropriate"."""
    codes, parts = passage.codes, passage.parts
    if codes[part + 1 : part + 2] != "." or part < 2 or codes[part - 1] != " " or len(parts[part]) > 3:
        return False
    following = passage.after(part + 2)
    return (
        parts[part - 2] in {".", "!", "?", ")"}
        and following < len(parts)
        and parts[following][0].isupper()
        and parts[part].isdecimal()
    )


def glued_reference(passage: Passage, part: int) -> bool:
    """Figures that are part of a name: E08000031, SCC/016, Power2, 1SH; not "of5%" nor "307in" of broken text."""
    codes, parts = passage.codes, passage.parts
    if part > 0 and codes[part - 1] != " ":
        left = parts[part - 1]
        if left[0].isalpha():
            return left.lower() not in RUN_TOGETHER
        if left in "_#=&\\" or (codes[part - 1] in "/-" and part > 1 and parts[part - 2].isupper()):
            return True
    right = parts[part + 1] if part + 1 < len(parts) else " "
    if right[0].isalpha():
        return right.isupper() if right[0].isupper() else right in {"a", "b", "c", "d", "e", "f", "i", "ii"}
    return codes[part] in "yz" or (codes[part] == "v")
