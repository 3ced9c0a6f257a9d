"""No question of the report is without a talk, and the talks' flows are the report's questions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.flow import Flow
from bot.conversation.questions.choice import Choice
from bot.conversation.report import report
from tests.conversations.talks import TALKS
from tests.talks.flows import WHOLE, UnknownQuestion, flow_of, named_in, only

MOST_WHOLE_TALKS = 45


def test_every_question_of_the_report_has_a_talk_of_its_own() -> None:
    shown = {name for talk in TALKS.values() if talk.settings.flow for name in named_in(talk.settings.flow)}
    missing = [question.name for question in report.questions if question.name not in shown]
    assert not missing, f"write a talk of {missing}: a file in tests/conversations with the line '# flow: story, …'"


def test_whole_talks_are_held_over_the_report_in_its_own_order() -> None:
    assert [question.name for question in report.questions if question.name in WHOLE] == list(WHOLE)
    assert [question.name for question in flow_of().questions] == list(WHOLE)


def test_a_talk_that_needs_no_whole_report_says_which_questions_it_needs() -> None:
    whole = [file.stem for file, talk in TALKS.items() if not talk.settings.flow]
    assert len(whole) <= MOST_WHOLE_TALKS, "name the questions of a new talk in its header: '# flow: story, place'"


@pytest.mark.parametrize("is_asked", [True, False])
def test_a_question_more_changes_no_talk(*, is_asked: bool) -> None:
    severity = Choice("severity", ("minor", "serious", "dangerous"))
    card = report.review if is_asked else replace(report.review, beside=(*report.review.beside, severity))
    more = Flow(*report.asked, *([severity] if is_asked else []), card)
    held = {talk.settings.flow: only(more, named_in(talk.settings.flow)) for talk in TALKS.values()}
    changed = [named for named, flow in held.items() if flow.steps != flow_of(named).steps]
    assert severity in more.questions
    assert changed == []


def test_a_talk_of_one_question_asks_no_other() -> None:
    flow = flow_of("place, story, name")
    assert [step.name for step in flow.steps] == ["story", "place", "review"]
    assert [question.name for question in flow.review.beside] == ["name"]


def test_a_talk_of_a_question_that_is_not_asked_is_refused() -> None:
    with pytest.raises(UnknownQuestion, match="mood"):
        flow_of("story, mood")
