"""Every step: why a refresh ends without publishing. The texts are sentences for the person who asked."""

from __future__ import annotations


class RefreshError(Exception):
    """Nothing was published, and the dataset is as it was before."""


class RefreshUnderWayError(RefreshError):
    """Another refresh holds the data folder; the text says which."""


class SnapshotRefusedError(RefreshError):
    """The snapshot in the making breaks a law of the dataset; the text says which, and on what."""
