"""What X posts, as far as it matters here, and how both sides prove themselves. Pure."""

from __future__ import annotations

import base64
import hmac
from typing import Any, Final

from pydantic import AliasChoices, BaseModel, Field, JsonValue, field_validator

SIGNATURE_HEADER: Final = "x-twitter-webhooks-signature"
PREFIX: Final = "sha256="
ACCOUNT: Final = r"^[0-9]{1,20}$"


class ActivityFilter(BaseModel):
    """Whose account it happened to."""

    user_id: str


class Activity(BaseModel):
    """One thing that happened; `payload` is read by its type."""

    event_type: str
    filter: ActivityFilter
    payload: dict[str, JsonValue] = Field(default_factory=dict)


class ActivityPost(BaseModel):
    """What is posted."""

    data: Activity


class DirectMessage(BaseModel):
    """A direct message, from either shape in which X posts one.

    Attributes:
        id: X's own.
        sender: who wrote it.
        recipient: to whom, where that is said.
        conversation: of the two, or of a group, where that is said.
        text: its words, with X's short links.
        created_ms: when, in milliseconds since 1970; 0 where that is not said.
        links: short links, and where they lead; "" for the one that stands for a file.
        has_file: a picture or a video came with it.
    """

    id: str = Field(min_length=1, max_length=200)
    sender: str = Field(pattern=ACCOUNT)
    recipient: str = ""
    conversation: str = ""
    text: str = ""
    created_ms: int = Field(default=0, ge=0)
    links: dict[str, str] = Field(default_factory=dict)
    has_file: bool = False


class MentionAuthor(BaseModel):
    """Who wrote a post, in the older shape."""

    id_str: str


class MentionPost(BaseModel):
    """A post in which the account is named, from either shape; a repost holds somebody else's."""

    id: int = Field(validation_alias=AliasChoices("id", "id_str"), gt=0, lt=2**63)
    author_id: str = ""
    user: MentionAuthor | None = None
    text: str = ""
    note_tweet: dict[str, JsonValue] = Field(default_factory=dict)
    retweeted_status: JsonValue = None
    referenced_tweets: list[dict[str, JsonValue]] = Field(default_factory=list)

    @field_validator("author_id", mode="before")
    @classmethod
    def _as_text(cls, value: object) -> object:
        return f"{value}" if isinstance(value, int) else value

    @property
    def author(self) -> str:
        """Who wrote it; "" where that is not said."""
        return self.author_id or (self.user.id_str if self.user else "")

    @property
    def words(self) -> str:
        """All that it says: a long post has its beginning in `text` only."""
        whole = self.note_tweet.get("text")
        return whole if isinstance(whole, str) else self.text

    @property
    def is_repost(self) -> bool:
        """Whether it only shows somebody else's post again."""
        kinds = {one.get("type") for one in self.referenced_tweets}
        return self.retweeted_status is not None or "retweeted" in kinds


def messages_of(payload: dict[str, JsonValue]) -> list[dict[str, Any]]:
    """The direct messages of a payload, as the members of `DirectMessage`; what cannot be one is left as it is."""
    older = payload.get("direct_message_events")
    if isinstance(older, list):
        return [_from_older(one) for one in older if isinstance(one, dict)]
    return [_from_newer(payload)] if payload.get("event_type", "MessageCreate") == "MessageCreate" else []


def posts_of(payload: dict[str, JsonValue]) -> list[JsonValue]:
    """The posts of a payload, as the members of `MentionPost`."""
    older, inner = payload.get("tweet_create_events"), payload.get("data")
    if isinstance(older, list):
        return older
    return [inner if isinstance(inner, dict) else payload]


def _from_older(given: dict[str, JsonValue]) -> dict[str, Any]:
    created = _table(given.get("message_create"))
    content, target = _table(created.get("message_data")), _table(created.get("target"))
    media = _table(_table(content.get("attachment")).get("media"))
    return {
        "id": given.get("id"),
        "sender": created.get("sender_id"),
        "recipient": target.get("recipient_id") or "",
        "text": content.get("text") or "",
        "created_ms": given.get("created_timestamp") or 0,
        "links": _links(_table(content.get("entities"))) | ({str(media["url"]): ""} if media.get("url") else {}),
        "has_file": bool(content.get("attachment")),
    }


def _from_newer(given: dict[str, JsonValue]) -> dict[str, Any]:
    return {
        "id": given.get("id"),
        "sender": given.get("sender_id"),
        "conversation": given.get("dm_conversation_id") or "",
        "text": given.get("text") or "",
        "links": _links(_table(given.get("entities"))),
        "has_file": bool(_table(given.get("attachments")).get("media_keys")),
    }


def _links(entities: dict[str, JsonValue]) -> dict[str, str]:
    urls = entities.get("urls")
    found = [_table(one) for one in urls] if isinstance(urls, list) else []
    return {str(one["url"]): str(one["expanded_url"]) for one in found if one.get("url") and one.get("expanded_url")}


def _table(value: JsonValue) -> dict[str, JsonValue]:
    return value if isinstance(value, dict) else {}


def signature_of(content: bytes, secret: str) -> str:
    """What the consumer secret makes of these bytes: the header of a post, and the answer to a challenge."""
    return PREFIX + base64.b64encode(hmac.digest(secret.encode(), content, "sha256")).decode()


def is_signed(body: bytes, signature: str, secret: str) -> bool:
    """Whether the consumer secret signed these very bytes."""
    return hmac.compare_digest(signature.encode("utf-8", "replace"), signature_of(body, secret).encode())
