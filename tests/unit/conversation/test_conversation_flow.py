"""A flow that is declared wrong is refused when it is built, with the mend."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.draft import Draft, GivenPlace, StoryPiece
from bot.conversation.flow import COMMON_PRESSES, Flow, Step
from bot.conversation.presses.dispatch import COMMON
from bot.conversation.questions.choice import LONGEST_PRESS, Choice
from bot.conversation.questions.place import PLACE
from bot.conversation.questions.question import BrokenFlow
from bot.conversation.questions.review import Review
from bot.conversation.questions.story import STORY
from bot.conversation.report import report
from bot.conversation.screen import Line
from tests.fakes.understandings import meaning
from tests.talks.flows import flow_of
from tests.talks.text_uses import LANGUAGES
from tests.unit.delivery.town import NOON, assembled

REVIEW = Review()
SEVERITY = Choice("severity", ("minor", "severe"))


def a_draft(text: str = "", place: GivenPlace | None = None) -> Draft:
    pieces = (StoryPiece("m1", text),) if text else ()
    return Draft(key="d1", opened_at=NOON, touched_at=NOON, pieces=pieces, given_place=place, meaning=meaning())


def test_two_steps_of_one_name_are_refused() -> None:
    with pytest.raises(BrokenFlow, match=r"'story'.*name of its own"):
        Flow(STORY, Choice("story", ("short", "long")), REVIEW)


def test_a_step_behind_the_end_is_refused() -> None:
    with pytest.raises(BrokenFlow, match=r"'place'.*before 'review'"):
        Flow(STORY, REVIEW, PLACE)


@pytest.mark.parametrize("steps", [(), (STORY,), (STORY, PLACE)])
def test_a_flow_that_never_ends_is_refused(steps: tuple[Step, ...]) -> None:
    with pytest.raises(BrokenFlow, match="put a Review last"):
        Flow(*steps)


def test_a_question_that_takes_a_button_of_every_draft_is_refused() -> None:
    with pytest.raises(BrokenFlow, match=r"two buttons say \['send'\]"):
        Flow(STORY, Choice("send", ("now", "later")), REVIEW)


def test_a_question_that_takes_a_screen_is_refused() -> None:
    with pytest.raises(BrokenFlow, match=r"two screens are named \['withdraw'\]"):
        Flow(STORY, Choice("withdraw", ("now", "later")), REVIEW)


def test_the_buttons_of_every_draft_are_known_to_the_flow() -> None:
    assert COMMON.keys() == COMMON_PRESSES


@pytest.mark.parametrize(
    ("name", "choices", "why"),
    [
        ("severity", ("minor",), "two choices or more"),
        ("severity", ("minor", "minor"), "each once"),
        ("severity", ("minor", "title"), "call the choice 'title' otherwise"),
        ("Severity", ("minor", "severe"), r"\['Severity'\] must be small letters"),
        ("severity", ("minor", "severe:1"), r"\['severe:1'\] must be small letters"),
        ("severity", ("minor", "so-severe-that-it-fits-no-button"), "shorten"),
    ],
)
def test_a_choice_that_no_button_can_carry_is_refused(name: str, choices: tuple[str, ...], why: str) -> None:
    with pytest.raises(BrokenFlow, match=why):
        Choice(name, choices)


def test_a_text_key_that_no_file_has_is_refused_with_the_step_that_uses_it() -> None:
    with pytest.raises(BrokenFlow, match=r"'severity'.*\['severity-label'\]: write them"):
        Flow(SEVERITY, REVIEW).check_texts(SEVERITY.text_keys - {"severity-label"}, str)


def test_two_choices_that_read_the_same_are_refused() -> None:
    known = SEVERITY.text_keys | REVIEW.text_keys
    with pytest.raises(BrokenFlow, match=r"'severity' says \['Parah'\] for several"):
        Flow(SEVERITY, REVIEW).check_texts(known, lambda _: "Parah")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_says_nothing_that_its_texts_do_not_have(language: str) -> None:
    texts = assembled().texts
    report.check_texts(texts.keys(language), lambda line: texts.say(language, line))
    assert all(step.text_keys <= texts.keys(language) for step in (*report.steps, *report.questions))


@pytest.mark.parametrize(
    ("draft", "step"),
    [
        (a_draft(), "story"),
        (a_draft("lampu mati"), "story"),
        (a_draft("lampu jalan mati"), "place"),
        (a_draft("lampu jalan mati", GivenPlace(words="depan pasar")), "review"),
        (a_draft("lampu jalan mati", GivenPlace(skipped=True)), "review"),
    ],
)
def test_only_what_is_missing_is_asked(draft: Draft, step: str) -> None:
    assert flow_of().next_for(draft).name == step


@pytest.mark.parametrize(("answers", "step"), [({}, "severity"), ({"severity": "old"}, "severity")])
def test_a_choice_is_asked_until_it_has_an_answer_that_this_version_knows(answers: dict[str, str], step: str) -> None:
    assert Flow(SEVERITY, REVIEW).next_for(replace(a_draft(), answers=answers)).name == step


@pytest.mark.parametrize("answer", ["severe", ""])
def test_a_choice_is_done_once_it_was_chosen_or_skipped(answer: str) -> None:
    assert Flow(SEVERITY, REVIEW).next_for(replace(a_draft(), answers={"severity": answer})) is REVIEW


def test_a_choice_without_lewati_is_not_skipped() -> None:
    demanded = replace(SEVERITY, can_skip=False)
    assert not demanded.is_done(replace(a_draft(), answers={"severity": ""}))


def test_only_a_chosen_answer_is_filed() -> None:
    flow = Flow(STORY, SEVERITY, REVIEW)
    label = (Line("severity-label", (("choice", "title"),)),)
    answer = (Line("severity-label", (("choice", "severe"),)),)
    chosen = flow.filed_lines(replace(a_draft(), answers={"severity": "severe", "gone": "x"}))
    assert chosen == (Line("card-answer", (("answer", answer), ("question", label))),)
    assert flow.filed_lines(replace(a_draft(), answers={"severity": ""})) == ()


def test_a_step_that_this_version_does_not_have_is_none() -> None:
    assert report.named("gone") is None


def test_buttons_of_every_card_fit_into_telegrams_64_bytes() -> None:
    service, key = assembled(), "t12345678"
    verbs = [
        *(f"pick:{leaf.slug}" for leaf in service.regency.leaves()),
        *map("group:{}".format, service.regency.categories),
        "q" * LONGEST_PRESS,
    ]
    presses = [service.signer.sign("-1001234567890", f"{verb}@{key}") for verb in verbs]
    assert max(len(press.encode()) for press in presses) <= 64
