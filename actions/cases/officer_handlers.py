"""Handlers of what people do to a case that stands: each loads, asks the table, saves, and says what was done.

For the door of a channel (officers' cards, the web desk, the citizen's talk) this is the whole of it:

1. `buttons(case, standing, actors, regency)`: what somebody may do now, each action with the role she does it in.
2. `act_on_case(book, regency, wish, at, chance)` does it. The book is of one open transaction: nothing is written
   before its `flush`, and nothing holds before the commit. `Wish.seen` is the version that stands on the card.
3. `StepRefused` is a sentence for her (`bot.services.declared_words`); `Overtaken` has what happened since that
   version. In both cases nothing was changed.
4. Whoever is to hear of it reads `book.done` after the flush, in the same transaction:
   `bot.services.reporter_notices` writes to the citizen, other notifiers to officers. Each `Done` is told once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from actions.cases import chain
from actions.cases.actions import CaseAction, CaseCommand
from actions.cases.case import Case, CaseEvent, Status, is_public
from actions.cases.case_state import CaseState
from actions.cases.decide import Decision, days_of_clocks, decide, due, look_again, may_take, next_due_at
from actions.cases.event_words import NOTHING_SAID, Enclosure, Saying
from actions.cases.guards import GuardContext
from actions.cases.lifecycle import ACTIONS_OF, StepRefused
from actions.cases.outcome import Done, ends_link
from actions.cases.ports import Chance, WorkBook
from actions.cases.replay import BrokenHistory, replay
from actions.people.roles import SYSTEM, Actor, Role
from actions.regency.model import Regency

SALT_BYTES = 16
MOVING = frozenset({CaseAction.FORWARD, CaseAction.PASS_ON, CaseAction.RULE, CaseAction.RETURN})
"""After these the reason for which an agency had the case holds no longer."""
MOST_AT_ONCE = 20
"""Marks that may come of one case in one sweep; far more than clocks have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants to do to a case.

    Attributes:
        ticket: the case.
        command: the action and what it needs. Put what she typed into `words`, `mend`, `body` and `contact`; `why` is
            for the service's own words and for codes. `words_digest` and `photos` are filled in here.
        who: in which role, as which officer, for which agency; `REPORTER` for a citizen.
        reporter: for a citizen, who she is ("telegram:123").
        seen: the version of the case that she acted on; None where she acts on whatever it is now.
        enclosures: what she sends along.
        reason: where it goes to another agency: why that one, in the service's own words and the reporter's language.
    """

    ticket: str
    command: CaseCommand
    who: Actor
    reporter: str = ""
    seen: int | None = None
    enclosures: tuple[Enclosure, ...] = ()
    reason: str = ""


class NoSuchCase(LookupError):
    """There is no case of this number."""


class Overtaken(Exception):
    """Somebody else has acted meanwhile, and nothing was done.

    Attributes:
        case: as it stands now.
        since: what has happened since the version that she saw, oldest first.
    """

    def __init__(self, case: Case, since: tuple[CaseEvent, ...]) -> None:
        """Keeps the case as it is now, and what has happened since."""
        super().__init__(case.ticket)
        self.case: Case = case
        self.since: tuple[CaseEvent, ...] = since


def buttons(case: Case, case_state: CaseState, actors: Iterable[Actor], regency: Regency) -> Mapping[CaseAction, Actor]:
    """What somebody may do now, as far as it depends on who she is: each action with the role in which she does it.

    A person of several roles is given as several actors, the one that she would rather act as first. What an action
    needs besides (words, a photo, an agency) is asked for afterwards. An agency admin may return a case a second time,
    too: that brings it before the arbiter.
    """
    offered: dict[CaseAction, Actor] = {}
    for actor in actors:
        for action in ACTIONS_OF.get((case_state.status, actor.role), ()):
            if action not in offered and may_take(case, case_state, action, actor, regency):
                offered[action] = actor
    return offered


async def case_state_of(book: WorkBook, regency: Regency, ticket: str) -> tuple[Case, CaseState, list[CaseEvent]]:
    """A case, where its events say that it stands, and the events.

    Raises:
        NoSuchCase: there is none of this number.
        BrokenHistory: its events are not those of one case.
    """
    case, events = await book.by_ticket(ticket), await book.events(ticket)
    if case is None or not events:
        raise NoSuchCase(ticket)
    case_state = stand(case, events, regency)
    return case, case_state, events


def stand(case: Case, events: Iterable[CaseEvent], regency: Regency) -> CaseState:
    """Where a case stands by its events, of which there is at least the first.

    Raises:
        BrokenHistory: they are not those of one case.
    """
    case_state = replay(events, regency.calendar, days_of_clocks(case, regency.deadlines))
    if case_state is None:
        raise BrokenHistory(1)
    return case_state


async def act_on_case(book: WorkBook, regency: Regency, wish: Wish, at: datetime, chance: Chance) -> Done:
    """Do it, once, if the table allows it and nobody has acted since she looked.

    A second return becomes a dispute about authority, which the service itself brings before the arbiter.

    Raises:
        NoSuchCase: there is none of this number, or none that this citizen may know of.
        Overtaken: it stands at another version than she saw.
        Refused: the table does not allow it, or it is another citizen's.
    """
    await book.hold([wish.ticket, *([wish.command.parent] if wish.command.parent else [])])
    case, case_state, events = await case_state_of(book, regency, wish.ticket)
    if wish.who.role is Role.REPORTER and wish.reporter != case.reporter:
        raise StepRefused("refused-not-yours") if is_public(case) else NoSuchCase(wish.ticket)
    if wish.seen is not None and wish.seen != case.version:
        raise Overtaken(case, tuple(events[wish.seen :]))
    saying = _saying(wish, chance)
    command = replace(wish.command, words_digest=saying.digest, photos=saying.photos)
    guard_context = await _look_up(book, case, command, events)
    moving = replace(case, reason=wish.reason) if command.action in MOVING else case
    decision = _decide(moving, case_state, command, wish.who, at, regency, guard_context)
    done = await _save(book, case, decision, events[-1].hash, saying)
    if ends_link(done):
        await book.withdraw_link(wish.ticket)
    return done


async def do_what_is_due(book: WorkBook, regency: Regency, ticket: str, at: datetime) -> list[Done]:
    """Everything that the service itself must do with a case by now: remind, escalate, close after silence.

    What the table refuses for now (a reminder has not reached the reporter) is tried again the next working morning.
    """
    case, case_state, events = await case_state_of(book, regency, ticket)
    last, all_done = events[-1].hash, list[Done]()
    while (command := due(case_state, at, regency)) and len(all_done) < MOST_AT_ONCE:
        try:
            guard_context = await _look_up(book, case, command, events)
            decision = decide(case, case_state, command, SYSTEM, at, regency, guard_context)
        except StepRefused:
            book.postpone(ticket, look_again(at, regency))
            return all_done
        done = await _save(book, case, decision, last, NOTHING_SAID)
        case, case_state, last = done.case, done.case_state, done.event.hash
        all_done.append(done)
    if not all_done:
        book.postpone(ticket, next_due_at(case_state, regency))
    return all_done


def _saying(wish: Wish, chance: Chance) -> Saying:
    command = wish.command
    typed = command.words or command.mend or command.body or command.contact
    return Saying(
        words=command.words,
        mend=command.mend,
        body=command.body,
        contact=command.contact,
        enclosures=wish.enclosures,
        salt=chance.token_bytes(SALT_BYTES).hex() if typed else "",
    )


def _decide(
    case: Case,
    case_state: CaseState,
    command: CaseCommand,
    who: Actor,
    at: datetime,
    regency: Regency,
    guard_context: GuardContext,
) -> Decision:
    try:
        return decide(case, case_state, command, who, at, regency, guard_context)
    except StepRefused as refused:
        if refused.reason_key != "refused-returned-before":
            raise
    brought = replace(command, action=CaseAction.DISPUTE_AUTHORITY)
    return decide(case, case_state, brought, replace(SYSTEM, person=who.person), at, regency, guard_context)


async def _look_up(book: WorkBook, case: Case, command: CaseCommand, events: Iterable[CaseEvent]) -> GuardContext:
    match command.action:
        case CaseAction.MERGE:
            return GuardContext(
                parent=await book.by_ticket(command.parent) if command.parent else None,
                ancestors=await book.ancestors(command.parent) if command.parent else frozenset(),
            )
        case CaseAction.ASSIGN:
            return GuardContext(assignee_agency=await book.agency_of_officer(command.assignee))
        case CaseAction.WITHDRAW:
            return GuardContext(supporters=await book.count_supporters(case.ticket))
        case CaseAction.CLOSE_UNREPLIED | CaseAction.CLOSE_UNCONFIRMED:
            return GuardContext(reminders_delivered=await book.count_delivered(case, _last_reminders(events)))
    return GuardContext()


def _last_reminders(events: Iterable[CaseEvent]) -> list[int]:
    """The numbers of the reminders since the reporter was asked or answered last."""
    numbers: list[int] = []
    for event in events:
        if event.action in {CaseAction.ASK, CaseAction.ANSWER}:
            numbers = []
        elif event.action == CaseAction.REMIND:
            numbers.append(event.number)
    return numbers


async def _save(book: WorkBook, before: Case, decision: Decision, previous_hash: str, saying: Saying) -> Done:
    case, event = decision.case, chain.seal(decision.event, previous_hash)
    book.save(case, event)
    if not saying.is_nothing:
        book.say(event, saying)
    if decision.case_state.parent and event.action == CaseAction.MERGE:
        book.merge_into(case, decision.case_state.parent, event.at)
    if event.action == CaseAction.APPEAL and event.came_from is Status.MERGED:
        book.take_out(case)
    case_state, day = decision.case_state, decision.day
    done = Done(before=before, case=case, event=event, day=day, case_state=case_state, saying=saying)
    book.tell(done)
    return done
