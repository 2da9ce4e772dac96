"""The README shows what the command really prints, and every command in it is one that works on the samples."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from queries import open_dataset
from tests.test_cli import kpi

README = (Path(__file__).resolve().parents[1] / "README.md").read_text(encoding="utf-8")
COMMANDS = [line.partition("  #")[0].strip() for line in README.splitlines() if line.startswith("kpi ")]


def block(mark: str) -> list[str]:
    """The lines of the code block below `<!-- mark -->`."""
    found = re.search(rf"<!-- {mark} -->\n```\w*\n(.*?)```", README, re.DOTALL)
    assert found
    return found[1].splitlines()


def test_the_first_two_commands_stand_in_the_first_screen() -> None:
    first_screen = "\n".join(README.splitlines()[:40])
    assert "kpi refresh\n" in first_screen
    assert len(block("tests")) == 1
    assert block("tests")[0] in first_screen
    assert block("row")[0] in first_screen


def test_the_row_shown_is_one_that_the_samples_give(samples: Path) -> None:
    (row,) = (
        open_dataset(samples)
        .sql(
            "FROM claims WHERE value = 617.3 AND document_location LIKE '%sample-wolverhampton-self-evaluation-2023.pdf'"
        )
        .to_pylist()
    )
    shown = kpi("evidence", row["observation_id"], data=samples).stdout
    for line in block("row"):
        label, words = line[:12].strip(), line[12:]
        assert re.search(rf"^{label} +.*{re.escape(words)}$", shown, re.MULTILINE), line


@pytest.mark.parametrize("command", [c for c in COMMANDS if "--from" not in c])
def test_every_command_shown_works_on_the_samples(samples: Path, tmp_path: Path, command: str) -> None:
    words = shlex.split(command)[1:]
    if words[0] == "evidence":
        rows = open_dataset(samples).sql("SELECT observation_id FROM observations WHERE x0 IS NOT NULL LIMIT 1")
        words[1] = str(rows.column(0)[0])
    ran = kpi(*words, data=samples, cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() or list(tmp_path.iterdir())


def test_the_samples_have_a_trend_and_a_comparison_to_show(samples: Path) -> None:
    dataset = open_dataset(samples)
    longest = "SELECT max(n) FROM (SELECT count(*) AS n FROM trend WHERE area_kind = 'authority' GROUP BY indicator, area_code)"
    assert dataset.sql(longest).column(0)[0].as_py() >= 3
    fullest = "SELECT max(n) FROM (SELECT count(*) AS n FROM comparators GROUP BY for_area, indicator)"
    assert dataset.sql(fullest).column(0)[0].as_py() == 5
