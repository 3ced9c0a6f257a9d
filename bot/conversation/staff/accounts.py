"""What people of the service do in the chat itself: tie their account, and teach. Everybody else is told how it is."""

from __future__ import annotations

from bot.conversation.events import Said
from bot.conversation.screen import line
from bot.conversation.staff.effects import TieAccount
from bot.conversation.staff.events import AccountNotTied, AccountTied
from bot.conversation.talk import Talk
from bot.conversation.turn import Turn
from bot.conversation.turn_context import Understood


def tie_account(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn:
    """`/masuk CODE`: this account belongs to whoever was given the code."""
    del understood
    if not said.text:
        return talk.offer(turn.say(line("account-code-missing")))
    return turn.then(TieAccount(said.text))


def tell_tied(talk: Talk, turn: Turn, tied: AccountTied) -> Turn:
    """Say to which person of the service this chat's account now belongs."""
    return talk.offer(turn.say(line("account-tied", name=tied.person)))


def tell_not_tied(talk: Talk, turn: Turn, refused: AccountNotTied) -> Turn:
    """Say that the code is not valid, or when the next may be tried."""
    why = line("account-paused", until=refused.until) if refused.until else line("account-code-wrong")
    return talk.offer(turn.say(why))
