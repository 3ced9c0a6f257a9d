"""Where her words about a case of hers go, step by step, without a case book."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.conversation.dialogue import CHOOSE, CONTRIBUTE, Contribution, Dialogue, FiledDraft
from bot.conversation.draft import File
from bot.conversation.effects import Effect, Say
from bot.conversation.events import Event, FileRefusal, FilesRefused, Pressed, RefusedFile, Said, SentPhoto, SharedPlace
from bot.conversation.own_cases.effects import AskOwnCase, DoOwnCase, FindAwaited
from bot.conversation.own_cases.events import AwaitedCase, AwaitedFound, OwnCaseMoved, OwnCaseRefused
from bot.conversation.turn import Turn
from bot.conversation.turn_context import TicketSeen, Understood
from bot.understanding.understood import Guess, Meaning, Place
from tests.fakes.understandings import meaning
from tests.unit.conversation.test_conversation_advance import hears
from tests.unit.delivery.town import NOON

ONE, TWO = "LP-2345-67CX", "LP-3333-3333"
HOME = Dialogue(language="id", filed=(FiledDraft("d1", ONE),))
NOTHING = Understood(Meaning(Guess("none", 0.0)))


def asked(action: str = "reply", **more: Any) -> Dialogue:
    known = replace(Contribution(NOON, ONE, action, 4), **more)
    return replace(HOME, step=CHOOSE if known.choices else CONTRIBUTE, about=ONE, contribution=known)


def said(text: str, hours: int = 0, reply_to: str = "") -> Said:
    return Said(id="e9", at=NOON + timedelta(hours=hours), text=text, ref="m9", reply_to=reply_to)


def photo(name: str = "p1", caption: str = "") -> SentPhoto:
    return SentPhoto(id="e9", at=NOON, kind="photo", file_id=name, caption=caption)


def pressed(press: str) -> Pressed:
    return Pressed(id="e9", at=NOON, press=press)


def does(dialogue: Dialogue, event: Event, understood: Understood = NOTHING) -> tuple[Effect, ...]:
    return hears(dialogue, event, understood).effects


def found(event: Said | SentPhoto, *cases: AwaitedCase, is_reply: bool = False) -> AwaitedFound:
    return AwaitedFound(id="e9", at=event.at, sent=event, cases=cases, is_reply=is_reply)


WAITS = AwaitedCase(ONE, ("reply", "withdraw"), "Di mana?")
ANSWERED = AwaitedCase(TWO, ("confirm", "dispute", "add", "withdraw"), "Sudah ditutup")


def test_words_that_she_was_asked_for_go_to_that_case() -> None:
    assert does(asked(), said("di kiri jalan")) == (DoOwnCase(ONE, "reply", 4, "di kiri jalan"),)


def test_photos_wait_until_she_says_that_it_is_all() -> None:
    turn = hears(asked(), photo("p1", "ini"))
    turn = hears(turn.dialogue, photo("p2"))
    assert not any(isinstance(effect, DoOwnCase) for effect in turn.effects)
    expected = DoOwnCase(ONE, "reply", 4, "ini", (File("photo", "p1"), File("photo", "p2")))
    assert does(turn.dialogue, pressed("own-done")) == (expected,)


def test_the_same_photo_again_is_one() -> None:
    turn = hears(hears(asked(), photo()).dialogue, photo())
    assert turn.dialogue.contribution
    assert len(turn.dialogue.contribution.files) == 1


def test_a_position_is_an_answer_in_words() -> None:
    pin = SharedPlace(id="e9", at=NOON, lat=-1.316, lon=116.696)
    known = Understood(Meaning(Guess("none", 0.0), place=Place(village="Lawe-lawe")))
    assert does(asked(), pin, known) == (DoOwnCase(ONE, "reply", 4, "Lawe-lawe · -1.31600, 116.69600"),)


def test_long_after_she_was_asked_she_says_first_what_it_is_for() -> None:
    turn = hears(asked("add"), said("sampah menumpuk", hours=2), NOTHING)
    assert turn.dialogue.contributing == Contribution(
        NOON, ONE, "add", 4, words="sampah menumpuk", choices=(f"add.{ONE}",)
    )
    assert turn.dialogue.step == CHOOSE


def test_words_to_a_rating_that_tell_of_a_matter_are_no_words_to_a_rating() -> None:
    assert does(asked("remark"), said("cepat sekali")) == (DoOwnCase(ONE, "remark", 4, "cepat sekali"),)
    turn = hears(asked("remark"), said("lampu jalan mati"), Understood(meaning(sure=True)))
    assert turn.dialogue.step == CHOOSE


@pytest.mark.parametrize("text", ["/bantuan", "👍", TWO])
def test_commands_signs_and_numbers_are_no_answers(text: str) -> None:
    known = replace(NOTHING, tickets=(TicketSeen(TWO),) if text == TWO else ())
    assert not any(isinstance(effect, DoOwnCase) for effect in does(asked(), said(text), known))


@pytest.mark.parametrize("intent", ["thanks", "greet"])
def test_a_polite_word_is_no_answer_but_a_polite_answer_is(intent: str) -> None:
    polite = Understood(Meaning(Guess(intent, 0.9)))
    assert not any(isinstance(effect, DoOwnCase) for effect in does(asked(), said("makasih ya"), polite))
    assert does(asked(), said("makasih ya, di kiri jalan itu"), polite) == (
        DoOwnCase(ONE, "reply", 4, "makasih ya, di kiri jalan itu"),
    )


def test_a_no_is_an_answer_to_a_question() -> None:
    assert does(asked(), said("tidak"), Understood(Meaning(Guess("deny", 0.9)))) == (
        DoOwnCase(ONE, "reply", 4, "tidak"),
    )


def test_words_at_rest_are_first_compared_with_what_waits_for_her() -> None:
    heard_now = said("di kiri jalan")
    assert does(HOME, heard_now) == (FindAwaited(heard_now),)
    assert does(Dialogue(language="id"), heard_now) != (FindAwaited(heard_now),)


def test_unasked_words_are_offered_to_every_case_that_waits() -> None:
    turn = hears(HOME, found(said("di kiri jalan"), WAITS, ANSWERED))
    assert turn.dialogue.contributing
    assert turn.dialogue.contributing.choices == (f"reply.{ONE}", f"confirm.{TWO}", f"dispute.{TWO}")
    assert not any(isinstance(effect, DoOwnCase) for effect in turn.effects)


def test_an_answer_to_the_question_s_own_message_needs_no_tap() -> None:
    turn = hears(HOME, found(said("di kiri jalan", reply_to="7"), WAITS, is_reply=True))
    assert turn.effects == (DoOwnCase(ONE, "reply", 0, "di kiri jalan"),)


def test_an_answer_to_any_other_message_is_added_only_after_a_tap() -> None:
    open_case = AwaitedCase(ONE, ("add", "withdraw"))
    turn = hears(HOME, found(said("di kiri jalan", reply_to="7"), open_case, is_reply=True))
    assert turn.dialogue.contributing
    assert turn.dialogue.contributing.choices == (f"add.{ONE}",)


def test_what_is_about_no_case_of_hers_is_heard_as_ever() -> None:
    turn = hears(HOME, found(said("lampu jalan mati di pasar", reply_to="7"), is_reply=True), Understood(meaning()))
    assert turn.effects == (FindAwaited(said("lampu jalan mati di pasar")),)
    turn = hears(HOME, found(said("lampu jalan mati di pasar")), Understood(meaning()))
    assert turn.dialogue.draft
    assert turn.dialogue.draft.story == "lampu jalan mati di pasar"


def test_a_tap_sends_what_she_wrote_where_she_says() -> None:
    waiting = asked(words="di kiri", files=(File("photo", "p1"),), choices=(f"reply.{ONE}", f"dispute.{TWO}"))
    expected = DoOwnCase(TWO, "dispute", 4, "di kiri", (File("photo", "p1"),))
    assert does(waiting, pressed(f"tell:dispute.{TWO}")) == (expected,)


def test_a_bare_no_is_asked_for_its_reason() -> None:
    waiting = asked(words="belum pak", choices=(f"confirm.{TWO}", f"dispute.{TWO}"))
    assert does(waiting, pressed(f"tell:dispute.{TWO}")) == (AskOwnCase(TWO, "dispute"),)


def test_a_choice_left_over_on_a_phone_asks_for_the_words() -> None:
    assert does(HOME, pressed(f"tell:reply.{ONE}")) == (AskOwnCase(ONE, "reply"),)


def test_a_new_report_takes_the_words_and_the_files() -> None:
    waiting = replace(asked(words="sampah", files=(File("photo", "p1"),), choices=(f"reply.{ONE}",)), aside="sampah")
    turn = hears(waiting, pressed("own-new"), Understood(meaning()))
    assert turn.dialogue.draft
    assert (turn.dialogue.draft.story, turn.dialogue.draft.file_ids) == ("sampah", ("p1",))
    assert turn.dialogue.contributing is None


def test_what_was_refused_can_still_be_added() -> None:
    refused = OwnCaseRefused(
        id="e9",
        at=NOON,
        ticket=ONE,
        since="answer",
        may=("confirm", "add"),
        words="di kiri",
        files=(File("photo", "p1"),),
    )
    kept = hears(asked(), refused).dialogue.contributing
    assert kept
    assert (kept.words, kept.files, kept.choices) == ("di kiri", (File("photo", "p1"),), (f"add.{ONE}",))


def test_a_file_that_cannot_be_kept_does_not_go_along() -> None:
    gone = FilesRefused(id="e9", at=NOON, files=(RefusedFile("photo", "p1", FileRefusal.BROKEN),))
    left = hears(asked(files=(File("photo", "p1"), File("photo", "p2"))), gone).dialogue.contributing
    assert left
    assert left.files == (File("photo", "p2"),)


def test_a_rating_is_asked_for_only_after_she_has_confirmed() -> None:
    def labels(turn: Turn) -> list[str]:
        says = [effect.screen for effect in turn.effects if isinstance(effect, Say)]
        return [one.press for screen in says for row in screen.rows for one in row]

    moved = OwnCaseMoved(id="e9", at=NOON, ticket=ONE, action="confirm", agency="roads", until=NOON.date())
    assert labels(hears(HOME, moved)) == [f"rate:{ONE}.{given}" for given in range(1, 6)]
    assert labels(hears(HOME, replace(moved, action="dispute", reviewer="liaison"))) == []


@pytest.mark.parametrize(
    "press", ["rate:LP-2345-67CX.6", "rate:LP-2345-67CX", "own:forward.LP-2345-67CX.3", "own-done", "own-new"]
)
def test_a_button_that_means_nothing_does_nothing(press: str) -> None:
    assert not any(isinstance(effect, DoOwnCase | AskOwnCase) for effect in does(HOME, pressed(press)))
