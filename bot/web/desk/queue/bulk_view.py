"""What is done with several cases at once, as a form: its fields, what was typed, and what will be read. Pure."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from actions.cases.actions import CaseAction
from actions.cases.guards import REJECTIONS
from actions.cases.lifecycle import has_row
from actions.cases.ticket import Ticket, read_back
from actions.people.people import Person
from actions.regency.model import Regency
from bot.conversation.screen import Label, LabelSource, Line, line
from bot.officers.draft import LONGEST_WORDS, PARTS, OfficerDraft, Part
from bot.web.desk.case.action_form import Field, print_of
from bot.web.desk.queue.cards import CaseCard
from bot.web.trainer.context import PostedFields

PROPOSAL: Final = "proposal"
"""What one key does with each: forward it as proposed, or take it up."""
OF_SEVERAL: Final[Mapping[str, CaseAction]] = {
    "forward": CaseAction.FORWARD,
    "ask": CaseAction.ASK,
    "reject": CaseAction.REJECT,
}
MOST_MARKED: Final = 50
BACK: Final = re.compile(r"[A-Za-z0-9=&_.:%+-]{0,400}")

BULK_WORDS: Final[Mapping[str, Line]] = {
    "marked": line("bulk-marked"),
    "bulk_title": line("bulk-title"),
    "choose": line("desk-choose"),
    "look_first": line("desk-look-first"),
    "bulk_send": line("bulk-send"),
    "bulk_undo": line("bulk-undo"),
    "bulk_held": line("bulk-held"),
    "bulk_held_by_hand": line("bulk-held-by-hand"),
    "bulk_seconds": line("bulk-seconds"),
    "bulk_back": line("bulk-back"),
    "bulk_left": line("bulk-left-out"),
    "bulk_look": line("desk-preview"),
    "bulk_not_done": line("desk-not-done"),
}


def actions_for(person: Person, cards: Sequence[CaseCard]) -> Sequence[tuple[str, Line]]:
    """What this person may do with at least one of the cases on a page, as (name, words)."""
    may = [PROPOSAL] if any(card.one_key for card in cards) else []
    may += [
        name for name, action in OF_SEVERAL.items() if any(has_row(action, person.roles, card.case) for card in cards)
    ]
    return [(name, line(f"bulk-{_words_of(name, cards)}")) for name in may]


def _words_of(name: str, cards: Sequence[CaseCard]) -> str:
    """The one key takes cases up where none of them is forwarded by it."""
    takes_up = all(card.one_key.action == CaseAction.ACCEPT for card in cards if card.one_key)
    return "accept" if name == PROPOSAL and takes_up else name


@dataclass(frozen=True, slots=True)
class BulkForm:
    """What she sent: which action, of which cases, with which parts; `back` is the address of her list."""

    action: str
    tickets: Sequence[str]
    given: Mapping[str, str]
    back: str

    def draft(self, ticket: str, version: int) -> OfficerDraft:
        """The same for one of the cases."""
        return OfficerDraft(ticket, OF_SEVERAL[self.action].value, version, given=self.given)

    @property
    def missing(self) -> Part | None:
        """The first part that she still has to give."""
        if self.action == PROPOSAL:
            return None
        return self.draft("", 0).missing


def bulk_form(posted: PostedFields, agency_of: Mapping[str, str] | None = None) -> BulkForm | None:
    """The form as it was sent, cut to what it can hold; None where it names no action of these.

    `agency_of`: the code of what was typed as an agency, by what was typed.
    """
    action = posted.fields.get("deed", "")
    if action not in {PROPOSAL, *OF_SEVERAL}:
        return None
    numbers = [number for number in posted.lists.get("case", ()) if read_back(number) == [Ticket(number)]]
    parts = () if action == PROPOSAL else PARTS[OF_SEVERAL[action]]
    typed = {part.value: posted.fields.get(part.value, "").strip()[:LONGEST_WORDS] for part in parts}
    if Part.AGENCY in typed:
        typed[Part.AGENCY.value] = (agency_of or {}).get(typed[Part.AGENCY.value], "")
    back = posted.fields.get("back", "")
    return BulkForm(
        action,
        list(dict.fromkeys(numbers))[:MOST_MARKED],
        {name: value for name, value in typed.items() if value},
        back if BACK.fullmatch(back) else "",
    )


def bulk_fields(form: BulkForm, regency: Regency) -> list[Field]:
    """What is still typed or chosen for all of them alike."""
    if form.action == PROPOSAL:
        return []
    return [_field(part, form, regency) for part in PARTS[OF_SEVERAL[form.action]]]


def _field(part: Part, form: BulkForm, regency: Regency) -> Field:
    value = form.given.get(part, "")
    match part:
        case Part.AGENCY:
            options = [(code, Label(LabelSource.AGENCY, code)) for code in regency.agencies]
            return Field(part, line("desk-part-agency"), value, options, is_searched=True)
        case Part.CODE:
            return Field(part, line("desk-part-code"), value, [(c, line(f"officer-code-{c}")) for c in REJECTIONS])
        case Part.WORDS:
            return Field(part, line(f"desk-words-{form.action}"), value, is_long=True)
    return Field(part, line(f"desk-part-{part}"), value, is_long=True)


@dataclass(frozen=True, slots=True)
class BulkRow:
    """One of the cases: what it is, and how it will look, or why it is left out.

    Attributes:
        draft: what will be done; None where nothing can be.
        look: what the reporter will read.
        notes: what to mind, or why it is left out.
    """

    ticket: str
    about: Line | Label
    place: str
    draft: OfficerDraft | None
    look: Sequence[Line]
    notes: Sequence[Line]


def print_of_rows(rows: Sequence[BulkRow]) -> str:
    """The same as long as the same would be done to the same versions of the same cases."""
    told = json.dumps([(one.ticket, one.draft.version, print_of(one.draft)) for one in rows if one.draft])
    return hashlib.sha256(told.encode()).hexdigest()[:24]
