"""One person, two chats: a code that one shows is typed in the other, and confirmed in the first; she may part them.

Whoever holds the other chat reads her reports, so each sentence says what is about to be so, and where.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.conversation.effects import Effect, Say
from bot.conversation.events import Event, Said
from bot.conversation.joining.effects import (
    ConfirmJoin,
    DeclineJoin,
    EnterJoinCode,
    PartChats,
    ShowJoinCode,
    ShowSecretElsewhere,
)
from bot.conversation.joining.events import (
    ChatsJoined,
    ChatsParted,
    JoinAsked,
    JoinCodeShown,
    JoinDeclined,
    JoinRefused,
    SecretSet,
)
from bot.conversation.joining.words import (
    CONFIRM,
    DECLINE,
    ENTER,
    HIDE,
    PART,
    SHOW,
    START,
    code_in,
    wish_of_command,
    wish_to_join,
)
from bot.conversation.presses.press import Press
from bot.conversation.screen import Label, LabelSource, Line, Screen, button, line, screen
from bot.conversation.talk import Talk
from bot.conversation.turn import Turn
from bot.conversation.turn_context import Understood

A_DAY: Final = timedelta(days=1)
MOST_CODES_A_DAY: Final = 5
"""So often a day a code is shown in a chat: by SMS each costs the regency money, and anybody can ask for one."""


def hear_joining(talk: Talk, turn: Turn, said: Said) -> Turn | None:
    """Words that join or part chats; None for any others."""
    wish = wish_to_join(said.text)
    return _do(talk, turn, wish, code_in(said.text), said.at) if wish else None


def obey_join(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn:
    """The command: alone it shows a code, with one behind it types it; "ya" confirms."""
    del understood
    wish = wish_of_command(said.text)
    if not wish:
        return talk.offer(turn.say(line("joining-unreadable")))
    return _do(talk, turn, wish, code_in(f"gabung {said.text}"), said.at)


def obey_part(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn:
    """The command that parts them."""
    del talk, said, understood
    return turn.then(PartChats())


EFFECTS: Final[Mapping[str, Effect]] = {
    CONFIRM: ConfirmJoin(),
    DECLINE: DeclineJoin(),
    PART: PartChats(),
    SHOW: ShowSecretElsewhere(is_shown=True),
    HIDE: ShowSecretElsewhere(is_shown=False),
}


def _do(talk: Talk, turn: Turn, wish: str, code: str, at: datetime) -> Turn:
    del talk
    if wish == START:
        return _show_code(turn, at)
    return turn.then(EnterJoinCode(code) if wish == ENTER else EFFECTS[wish])


def _show_code(turn: Turn, at: datetime) -> Turn:
    recent = tuple(moment for moment in turn.dialogue.join_codes if at - moment < A_DAY)
    if len(recent) >= MOST_CODES_A_DAY:
        return turn.say(line("joining-paused", until=recent[0] + A_DAY))
    changed = replace(turn.dialogue, join_codes=(*recent, at))
    return replace(turn, dialogue=changed).then(ShowJoinCode())


# What is said of it --------------------------------------------------------------------------------------------


def tell_joining(talk: Talk, turn: Turn, event: Event) -> Turn | None:
    """What became of it, in words; None for any other event."""
    match event:
        case JoinCodeShown():
            turn = turn.then(Say(code_screen(event), is_kept=False))
        case JoinAsked():
            asked = line("joining-typed", channel=channel_label(event.channel), number=str(event.number))
            turn = turn.say(asked, line("joining-typed-next"))
        case JoinRefused():
            turn = turn.say(line("joining-paused", until=event.until) if event.until else line(event.why))
        case ChatsJoined():
            turn = turn.then(Say(joined_screen(event.channel)))
        case JoinDeclined():
            turn = turn.say(line("joining-declined"))
        case ChatsParted():
            turn = turn.say(_parted(event))
        case SecretSet():
            turn = turn.say(_secret(event))
        case _:
            return None
    return talk.offer(turn)


def code_screen(shown: JoinCodeShown) -> Screen:
    """The code, what it is for, and that nobody else may have it."""
    known = [joined_line(shown.joined)] if shown.joined else []
    told = (line("joining-code", code=f"{shown.code[:4]} {shown.code[4:]}"), line("joining-nobody"))
    rows = [[button("part", "part")]] if shown.joined else []
    return screen(*known, line("joining-what"), *told, rows=rows)


def confirm_screen(channel: str, number: int, request: str, *, by_words: bool) -> Screen:
    """What the chat that showed the code is asked: which chat it is, and what it means."""
    asked = line("joining-ask", channel=channel_label(channel), number=str(number))
    if by_words:
        return screen(asked, line("joining-officers"), line("joining-by-words"))
    rows = [[button("join-yes", f"join-yes:{request}")], [button("join-no", "join-no")]]
    return screen(asked, line("joining-officers"), rows=rows)


def joined_screen(channel: str, *, by_words: bool = False) -> Screen:
    """That they are joined, what stays where it is, and how to part them."""
    told = (line("joining-done", channel=channel_label(channel)), line("joining-secret-stays"))
    if by_words:
        return screen(*told, line("joining-part-by-words"))
    return screen(*told, rows=[[button("part", "part")], [button("join-secret", "join-secret")]])


def joined_line(channels: tuple[str, ...]) -> Line:
    """With which chats this one is joined."""
    return line("joining-with", channels=named(channels))


def named(keys: tuple[str, ...]) -> tuple[Line, ...]:
    """Channels in words, by the keys of their labels."""
    return tuple(line(key) for key in keys)


def channel_label(key: str) -> Label:
    """The name of a channel, by the key of its label."""
    return Label(LabelSource.TEXT, key)


def _parted(parted: ChatsParted) -> Line:
    if not parted.channels:
        return line("joining-none")
    return line("joining-parted", channels=named(parted.channels))


def _secret(told: SecretSet) -> Line:
    if not told.channels:
        return line("joining-none")
    channels = named(told.channels)
    shown, hidden = line("joining-secret-shown", channels=channels), line("joining-secret-hidden", channels=channels)
    return shown if told.is_shown else hidden


# Buttons -------------------------------------------------------------------------------------------------------


def _confirm(talk: Talk, turn: Turn, press: Press, understood: Understood) -> Turn:
    del talk, understood
    return turn.then(ConfirmJoin(press.about))


def _presses(effect: Effect) -> Callable[[Talk, Turn, Press, Understood], Turn]:
    def press_it(talk: Talk, turn: Turn, press: Press, understood: Understood) -> Turn:
        del talk, press, understood
        return turn.then(effect)

    return press_it


PRESSES: Mapping[str, Callable[[Talk, Turn, Press, Understood], Turn]] = {
    "join-yes": _confirm,
    "join-no": _presses(DeclineJoin()),
    "part": _presses(PartChats()),
    "join-secret": _presses(ShowSecretElsewhere(is_shown=True)),
    "join-hide": _presses(ShowSecretElsewhere(is_shown=False)),
}
