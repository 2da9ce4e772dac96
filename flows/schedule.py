"""Step schedule: nights by a cron line, with a Prefect server of our own on loopback where none is named.

Everything that is started here is stopped here: the server ends with the schedule, however that ends.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from flows.in_prefect import flow_parameters
from flows.prefect_home import API_URL, prepare_prefect
from flows.refusals import RefreshError

LOOPBACK = "127.0.0.1"
PORT = 4200
START_SECONDS = 300.0  # the first start makes the server's database; a slow machine needs minutes
STOP_SECONDS = 30.0
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
    prepare_prefect(nights.data_folder)
    with _server(nights, say) as url:
        os.environ[API_URL] = url
        from prefect.flows import EntrypointType
        from prefect.schedules import Cron

        from flows.prefect_flow import nightly_refresh

        try:
            schedule = Cron(nights.cron, timezone=nights.timezone)
        except ValueError as error:
            raise RefreshError(f"'{nights.cron}' in {nights.timezone} is no time for a refresh: {error}") from error
        say(
            f"Refreshes of {nights.data_folder} at '{nights.cron}' ({nights.timezone}); runs are shown at {_shown_at(url)}"
        )
        nightly_refresh.serve(
            name=NAME,
            schedule=schedule,
            parameters=flow_parameters(nights.sources, nights.data_folder, nights.registry, nights.official),
            limit=1,
            print_starting_message=False,
            entrypoint_type=EntrypointType.MODULE_PATH,
        )


@contextmanager
def _server(nights: Nights, say: Callable[[str], None]) -> Iterator[str]:
    """The address of the server that the environment names, or of one that runs for as long as the context lasts."""
    if named := os.environ.get(API_URL):
        yield named
        return
    port = _free_port(nights.port)
    url = f"http://{LOOPBACK}:{port}/api"
    say(f"Starting a Prefect server on {LOOPBACK}:{port}; its files are in {os.environ['PREFECT_HOME']}")
    log = Path(os.environ["PREFECT_HOME"]) / "server.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with open(log, "ab") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "prefect", "server", "start", "--host", LOOPBACK, "--port", str(port)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env={**os.environ, "PREFECT_SERVER_UI_API_URL": url, "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false"},
            start_new_session=True,  # Ctrl-C is for us: the server must outlive what we still have to tell it
        )
    try:
        _wait_for(server, url, log)
        yield url
    finally:
        _stop(server)


def _wait_for(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            raise RefreshError(f"The Prefect server did not start; {log} says why.")
        with suppress(urllib.error.URLError, OSError), urllib.request.urlopen(f"{url}/health", timeout=5.0):
            return
        time.sleep(0.5)
    raise RefreshError(f"The Prefect server did not answer within {START_SECONDS:.0f} seconds; see {log}.")


def _stop(server: subprocess.Popen[bytes]) -> None:
    """End the server and what it has started, politely first."""
    import psutil

    family: list[psutil.Process] = []
    with suppress(psutil.Error):
        family = psutil.Process(server.pid).children(recursive=True)
    server.terminate()
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
    for process in family:
        with suppress(psutil.Error):
            process.kill()


def _free_port(wanted: int) -> int:
    """The wanted port, or where somebody has it, any other."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, wanted))
        except OSError:
            probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def _shown_at(url: str) -> str:
    return url.removesuffix("/api") + "/runs"
