"""When a draft's card looks for what is reported already, what it then shows, and what becomes of a draft put aside."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.conversation.dialogue import Dialogue, Draft, NearbyCase
from bot.conversation.effects import FileCase, FindNearby, Retire, Show, SupportCase
from bot.conversation.events import Event, NearbyFound, Pressed, Said, Supported
from bot.conversation.screen import Screen, line
from bot.conversation.turn import Turn
from bot.conversation.turn_context import Understood
from tests.fakes.understandings import meaning
from tests.unit.conversation.test_conversation_advance import AT_CARD, DRAFT, hears
from tests.unit.delivery.town import NOON

ONE, TWO = "LP-2345-67CX", "LP-3333-3333"
WAITS = NearbyCase(ONE, "in_progress", "jalan", "Penajam", date(2026, 3, 1), people=12)
CLOSED = replace(WAITS, ticket=TWO, closed_on=date(2026, 3, 2))
PUT_ASIDE = replace(AT_CARD, step="put-aside", draft=replace(DRAFT, put_aside=ONE))


def pressed(press: str, hours: int = 0) -> Pressed:
    return Pressed(id="e9", at=NOON + timedelta(hours=hours), press=press)


def found(*cases: NearbyCase) -> NearbyFound:
    return NearbyFound(id="e9", at=NOON, draft_key=DRAFT.key, cases=cases, note=line("type-noted"))


def draft_of(turn: Turn) -> Draft:
    assert turn.dialogue.draft is not None
    return turn.dialogue.draft


def sought(dialogue: Dialogue, event: Event) -> list[FindNearby]:
    return [effect for effect in hears(dialogue, event).effects if isinstance(effect, FindNearby)]


def card(*cases: NearbyCase) -> Screen:
    shown = [effect for effect in hears(AT_CARD, found(*cases)).effects if isinstance(effect, Show)]
    assert shown, "the card is shown once more"
    assert shown[0].note == line("type-noted"), "what she just did is said with the card that stays"
    return shown[0].screen


def presses(screen: Screen) -> list[str]:
    return [button.press for row in screen.rows for button in row]


def test_the_same_is_not_looked_for_twice_on_one_day() -> None:
    dialogue = hears(AT_CARD, pressed("type:complaint@d1")).dialogue
    assert sought(AT_CARD, pressed("type:complaint@d1"))
    assert not sought(dialogue, pressed("back@d1", hours=1))
    assert sought(dialogue, pressed("back@d1", hours=24))


def test_another_category_is_looked_for_anew() -> None:
    dialogue = hears(AT_CARD, pressed("type:complaint@d1")).dialogue
    [asked] = sought(dialogue, pressed("pick:sampah@d1"))
    assert asked.categories == ("sampah",)


@pytest.mark.parametrize(
    "draft",
    [
        replace(DRAFT, secret=True),
        replace(DRAFT, meaning=replace(meaning(), sensitive=True)),
        replace(DRAFT, category="pungli_korupsi"),
        replace(DRAFT, given_place=replace(DRAFT.given_place, words=None, skipped=True)),
    ],
    ids=["secret", "sensitive by its words", "sensitive by its category", "nowhere"],
)
def test_nothing_is_sought_for_what_is_told_in_trust_or_is_nowhere(draft: Draft) -> None:
    assert not sought(replace(AT_CARD, draft=draft), pressed("back@d1"))


def test_what_was_found_goes_from_the_card_once_she_keeps_hers_secret() -> None:
    looked = hears(AT_CARD, pressed("type:complaint@d1")).dialogue
    dialogue = hears(looked, found(WAITS)).dialogue
    assert draft_of(hears(dialogue, pressed("secret@d1"))).nearby.cases == ()


def test_one_case_has_a_button_of_its_own_and_kirim_stays() -> None:
    shown = card(WAITS)
    assert [one.key for one in shown.lines if "nearby" in one.key] == ["card-nearby", "card-nearby-same"]
    assert [press for press in presses(shown) if "support" in press] == [f"support:{ONE}@d1"]


def test_what_was_closed_is_told_and_has_no_button() -> None:
    shown = card(CLOSED)
    assert [one.key for one in shown.lines if "nearby" in one.key] == ["card-nearby-closed", "card-nearby-again"]
    assert not any("support" in press for press in presses(shown))


def test_what_another_draft_found_is_not_shown_on_this_one() -> None:
    assert hears(AT_CARD, replace(found(WAITS), draft_key="d2")).effects == ()


def test_only_what_the_card_shows_can_be_supported_from_it() -> None:
    dialogue = hears(AT_CARD, found(WAITS)).dialogue
    assert SupportCase(ONE, "d1") in hears(dialogue, pressed(f"support:{ONE}@d1")).effects
    assert not any(isinstance(one, SupportCase) for one in hears(dialogue, pressed(f"support:{TWO}@d1")).effects)


def test_supporting_puts_the_draft_aside_and_files_nothing() -> None:
    dialogue = hears(AT_CARD, found(WAITS)).dialogue
    told = Supported(id="e9", at=NOON, ticket=ONE, people=13, link="http://lapor/t", draft_key="d1")
    turn = hears(dialogue, told)
    assert (turn.dialogue.step, draft_of(turn).put_aside, draft_of(turn).story) == ("put-aside", ONE, DRAFT.story)
    assert any(isinstance(effect, Retire) for effect in turn.effects)
    assert not any(isinstance(effect, FileCase) for effect in turn.effects)


def test_words_to_a_draft_that_was_put_aside_are_asked_about_and_neither_is_lost() -> None:
    turn = hears(PUT_ASIDE, Said(id="e9", at=NOON, text="sampah di pasar menumpuk", ref="m9"), Understood(meaning()))
    assert (turn.dialogue.step, turn.dialogue.aside) == ("stale", "sampah di pasar menumpuk")
    assert draft_of(turn).story == DRAFT.story


def test_whoever_goes_on_with_her_own_is_at_it_again() -> None:
    turn = hears(PUT_ASIDE, pressed("back@d1"))
    assert (turn.dialogue.step, draft_of(turn).put_aside) == ("review", "")
