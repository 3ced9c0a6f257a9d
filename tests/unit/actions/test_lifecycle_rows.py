"""Each row of the table in docs/cases.md: that it is taken by whom it says, and what it asks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from actions.cases.actions import CaseAction
from actions.cases.case import OPEN, HandlingClass, Severity, Status, Visibility
from actions.cases.clocks import ClockName
from actions.cases.guards import NOT_SENSITIVE, GuardContext
from actions.cases.lifecycle import TABLE
from actions.people.roles import REPORTER, SYSTEM, Actor, Role
from tests.unit.actions.acting import (
    ADE,
    ARIF,
    LEO,
    LINA,
    MODI,
    TOP,
    VERA,
    VITO,
    WAWAN,
    WORDS,
    Handled,
    answered,
    asked,
    closed,
    disputed,
    filed,
    forwarded,
    in_progress,
    rejected,
)
from tests.unit.actions.builders import a_case

PARENT = a_case(ticket="LP-3333-3333")
MERGED = {"parent": "LP-3333-3333", "words": "Hal yang sama"}
SOLVED = {"words": WORDS, "photos": 1}


def status(handled: Handled) -> Status:
    return handled.case.status


def runs(handled: Handled) -> dict[str, int]:
    """The clocks that run, with the days that they allow."""
    assert handled.case_state is not None
    return {clock.name.value: clock.days for clock in handled.case_state.clocks if not clock.is_paused}


def stands_still(handled: Handled) -> set[str]:
    assert handled.case_state is not None
    return {clock.name.value for clock in handled.case_state.clocks if clock.is_paused}


def last_day(handled: Handled, name: ClockName) -> date:
    assert handled.case_state is not None
    clock = handled.case_state.clock(name)
    assert clock is not None
    return clock.last_day(handled.regency.calendar)


def merged() -> Handled:
    return forwarded().then(CaseAction.MERGE, TOP, GuardContext(parent=PARENT), **MERGED)


def contested(times: int) -> Handled:
    """A case whose answer was contested so often."""
    now = answered()
    for number in range(times):
        now = now.then(CaseAction.DISPUTE, REPORTER, words="Masih berlubang")
        if number < times - 1:
            who = (LEO, ADE, ARIF)[number]
            now = now.then(CaseAction.ANSWER, who, **SOLVED)
    return now


def test_every_row_of_the_table_is_there() -> None:
    assert {row.number for row in TABLE} - {0} == set(range(1, 23))


def test_1_a_filed_case_is_verified_in_time() -> None:
    assert (status(filed()), runs(filed())) == (Status.RECEIVED, {"verify": 3})


def test_2_a_forwarded_case_has_three_clocks_and_is_verified_no_more() -> None:
    assert (status(forwarded()), runs(forwarded())) == (
        Status.FORWARDED,
        {"accept": 2, "follow_up": 5, "resolve": 14},
    )


def test_2_a_verifier_may_say_what_it_is_about() -> None:
    unknown = filed(category=None).then(CaseAction.FORWARD, VERA, why="by-hand", agency="waste", category="sampah")
    assert unknown.case.category == "sampah"


def test_2_a_verifier_may_give_it_another_handling_class() -> None:
    other = filed().then(CaseAction.FORWARD, VERA, why="rule", agency="roads", handling_class=HandlingClass.SUPERVISORY)
    assert other.case.handling_class is HandlingClass.SUPERVISORY


def test_2_what_is_about_an_agency_never_comes_before_it() -> None:
    about_roads = filed(sensitive=True, agency="inspectorate")
    assert about_roads.refuses(CaseAction.FORWARD, VERA, why="x", agency="roads") == "refused-accused"
    held = about_roads.then(CaseAction.FORWARD, VERA, why="x", agency="inspectorate")
    inspector = Actor(Role.AGENCY_ADMIN, "ina", "inspectorate")
    assert held.refuses(CaseAction.PASS_ON, inspector, agency="roads") == "refused-accused"


def test_9_nobody_is_rung_any_more_for_an_urgent_case_that_its_holder_has_taken_unforwarded() -> None:
    held = filed(severity=Severity.URGENT, sensitive=True, agency="inspectorate")
    taken = held.then(CaseAction.ACCEPT, Actor(Role.LIAISON, "ina", "inspectorate"))
    assert ("take" in runs(held), runs(taken).keys()) == (True, {"follow_up", "resolve"})


def test_2_a_verifier_may_find_that_it_only_sounded_like_bribery() -> None:
    cleared = filed(sensitive=True).then(CaseAction.FORWARD, VERA, why="x", agency="roads", code=NOT_SENSITIVE)
    assert (cleared.case.agency, cleared.case.sensitive) == ("roads", False)


@pytest.mark.parametrize("who", [LINA, ADE, ARIF, MODI, REPORTER])
def test_2_nobody_else_forwards(who: Actor) -> None:
    assert filed().refuses(CaseAction.FORWARD, who, why="rule", agency="roads") == "refused-not-yours"


def test_3_while_the_reporter_is_asked_the_agency_s_clocks_stand_still() -> None:
    assert (status(asked()), runs(asked()), stands_still(asked())) == (
        Status.NEEDS_INFO,
        {"reply": 10},
        {"follow_up", "resolve"},
    )


@pytest.mark.parametrize(("who", "case"), [(VERA, filed()), (LINA, forwarded()), (LINA, in_progress())])
def test_3_verifier_and_liaison_ask_where_there_is_work(who: Actor, case: Handled) -> None:
    assert status(case.then(CaseAction.ASK, who, words="Di mana?")) is Status.NEEDS_INFO


def test_3_a_question_has_words_and_is_asked_twice_at_most() -> None:
    twice = asked().then(CaseAction.REPLY, REPORTER, words="Kiri").then(CaseAction.ASK, LINA, words="Kiri dari mana?")
    again = twice.then(CaseAction.REPLY, REPORTER, words="Dari pasar")
    assert in_progress().refuses(CaseAction.ASK, LINA, words=" ") == "refused-no-words"
    assert again.refuses(CaseAction.ASK, LINA, words="Yakin?") == "refused-asked-enough"


@pytest.mark.parametrize(
    ("case", "who"), [(filed(), VERA), (forwarded(), LINA), (in_progress(), LINA)], ids=["received", "sent", "working"]
)
def test_4_a_reply_leads_back_to_where_it_was_asked_and_the_clocks_go_on(case: Handled, who: Actor) -> None:
    back = (
        case.then(CaseAction.ASK, who, words="Di mana?").later(days=4).then(CaseAction.REPLY, REPORTER, words="Di kiri")
    )
    assert (status(back), runs(back)) == (status(case), runs(case))
    assert stands_still(back) == set()


def test_4_a_picture_is_a_reply_too() -> None:
    assert asked().refuses(CaseAction.REPLY, REPORTER, photos=1) == ""
    assert asked().refuses(CaseAction.REPLY, REPORTER) == "refused-no-words"


def test_4_the_days_of_the_question_are_not_the_agency_s() -> None:
    straight = last_day(in_progress(), ClockName.RESOLVE)
    back = asked().later(days=7).then(CaseAction.REPLY, REPORTER, words="Di kiri")
    assert straight == date(2026, 3, 20)
    assert last_day(back, ClockName.RESOLVE) == date(2026, 3, 27)
    assert back.case.deadline == date(2026, 3, 27)


def test_5_silence_closes_a_question_after_both_reminders() -> None:
    over = asked().later(days=3).swept().later(days=6).swept().later(days=6).swept()
    assert [event.action for event in over.events[-3:]] == ["remind", "remind", "close_unreplied"]
    assert (status(over), runs(over)) == (Status.CLOSED, {})


def test_5_it_is_not_closed_while_a_reminder_has_not_reached_her() -> None:
    waiting = asked().later(days=3).swept().later(days=6).swept().later(days=6)
    assert (
        waiting.refuses(CaseAction.CLOSE_UNREPLIED, SYSTEM, GuardContext(reminders_delivered=1))
        == "refused-not-reminded"
    )
    assert waiting.refuses(CaseAction.CLOSE_UNREPLIED, SYSTEM, GuardContext(reminders_delivered=2)) == ""


def test_5_it_is_not_closed_before_its_time() -> None:
    assert asked().refuses(CaseAction.CLOSE_UNREPLIED, SYSTEM, GuardContext(reminders_delivered=2)) == "refused-not-due"


UNREACHABLE = ["api-siaga-kota", "counter", "phone", "letter"]


@pytest.mark.parametrize("channel", UNREACHABLE)
@pytest.mark.parametrize(("case", "who"), [(filed(), VERA), (forwarded(), LINA), (in_progress(), LINA)])
def test_3_nobody_is_asked_to_whom_nobody_can_write(case: Handled, who: Actor, channel: str) -> None:
    there = replace(case, case=replace(case.case, channel=channel))
    assert there.refuses(CaseAction.ASK, who, words="Di sisi mana?") == "refused-unreachable"
    assert case.refuses(CaseAction.ASK, who, words="Di sisi mana?") == ""


@pytest.mark.parametrize("channel", UNREACHABLE)
def test_18_silence_closes_an_answer_though_no_reminder_can_reach_her(channel: str) -> None:
    case = answered()
    there = replace(case, case=replace(case.case, channel=channel))
    over = (
        there.later(days=4)
        .swept(GuardContext())
        .later(days=6)
        .swept(GuardContext())
        .later(days=6)
        .swept(GuardContext())
    )
    assert [event.action for event in over.events[-3:]] == ["remind", "remind", "close_unconfirmed"]
    assert (status(over), runs(over), over.events[-1].why) == (Status.CLOSED, {}, "silence")


def test_6_a_rejection_says_why_and_how_to_mend_it() -> None:
    assert (status(rejected()), runs(rejected())) == (Status.REJECTED, {"appeal": 10})


@pytest.mark.parametrize(
    ("without", "key"),
    [("code", "refused-no-code"), ("words", "refused-no-words"), ("mend", "refused-no-mend")],
)
def test_6_each_of_them_is_needed(without: str, key: str) -> None:
    how = {"code": "unclear", "words": "Tempatnya tidak disebut", "mend": "Sebutkan tempatnya"}
    assert filed().refuses(CaseAction.REJECT, VERA, **how | {without: ""}) == key


@pytest.mark.parametrize("case", [filed(), forwarded(), in_progress()], ids=["received", "sent", "working"])
@pytest.mark.parametrize("who", [VERA, ARIF])
def test_7_a_case_is_referred_to_a_named_body(case: Handled, who: Actor) -> None:
    where = {"body": "Balai Jalan", "contact": "bbpjn.example"}
    assert status(case.then(CaseAction.REFER, who, **where)) is Status.REFERRED
    assert case.refuses(CaseAction.REFER, who, body="Balai Jalan") == "refused-no-body"


def test_8_a_case_is_merged_into_an_open_one() -> None:
    assert (status(merged()), runs(merged())) == (Status.MERGED, {"appeal": 10})
    case_state = merged().case_state
    assert case_state is not None
    assert case_state.parent == "LP-3333-3333"


@pytest.mark.parametrize(
    ("facts", "key"),
    [
        (GuardContext(), "refused-no-parent"),
        (GuardContext(parent=a_case(ticket="LP-3333-3333", status=Status.CLOSED)), "refused-parent-over"),
        (
            GuardContext(parent=a_case(ticket="LP-3333-3333", visibility=Visibility.SECRET)),
            "refused-other-visibility",
        ),
        (GuardContext(parent=a_case()), "refused-circle"),
        (GuardContext(parent=PARENT, ancestors=frozenset({a_case().ticket})), "refused-circle"),
    ],
)
def test_8_a_case_is_merged_into_nothing_else(facts: GuardContext, key: str) -> None:
    assert forwarded().refuses(CaseAction.MERGE, VERA, facts, **MERGED) == key


def test_9_the_liaison_claims_it() -> None:
    working = in_progress()
    assert (status(working), runs(working)) == (Status.IN_PROGRESS, {"follow_up": 5, "resolve": 14})
    assert working.case_state is not None
    assert working.case_state.claimed_by == "lina"
    assert forwarded().refuses(CaseAction.ACCEPT, WAWAN) == "refused-other-agency"


def test_10_passing_on_does_not_set_the_follow_up_back() -> None:
    passed = forwarded().later(days=2).then(CaseAction.PASS_ON, ADE, agency="waste")
    assert last_day(passed, ClockName.FOLLOW_UP) == last_day(forwarded(), ClockName.FOLLOW_UP)
    assert last_day(passed, ClockName.ACCEPT) > last_day(forwarded(), ClockName.ACCEPT)


def test_11_the_first_return_goes_to_the_verifier_with_advice() -> None:
    back = forwarded().then(CaseAction.RETURN, ADE, words="Bukan jalan kami", agency="waste")
    assert (status(back), back.case.agency) == (Status.RECEIVED, "admin")
    assert runs(back)["verify_again"] == 1
    assert back.case_state is not None
    assert back.case_state.suggested == "waste"


def test_11_a_return_needs_a_reason_and_an_agency_that_is_another_or_unknown() -> None:
    assert forwarded().refuses(CaseAction.RETURN, ADE) == "refused-no-reason"
    assert forwarded().refuses(CaseAction.RETURN, ADE, words="x", agency="roads") == "refused-same-agency"
    unknown = forwarded().then(CaseAction.RETURN, ADE, words="Bukan kami").case_state
    assert unknown is not None
    assert unknown.suggested == "unknown"


def test_12_the_second_return_goes_to_the_arbiter_and_the_clocks_stand_still() -> None:
    assert (status(disputed()), runs(disputed())) == (Status.DISPUTED_AUTHORITY, {"rule": 2})
    assert forwarded().refuses(CaseAction.DISPUTE_AUTHORITY, SYSTEM, why="x") == "refused-not-returned-before"


def test_13_a_ruling_binds() -> None:
    ruled = disputed().then(CaseAction.RULE, ARIF, words="Jalan kabupaten", agency="roads")
    assert (status(ruled), ruled.case.agency) == (Status.FORWARDED, "roads")
    assert {"accept", "resolve"} <= runs(ruled).keys()
    again = ruled.refuses(CaseAction.DISPUTE_AUTHORITY, SYSTEM, words="Tetap bukan kami")
    assert again == "refused-bound"
    assert disputed().refuses(CaseAction.RULE, VERA, words="x", agency="roads") == "refused-not-yours"
    assert disputed().refuses(CaseAction.RULE, ARIF, words="x") == "refused-no-agency"


def test_14_a_note_in_words_of_its_own_meets_the_follow_up() -> None:
    assert runs(in_progress().then(CaseAction.NOTE, LINA, words=WORDS)) == {"resolve": 14}


@pytest.mark.parametrize(
    "words", ["Akan kami tindak lanjuti.", "Terima kasih, akan kami tindak lanjuti", "mohon menunggu ya"]
)
def test_14_a_bare_template_is_no_progress(words: str) -> None:
    assert in_progress().refuses(CaseAction.NOTE, LINA, words=words) == "refused-template"


def test_15_an_answer_stops_the_offices_clocks() -> None:
    assert (status(answered()), runs(answered()), stands_still(answered())) == (
        Status.ANSWERED,
        {"confirm": 10},
        set(),
    )


def test_15_what_can_be_seen_is_shown() -> None:
    regency = in_progress().regency
    visible = replace(regency.categories["jalan"], physical=True)
    physical = replace(in_progress(), regency=replace(regency, categories={**regency.categories, "jalan": visible}))
    assert physical.refuses(CaseAction.ANSWER, LINA, words=WORDS) == "refused-no-photo"
    assert physical.refuses(CaseAction.ANSWER, LINA, **SOLVED) == ""


def test_15_a_supervisory_case_is_answered_by_the_agency_s_admin() -> None:
    supervisory = in_progress(handling_class=HandlingClass.SUPERVISORY)
    assert supervisory.refuses(CaseAction.ANSWER, LINA, **SOLVED) == "refused-answer-of-admin"
    assert supervisory.refuses(CaseAction.ANSWER, ADE, **SOLVED) == ""
    assert supervisory.refuses(CaseAction.NOTE, LINA, words=WORDS) == ""


def test_16_she_confirms_and_may_rate_once() -> None:
    rated = closed().then(CaseAction.RATE, REPORTER, rating=4)
    assert (status(closed()), runs(closed())) == (Status.CLOSED, {})
    assert rated.case_state is not None
    assert rated.case_state.rating == 4
    assert rated.refuses(CaseAction.RATE, REPORTER, rating=5) == "refused-rated"
    assert closed().refuses(CaseAction.RATE, REPORTER, rating=6) == "refused-no-rating"


def test_17_a_dispute_has_a_reason_and_another_reviewer() -> None:
    once = contested(1)
    assert (status(once), runs(once)) == (Status.IN_PROGRESS, {"follow_up": 5})
    assert answered().refuses(CaseAction.DISPUTE, REPORTER) == "refused-no-reason"
    assert once.refuses(CaseAction.ANSWER, LINA, **SOLVED) == "refused-own-answer"
    assert [once.refuses(CaseAction.ANSWER, who, **SOLVED) for who in (LEO, ADE)] == ["", ""]


def test_17_the_second_goes_to_the_agency_s_admin_and_the_third_to_the_arbiter() -> None:
    twice, thrice = contested(2), contested(3)
    assert twice.refuses(CaseAction.ANSWER, LEO, **SOLVED) == "refused-answer-of-admin"
    assert twice.refuses(CaseAction.ANSWER, ADE, **SOLVED) == ""
    assert thrice.refuses(CaseAction.ANSWER, ADE, **SOLVED) == "refused-answer-of-arbiter"
    last = thrice.then(CaseAction.ANSWER, ARIF, **SOLVED)
    assert last.refuses(CaseAction.DISPUTE, REPORTER, words="Tetap belum") == "refused-arbiter-answered"


def test_18_silence_after_an_answer_closes_it_and_is_no_rating() -> None:
    over = answered().later(days=3).swept().later(days=6).swept().later(days=6).swept()
    assert [event.action for event in over.events[-3:]] == ["remind", "remind", "close_unconfirmed"]
    assert over.refuses(CaseAction.RATE, REPORTER, rating=5) == "refused-not-confirmed"


def test_19_a_closed_case_is_reopened_once_directly_and_then_by_the_arbiter() -> None:
    again = closed().later(days=29).then(CaseAction.REOPEN, REPORTER, words="Berlubang lagi")
    assert (status(again), runs(again)) == (Status.IN_PROGRESS, {"follow_up": 5})
    over = again.then(CaseAction.ANSWER, LEO, **SOLVED).then(CaseAction.CONFIRM, REPORTER)
    assert over.refuses(CaseAction.REOPEN, REPORTER, words="Lagi") == "refused-reopened-before"
    assert over.refuses(CaseAction.REOPEN, ARIF, words="Lagi") == ""
    assert closed().refuses(CaseAction.REOPEN, ARIF, words="Lagi") == "refused-reporter-reopens"


def test_19_not_after_thirty_days_of_the_calendar() -> None:
    assert closed().later(days=30).refuses(CaseAction.REOPEN, REPORTER, words="Lagi") == ""
    assert closed().later(days=31).refuses(CaseAction.REOPEN, REPORTER, words="Lagi") == "refused-too-late-to-reopen"


@pytest.mark.parametrize("over", [rejected(), merged()], ids=["rejected", "merged"])
def test_20_an_appeal_is_judged_by_another_verifier_and_made_once(over: Handled) -> None:
    appealed = over.later(days=7).then(CaseAction.APPEAL, REPORTER, words="Tempatnya di Petung")
    assert (status(appealed), runs(appealed)) == (Status.RECEIVED, {"verify": 3})
    judged_by_vera = over.case_state is not None and over.case_state.judged_by == "vera"
    expected = "refused-own-judgement" if judged_by_vera else ""
    assert appealed.refuses(CaseAction.FORWARD, VERA, why="x", agency="roads") == expected
    how = {"code": "unclear", "words": "x", "mend": "y"}
    assert (
        appealed.then(CaseAction.REJECT, VITO, **how).refuses(CaseAction.APPEAL, REPORTER, words="x")
        == "refused-appealed-before"
    )


def test_20_not_after_ten_working_days() -> None:
    assert rejected().later(days=14).refuses(CaseAction.APPEAL, REPORTER, words="x") == ""
    assert rejected().later(days=15).refuses(CaseAction.APPEAL, REPORTER, words="x") == "refused-too-late-to-appeal"


ANYWHERE = {
    Status.RECEIVED: filed(),
    Status.NEEDS_INFO: asked(),
    Status.FORWARDED: forwarded(),
    Status.IN_PROGRESS: in_progress(),
    Status.ANSWERED: answered(),
    Status.DISPUTED_AUTHORITY: disputed(),
}


@pytest.mark.parametrize("came_from", sorted(OPEN))
def test_21_she_withdraws_wherever_it_is_open(came_from: Status) -> None:
    gone = ANYWHERE[came_from].then(CaseAction.WITHDRAW, REPORTER)
    assert (status(gone), runs(gone)) == (Status.WITHDRAWN, {})


@pytest.mark.parametrize("came_from", sorted(OPEN))
def test_21_a_public_case_with_supporters_goes_on_without_her(came_from: Status) -> None:
    left = ANYWHERE[came_from].then(CaseAction.WITHDRAW, REPORTER, GuardContext(supporters=3))
    goes_on = Status.IN_PROGRESS if came_from is Status.NEEDS_INFO else came_from
    assert (status(left), stands_still(left) - {"follow_up", "resolve"}) == (goes_on, set())
    assert left.refuses(CaseAction.WITHDRAW, REPORTER) == "refused-left"


def test_21_a_secret_case_does_not_go_on_without_her() -> None:
    secret = forwarded(visibility=Visibility.SECRET)
    assert status(secret.then(CaseAction.WITHDRAW, REPORTER, GuardContext(supporters=3))) is Status.WITHDRAWN


@pytest.mark.parametrize("action", [CaseAction.HIDE, CaseAction.REDACT])
@pytest.mark.parametrize("case", [*ANYWHERE.values(), closed(), rejected()])
def test_22_a_moderator_hides_or_redacts_with_a_reason_wherever_it_is(case: Handled, action: CaseAction) -> None:
    after = case.then(action, MODI, words="Menyebut nama orang")
    assert (status(after), runs(after)) == (status(case), runs(case))
    assert after.case.is_hidden is (action is CaseAction.HIDE)
    assert case.refuses(action, MODI) == "refused-no-reason"
    assert case.refuses(action, VERA, words="x") == "refused-not-yours"


def test_22_what_is_hidden_is_not_hidden_again() -> None:
    hidden = filed().then(CaseAction.HIDE, MODI, words="Menyebut nama orang")
    assert hidden.refuses(CaseAction.HIDE, MODI, words="Menyebut nama orang") == "refused-hidden"


def test_an_event_keeps_nothing_of_an_act_but_what_its_row_has_looked_at() -> None:
    typed = {"code": "kata", "parent": "kata", "mend": "kata", "body": "kata", "contact": "kata", "words": WORDS}
    for case, action, who in (
        (forwarded(), CaseAction.ACCEPT, LINA),
        (in_progress(), CaseAction.ASK, LINA),
        (filed(), CaseAction.ADD, REPORTER),
    ):
        event = case.decision(action, who, **typed).event
        assert "kata" not in f"{event.details}{event.why}"


def test_she_may_add_words_and_pictures_while_it_is_open() -> None:
    more = in_progress().then(CaseAction.ADD, REPORTER, photos=1)
    assert (status(more), runs(more)) == (status(in_progress()), runs(in_progress()))
    assert closed().refuses(CaseAction.ADD, REPORTER, photos=1) == "refused-over"


def test_after_a_rating_she_may_say_why() -> None:
    rated = closed().then(CaseAction.RATE, REPORTER, rating=4)
    said = rated.then(CaseAction.ADD, REPORTER, words="Cepat dan ramah")
    assert (status(said), runs(said)) == (status(rated), runs(rated))


@pytest.mark.parametrize("name", ["rating", "rule", "words"])
def test_what_a_deed_does_not_need_is_not_asked_for(name: str) -> None:
    extra: dict[str, Any] = {"rating": {"rating": 9}, "rule": {"agency": "roads"}, "words": {"words": "x"}}[name]
    assert forwarded().refuses(CaseAction.ACCEPT, LINA, **extra) == ""


def test_an_auditor_does_nothing() -> None:
    auditor = Actor(Role.AUDITOR, "audi")
    tried = {case.refuses(action, auditor) for case in ANYWHERE.values() for action in CaseAction}
    assert tried == {"refused-not-yours", "refused-no-such-step"}
