"""Which messages of a talk trainers may see later, to say what each does in it (dialogue acts). Pure.

Messages of a draft wait with the chat and go with the draft: one that is not sent, or is secret, sensitive or divided,
leaves none.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace

from bot.conversation.catalogue import Catalogue
from bot.conversation.draft import Draft
from bot.conversation.events import Edited, Event, Said
from bot.conversation.joining.words import wish_to_join
from bot.conversation.questions.secrecy import is_sensitive
from bot.conversation.turn_context import Understood
from bot.understanding.acts.dialogue_act import AskedMessage

MOST_OF_A_DRAFT = 12
_PERSONAL_MOMENTS = frozenset({"name", "ticket", "contribute", "withdraw", "forget"})
"""Asked then, she says who she is, or speaks of a case or data of hers."""
_PERSONAL_ACTS = frozenset({"afraid", "want_named", "correct_name"})
_MAY_BE_PERSONAL = 0.2
"""So likely such an act must not be."""
_SURE = 0.97
_ONE_OF = 10
"""Of the messages whose act is that sure, one in so many is noted: a model is sometimes sure and wrong."""
_SHORTEST_NAME = 3


@dataclass(frozen=True, slots=True)
class NotedMessage:
    """A message of a draft. `refs` names the messages that it was, so that one that is edited goes."""

    refs: tuple[str, ...]
    message: AskedMessage


@dataclass(frozen=True, slots=True)
class DraftNotes:
    """What may be learned of an open draft, by its key; "" for none."""

    draft: str = ""
    messages: tuple[NotedMessage, ...] = ()

    def of(self, draft: Draft, catalogue: Catalogue) -> tuple[AskedMessage, ...]:
        """The messages of a draft that was sent, those left out that hold a word of her name."""
        if self.draft != draft.key or _is_closed(draft, catalogue):
            return ()
        name = {word for word in _words(draft.name or "") if len(word) >= _SHORTEST_NAME}
        return tuple(one.message for one in self.messages if name.isdisjoint(_words(one.message.words)))


def with_event(
    notes: DraftNotes, draft: Draft | None, event: Event, understood: Understood, catalogue: Catalogue
) -> DraftNotes:
    """The notes of a draft before an event is answered, with its message."""
    if draft is None:
        return DraftNotes()
    kept = notes.messages if notes.draft == draft.key and not _is_closed(draft, catalogue) else ()
    if isinstance(event, Edited):
        kept = tuple(one for one in kept if event.ref not in one.refs)
    elif isinstance(event, Said) and not _is_closed(draft, catalogue):
        refs = tuple(ref for ref, _ in event.messages)
        asked_message = message_to_learn(event, understood, catalogue)
        kept = (*kept, *([NotedMessage(refs, asked_message)] if asked_message else []))[-MOST_OF_A_DRAFT:]
    return DraftNotes(draft.key, kept)


def after_answer(
    notes: DraftNotes, draft: Draft | None, event: Event, understood: Understood, catalogue: Catalogue
) -> DraftNotes:
    """The notes once the event is answered: those of a draft that it opened begin with it."""
    if draft is None:
        return DraftNotes()
    if draft.key != notes.draft:
        return with_event(DraftNotes(), draft, event, understood, catalogue)
    return replace(notes, messages=()) if _is_closed(draft, catalogue) else notes


def message_to_learn(said: Said, understood: Understood, catalogue: Catalogue) -> AskedMessage | None:
    """The message, if trainers may see what was asked and said, and it teaches something."""
    asked_message = understood.asked_message
    if asked_message is None or not asked_message.likely or asked_message.asked in _PERSONAL_MOMENTS:
        return None
    if understood.fears or understood.name or understood.certain or not is_seen(said, understood, catalogue):
        return None
    if any(name in _PERSONAL_ACTS and share >= _MAY_BE_PERSONAL for name, share in asked_message.likely):
        return None
    return asked_message if asked_message.likely[0][1] < _SURE or _is_drawn(asked_message) else None


def is_seen(said: Said, understood: Understood, catalogue: Catalogue) -> bool:
    """Whether these are words, of no matter that is sensitive, that name no ticket and answer no message."""
    meaning = understood.message
    likeliest = {guess.name for guess in meaning.categories[:1]}
    is_safe = not meaning.sensitive and likeliest.isdisjoint(catalogue.sensitive)
    is_words = not (said.text.startswith("/") or said.reply_to or understood.tickets or wish_to_join(said.text))
    return is_safe and is_words and meaning.intent.confidence > 0


def _is_closed(draft: Draft, catalogue: Catalogue) -> bool:
    """Whether nothing of it may be seen: of one that is divided, the other part may be secret."""
    is_divided = bool(draft.matters or draft.later or draft.further or draft.whole)
    return draft.secret or is_divided or is_sensitive(draft, catalogue)


def _is_drawn(asked_message: AskedMessage) -> bool:
    drawn = hashlib.blake2b(f"{asked_message.asked} {asked_message.words}".encode("utf-8", "replace"), digest_size=4)
    return int.from_bytes(drawn.digest()) % _ONE_OF == 0


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))
