"""A case with people around it: who they are, and what has become of it after each thing that they did."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from actions.cases.actions import CaseAction, CaseCommand
from actions.cases.case import Case, CaseEvent
from actions.cases.case_state import CaseState
from actions.cases.decide import Decision, decide
from actions.cases.due import due
from actions.cases.guards import GuardContext
from actions.cases.lifecycle import StepRefused
from actions.cases.replay import replay
from actions.people.roles import REPORTER, SYSTEM, Actor, Role
from actions.regency.model import Regency
from tests.unit.actions.builders import NOON, a_case, a_regency, a_rule

REGENCY = a_regency(a_rule("roads", category="jalan"))

VERA, VITO = Actor(Role.VERIFIER, "vera"), Actor(Role.VERIFIER, "vito")
LINA, LEO = Actor(Role.LIAISON, "lina", "roads"), Actor(Role.LIAISON, "leo", "roads")
WAWAN = Actor(Role.LIAISON, "wawan", "waste")
ADE = Actor(Role.AGENCY_ADMIN, "ade", "roads")
TOP = Actor(Role.AGENCY_ADMIN, "top", "admin")
ARIF = Actor(Role.ARBITER, "arif")
MODI = Actor(Role.MODERATOR, "modi")
EVERYBODY = (REPORTER, SYSTEM, VERA, VITO, LINA, LEO, WAWAN, ADE, TOP, ARIF, MODI)

WORDS = "Lubang di depan pasar ditutup aspal"
REMINDED = GuardContext(reminders_delivered=2)


@dataclass(frozen=True, slots=True)
class Handled:
    """A case, where it stands, and what happened to it; `at` is when the last thing did."""

    case: Case
    case_state: CaseState | None = None
    events: tuple[CaseEvent, ...] = ()
    at: datetime = NOON
    regency: Regency = REGENCY

    def then(self, action: CaseAction, who: Actor, facts: GuardContext | None = None, **command: Any) -> Handled:
        """Somebody does something now; fails where the table refuses it."""
        decision = self.decision(action, who, facts, **command)
        return replace(
            self, case=decision.case, case_state=decision.case_state, events=(*self.events, decision.event), at=self.at
        )

    def decision(self, action: CaseAction, who: Actor, facts: GuardContext | None = None, **command: Any) -> Decision:
        """What the table makes of it."""
        return decide(
            self.case,
            self.case_state,
            CaseCommand(action=action, **command),
            who,
            self.at,
            self.regency,
            facts or GuardContext(),
        )

    def refuses(self, action: CaseAction, who: Actor, facts: GuardContext | None = None, **command: Any) -> str:
        """Why the table does not allow it; "" where it does."""
        try:
            self.decision(action, who, facts, **command)
        except StepRefused as refused:
            return refused.reason_key
        return ""

    def later(self, days: float = 0, hours: float = 0) -> Handled:
        """So much time passes, in days of the calendar."""
        return replace(self, at=self.at + timedelta(days=days, hours=hours))

    def swept(self, facts: GuardContext = REMINDED) -> Handled:
        """The service does everything that is due by now."""
        now = self
        while now.case_state and (command := due(now.case_state, now.at, now.regency)):
            decision = decide(now.case, now.case_state, command, SYSTEM, now.at, now.regency, facts)
            now = replace(
                now, case=decision.case, case_state=decision.case_state, events=(*now.events, decision.event), at=now.at
            )
        return now

    @property
    def retold(self) -> CaseState | None:
        """Where its events say that it stands."""
        return replay(self.events, self.regency.calendar)


def filed(**changes: Any) -> Handled:
    """A case that was just filed."""
    return Handled(a_case(**changes)).then(CaseAction.FILE, REPORTER, why="filed")


def forwarded(**changes: Any) -> Handled:
    """One that is with the roads agency."""
    return filed(**changes).then(CaseAction.FORWARD, VERA, why="rule", agency="roads")


def in_progress(**changes: Any) -> Handled:
    """One that Lina works on."""
    return forwarded(**changes).then(CaseAction.ACCEPT, LINA)


def asked(**changes: Any) -> Handled:
    """One about which Lina has asked its reporter."""
    return in_progress(**changes).then(CaseAction.ASK, LINA, words="Di sisi mana?")


def answered(**changes: Any) -> Handled:
    """One that Lina has answered."""
    return in_progress(**changes).then(CaseAction.ANSWER, LINA, words=WORDS, photos=1)


def closed(**changes: Any) -> Handled:
    """One whose reporter says that it is mended."""
    return answered(**changes).then(CaseAction.CONFIRM, REPORTER)


def rejected(**changes: Any) -> Handled:
    """One that Vera has rejected."""
    how = {"code": "unclear", "words": "Tempatnya tidak disebut", "mend": "Sebutkan tempatnya"}
    return filed(**changes).then(CaseAction.REJECT, VERA, **how)


def disputed(**changes: Any) -> Handled:
    """One that two agencies in turn have sent back."""
    once = forwarded(**changes).then(CaseAction.RETURN, ADE, why="other", agency="waste")
    again = once.then(CaseAction.FORWARD, VERA, why="rule", agency="waste")
    return again.then(CaseAction.DISPUTE_AUTHORITY, SYSTEM, why="other")
