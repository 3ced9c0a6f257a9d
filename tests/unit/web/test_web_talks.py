"""The talks of `tests/conversations`, held in a browser: the same core says the same there."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.conversations.talks import FILES, TALKS, held_in_core
from tests.talks.channels import Eyes, Gift, shapes_of
from tests.talks.messages import How, Message, rendered
from tests.talks.performance import hold
from tests.talks.world import World
from tests.unit.web.stage import WebStage

pytestmark = pytest.mark.thorough

WEB = Eyes(
    lacks=frozenset({Gift.STICKERS, Gift.EDITS, Gift.GROUPS, Gift.NAME, Gift.REPLIES, Gift.DOCUMENTS}),
    cuts_long_messages=False,
)
HELD = [file for file in FILES if WEB.can_hold(TALKS[file])]
CHOSEN = frozenset(
    {
        "afraid",
        "aspiration_and_information",
        "category_in_words",
        "change_each_part",
        "change_place_by_pin",
        "change_story_or_thank",
        "dialogue_act_doubt_once",
        "dialogue_act_fear_says_who",
        "dialogue_act_violence_is_secret",
        "dialogue_act_without_a_model",
        "doubt_see_all",
        "doubt_three_categories",
        "doubt_unknown",
        "english",
        "help_that_was_a_report",
        "kept_secret",
        "language_changed",
        "limit_of_filing",
        "longer_than_a_card",
        "matters_later_with_a_time",
        "model_is_down",
        "name_and_report_secret",
        "name_in_a_sentence",
        "name_with_a_photo",
        "name_with_more_around_it",
        "nearby_elsewhere",
        "nearby_put_aside_then_another",
        "nearby_supported",
        "own_answer_said_yes_and_no",
        "own_data_forgotten",
        "own_disputed_three_times",
        "own_english",
        "own_new_link_without_a_case",
        "own_question_or_new_report",
        "own_rejected_then_appealed",
        "own_silence_then_reopened",
        "own_two_questions",
        "own_whole_life",
        "own_withdrawn_after_an_answer",
        "phone_of_another_language",
        "photo_added_on_the_card",
        "place_answered_with_another_matter",
        "place_of_a_question",
        "praise_that_names_an_office",
        "privacy",
        "question_first",
        "question_was_a_report",
        "restart",
        "said_already",
        "send_insisted",
        "sensitive_stays",
        "small_talk_is_no_report",
        "split_in_words",
        "status_by_number",
        "status_mistyped",
        "three_matters",
        "three_matters_rejoined",
        "three_matters_secret",
        "two_matters",
        "two_matters_and_more",
        "two_matters_as_one",
        "two_matters_english",
        "two_matters_in_two_messages",
        "two_matters_one_supported",
        "two_matters_rejoined",
        "weekly_offered",
        "wishes_in_words",
        "yes_and_no_on_the_card",
    }
)
"""Talks that have every row of buttons, every kind of message and every act of any that a browser can hold."""


def as_a_page_stands(messages: list[Message]) -> list[str]:
    """What was changed stands above what is new."""
    return sorted((rendered(message) for message in messages), key=lambda text: text)


@pytest.mark.parametrize("file", [file for file in HELD if file.stem in CHOSEN], ids=lambda file: file.stem)
def test_a_browser_talks_as_the_core_does(file: Path) -> None:
    talk = TALKS[file]
    held = asyncio.run(hold(talk, WebStage(World(talk.settings))))
    core = held_in_core(file)
    expected = [as_a_page_stands(WEB.see(messages)) for messages in core.answers]
    assert [as_a_page_stands(messages) for messages in held.answers] == expected
    assert held.cases == core.cases


def test_the_chosen_talks_have_everything_that_a_browser_shows() -> None:
    assert len(HELD) > len(FILES) * 2 / 3
    assert How.RETIRED in WEB.sees
    chosen = [file for file in HELD if file.stem in CHOSEN]
    assert len(chosen) == len(CHOSEN)
    missing = everything_in(HELD) - everything_in(chosen)
    assert not {file.stem for file in HELD if missing & everything_in([file])}, (
        f"One of these has to be chosen: {missing}"
    )


def everything_in(files: list[Path]) -> frozenset[tuple[object, ...]]:
    messages = [one for file in files for answer in held_in_core(file).answers for one in answer]
    acts = {("act", type(command)) for file in files for step in TALKS[file].steps for command in step.commands}
    return frozenset({*acts, *((one.how, one.labels) for one in messages), *shapes_of(messages)})
