"""What tests of several rooms share: the dataset that the project's own samples make, read once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from flows.refresh import refresh

# The first example of a law pays for the lookup files; a busy machine makes any of them slow. Neither breaks the law.
settings.register_profile("no_clock", deadline=None)
settings.load_profile("no_clock")


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the dataset of the samples; no test may change it."""
    data = tmp_path_factory.mktemp("samples")
    refresh((), data)
    return data
