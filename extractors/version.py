"""Step observations: the name and version under which these extractors sign what they produce."""

EXTRACTOR = "kpi-extractors 0.1.0"
