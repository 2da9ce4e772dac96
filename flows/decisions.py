"""Step review: a person's decision -> a line of `corrections.csv` in the data folder, which the next publication applies."""

from __future__ import annotations

from pathlib import Path

from flows.beside import CORRECTIONS
from flows.refusals import RefreshError
from flows.whole_files import write_whole
from schemas.corrections import claim_of, corrections_to_text, read_corrections
from schemas.places import place_to_address
from schemas.records import Correction


def keep_decision(data_folder: Path, decision: Correction) -> Path:
    """Add a line to the file, or make the file; its path. Lines that are there stay as they are, by whomever they were written."""
    place = _place(data_folder)
    before = place.read_text(encoding="utf-8") if place.is_file() else ""
    if before and not before.endswith("\n"):
        before += "\n"
    _write(place, before + corrections_to_text([decision], with_head=not before))
    return place


def forget_decision(data_folder: Path, observation_id: str) -> Correction:
    """Take the decision about an observation out of the file, and return it. The remaining lines are written anew.

    Raises RefreshError where there is none, or where the file holds lines that are not understood, which would be lost.
    """
    place = _place(data_folder)
    kept, issues = read_corrections(place.read_text(encoding="utf-8") if place.is_file() else "")
    found = [one for one in kept if one.observation_id.startswith(observation_id.lower())]
    if len(found) != 1:
        raise RefreshError(
            f"{'No decision is' if not found else 'Several decisions are'} kept about '{observation_id}'."
        )
    if issues:
        raise RefreshError(f"{place} holds lines that are not understood ({issues[0].detail}): mend them first.")
    _write(place, corrections_to_text([one for one in kept if claim_of(one) != claim_of(found[0])]))
    return found[0]


def _place(data_folder: Path) -> Path:
    if address := place_to_address(data_folder):
        raise RefreshError(
            f"Decisions about a dataset in an object store are kept in {address}/{CORRECTIONS}: add the line there by hand."
        )
    return data_folder / CORRECTIONS


def _write(place: Path, text: str) -> None:
    try:
        write_whole(place, text.encode())
    except OSError as error:
        raise RefreshError(f"{place} cannot be written ({error.strerror}). The decision was not kept.") from error
