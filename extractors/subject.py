"""Step "whose, when": a reading and its location -> whose document it is, of what kind, and the date it speaks at.

What is printed wins over what the file name says; what neither says is None with an Issue, never today.
"""

from __future__ import annotations

import datetime as dt
import re
from itertools import takewhile

from extractors.area_tables import area_named, area_with_code, load_areas, names_of
from extractors.authority import find_authority, names_an_authority, names_in
from extractors.front_matter import FrontMatter, document_words, front_matter
from extractors.periods import find_periods
from extractors.printed_dates import PrintedDate, find_printed_dates
from schemas.records import Area, Issue, Reading, Subject

_DATE_IN_NAME = re.compile(r"(?<!\d)(?:19|20)\d\d[-_.]\d\d(?:[-_.]\d\d)?(?!\d)")
_LONGEST_TITLE = 160  # characters
_LETTER = re.compile(r"\bDear\b")
_INSPECTION = re.compile(r"\b(?:inspection|visit|review) (?:of|to)\b", re.IGNORECASE)
_AFTER_TITLE = re.compile(
    r"^(?:(?:dates? of|(?:re-)?inspection dates?|lead|report(?:ing)?|published|this)\b|\d)", re.IGNORECASE
)
_MARKER = re.compile(r"(?<=[a-z])\d{1,2}\b")  # "Board1": a footnote marker
_JOINS = re.compile(r"^\s*(?:and|&|,)\s*$")
_COUNCIL = re.compile(r"Council$|Corporation$|^London Borough|^Royal Borough|^City of")


def find_subject(reading: Reading, location: str, authority: str | None = None) -> Subject:
    """Whose document it is and when it speaks.

    `location` is the path or address; `authority` the name or code that the source registry gives (England or a region
    for papers about no single authority). Issues: `subject_unknown`, `reference_unknown`.
    """
    front = front_matter(reading, location)
    kind = _kind(front)
    published = _published(front, kind)
    inspected = find_inspection_dates(front) if kind == "inspection" else None
    reference = inspected[1] if inspected else (published if kind == "inspection" else _reference(front, kind))
    registered = area_named(authority) if authority else None
    if registered is not None:  # the registry may also say that a source is about a region or the whole country
        area = registered if registered.kind in ("authority", "country") else None
    elif _is_of_the_country(front):
        area = area_named("England")
    else:
        area = area_with_code(code) if (code := find_authority(front)) else None
        if area is None and kind != "inspection" and document_words().country_on_page.search(front.first_page[:3000]):
            area = area_named("England")
    area = _as_of(area, reference or published) if area else None
    issues = []
    if area is None:
        issues.append(Issue("subject_unknown", "Neither registry, title, letterhead nor file name says whose it is."))
    if reference is None:
        issues.append(Issue("reference_unknown", "Neither the document nor its name says at what date it speaks."))
    title = _title(front, kind)
    return Subject(area, _publisher(front, kind, area), kind, title, published, reference, tuple(issues))


def _is_of_the_country(front: FrontMatter) -> bool:
    """Whether the title says England and names no authority; what single ones a paper on the country speaks of are not
    whose it is."""
    title = front.title or front.head.split("\n")[0][:_LONGEST_TITLE]
    if document_words().country_in_title.search(title) is None or any(names_in(title)):
        return False
    return not names_an_authority(front)


def _kind(front: FrontMatter) -> str:
    places = {
        "title": f"{front.title} \n {front.head}"[:600],
        "name": re.sub(r"[-_]+", " ", front.name),
        "first_page": front.first_page[:3000],
    }
    for kind, patterns in document_words().kinds:
        denied = "unless" in patterns and patterns["unless"].search(places["title"][:400])
        if not denied and any(patterns[place].search(text) for place, text in places.items() if place in patterns):
            return kind
    return "other"


def _publisher(front: FrontMatter, kind: str, area: Area | None) -> str | None:
    title, page = f"{front.title} {front.head[:200]}", front.first_page
    for one in document_words().publishers:
        on_host = any(front.host == host or front.host.endswith("." + host) for host in one.hosts)
        on_page = area is None and one.first_page is not None and one.first_page.search(page)
        if kind in one.kinds or on_host or (one.title is not None and one.title.search(title)) or on_page:
            return one.name
    if area is None:
        return None
    return next((name for name in names_of(area) if _COUNCIL.search(name)), f"{area.name} Council")


def _title(front: FrontMatter, kind: str) -> str | None:
    """An inspection's title runs from the authority's name to the line of its dates; other titles are the largest type,
    else the first line."""
    lines = [line.strip() for line in front.head.split("\n") if line.strip()]
    if kind == "inspection":
        at = next((i for i, line in enumerate(lines) if _INSPECTION.search(line)), None)
        if at is not None:
            first = 0 if at <= 2 else at
            title = takewhile(lambda line: not _AFTER_TITLE.search(line), lines[first : at + 6])
            return _MARKER.sub("", " ".join(title))[:300] or front.title or None
    return front.title or (lines[0][:300] if lines else None)


