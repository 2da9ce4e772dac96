"""The sample documents: made by their sources, marked as samples, and labelled with what they really say."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib import import_module
from pathlib import Path

import pypdfium2
import pytest

from extractors.docx import docx_to_reading
from extractors.html import html_to_reading
from extractors.plain_text import text_to_reading
from extractors.sniff import DOCX, HTML, PDF, sniff_media_type
from schemas.records import Reading
from tests.golden_files import GOLDENS, SAMPLES, ExpectedRow, expected_rows, golden_pairs

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
PAIRS = golden_pairs()
SAMPLE_FILES = sorted(path for path in SAMPLES.iterdir() if path.is_file() and not path.name.startswith("."))
WORDS = {"none": 0, "no": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
WORDS |= {
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "eighty-four": 84,
    "forty": 40,
    "twenty-three": 23,
    "one hundred and four": 104,
}
FRACTIONS = ("quarter", "third", "half", "in five", "in four", "in three", "in ten")
AREAS = {
    "LA",
    "SN",
    "England",
    "West Midlands",
    "London",
    "South East",
    "Yorkshire and The Humber",
    "North East",
    "East of England",
}
AREAS |= {"North West", "Dudley", "Sandwell", "Kent", "Northumberland", "North Tyneside"}
PERIOD = re.compile(
    r"now|\d{4}|\d{4}-\d{2}(?:-\d{2})?(?:Q[1-4])?|12m:\d{4}-\d{2}-\d{2}|\d{4}-\d{2}-\d{2}/\d{4}-\d{2}-\d{2}"
)


def read_without_pages(data: bytes, name: str) -> Reading:
    media_type = sniff_media_type(data, name)
    assert media_type is not None
    if media_type == HTML:
        return html_to_reading(data)
    return docx_to_reading(data) if media_type == DOCX else text_to_reading(data, media_type)


@cache
def pages_of(path: Path) -> dict[int | None, str]:
    """Page number (None where there are no pages) -> text on one line."""
    data = path.read_bytes()
    if sniff_media_type(data, path.name) == PDF:
        document = pypdfium2.PdfDocument(data)
        texts = [document[index].get_textpage().get_text_bounded() for index in range(len(document))]
        return {number: squeezed(text) for number, text in enumerate(texts, start=1)}
    reading = read_without_pages(data, path.name)
    return {None: squeezed("\n".join(block.text for block in reading.blocks))}


def squeezed(text: str) -> str:
    text = re.sub(r"[\ufffe\u00ad]\s*|(?<=[a-z])-\r?\n(?=[a-z])", "", text)
    return " ".join(text.replace("’", "'").split())


@pytest.mark.parametrize("path", SAMPLE_FILES, ids=lambda path: path.name)
def test_every_sample_says_that_it_is_one(path: Path) -> None:
    assert path.name.startswith("sample-")
    assert "Sample document, written for the project childrens-services-kpis" in " ".join(pages_of(path).values())


def test_samples_come_out_of_their_sources_unchanged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(SAMPLES / "sources"))
    made = import_module("make_samples").made()
    assert len(made) == 6
    for name, data in made.items():
        written = SAMPLES / name
        if sniff_media_type(data, name) == PDF:
            old, new = pypdfium2.PdfDocument(written.read_bytes()), pypdfium2.PdfDocument(data)
            texts = [
                [document[i].get_textpage().get_text_bounded() for i in range(len(document))] for document in (old, new)
            ]
            assert texts[0] == texts[1], name
        else:
            assert docx_to_reading(data) == docx_to_reading(written.read_bytes()), name


def test_made_samples_hold_no_clock() -> None:
    made = import_module("make_samples")
    assert made.made() == made.made()


def test_every_sample_is_labelled() -> None:
    labelled = {document for document, _ in PAIRS}
    assert set(SAMPLE_FILES) <= labelled


@pytest.mark.parametrize(("document", "labels"), PAIRS, ids=lambda path: path.name)
def test_labels_are_found_on_their_page(document: Path, labels: Path) -> None:
    pages = pages_of(document)
    for row in expected_rows(labels):
        assert row.document == document.name
        assert row.page in pages, row
        assert squeezed(row.quote).casefold() in pages[row.page].casefold(), row
        assert row.optional or states(row), row


@pytest.mark.parametrize(("document", "labels"), PAIRS, ids=lambda path: path.name)
def test_labels_use_the_catalogues_codes(document: Path, labels: Path) -> None:
    for row in expected_rows(labels):
        assert row.indicator in catalogue(), row
        assert row.area in AREAS, row
        assert row.kind in {"actual", "average", "target", "change"}, row
        assert row.kind != "change" or row.optional, row
        assert row.approximation in {"exact", "about", "over", "under"}, row
        assert all(PERIOD.fullmatch(period) for period in row.periods), row


def states(row: ExpectedRow) -> bool:
    """Whether the quote holds the row's number, in digits or in words."""
    quote = row.quote.casefold()
    numbers = {
        float(text.replace(",", "").replace(" ", "")) for text in re.findall(r"\d+(?:[, ]\d{3})*(?:\.\d+)?", quote)
    }
    if abs(row.value) in numbers or any(fraction in quote for fraction in FRACTIONS):
        return True
    return any(re.search(rf"\b{word}\b", quote) and value == row.value for word, value in WORDS.items())


