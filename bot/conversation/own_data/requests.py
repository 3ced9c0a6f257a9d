"""What is kept of a citizen is hers: she may have all of it, and have it deleted, after one clear question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.conversation.dialogue import IDLE, Dialogue
from bot.conversation.effects import Say
from bot.conversation.events import Event, Said
from bot.conversation.own_data.effects import ForgetMe, GatherOwnData
from bot.conversation.own_data.events import Forgotten, OwnDataGathered
from bot.conversation.own_data.words import FORGETS, HTML, JSON, WANTS, plain
from bot.conversation.presses.press import Press
from bot.conversation.screen import Line, button, line, screen
from bot.conversation.screens import MENU, forgetting
from bot.conversation.talk import Talk
from bot.conversation.turn import Turn
from bot.conversation.turn_context import Understood

A_DAY = timedelta(days=1)
A_WHILE = timedelta(minutes=15)
"""So long her yes counts after the question."""
MOST_A_DAY = 3
"""So often a day she may have it: each time everything is read that is kept of her."""


def hear_own_data(talk: Talk, turn: Turn, said: Said) -> Turn | None:
    """Words that ask for her data, or for its end; None for any other."""
    words = plain(said.text)
    if words in WANTS:
        return gather_own_data(turn, said)
    return ask_to_forget(talk, turn, said.at) if words in FORGETS else None


def gather_own_data(turn: Turn, event: Event) -> Turn:
    """All that is kept of her, a few times a day."""
    dialogue = turn.dialogue
    recent = tuple(moment for moment in dialogue.exports if event.at - moment < A_DAY)
    if len(recent) >= MOST_A_DAY:
        return turn.say(line("kept-paused", until=recent[0] + A_DAY))
    changed = replace(dialogue, exports=(*recent, event.at))
    return replace(turn, dialogue=changed).then(GatherOwnData())


def ask_to_forget(talk: Talk, turn: Turn, at: datetime) -> Turn:
    """What goes, what stays, and whether it really shall."""
    asked = str(int(at.timestamp()))
    if turn.dialogue.draft:
        return turn.then(Say(forgetting(asked)))
    return talk.offer(turn.at("forget", asked))


def tell_gathered(talk: Talk, turn: Turn, gathered: OwnDataGathered) -> Turn:
    """It comes as two files, or stands behind a link, or is told in a few words where neither can be sent."""
    rows = [[button("forget", "forget")]]
    lines = [line("kept-ready")]
    if gathered.link:
        lines += [line("kept-link", link=gathered.link), line("kept-link-json", link=f"{gathered.link}.json")]
    elif not gathered.has_files:
        lines = [line("kept-counted", cases=len(gathered.tickets)), *_numbers(gathered)]
    turn = turn.say(*lines, rows=rows)
    if gathered.has_files:
        turn = turn.then(Say(screen(line("kept-html")), document=HTML), Say(screen(line("kept-json")), document=JSON))
    return talk.offer(turn)


def _numbers(gathered: OwnDataGathered) -> list[Line]:
    return [line("kept-numbers", tickets=", ".join(gathered.tickets))] if gathered.tickets else []


def tell_forgotten(talk: Talk, turn: Turn, forgotten: Forgotten) -> Turn:
    """It is done, and what goes on without her."""
    del talk
    goes_on = [line("forget-goes-on", tickets=", ".join(forgotten.going_on))] if forgotten.going_on else []
    kept = [line("forget-elsewhere")] if forgotten.parted else []
    return turn.say(line("forget-done"), *goes_on, *kept, rows=MENU)


def answer_forgetting(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """A yes in words alone deletes nothing: the button says what it does."""
    del said
    match understood.message.intent.name:
        case "affirm":
            return talk.offer(turn, note=line("forget-press"))
        case "deny" | "cancel":
            return keep_data(talk, turn)
    return None


def keep_data(talk: Talk, turn: Turn) -> Turn:
    """Everything stays as it is."""
    if turn.dialogue.draft:
        return talk.offer(turn.say(line("forget-kept")))
    return turn.at(IDLE).say(line("forget-kept"))


def _press_data(talk: Talk, turn: Turn, press: Press, understood: Understood) -> Turn:
    del talk, understood
    return gather_own_data(turn, press.event)


def _press_forget(talk: Talk, turn: Turn, press: Press, understood: Understood) -> Turn:
    del understood
    return ask_to_forget(talk, turn, press.event.at)


def _press_no(talk: Talk, turn: Turn, press: Press, understood: Understood) -> Turn:
    del press, understood
    return keep_data(talk, turn)


def _press_yes(talk: Talk, turn: Turn, press: Press, understood: Understood) -> Turn:
    """From here on she is as new, but for her language. A question that does not stand open any more is asked anew."""
    del understood
    asked, dialogue = press.about, turn.dialogue
    is_open = dialogue.step == "forget" or dialogue.draft is not None
    is_fresh = asked.isdecimal() and 0 <= press.event.at.timestamp() - int(asked) <= A_WHILE.total_seconds()
    if not (is_open and is_fresh):
        return ask_to_forget(talk, turn, press.event.at)
    return Turn(Dialogue(language=turn.dialogue.language), (*turn.effects, ForgetMe()))


PRESSES: Mapping[str, Callable[[Talk, Turn, Press, Understood], Turn]] = {
    "own-data": _press_data,
    "forget": _press_forget,
    "forget-yes": _press_yes,
    "forget-no": _press_no,
}
