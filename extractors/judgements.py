"""Step "judgements": an inspection report's reading -> the grades that its grade table prints.

Only the table itself and the sentence that gives the overall grade count, on the pages where the framework puts them
(`judgements.yaml`): a letter or a self-evaluation that speaks of the grades of another inspection yields none.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

import yaml

from extractors.area_tables import read_lookup
from extractors.front_matter import front_matter, squeeze
from extractors.subject import find_inspection_dates
from schemas.records import Judgement, Reading, Subject

_TABLE_LENGTH = 1400  # characters; the longest grade table seen has 600
_REACH = 120  # from a row's label to its grade
_FRONT, _END = 3, 5


@dataclass(frozen=True, slots=True)
class GradeTable:
    """Where a table starts, on which pages it stands, and the label of each row by its normal name."""

    pages: str
    starts: re.Pattern[str]
    rows: tuple[tuple[str, re.Pattern[str]], ...]


@dataclass(frozen=True, slots=True)
class Framework:
    """How the reports of one framework print their grades."""

    name: str
    title: re.Pattern[str]
    tables: tuple[GradeTable, ...]
    sentences: tuple[tuple[str, re.Pattern[str]], ...]
    headings: tuple[tuple[str, re.Pattern[str]], ...]


@dataclass(frozen=True, slots=True)
class Grade:
    """One grade as printed: its row, the words, the page."""

    judgement: str
    grade: str
    page: int | None
    quote: str


@lru_cache(maxsize=1)
def _grades() -> tuple[dict[str, str], re.Pattern[str]]:
    grades: dict[str, str] = yaml.load(
        read_lookup("judgements.yaml"), Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    )["grades"]
    longest_first = sorted(grades, key=len, reverse=True)
    return grades, re.compile(r"\b(" + "|".join(longest_first).replace(" ", r"\s+") + r")\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _frameworks() -> tuple[Framework, ...]:
    raw = yaml.load(read_lookup("judgements.yaml"), Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))["frameworks"]
    grade = "(?P<grade>" + _grades()[1].pattern + ")"

    def pattern(alternatives: list[str]) -> re.Pattern[str]:
        joined = "|".join(f"(?:{a})" for a in alternatives)
        return re.compile(joined.replace(" ", r"\s"), re.IGNORECASE)

    def graded(forms: dict[str, list[str]], line: str = "{}") -> tuple[tuple[str, re.Pattern[str]], ...]:
        return tuple(
            (
                name,
                re.compile(line.format(a.replace("{grade}", grade).replace(" ", r"\s+")), re.IGNORECASE | re.MULTILINE),
            )
            for name, alternatives in forms.items()
            for a in alternatives
        )

    return tuple(
        Framework(
            entry["framework"],
            pattern(entry["title"]),
            tuple(
                GradeTable(t["pages"], pattern(t["starts"]), tuple((k, pattern(v)) for k, v in t["rows"].items()))
                for t in entry.get("tables", ())
            ),
            graded(entry.get("sentences", {})),
            graded(entry.get("headings", {}), r"^[ \t]*{}\.?[ \t]*\r?$"),
        )
        for entry in raw
    )


def find_judgements(reading: Reading, subject: Subject, document_id: str) -> tuple[Judgement, ...]:
    """The grades of one inspection report, in the order of its table; none for any other kind of document, nor for
    visits and letters, which print no grade."""
    if subject.document_kind != "inspection":
        return ()
    texts = _texts(reading)
    if not texts:
        return ()
    framework = next((f for f in _frameworks() if f.title.search(texts[0][1])), None)
    if framework is None:
        return ()
    grades = [grade for table in framework.tables for grade in _from_table(table, texts)]
    for name, sentence in framework.sentences:
        if name not in {grade.judgement for grade in grades} and (found := _in_words(name, sentence, texts[0])):
            grades.append(found)
    for name, heading in framework.headings:
        if name not in {grade.judgement for grade in grades} and (found := _in_heading(name, heading, reading)):
            grades.append(found)
    dates = find_inspection_dates(front_matter(reading, ""))
    area_code = subject.code
    return tuple(_row(g, document_id, area_code, framework.name, dates, subject.published_on) for g in grades)


def _texts(reading: Reading) -> list[tuple[int | None, str]]:
    """Page number and text, white space single; documents without pages are one."""
    if reading.pages:
        count = len(reading.pages)
        wanted = {*range(min(_FRONT, count)), *range(max(0, count - _END), count)}
        return [(reading.pages[i].number, _plain(reading.pages[i].text)) for i in sorted(wanted)]
    text = _plain(" ".join(block.text for block in reading.blocks))
    return [(None, text)] if text else []


def _plain(text: str) -> str:
    return squeeze(text).replace("’", "'").replace("‘", "'")


def _from_table(table: GradeTable, texts: list[tuple[int | None, str]]) -> list[Grade]:
    """The grades of the first such table, where at least half of its rows have one."""
    pages = texts[:_FRONT] if table.pages == "front" else texts[-_END:]
    for page, text in pages:
        for start in table.starts.finditer(text):
            grades = _rows(table, text[start.start() : start.start() + _TABLE_LENGTH], page)
            if 2 * len(grades) >= len(table.rows):
                return grades
    return []


def _rows(table: GradeTable, text: str, page: int | None) -> list[Grade]:
    labels = []
    for name, pattern in table.rows:
        if m := pattern.search(text):
            labels.append((m.start(), m.end(), name))
    labels.sort()
    grades = []
    for i, (start, end, name) in enumerate(labels):
        limit = min(labels[i + 1][0] if i + 1 < len(labels) else len(text), end + _REACH)
        if m := _grades()[1].search(text, end, limit):
            grades.append(Grade(name, _grade_in(m[1]), page, text[start : m.end()]))
    return _second_column(labels, text, page) if labels and len(grades) == 1 < len(labels) else grades


def _second_column(labels: list[tuple[int, int, str]], text: str, page: int | None) -> list[Grade]:
    """A table whose text layer holds all labels first and then all grades: one grade after another, nothing between."""
    end = labels[-1][1]
    found = []
    for _ in labels:
        m = _grades()[1].search(text, end)
        if m is None or text[end : m.start()].strip(" .:|\n") not in ("", "Grade"):
            return []
        found.append(m)
        end = m.end()
    return [
        Grade(name, _grade_in(m[1]), page, f"{text[s:e]} {m[1]}") for (s, e, name), m in zip(labels, found, strict=True)
    ]


def _grade_in(words: str) -> str:
    return _grades()[0][squeeze(words).lower()]


def _in_words(name: str, pattern: re.Pattern[str], page: tuple[int | None, str]) -> Grade | None:
    m = pattern.search(page[1])
    return Grade(name, _grade_in(m["grade"]), page[0], squeeze(m[0])) if m else None


def _in_heading(name: str, pattern: re.Pattern[str], reading: Reading) -> Grade | None:
    """A grade that fills a line of its own (or two) somewhere in the report."""
    lines = ((page.number, page.text) for page in reading.pages if "oard" in page.text)
    blocks = ((None, block.text) for block in reading.blocks) if not reading.pages else ()
    return next((grade for place in (*lines, *blocks) if (grade := _in_words(name, pattern, place))), None)


def _row(
    grade: Grade,
    document_id: str,
    area_code: str | None,
    framework: str,
    dates: tuple[dt.date, dt.date] | None,
    published_on: dt.date | None,
) -> Judgement:
    return Judgement(
        document_id=document_id,
        area_code=area_code,
        framework=framework,
        judgement=grade.judgement,
        grade=grade.grade,
        inspection_start=dates[0] if dates else None,
        inspection_end=dates[1] if dates else None,
        published_on=published_on,
        page=grade.page,
        quote=grade.quote,
    )
