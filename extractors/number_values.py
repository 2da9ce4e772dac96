"""Step "finders", numbers: the value of a number printed in figures or in words, and the parts that print it."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.grammar import Passage
from extractors.number_words import DOZEN, FIGURE_CODES, NO_NOUNS, ONES, SCALES, SHORT_SCALES, TENS, WORD_CODES, ZEROS

_FIXED_SPACES = frozenset("\u00a0\u202f\u2009\u2007")


@dataclass(frozen=True, slots=True)
class Value:
    """A number as printed: the parts that print it (`end` excluded)."""

    value: float | None
    start: int
    end: int
    words: bool


def value_at(passage: Passage, part: int) -> Value | None:
    """The number that begins at a part, or None where there is none."""
    if part >= len(passage.codes):
        return None
    code = passage.codes[part]
    if code in FIGURE_CODES:
        return _figures(passage, part)
    return _words(passage, part) if code in WORD_CODES else None


def _figures(passage: Passage, part: int) -> Value:
    printed = passage.parts[part]
    value = plain_value(printed)
    if value is None:
        return Value(None, part, part + 1, False)
    end = part + 1
    if _thousands_follow(passage, part):
        value, end = value * 1000 + float(passage.parts[part + 2]), part + 3
    after = passage.after(end)
    follower = passage.word(after)
    if follower in SCALES:
        return Value(value * SCALES[follower], part, after + 1, False)
    if (
        after == end
        and passage.parts[end : end + 1]
        and passage.parts[end] in SHORT_SCALES
        and passage.parts[end] != "m"
    ):
        return Value(value * SHORT_SCALES[follower], part, end + 1, False)
    return Value(value, part, end, False)


def plain_value(printed: str) -> float | None:
    """ "1,380" -> 1380; None for 1.2.3."""
    try:
        return float(printed.replace(",", ""))
    except ValueError:
        return None


def _thousands_follow(passage: Passage, part: int) -> bool:
    """`274 135`: one group of up to three figures, one of three, and no further number beside them, since two columns of
    a table look the same; a fixed space alone decides."""
    codes, parts = passage.codes, passage.parts
    if (
        len(parts[part]) > 3
        or not parts[part].isdecimal()
        or parts[part][0] == "0"
        or codes[part + 1 : part + 2] != " "
    ):
        return False
    if len(parts) <= part + 2 or len(parts[part + 2]) != 3 or not parts[part + 2].isdecimal():
        return False
    if parts[part + 1] in _FIXED_SPACES:
        return True
    if parts[part + 1] != " ":
        return False
    following = passage.after(part + 3)
    left = passage.before(part)
    if parts[part + 2] == "000" and passage.word(left) == "per":
        return True
    return (
        following < len(parts)
        and passage.word(following).isalpha()
        and (left < 0 or codes[left] not in FIGURE_CODES)
        and passage.word(left).isalpha()
    )


def _words(passage: Passage, part: int) -> Value | None:
    word = passage.word(part)
    if word in ZEROS:
        return Value(0.0, part, part + 1, True)
    if word == "no":
        after = passage.after(part + 1)
        return Value(0.0, part, part + 1, True) if passage.word(after) in NO_NOUNS else None
    if word == "half":
        after = passage.after(part + 1)
        after = passage.after(after + 1) if passage.word(after) in {"a", "-"} else after
        return Value(DOZEN / 2, part, after + 1, True) if passage.word(after) == "dozen" else None
    if word == "dozen":
        return Value(float(DOZEN), part, part + 1, True)
    return _compound(passage, part)


def _compound(passage: Passage, part: int) -> Value | None:
    """Walks "one hundred and twenty-three thousand" word by word."""
    total, current, at, end = 0.0, 0.0, part, part
    last = 0.0
    while at < len(passage.parts):
        word = passage.word(at)
        if word in SCALES:
            scale = SCALES[word]
            if scale == 100:
                current = (current or 1.0) * scale
            else:
                total, current = total + (current or 1.0) * scale, 0.0
            last = scale
        elif word in TENS and (last == 0.0 or last >= 100):
            current += TENS[word]
            last = 20.0
        elif word in ONES and (last == 0.0 or last >= 100 or (last == 20.0 and ONES[word] < 10)):
            current += ONES[word]
            last = 1.0
        else:
            break
        end = at + 1
        at = passage.after(end)
        if (passage.word(at) == "-" and last == 20.0) or (passage.word(at) == "and" and last >= 100):
            at = passage.after(at + 1)
        if last == 1.0 and passage.word(at) not in SCALES:
            break
    return Value(total + current, part, end, True) if end > part else None
