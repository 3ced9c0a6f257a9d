"""What Meta posts, as far as it matters here. Each message is read alone: one that is odd spoils no other."""

from __future__ import annotations

import hmac
from typing import Final

from pydantic import BaseModel, Field, JsonValue

SIGNATURE_HEADER: Final = "X-Hub-Signature-256"
PREFIX: Final = "sha256="


class WhatsAppMetadata(BaseModel):
    """Whose number it came to."""

    phone_number_id: str


class Profile(BaseModel):
    """The name that she gave herself."""

    name: str = ""


class Contact(BaseModel):
    """Who wrote."""

    wa_id: str = ""
    profile: Profile = Field(default_factory=Profile)


class PostedValue(BaseModel):
    """What happened to a number: messages that came, and statuses of messages that went."""

    metadata: WhatsAppMetadata
    contacts: list[Contact] = Field(default_factory=list)
    messages: list[dict[str, JsonValue]] = Field(default_factory=list)
    statuses: list[dict[str, JsonValue]] = Field(default_factory=list)


class Change(BaseModel):
    """One thing that happened; only `messages` concerns us."""

    field: str
    value: dict[str, JsonValue]


class Entry(BaseModel):
    """What happened to one account."""

    changes: list[Change] = Field(default_factory=list)


class WebhookPost(BaseModel):
    """A post; it may hold several entries, and each several messages."""

    object: str
    entry: list[Entry] = Field(default_factory=list)


class Text(BaseModel):
    """Words."""

    body: str


class Reply(BaseModel):
    """A button of ours, or a row of a list."""

    id: str


class InteractiveReply(BaseModel):
    """What she chose."""

    button_reply: Reply | None = None
    list_reply: Reply | None = None


class Media(BaseModel):
    """A file, by its id: an address is given for that when it is asked."""

    id: str
    caption: str = ""


class Location(BaseModel):
    """A pin."""

    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)


class ReplyContext(BaseModel):
    """Which message of ours is answered."""

    id: str = ""


class IncomingMessage(BaseModel):
    """One message. What has none of the members that are known here is a message without words."""

    id: str = Field(min_length=1)
    sender: str = Field(alias="from", pattern=r"^[0-9]{5,20}$")
    timestamp: int
    type: str
    text: Text | None = None
    interactive: InteractiveReply | None = None
    image: Media | None = None
    video: Media | None = None
    audio: Media | None = None
    document: Media | None = None
    location: Location | None = None
    context: ReplyContext | None = None


class StatusError(BaseModel):
    """Why a message did not arrive."""

    code: int


class Status(BaseModel):
    """What became of a message of ours."""

    id: str = Field(min_length=1)
    status: str
    errors: list[StatusError] = Field(default_factory=list)


def is_signed(body: bytes, signature: str, secret: str) -> bool:
    """Whether the app's secret signed these very bytes."""
    wanted = f"{PREFIX}{hmac.new(secret.encode(), body, 'sha256').hexdigest()}"
    return hmac.compare_digest(signature.encode("utf-8", "replace"), wanted.encode())
