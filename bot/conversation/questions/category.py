"""What it is about: understood from the story, and asked on the card where that is in doubt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.conversation.catalogue import Catalogue
from bot.conversation.draft import UNKNOWN, Draft
from bot.conversation.presses.press import Press, stale_button
from bot.conversation.questions.question import DraftPress, OpenScreen, Question, opens
from bot.conversation.screen import Button, Label, LabelSource, Line, Rows, Screen, button, line, screen
from bot.conversation.turn import Turn
from bot.conversation.turn_context import Understood

if TYPE_CHECKING:
    from bot.conversation.talk import Talk

MOST_LIKELY = 3


@dataclass(frozen=True)
class CategoryQuestion(Question):
    """The category.

    While it is in doubt the card asks in the place of Kirim: the likeliest, *Lihat semua* and *Tidak tahu*.
    """

    name: str = "category"

    @property
    def text_keys(self) -> frozenset[str]:
        """What the card and the lists of categories say."""
        said = {"category-groups", "category-leaves", "category-noted", "category-unknown-noted", "card-category"}
        buttons = {"button-all", "button-unknown", "button-change-category", "button-back"}
        return frozenset({*said, *buttons, "card-category-doubt", "card-category-unknown"})

    def is_done(self, draft: Draft) -> bool:
        """Always: it is asked on the card."""
        del draft
        return True

    def screen(self, draft: Draft, catalogue: Catalogue) -> Screen:
        """The groups, of which she opens one."""
        return _groups(draft, "", catalogue)

    @property
    def presses(self) -> Mapping[str, DraftPress]:
        """A category, or none that she knows; all of them, and one group; its entry behind Ubah."""
        see_all = opens("groups")
        return {
            "pick": _pick,
            "unknown": _unknown,
            "all": see_all,
            "change-category": see_all,
            "group": opens("leaves"),
        }

    @property
    def screens(self) -> Mapping[str, OpenScreen]:
        """All groups, and the categories of one."""
        return {"groups": _groups, "leaves": _leaves}

    def step_before(self, step: str) -> str:
        """From a group back to all of them."""
        return "groups" if step == "leaves" else ""

    def card_lines(self, draft: Draft, catalogue: Catalogue) -> Iterable[Line]:
        """The category that Kirim would confirm, or that it is in doubt."""
        del catalogue
        decided = draft.decided_category
        if decided == UNKNOWN:
            return [line("card-category-unknown")]
        if decided is None:
            return [line("card-category-doubt")]
        return [line("card-category", category=Label(LabelSource.CATEGORY, decided))]

    def change_button(self, draft: Draft) -> Button | None:
        """Its button behind Ubah, which opens all categories."""
        return button("change-category", "change-category", draft.key)

    def rows_in_doubt(self, draft: Draft) -> Rows:
        """The likeliest, fewer only when nothing was understood at all; all of them; none that she knows."""
        if draft.decided_category:
            return ()
        likely = (guess.name for guess in draft.meaning.categories[:MOST_LIKELY])
        buttons = tuple((Button(Label(LabelSource.CATEGORY, slug), f"pick:{slug}@{draft.key}"),) for slug in likely)
        return (*buttons, (button("all", "all", draft.key), button("unknown", "unknown", draft.key)))


def left_open(draft: Draft) -> Draft:
    """The draft with the category that its sender leaves open: of several matters that of the first, else none."""
    first = draft.matters[0].meaning.categories if draft.matters else ()
    return replace(draft, category=first[0].name if first else UNKNOWN)


def _pick(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    del understood
    if not talk.catalogue.has(press.about):
        return stale_button(talk, turn, press)
    return talk.change_draft(turn, replace(draft, category=press.about), note=line("category-noted"))


def _unknown(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    del press, understood
    return talk.change_draft(turn, replace(draft, category=UNKNOWN), note=line("category-unknown-noted"))


def _groups(draft: Draft, about: str, catalogue: Catalogue) -> Screen:
    del about
    choices = [[Button(Label(LabelSource.CATEGORY, group), f"group:{group}@{draft.key}")] for group in catalogue.groups]
    return screen(line("category-groups"), rows=[*choices, [button("back", "back", draft.key)]])


def _leaves(draft: Draft, about: str, catalogue: Catalogue) -> Screen:
    leaves = catalogue.groups.get(about, ())
    choices = [[Button(Label(LabelSource.CATEGORY, leaf), f"pick:{leaf}@{draft.key}")] for leaf in leaves]
    question = line("category-leaves", group=Label(LabelSource.CATEGORY, about))
    return screen(question, rows=[*choices, [button("back", "back", draft.key)]])


CATEGORY = CategoryQuestion()
