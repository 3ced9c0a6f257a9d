"""One step of the talk: a dialogue and an event in, a dialogue and effects out."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.attachments import (
    hear_edit,
    hear_file,
    hear_other,
    hear_pin,
    point_to_private_chat,
    tell_files_refused,
)
from bot.conversation.dialogue import Dialogue
from bot.conversation.effects import FindAwaited
from bot.conversation.events import (
    AccountNotTied,
    AccountTied,
    AwaitedFound,
    CasesListed,
    Edited,
    Event,
    Filed,
    FilesRefused,
    FilingPaused,
    Forgotten,
    LessonShown,
    LessonsRefused,
    NearbyFound,
    OwnCaseAsked,
    OwnCaseMoved,
    OwnCaseRefused,
    OwnDataGathered,
    Pressed,
    Said,
    SentOther,
    SentPhoto,
    SharedPlace,
    StatusFound,
    StatusMissing,
    Supported,
    SupportRefused,
    SupportStopped,
    WeeklyRefused,
    WeeklyStopped,
    WeeklyTaken,
    WithdrawalRefused,
    Withdrawn,
    WroteInGroup,
)
from bot.conversation.messages import hear_words, take_up_words
from bot.conversation.others_cases.lookups import show_cases, show_missing, show_status
from bot.conversation.others_cases.supporting import (
    show_nearby,
    tell_support_refused,
    tell_support_stopped,
    tell_supported,
)
from bot.conversation.others_cases.weekly import tell_not_taken, tell_stopped, tell_taken
from bot.conversation.own_cases.results import tell_asked, tell_moved, tell_refused
from bot.conversation.own_cases.words import hear_awaited, hear_own, hear_own_pin, without_refused
from bot.conversation.own_data.requests import tell_forgotten, tell_gathered
from bot.conversation.presses.dispatch import hear_press
from bot.conversation.results import tell_filed, tell_paused, tell_withdrawal_refused, tell_withdrawn
from bot.conversation.screen import line
from bot.conversation.screens import MENU
from bot.conversation.staff.accounts import tell_not_tied, tell_tied
from bot.conversation.staff.lessons import refuse_lessons, show_lesson
from bot.conversation.talk import Talk
from bot.conversation.turn import Turn
from bot.conversation.turn_context import Understood


class UnknownEvent(TypeError):
    """An event of a kind that the talk does not know: a fault of ours, never of a citizen's."""


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
    match event:
        case Said():
            return hear_own(talk, turn, event, understood) or hear_words(talk, turn, event, understood)
        case Pressed():
            return hear_press(talk, turn, event, understood)
        case SharedPlace():
            return hear_own_pin(talk, turn, event, understood) or hear_pin(talk, turn, event, understood)
        case SentPhoto():
            return hear_own(talk, turn, event, understood) or _hear_file(talk, turn, event, understood)
        case AwaitedFound():
            return hear_awaited(talk, turn, event, understood) or _hear_anew(talk, turn, event, understood)
        case Edited():
            return hear_edit(talk, turn, event, understood)
        case SentOther():
            return hear_other(talk, turn, event, understood)
        case WroteInGroup():
            return point_to_private_chat(talk, turn, event, understood)
    return _tell(talk, turn, event)


def _hear_file(talk: Talk, turn: Turn, event: SentPhoto, understood: Understood) -> Turn:
    """Without a report it may be about a case of hers that waits for her word."""
    if turn.dialogue.draft is None and turn.dialogue.filed:
        return turn.then(FindAwaited(event))
    return hear_file(talk, turn, event, understood)


def _hear_anew(talk: Talk, turn: Turn, found: AwaitedFound, understood: Understood) -> Turn:
    """What is about no case of hers is heard as if it answered nothing."""
    meaning = replace(found.meaning, reply_to="")
    if found.is_reply:
        return _hear(talk, turn, meaning, understood)
    if found.otherwise:
        return turn.say(line(found.otherwise), rows=MENU)
    if isinstance(meaning, Said):
        return take_up_words(talk, turn, meaning, understood)
    return hear_file(talk, turn, meaning, understood)


def _tell(talk: Talk, turn: Turn, event: Event) -> Turn:
    match event:
        case Filed():
            return tell_filed(talk, turn, event)
        case FilingPaused():
            return tell_paused(talk, turn, event)
        case FilesRefused():
            return tell_files_refused(talk, without_refused(turn, event), event)
        case StatusFound():
            return show_status(talk, turn, event)
        case StatusMissing():
            return show_missing(talk, turn, event)
        case CasesListed():
            return show_cases(talk, turn, event)
        case Withdrawn():
            return tell_withdrawn(talk, turn, event)
        case WithdrawalRefused():
            return tell_withdrawal_refused(talk, turn, event)
    return _tell_of_own_case(talk, turn, event)


def _tell_of_own_case(talk: Talk, turn: Turn, event: Event) -> Turn:
    match event:
        case OwnCaseAsked():
            return tell_asked(talk, turn, event)
        case OwnCaseMoved():
            return tell_moved(talk, turn, event)
        case OwnCaseRefused():
            return tell_refused(talk, turn, event)
    return _tell_supporter(talk, turn, event)


def _tell_supporter(talk: Talk, turn: Turn, event: Event) -> Turn:
    match event:
        case NearbyFound():
            return show_nearby(talk, turn, event)
        case Supported():
            return tell_supported(talk, turn, event)
        case SupportRefused():
            return tell_support_refused(talk, turn, event)
        case SupportStopped():
            return tell_support_stopped(talk, turn, event)
    return _tell_of_herself(talk, turn, event)


def _tell_of_herself(talk: Talk, turn: Turn, event: Event) -> Turn:
    match event:
        case OwnDataGathered():
            return tell_gathered(talk, turn, event)
        case Forgotten():
            return tell_forgotten(talk, turn, event)
        case WeeklyTaken():
            return tell_taken(talk, turn, event)
        case WeeklyRefused():
            return tell_not_taken(talk, turn, event)
        case WeeklyStopped():
            return tell_stopped(talk, turn, event)
    return _tell_staff(talk, turn, event)


def _tell_staff(talk: Talk, turn: Turn, event: Event) -> Turn:
    match event:
        case AccountTied():
            return tell_tied(talk, turn, event)
        case AccountNotTied():
            return tell_not_tied(talk, turn, event)
        case LessonShown():
            return show_lesson(talk, turn, event)
        case LessonsRefused():
            return refuse_lessons(talk, turn, event)
    raise UnknownEvent(type(event).__name__)
