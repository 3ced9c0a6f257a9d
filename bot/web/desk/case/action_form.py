"""What an officer does at the desk as a form: its fields, what was typed into them, and a draft of it. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from actions.cases.actions import CaseAction
from actions.cases.case import Case
from actions.cases.case_state import CaseState
from actions.cases.guards import REJECTIONS
from actions.regency.model import Regency
from bot.conversation.screen import Label, LabelSource, Line, line
from bot.officers.draft import AT_ONCE, BY_REPLYING, CATEGORY, LONGEST_WORDS, PARTS, UNKNOWN, OfficerDraft, Part
from bot.officers.draft_screens import eligible
from bot.web.shared.numbers import whole_number

KEYS: Final[Mapping[CaseAction, str]] = {
    CaseAction.ACCEPT: "a",
    CaseAction.ANSWER: "w",
    CaseAction.NOTE: "n",
    CaseAction.ASK: "t",
    CaseAction.RETURN: "b",
    CaseAction.PASS_ON: "p",
    CaseAction.FORWARD: "f",
    CaseAction.RULE: "r",
    CaseAction.REJECT: "x",
    CaseAction.REFER: "l",
    CaseAction.MERGE: "g",
    CaseAction.HIDE: "h",
    CaseAction.REOPEN: "o",
    CaseAction.ASSIGN: "d",
}
"""One key an action; j, k, u, i and ? are the page's own."""
UNREAD_OUTSIDE: Final = frozenset({CaseAction.ASSIGN})
"""What only officers hear of: nothing of it has to be looked at first."""
LONG: Final = frozenset({Part.WORDS, Part.MEND})
"""Parts that take more than a line."""


@dataclass(frozen=True, slots=True)
class Field:
    """Something that is filled in.

    Attributes:
        name: of the part.
        label: what is asked for.
        value: what stands in it.
        options: (value, words) to choose from; nothing where it is typed.
        is_long: it has room for more than a line.
        is_searched: there are so many options that one is found by typing a part of its words.
    """

    name: str
    label: Line
    value: str
    options: Sequence[tuple[str, Line | Label | str]] = ()
    is_long: bool = False
    is_searched: bool = False


@dataclass(frozen=True, slots=True)
class ActionForm:
    """A action that she may do now.

    Attributes:
        key: that opens it, or does it.
        is_at_once: nothing more is asked; one press does it.
        is_direct: it is done as it is filled in, without a look at it first.
        takes_files: photos may come along.
        is_plain: she has found that a matter only sounded sensitive; None where that is no question.
        files: what came along already.
    """

    action: str
    key: str
    label: Label
    fields: Sequence[Field]
    is_at_once: bool
    takes_files: bool
    is_plain: bool | None
    files: str = ""
    is_direct: bool = False


def form_of(
    action: CaseAction,
    case: Case,
    case_state: CaseState,
    regency: Regency,
    draft: OfficerDraft | None = None,
    colleagues: Sequence[tuple[str, str]] = (),
) -> ActionForm:
    """The form of an action, filled in as the draft says where it is of this action.

    `colleagues`: id and name of each officer to whom the case may be given.
    """
    own = draft if draft and draft.action == action else OfficerDraft(case.ticket, action.value, case.version)
    return ActionForm(
        action=action.value,
        key=KEYS[action],
        label=Label(LabelSource.TEXT, f"button-officer-{action.value}"),
        fields=[
            *(
                _colleague(own, case_state, colleagues)
                if part is Part.PERSON
                else _field(part, own, case_state, regency)
                for part in PARTS[action]
            ),
            *([_category(own, case, regency)] if action is CaseAction.FORWARD else []),
        ],
        is_at_once=action in AT_ONCE,
        is_direct=action in UNREAD_OUTSIDE,
        takes_files=action in BY_REPLYING,
        is_plain=own.is_plain if action is CaseAction.FORWARD and case.sensitive else None,
        files=" ".join(f"{kind}:{name}" for kind, name in own.files),
    )


def _field(part: Part, draft: OfficerDraft, case_state: CaseState, regency: Regency) -> Field:
    value = draft.given.get(part, "")
    match part:
        case Part.AGENCY:
            codes = eligible(draft, case_state, regency)
            options: list[tuple[str, Line | Label]] = [(code, Label(LabelSource.AGENCY, code)) for code in codes]
            if draft.action == CaseAction.RETURN:
                options.append((UNKNOWN, line("button-officer-unknown-agency")))
            return Field(part, line("desk-part-agency"), value, options, is_searched=True)
        case Part.CODE:
            return Field(part, line("desk-part-code"), value, [(c, line(f"officer-code-{c}")) for c in REJECTIONS])
        case Part.WORDS:
            return Field(part, line(f"desk-words-{draft.action}"), value, is_long=True)
    return Field(part, line(f"desk-part-{part}"), value, is_long=part in LONG)


def _colleague(draft: OfficerDraft, case_state: CaseState, colleagues: Sequence[tuple[str, str]]) -> Field:
    return Field(Part.PERSON, line("desk-part-person"), draft.given.get(Part.PERSON, case_state.claimed_by), colleagues)


def _category(draft: OfficerDraft, case: Case, regency: Regency) -> Field:
    """What it is about, as a verifier finds; as it stands where she chooses nothing."""
    options = [
        (leaf.slug, Label(LabelSource.CATEGORY, leaf.slug))
        for leaf in regency.leaves()
        if leaf.is_offered or leaf.slug == case.category
    ]
    return Field(CATEGORY, line("desk-part-category"), draft.given.get(CATEGORY, case.category or ""), options)


def draft_of(
    ticket: str, fields: Mapping[str, str], files: Sequence[tuple[str, str]], agency_of: Callable[[str], str]
) -> OfficerDraft | None:
    """What a form says; None where it names no action of an officer's.

    `agency_of`: code of the agency that is called as was typed; what was typed where none is.
    """
    action, version = fields.get("deed", ""), whole_number(fields.get("version", ""))
    if action not in {one.value for one in PARTS} or version is None:
        return None
    names = [part.value for part in PARTS[CaseAction(action)]] + ([CATEGORY] if action == CaseAction.FORWARD else [])
    typed = {name: fields.get(name, "").strip()[:LONGEST_WORDS] for name in names}
    if chosen := fields.get("near", ""):  # a similar case was pressed instead of a number typed
        typed |= {Part.PARENT.value: chosen[:LONGEST_WORDS]} if action == CaseAction.MERGE else {}
    if Part.AGENCY in typed:
        typed[Part.AGENCY.value] = agency_of(typed[Part.AGENCY.value])
    given = {name: value for name, value in typed.items() if value}
    return OfficerDraft(ticket, action, version, given=given, files=tuple(files), is_plain="plain" in fields)


def print_of(draft: OfficerDraft) -> str:
    """Tells what was looked at from what was changed since."""
    told = json.dumps([draft.action, draft.given, draft.files, draft.is_plain], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def is_looked_at(draft: OfficerDraft, fields: Mapping[str, str]) -> bool:
    """Whether it may go as it is: nothing is asked for, or it has been shown just like this."""
    return CaseAction(draft.action) in AT_ONCE | UNREAD_OUTSIDE or fields.get("seen") == print_of(draft)
