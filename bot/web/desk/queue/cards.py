"""A case on a list, as a card or a row: what is shown of it, and what one key does with it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from actions.cases.actions import CaseAction
from actions.cases.case import Case, Status
from actions.people.people import Person
from actions.people.roles import Role
from actions.privacy.visibility import is_confidential
from actions.regency.agencies import parents, stand_in
from actions.regency.model import AgencyKind
from bot.conversation.screen import Label, LabelSource, Line, line
from bot.officers.actions import nobody_there
from bot.officers.card import place_in_words
from bot.officers.draft import CATEGORY, OfficerDraft, Part
from bot.officers.reasons import reasons
from bot.web.case.words import STATUS
from bot.web.desk.case.action_form import print_of
from bot.web.desk.case.view import RoutingProposal, proposal_of
from bot.web.desk.context import DeskContext
from bot.web.desk.reading import QueueRow
from bot.web.desk.view import Tag, about, due_words, excerpt, tags_of

MOST_KEYS, KEYS_IN_DOUBT, DOUBT = 3, 5, 0.8
"""Categories that have a key of their own, and how many where the likeliest is less likely than that."""


@dataclass(frozen=True, slots=True)
class OneKey:
    """What one key does with a case on a list; `brief` are the words where there is little room."""

    action: str
    agency: str
    category: str
    seen: str
    words: Line
    brief: Line | Label


@dataclass(frozen=True, slots=True)
class CaseCard:
    """A case on a list, ready to be shown; `other_keys`: what a key does with it instead of the first, by the key."""

    case: Case
    about: Line | Label
    status: Line
    tags: Sequence[Tag]
    due: Line | None
    place: str
    told: str
    proposal: RoutingProposal | None
    one_key: OneKey | None
    others: Sequence[str]
    assignee: str
    said: Sequence[Line]
    alone: Line | None
    due_day: Line | None
    is_late: bool
    guess: Label | None
    other_keys: Sequence[tuple[str, OneKey]]


def card_of(
    context: DeskContext, person: Person, row: QueueRow, today: date, language: str, unmanned: Collection[str]
) -> CaseCard:
    """A case on a list with everything that its reader is shown; `unmanned` are agencies for which nobody works."""
    case = row.case
    tags = tags_of(case, today)
    proposal = proposal_of(case, row.suggested, row.guessed, context.regency, context.reasons(language))
    one_key = one_key_of(context, person, case, proposal)
    is_guessed = proposal is not None and bool(proposal.category) and not case.category
    has_keys = is_guessed and (one_key is None or one_key.category != "")
    return CaseCard(
        case=case,
        about=about(case),
        status=STATUS[case.status],
        tags=tags,
        due=due_words(case, today),
        place=place_in_words(case, context.regency),
        told=excerpt(row.words),
        proposal=proposal if person.has_any({Role.VERIFIER}) else None,
        one_key=one_key,
        others=row.others,
        assignee=row.assignee,
        said=reasons(case, row.said),
        alone=alone_there(context, proposal, unmanned) if person.has_any({Role.VERIFIER}) else None,
        due_day=_days_left(case, today),
        is_late=any(tag.kind == "late" for tag in tags),
        guess=Label(LabelSource.CATEGORY, proposal.category) if proposal and proposal.category and is_guessed else None,
        other_keys=_other_keys(context, person, row, language) if has_keys else (),
    )


def _days_left(case: Case, today: date) -> Line | None:
    """How long there is to act, in few words."""
    if case.due_on is None:
        return None
    days = (case.due_on - today).days
    if days == 0:
        return line("queue-due-now")
    return line("queue-due-in", days=days) if days > 0 else line("queue-due-over", days=-days)


def alone_there(context: DeskContext, proposal: RoutingProposal | None, unmanned: Collection[str]) -> Line | None:
    """That nobody works where the key would send the case, and who acts instead."""
    if proposal is None or proposal.agency not in unmanned:
        return None
    if context.regency.agencies[proposal.agency].kind is AgencyKind.REGENCY_ADMIN:
        return None  # it stays with the verifiers, and no key sends it there
    return nobody_there(proposal.agency, stand_in(context.regency.agencies, proposal.agency, unmanned))


def one_key_of(context: DeskContext, person: Person, case: Case, proposal: RoutingProposal | None) -> OneKey | None:
    """The action that most cases of her list need next; whether it may be done is asked again when it is."""
    is_held = case.status is Status.RECEIVED and is_confidential(case)
    if (is_held or case.status is Status.FORWARDED) and _takes(context, person, case):
        return _key(case, CaseAction.ACCEPT, "", line("desk-accept-case"))
    return forward_key(context, person, case, proposal)


def forward_key(context: DeskContext, person: Person, case: Case, proposal: RoutingProposal | None) -> OneKey | None:
    """What takes a proposal; None where she verifies nothing, and where the case would stay where it is."""
    if proposal is None or not person.has_any({Role.VERIFIER}):
        return None
    kind = context.regency.agencies[proposal.agency].kind
    if proposal.agency == case.agency and kind is AgencyKind.REGENCY_ADMIN:
        return None
    agency = Label(LabelSource.AGENCY, proposal.agency)
    if proposal.category and not case.category:
        named = Label(LabelSource.CATEGORY, proposal.category)
        words = line("desk-accept-proposal-as", agency=agency, category=named)
        return _key(case, CaseAction.FORWARD, proposal.agency, words, proposal.category)
    return _key(case, CaseAction.FORWARD, proposal.agency, line("desk-accept-proposal", agency=agency))


def _other_keys(context: DeskContext, person: Person, row: QueueRow, language: str) -> list[tuple[str, OneKey]]:
    """The next likely categories of a case that has none, each with where it would go, by their keys."""
    found = []
    guesses = row.guessed.categories if row.guessed else ()
    most = KEYS_IN_DOUBT if guesses and guesses[0][1] < DOUBT else MOST_KEYS
    for number, guess in enumerate(guesses[1:most], 2):
        alone = replace(row.guessed, categories=[guess]) if row.guessed else None
        proposal = proposal_of(row.case, row.suggested, alone, context.regency, context.reasons(language))
        if key := one_key_of(context, person, row.case, proposal):
            found.append((str(number), key))
    return found


def _takes(context: DeskContext, person: Person, case: Case) -> bool:
    """Whether she takes such a case up: as its liaison, or as the admin of an agency above that acts in its place."""
    agencies = context.regency.agencies
    above = parents(agencies, case.agency) if case.agency in agencies else ()
    is_liaison = person.has_any({Role.LIAISON}) and person.agency == case.agency
    return is_liaison or (person.has_any({Role.AGENCY_ADMIN}) and person.agency in above)


def _key(case: Case, action: CaseAction, agency: str, words: Line, category: str = "") -> OneKey:
    given = {name: value for name, value in ((Part.AGENCY.value, agency), (CATEGORY, category)) if value}
    seen = print_of(OfficerDraft(case.ticket, action.value, case.version, given=given))
    brief = Label(LabelSource.AGENCY, agency) if agency else words
    return OneKey(action.value, agency, category, seen, words, brief)
