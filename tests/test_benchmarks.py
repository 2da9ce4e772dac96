"""The measurements measure what they say: samples that stay the same, copies that are documents of their own, whole tables."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.__main__ import Contender, find_pdfs, ratios, sample_pages, spread, to_markdown
from benchmarks.growth import choose_mixture, grow
from benchmarks.history import write_between
from benchmarks.measured import ROOT
from benchmarks.queries_at_scale import make_dataset
from extractors.pdf_text import pdf_to_reading
from queries import open_dataset, trend

SAMPLES = ROOT / "data" / "samples"


def test_a_sample_of_pages_is_the_same_every_time() -> None:
    pdfs = find_pdfs([SAMPLES])
    sample = sample_pages(pdfs, 4)
    assert sample == sample_pages(pdfs, 4)
    assert sum(len(pages) for _, pages in sample) == 4
    assert all(1 <= number <= pdfs[path] for path, pages in sample for number in pages)


def test_no_sample_means_every_page() -> None:
    pdfs = find_pdfs([SAMPLES])
    assert {path: len(pages) for path, pages in sample_pages(pdfs, 0)} == pdfs


def test_ratios_are_told_repeat_by_repeat() -> None:
    one = Contender("one", 10, (8.0, 9.0), (8.0, 9.0), 1)
    floor = Contender("floor", 10, (1.0, 1.5), (1.0, 1.5), 1)
    assert ratios(one, floor) == spread([8.0, 6.0])
    assert spread([8.0, 6.0]).words(1) == "7.0 (6.0 to 8.0)"


def test_what_is_not_installed_is_told_in_the_table() -> None:
    floor = Contender("pdfium_text", 10, (1.0,), (1.0,), 2**20)
    table = to_markdown({"pdfium_text": floor, "pipeline": floor, "docling": None}, "Told.")
    assert "| docling, whole | not installed here |" in table


def test_copies_read_the_same_and_are_documents_of_their_own(tmp_path: Path) -> None:
    mixture = choose_mixture(SAMPLES, 2, 2**30)
    grow(mixture, tmp_path, 4)
    copies = [path.read_bytes() for path in sorted(tmp_path.rglob("*.pdf"))]
    assert len(set(copies)) == 4
    texts = [{page.text for page in pdf_to_reading(copy).pages} for copy in copies]
    originals = [{page.text for page in pdf_to_reading(path.read_bytes()).pages} for path in mixture]
    assert all(texts.count(original) == 2 for original in originals)


def test_a_table_goes_between_its_marks_and_nowhere_else(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- costs -->\nold\n<!-- /costs -->\nafter\n", encoding="utf-8")
    write_between(page, "costs", "new")
    assert page.read_text(encoding="utf-8") == "before\n<!-- costs -->\nnew\n<!-- /costs -->\nafter\n"
    with pytest.raises(ValueError, match="growth"):
        write_between(page, "growth", "new")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="whole families are measured on Linux only")
def test_growth_measures_reading_and_looking_again() -> None:
    words = ["--sizes", "2", "--workers", "1", "--mixture", "2", "--only-print"]
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.growth", str(SAMPLES), *words],
        cwd=ROOT, capture_output=True, text=True, timeout=200, check=True,
    )  # fmt: skip
    assert told.stdout.lstrip().startswith("2 documents, 1 workers:")


def test_the_made_up_dataset_has_every_column_that_the_views_ask_for(tmp_path: Path) -> None:
    """The records had grown, and the benchmark of ten million rows could open its own dataset no more."""
    make_dataset(tmp_path, 3000)
    assert len(trend(open_dataset(tmp_path), ["indicator_05"], ["Area 20"]).to_pandas())
