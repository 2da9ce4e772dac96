"""A refresh that ends itself, as by kill -9, when it touches its data folder for the nth time.

`killed_refresh.py SOURCE DATA N [in_parts]`, where SOURCE is a folder of documents, or a registry (`.yaml`) of sources of the web. With
N = 0, or beyond its last touch, it runs to its end and prints how often it touched the folder while it looked for
documents, and in all. in_parts: the snapshot is written in parts of two documents, by two processes.
"""

from __future__ import annotations

import os
import signal
import sys
from functools import partial
from pathlib import Path

import flows.parts
from flows.progress import Progress
from flows.refresh import refresh
from flows.visits import visit_sources
from tests.fake_reader import FAKE_READER
from tests.web_server import hurried

TOUCHES = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.symlink", "os.truncate", "shutil.rmtree"}


def main(source: Path, data: Path, fatal: int, in_parts: bool = False) -> None:
    """Run the refresh, counting from its first step."""
    touched = finding = 0

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal touched
        if event in TOUCHES and str(data) in f"{arguments[:2]}":
            touched += 1
            if touched == fatal:
                os.kill(os.getpid(), signal.SIGKILL)

    def note(progress: Progress) -> None:
        nonlocal finding
        if progress.step == "find":
            finding = touched

    registry = source if source.suffix == ".yaml" else None
    visit = partial(visit_sources, way=hurried)
    sys.addaudithook(count)
    if in_parts:
        flows.parts.DOCUMENTS, flows.parts.FEW_PARTS = 2, 1
    workers = 2 if in_parts else 1
    refresh([] if registry else [source], data, workers, note, registry=registry, reader=FAKE_READER, visit=visit)
    print(finding, touched)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), "in_parts" in sys.argv)
