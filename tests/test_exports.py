"""What analysts and report writers hold in their hands: each form of an answer, opened again."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from pathlib import Path

import docx
import openpyxl
import pytest
from PIL import Image

from queries import Dataset, DatasetError, compare, open_dataset, trend
from queries.charts import comparison_in_words, comparison_to_image, trend_in_words, trend_to_image
from queries.exports import comparison_to_forms, evidence_to_forms, rows_to_forms, trend_to_forms
from queries.wording import date_words, number_words, period_words, value_words
from tests.make_dataset import WOLVERHAMPTON, write_dataset

FORMS = [".csv", ".parquet", ".xlsx", ".png", ".svg", ".html", ".md", ".docx"]


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return open_dataset(write_dataset(tmp_path_factory.mktemp("data")))


@pytest.fixture(scope="module")
def written(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a trend and a comparison in every form."""
    folder = tmp_path_factory.mktemp("out")
    points = trend(dataset, ["referrals_rate", "cla_count"], ["Wolverhampton", "Dudley"], with_comparators=True)
    cells = compare(dataset, "Wolverhampton")
    for ending in FORMS:
        trend_to_forms(points, "Trend", "s1").write(folder / f"trend{ending}")
        comparison_to_forms(cells, "Comparison", "s1").write(folder / f"compare{ending}")
    return folder


# -- wording ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "printed", "words"),
    [
        (657.9, "", "657.9"),
        (1380.0, "1,380", "1,380"),
        (3.0, "3", "3"),
        (14.0, "14.0", "14.0"),
        (502.7, "502.70", "502.70"),
        (-21.0, "(-21)", "-21"),
        (4.0, "four", "4"),
        (0.0, "none", "0"),
        (-0.0, "", "0"),
        (1234567.0, "1,234,567", "1,234,567"),
    ],
)
def test_numbers_keep_the_decimals_that_were_printed(value: float, printed: str, words: str) -> None:
    assert number_words(value, printed) == words


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((85.0, "percent"), "85%"),
        ((40.0, "percent", "about"), "about 40%"),
        ((9.0, "percent", "exact", "change"), "+9%"),
        ((-21.0, "count", "exact", "change"), "-21"),
        ((45.0, "days", "under"), "under 45 days"),
        ((1.0, "percentage_points", "exact", "change"), "+1 point"),
        ((None, "count"), ""),
    ],
)
def test_values_say_their_unit(arguments: tuple[float, str], words: str) -> None:
    assert value_words(*arguments) == words


@pytest.mark.parametrize(
    ("period", "form", "first", "last", "words"),
    [
        ("2016-03-31", "date", "2016-03-31", "2016-03-31", "31 March 2016"),
        ("2016-03", "month", "2016-03-01", "2016-03-31", "March 2016"),
        ("2014-15Q3", "quarter", "2014-10-01", "2014-12-31", "Q3 2014-15"),
        ("2014-15", "financial_year", "2014-04-01", "2015-03-31", "2014-15"),
        ("12m:2023-03-31", "rolling", "2022-04-01", "2023-03-31", "year to 31 March 2023"),
        ("3m:2023-03-31", "rolling", "2023-01-01", "2023-03-31", "3 months to 31 March 2023"),
        ("2014-09-01/2015-08-31", "span", "2014-09-01", "2015-08-31", "1 September 2014 to 31 August 2015"),
        ("2011-14", "several_years", "2011-04-01", "2014-03-31", "2011-14 average"),
        ("now", "now", None, "2023-07-27", "now, 27 July 2023"),
        ("now", "now", None, None, "now"),
    ],
)
def test_periods_read_as_british_dates(period: str, form: str, first: str | None, last: str | None, words: str) -> None:
    import datetime as dt

    days = [dt.date.fromisoformat(day) if day else None for day in (first, last)]
    assert period_words(period, form, *days) == words


def test_a_day_has_no_leading_nought() -> None:
    import datetime as dt

    assert date_words(dt.date(2023, 7, 1)) == "1 July 2023"


# -- files -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", FORMS)
@pytest.mark.parametrize("name", ["trend", "compare"])
def test_every_form_is_written(written: Path, name: str, ending: str) -> None:
    assert (written / f"{name}{ending}").stat().st_size > 200


def test_an_unknown_ending_names_the_known_ones(dataset: Dataset, tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=re.escape(".csv, .parquet")):
        rows_to_forms(dataset.sql("FROM areas")).write(tmp_path / "a.odt")


def test_a_folder_that_is_not_there_is_said(dataset: Dataset, tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="no folder"):
        rows_to_forms(dataset.sql("FROM areas")).write(tmp_path / "no" / "a.csv")


def test_the_workbook_has_cover_contents_notes_and_one_table_a_sheet(written: Path) -> None:
    book = openpyxl.load_workbook(written / "trend.xlsx")
    assert book.sheetnames == ["Cover", "Contents", "Notes", "referrals_rate", "cla_count"]
    assert len(book["referrals_rate"].tables) == 1
    cover = book["Cover"]
    assert cover.column_dimensions["A"].width > 1.6 * len(str(cover["A1"].value))  # wrapped, only its last line shows
    assert book.properties.title == cover["A1"].value


def test_in_the_workbook_values_are_numbers_and_years_are_text(written: Path) -> None:
    rows = list(openpyxl.load_workbook(written / "trend.xlsx")["cla_count"].iter_rows(values_only=True))
    head = next(number for number, row in enumerate(rows) if row[0] == "Area")
    row = dict(zip(rows[head], rows[head + 1], strict=True))
    assert (row["Value"], row["Year"]) == (1380, "2021")