def _as_of(area: Area, day: dt.date | None) -> Area:
    """The authority of that name on that day: Dorset before April 2019 had other borders and another code."""
    if day is None or area.valid_from is None or day >= area.valid_from:
        return area
    before = (a for a in load_areas() if a.valid_to and a.valid_to >= day and names_of(a)[0] == area.name)
    return next(before, area)


def _after(pattern: re.Pattern[str], text: str, within: int) -> list[PrintedDate]:
    """The first date after each place where a label stands, not further off than `within` characters."""
    found = []
    for label in pattern.finditer(text):
        rest = text[label.end() : label.end() + 120]
        dates = find_printed_dates(rest)
        if dates and dates[0].start <= within:
            found.append(dates[0])
    return found


def find_inspection_dates(front: FrontMatter) -> tuple[dt.date, dt.date] | None:
    """First and last day of the inspection, from the first page or the two after it. An inspection in two parts
    (Sheffield 2013-14: three weeks and three days a month later) spans both."""
    for text in (front.first_page, front.near):
        for label in document_words().labels["inspected"].finditer(text):
            rest = text[label.end() : label.end() + 120]
            dates = [d for d in find_printed_dates(rest) if d.form != "month"]
            if not dates or dates[0].start > 12:
                continue
            last = dates[0]
            for date in dates[1:]:
                if not _JOINS.match(rest[last.end : date.start]):
                    break
                last = date
            return dates[0].first, last.last
    return None


def _published(front: FrontMatter, kind: str) -> dt.date | None:
    """The printed date of publication, the date of an inspectors' letter, else the date that Ofsted puts into the names
    of its files."""
    printed = [d for d in _after(document_words().labels["published"], front.first_page, 4) if d.form == "date"]
    if printed:
        return printed[0].last
    if kind != "inspection":
        return None
    first = next((d for d in find_printed_dates(front.first_page[:160]) if d.form == "date"), None)
    if first and _LETTER.search(front.first_page):
        return first.last
    named = [d for d in find_printed_dates(front.name) if d.form == "date"]
    return named[-1].last if named else None


_LONGEST_TITLE = 140  # characters of a line


def _reference(front: FrontMatter, kind: str) -> dt.date | None:
    """The date that a paper speaks of as now: its quarter, its meeting, "as at", the month or date of its title."""
    words = document_words().labels
    pack = words["agenda"].search(front.first_page[:3000])
    name = _DATE_IN_NAME.sub(" ", front.name).replace("-", " ")  # "report-q3-2024-02-05" is of no third quarter of 2024
    # what prose speaks of first ("After Quarter 2 2022/23 gave us the most referrals ...") is not what the paper is on
    lines = [line for line in front.head.split("\n") if len(line.strip()) <= _LONGEST_TITLE]
    titled = f"{front.title} \n {'' if pack else ' '.join(lines)[:300]} \n {name}"
    periods = [p for p in find_periods(titled, None) if p.last is not None]
    quarters = [p.last for p in periods if p.form == "quarter"]
    if quarters:
        return max(day for day in quarters if day)
    top = f"{front.title} \n {front.head}"[:900]
    if titled_day := [d.last for d in _after(words["as_at"], front.title, 6)]:
        return max(titled_day)  # "Performance for the year to October 2016", on whatever day the committee met
    meeting = _own_date(top) if words["meeting"].search(f"{top} {front.name}") else None
    if meeting and kind in ("minutes", "transcript", "report", "other"):
        return meeting
    as_at = [d.last for d in _after(words["as_at"], top, 6)]
    if dated := (max(as_at) if as_at else None) or meeting or _dated_line(front) or _own_date(front.title):
        return dated
    if named := find_printed_dates(f"{front.title} \n {front.name}"):
        return named[-1].last
    noted = [d.last for d in _after(words["as_at"], front.near, 6)]
    years = [p.last for p in periods if p.form == "financial_year"]
    if noted:
        return max(noted)
    # a page on one measure that is kept up to date names the year before, and further down the quarter it speaks of
    told = [p.last for p in find_periods(front.first_page[:3000], None) if p.form == "quarter" and p.last is not None]
    known = years[-1] if years else None
    if told and (known is None or max(told) > known):
        return max(told)
    return known or _own_date(front.first_page[:1500])


def _dated_line(front: FrontMatter) -> dt.date | None:
    """A date or month that fills a line of its own near the top: the date of the paper."""
    for line in front.head.split("\n"):
        for date in find_printed_dates(line):
            if date.end - date.start >= len(line.strip()) / 2 and _own_date(line, months=True):
                return date.last
    return None


def _own_date(text: str, months: bool = False) -> dt.date | None:
    """The first full date (or month) that is not said to be another document's, another meeting's or a revision's."""
    other = document_words().labels["not_this_document"]
    for date in find_printed_dates(text):
        before = text[max(0, date.start - 40) : date.start]
        ends = [m.end() for m in other.finditer(before)]
        if (months or date.form == "date") and not (ends and len(before) - ends[-1] <= 3):
            return date.last
    return None
