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


class WhatsAppProfile(BaseModel):
    """The name that she gave herself."""

    name: str = ""


class WhatsAppContact(BaseModel):
    """Who wrote."""

    wa_id: str = ""
    profile: WhatsAppProfile = Field(default_factory=WhatsAppProfile)


class PostedValue(BaseModel):
    """What happened to a number: messages that came, and statuses of messages that went."""

    metadata: WhatsAppMetadata
    contacts: list[WhatsAppContact] = Field(default_factory=list)
    messages: list[dict[str, JsonValue]] = Field(default_factory=list)
    statuses: list[dict[str, JsonValue]] = Field(default_factory=list)


class PostedChange(BaseModel):
    """One thing that happened; only `messages` concerns us."""

    field: str
    value: dict[str, JsonValue]


class PostedEntry(BaseModel):
    """What happened to one account."""

    changes: list[PostedChange] = Field(default_factory=list)


class WebhookPost(BaseModel):
    """A post; it may hold several entries, and each several messages."""

    object: str
    entry: list[PostedEntry] = Field(default_factory=list)


class WhatsAppText(BaseModel):
    """Words."""

    body: str


class ChosenReply(BaseModel):
    """A button of ours, or a row of a list."""

    id: str


class InteractiveReply(BaseModel):
    """What she chose."""

    button_reply: ChosenReply | None = None
    list_reply: ChosenReply | None = None


class WhatsAppMedia(BaseModel):
    """A file, by its id: an address is given for that when it is asked."""

    id: str
    caption: str = ""


class SharedPin(BaseModel):
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
    text: WhatsAppText | None = None
    interactive: InteractiveReply | None = None
    image: WhatsAppMedia | None = None
    video: WhatsAppMedia | None = None
    audio: WhatsAppMedia | None = None
    document: WhatsAppMedia | None = None
    location: SharedPin | None = None
    context: ReplyContext | None = None


class WhatsAppStatusError(BaseModel):
    """Why a message did not arrive."""

    code: int


class WhatsAppStatus(BaseModel):
    """What became of a message of ours."""

    id: str = Field(min_length=1)
    status: str
    errors: list[WhatsAppStatusError] = Field(default_factory=list)


def is_signed(body: bytes, signature: str, secret: str) -> bool:
    """Whether the app's secret signed these very bytes."""
    wanted = f"{PREFIX}{hmac.new(secret.encode(), body, 'sha256').hexdigest()}"
    return hmac.compare_digest(signature.encode("utf-8", "replace"), wanted.encode())
