"""Keeps the token and citizens' words, which the libraries below write freely, out of the log."""

from __future__ import annotations

import logging

TALKATIVE = ("telegram", "httpx", "httpcore", "aiohttp", "aiohttp.client")
"""Loggers that write whole calls: their addresses with the token, their bodies with what was said."""


def silence_libraries() -> None:
    """Let the libraries below say nothing: what goes wrong there reaches us as an error, without words."""
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


class WithoutToken(logging.Filter):
    """For a handler: takes the token out of whatever is about to be written."""

    def __init__(self, token: str) -> None:
        """Look for this token."""
        super().__init__()
        self._token = token

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, without the token."""
        if self._token and self._token in record.getMessage():
            record.msg, record.args = self.conceal(record.getMessage()), None
        return True

    def conceal(self, text: str) -> str:
        """The text with a mark where the token stood."""
        return text.replace(self._token, "<token>") if self._token else text
