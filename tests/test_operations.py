"""The guide for operators names what there is: every reason, every key of the registry, every exit code, every command."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import typer.main
import yaml

from flows import alarm, prefect_home, sources
from flows.sources import Mistakes, text_to_sources
from kpi.command_line import FAILED, UNDER_WAY, app
from schemas.codes import REASONS

GUIDE = (Path(__file__).resolve().parents[1] / "docs" / "operations.md").read_text(encoding="utf-8")
COMMANDS = sorted(
    set(re.findall(r"(?:^|/|ExecStart=\S*)kpi ((?:sources )?[a-z]+ .*?)(?:\s+#.*|`| >.*| \|.*|$)", GUIDE, re.MULTILINE))
)


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_has_something_to_do(reason: str) -> None:
    assert f"| `{reason}` |" in GUIDE


def test_no_reason_is_told_that_there_is_not() -> None:
    rows = GUIDE.partition("## What to do at each reason")[2]
    assert set(re.findall(r"^\| `(\w+)` \|", rows, re.MULTILINE)) == set(REASONS)


def test_the_registry_of_the_guide_is_one(tmp_path: Path) -> None:
    (text,) = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
    mistakes = Mistakes("guide")
    found = text_to_sources(text, tmp_path, mistakes)
    assert mistakes.told == []
    assert [source.kind for source in found] == ["folder", "page", "file", "file"]
    said = {key for entry in yaml.safe_load(text)["sources"] for key in entry}
    assert said >= {key for keys in sources._KEYS.values() for key in keys} - {"note"}


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_of_the_guide_is_understood(line: str) -> None:
    command = typer.main.get_command(app)
    name, *words = shlex.split(line, comments=True)
    one = command.commands[name]  # type: ignore[attr-defined]
    if name == "sources":
        name, *words = words
        one = one.commands[name]
    one.make_context(name, words)


def test_there_are_commands_to_test() -> None:
    assert len(COMMANDS) > 6


def test_exit_codes_and_variables_are_those_of_the_code() -> None:
    assert f"| {FAILED} | nothing was published" in GUIDE
    assert f"| {UNDER_WAY} | another refresh" in GUIDE
    for name in (alarm.COMMAND, alarm.WEBHOOK, prefect_home.API_URL):
        assert name in GUIDE
