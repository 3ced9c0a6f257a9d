"""One step's outcome: the dialogue as it is now, and what the service must do, in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.conversation.dialogue import IDLE, Dialogue, FiledDraft
from bot.conversation.draft import Draft
from bot.conversation.effects import Effect, Say
from bot.conversation.screen import Button, Line, screen


@dataclass(frozen=True, slots=True)
class Turn:
    """A dialogue and effects; every method gives a new one."""

    dialogue: Dialogue
    effects: tuple[Effect, ...] = ()

    def then(self, *effects: Effect) -> Turn:
        """This turn with these effects behind the others."""
        return replace(self, effects=self.effects + effects)

    def say(self, *lines: Line, rows: Iterable[Iterable[Button]] = ()) -> Turn:
        """This turn with one more message to be sent."""
        return self.then(Say(screen(*lines, rows=rows)))

    def at(self, step: str, about: str = "") -> Turn:
        """This turn with another step open; `about` says what its screen is about (a ticket, a group)."""
        return replace(self, dialogue=replace(self.dialogue, step=step, about=about))

    def with_draft(self, draft: Draft | None) -> Turn:
        """This turn with another draft, or without one."""
        return replace(self, dialogue=replace(self.dialogue, draft=draft))

    def with_language(self, language: str) -> Turn:
        """This turn with another language, which the citizen is answered in from now on."""
        return replace(self, dialogue=replace(self.dialogue, language=language))

    def with_aside(self, words: str) -> Turn:
        """Remembering words that may yet become a complaint."""
        return replace(self, dialogue=replace(self.dialogue, aside=words))

    def with_failed_lookups(self, failed: tuple[datetime, ...]) -> Turn:
        """This turn with the moments of the failed look-ups that still count."""
        return replace(self, dialogue=replace(self.dialogue, failed_lookups=failed))

    def with_group_greeted(self) -> Turn:
        """The group was pointed to the private chat; not again."""
        return replace(self, dialogue=replace(self.dialogue, greeted_group=True))

    def closed(self, filed: FiledDraft | None = None) -> Turn:
        """Without a draft, at rest; `filed` remembers which case it became."""
        remembered = (*self.dialogue.filed, filed)[-5:] if filed else self.dialogue.filed
        return replace(
            self,
            dialogue=replace(self.dialogue, draft=None, step=IDLE, about="", aside="", filed=remembered),
        )
