"""Commands, in Indonesian and as English speakers type them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.conversation.dialogue import IDLE
from bot.conversation.effects import Say
from bot.conversation.events import Said
from bot.conversation.joining.requests import obey_join, obey_part
from bot.conversation.others_cases.lookups import ask_status, list_cases
from bot.conversation.others_cases.weekly import take_weekly
from bot.conversation.own_data.requests import ask_to_forget, gather_own_data
from bot.conversation.screen import Button, button, line
from bot.conversation.screens import MENU, languages
from bot.conversation.staff.accounts import tie_account
from bot.conversation.staff.lessons import teach
from bot.conversation.talk import Talk, greeting
from bot.conversation.turn import Turn
from bot.conversation.turn_context import Understood

type Command = Callable[[Talk, Turn, Said, Understood], Turn]


def obey(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | Said:
    """Do what a command says. `/lapor` with words behind it hands those words back to be heard."""
    name, rest = taken_apart(said.text)
    words = replace(said, text=rest)
    if name in REPORT and words.text:
        return words
    command = COMMANDS.get(name)
    if command is None:
        return talk.offer(turn.say(line("command-unknown"), rows=_menu(turn)))
    return command(talk, turn, words, understood)


def taken_apart(text: str) -> tuple[str, str]:
    """A command's name, and the words behind it; on a phone they often stand in the next line."""
    head, *rest = text.split(maxsplit=1)
    return head[1:].split("@")[0].casefold(), rest[0].strip() if rest else ""


def _menu(turn: Turn) -> tuple[tuple[Button, ...], ...]:
    return () if turn.dialogue.draft else MENU


def _start(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn:
    if said.text:
        return _status(talk, turn, said, understood)
    if turn.dialogue.draft:
        return talk.offer(turn, note=line("draft-kept"))
    return turn.at(IDLE).then(greeting())


def _report(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn:
    del understood
    return talk.begin(turn, said)


def _status(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn:
    if understood.tickets:
        return ask_status(talk, turn, said.at, understood.tickets[0])
    if said.text:
        return talk.offer(turn.say(line("ticket-unreadable")))
    return list_cases(turn)


def _mine(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn:
    del talk, said, understood
    return list_cases(turn)


def _cancel(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn:
    del said, understood
    return ask_to_cancel(talk, turn)


def ask_to_cancel(talk: Talk, turn: Turn) -> Turn:
    """Ask once whether the draft may go; without one there is nothing to cancel."""
    if turn.dialogue.draft is None:
        return turn.at(IDLE).say(line("cancel-nothing"), rows=MENU)
    return talk.offer(turn.at("cancel"), in_place=True)


def _help(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn:
    del said, understood
    return talk.offer(turn.say(line("help"), rows=_menu(turn)))


def _language(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn:
    del said, understood
    return turn.then(Say(languages(talk.catalogue)))


def _privacy(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn:
    del said, understood, talk
    draft = turn.dialogue.draft
    drafted = [[button("delete-draft", "delete-draft", draft.key)]] if draft else []
    rows = [*drafted, [button("own-data", "own-data"), button("forget", "forget")]]
    return turn.say(line("privacy"), rows=rows)


def _own_data(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn:
    del talk, understood
    return gather_own_data(turn, said)


def _forget(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn:
    del understood
    return ask_to_forget(talk, turn, said.at)


def _weekly(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn:
    del said
    return take_weekly(talk, turn, understood)


REPORT = frozenset({"lapor", "report"})
COMMANDS: Mapping[str, Command] = {
    "start": _start,
    "lapor": _report,
    "report": _report,
    "status": _status,
    "laporanku": _mine,
    "mine": _mine,
    "batal": _cancel,
    "cancel": _cancel,
    "bantuan": _help,
    "help": _help,
    "bahasa": _language,
    "language": _language,
    "privasi": _privacy,
    "privacy": _privacy,
    "datasaya": _own_data,
    "mydata": _own_data,
    "hapusdata": _forget,
    "forgetme": _forget,
    "langganan": _weekly,
    "subscribe": _weekly,
    "gabung": obey_join,
    "join": obey_join,
    "pisah": obey_part,
    "part": obey_part,
    "masuk": tie_account,
    "ajar": teach,
}
MENU_COMMANDS = ("lapor", "status", "laporanku", "batal", "bantuan", "bahasa", "privasi")
"""What a channel shows in its list of commands, each described by `command-<name>`."""
