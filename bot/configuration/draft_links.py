"""Addresses of the page of a report that is not sent yet: sealed, so that nobody reads from one whose it is."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

from actions.people.secret_key import SecretKey, accepted
from actions.people.sign_in import BrokenSeal, Seals

PURPOSE: Final = b"lapor links to drafts"


@dataclass(frozen=True, slots=True)
class DraftPlace:
    """Where a draft is: channel and chat, and the key that names it there."""

    channel: str
    chat: str
    key: str


@dataclass(frozen=True, slots=True)
class DraftLinks:
    """Makes and opens links. `base` is LAPOR_PUBLIC_URL, without a slash at its end."""

    base: str
    secret_key: bytes

    def link(self, place: DraftPlace) -> str:
        """What only the reporter has."""
        told = json.dumps([place.channel, place.chat, place.key], ensure_ascii=False, separators=(",", ":"))
        return f"{self.base}/draf?k={self._seals.sealed(told)}"

    def opened(self, key: str) -> DraftPlace | None:
        """Where the draft of a link is; None for a key that is none of ours."""
        try:
            return DraftPlace(*json.loads(self._seals.opened(key)))
        except BrokenSeal:
            return None

    @property
    def _seals(self) -> Seals:
        """A former key opens links for as long as it opens those of cases."""
        today, *former = accepted(self.secret_key)
        return Seals(SecretKey(today, kept=former), PURPOSE)
