"""A mail as arrivals: its words, then each of its files. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from bot.channels.email.incoming import IncomingMail
from bot.conversation.events import Event, Said, SentOther, SentPhoto
from bot.messaging.ports import Arrival

CHANNEL: Final = "email"


def mail_arrivals(mail: IncomingMail, file_ids: Sequence[str], at: datetime) -> list[Arrival]:
    """`file_ids`: the names under which its files lie, in their order."""
    kinds = [file.kind for file in mail.files]
    events = [_of_words(mail, at)] if mail.words.strip() or not file_ids else []
    events += [
        SentPhoto(**_common(mail, number, at), kind=kind, file_id=file_id, reply_to=mail.answers)
        for number, (kind, file_id) in enumerate(zip(kinds, file_ids, strict=True), start=1)
    ]
    first = int(at.timestamp() * 1e6)
    return [
        Arrival(CHANNEL, mail.sender, _name(mail, number), first + number, event) for number, event in enumerate(events)
    ]


def _of_words(mail: IncomingMail, at: datetime) -> Event:
    common = _common(mail, 0, at)
    if not mail.words.strip():
        return SentOther(**common)
    return Said(**common, text=mail.words, ref=common["id"], reply_to=mail.answers)


def _common(mail: IncomingMail, number: int, at: datetime) -> dict[str, Any]:
    """What every event carries; its id has at most ten letters."""
    return {"id": f"e{_name(mail, number)[:9]}", "at": at, "name": mail.name or None, "thread": mail.thread}


def _name(mail: IncomingMail, number: int) -> str:
    return hashlib.sha256(f"{mail.key} {number}".encode()).hexdigest()
