"""Reads lines as a citizen's events, and writes messages as lines. Pure."""

from __future__ import annotations

import re
import secrets
import time
from datetime import datetime

from bot.conversation.events import Event, Said, SentPhoto, SharedPlace
from bot.conversation.screen import ButtonKind
from bot.messaging.outbox_message import OutboxMessage
from bot.messaging.ports import Arrival

CHANNEL = "terminal"
CITIZEN = "citizen"
"""The one lasting citizen of this channel."""

_PIN = re.compile(r"/lokasi\s+(-?\d+(?:[.,]\d+)?)[\s,;]+(-?\d+(?:[.,]\d+)?)\s*", re.IGNORECASE)
_FILE = re.compile(r"/(foto|video|suara|dokumen)(?:\s+(.*))?", re.IGNORECASE | re.DOTALL)
_KINDS = {"foto": "photo", "video": "video", "suara": "voice", "dokumen": "document"}


def arrival_of_line(text: str, at: datetime) -> Arrival:
    """What a line says. `/lokasi LAT, LON` is a pin; `/foto`, `/video`, `/suara`, `/dokumen` stand for a file."""
    sequence = time.time_ns()
    event = _event(text, f"c{secrets.token_hex(4)}", at)
    return Arrival(CHANNEL, CITIZEN, f"{sequence}-{event.id}", sequence, event)


def _event(text: str, name: str, at: datetime) -> Event:
    if pin := _PIN.fullmatch(text):
        lat, lon = (float(number.replace(",", ".")) for number in pin.groups())
        return SharedPlace(id=name, at=at, lat=lat, lon=lon)
    if file := _FILE.fullmatch(text):
        kind = _KINDS[file[1].lower()]
        return SentPhoto(id=name, at=at, kind=kind, file_id=f"terminal-{name}", caption=file[2] or "", ref=name)
    return Said(id=name, at=at, text=text, ref=name)


def lines_of(outgoing: OutboxMessage) -> str:
    """A message as it reads in a terminal: its words, then its buttons with their numbers, a row a line."""
    rows = [
        "  ".join(f"[{button.number}] {button.words}" for button in row if button.kind is ButtonKind.PRESS)
        for row in outgoing.rows
    ]
    return "\n".join([outgoing.text, *(row for row in rows if row)])