def test_in_the_workbook_an_empty_place_says_so(written: Path) -> None:
    rows = list(openpyxl.load_workbook(written / "compare.xlsx")["Comparison"].iter_rows(values_only=True))
    head = next(number for number, row in enumerate(rows) if row[0] == "Indicator")
    width = len([name for name in rows[head] if name])
    assert all(value is not None for row in rows[head:] for value in row[:width])
    assert any(value == "[x]" for row in rows[head:] for value in row)


def test_the_word_table_repeats_its_header_and_has_a_title(written: Path) -> None:
    document = docx.Document(str(written / "compare.docx"))
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells][:3] == ["Indicator", "Latest", "Before"]
    assert "w:tblHeader" in table.rows[0]._tr.xml
    assert "w:tblCaption" in table._tbl.xml
    assert 'w:lang w:val="en-GB"' in document.styles.element.xml
    assert any("657.9" in cell.text and "year to 31 Mar 2023" in cell.text for cell in table.column_cells(1))
    assert any(paragraph.text.startswith("[1] ") for paragraph in document.paragraphs)


class Loads(HTMLParser):
    """Collects whatever a page would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("src", "href", "xlink:href", "data") and value and not value.startswith("#"):
                self.fetched.append(f"{tag} {value}")


@pytest.mark.parametrize("name", ["trend", "compare"])
def test_the_web_page_loads_nothing_and_tells_its_picture_in_words(written: Path, name: str) -> None:
    page = (written / f"{name}.html").read_text(encoding="utf-8")
    loads = Loads()
    loads.feed(page)
    assert loads.fetched == []
    assert "url(http" not in page
    assert "@import" not in page
    assert '<html lang="en-GB">' in page
    assert re.search(r'role="img" aria-label="[^"]{40,}', page)
    assert '<th scope="col"' in page
    assert '<th scope="row"' in page


def test_words_of_documents_cannot_break_out_of_the_page() -> None:
    from queries.page_report import tables_to_html
    from queries.printed import Head, Printed, Text

    table = Printed('<script>alert("x")</script>', (Head("A"),), ((Text("<b>&"),),))
    assert "<script>" not in tables_to_html([table], "<i>")


def test_markdown_is_a_pipe_table_with_numbers_to_the_right(written: Path) -> None:
    lines = (written / "compare.md").read_text(encoding="utf-8").splitlines()
    head = next(number for number, line in enumerate(lines) if line.startswith("| Indicator | Latest |"))
    assert lines[head + 1].startswith("| --- | ---: |")


# -- charts ----------------------------------------------------------------------------------------------------------


def test_a_chart_draws_the_same_bytes_twice(dataset: Dataset) -> None:
    points = trend(dataset, ["referrals_rate"], ["Wolverhampton", "Dudley"])
    assert trend_to_image(points, "svg") == trend_to_image(points, "svg")


def test_a_chart_holds_ink_in_the_accessible_palette(dataset: Dataset) -> None:
    image = Image.open(io.BytesIO(comparison_to_image(compare(dataset, "Wolverhampton"), "png"))).convert("RGB")
    colours = {colour for _, colour in image.getcolors(maxcolors=1 << 24) or []}
    assert (0x12, 0x43, 0x6D) in colours


def test_only_points_of_one_form_are_joined(dataset: Dataset) -> None:
    """Wolverhampton states two financial years and a rolling one: two lines in the key, not one."""
    words = trend_in_words(trend(dataset, ["referrals_rate"], ["Wolverhampton"]))
    assert "598.4 (2019-20) to 611 (2020-21)" in words
    assert "657.9 (year to 31 March 2023)" in words
    assert "to 657.9" not in words


def test_a_chart_in_words_names_every_bar(dataset: Dataset) -> None:
    words = comparison_in_words(compare(dataset, WOLVERHAMPTON, ["referrals_rate"]))
    for number in ("657.9", "611", "608.27", "502.7", "537.7"):
        assert number in words


def test_a_chart_of_too_many_areas_says_so(dataset: Dataset, tmp_path: Path) -> None:
    from dataclasses import replace

    from tests import make_dataset as made

    rows = [
        replace(made.observation(made.PACK, "cla_count", f"E0900000{n}", "2020", n), area_name=f"Area {n}")
        for n in range(1, 9)
    ]
    with pytest.raises(DatasetError, match="at most"):
        trend_to_image(trend(open_dataset(write_dataset(tmp_path, tuple(rows))), ["cla_count"]), "png")


def test_the_evidence_of_a_table_is_one_page_that_loads_nothing(samples: Path, tmp_path: Path) -> None:
    dataset = open_dataset(samples)
    cells = compare(dataset, "Wolverhampton", ["cla_rate", "referrals_rate"])
    ids = cells.column("observation_id").to_pylist()
    evidence_to_forms(dataset, ids, "Evidence").write(tmp_path / "evidence.html")
    page = (tmp_path / "evidence.html").read_text(encoding="utf-8")
    assert all(f'<section id="{one}">' in page for one in ids)
    assert "data:image/png;base64," in page  # of those that stand on a page
    assert page.count("<dt>Quote</dt>") == len(ids)
    loads = Loads()
    loads.feed(page)
    assert [one for one in loads.fetched if " data:" not in one] == []
    assert (
        str(Path(__file__).parent.parent) not in page
    )  # a page that is handed on names files, not folders of this machine
