"""One step of the talk: a dialogue and an event in, a dialogue and effects out."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.attachments import hear_edit, hear_file, hear_other, hear_pin, point_to_private_chat
from bot.conversation.dialogue import Dialogue
from bot.conversation.dialogue_acts.secrecy import answer_secrecy_offer, without_open_offer
from bot.conversation.events import (
    Edited,
    Event,
    Pressed,
    Said,
    SentOther,
    SentPhoto,
    SharedPlace,
    Transcribed,
    WroteInGroup,
)
from bot.conversation.messages import hear_words, take_up_words
from bot.conversation.own_cases.effects import FindAwaited
from bot.conversation.own_cases.events import AwaitedFound
from bot.conversation.own_cases.words import hear_awaited, hear_own, hear_own_pin
from bot.conversation.presses.dispatch import hear_press
from bot.conversation.results import tell_result
from bot.conversation.screen import line
from bot.conversation.screens import MENU
from bot.conversation.talk import Talk
from bot.conversation.turn import Turn
from bot.conversation.turn_context import Understood
from bot.conversation.voice import hear_transcript


def advance(talk: Talk, dialogue: Dialogue, event: Event, understood: Understood) -> Turn:
    """One step of the talk.

    Args:
        talk: the declared report and the regency.
        dialogue: where this citizen is, and her draft.
        event: what she just did, or what was found out for her.
        understood: what was made of her words; `Understood.nothing()` for an event without words.

    Returns:
        The new dialogue, and what the service must now do, in order.

    Raises:
        UnknownEvent: the event is of no kind that the talk knows.
    """
    turn = Turn(dialogue)
    if dialogue.language not in talk.catalogue.languages:
        turn = turn.with_language(_first_language(talk, event))
    return _hear(talk, turn, event, understood)


def _first_language(talk: Talk, event: Event) -> str:
    spoken = talk.catalogue.languages
    return event.language if event.language in spoken else spoken[0]


def _hear(talk: Talk, turn: Turn, event: Event, understood: Understood) -> Turn:
    is_offered, turn = without_open_offer(turn)
    match event:
        case Said():
            answered = answer_secrecy_offer(talk, turn, event, understood) if is_offered else None
            return answered or hear_own(talk, turn, event, understood) or hear_words(talk, turn, event, understood)
        case Pressed():
            return hear_press(talk, turn, event, understood)
        case SharedPlace():
            return hear_own_pin(talk, turn, event, understood) or hear_pin(talk, turn, event, understood)
        case SentPhoto():
            return hear_own(talk, turn, event, understood) or _hear_file(talk, turn, event, understood)
        case AwaitedFound():
            return hear_awaited(talk, turn, event, understood) or _hear_anew(talk, turn, event, understood)
        case Transcribed():
            return hear_transcript(talk, turn, event, understood)
        case Edited():
            return hear_edit(talk, turn, event, understood)
        case SentOther():
            return hear_other(talk, turn, event, understood)
        case WroteInGroup():
            return point_to_private_chat(talk, turn, event, understood)
    return tell_result(talk, turn, event)


def _hear_file(talk: Talk, turn: Turn, event: SentPhoto, understood: Understood) -> Turn:
    """Without a report it may be about a case of hers that waits for her word."""
    if turn.dialogue.draft is None and turn.dialogue.filed:
        return turn.then(FindAwaited(event))
    return hear_file(talk, turn, event, understood)


def _hear_anew(talk: Talk, turn: Turn, found: AwaitedFound, understood: Understood) -> Turn:
    """What is about no case of hers is heard as if it answered nothing."""
    sent = replace(found.sent, reply_to="")
    if found.is_reply:
        return _hear(talk, turn, sent, understood)
    if found.otherwise:
        return turn.say(line(found.otherwise), rows=MENU)
    if isinstance(sent, Said):
        return take_up_words(talk, turn, sent, understood)
    return hear_file(talk, turn, sent, understood)
