"""Single steps of the talk that no talk file shows; and that no step ever breaks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.advance import advance
from bot.conversation.commands import COMMANDS, taken_apart
from bot.conversation.dialogue import Dialogue
from bot.conversation.draft import Draft, File, GivenPlace, StoryPiece
from bot.conversation.effects import Effect, FileCase, Say
from bot.conversation.events import Event, Pressed, Said
from bot.conversation.presses.dispatch import COMMON
from bot.conversation.presses.menus import WITHOUT_DRAFT
from bot.conversation.report import report
from bot.conversation.screen import line
from bot.conversation.screens import SCREENS
from bot.conversation.turn import Turn
from bot.conversation.turn_context import TicketSeen, Understood
from bot.messaging.records import ChatRecord, read_record, write_record
from bot.messaging.rendering import MessageRenderer
from tests.fakes.understandings import meaning
from tests.unit.delivery import anything
from tests.unit.delivery.town import NOON, assembled

PLACE = GivenPlace(words="depan pasar")
DRAFT = Draft(
    key="d1",
    opened_at=NOON,
    touched_at=NOON,
    pieces=(StoryPiece("m1", "lampu jalan mati"),),
    meaning=meaning(),
    given_place=PLACE,
)
AT_CARD = Dialogue(language="id", step="review", draft=DRAFT)


def hears(dialogue: Dialogue, event: Event, understood: Understood | None = None) -> Turn:
    return advance(assembled().talk, dialogue, event, understood or Understood(message=meaning()))


def said(text: str) -> Said:
    return Said(id="e9", at=NOON, text=text, ref="m9")


def pressed(press: str) -> Pressed:
    return Pressed(id="e9", at=NOON, press=press)


def keys(effects: tuple[Effect, ...]) -> list[str]:
    return [effect.screen.lines[0].key for effect in effects if isinstance(effect, Say)]


def test_each_file_of_the_card_has_a_button_that_takes_it_back_and_a_second_press_changes_nothing() -> None:
    draft = replace(DRAFT, files=(File("photo", "one"), File("photo", "two")))
    at_card = replace(AT_CARD, draft=draft)
    buttons = report.review.screen(draft, assembled().talk.catalogue, report.asked).file_buttons
    assert [button.label for button in buttons] == [line("button-unphoto", number=number) for number in (1, 2)]
    once = hears(at_card, pressed(buttons[0].press)).dialogue
    twice = hears(once, pressed(buttons[0].press)).dialogue
    assert [dialogue.draft and dialogue.draft.file_ids for dialogue in (once, twice)] == [("two",), ("two",)]


# Commands -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("/lapor", "lapor", ""),
        ("/LAPOR@LaporBot lampu mati", "lapor", "lampu mati"),
        ("/lapor\nlampu mati\ndi petung", "lapor", "lampu mati\ndi petung"),
        ("/status   LP-2345-67CX ", "status", "LP-2345-67CX"),
        ("/", "", ""),
    ],
)
def test_a_command_is_told_from_the_words_behind_it(text: str, name: str, words: str) -> None:
    assert taken_apart(text) == (name, words)


def test_words_in_the_line_below_a_command_are_the_story() -> None:
    draft = hears(Dialogue(), said("/lapor\nlampu jalan mati")).dialogue.draft
    assert draft is not None
    assert draft.story == "lampu jalan mati"


# Lewati -------------------------------------------------------------------------------------------------------


def test_lewati_where_a_place_is_asked_goes_on_without_one() -> None:
    asked = replace(AT_CARD, step="place", draft=replace(DRAFT, given_place=None))
    draft = hears(asked, pressed("skip")).dialogue.draft
    assert draft is not None
    assert draft.given_place is not None
    assert draft.given_place.skipped


def test_lewati_left_over_on_a_phone_does_not_take_away_the_place_she_gave() -> None:
    draft = hears(AT_CARD, pressed("skip")).dialogue.draft
    assert draft is not None
    assert draft.given_place == PLACE


# Words beside an open screen ------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["type", "groups", "change", "photos", "review"])
def test_words_at_a_screen_of_the_card_go_on_with_the_story(step: str) -> None:
    turn = hears(replace(AT_CARD, step=step), said("tiangnya miring"))
    assert "story-added" in keys(turn.effects)


# Languages ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("known", "phone", "spoken"), [(None, "en", "en"), (None, "jv", "id"), ("jv", None, "id"), ("en", "id", "en")]
)
def test_a_talk_is_held_in_a_language_that_is_spoken_here(known: str | None, phone: str | None, spoken: str) -> None:
    event = replace(said("halo"), language=phone)
    assert hears(Dialogue(language=known), event).dialogue.language == spoken


# Old buttons --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "press", ["send@d0", "pick:jalan@d0", "nonsense", "forged", "", "@", ":", "send:x@d0", "pick:gone@d1"]
)
def test_a_button_that_no_longer_means_anything_changes_nothing(press: str) -> None:
    assert replace(hears(AT_CARD, pressed(press)).dialogue.draft or DRAFT, touched_at=NOON) == DRAFT


def test_a_card_that_lacks_a_category_is_not_sent() -> None:
    doubtful = replace(AT_CARD, draft=replace(DRAFT, meaning=meaning(sure=False)))
    assert not any(isinstance(effect, FileCase) for effect in hears(doubtful, pressed("send@d1")).effects)


def test_kirim_sends_what_the_card_shows() -> None:
    [effect] = hears(AT_CARD, pressed("send@d1")).effects
    assert effect == FileCase(DRAFT)


def test_who_says_that_something_will_be_told_is_heard_whatever_the_model_makes_of_it() -> None:
    understood = Understood(message=meaning("out_of_scope"), announces=True)
    turn = hears(Dialogue(language="id"), said("min mau curhat nih"), understood)
    assert turn.dialogue.step == "story"


# Always -------------------------------------------------------------------------------------------------------

steps = st.sampled_from(
    ["idle", "gone", "story", "place", "review", "photos", "name", "change", *SCREENS, *report.screens]
)
verbs = st.sampled_from([*WITHOUT_DRAFT, *COMMON, *report.presses, "gone", ""])
OF_A_CASE = (":confirm.LP-2345-67CX.3", ":reply.LP-2345-67CX.x", ":dispute.LP-2345-67CX", ":LP-2345-67CX.5", ":gone.x")
abouts = st.sampled_from(
    ["", ":jalan", ":infrastruktur", ":LP-2345-67CX", ":en", ":jv", ":complaint", ":gone", *OF_A_CASE]
)
presses = st.builds("{}{}{}".format, verbs, abouts, st.sampled_from(["", "@d1", "@d0"]))
commands = st.builds(
    "/{}{}".format, st.sampled_from([*COMMANDS, "gone"]), st.sampled_from(["", " lampu mati", "\nhalo"])
)
heards = st.one_of(
    anything.meaning,
    st.builds(
        meaning,
        st.sampled_from(["complaint", "greet", "thanks", "affirm", "deny", "cancel", "help", "about_bot", "praise"]),
        place=anything.places,
        sure=st.booleans(),
    ),
)
understoods = st.builds(
    Understood,
    message=heards,
    tickets=st.sampled_from([(), (TicketSeen("LP-2345-67CX"),), (TicketSeen("LP-2345-67CY", mistyped=True),)]),
    answer=st.none() | st.sampled_from(["what-does-it-cost"]),
    corrects=st.booleans(),
    announces=st.booleans(),
)
events = st.one_of(
    anything.events_of_talk,
    st.builds(Pressed, id=anything.words, at=anything.moments, press=presses),
    st.builds(Said, id=anything.words, at=anything.moments, text=commands | anything.words),
)
dialogues = st.builds(
    replace,
    anything.dialogues,
    step=steps,
    draft=st.none() | st.builds(replace, anything.drafts, key=st.just("d1"), meaning=heards),
    language=st.sampled_from([None, "id", "en", "jv"]),
)


@pytest.mark.thorough
@settings(max_examples=60)
@given(dialogues, events, understoods)
def test_no_step_ever_breaks_and_what_it_leaves_can_be_kept(
    dialogue: Dialogue, event: Event, understood: Understood
) -> None:
    turn = hears(dialogue, event, understood)
    service, record = assembled(), ChatRecord(turn.dialogue)
    wording = MessageRenderer(service.texts, service.signer, "siti", turn.dialogue.language or "", plain=False)
    _, record = wording.compose(turn.effects, record, "7")
    assert read_record(write_record(record)) == record


@pytest.mark.thorough
@settings(max_examples=60)
@given(dialogues, events, understoods)
def test_a_draft_goes_only_when_she_says_so(dialogue: Dialogue, event: Event, understood: Understood) -> None:
    turn = hears(dialogue, event, understood)
    says_so = dialogue.step == "cancel" or "fresh" in str(event) or "cancel-yes" in str(event) or "delete" in str(event)
    assert dialogue.draft is None or turn.dialogue.draft is not None or says_so
