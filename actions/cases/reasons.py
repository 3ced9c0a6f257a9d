"""Why an agency holds a case, as a key and codes; its words are the text files'. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from actions.cases.case import ReportType


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an agency holds a case, for a sentence in any language.

    Attributes:
        key: of the sentence in the text files.
        agency: code of the agency.
        category: slug, where it was known.
        region: code, where the rule was for that region, or the place lies in that neighbour.
        type: where the rule was for that type.
    """

    key: str
    agency: str
    category: str | None = None
    region: str | None = None
    type: ReportType | None = None
