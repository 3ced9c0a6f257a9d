"""What a turn leaves for the trainers: what was heard in words that became a case, or were small talk. Pure.

A draft leaves nothing until its Kirim, and a secret or sensitive one leaves nothing ever.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.conversation.catalogue import Catalogue
from bot.conversation.dialogue import UNKNOWN, Dialogue, Draft
from bot.conversation.events import Event, Filed, Said
from bot.conversation.questions.card import is_sensitive
from bot.conversation.turn_context import Understood
from bot.understanding.understood import Meaning

CATEGORIES_KEPT = 9


@dataclass(frozen=True, slots=True)
class FiledSample:
    """A draft in the moment in which it became a case."""

    draft: Draft
    filed: Filed


@dataclass(frozen=True, slots=True)
class TurnSample:
    """What was heard, and of what: the words of a case, or these."""

    ticket: str
    words: str
    meaning: str
    at: datetime


def of_cases(filed: Iterable[FiledSample], catalogue: Catalogue) -> list[TurnSample]:
    """One note for each case that trainers may see."""
    return [
        TurnSample(one.filed.ticket, "", _written(one.draft.meaning, _chosen(one.draft)), one.filed.at)
        for one in filed
        if not (one.filed.again or one.draft.secret or is_sensitive(one.draft, catalogue))
    ]


def of_talk(
    before: Dialogue,
    after: Dialogue,
    events: Sequence[Event],
    understood: Sequence[Understood],
    catalogue: Catalogue,
) -> list[TurnSample]:
    """One note for each message that is part of no draft, and of no case: neither before the turn nor after it."""
    if before.draft or after.draft or before.contributing or after.contributing:
        return []
    return [
        TurnSample("", event.text, _written(meaning.message, {}), event.at)
        for event, meaning in zip(events, understood, strict=True)
        if isinstance(event, Said) and _teaches(event, meaning, catalogue)
    ]


def _teaches(said: Said, understood: Understood, catalogue: Catalogue) -> bool:
    meaning = understood.message
    likeliest = {guess.name for guess in meaning.categories[:1]}
    is_safe = not meaning.sensitive and likeliest.isdisjoint(catalogue.sensitive)
    is_words = not (said.text.startswith("/") or said.reply_to or understood.tickets)
    return is_safe and is_words and meaning.intent.confidence > 0


def _chosen(draft: Draft) -> dict[str, str]:
    """What she chose herself, apart from what stood there already."""
    category = {"category": draft.category} if draft.category and draft.category != UNKNOWN else {}
    return {**category, **({"type": draft.type} if draft.type else {})}


def _written(meaning: Meaning, chosen: dict[str, str]) -> str:
    found = {
        "intent": [meaning.intent.name, round(meaning.intent.confidence, 4)],
        "categories": [[guess.name, round(guess.confidence, 4)] for guess in meaning.categories[:CATEGORIES_KEPT]],
        "sure": meaning.sure,
        "chosen": chosen,
    }
    return json.dumps(found, ensure_ascii=False)
