"""Where a citizen is in the talk, and her draft. Frozen values, saved at every turn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.conversation.draft import Draft, File

IDLE = "idle"


@dataclass(frozen=True, slots=True)
class FiledDraft:
    """Which case a draft became, so that its old buttons can say so; `category` is "" where none was decided."""

    draft_key: str
    ticket: str
    category: str = ""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What she is about to say of a case of hers.

    Attributes:
        asked_at: since when she is asked for it.
        ticket, action: the case, and what her words shall do; "" while that is still to be chosen.
        seen: the version of the case that she acts on; 0 for whatever it is then.
        question: what the officer wants to know, where one asked.
        words, files: what she has sent so far.
        choices: what it may be for, each as "<action>.<ticket>", while that is still to be chosen.
        said: what the office said last of each case that it may be for, as (ticket, words).
    """

    asked_at: datetime
    ticket: str = ""
    action: str = ""
    seen: int = 0
    question: str = ""
    words: str = ""
    files: tuple[File, ...] = ()
    choices: tuple[str, ...] = ()
    said: tuple[tuple[str, str], ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether neither words nor files were sent for it yet."""
        return not (self.words or self.files)


@dataclass(frozen=True, slots=True)
class Proof:
    """What waits for the six digits that were sent to the number or address in whose name somebody wrote.

    Attributes:
        press: the button whose effect waits, as `Pressed` has it.
        pressed_at: when it was pressed.
        asked_at: when the digits were sent.
        digest: of the digits, keyed; they themselves are kept nowhere.
        tries: how many wrong ones came.
    """

    press: str
    pressed_at: datetime
    asked_at: datetime
    digest: str
    tries: int = 0


@dataclass(frozen=True, slots=True)
class VoiceTranscript:
    """What was heard in a recording, until she says whether it is what she said. `key` names it in its buttons."""

    key: str
    file_id: str
    words: str


CONTRIBUTE, CHOOSE = "contribute", "choose"
"""The steps in which a contribution stands open: her words are waited for, or what they are for."""


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """A question of an officer's that she has just answered; what she sends within minutes belongs to that answer."""

    ticket: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ShownStatus:
    """How a case stood when she last asked; `version` is 0 where it is not hers."""

    ticket: str
    status: str
    version: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Everything remembered of one chat.

    Attributes:
        language: None until she is first met.
        step: name of the question or screen that stands open; `about`: what that screen is about (a ticket, a group).
        aside: words that were answered but may yet become a complaint, if she says so.
        filed: the latest drafts that became cases, newest last.
        failed_lookups: when look-ups of the last hour failed.
        exports: when she last had what is kept of her.
        proof: what waits until she has sent back the digits that were sent to her; None for nothing.
        codes: when digits of the last day were sent to her.
        join_codes: when codes of the last day were shown to her, by which another chat is joined.
        answered: the question that she answered last.
        shown_statuses: how the cases stood that she asked for last, the latest last.
        transcripts: what was heard in recordings and is not confirmed yet, the latest last.
    """

    language: str | None = None
    step: str = IDLE
    about: str = ""
    draft: Draft | None = None
    aside: str = ""
    filed: tuple[FiledDraft, ...] = ()
    failed_lookups: tuple[datetime, ...] = ()
    greeted_group: bool = False
    contribution: Contribution | None = None
    exports: tuple[datetime, ...] = ()
    proof: Proof | None = None
    codes: tuple[datetime, ...] = ()
    join_codes: tuple[datetime, ...] = ()
    answered: AnsweredQuestion | None = None
    shown_statuses: tuple[ShownStatus, ...] = ()
    transcripts: tuple[VoiceTranscript, ...] = ()

    @property
    def contributing(self) -> Contribution | None:
        """What she is about to say of a case of hers; None once something else stands open."""
        return self.contribution if self.step in {CONTRIBUTE, CHOOSE} else None
