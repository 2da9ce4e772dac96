"""Step answer: an observation -> the document, page and words that state it, and the page as a picture with the figure boxed.

pypdfium2 is not safe in threads: call `page_with_boxes` from one thread at a time.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from pathlib import Path

from queries.dataset import Dataset, DatasetError, table_to_records
from schemas.answers import Evidence, record_to_columns
from schemas.records import Box

SHORTEST_ID = 4
EVIDENCE = f"""
    SELECT {record_to_columns(Evidence)}
    FROM (
        SELECT c.*, d.publisher, d.pages
        FROM claims AS c
        LEFT JOIN documents AS d ON d.document_id = c.document_id
    )
    WHERE starts_with(observation_id, ?)
    ORDER BY observation_id
    LIMIT 10
"""
BOX_COLOUR = (212, 53, 28)  # a red that stands out from print and keeps its contrast on white (GOV.UK's error colour)
AROUND = 90.0  # points of the page above and below a figure that a report shows
PART_SCALE = 2.0  # pixels per point, as pages are drawn
BOX_MARGIN = 2.0  # points between the figure and its frame


def evidence(dataset: Dataset, observation_id: str) -> Evidence:
    """An observation's id, or its beginning -> the claim with its document, page, box, quote and checks.

    Raises DatasetError where no observation, or more than one, begins so.
    """
    if len(observation_id) < SHORTEST_ID:
        raise DatasetError(f"Give at least the first {SHORTEST_ID} characters of the observation's id.")
    found = table_to_records(dataset.table(EVIDENCE, [observation_id.lower()]), Evidence)
    if not found:
        raise DatasetError(
            f"No observation's id begins with '{observation_id}'. The ids stand in the last column of: kpi trend INDICATOR"
        )
    if len(found) > 1:
        ids = "".join(f"\n  {one.observation_id}" for one in found)
        raise DatasetError(f"Several observations' ids begin with '{observation_id}':{ids}\nGive more of the id.")
    return found[0]


def document_bytes(dataset: Dataset, document_id: str) -> bytes | None:
    """A document's bytes as they were read: from the store of raw documents, else from where it lay, if unchanged."""
    known = dataset.connection.execute(
        "SELECT location, other_locations FROM documents WHERE document_id = ?", [document_id]
    ).fetchall()
    lay = [place for first, others in known for place in (first, *(others or ())) if place]
    for place in (dataset.folder / "raw" / document_id[:2] / document_id, *map(Path, lay)):
        if place.is_file():
            data = place.read_bytes()
            if hashlib.sha256(data).hexdigest() == document_id:
                return data
    if dataset.address is not None:
        from queries.remote import UnreachableError, raw_bytes

        try:
            return raw_bytes(dataset.address, document_id)
        except UnreachableError as error:
            raise DatasetError(str(error)) from error
    return None


def evidence_page(dataset: Dataset, found: Evidence) -> bytes:
    """The page that states a figure as PNG, the figure boxed where its place is known. Raises DatasetError without one."""
    if found.page is None:
        raise DatasetError(
            "This document has no pages to draw (it is a web page or a text): its words stand under Quote."
        )
    data = document_bytes(dataset, found.document_id)
    if data is None:
        raise DatasetError(
            f"The document is no longer at hand as it was read ({found.document_location}): put it back, or run kpi refresh."
        )
    return page_with_boxes(data, found.page, [found.box] if found.box else [])


def evidence_part(dataset: Dataset, found: Evidence) -> bytes | None:
    """The part of the page around a figure as PNG, as wide as the page; None where there is no page or no box, or where the
    document is no longer at hand."""
    from PIL import Image

    if found.page is None or found.box is None:
        return None
    try:
        whole = Image.open(io.BytesIO(evidence_page(dataset, found)))
    except DatasetError:
        return None
    top, bottom = found.box.y0 - AROUND, found.box.y1 + AROUND
    scale = PART_SCALE
    part = whole.crop((0, max(0, round(top * scale)), whole.width, min(whole.height, round(bottom * scale))))
    out = io.BytesIO()
    part.save(out, format="PNG", optimize=True)
    return out.getvalue()


def page_with_boxes(data: bytes, page: int, boxes: Sequence[Box], scale: float = PART_SCALE) -> bytes:
    """A PDF's bytes, a page number from 1 and boxes in points from the top left -> that page as PNG, the boxes framed.

    `scale` is pixels per point. Raises DatasetError where the page cannot be drawn.
    """
    import pypdfium2
    from PIL import ImageDraw

    try:
        document = pypdfium2.PdfDocument(data)
        image = document[page - 1].render(scale=scale).to_pil().convert("RGB")
    except (pypdfium2.PdfiumError, IndexError) as error:
        raise DatasetError(f"Page {page} of the document cannot be drawn: {error}") from error
    draw = ImageDraw.Draw(image)
    for box in boxes:
        framed = (box.x0 - BOX_MARGIN, box.y0 - BOX_MARGIN, box.x1 + BOX_MARGIN, box.y1 + BOX_MARGIN)
        draw.rectangle([edge * scale for edge in framed], outline=BOX_COLOUR, width=max(2, round(1.5 * scale)))
    out = io.BytesIO()
    image.save(out, format="PNG")
    return out.getvalue()
