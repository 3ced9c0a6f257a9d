"""Another link to the page of a case of hers, when she fears that somebody has seen the one she has."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from bot.conversation.events import Said
from bot.conversation.own_cases.effects import RenewLink
from bot.conversation.own_cases.events import LinkRenewed, LinkToChoose
from bot.conversation.presses.press import Press
from bot.conversation.screen import Button, Line, line
from bot.conversation.talk import Talk
from bot.conversation.turn import Turn
from bot.conversation.turn_context import Understood
from bot.understanding import words

WORDS: Final = {name: frozenset(members) for name, members in words.lists("wishes", "link").items()}
MOST_WORDS: Final = 8
"""A sentence that is longer tells of something."""
NUMBER: Final = re.compile(r"\blp[\s-]?\w{4}[\s-]?\w{4}\b", re.IGNORECASE)


def asks_new_link(text: str) -> bool:
    """Whether these words ask for another link, and for nothing else; they may name a case by its number."""
    said = re.findall(r"\w+", NUMBER.sub(" ", text.casefold()))
    has_both = all(WORDS[name].intersection(said) for name in ("link", "renew"))
    return has_both and len(said) <= MOST_WORDS and frozenset().union(*WORDS.values()).issuperset(said)


def hear_new_link(turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """Words that ask for another link; None for any other."""
    if not asks_new_link(said.text):
        return None
    return turn.then(RenewLink(understood.tickets[0].number if understood.tickets else ""))


def tell_renewed(talk: Talk, turn: Turn, renewed: LinkRenewed) -> Turn:
    """The new link, and that the former one opens nothing any more."""
    told = turn.say(line("link-renewed", ticket=renewed.ticket, link=renewed.link), line("link-former"))
    return talk.offer(told)


def ask_which(talk: Talk, turn: Turn, choice: LinkToChoose) -> Turn:
    """Of several cases she says of which; of none there is no link."""
    if not choice.tickets:
        return talk.offer(turn.say(line("cases-none")))
    rows = [[Button(Line("button-ticket", (("ticket", ticket),)), f"new-link:{ticket}")] for ticket in choice.tickets]
    return talk.offer(turn.say(line("link-choose"), rows=rows))


def _press_new_link(talk: Talk, turn: Turn, press: Press, understood: Understood) -> Turn:
    del talk, understood
    return turn.then(RenewLink(press.about))


PRESSES: Mapping[str, Callable[[Talk, Turn, Press, Understood], Turn]] = {"new-link": _press_new_link}
