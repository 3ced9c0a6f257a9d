"""Where X posts: the signature over the bytes before anything is read, the commit before the 200."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

import structlog
from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from pydantic import JsonValue, ValidationError

from bot.channels.x.arrivals import is_between_two, takes_her_post, words_of_post, x_arrivals
from bot.channels.x.settings import XSettings
from bot.channels.x.webhook import (
    ACCOUNT,
    SIGNATURE_HEADER,
    Activity,
    ActivityPost,
    DirectMessage,
    MentionPost,
    is_signed,
    messages_of,
    posts_of,
    signature_of,
)
from bot.messaging.outbox_message import OutboxMessage, OutboxMessageKind
from bot.messaging.ports import Arrival, Inbox, PublicPost, PublicPosts
from bot.messaging.posts import answer_signed_post

log = structlog.get_logger()

RECEIVED, MENTIONED = "dm.received", "post.mention.create"
MOST_BYTES: Final = 1_000_000
CHALLENGE: Final = re.compile(r"""[^\s{}\[\]"]{1,1000}""")
"""A challenge is signed as a post is: one that could be a post is not, or anybody could have posts signed here."""


@dataclass(frozen=True, slots=True)
class XPosts:
    """Takes what is posted for one account: direct messages to the inbox, public posts beside it.

    Attributes:
        invitation: the sentence with which a public post is answered, the same for everybody.
    """

    settings: XSettings
    inbox: Inbox
    public: PublicPosts
    clock: Callable[[], datetime]
    invitation: str

    async def take(self, body: bytes) -> None:
        """Keep what a signed post holds; returns after the commit.

        Raises:
            InboxUnavailable: not everything was written; all of it is to be posted again.
            ValidationError: it is no post of X's.
        """
        activity = ActivityPost.model_validate_json(body).data
        if activity.filter.user_id != self.settings.user_id:
            log.info("x_of_another_account")
        elif activity.event_type == RECEIVED:
            await self._take_messages(activity)
        elif activity.event_type == MENTIONED:
            for given in posts_of(activity.payload):
                await self._take_mention(given)

    async def _take_messages(self, activity: Activity) -> None:
        found = list[Arrival]()
        for given in messages_of(activity.payload):
            try:
                message = DirectMessage.model_validate(given)
            except ValidationError:
                log.warning("x_unreadable", what="message")
                continue
            if is_between_two(message, self.settings.user_id):
                found += await self._arrivals(message)
        if found:
            await self.inbox.put(found)

    async def _arrivals(self, message: DirectMessage) -> list[Arrival]:
        words = await self.public.words(message.sender) if takes_her_post(message) else ""
        return x_arrivals(message, self.clock(), words)

    async def _take_mention(self, given: JsonValue) -> None:
        try:
            post = MentionPost.model_validate(given)
        except ValidationError:
            log.warning("x_unreadable", what="post")
            return
        if not _is_a_persons(post, self.settings.user_id):
            return
        invitation = OutboxMessage(OutboxMessageKind.PUBLIC_REPLY, self.invitation, target=f"{post.id}")
        await self.public.put(PublicPost(post.author, post.id, words_of_post(post.words)), invitation)


def _is_a_persons(post: MentionPost, account: str) -> bool:
    """Whether somebody else wrote it, in words of her own."""
    is_account = re.fullmatch(ACCOUNT, post.author) is not None
    return is_account and post.author != account and not post.is_repost


def x_router(posts: XPosts, settings: XSettings) -> APIRouter:
    """`GET /x`, with which X makes sure each hour whose address it is, and `POST /x`."""
    router = APIRouter()

    @router.get("/x")
    async def challenge(request: Request) -> Response:
        token = request.query_params.get("crc_token", "")
        if not CHALLENGE.fullmatch(token):
            return Response(status_code=400)
        answer = signature_of(token.encode("utf-8", "replace"), settings.consumer_secret)
        return JSONResponse({"response_token": answer})

    @router.post("/x")
    async def x(request: Request) -> Response:
        is_theirs = partial(is_signed, secret=settings.consumer_secret)
        return await answer_signed_post(request, MOST_BYTES, SIGNATURE_HEADER, is_theirs, posts.take)

    return router
