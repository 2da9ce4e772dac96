"""Step publish: does the passage that states a figure call it provisional?"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from extractors.lexicon import lookup


def is_provisional(quotes: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """Passages -> whether each says that its figures are provisional, unvalidated or not yet published."""
    return pc.fill_null(pc.match_substring_regex(quotes, lookup("checks.yaml")["provisional"], ignore_case=True), False)
