"""Step "finders", numbers: a quantity and the words beside it -> its unit, sign, range and approximation."""

from __future__ import annotations

from extractors.grammar import Passage
from extractors.number_values import Value, value_at
from extractors.number_words import (
    APPROXIMATIONS,
    CHANGE_VERBS,
    FIGURE_CODES,
    OF_THESE,
    RANGE_VERBS,
    RATE_BASES,
    UNITS,
    WORD_CODES,
    WORKING,
)
from schemas.records import Number

_POINTS = frozenset({"point", "points", "pp", "ppt", "ppts", "pps"})
_WHICH_ONE = frozenset({"the", "national", "regional", "local", "neighbours", "english"})
_MOST = frozenset({"most", "many", "majority", "some", "half", "few", "none"})
_SIGNS = frozenset("-\u2212")


def quantity_at(passage: Passage, part: int) -> tuple[list[Number], int] | None:
    """The number that begins at a part, with what stands beside it, and the part after it; None for "no" without noun."""
    first = value_at(passage, part)
    if first is None:
        return None
    if _is_rate_base(passage, part):
        return [_number(passage, first, first.end, role="unit")], first.end
    if _is_ratio(passage, first):
        return _ratio(passage, first)
    unit, end = _unit_after(passage, first.end)
    high, unit, end = _range_after(passage, first, unit, end)
    value, signed = _signed(passage, first)
    if (
        first.start > 1
        and passage.codes[part - 1] == "."
        and passage.codes[part - 2] == " "
        and first.value is not None
    ):
        value = first.value / 10 ** len(passage.parts[part])
    unit = unit or _rate_after(passage, end) or _span_unit(passage, end)
    role = "base" if _is_base(passage, part) else "quantity"
    number = _number(
        passage,
        first,
        end,
        value=value,
        unit=unit,
        role=role,
        signed=signed,
        high=high,
        about=_approximation(passage, part, end),
    )
    return [number], end


def _number(
    passage: Passage,
    first: Value,
    end: int,
    value: float | None = None,
    unit: str | None = None,
    role: str = "quantity",
    signed: bool = False,
    high: float | None = None,
    about: str = "exact",
) -> Number:
    start, stop = passage.starts[first.start], passage.starts[end]
    value = first.value if value is None else value
    return Number(start, stop, passage.text[start:stop], value, unit, role, about, signed, high, first.words)


def _is_rate_base(passage: Passage, part: int) -> bool:
    left = passage.before(part)
    word = passage.word(left)
    if word == "/" and passage.before(left) >= 0 and passage.codes[passage.before(left)] in FIGURE_CODES:
        return passage.word(part) in {"10,000", "10000"}
    return word == "per" or (word in ("every", "each") and passage.word(part) in {"10,000", "1,000", "100"})


def _is_ratio(passage: Passage, first: Value) -> bool:
    return (
        passage.codes[first.end : first.end + 1] == "/" and passage.codes[first.end + 1 : first.end + 2] in FIGURE_CODES
    )


def _ratio(passage: Passage, first: Value) -> tuple[list[Number], int]:
    """`1/3` a fraction, `14/18` so many out of so many, `10/15 days` a time limit, else a reference such as 50/50."""
    second = value_at(passage, first.end + 1)
    if second is None or first.value is None or second.value is None:
        return [_number(passage, first, first.end, role="reference")], first.end
    below = 0 < first.value < second.value
    if passage.word(passage.after(second.end)) in UNITS or passage.word(passage.after(second.end)) in WORKING:
        roles = ("timescale", "timescale")
    elif second.value == 10_000:
        return [_number(passage, first, second.end, unit="per_10000")], second.end  # "(36/10000)"
    elif below and second.value <= 10 and first.value <= 9:
        whole = Value(first.value / second.value, first.start, second.end, False)
        return [_number(passage, whole, second.end, role="fraction")], second.end
    else:
        roles = ("quantity", "base") if below or first.value == second.value > 50 else ("reference", "reference")
    return [
        _number(passage, first, first.end, role=roles[0]),
        _number(passage, second, second.end, role=roles[1]),
    ], second.end


def _unit_after(passage: Passage, end: int) -> tuple[str | None, int]:
    """percent or points, and the end of the number with its percent sign."""
    after = passage.after(end)
    word = passage.word(after)
    if word == "%":
        following = passage.after(after + 1)
        return ("points" if _is_points(passage, following) else "percent"), after + 1
    if word == "per":
        following = passage.after(after + 1)
        if _like(passage.word(following), "cent"):
            return ("points" if _is_points(passage, passage.after(following + 1)) else "percent"), end
        return None, end
    if word in {"pct", "percentage"} or _like(word, "percent"):
        return ("points" if _is_points(passage, passage.after(after + 1)) else "percent"), end
    if word in {"pp", "ppt", "ppts", "pps"}:
        return "points", end
    return None, end


def _is_points(passage: Passage, part: int) -> bool:
    if passage.word(part) == "percentage":
        part = passage.after(part + 1)
    return passage.word(part) in _POINTS


