"""No question of the report is without a talk, and the talks' flows are the report's questions."""

from __future__ import annotations

import pytest

from bot.conversation.report import report
from tests.conversations.talks import TALKS
from tests.talks.flows import OF_MOST_TALKS, REPORT, UnknownQuestion, flow_of, named_in


def test_every_question_of_the_report_is_asked_in_a_talk() -> None:
    headers = {talk.settings.flow for talk in TALKS.values()} - {REPORT}
    shown = {name for header in headers for name in named_in(header)}
    missing = [question.name for question in report.asked if question.name not in shown]
    assert not missing, f"write a talk of {missing}: a file in tests/conversations with the line '# flow: story, …'"


def test_most_talks_are_held_over_the_report_in_its_own_order() -> None:
    asked = [question.name for question in report.asked if question.name in OF_MOST_TALKS]
    assert asked == list(OF_MOST_TALKS)
    assert [step.name for step in flow_of().steps] == [*OF_MOST_TALKS, report.review.name]


def test_a_talk_of_one_question_asks_no_other() -> None:
    assert [step.name for step in flow_of("place, story").steps] == ["story", "place", "review"]


def test_a_talk_of_a_question_that_is_not_asked_is_refused() -> None:
    with pytest.raises(UnknownQuestion, match="mood"):
        flow_of("story, mood")
