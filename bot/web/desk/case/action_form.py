"""What an officer does at the desk as a form: its fields, what was typed into them, and a draft of it. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from actions.cases.actions import Deed
from actions.cases.case import Case
from actions.cases.case_state import Standing
from actions.cases.guards import REJECTIONS
from actions.regency.model import Regency
from bot.conversation.screen import Label, Line, Names, line
from bot.officers.draft import AT_ONCE, BY_REPLYING, CATEGORY, LONGEST_WORDS, PARTS, UNKNOWN, Draft, Part
from bot.officers.draft_screens import eligible
from bot.web.shared.numbers import whole_number

KEYS: Final[Mapping[Deed, str]] = {
    Deed.ACCEPT: "a",
    Deed.ANSWER: "w",
    Deed.NOTE: "n",
    Deed.ASK: "t",
    Deed.RETURN: "b",
    Deed.PASS_ON: "p",
    Deed.FORWARD: "f",
    Deed.RULE: "r",
    Deed.REJECT: "x",
    Deed.REFER: "l",
    Deed.MERGE: "g",
    Deed.HIDE: "h",
    Deed.REOPEN: "o",
}
"""One key a deed; j, k, u, i and ? are the page's own."""
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
    """

    name: str
    label: Line
    value: str
    options: Sequence[tuple[str, Line | Label]] = ()
    is_long: bool = False


@dataclass(frozen=True, slots=True)
class DeedForm:
    """A deed that she may do now.

    Attributes:
        key: that opens it, or does it.
        is_at_once: nothing more is asked; one press does it.
        takes_files: photos may come along.
        is_plain: she has found that a matter only sounded sensitive; None where that is no question.
        files: what came along already.
    """

    deed: str
    key: str
    label: Label
    fields: Sequence[Field]
    is_at_once: bool
    takes_files: bool
    is_plain: bool | None
    files: str = ""


def form_of(deed: Deed, case: Case, standing: Standing, regency: Regency, draft: Draft | None = None) -> DeedForm:
    """The form of a deed, filled in as the draft says where it is of this deed."""
    own = draft if draft and draft.deed == deed else Draft(case.ticket, deed.value, case.version)
    return DeedForm(
        deed=deed.value,
        key=KEYS[deed],
        label=Label(Names.TEXT, f"button-officer-{deed.value}"),
        fields=[
            *(_field(part, own, standing, regency) for part in PARTS[deed]),
            *([_category(own, case, regency)] if deed is Deed.FORWARD else []),
        ],
        is_at_once=deed in AT_ONCE,
        takes_files=deed in BY_REPLYING,
        is_plain=own.is_plain if deed is Deed.FORWARD and case.sensitive else None,
        files=" ".join(f"{kind}:{name}" for kind, name in own.files),
    )


def _field(part: Part, draft: Draft, standing: Standing, regency: Regency) -> Field:
    value = draft.given.get(part, "")
    match part:
        case Part.AGENCY:
            codes = eligible(draft, standing, regency)
            options: list[tuple[str, Line | Label]] = [(code, Label(Names.AGENCY, code)) for code in codes]
            if draft.deed == Deed.RETURN:
                options.append((UNKNOWN, line("button-officer-unknown-agency")))
            return Field(part, line("desk-part-agency"), value, options)
        case Part.CODE:
            return Field(part, line("desk-part-code"), value, [(c, line(f"officer-code-{c}")) for c in REJECTIONS])
        case Part.WORDS:
            return Field(part, line(f"desk-words-{draft.deed}"), value, is_long=True)
    return Field(part, line(f"desk-part-{part}"), value, is_long=part in LONG)


def _category(draft: Draft, case: Case, regency: Regency) -> Field:
    """What it is about, as a verifier finds; as it stands where she chooses nothing."""
    options = [(leaf.slug, Label(Names.CATEGORY, leaf.slug)) for leaf in regency.leaves()]
    return Field(CATEGORY, line("desk-part-category"), draft.given.get(CATEGORY, case.category or ""), options)


def draft_of(ticket: str, fields: Mapping[str, str], files: Sequence[tuple[str, str]]) -> Draft | None:
    """What a form says; None where it names no deed of an officer's."""
    deed, version = fields.get("deed", ""), whole_number(fields.get("version", ""))
    if deed not in {one.value for one in PARTS} or version is None:
        return None
    names = [part.value for part in PARTS[Deed(deed)]] + ([CATEGORY] if deed == Deed.FORWARD else [])
    typed = {name: fields.get(name, "").strip()[:LONGEST_WORDS] for name in names}
    given = {name: value for name, value in typed.items() if value}
    return Draft(ticket, deed, version, given=given, files=tuple(files), is_plain="plain" in fields)


def print_of(draft: Draft) -> str:
    """Tells what was looked at from what was changed since."""
    told = json.dumps([draft.deed, draft.given, draft.files, draft.is_plain], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def is_looked_at(draft: Draft, fields: Mapping[str, str]) -> bool:
    """Whether it may go as it is: nothing is asked for, or it has been shown just like this."""
    return Deed(draft.deed) in AT_ONCE or fields.get("seen") == print_of(draft)