def _like(word: str, meant: str) -> bool:
    """Equal but for one letter, as in "per cemt"."""
    return word == meant or (
        len(word) == len(meant) and word[0] == meant[0] and sum(a != b for a, b in zip(word, meant, strict=True)) == 1
    )


def _range_after(passage: Passage, first: Value, unit: str | None, end: int) -> tuple[float | None, str | None, int]:
    """`10-15%`, `298 to 445`, `between 6 and 12`: the upper end; "from 298 to 445" is two numbers, not a range."""
    after = passage.after(end)
    joint = passage.word(after)
    if passage.codes[after : after + 1] == "-":
        joint = "-"
    if joint not in {"-", "to", "and"} or first.value is None:
        return None, unit, end
    second = value_at(passage, passage.after(after + 1))
    if second is None or second.value is None or second.value <= first.value or second.words != first.words:
        return None, unit, end
    second_unit, second_end = _unit_after(passage, second.end)
    if (unit is not None and second_unit != unit) or not _joins_range(passage, first, joint, second_end):
        return None, unit, end
    return second.value, second_unit, second_end


def _joins_range(passage: Passage, first: Value, joint: str, end: int) -> bool:
    left = passage.before(first.start)
    words: list[str] = []
    while left >= 0 and len(words) < 4:
        words.append(passage.word(left))
        left = passage.before(left)
    if joint == "and":
        return "between" in words[:2]
    if joint == "-":
        return passage.codes[end : end + 1] not in {"-", "/"} and not first.words
    return bool(RANGE_VERBS.intersection(words)) or not CHANGE_VERBS.intersection(words)


def _signed(passage: Passage, first: Value) -> tuple[float | None, bool]:
    """A plus or minus glued to the number; a dash after a word, a number or at the start is a dash."""
    part = first.start
    if part == 0 or first.value is None:
        return first.value, False
    mark = passage.parts[part - 1]
    if mark == "+":
        return first.value, True
    if passage.codes[part - 1] != "-":
        return first.value, False
    before = passage.before(part - 1)
    opened = before >= 0 and passage.codes[before] == "("
    if opened:
        return -first.value, True
    spaced = part == 1 or passage.codes[part - 2] == " "
    follows_figure = before >= 0 and passage.codes[before] in FIGURE_CODES
    if mark not in _SIGNS or not spaced or follows_figure:
        return first.value, False
    if part == 1 and mark == "-" and passage.word(passage.after(first.end)) != "%" and len(passage.parts) > 6:
        return first.value, False
    return -first.value, True


def _rate_after(passage: Passage, end: int) -> str | None:
    """per 10,000 and its like, up to three words after the number ("44 children per 10,000")."""
    at = passage.after(end)
    for _ in range(5):
        word = passage.word(at)
        if word in ("per", "every") or (word == "/" and passage.parts[at + 1 : at + 2] in (["10,000"], ["10000"])):
            return _rate_base(passage, passage.after(at + 1))
        if not (word.isalpha() or word == "("):
            return None
        at = passage.after(at + 1)
    return None


def _rate_base(passage: Passage, part: int) -> str | None:
    for length in (3, 2, 1):
        base = RATE_BASES.get("".join(passage.parts[part : part + length]).lower())
        if base is not None:
            return base
    return None


def _span_unit(passage: Passage, end: int) -> str | None:
    after = passage.after(end)
    if passage.codes[after : after + 1] == "-":
        after = passage.after(after + 1)
    word = passage.word(after)
    if word in WORKING:
        word = passage.word(passage.after(after + 1))
    return UNITS.get(word)


def _approximation(passage: Passage, part: int, end: int) -> str:
    if passage.codes[end : end + 1] == "+":
        return "over"
    left = passage.before(part)
    if left < 0:
        return "exact"
    mark = passage.parts[left]
    if mark in "(+-" or (mark == "." and passage.word(left - 1) in {"c", "ca", "approx"}):
        left = passage.before(left)
    phrase = passage.word(left)
    for _ in range(4):
        found = APPROXIMATIONS.get(phrase)
        if found is not None:
            return found
        left = passage.before(left)
        if left < 0:
            return "exact"
        phrase = f"{passage.word(left)} {phrase}"
    return "exact"


def _is_base(passage: Passage, part: int) -> bool:
    """`12 out of 18`, `7 (39%) of the 18`: the number that the other is a part of."""
    left = passage.before(part)
    word = passage.word(left)
    if word in OF_THESE or word == "all":
        left = passage.before(left)
        word = passage.word(left)
    if word != "of":
        return False
    left = passage.before(left)
    if passage.word(left) == "one" and passage.word(passage.before(left)) in _WHICH_ONE:
        return False  # "the national one of 67"
    if passage.word(left) in _MOST and passage.word(passage.before(part)) in OF_THESE:
        return True  # "most of the 812 children looked after live with foster carers"
    if passage.word(left) == "cohort":
        return True  # "29% of the children in the cohort of 74"
    if passage.word(left) == "out":
        left = passage.before(left)
        if left < 0:
            return True  # "Out of the 96, 58 were finished"
    if left < 0:
        return False
    return (
        passage.codes[left] in FIGURE_CODES
        or passage.codes[left] in WORD_CODES
        or passage.parts[left] in {"%", ")", "cent"}
    )
