"""What a channel is given to be opened with, where most of it does not matter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from actions.store.engine.task_lease import SoleTaskLease
from bot.channels.declaration import ChannelContext
from bot.configuration.settings import ChannelSettings
from bot.main.assembly import DEFAULTS
from bot.messaging.ports import Inbox
from tests.fakes.message_parts import InboxParts, RememberedReceipts
from tests.fakes.public_posts import RememberedPosts
from tests.fakes.token_store import RememberedTokens
from tests.talks.world import declared


def a_context[S: ChannelSettings](
    settings: S, inbox: Inbox, clock: Callable[[], datetime], **changes: Any
) -> ChannelContext[S]:
    """One of a channel with these settings; what is not named in `changes` is of no use to it."""
    known: dict[str, Any] = {
        "leader": SoleTaskLease(),
        "documents": None,
        "topics": None,
        "texts": declared().texts,
        "languages": declared().regency.languages,
        "commands": {},
        "public_url": "http://lapor.test",
        "data_dir": Path("nowhere"),
        "page": SimpleNamespace(uploads=None),
        "key": b"of this channel",
        "unreachable": None,
        "parts": lambda arrive: InboxParts(inbox, arrive),
        "receipts": RememberedReceipts(),
        "config_dir": DEFAULTS,
        "public_posts": RememberedPosts(),
        "tokens": RememberedTokens(),
    }
    return ChannelContext(settings=settings, inbox=inbox, clock=clock, **(known | changes))
