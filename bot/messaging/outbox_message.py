"""A message that waits to be sent, as every channel understands it, and the signature of its buttons."""

from __future__ import annotations

import base64
import hmac
from dataclasses import dataclass
from enum import StrEnum

from actions.people.secret_key import accepted
from bot.conversation.screen import ButtonKind

MARK = "~"
BYTES = 6


class ButtonSigner:
    """Signs for one chat at a time: a button of another chat is no button here."""

    def __init__(self, secret_key: bytes) -> None:
        """`secret_key` is the installation's `LAPOR_SECRET_KEY`."""
        self._key = secret_key

    def sign(self, chat: str, press: str) -> str:
        """Returns the callback data for a button in this chat: the data with its signature."""
        return f"{press}{MARK}{_mark(self._key, chat, press)}"

    def read(self, chat: str, signed: str) -> str | None:
        """What a button of ours says; None for any other."""
        press, _, mark = signed.rpartition(MARK)
        good = [_mark(key, chat, press).encode() for key in accepted(self._key)]
        return press if any(hmac.compare_digest(mark.encode(), one) for one in good) else None


def _mark(key: bytes, chat: str, press: str) -> str:
    digest = hmac.digest(key, f"{chat}\n{press}".encode(), "sha256")
    return base64.urlsafe_b64encode(digest[:BYTES]).decode()


class OutboxMessageKind(StrEnum):
    """What a channel is asked to do.

    MESSAGE is sent; EDIT takes the place of an earlier message, and is sent as a new one where that is gone;
    ANSWER ends the waiting that a pressed button shows. PHOTO is one that the channel has already, the only one of
    `files`, with the text below it; only for Telegram. DOCUMENT is a file of what is kept of the citizen, `target` says
    which; it is written when it is sent. TEMPLATE stands for a message that may not be sent in free words now: `target`
    is what it is for, `facts` fill it. PUBLIC_REPLY stands where everybody reads it, below the post `target`.
    """

    MESSAGE = "message"
    EDIT = "edit"
    ANSWER = "answer"
    PHOTO = "photo"
    DOCUMENT = "document"
    TEMPLATE = "template"
    PUBLIC_REPLY = "reply"


class TemplateUse(StrEnum):
    """What a message says that may go as a template when she has not written for long."""

    RECEIVED = "received"
    QUESTION = "question"
    ANSWERED = "answered"
    CLOSED = "closed"


class Keyboard(StrEnum):
    """Where the buttons stand. REMOVE takes away buttons that stand where the letters are.

    REPLY has none: it is an invitation to answer this message.
    """

    NONE = "none"
    INLINE = "inline"
    LETTERS = "letters"
    REMOVE = "remove"
    REPLY = "reply"


class TopicTurn(StrEnum):
    """What becomes of the topic in which a message stands: opened again before it comes, or closed behind it."""

    NONE = ""
    OPENS = "opens"
    CLOSES = "closes"


@dataclass(frozen=True, slots=True)
class WordedButton:
    """A button as it reads.

    `press` is signed, at most 64 bytes; for COPY it is the text to copy, for CALL the number to ring.

    `number` is what presses it in a plain-text channel; 0 for a button that cannot be pressed there.
    """

    words: str
    press: str
    kind: ButtonKind = ButtonKind.PRESS
    number: int = 0


@dataclass(frozen=True, slots=True)
class OutboxMessage:
    """One thing to send.

    `target`: for EDIT the channel's id of the message, for ANSWER that of the press, for DOCUMENT the name of the file,
    for PUBLIC_REPLY that of the post; empty otherwise.
    `files`: the channel's own names of the files that it is about.
    `file_buttons`: none, or one for each of `files`, for a channel that shows them small.
    `topic`: in which it stands where its group has topics: the number of a case, and perhaps more words for a name.
    `topic_turn`: what becomes of that topic.
    `is_silent`, `is_guarded`: it arrives without a sound; it cannot be passed on. Where the channel can do that.
    `is_kept`: its words stay in the outbox after it was sent.
    `thread`: what the channel gave with the message that this one answers (`Event.thread`); "" for none.
    `list_words`: of the button behind which `rows` stand as a list; "" where they stand below the message.
    `is_notice`: nobody asked for it: of what an answer says it is no part.
    `template`: a `TemplateUse`, where it may go as one; `facts` then fill it.
    `name`: what the outbox calls it, unique in its chat and the same at each try; set when it is sent.
    `bold`: what stands out in the text, each from one character up to another, for a channel that can show it.
    """

    kind: OutboxMessageKind
    text: str = ""
    rows: tuple[tuple[WordedButton, ...], ...] = ()
    keyboard: Keyboard = Keyboard.NONE
    target: str = ""
    files: tuple[str, ...] = ()
    topic: str = ""
    topic_turn: TopicTurn = TopicTurn.NONE
    is_silent: bool = False
    is_guarded: bool = False
    is_kept: bool = True
    bold: tuple[tuple[int, int], ...] = ()
    file_buttons: tuple[WordedButton, ...] = ()
    name: str = ""
    thread: str = ""
    list_words: str = ""
    is_notice: bool = False
    template: str = ""
    facts: tuple[tuple[str, str], ...] = ()
