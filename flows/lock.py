"""Step lock: one refresh at a time over a data folder.

The lock is the operating system's, held on an open file: it ends with the process that holds it, however that ends, so
that a stale one cannot be left behind. What is written in the file only tells people who holds it.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from flows.refusals import RefreshUnderWayError

LOCK = ".refresh-lock"


@contextmanager
def only_refresh(data_folder: Path) -> Iterator[None]:
    """Hold the data folder for one refresh; raises RefreshUnderWayError at once where another holds it."""
    data_folder.mkdir(parents=True, exist_ok=True)
    with open(data_folder / LOCK, "a+", encoding="utf-8") as file:
        try:
            _take(file)
        except OSError as error:
            file.seek(0)
            holder = file.readline().strip() or "another process"
            raise RefreshUnderWayError(
                f"A refresh of {data_folder} is under way ({holder}). Try again when it is done."
            ) from error
        file.truncate(0)
        file.write(f"process {os.getpid()} on {socket.gethostname()}\n")
        file.flush()
        yield


if os.name == "nt":
    import msvcrt

    _FAR = 1 << 30  # a byte beyond the text, which others must be able to read

    def _take(file: IO[str]) -> None:
        file.seek(_FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]

else:
    import fcntl

    def _take(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
