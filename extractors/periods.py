"""Step "finders": text -> the periods that it speaks of, in order and without overlap, the longest reading winning.

Two rounds over one row of parts. The first reads what is printed as one date, month or year ("31 March 2016",
"2014-15": period_points.py); the second what is said around such points ("12 months to ...", "end of ...", "third
quarter of ...") and the phrases that need none ("currently", "the previous year": period_phrases.py).
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from extractors import period_forms as forms
from extractors import period_phrases
from extractors.grammar import Passage, find_addresses, text_to_parts
from extractors.period_context import is_title, preposition_before
from extractors.period_forms import Period
from extractors.period_points import Point, find_points, may_stand_alone
from extractors.period_scene import Scene
from extractors.period_words import CODES
from schemas.records import PeriodMention

_TITLED = frozenset({"year", "financial_year", "average"})


_YEAR = re.compile(r"(?:19|20)\d\d|\d\d/\d\d")


def find_periods(text: str, reference: dt.date | None) -> tuple[PeriodMention, ...]:
    """Finds the periods in a text.

    `reference` is the day that the document speaks of as now: it dates "31 March", "in November" and "quarter 3", and
    is the last day of `now`. Forms and normal forms are those of `schemas.records.PeriodMention`; `first` and `last`
    are None where the words do not fix them (`relative`, and the beginning of `now`).
    """
    found = _find_periods(text, reference)
    if reference is None:
        return found
    ahead = [p.last for p in found if p.form == "quarter" and p.last and p.last > reference and _YEAR.search(p.text)]
    if ahead:
        found = _find_periods(text, max(ahead))  # "quarter 3 2021/22 ended with 521 at the end of December"
    found = tuple(_of_the_same_year(found[:i], p) for i, p in enumerate(found))
    return _row_of_quarters(found)


def _row_of_quarters(found: tuple[PeriodMention, ...]) -> tuple[PeriodMention, ...]:
    """ "Q1 - 20%, Q2 - 21%, Q3 - 23%": quarters without a year that follow one another are of one year, that of the last."""
    row: list[PeriodMention] = []
    for mention in reversed(found):
        follows = row and row[-1].normal[-1:].isdigit() and mention.normal[-1:] == str(int(row[-1].normal[-1]) - 1)
        if mention.form != "quarter" or _YEAR.search(mention.text):
            row = []
        elif follows and row[-1].first is not None:
            there = forms.quarter(int(row[-1].normal[:4]), int(mention.normal[-1]))
            row.append(replace(mention, normal=there.normal, first=there.first, last=there.last))
            found = tuple(row[-1] if other is mention else other for other in found)
        else:
            row = [mention]
    return found


def _of_the_same_year(before: tuple[PeriodMention, ...], mention: PeriodMention) -> PeriodMention:
    """ "20% at the end of Q2 2022/23 (Q1: 22%)": a quarter without a year is of the year of the later one before it."""
    dated = [p for p in before if p.form == "quarter" and _YEAR.search(p.text)]
    if mention.form != "quarter" or not dated or _YEAR.search(mention.text) or dated[-1].first is None:
        return mention
    year, number = dated[-1].normal[:-1], mention.normal[-1]
    if number >= dated[-1].normal[-1] or mention.normal[:-1] == year:
        return mention
    there = forms.quarter(int(year[:4]), int(number))
    return replace(mention, normal=there.normal, first=there.first, last=there.last)


def _find_periods(text: str, reference: dt.date | None) -> tuple[PeriodMention, ...]:
    parts, starts = text_to_parts(text)
    passage = Passage(text, parts, starts, CODES.of(parts))
    scene = _fold(passage, reference)
    mentions: list[PeriodMention] = []
    codes = scene.passage.codes
    held = period_phrases.held(codes)
    at = 0
    while (starter := period_phrases.STARTERS.search(codes, at)) is not None:
        start = starter.start()
        reading = period_phrases.read_at(scene, start, held)
        if reading is not None:
            at = _closed(scene, start, reading.end)
            mentions.append(_mention(scene, start, at, reading.period))
            continue
        at = start + 1
        point = scene.points.get(start)
        mention = _lone_point(scene, start, point) if point is not None else None
        if mention is not None:
            mentions.append(_same_day(text, mentions[-1], mention) if mentions and mention.form == "year" else mention)
    addresses = find_addresses(text)
    if addresses:
        return tuple(found for found in mentions if not any(a < found.end and found.start < z for a, z in addresses))
    return tuple(mentions)


def _fold(passage: Passage, reference: dt.date | None) -> Scene:
    """The passage with every point folded into one part."""
    points = find_points(passage)
    if not points:
        return Scene(passage, {}, reference)
    parts: list[str] = []
    starts: list[int] = []
    codes: list[str] = []
    folded: dict[int, Point] = {}
    at = 0
    for point in points:
        parts += passage.parts[at : point.start]
        starts += passage.starts[at : point.start]
        codes.append(passage.codes[at : point.start])
        folded[len(parts)] = point
        parts.append(passage.text[passage.starts[point.start] : passage.starts[point.end]])
        starts.append(passage.starts[point.start])
        codes.append(point.code)
        at = point.end
    parts += passage.parts[at:]
    starts += passage.starts[at:]
    codes.append(passage.codes[at:])
    return Scene(Passage(passage.text, parts, starts, "".join(codes)), folded, reference)


def _closed(scene: Scene, start: int, end: int) -> int:
    """Takes in the bracket that closes one opened within: "2019 (Q1)"."""
    codes = scene.passage.codes
    opened = codes.count("(", start, end) > codes.count(")", start, end)
    return end + 1 if opened and codes[end : end + 1] == ")" else end


def _same_day(text: str, before: PeriodMention, year: PeriodMention) -> PeriodMention:
    """`31 March 2021, 2022 and 2023`: a year that follows a date or month is that day or month of that year."""
    if before.form not in {"date", "month"} or before.first is None or year.first is None:
        return year
    if text[before.end : year.start].strip() not in {",", "and", "&", "or", ", and"}:
        return year
    if before.form == "month":
        period: Period | None = forms.month(year.first.year, before.first.month)
    else:
        period = forms.date(year.first.year, before.first.month, before.first.day)
    if period is None:
        return year
    return replace(year, normal=period.normal, form=period.form, first=period.first, last=period.last)


def _lone_point(scene: Scene, start: int, point: Point) -> PeriodMention | None:
    period = scene.resolve(point)
    if period is None:
        return None
    mention = _mention(scene, start, start + 1, period)
    if point.code == "B" and not may_stand_alone(scene.passage, start, mention.preposition):
        return None
    return mention


def _mention(scene: Scene, start: int, end: int, period: Period) -> PeriodMention:
    passage = scene.passage
    first, last = passage.starts[start], passage.starts[end]
    titled = period.form in _TITLED and is_title(passage, start, end)
    return PeriodMention(
        first,
        last,
        passage.text[first:last],
        period.normal,
        period.first,
        period.last,
        "title" if titled else period.form,
        preposition_before(passage.text, first),
    )
