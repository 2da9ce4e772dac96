"""Step schedule: a Prefect server of our own on loopback, for as long as it is needed.

It is started as a process, watched until it answers, and ended with all that it has started, however we end.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from flows.prefect_home import API_URL
from flows.refusals import RefreshError

LOOPBACK = "127.0.0.1"
PORT = 4200
START_SECONDS = 300.0  # the first start makes the server's database; a slow machine needs minutes
STOP_SECONDS = 30.0


@contextmanager
def prefect_server(port: int, say: Callable[[str], None]) -> Iterator[str]:
    """The address of the server that PREFECT_API_URL names; where it names none, that of one which runs for as long as the
    context lasts, and which it names meanwhile. Raises RefreshError where that does not start.

    port: where it is to listen, on loopback; another one is taken where somebody has it.
    """
    if named := os.environ.get(API_URL):
        yield named
        return
    port = _free_port(port)
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
        os.environ[API_URL] = url
        yield url
    finally:
        os.environ.pop(API_URL, None)
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
