"""Photos and other files: sent at any moment, counted on the card, waited for there after Tambah foto."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.conversation.catalogue import Catalogue
from bot.conversation.draft import Draft
from bot.conversation.questions.question import DraftPress, Question, opens
from bot.conversation.screen import Button, Line, button, line

if TYPE_CHECKING:  # the talk is held over a flow of questions: importing it here would be a circle
    from bot.conversation.presses.press import Press
    from bot.conversation.talk import Talk
    from bot.conversation.turn import Turn
    from bot.conversation.turn_context import Understood

FILE_KINDS = ("photo", "video", "voice", "document")
DIGITS = 10
"""Of a digest that names one file of a draft in a button, where a channel's own name may be too long."""


@dataclass(frozen=True)
class PhotosQuestion(Question):
    """The files of a report, from none to as many as the regency takes."""

    name: str = "photos"

    @property
    def text_keys(self) -> frozenset[str]:
        """What asks for them, its button, and how they are counted."""
        kinds = {f"files-{kind}" for kind in FILE_KINDS}
        buttons = {"button-photo", "button-unphoto"}
        return frozenset({*kinds, *buttons, "photo-ask", "card-files", "files-noted", "files-enough"})

    @property
    def presses(self) -> Mapping[str, DraftPress]:
        """Tambah foto: the next photo is waited for, below the card. And what takes one of them back."""
        return {"photo": opens(self.name), "unphoto": _take_back}

    def option(self, draft: Draft) -> Button | None:
        """The button Tambah foto."""
        return replace(button("photo", "photo", draft.key), asks_for_files=True)

    def waited_for(self, draft: Draft) -> Line | None:
        """The line above the card that asks to send the photos now."""
        del draft
        return line("photo-ask")

    def card_lines(self, draft: Draft, catalogue: Catalogue) -> Iterable[Line]:
        """How many of each kind; nothing where there are none."""
        del catalogue
        return [files_line("card-files", (file.kind for file in draft.files))] if draft.files else []


def take_back_buttons(draft: Draft) -> tuple[Button, ...]:
    """For each file of the draft, in their order, the button that takes it back."""
    numbered = enumerate(draft.file_ids, start=1)
    return tuple(
        Button(line("button-unphoto", number=number), f"unphoto:{_named(file_id)}@{draft.key}")
        for number, file_id in numbered
    )


def _take_back(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    """One file is no longer part of the report; one that is gone already stays gone."""
    del understood
    left = tuple(file for file in draft.files if _named(file.file_id) != press.about)
    return talk.offer(turn.with_draft(replace(draft, files=left)), in_place=True)


def _named(file_id: str) -> str:
    return hashlib.sha256(file_id.encode()).hexdigest()[:DIGITS]


def files_line(key: str, kinds: Iterable[str]) -> Line:
    """A line of this key that counts the files of each kind."""
    counts = Counter(kind if kind in FILE_KINDS else "document" for kind in kinds)
    return line(key, files=tuple(line(f"files-{kind}", count=counts[kind]) for kind in FILE_KINDS if counts[kind]))


PHOTOS = PhotosQuestion()
