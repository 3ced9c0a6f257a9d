"""What every question of a report is: asked, answered, shown on the card, put right and filed in one object."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import TYPE_CHECKING

from bot.conversation.catalogue import Catalogue
from bot.conversation.draft import Draft
from bot.conversation.screen import Button, Line, Rows, Screen, line

if TYPE_CHECKING:  # the talk is held over a flow of questions: importing it here would be a circle
    from bot.conversation.events import Said
    from bot.conversation.presses.press import Press
    from bot.conversation.talk import Talk
    from bot.conversation.turn import Turn
    from bot.conversation.turn_context import Understood

type DraftPress = Callable[[Talk, Turn, Draft, Press, Understood], Turn]
"""What pressing a button does to an open draft."""
type OpenScreen = Callable[[Draft, str, Catalogue], Screen]
"""A screen of an open draft; the text is what it is about (a group of categories), as `Dialogue.about` has it."""


class BrokenFlow(ValueError):
    """A question or a flow is declared wrong; the message says what, and how to mend it."""


class Precedence(Enum):
    """When words are offered to the question that stands open."""

    BEFORE_SMALL_TALK = "before small talk"
    """A greeting may be the answer: somebody's name is Selamat."""
    AFTER_SMALL_TALK = "after small talk"
    AFTER_A_DAY_AWAY = "after a day away"
    """First it is asked whether words of another day still belong to this report."""


class Question:
    """One question of a report.

    A kind of question overrides what differs. What is asked comes from its methods; what was answered is in the draft:
    in a field of its own, or in `Draft.answers` under the question's name. A question holds no state.

    Attributes:
        name: unique in its flow; the step that stands open while it is asked, and the beginning of its text keys.
        ends: whether it is the card, behind which nothing is asked.
        is_only_heard: the flow never asks it: it is understood from the story, and put right behind Ubah.
    """

    name: str
    ends: bool = False
    is_only_heard: bool = False

    @property
    def text_keys(self) -> frozenset[str]:
        """Every key of the text files that it uses; a missing one is refused when the program starts."""
        raise NotImplementedError

    def is_done(self, draft: Draft) -> bool:
        """Whether the flow need not ask it (any more); one that it never asks is always done."""
        del draft
        return True

    def screen(self, draft: Draft, catalogue: Catalogue) -> Screen:
        """The question as the flow asks it."""
        raise NotImplementedError

    # Words ---------------------------------------------------------------------------------------------------

    def precedence(self, step: str) -> Precedence:
        """When words are offered to it, while this step of it stands open."""
        del step
        return Precedence.AFTER_A_DAY_AWAY

    def accepts(self, words: str, draft: Draft, understood: Understood) -> bool:
        """Whether these words answer it: the only place that decides so.

        Words on a button never come here: they press it. Words that are no answer are heard as anything else is.
        """
        del words, draft, understood
        return False

    def answer(self, talk: Talk, turn: Turn, draft: Draft, said: Said, understood: Understood) -> Turn:
        """Take the words that it accepts."""
        raise NotImplementedError

    def was_answered_by(self, draft: Draft, ref: str) -> bool:
        """Whether the message of this name was its answer, so that an edit of it is a new one."""
        del draft, ref
        return False

    def put_right(self, draft: Draft, understood: Understood) -> Draft:
        """The draft with what words that go on with the story put right of this answer ("eh bukan, di …")."""
        del understood
        return draft

    def take_named(self, talk: Talk, turn: Turn, draft: Draft, said: Said, understood: Understood) -> Turn | None:
        """Take the answer that is named by words which decline the question ("I told you already, in Sotek").

        Returns None where none is named.
        """
        del talk, turn, draft, said, understood
        return None

    @property
    def asked_again(self) -> Line:
        """What is said before it is asked once more, after words that answer nothing."""
        return line("still-asked")

    def skip(self, talk: Talk, turn: Turn, draft: Draft) -> Turn:
        """Lewati was pressed while it was asked; a question without that button goes on as it was."""
        del draft
        return talk.proceed(turn)

    @property
    def can_skip(self) -> bool:
        """Whether it may stay without an answer."""
        return False

    # Buttons and screens -------------------------------------------------------------------------------------

    @property
    def presses(self) -> Mapping[str, DraftPress]:
        """What its buttons do, by verb; each verb belongs to one question of a flow."""
        return {}

    @property
    def screens(self) -> Mapping[str, OpenScreen]:
        """Its other screens (to put it right, to choose in two steps), by the step in which each stands open."""
        return {}

    @property
    def steps(self) -> frozenset[str]:
        """The steps in which it is what stands open."""
        return frozenset({self.name, *self.screens})

    def step_before(self, step: str) -> str:
        """Where Kembali leads from one of its screens; "" for back to the report."""
        del step
        return ""

    # The card ------------------------------------------------------------------------------------------------

    def card_lines(self, draft: Draft, catalogue: Catalogue) -> Iterable[Line]:
        """Its answer, as the card shows it."""
        del draft, catalogue
        return ()

    def change_button(self, draft: Draft) -> Button | None:
        """Its entry behind Ubah; None where it has none."""
        del draft
        return None

    def option(self, draft: Draft) -> Button | None:
        """Its button on the card; None where it is asked before, or changed behind Ubah."""
        del draft
        return None

    def rows_in_doubt(self, draft: Draft) -> Rows:
        """What the card asks in the place of Kirim; nothing once that is decided."""
        del draft
        return ()

    def waited_for(self, draft: Draft) -> Line | None:
        """What stands above the card while this question waits for something there; None for one with a screen."""
        del draft
        return None

    # The case ------------------------------------------------------------------------------------------------

    def filed_lines(self, draft: Draft) -> Iterable[Line]:
        """Its answer, as it is filed below the story; nothing where a field of the case keeps it."""
        del draft
        return ()

    def labels(self) -> Iterable[Line]:
        """Lines that must differ from each other in every language, such as its choices; checked at start."""
        return ()


def opens(step: str) -> DraftPress:
    """A button that opens this step, about what it names."""

    def open_step(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
        del draft, understood
        return talk.offer(turn.at(step, press.about), in_place=True)

    return open_step
