"""A published snapshot -> answers: trends, comparisons, evidence."""
