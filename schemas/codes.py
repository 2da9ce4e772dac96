"""Every step: the closed lists of codes that rows may carry, each with its sentence for a person."""

from __future__ import annotations

REASONS: dict[str, str] = {
    "encrypted": "the file is locked with a password",
    "damaged": "the file is broken and no page could be opened",
    "no_text_layer": "the pages are images without text",
    "too_large": "the file or one of its pages is over the limits",
    "timed_out": "reading was stopped at its time limit",
    "unreadable_page": "some pages could not be read",
    "empty": "the file holds no text at all",
    "wrong_type": "the bytes are not of a kind that is read here",
    "table_timed_out": "a table was stopped at its time limit; the page's text was read",
    "table_failed": "a table could not be read; the page's text was read",
    "reader_failed": "the reader ended on an error of its own",
    "subject_unknown": "the document does not say which authority it is about",
    "reference_unknown": "the document does not say when it speaks",
    "not_retrieved": "its source did not give the bytes: no answer, a broken one or an error",
    "forbidden": "its source does not allow it to be fetched (robots.txt, or a page that asks who you are)",
    "address_refused": "its address leads to a machine that is not on the public internet",
    "not_understood": "a year, area or value of published statistics that is not known here",
    "no_measure": "published statistics that hold nothing of the catalogue",
}

DISPOSITIONS: dict[str, str] = {
    "observation": "became a row of observations",
    "repeated": "states a figure that the same page already states",
    "date": "part of a date or period",
    "time": "a time of day",
    "age": "an age or age range",
    "money": "an amount of money",
    "reference": "a paragraph, page, section, agenda, indicator or registration number, a postcode or an address",
    "list_number": "the number of a list item or numbered paragraph",
    "page_number": "the page's own number",
    "footnote": "a footnote marker or part of a footnote's reference",
    "ordinal": "an ordinal: first, 2nd, second-highest",
    "rank": "a place in an order (ranked 54th, top 10)",
    "fraction": "a fraction in words or figures (two thirds, one in five)",
    "pronoun": "the word one where it counts nothing (one of the, one-to-one)",
    "phone": "a telephone number",
    "timescale": "a rule's time limit (within 45 days), not a measurement",
    "threshold": "part of a definition (three or more placements, grade 4 or above)",
    "unit": "part of a unit (per 10,000)",
    "running_head": "printed in a running head or foot",
    "contents": "printed in a table of contents",
    "no_indicator": "measures something that the catalogue does not hold",
    "subset": "measures a part of the indicator's cohort",
    "sample": "counts cases that inspectors or auditors sampled",
    "other_cohort": "measures the same thing of another cohort",
    "share_of_share": "a share of a part of the cohort",
    "comparison": "says how much higher or lower, without a value of its own",
    "suppressed": "a suppressed value",
    "base": "the base of a share that is itself an observation",
    "not_a_statement": "an example, a question, a plan or a rule, not a stated figure",
    "ambiguous": "could belong to more than one indicator, area or period",
    "unknown": "printed on the page, and no reader took it for anything",
}

CHECKS: dict[str, str] = {
    "out_of_range": "the value lies outside what the catalogue holds possible, or far from all official values of its indicator or area",
    "contradicts_direction": "the words say that it rose, fell, improved or worsened from an earlier value, and the later value says otherwise",
    "share_does_not_add_up": 'a count, the whole it is part of and the percentage between them do not agree ("369 of 626 (59%)")',
    "rate_and_count_disagree": "a count and its rate for 10 000 children imply another child population than the area has",
    "parts_exceed_total": "a part, or parts that exclude one another together, are more than the whole that the document states for that period",
    "contradicts_itself": "the same document states two values for one claim, further apart than rounding",
    "low_confidence": "the reading is less sure than this project asks for, and no person has confirmed it",
    "differs_from_official": "the official value of that area and period is another one, by more than local counting and later revision explain",
    "jumps": "the value is far from those of the periods before and after it, stated or official, which do not differ so",
    "corrected_before": "a person decided about this claim in an earlier edition of the document",
}

DECISIONS: dict[str, str] = {
    "accept": "the figure is as the document states it, whatever the checks say",
    "correct": "the document states another value",
    "reject": "the document does not state this",
}

REVIEWED: dict[str, str] = {"accept": "accepted", "correct": "corrected", "reject": "rejected"}

MISSING: dict[str, str] = {
    "suppressed": "published as suppressed, to protect individuals",
    "low": "published as positive, but nought when rounded",
    "not_applicable": "published as not applicable",
    "not_available": "published as not available",
}

OUTCOMES: dict[str, str] = {
    "agrees": "the same value",
    "rounding": "the same value, one of the two rounded",
    "vintage": "the same as one edition of the statistics, not as another",
    "differs": "another value",
}

COVERAGE: dict[str, str] = {
    "present": "stated",
    "in_doubt": "stated, but in doubt",
    "suppressed": "suppressed in a document, or in official statistics",
    "not_read": "not stated in what was read, and a document of that area and year could not be read whole",
    "not_stated": "not stated in the documents held of that area and year",
    "no_document": "no document held of that area and year",
}

SEVERITY: dict[str, int] = {
    "corrected_before": 6,
    "out_of_range": 5,
    "parts_exceed_total": 4,
    "contradicts_direction": 4,
    "share_does_not_add_up": 4,
    "rate_and_count_disagree": 3,
    "differs_from_official": 3,
    "jumps": 3,
    "contradicts_itself": 2,
    "low_confidence": 2,
}
"""How much a failed check says against a figure: what a person should look at first has the highest sum."""

DECISION_STANDINGS: dict[str, str] = {
    "applied": "applied to the figure",
    "waiting": "waits for the next kpi refresh",
    "document_changed": "the document was published anew: look at its figures again",
    "document_gone": "the document is not held any more",
    "no_longer_read": "the figure is no longer read from the document: nothing is left to decide",
}
