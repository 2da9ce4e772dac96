"""Step answer: questions to a published dataset, answered by DuckDB over its Parquet files.

from queries import open_dataset, trend
points = trend(open_dataset("data"), ["referrals_rate"], ["Wolverhampton", "Dudley"]).to_pandas()
"""

from queries.comparison import compare
from queries.dataset import Dataset, DatasetError, open_dataset
from queries.evidence import document_bytes, evidence, evidence_page, page_with_boxes
from queries.names import AmbiguousNameError, UnknownNameError, find
from queries.standing import standing
from queries.trend import trend

__all__ = [
    "AmbiguousNameError",
    "Dataset",
    "DatasetError",
    "UnknownNameError",
    "compare",
    "document_bytes",
    "evidence",
    "evidence_page",
    "find",
    "open_dataset",
    "page_with_boxes",
    "standing",
    "trend",
]
