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
}
