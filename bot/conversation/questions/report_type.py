"""What kind of report it is: a complaint, a wish or a question. Never asked; put right behind Ubah."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.conversation.catalogue import Catalogue
from bot.conversation.draft import Draft
from bot.conversation.presses.press import Press, stale_button
from bot.conversation.questions.question import DraftPress, OpenScreen, Question, opens
from bot.conversation.screen import Button, Label, LabelSource, Line, Screen, button, line, screen
from bot.conversation.turn import Turn
from bot.conversation.turn_context import Understood
from bot.understanding.understood import REPORT_TYPES

if TYPE_CHECKING:
    from bot.conversation.talk import Talk


@dataclass(frozen=True)
class ReportTypeQuestion(Question):
    """The type that the story is heard to be, or that she chose."""

    name: str = "type"
    is_only_heard: bool = True

    @property
    def text_keys(self) -> frozenset[str]:
        """The question, the types, and what the card says."""
        types = {f"type-{one}" for one in REPORT_TYPES}
        return frozenset({*types, "type-ask", "type-noted", "card-type", "button-change-type", "button-back"})

    def is_done(self, draft: Draft) -> bool:
        """Always: what is unclear counts as a complaint."""
        del draft
        return True

    def screen(self, draft: Draft, catalogue: Catalogue) -> Screen:
        """The screen on which she chooses another type."""
        return _ask(draft, "", catalogue)

    @property
    def presses(self) -> Mapping[str, DraftPress]:
        """A type, and its entry behind Ubah."""
        return {"type": _choose, "change-type": opens("type")}

    @property
    def screens(self) -> Mapping[str, OpenScreen]:
        """The screen on which she chooses another type."""
        return {"type": _ask}

    def card_lines(self, draft: Draft, catalogue: Catalogue) -> Iterable[Line]:
        """The type that was heard or chosen."""
        del catalogue
        return [line("card-type", type=Label(LabelSource.TEXT, f"type-{draft.report_type}"))]

    def change_button(self, draft: Draft) -> Button | None:
        """Its button behind Ubah."""
        return button("change-type", "change-type", draft.key)


def _choose(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    del understood
    if press.about not in REPORT_TYPES:
        return stale_button(talk, turn, press)
    return talk.change_draft(turn, replace(draft, type=press.about), note=line("type-noted"))


def _ask(draft: Draft, about: str, catalogue: Catalogue) -> Screen:
    del about, catalogue
    types = [[Button(Label(LabelSource.TEXT, f"type-{name}"), f"type:{name}@{draft.key}")] for name in REPORT_TYPES]
    return screen(line("type-ask"), rows=[*types, [button("back", "back", draft.key)]])


REPORT_TYPE = ReportTypeQuestion()
