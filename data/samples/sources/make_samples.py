"""Writes the sample documents that are made by programs into the folder above; HTML, Markdown and text are their own source.

python data/samples/sources/make_samples.py
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).resolve().parent
MODULES = (
    "wolverhampton_self_evaluation",
    "wolverhampton_committee_report",
    "dudley_annual_review",
    "dudley_inspection_report",
    "dudley_quarterly_report",
    "sandwell_scorecard",
)


def made() -> dict[str, bytes]:
    """File name -> bytes of every generated sample."""
    sys.path.insert(0, str(HERE))
    modules = [import_module(name) for name in MODULES]
    return {module.NAME: module.make() for module in modules}


if __name__ == "__main__":
    for name, data in made().items():
        (HERE.parent / name).write_bytes(data)
        print(f"{name}: {len(data):,} bytes")
