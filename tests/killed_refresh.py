"""A refresh that ends itself, as by kill -9, when it touches its data folder for the nth time: `killed_refresh.py DOCUMENTS DATA N`.

With N = 0, or beyond its last touch, it runs to its end and prints how often it touched the folder.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from flows.refresh import refresh
from tests.fake_reader import FAKE_READER

TOUCHES = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.symlink", "os.truncate", "shutil.rmtree"}


def main(documents: Path, data: Path, fatal: int) -> None:
    """Run the refresh, counting from its first step."""
    touched = 0

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal touched
        if event in TOUCHES and str(data) in f"{arguments[:2]}":
            touched += 1
            if touched == fatal:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    refresh([documents], data, 1, reader=FAKE_READER)
    print(touched)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
