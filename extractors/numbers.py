"""Step "finders": text -> every number in it, in figures and in words, in order and without overlap, and what each is.

First come rules that say what a number is not (an age, an amount, a reference, a time limit); a number that none of them
takes is a quantity, and its unit, sign, range and approximation are read from the words beside it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from extractors.grammar import Passage, Rule, RuleTable, any_of, find_addresses, text_to_parts
from extractors.number_context import quantity_at
from extractors.number_roles import glued_reference, numbers_paragraph, opening_role, role_holds
from extractors.number_values import plain_value, value_at
from extractors.number_words import (
    CODES,
    FIGURE_CODES,
    FRACTION_CODES,
    FRACTIONS,
    NUMBER_WORDS,
    ORDINAL_CODES,
    ORDINALS,
    ROLE_RULES,
    SHORT_SCALES,
    WORD_CODES,
)
from schemas.records import Number, PeriodMention

_RULES = RuleTable(ROLE_RULES)
_STARTERS = any_of({*_RULES.starters, *FIGURE_CODES, *WORD_CODES})
_TO_LAST = re.compile(
    f"(?s:.*)[{re.escape(''.join(sorted({*FIGURE_CODES, *WORD_CODES, *ORDINAL_CODES, *FRACTION_CODES})))}]"
)
_FIGURE = re.compile(r"\d")
_TAKEN = "\x01"  # the code of parts that a period or an address covers
_SECOND_YEAR = re.compile(r"[-–−/]\d{2}(?![\d%.,]| ?per ?cent)")


def find_numbers(text: str, periods: Sequence[PeriodMention] = ()) -> tuple[Number, ...]:
    """Finds the numbers in a text.

    `periods` are those that `find_periods` found in the same text; figures within them have the role `date`, in
    the title of a law or plan `reference`. Every run
    of figures in the text lies in exactly one number. `start` and `end` take in a percent sign, never a plus or minus:
    that is in `signed` and in the value.
    """
    return _find_numbers(text, tuple(periods)) if periods else _find_undated(text)


@lru_cache(maxsize=5000)
def _find_undated(text: str) -> tuple[Number, ...]:
    """Numbers of a text without periods: page numbers, addresses and standing phrases come again from document to document."""
    return _find_numbers(text, ())


def _find_numbers(text: str, periods: tuple[PeriodMention, ...]) -> tuple[Number, ...]:
    parts, starts = text_to_parts(text)
    if _FIGURE.search(text) is None and NUMBER_WORDS.isdisjoint(parts):
        return ()
    codes = CODES.of(parts)
    taken = [
        (period.start, _past_second_year(text, period.end), "reference" if period.form == "title" else "date")
        for period in periods
    ]
    taken += [(start, end, "reference") for start, end in find_addresses(text)]
    passage = Passage(text, parts, starts, codes)
    found: list[Number] = []
    if taken:
        passage = _without(passage, taken, found)
    found.extend(_numbers(passage))
    if taken:
        found.sort(key=lambda number: number.start)
    return _with_shared_units(text, found)


def _past_second_year(text: str, end: int) -> int:
    """The end of a period with the second half of its year: "at the end of March 2014-15"."""
    second = _SECOND_YEAR.match(text, end) if text[end - 4 : end].isdecimal() else None
    return second.end() if second else end


def _with_shared_units(text: str, found: list[Number]) -> tuple[Number, ...]:
    """`from 60 to 65%`, `43 and 45 per cent`, `509 to 480 days`: the unit that is printed once is that of both."""
    shared = False
    for index in range(len(found) - 2, -1, -1):
        number, following = found[index], found[index + 1]
        chained, shared = shared, False
        if following.unit is None or number.unit is not None or {number.role, following.role} != {"quantity"}:
            continue
        joint = text[number.end : following.start].strip()
        shared = joint == "to" or (
            following.unit == "percent" and (joint in {"and", "or", "/"} or (joint == "," and chained))
        )
        if shared:
            found[index] = replace(number, unit=following.unit)
    return tuple(found)


def _without(passage: Passage, taken: list[tuple[int, int, str]], found: list[Number]) -> Passage:
    """Takes out what periods and addresses cover; each of their figures becomes a number of that role."""
    codes = list(passage.codes)
    starts, parts = passage.starts, passage.parts
    for first, last, role in taken:
        part = bisect_left(starts, first)
        while part < len(parts) and starts[part] < last:
            if codes[part] in FIGURE_CODES:
                start, end = starts[part], starts[part + 1]
                found.append(Number(start, end, parts[part], plain_value(parts[part]), role=role))
            codes[part] = _TAKEN
            part += 1
    return replace(passage, codes="".join(codes))


def _numbers(passage: Passage) -> Iterator[Number]:
    at = 0
    codes = passage.codes
    held = _RULES.held(codes)
    opening = opening_role(passage)
    if opening is not None:
        yield opening
        at = 1
    last = _TO_LAST.match(codes)
    end = last.end() if last is not None else 0  # no rule finds a number in words that stand behind all numbers
    while (starter := _STARTERS.search(codes, at, end)) is not None:
        start = starter.start()
        if codes[start] in FIGURE_CODES and numbers_paragraph(passage, start):
            yield _figure(passage, start, "list_number")
            at = start + 1
            continue
        ruled = _ruled(passage, start, _RULES.at(codes[start], held))
        if ruled is not None:
            numbers, at = ruled
            yield from numbers
            continue
        at = start + 1
        if codes[start] in FIGURE_CODES and glued_reference(passage, start):
            yield _figure(passage, start, "reference")
        elif codes[start] in FIGURE_CODES or codes[start] in WORD_CODES:
            quantity = quantity_at(passage, start)
            if quantity is not None:
                numbers, at = quantity
                yield from numbers


def _ruled(passage: Passage, start: int, rules: tuple[Rule, ...]) -> tuple[list[Number], int] | None:
    """The longest of the rules that fits at a part, and the numbers within what it covers."""
    best_end, best_role = start, ""
    for rule in rules:
        found = rule.pattern.match(passage.codes, start)
        if found is not None and found.end() > best_end and role_holds(passage, rule.name, start, found.end()):
            best_end, best_role = found.end(), rule.name
    if not best_role:
        return None
    if best_role.startswith("age") and passage.word(passage.after(best_end)) in ("%", "per"):
        # "of care leavers aged 19, 20 and 21, 47% were in work": the last of the row is no age
        best_end = max(part for part in range(start, best_end) if passage.codes[part] in FIGURE_CODES)
    return _of_role(passage, start, best_end, best_role.split()[0]), best_end


def _of_role(passage: Passage, start: int, end: int, role: str) -> list[Number]:
    """The numbers in a row of parts that a rule has named."""
    if role == "fraction":
        return [_fraction(passage, start, end)]
    numbers: list[Number] = []
    at = start
    while at < end:
        code = passage.codes[at]
        if code in FIGURE_CODES and role == "money":
            amount, at = _amount(passage, at)
            numbers.append(amount)
            continue
        if code in FIGURE_CODES:
            numbers.append(_figure(passage, at, role))
        elif code in WORD_CODES or code in ORDINAL_CODES or code in FRACTION_CODES:
            number = _in_words(passage, at, role)
            if number is not None:
                numbers.append(number)
                while passage.starts[at + 1] < number.end:
                    at += 1
        at += 1
    return numbers


def _amount(passage: Passage, part: int) -> tuple[Number, int]:
    """An amount of money with its "million" or "m", and the part after it."""
    found = value_at(passage, part)
    end, value = (found.end, found.value) if found is not None else (part + 1, None)
    if value is not None and passage.word(end) in {"m", "mn"}:
        end, value = end + 1, value * SHORT_SCALES["m"]
    start, stop = passage.starts[part], passage.starts[end]
    return Number(start, stop, passage.text[start:stop], value, role="money"), end


def _fraction(passage: Passage, start: int, end: int) -> Number:
    """`two thirds`, `one in five`, `half`: one number over all its words; 0.6667, not a percentage."""
    named = [
        part for part in range(start, end) if passage.codes[part] in FRACTION_CODES or passage.word(part) == "half"
    ]
    counted = [
        found.value
        for part in range(start, end)
        if part not in named and (found := value_at(passage, part)) is not None and found.value
    ]
    value: float | None
    if named:
        end = named[-1] + 1
        value = FRACTIONS[passage.word(named[-1])] * (counted[0] if counted else 1.0)
    else:
        value = counted[0] / counted[-1] if len(counted) > 1 else None
    first, last = passage.starts[start], passage.starts[end]
    printed = passage.text[first:last].rstrip()
    return Number(first, first + len(printed), printed, value, role="fraction", words=True)


def _figure(passage: Passage, part: int, role: str) -> Number:
    start, end = passage.starts[part], passage.starts[part + 1]
    return Number(start, end, passage.parts[part], plain_value(passage.parts[part]), role=role)


def _in_words(passage: Passage, part: int, role: str) -> Number | None:
    word = passage.word(part)
    value: float | None
    if passage.codes[part] in WORD_CODES:
        found = value_at(passage, part)
        if found is None:
            return None
        value, end = found.value, found.end
    else:
        value, end = float(ORDINALS[word]) if word in ORDINALS and role != "fraction" else FRACTIONS.get(word), part + 1
    start, stop = passage.starts[part], passage.starts[end]
    return Number(start, stop, passage.text[start:stop], value, role=role, words=True)
