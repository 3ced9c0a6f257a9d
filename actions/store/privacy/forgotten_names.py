"""What stands in the place of the id of a chat that was forgotten, as long as something must still be known by it."""

from __future__ import annotations

import secrets
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.cases.links import keys_of

MARK: Final = "#"
"""No id of a chat begins so."""
DIGITS: Final = 40


def forgotten_name(connection: AsyncConnection, chat: tuple[str, str]) -> str:
    """A keyed digest of a channel and a chat's id there, the same each time; where no key is known a random name."""
    keys = keys_of(connection)
    told = keys.mac("forgotten", *chat).hex() if keys else secrets.token_hex(DIGITS)
    return MARK + told[:DIGITS]
