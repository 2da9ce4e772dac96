"""Step tell: a night that failed -> whoever is to know of it: a command of the operator's, or a page that takes messages.

Both are named in the environment of the process that runs the flow, not in the flow's parameters: whoever may start a run
from a browser must not thereby run commands of their own.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from contextlib import suppress

COMMAND = "KPI_ON_FAILURE_COMMAND"
"""A command line; it gets the message on its standard input, and as KPI_MESSAGE in its environment."""
WEBHOOK = "KPI_ON_FAILURE_WEBHOOK"
"""An address to which the message is posted as JSON: {"text": message}, as Teams, Slack and Mattermost take it."""
SECONDS = 60.0


def sound_alarm(message: str, environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Tell whoever is named in the environment; what went wrong with that, if anything. Never raises."""
    wrong = []
    if command := environment.get(COMMAND):
        wrong.append(_run(command, message, environment))
    if webhook := environment.get(WEBHOOK):
        wrong.append(_post(webhook, message))
    return tuple(words for words in wrong if words)


def _run(command: str, message: str, environment: Mapping[str, str]) -> str | None:
    try:
        ran = subprocess.run(
            command,
            shell=True,
            input=message,
            text=True,
            timeout=SECONDS,
            check=False,
            env={**environment, "KPI_MESSAGE": message},
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"the command for failures did not run: {error}"
    return f"the command for failures ended with code {ran.returncode}" if ran.returncode else None


def _post(webhook: str, message: str) -> str | None:
    import httpx

    with suppress(httpx.HTTPError, httpx.InvalidURL):
        httpx.post(webhook, json={"text": message}, timeout=SECONDS).raise_for_status()
        return None
    return "the message about the failure could not be posted"
