"""Why an agency holds a case, as a key and codes, and the way from there to words. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from actions.case import ReportType
from actions.regency.model import Regency


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


def in_words(reason: Reason, regency: Regency, language: str, words: Callable[[str, Mapping[str, str]], str]) -> str:
    """A reason as its reader reads it.

    Args:
        reason: what was decided.
        regency: where the names are.
        language: of the category's label.
        words: the sentence of a key, given the names `agency`, `category`, `region` and `type` it can use.
    """
    names = {"agency": regency.agencies[reason.agency].name}
    if reason.category:
        names["category"] = regency.categories[reason.category].labels[language]
    if reason.region and (region := regency.region(reason.region)):
        names["region"] = region.name
    if reason.type:
        names["type"] = reason.type.value
    return words(reason.key, names)
