"""What every step of the talk can do: show what stands open, and go on to what is still to be asked."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.conversation.catalogue import Catalogue, Helpline
from bot.conversation.dialogue import IDLE, Dialogue
from bot.conversation.draft import Draft, SecrecyOffer
from bot.conversation.effects import Say, Show
from bot.conversation.events import Event
from bot.conversation.flow import CHANGE, Flow
from bot.conversation.matters import matters_of, place_of_several
from bot.conversation.others_cases.nearby import look_around
from bot.conversation.questions.secrecy import SECRECY, ask_whether_secret, offer_secrecy
from bot.conversation.screen import Button, ButtonKind, Line, Screen, line, screen
from bot.conversation.screens import OPEN_AT_REST, SCREENS, welcome
from bot.conversation.turn import Turn
from bot.conversation.turn_context import SURE, Understood
from bot.understanding.danger.kind import kind_of_danger
from bot.understanding.danger.violence import is_violence
from bot.understanding.understood import REPORT_TYPES, Meaning, When


@dataclass(frozen=True, slots=True)
class Talk:
    """The declared report and the regency it is held in."""

    flow: Flow
    catalogue: Catalogue

    def open_screen(self, dialogue: Dialogue) -> Screen | None:
        """What stands open; None at rest. A step that this version does not know gives way to the next one."""
        draft = dialogue.draft
        if draft is None:
            known = dialogue.step in OPEN_AT_REST
            return SCREENS[dialogue.step](dialogue, self.catalogue) if known else None
        if dialogue.step in SCREENS:
            return SCREENS[dialogue.step](dialogue, self.catalogue)
        if dialogue.step == CHANGE:
            return self.flow.change_screen(draft)
        if dialogue.step in self.flow.screens:
            return self.flow.screens[dialogue.step](draft, dialogue.about, self.catalogue)
        step = self.flow.named(dialogue.step) or self.flow.next_for(draft)
        open_screen = self.flow.screen(step, draft, self.catalogue)
        question = self.flow.question_at(dialogue.step)
        waited_for = question.waited_for(draft) if question else None
        return replace(open_screen, lines=(waited_for, *open_screen.lines)) if waited_for else open_screen

    def is_at_card(self, dialogue: Dialogue) -> bool:
        """Whether nothing is left to ask: she only has to send it."""
        step = self.flow.named(dialogue.step)
        return dialogue.draft is not None and not (step and not step.ends)

    def offer(self, turn: Turn, *, in_place: bool = False, note: Line | None = None) -> Turn:
        """Show what stands open once more; nothing at rest. `note` is said first."""
        open_screen = self.open_screen(turn.dialogue)
        if open_screen is None:
            return turn.say(note) if note else turn
        return turn.then(Show(open_screen, in_place=in_place, note=note))

    def proceed(self, turn: Turn, *, in_place: bool = False, note: Line | None = None) -> Turn:
        """Go on to what is still to be asked of this draft, or to the card."""
        draft = turn.dialogue.draft
        if draft is None:
            return turn.at(IDLE).then(greeting())
        if draft.put_aside:
            turn = turn.with_draft(replace(draft, put_aside=""))
        if draft.doubted and (draft.given_place or draft.place.is_known()):
            turn = turn.with_draft(replace(draft, put_aside="").with_doubted_words())
        step = self.flow.next_for(draft)
        if self._owes_secrecy(draft):
            at = turn.at(SECRECY.name if step.ends else step.name)
            at = at.say(note) if note else at
            if draft.secrecy_offer is SecrecyOffer.OWED_DOUBT:
                return ask_whether_secret(at, draft)
            is_afraid = draft.secrecy_offer is SecrecyOffer.OWED_AFRAID
            return offer_secrecy(at, draft, self.catalogue, is_afraid=is_afraid)
        if step.ends:
            if draft.secrecy_offer is SecrecyOffer.OWED:  # the card says so itself
                turn = turn.with_draft(replace(draft, secrecy_offer=SecrecyOffer.NONE))
            turn = look_around(turn, self.catalogue, in_place=in_place, note=note)
        return self.offer(turn.at(step.name), in_place=in_place, note=note)

    def begin(self, turn: Turn, event: Event) -> Turn:
        """Open an empty draft and ask for the story; an open draft is offered instead."""
        draft = turn.dialogue.draft
        if draft is None:
            return self.proceed(turn.with_draft(open_draft(event)))
        return self.proceed(turn, note=None if draft.is_blank else line("draft-kept"))

    def change_draft(self, turn: Turn, draft: Draft, *, note: Line | None = None) -> Turn:
        """Put a changed draft in place and show the card, with a word on what pressing that did."""
        return self.proceed(turn.with_draft(draft), in_place=True, note=note)

    def tell(self, turn: Turn, draft: Draft, understood: Understood) -> Turn:
        """Take a draft whose story changed: understand it anew, and put danger before everything.

        What kind of report it is was said first: "kapan diperbaiki?" behind a complaint makes it no question. Bribery
        and violence told behind a question make it a complaint, and stay what they are whatever is added to them; so
        does a category that was sure.
        """
        draft = draft if (when := put_right(understood)) is None else replace(draft, when=when)
        meaning = understood.story(draft.story)
        meaning = replace(meaning, when=draft.when or meaning.when)
        before = turn.dialogue.draft
        if before and before.pieces and before.meaning.intent.name in REPORT_TYPES:
            first = (
                before.meaning if before.meaning.sensitive or not understood.message.sensitive else understood.message
            )
            meaning = replace(meaning, intent=first.intent)
        if before and before.pieces and draft.pieces[: len(before.pieces)] == before.pieces:
            meaning = _still_clear(before.meaning, meaning, understood.message)
        draft = replace(draft, meaning=meaning)
        draft = replace(draft, matters=matters_of(before, draft, understood))
        meaning = replace(
            meaning,
            sensitive=meaning.sensitive or any(one.meaning.sensitive for one in draft.matters),
            place=place_of_several(draft.matters, meaning.place),
        )
        draft = replace(draft, meaning=meaning)
        is_first = meaning.sensitive and not (before and before.meaning.sensitive)
        is_kept = is_first and not draft.secret and is_violence(draft.story)
        draft = replace(draft, secret=draft.secret or is_kept)
        if (meaning.emergency or understood.message.emergency) and not draft.warned:
            draft = replace(draft, warned=True)
            turn = turn.then(Say(hotline_card(self.catalogue, draft.story)))
        turn = turn.with_draft(draft)
        return self._with_secrecy_owed(turn, draft, is_kept=is_kept) if is_first else turn

    def warn(self, turn: Turn, words: str, understood: Understood) -> Turn:
        """The numbers to ring, before anything else, where words of no open report tell of a danger."""
        return turn.then(Say(hotline_card(self.catalogue, words))) if understood.message.emergency else turn

    def _with_secrecy_owed(self, turn: Turn, draft: Draft, *, is_kept: bool) -> Turn:
        """That it may be secret will be said before she is asked anything; what is secret already she hears at once."""
        if is_kept and not self.flow.next_for(draft).ends:
            return turn.say(line("secrecy-kept"))
        is_owed = not draft.secret and draft.secrecy_offer is SecrecyOffer.NONE
        return turn.with_draft(replace(draft, secrecy_offer=SecrecyOffer.OWED)) if is_owed else turn

    def _owes_secrecy(self, draft: Draft) -> bool:
        """Whether she is offered secrecy before the next question; a card that asks nothing says so itself."""
        step = self.flow.next_for(draft)
        if not draft.pieces or step is self.flow.steps[0]:
            return False
        if draft.secret:
            return draft.secrecy_offer is SecrecyOffer.OWED_DOUBT
        asks = not step.ends or self.flow.is_in_doubt(draft)
        is_afraid = draft.secrecy_offer is SecrecyOffer.OWED_AFRAID
        return is_afraid or (draft.secrecy_offer is SecrecyOffer.OWED and asks)


def _still_clear(before: Meaning, meaning: Meaning, added: Meaning) -> Meaning:
    """What was sensitive or sure stays so behind more words, unless they are themselves sure of something."""
    if before.sure and not meaning.sure and not added.has_own_category:
        meaning = replace(meaning, categories=before.categories, sure=True)
    return replace(meaning, sensitive=meaning.sensitive or before.sensitive)


def put_right(understood: Understood) -> When | None:
    """Since when it is, of words that put that right ("eh salah, dari minggu lalu"); None for any others."""
    when, leading = understood.message.when, understood.leading
    is_heard = leading is not None and leading.name == "correct_time" and leading.confidence >= SURE
    return when if when.since and (understood.corrects or is_heard) else None


def open_draft(event: Event) -> Draft:
    """A draft named by the event that opened it, so that a replay opens the same one."""
    return Draft(key=event.id, opened_at=event.at, touched_at=event.at)


def hotline_card(catalogue: Catalogue, story: str) -> Screen:
    """The message that comes before every other answer: the number that fits this danger, and the one for all."""
    helplines = catalogue.helplines_for(kind_of_danger(story))
    numbers = tuple(line("emergency-number", number=one.number, name=one.name) for one in helplines)
    calls = [[call_button(one)] for one in helplines]
    return screen(line("emergency"), *numbers, line("emergency-after"), rows=calls)


def call_button(helpline: Helpline) -> Button:
    """Rings the number, where the channel has such buttons."""
    words = line("button-call", number=helpline.number, name=helpline.name)
    return Button(words, helpline.number, ButtonKind.CALL)


def greeting() -> Say:
    """The menu, for somebody without an open report."""
    return Say(welcome())
