"""Personal data in a message, covered before anyone but its officer reads it. Pure."""

from __future__ import annotations

from lokal import PiiType, Samaran

_KEPT: tuple[PiiType, ...] = (
    "ADDRESS",
    "FINANCIAL",
    "GENDER",
    "HEALTH",
    "RELIGION",
    "NATIONALITY",
    "MARITAL_STATUS",
    "CRIMINAL_RECORD",
)


def mask(text: str) -> str:
    """Cover NIK, phone, e-mail, account and card numbers and names: "[NIK_1]", "[PHONE_1]".

    Addresses stay: they say where the matter is. A name without a cue ("pak Udin") may slip through.
    """
    return Samaran(exclude=_KEPT).mask(text).text


def personal_parts(text: str) -> tuple[str, ...]:
    """What `mask` would cover, as it stands in the text, each once."""
    return tuple(dict.fromkeys(match.value for match in Samaran(exclude=_KEPT).mask(text).matches))
