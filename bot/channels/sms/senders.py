"""Who wrote an SMS: a person's number, or a name, a short code or a machine, which is never answered. Pure."""

from __future__ import annotations

import re
from typing import Final

NUMBER: Final = re.compile(r"\+\d{9,15}", re.ASCII)
"""A subscriber (ITU-T E.164). Names are masked senders, shorter numbers short codes (Permen Kominfo 21/2013): machines,
which would answer our answers for ever."""


def person(sender: str) -> str:
    """The number of a subscriber, in one spelling; "" for any other sender."""
    chat = re.sub("^(0|62)", "+62", re.sub(r"[\s().-]", "", sender))
    return chat if NUMBER.fullmatch(chat) else ""
