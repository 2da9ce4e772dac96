"""Step schedule: the environment in which Prefect runs: its files in the data folder, nothing told to anybody, and time
enough for a slow machine. It must stand before Prefect is imported; this module does not import it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from flows.places import folder_here
from flows.refusals import RefreshError

API_URL = "PREFECT_API_URL"
DASK_ADDRESS = "KPI_DASK_ADDRESS"
"""Where batches are read, if not here: the address of a Dask scheduler."""
WORKERS = "KPI_WORKERS"
"""How many batches are read at once here."""
HOME = ".prefect"
INSTALL = "pip install 'childrens-services-kpis[prefect]'"


def prefect_environment(data_folder: Path, given: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Settings for Prefect; what is `given` in the environment already stays as it is, telemetry apart."""
    settings = {
        "PREFECT_HOME": str(folder_here(data_folder).absolute() / HOME),
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",  # 12 to 25 s on a good day; its own limit is 20
        "PREFECT_API_REQUEST_TIMEOUT": "180",
        "PREFECT_SERVER_DATABASE_TIMEOUT": "60",
        "PREFECT_SERVER_DATABASE_CONNECTION_TIMEOUT": "60",
        "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
        "PREFECT_TASKS_REFRESH_CACHE": "false",
        "PREFECT_CLI_PROMPT": "false",
        "PREFECT_LOGGING_LEVEL": "INFO",
    }
    silent = {"PREFECT_SERVER_ANALYTICS_ENABLED": "false", "DO_NOT_TRACK": "1"}
    return {name: given.get(name, value) for name, value in settings.items()} | silent


def prepare_prefect(data_folder: Path) -> None:
    """Set the environment for Prefect in this process. Raises RefreshError where Prefect is not installed."""
    if find_spec("prefect") is None:
        raise RefreshError(f"Prefect is not installed: {INSTALL}. Without it, refresh by cron, with {API_URL} not set.")
    folder_here(data_folder).mkdir(parents=True, exist_ok=True)
    os.environ.update(prefect_environment(data_folder))
