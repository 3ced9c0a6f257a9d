"""What an officer is asked while she writes, and how it will look: screens of a draft. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from actions.cases.actions import CaseAction
from actions.cases.case_state import CaseState
from actions.cases.guards import REJECTIONS
from actions.regency.agencies import siblings
from actions.regency.model import AgencyKind, Regency
from bot.conversation.screen import Button, Label, LabelSource, Line, Screen, button, line, screen
from bot.officers.callback_data import CallbackData, Verb, short
from bot.officers.draft import UNKNOWN, OfficerDraft, Part

A_PAGE = 8
"""Agencies on a page; a page of thirty buttons is no choice."""


def question(draft: OfficerDraft, case_state: CaseState, regency: Regency) -> Screen:
    """What is asked for next."""
    match draft.missing:
        case Part.AGENCY:
            return _agencies(draft, case_state, regency)
        case Part.CODE:
            return _codes(draft)
    asked = line(f"officer-ask-{draft.missing}", ticket=draft.ticket, action=_action_label(draft))
    return screen(asked, line("officer-ask-reply"), rows=[[tap_button("cancel", draft, Verb.DROP)]])


def what_is_it(draft: OfficerDraft, offered: Sequence[CaseAction]) -> Screen:
    """What the words shall be with which somebody has simply answered a card."""
    choices = [Button(line(f"button-officer-{action.value}"), _tap(draft, Verb.AS, action.value)) for action in offered]
    return screen(
        line("officer-ask-what", ticket=draft.ticket), rows=[choices, [tap_button("cancel", draft, Verb.DROP)]]
    )


def preview(draft: OfficerDraft, look: Sequence[Line], notes: Sequence[Line], *, may_send: bool) -> Screen:
    """How it will look to the reporter, what to mind, and Kirim where it can be sent."""
    shown = (line("officer-preview", ticket=draft.ticket, action=_action_label(draft)), *look, *notes)
    typed = [tap_button("change", draft, Verb.REDO)] if draft.given.keys() - {Part.AGENCY, Part.CODE} else []
    send = [tap_button("send", draft, Verb.SEND)] if may_send else []
    rows = [[*send, *typed, tap_button("cancel", draft, Verb.DROP)]]
    if draft.action == CaseAction.FORWARD:
        rows.append([_toggle(draft)])
    return screen(*shown, rows=rows)


def summary(draft: OfficerDraft) -> list[Line]:
    """What was given by now."""
    given = [part for part in draft.parts if part in draft.given]
    return [line(f"officer-given-{part}", words=_said(part, draft.given[part])) for part in given]


def finished(draft: OfficerDraft, *, is_sent: bool) -> Screen:
    """What stays of it."""
    told = "officer-sent" if is_sent else "officer-dropped"
    return screen(line(told, ticket=draft.ticket, action=_action_label(draft)))


def tap_button(label: str, draft: OfficerDraft, verb: Verb, argument: str = "") -> Button:
    """A button about this draft as it now is."""
    return button(label, _tap(draft, verb, argument))


def eligible(draft: OfficerDraft, case_state: CaseState, regency: Regency) -> list[str]:
    """Codes of the agencies that there are to choose from, the suggested one first."""
    agencies, holder = regency.agencies, case_state.agency
    near = siblings(agencies, holder) if draft.action == CaseAction.PASS_ON and holder in agencies else agencies.keys()
    others = [code for code in agencies if code in near and (code != holder or draft.action == CaseAction.RULE)]
    if (
        draft.action == CaseAction.FORWARD
        and holder in agencies
        and agencies[holder].kind is not AgencyKind.REGENCY_ADMIN
    ):
        others.insert(0, holder)  # who holds it in trust may well be who shall answer it
    return sorted(others, key=lambda code: code != case_state.suggested)


def _agencies(draft: OfficerDraft, case_state: CaseState, regency: Regency) -> Screen:
    codes = eligible(draft, case_state, regency)
    last = max((len(codes) - 1) // A_PAGE, 0)
    page = min(draft.page, last)
    rows = [
        [_choice(draft, Label(LabelSource.AGENCY, code), code)] for code in codes[page * A_PAGE : (page + 1) * A_PAGE]
    ]
    turn = [tap_button("officer-earlier", draft, Verb.PAGE, str(page - 1))] if page else []
    turn += [tap_button("officer-further", draft, Verb.PAGE, str(page + 1))] if page < last else []
    unknown = (
        [[_choice(draft, line("button-officer-unknown-agency"), UNKNOWN)]] if draft.action == CaseAction.RETURN else []
    )
    ask = line("officer-ask-agency", ticket=draft.ticket, action=_action_label(draft))
    return screen(ask, rows=[*rows, turn, *unknown, [tap_button("cancel", draft, Verb.DROP)]])


def _codes(draft: OfficerDraft) -> Screen:
    rows = [[_choice(draft, line(f"officer-code-{code}"), code)] for code in REJECTIONS]
    ask = line("officer-ask-code", ticket=draft.ticket)
    return screen(ask, rows=[*rows, [tap_button("cancel", draft, Verb.DROP)]])


def _choice(draft: OfficerDraft, label: Line | Label, value: str) -> Button:
    return Button(label, _tap(draft, Verb.PICK, short(value)))


def _toggle(draft: OfficerDraft) -> Button:
    label = line("button-officer-plain-on") if draft.is_plain else line("button-officer-plain-off")
    return Button(label, _tap(draft, Verb.PLAIN))


def _tap(draft: OfficerDraft, verb: Verb, argument: str = "") -> str:
    return CallbackData(verb, draft.ticket, draft.version, draft.step, argument).written()


def _action_label(draft: OfficerDraft) -> Label:
    return Label(LabelSource.TEXT, f"button-officer-{draft.action or CaseAction.NOTE}")


def _said(part: Part, value: str) -> str | Label:
    match part:
        case Part.AGENCY if value != UNKNOWN:
            return Label(LabelSource.AGENCY, value)
        case Part.AGENCY:
            return Label(LabelSource.TEXT, "button-officer-unknown-agency")
        case Part.CODE:
            return Label(LabelSource.TEXT, f"officer-code-{value}")
    return value
