"""The news of a village, once a week: a citizen takes them with a word or a tap, and ends them with one."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.conversation.dialogue import IDLE
from bot.conversation.events import Said
from bot.conversation.others_cases.effects import StopWeekly, TakeWeekly
from bot.conversation.others_cases.events import WeeklyRefused, WeeklyStopped, WeeklyTaken
from bot.conversation.own_data.words import MOST_WORDS, STOPS, plain, takes_weekly
from bot.conversation.presses.press import Press
from bot.conversation.screen import Button, Line, button, line
from bot.conversation.talk import Talk
from bot.conversation.turn import Turn
from bot.conversation.turn_context import Understood


def hear_weekly(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """Words that take the weekly news, or end them; None for any other."""
    if plain(said.text) in STOPS:
        return turn.then(StopWeekly())
    if not takes_weekly(said.text):
        return None
    return take_weekly(talk, turn, understood)


def take_weekly(talk: Talk, turn: Turn, understood: Understood) -> Turn:
    """For the village that her words name, or that she is asked for."""
    return _take(turn, understood) or ask_for_village(talk, turn)


def _take(turn: Turn, understood: Understood) -> Turn | None:
    """Request the weekly news of the village that her words name; None where they name none."""
    place = understood.message.place
    return turn.then(TakeWeekly(village=place.village, district=place.district or "")) if place.village else None


def ask_for_village(talk: Talk, turn: Turn) -> Turn:
    """Which one; while a report is open, with the word before it."""
    if turn.dialogue.draft:
        return talk.offer(turn.say(line("weekly-how")))
    return talk.offer(turn.at("weekly"))


def answer_village(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """A village, or a few words that are none; more than a few, or such as tell of something, are something else."""
    if len(said.text.split()) > MOST_WORDS or understood.message.sure or understood.message.emergency:
        return None
    return _take(turn.at(IDLE), understood) or talk.offer(turn, note=line("weekly-unknown"))


def tell_taken(talk: Talk, turn: Turn, taken: WeeklyTaken) -> Turn:
    """Say which village she gets the weekly news of, on which day, and how to end it."""
    told = line("weekly-taken", village=taken.village)
    return talk.offer(turn.say(told, rows=[[button("weekly-stop", "weekly-stop")]]))


def tell_stopped(talk: Talk, turn: Turn, stopped: WeeklyStopped) -> Turn:
    """Say that she gets no weekly news any more, or never got any."""
    return talk.offer(turn.say(line("weekly-stopped") if stopped.was_taken else line("weekly-none")))


def tell_not_taken(talk: Talk, turn: Turn, refused: WeeklyRefused) -> Turn:
    """They cannot be had for this place, or not in this channel."""
    return talk.offer(turn.say(line("weekly-not-here") if refused.not_here else line("weekly-unknown")))


def offer_rows(code: str, village: str) -> list[list[Button]]:
    """To take the news of the village of a case that is mended."""
    return [[Button(Line("button-weekly", (("village", village),)), f"weekly:{code}")]] if code else []


def _press_take(talk: Talk, turn: Turn, press: Press, understood: Understood) -> Turn:
    del talk, understood
    return turn.then(TakeWeekly(code=press.about))


def _press_stop(talk: Talk, turn: Turn, press: Press, understood: Understood) -> Turn:
    del talk, press, understood
    return turn.then(StopWeekly())


PRESSES: Mapping[str, Callable[[Talk, Turn, Press, Understood], Turn]] = {
    "weekly": _press_take,
    "weekly-stop": _press_stop,
}
