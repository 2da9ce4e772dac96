"""The notebooks: each runs without a screen, all are served to a browser, and a click on a point leads to its page.

What drives a browser is skipped where none is on the machine; the pages never reach beyond it.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_cli import KPI, kpi

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.py"))
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
pytest.importorskip("marimo", reason="the optional part [explore] is not installed")


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_notebook_runs_without_a_screen(samples: Path, notebook: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "KPI_DATA": str(samples)}
    ran = subprocess.run([sys.executable, notebook], capture_output=True, text=True, env=environment, timeout=120)
    assert ran.returncode == 0, ran.stderr
    assert "Error" not in ran.stderr, ran.stderr


def test_static_pages_are_written_for_each_authority(samples: Path, tmp_path: Path) -> None:
    ran = kpi("explore", "--export", str(tmp_path / "pages"), data=samples)
    assert ran.returncode == 0, ran.stderr
    names = {page.name for page in (tmp_path / "pages").iterdir()}
    assert {"index.html", "E08000031.html"} <= names
    assert 'href="E08000031.html"' in (tmp_path / "pages" / "index.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def served(samples: Path) -> Iterator[str]:
    """The address of the explorer, served over the samples for as long as the tests last."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "KPI_DATA": str(samples)}
    process = subprocess.Popen(
        [*KPI, "explore", "--port", str(port)], env=environment, stderr=subprocess.PIPE, text=True
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(address, timeout=5).read()
                break
            except OSError:
                assert process.poll() is None, process.stderr.read() if process.stderr else ""
                time.sleep(0.5)  # until the server has come up
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def test_the_first_page_leads_to_every_notebook(served: str) -> None:
    page = urllib.request.urlopen(served, timeout=20).read().decode()
    for notebook in NOTEBOOKS:
        assert f'href="/{notebook.stem}/"' in page
        assert urllib.request.urlopen(f"{served}/{notebook.stem}/", timeout=60).status == 200


@pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine")
class TestInABrowser:
    """What a person sees and does, in a real browser."""

    @pytest.fixture
    def page(self) -> Iterator[object]:
        driver = pytest.importorskip("playwright.sync_api", reason="the optional part [browser] is not installed")
        with driver.sync_playwright() as player:
            browser = player.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
            opened = browser.new_page(viewport={"width": 1100, "height": 1600})
            opened.set_default_timeout(60_000)
            yield opened
            browser.close()

    def test_choose_see_click_and_the_page_with_the_figure_appears(self, served: str, page) -> None:  # type: ignore[no-untyped-def]
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{served}/trends/")
        page.get_by_text("Click a point").wait_for()
        points = page.locator("svg.marks path[aria-roledescription=point]")
        points.first.wait_for()

        page.get_by_role("button").filter(has_text="_rate").or_(
            page.get_by_role("button").filter(has_text="_count")
        ).first.click()
        page.get_by_role("option").filter(has_text="(referrals_rate)").click()
        page.locator("svg.marks path[aria-label*='505.1']").wait_for()  # Sandwell's of 2023-24

        page.locator("svg.marks path[aria-label*='505.1']").click()
        page.get_by_alt_text("with the figure boxed").wait_for()
        assert [
            url for url in asked if not url.startswith((served, served.replace("http", "ws"), "data:", "blob:"))
        ] == []

    @pytest.mark.parametrize(
        ("name", "ready"),
        [
            ("trends", "Click a point"),
            ("comparators", "Statistical neighbours"),
            ("coverage_and_review", "against which most speaks first"),
            ("one_document", "Every printed number"),
        ],
    )
    def test_the_app_has_no_fault_of_accessibility(self, served: str, page, name: str, ready: str) -> None:  # type: ignore[no-untyped-def]
        axe = pytest.importorskip(
            "axe_playwright_python.sync_playwright", reason="the optional part [browser] is not installed"
        )
        page.goto(f"{served}/{name}/")
        page.get_by_text(ready).first.wait_for()
        page.wait_for_load_state("networkidle")
        found = axe.Axe().run(page, options={"runOnly": RULES})
        assert [(fault["id"], fault["help"]) for fault in found.response["violations"]] == []

    @pytest.mark.parametrize("name", ["trend", "compare", "pages"])
    def test_web_pages_have_no_fault_of_accessibility(self, samples: Path, tmp_path: Path, page, name: str) -> None:  # type: ignore[no-untyped-def]
        axe = pytest.importorskip(
            "axe_playwright_python.sync_playwright", reason="the optional part [browser] is not installed"
        )
        out = tmp_path / "page.html"
        if name == "pages":
            kpi("explore", "--export", str(tmp_path), data=samples)
            out = tmp_path / "E08000031.html"
        elif name == "trend":
            kpi("trend", "cla_rate", "--area", "Wolverhampton", "--area", "Dudley", "--out", str(out), data=samples)
        else:
            kpi(
                "compare",
                "--area",
                "Wolverhampton",
                "--indicator",
                "cla_rate",
                "--rank",
                "--out",
                str(out),
                data=samples,
            )
        page.goto(f"file://{out}")
        found = axe.Axe().run(page, options={"runOnly": RULES})
        assert [(fault["id"], fault["help"]) for fault in found.response["violations"]] == []
