"""The words of the page about oneself."""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation.screen import Line, line

WORDS: Mapping[str, Line] = {
    "attempts": line("desk-attempts"),
    "attempts_about": line("desk-attempts-about"),
    "onward": line("desk-attempts-onward"),
    "must": line("desk-codes-must"),
    "codes": line("desk-codes"),
    "about": line("desk-codes-about"),
    "on": line("desk-codes-on"),
    "begin": line("desk-codes-begin"),
    "scan": line("desk-codes-scan"),
    "picture": line("desk-codes-picture"),
    "secret": line("desk-codes-secret"),
    "code": line("sign-in-code"),
    "confirm": line("desk-codes-confirm"),
    "off": line("desk-codes-off"),
    "lost": line("desk-codes-lost"),
}