@cache
def catalogue() -> frozenset[str]:
    from extractors.indicators import load_indicators

    return frozenset(indicator.indicator for indicator in load_indicators())


@pytest.mark.skipif(not SHARED.exists(), reason="the shared material is not beside the project")
def test_samples_state_the_official_values() -> None:
    """Every figure of a sample that the Local Authority Interactive Tool publishes is the published one."""
    import duckdb

    with (SHARED / "spec" / "indicators.csv").open(encoding="utf-8", newline="") as handle:
        measures = {row["indicator"]: row["lait"] for row in csv.DictReader(handle) if row["lait"]}
    values = duckdb.sql(
        f"""select "Short Desc", "LA and Regions", Years, try_cast("Values" as double)
            from '{SHARED}/official/lait/bds_long_0.parquet'
            where "LA and Regions" in ('Wolverhampton', 'Dudley', 'Sandwell', 'West Midlands', 'England')"""
    ).fetchall()
    published: dict[tuple[str, str, str], float] = {
        (m, area, year): value for m, area, year, value in values if value is not None
    }
    compared, wrong = 0, []
    for document, labels in PAIRS:
        if document.parent != SAMPLES:
            continue
        own = next(name for name in ("Wolverhampton", "Dudley", "Sandwell") if name.casefold() in document.name)
        for row in expected_rows(labels):
            measure = measures.get(row.indicator)
            if row.kind != "actual" or row.optional or row.area == "SN" or measure is None:
                continue
            area = own if row.area == "LA" else row.area
            years = [year for period in row.periods if (year := lait_year(period, row.indicator)) is not None]
            candidates = [
                value
                for (m, a, year), value in published.items()
                if (m, a) == (measure, area) and (not years or year in years)
            ]
            compared += bool(candidates)
            if candidates and not any(abs(value - row.value) <= 0.51 * 10 ** -decimals(row) for value in candidates):
                wrong.append((document.name, row, candidates))
    assert not wrong
    assert compared > 350


def lait_year(period: str, indicator: str) -> str | None:
    """The year by which the tool files a period: that of its last day; the workforce is counted in a year's first half."""
    if period == "now":
        return None
    found = re.fullmatch(r"(?:12m:)?(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(Q[1-4])?", period)
    assert found, period
    year, second, day, quarter = found.groups()
    if day is None and second is not None and int(second) == (int(year) + 1) % 100:
        return year if indicator.startswith("sw_") or quarter == "Q2" else str(int(year) + 1)
    return year


def decimals(row: ExpectedRow) -> int:
    return len(str(row.value).partition(".")[2].rstrip("0"))


def test_judgements_have_a_golden_too() -> None:
    with (GOLDENS / "judgements.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert {row["judgement"] for row in rows} == {"overall", "leaders", "help_protection", "in_care"}
    assert all((SAMPLES / row["document"]).exists() for row in rows)
