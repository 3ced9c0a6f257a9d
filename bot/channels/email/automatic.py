"""Which mails no person wrote to us, so that nobody answers them: an answer would be answered for ever. Pure."""

from __future__ import annotations

import re
from email.message import Message
from typing import Final

from bot.channels.email.headers import raw

MACHINES: Final = re.compile(
    r"(?:mailer-daemon|postmaster|(?:do[-_.]?not|no)[-_.]?reply|bounces?)(?:[+._-].*)?@.*", re.ASCII
)
"""Addresses behind which nobody reads (RFC 2142, RFC 5321)."""
BULK: Final = frozenset({"bulk", "junk", "list", "auto_reply"})
MARKS: Final = ("X-Autoreply", "X-Autorespond", "X-Failed-Recipients")
"""Headers of older automatic replies."""
NULL_SENDER: Final = "<>"


def is_automatic(mail: Message, sender: str) -> bool:
    """Whether a program wrote it, or it went to many (RFC 3834, 2; RFC 2369; RFC 3462)."""
    told = raw(mail, "Auto-Submitted").lower()
    return (
        (told != "" and not told.startswith("no"))
        or raw(mail, "Precedence").lower() in BULK
        or raw(mail, "Return-Path") == NULL_SENDER
        or raw(mail, "X-Spam-Flag").upper() == "YES"
        or mail.get_content_type() == "multipart/report"
        or any(name.lower().startswith("list-") for name in mail)
        or any(name in mail for name in MARKS)
        or MACHINES.fullmatch(sender) is not None
    )
