"""Step schedule: nights by a cron line, with a Prefect server of our own on loopback where none is named.

Everything that is started here is stopped here: the server ends with the schedule, however that ends.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from flows.in_prefect import flow_parameters
from flows.prefect_home import prepare_prefect
from flows.prefect_server import PORT, prefect_server
from flows.refusals import RefreshError
from schemas.places import place_to_address

NAME = "nightly"


@dataclass(frozen=True, slots=True)
class Nights:
    """When to refresh, and what: a cron line in a time zone, and what `flows.refresh.refresh` is to be given."""

    cron: str
    timezone: str
    data_folder: Path
    sources: Sequence[Path] = ()
    registry: Path | None = None
    official: Sequence[Path] = ()
    port: int = PORT


def keep_nights(nights: Nights, say: Callable[[str], None]) -> None:
    """Refresh at every time that the cron line names, until stopped. Raises RefreshError where that cannot begin."""
    try:
        ZoneInfo(nights.timezone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise RefreshError(f"There is no time zone '{nights.timezone}'; one is called Europe/London.") from error
    prepare_prefect(nights.data_folder)
    _leave_when_told()
    with prefect_server(nights.port, say) as url:
        from prefect.flows import EntrypointType
        from prefect.schedules import Cron

        from flows.prefect_flow import nightly_refresh

        try:
            schedule = Cron(nights.cron, timezone=nights.timezone)
        except ValueError as error:
            raise RefreshError(f"'{nights.cron}' in {nights.timezone} is no time for a refresh: {error}") from error
        say(
            f"Refreshes of {place_to_address(nights.data_folder) or nights.data_folder} at '{nights.cron}' ({nights.timezone}); runs are shown at {_shown_at(url)}"
        )
        nightly_refresh.serve(
            name=NAME,
            schedule=schedule,
            parameters=flow_parameters(nights.sources, nights.data_folder, nights.registry, nights.official),
            limit=1,
            print_starting_message=False,
            entrypoint_type=EntrypointType.MODULE_PATH,
        )


def _leave_when_told() -> None:
    """A service manager's SIGTERM leaves by the door, so that the server is stopped too, also before Prefect listens for it."""

    def leave(_: int, __: FrameType | None) -> None:
        raise SystemExit(0)

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, leave)


def _shown_at(url: str) -> str:
    return url.removesuffix("/api") + "/runs"
