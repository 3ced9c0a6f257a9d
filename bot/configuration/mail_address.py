"""Which e-mail addresses the service writes to: one rule for those of its own people and for all others."""

from __future__ import annotations

from actions.people.mail import clean_address


def mail_address(written: str) -> str | None:
    """An address as it is kept, in small letters; None of what is none, or is longer than the name of a chat."""
    return clean_address(written)
