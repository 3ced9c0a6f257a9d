"""A flow that is declared wrong is refused when it is built, with the mend."""

from __future__ import annotations

import pytest

from bot.conversation.dialogue import Draft, GivenPlace, StoryPiece
from bot.conversation.effects import FileCase
from bot.conversation.flow import BrokenFlow, Flow
from bot.conversation.questions.options import AddPhoto, GiveName, KeepSecret
from bot.conversation.questions.steps import Ask, Locate, Review, likeliest_categories, place_is_known
from bot.conversation.report import report
from tests.fakes.understandings import meaning
from tests.unit.delivery.town import NOON, assembled

STORY, PLACE = Ask("story", at_least_words=3), Locate("place", unless=place_is_known)
REVIEW = Review("review", send=FileCase, in_doubt=likeliest_categories, options=(AddPhoto, GiveName, KeepSecret))


def a_draft(text: str = "", place: GivenPlace | None = None) -> Draft:
    pieces = (StoryPiece("m1", text),) if text else ()
    return Draft(key="d1", opened_at=NOON, touched_at=NOON, pieces=pieces, given_place=place, meaning=meaning())


def test_two_steps_of_one_name_are_refused() -> None:
    with pytest.raises(BrokenFlow, match=r"'story'.*name of its own"):
        Flow(STORY, Ask("story", at_least_words=1), REVIEW)


def test_a_step_behind_the_end_is_refused() -> None:
    with pytest.raises(BrokenFlow, match=r"'place'.*before 'review'"):
        Flow(STORY, REVIEW, PLACE)


@pytest.mark.parametrize("steps", [(), (STORY,), (STORY, PLACE)])
def test_a_flow_that_never_ends_is_refused(steps: tuple[Ask | Locate, ...]) -> None:
    with pytest.raises(BrokenFlow, match="put a Review last"):
        Flow(*steps)


def test_a_text_key_that_no_file_has_is_refused_with_the_step_that_uses_it() -> None:
    with pytest.raises(BrokenFlow, match=r"'story'.*story-too-short"):
        Flow(STORY, REVIEW).check_texts({"story-ask", "button-cancel"})


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_report_says_nothing_that_its_texts_do_not_have(language: str) -> None:
    known = assembled().texts.keys(language)
    report.check_texts(known)
    assert all(step.text_keys <= known for step in report.steps)


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
    assert report.next_for(draft).name == step


def test_a_step_that_this_version_does_not_have_is_none() -> None:
    assert report.named("gone") is None


def test_buttons_of_every_card_fit_into_telegrams_64_bytes() -> None:
    service, key = assembled(), "t12345678"
    verbs = [
        *(f"pick:{leaf.slug}" for leaf in service.regency.leaves()),
        *map("group:{}".format, service.regency.categories),
    ]
    presses = [service.signer.sign("-1001234567890", f"{verb}@{key}") for verb in verbs]
    assert max(len(press.encode()) for press in presses) <= 64
