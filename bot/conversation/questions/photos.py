"""Photos and other files: sent at any moment, counted on the card, waited for there after Tambah foto."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.conversation.catalogue import Catalogue
from bot.conversation.draft import Draft
from bot.conversation.questions.question import DraftPress, Question, opens
from bot.conversation.screen import Button, Line, button, line

FILE_KINDS = ("photo", "video", "voice", "document")


@dataclass(frozen=True)
class PhotosQuestion(Question):
    """The files of a report, from none to as many as the regency takes."""

    name: str = "photos"

    @property
    def text_keys(self) -> frozenset[str]:
        """What asks for them, its button, and how they are counted."""
        kinds = {f"files-{kind}" for kind in FILE_KINDS}
        return frozenset({*kinds, "photo-ask", "button-photo", "card-files", "files-noted", "files-enough"})

    @property
    def presses(self) -> Mapping[str, DraftPress]:
        """Tambah foto: the next photo is waited for, below the card."""
        return {"photo": opens(self.name)}

    def option(self, draft: Draft) -> Button | None:
        """The button Tambah foto."""
        return button("photo", "photo", draft.key)

    def waited_for(self, draft: Draft) -> Line | None:
        """The line above the card that asks to send the photos now."""
        del draft
        return line("photo-ask")

    def card_lines(self, draft: Draft, catalogue: Catalogue) -> Iterable[Line]:
        """How many of each kind; nothing where there are none."""
        del catalogue
        return [files_line("card-files", (file.kind for file in draft.files))] if draft.files else []


def files_line(key: str, kinds: Iterable[str]) -> Line:
    """A line of this key that counts the files of each kind."""
    counts = Counter(kind if kind in FILE_KINDS else "document" for kind in kinds)
    return line(key, files=tuple(line(f"files-{kind}", count=counts[kind]) for kind in FILE_KINDS if counts[kind]))


PHOTOS = PhotosQuestion()
