"""What a moderator wants of several answers at once, read from the form; and what stands against it. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from actions.privacy.publication import HeldFor, Publication, PublicationState
from actions.privacy.redaction import LONGEST_TITLE
from bot.web.trainer.context import PostedFields

LONGEST_REASON = 300


class BatchWish(StrEnum):
    """What is wanted of the marked answers: to hold them, to publish them now, or to give them other titles."""

    HOLD = "hold"
    PUBLISH = "publish"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class AnswerBatch:
    """The form as it was sent.

    Attributes:
        wish: what is wanted.
        tickets: of the marked cases.
        titles: what stood in the field of each, by its number.
        seen: names what was shown of each.
        reason: why they are held.
    """

    wish: BatchWish
    tickets: Sequence[str]
    titles: Mapping[str, str]
    seen: Mapping[str, str]
    reason: str


def read_batch(posted: PostedFields) -> AnswerBatch | None:
    """The form; None where it wants nothing that can be wanted."""
    told = posted.fields
    if told.get("act") not in set(BatchWish):
        return None
    return AnswerBatch(
        BatchWish(told["act"]),
        list(dict.fromkeys(posted.lists.get("case", ()))),
        {name.removeprefix("title-"): " ".join(value.split()) for name, value in told.items() if name[:6] == "title-"},
        {name.removeprefix("seen-"): value for name, value in told.items() if name.startswith("seen-")},
        " ".join(told.get("reason", "").split())[:LONGEST_REASON],
    )


def print_of(one: Publication, answer: str) -> str:
    """Names what a moderator was shown, so that nothing else is published or held."""
    told = (one.ticket, one.number, one.state.value, one.title, answer)
    return hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def fits(title: str) -> bool:
    """Whether a title has words, room and one line."""
    return bool(title) and len(title) <= LONGEST_TITLE and title.isprintable()


def after_wish(one: Publication, batch: AnswerBatch) -> Publication:
    """How far an answer has come when the wish is done; a title that was changed is taken along."""
    title = batch.titles.get(one.ticket, one.title)
    match batch.wish:
        case BatchWish.HOLD:
            held = PublicationState.HELD
            return replace(one, state=held, held_for=HeldFor.MODERATOR, reason=batch.reason, publish_at=None)
        case BatchWish.PUBLISH:
            published = PublicationState.PUBLISHED
            return replace(one, state=published, title=title, held_for=None, reason="", publish_at=None)
        case BatchWish.TITLE:
            return replace(one, title=title)
