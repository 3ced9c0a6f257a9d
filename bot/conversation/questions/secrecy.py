"""Whether others may know of the report at all: open, unless she presses Rahasiakan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.conversation.catalogue import Catalogue
from bot.conversation.draft import Draft
from bot.conversation.questions.question import DraftPress, Question
from bot.conversation.screen import Button, Line, button, line
from bot.conversation.turn import Turn
from bot.conversation.turn_context import Understood

if TYPE_CHECKING:
    from bot.conversation.presses.press import Press
    from bot.conversation.talk import Talk


@dataclass(frozen=True)
class SecrecyQuestion(Question):
    """Rahasiakan on the card, and what it says of a report about bribery or violence."""

    name: str = "secrecy"

    @property
    def text_keys(self) -> frozenset[str]:
        """Its buttons, and the lines on the card and after a press."""
        said = {"secret-noted", "publish-noted", "card-secret", "card-sensitive"}
        return frozenset({*said, "button-secret", "button-publish"})

    @property
    def presses(self) -> Mapping[str, DraftPress]:
        """The buttons that make the report secret, open it again, and leave it secret."""
        return {"secret": _keep_secret, "publish": _publish, "stay-secret": _stay_secret}

    def option(self, draft: Draft) -> Button | None:
        """Rahasiakan, or the button that opens the report again."""
        verb = "publish" if draft.secret else "secret"
        return button(verb, verb, draft.key)

    def card_lines(self, draft: Draft, catalogue: Catalogue) -> Iterable[Line]:
        """That it is secret, or that it would better be."""
        if draft.secret:
            return [line("card-secret")]
        return [line("card-sensitive")] if is_sensitive(draft, catalogue) else []


def is_sensitive(draft: Draft, catalogue: Catalogue) -> bool:
    """Bribery, violence and the like: by its words or by its category."""
    return draft.meaning.sensitive or draft.decided_category in catalogue.sensitive


def _keep_secret(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    del press, understood
    return talk.change_draft(turn, replace(draft, secret=True), note=line("secret-noted"))


def _publish(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    del press, understood
    return talk.change_draft(turn, replace(draft, secret=False), note=line("publish-noted"))


def _stay_secret(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    del draft, press, understood
    return talk.proceed(turn, note=line("secret-noted"))


SECRECY = SecrecyQuestion()
