"""Tells another process that fetches the same bot's updates from one that is just ending."""

from __future__ import annotations

from time import monotonic

from bot.channels.declaration import CannotStart
from bot.channels.telegram.start import ANOTHER_POLLER


class Rival:
    """Whether another process has been there ever since the start.

    Telegram ends the older of two polls with a 409, so two rivals end each other's in turn, and either may
    get an answer in between.
    """

    def __init__(self, patience_seconds: float) -> None:
        """Bear a rival for so long after the start; later ones are borne for ever."""
        self._patience_seconds = patience_seconds
        self._calm_since = monotonic()
        self._first_seen: float | None = None
        self._settled = False

    def seen(self) -> float | None:
        """A poll ended with a 409. Returns the seconds to wait; None leaves it to growing pauses.

        Raises:
            CannotStart: this has been so ever since the start.
        """
        if self._settled:
            return None
        self._calm_since = monotonic()
        if self._first_seen is None:
            self._first_seen = self._calm_since
        if self._calm_since - self._first_seen >= self._patience_seconds:
            raise CannotStart(ANOTHER_POLLER)
        return self._patience_seconds / 15

    def not_seen(self) -> None:
        """A poll ended well."""
        self._settled = self._settled or monotonic() - self._calm_since >= self._patience_seconds
