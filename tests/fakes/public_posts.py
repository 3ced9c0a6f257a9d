"""Public posts without a database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from bot.messaging.outbox_message import OutboxMessage
from bot.messaging.ports import PublicPost


@dataclass
class RememberedPosts:
    """Remembers what it is given, and answers nothing."""

    posts: list[tuple[PublicPost, OutboxMessage]] = field(default_factory=list)

    async def put(self, post: PublicPost, invitation: OutboxMessage) -> None:
        """Remember it."""
        self.posts.append((post, invitation))

    async def words(self, chat: str) -> str:
        """The words of her last post."""
        return next((post.words for post, _ in reversed(self.posts) if post.chat == chat), "")

    async def forget_older(self, than: timedelta) -> None:
        """Nothing is forgotten here."""
