"""What the card offers beside Kirim: each option is one button, and says in one line what it does when pressed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.conversation.dialogue import Draft
from bot.conversation.screen import Button, button


@dataclass(frozen=True, slots=True)
class Option:
    """A button of the card: `verb` gives the name of its label and what pressing it means."""

    verb: Callable[[Draft], str]
    verbs: frozenset[str]

    @property
    def text_keys(self) -> frozenset[str]:
        """The labels it may carry."""
        return frozenset(f"button-{verb}" for verb in self.verbs)

    def button(self, draft: Draft) -> Button:
        """Its button, as this draft needs it."""
        verb = self.verb(draft)
        return button(verb, verb, draft.key)


def _one(verb: str) -> Option:
    return Option(lambda _: verb, frozenset({verb}))


ChangeAnything = _one("change")
AddPhoto = _one("photo")
GiveName = Option(lambda draft: "drop-name" if draft.name else "name", frozenset({"name", "drop-name"}))
KeepSecret = Option(lambda draft: "publish" if draft.secret else "secret", frozenset({"secret", "publish"}))
