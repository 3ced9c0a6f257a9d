"""Whether others may know of the report at all: open, unless she presses Rahasiakan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.conversation.catalogue import Catalogue
from bot.conversation.draft import Draft, SecrecyOffer
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
        said = {"secret-noted", "publish-noted", "open-stays", "secret-stays", "card-secret", "card-sensitive"}
        buttons = {f"button-{verb}" for verb in ("secret", "publish", "stay-open", "stay-secret")}
        return frozenset({*said, *buttons})

    @property
    def presses(self) -> Mapping[str, DraftPress]:
        """The two buttons that make the report secret, and open again, and those that leave it as it is."""
        return {"secret": _keep_secret, "publish": _publish, "stay-open": _stay, "stay-secret": _stay}

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


def offer_secrecy(turn: Turn, draft: Draft, catalogue: Catalogue, *more: Button, is_afraid: bool) -> Turn:
    """Who reads it, and that it may be secret, with two buttons; nothing else is asked meanwhile.

    Args:
        turn: the turn so far.
        draft: the report.
        catalogue: of the regency.
        more: what else she may press.
        is_afraid: she said so.
    """
    of_whom = "accusing" if is_sensitive(draft, catalogue) else "afraid"
    of_whom = "accusing-afraid" if of_whom == "accusing" and is_afraid else of_whom
    name = line("seen-name", name=draft.name) if draft.name else line("seen-no-name")
    rows = [[button("secret", "secret", draft.key), button("stay-open", "stay-open", draft.key)], more]
    offered = turn.with_draft(replace(draft, secrecy_offer=SecrecyOffer.OPEN))
    return offered.say(line(f"secrecy-offer-{of_whom}"), name, line("secrecy-ask"), rows=[row for row in rows if row])


def ask_whether_secret(turn: Turn, draft: Draft) -> Turn:
    """Whether it stays secret, where her words may want that or refuse it; until she says so it does."""
    rows = [[button("secret", "secret", draft.key), button("stay-open", "publish", draft.key)]]
    asked = turn.with_draft(replace(draft, secrecy_offer=SecrecyOffer.OPEN))
    return asked.say(line("secrecy-doubt"), rows=rows)


def _stay(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    del press, understood
    return talk.proceed(turn, note=line("secret-stays" if draft.secret else "open-stays"))


def _keep_secret(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    del press, understood
    return talk.change_draft(turn, replace(draft, secret=True), note=line("secret-noted"))


def _publish(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    del press, understood
    return talk.change_draft(turn, replace(draft, secret=False), note=line("publish-noted"))


SECRECY = SecrecyQuestion()
