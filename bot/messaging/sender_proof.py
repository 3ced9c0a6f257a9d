"""Before anything that cannot be undone: six digits, sent to the number or address in whose name somebody wrote.

For channels that prove nothing of who writes, as `Abilities.proves_sender` says. Whoever only forges a sender never
reads the digits; what she asks to see goes to the true number, and needs none.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from actions.store.messages.messages import Chat
from bot.conversation.advance import advance
from bot.conversation.dialogue import Dialogue, Proof
from bot.conversation.effects import Effect, Say
from bot.conversation.events import Event, Pressed, Said
from bot.conversation.joining.effects import ConfirmJoin, ShowSecretElsewhere
from bot.conversation.own_cases.effects import RenewLink, WithdrawCase
from bot.conversation.own_data.effects import ForgetMe
from bot.conversation.screen import line, screen
from bot.conversation.talk import Talk
from bot.conversation.turn import Turn
from bot.conversation.turn_context import Understood
from bot.messaging.abilities import AbilitiesOf

DIGITS: Final = 6
VALID_FOR: Final = timedelta(minutes=10)
MOST_TRIES: Final = 3
A_DAY: Final = timedelta(days=1)
MOST_A_DAY: Final = 5
"""So often a day digits are sent to one number: a forger has fifteen tries a day among a million."""
PURPOSE: Final = b"lapor digits sent to a sender"
_SENT_BACK = re.compile(r"(?:kode|code)?[\s:]*((?:\d[\s.-]?){6})", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SenderProof:
    """Lets the talk advance, and holds back what cannot be undone until its digits have come back.

    Attributes:
        secret_key: the installation's, from which the key of the digests is derived.
        randbelow: draws a number below this one, unpredictably.
        abilities_of: which channels prove who writes.
    """

    secret_key: bytes
    randbelow: Callable[[int], int]
    abilities_of: AbilitiesOf
    _key: bytes = field(init=False)

    def __post_init__(self) -> None:
        """Derives the key of the digests."""
        object.__setattr__(self, "_key", hmac.digest(self.secret_key, PURPOSE, "sha256"))

    def advance(self, talk: Talk, chat: Chat, dialogue: Dialogue, event: Event, understood: Understood) -> Turn:
        """One step of the talk, as `bot.conversation.advance`; in a channel that proves nothing only what is proven."""
        if self.abilities_of(chat[0]).proves_sender:
            return advance(talk, dialogue, event, understood)
        if dialogue.proof and (digits := _digits_in(event)):
            return self._answer(talk, chat, dialogue, dialogue.proof, event, digits)
        turn = advance(talk, dialogue, event, understood)
        press = needs_proof(dialogue, event, turn)
        return self._ask(chat, dialogue, event, press) if press else turn

    def _ask(self, chat: Chat, dialogue: Dialogue, event: Event, press: str) -> Turn:
        """The dialogue stays as it was, so that the button does the same once it is proven."""
        recent = tuple(moment for moment in dialogue.codes if event.at - moment < A_DAY)
        if len(recent) >= MOST_A_DAY:
            return Turn(dialogue).say(line("proof-paused", until=recent[0] + A_DAY))
        digits = f"{self.randbelow(10**DIGITS):0{DIGITS}}"
        proof = Proof(press, event.at, event.at, self._digest(chat, press, event.at, digits))
        waiting = replace(dialogue, proof=proof, codes=(*recent, event.at))
        told = screen(line("proof-ask", what=_purpose(press)), line("proof-code", code=digits), line("proof-not-you"))
        return Turn(waiting).then(Say(told, is_kept=False))

    def _answer(self, talk: Talk, chat: Chat, dialogue: Dialogue, proof: Proof, event: Event, digits: str) -> Turn:
        done = replace(dialogue, proof=None)
        if event.at - proof.asked_at > VALID_FOR:
            return Turn(done).say(line("proof-expired"))
        right = self._digest(chat, proof.press, proof.asked_at, digits)
        if hmac.compare_digest(right.encode(), proof.digest.encode()):
            pressed = Pressed(id=event.id, at=proof.pressed_at, press=proof.press)
            return advance(talk, done, pressed, Understood.nothing())
        left = MOST_TRIES - proof.tries - 1
        if not left:
            return Turn(done).say(line("proof-failed"))
        return Turn(replace(dialogue, proof=replace(proof, tries=proof.tries + 1))).say(line("proof-wrong", left=left))

    def _digest(self, chat: Chat, press: str, asked_at: datetime, digits: str) -> str:
        told = "\n".join([*chat, press, asked_at.isoformat(), digits])
        return hmac.digest(self._key, told.encode(), "sha256").hex()


def needs_proof(dialogue: Dialogue, event: Event, turn: Turn) -> str:
    """The button that leads to this turn, where it deletes, withdraws, ends her link, joins chats, or opens a secret.

    "" for any other.
    """
    for effect in turn.effects:
        if press := _button_of(effect, event):
            return press
    before, after = dialogue.draft, turn.dialogue.draft
    is_opened = before and after and before.key == after.key and before.secret and not after.secret
    return _pressed(event, "publish") if is_opened else ""


def _button_of(effect: Effect, event: Event) -> str:
    match effect:
        case ForgetMe():
            return _pressed(event, f"forget-yes:{int(event.at.timestamp())}")
        case WithdrawCase():
            return f"withdraw-yes:{effect.ticket}"
        case RenewLink():
            return f"new-link:{effect.ticket}"
        case ConfirmJoin():
            return f"join-yes:{effect.request}"
        case ShowSecretElsewhere(is_shown=True):
            return "join-secret"
    return ""


def _pressed(event: Event, otherwise: str) -> str:
    return event.press if isinstance(event, Pressed) else otherwise


def _purpose(press: str) -> str:
    return press.partition(":")[0].partition("@")[0].removesuffix("-yes")


def _digits_in(event: Event) -> str:
    """The six digits that are all of a message, as they are typed from another; "" for any other event."""
    found = _SENT_BACK.fullmatch(event.text.strip(" .!")) if isinstance(event, Said) else None
    return re.sub(r"\D", "", found[1]) if found else ""
