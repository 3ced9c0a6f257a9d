"""What is counted of a case: late stays late, reopened is not solved, silence rates nothing; and events tell it all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.cases.actions import CaseAction
from actions.cases.case import AWAITED, HandlingClass, Location, Visibility
from actions.cases.decide import decide
from actions.cases.due import due
from actions.cases.replay import BrokenHistory
from actions.people.roles import REPORTER, SYSTEM
from actions.statistics.case_statistics import CaseStatistics, statistics_after, statistics_of
from tests.unit.actions.acting import (
    LEO,
    LINA,
    MODI,
    REGENCY,
    REMINDED,
    VERA,
    WORDS,
    Handled,
    answered,
    asked,
    closed,
    filed,
    forwarded,
    in_progress,
    rejected,
)
from tests.unit.actions.test_lifecycle_always import Try, tries

CALENDAR = REGENCY.calendar


def statistics(now: Handled) -> CaseStatistics:
    """What its events say."""
    return statistics_of(now.case, now.events, REGENCY)


def left_alone(now: Handled) -> Handled:
    """Its reporter is reminded twice and says nothing."""
    for _ in range(40):
        now = now.later(days=1).swept()
    return now


@dataclass(slots=True)
class Keeper:
    """A case, with its facts as they are kept with each event."""

    now: Handled
    statistics: CaseStatistics | None = None

    def keep(self, after: Handled) -> None:
        """Something has happened to it."""
        self.statistics = statistics_after(self.statistics, after.events[-1], after.case, CALENDAR.day(after.at))
        self.now = after

    def waits(self, days: int) -> None:
        """Time passes, and the service does what is due, one thing after the other."""
        self.now = self.now.later(days=days, hours=1)
        while self.now.case_state and (command := due(self.now.case_state, self.now.at, REGENCY)):
            made = decide(self.now.case, self.now.case_state, command, SYSTEM, self.now.at, REGENCY, REMINDED)
            events = (*self.now.events, made.event)
            self.keep(replace(self.now, case=made.case, case_state=made.case_state, events=events))

    def tries(self, attempt: Try) -> None:
        """Somebody tries something."""
        action, who, command, known, days = attempt
        self.waits(days)
        if not self.now.refuses(action, who, known, **command):
            self.keep(self.now.then(action, who, known, **command))


@given(st.lists(tries, max_size=25))
def test_what_is_kept_with_each_event_is_what_all_events_say(attempts: list[Try]) -> None:
    keeper = Keeper(filed())
    keeper.keep(keeper.now)
    for attempt in attempts:
        keeper.tries(attempt)
    told, case = keeper.statistics, keeper.now.case
    assert told == statistics(keeper.now)
    assert told is not None
    assert (told.status, told.agency, told.version) == (case.status, case.agency, case.version)
    assert (told.due_on is not None) == (case.status in AWAITED)


def test_an_answer_in_its_time_is_in_time() -> None:
    told = statistics(answered())
    assert (told.is_late, told.answered_on, told.answer_days, told.solved_on) == (False, told.received_on, 0, None)


def test_late_stays_late_when_the_answer_comes() -> None:
    late = in_progress().later(days=40).then(CaseAction.ANSWER, LINA, words=WORDS, photos=1)
    assert statistics(late).is_late
    assert statistics(late.then(CaseAction.CONFIRM, REPORTER)).is_late


def test_a_day_that_passes_while_nothing_happens_is_told_by_the_day_that_was_promised() -> None:
    waiting = statistics(forwarded())
    assert not waiting.is_late
    assert waiting.due_on == forwarded().case.deadline


def test_what_nobody_has_read_is_promised_a_day_too() -> None:
    assert statistics(filed()).due_on == filed().case.deadline


def test_while_the_reporter_is_asked_nothing_is_late() -> None:
    waiting = asked().later(days=9).then(CaseAction.REPLY, REPORTER, words="Di kanan")
    assert statistics(asked()).due_on is None
    assert not statistics(waiting).is_late
    assert statistics(waiting).due_on == waiting.case.deadline


def test_what_she_confirms_is_solved_and_what_she_reopens_is_not() -> None:
    solved = closed().then(CaseAction.RATE, REPORTER, rating=5)
    again = solved.later(days=2).then(CaseAction.REOPEN, REPORTER, why="worse")
    mended = again.then(CaseAction.ANSWER, LEO, words=WORDS, photos=1).then(CaseAction.CONFIRM, REPORTER)
    assert (statistics(solved).solved_on, statistics(solved).rating) == (CALENDAR.day(solved.at), 5)
    assert (statistics(again).solved_on, statistics(again).rating, statistics(again).reopenings) == (None, 0, 1)
    assert (statistics(mended).solved_on, statistics(mended).rating, statistics(mended).reopenings) == (
        CALENDAR.day(mended.at),
        0,
        1,
    )


def test_silence_after_an_answer_closes_and_rates_nothing() -> None:
    silent = left_alone(answered())
    assert silent.case.status == "closed"
    assert (statistics(silent).solved_on, statistics(silent).rating) == (CALENDAR.day(silent.events[-1].at), 0)


def test_what_was_closed_because_nobody_replied_was_not_solved() -> None:
    silent = left_alone(asked())
    assert silent.case.status == "closed"
    assert (statistics(silent).solved_on, statistics(silent).answered_on) == (None, None)


def test_a_dispute_is_counted_and_the_first_answer_stays_the_first() -> None:
    once = answered().later(days=1).then(CaseAction.DISPUTE, REPORTER, why="not mended")
    twice = once.later(days=3).then(CaseAction.ANSWER, LEO, words=WORDS, photos=1)
    assert statistics(twice).disputes == 1
    assert statistics(twice).answered_on == statistics(answered()).answered_on


@pytest.mark.parametrize(
    "confidential",
    [
        {"visibility": Visibility.SECRET},
        {"sensitive": True},
    ],
)
def test_secret_and_sensitive_cases_are_not_open(confidential: dict[str, Any]) -> None:
    assert statistics(filed()).is_open
    assert not statistics(filed(**confidential)).is_open


def test_a_hidden_case_is_open_no_more() -> None:
    assert not statistics(filed().then(CaseAction.HIDE, MODI, why="names")).is_open


def test_a_case_from_outside_lies_in_no_district_of_ours() -> None:
    place = Location(district="64.09.01", outside="Balikpapan")
    assert statistics(filed(location=place)).district is None
    assert statistics(filed(location=Location(village="64.09.01.1001"))).district == "64.09.01"


def test_a_rejected_case_awaits_nothing() -> None:
    assert statistics(rejected()).due_on is None


def test_an_event_that_is_missing_is_found_out() -> None:
    now = forwarded().then(CaseAction.ACCEPT, LINA)
    with pytest.raises(BrokenHistory):
        statistics_of(now.case, (now.events[0], now.events[2]), REGENCY)
    with pytest.raises(BrokenHistory):
        statistics_after(None, now.events[1], now.case, CALENDAR.day(now.at))


def test_another_class_that_a_verifier_gives_is_followed() -> None:
    now = filed().then(CaseAction.FORWARD, VERA, why="rule", agency="roads", handling_class=HandlingClass.SUPERVISORY)
    assert statistics(now).due_on == now.case.deadline
