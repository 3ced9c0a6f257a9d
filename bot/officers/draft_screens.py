"""What an officer is asked while she writes, and how it will look: screens of a draft. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from actions.cases.actions import Deed
from actions.cases.case_state import Standing
from actions.cases.guards import REJECTIONS
from actions.regency.agencies import siblings
from actions.regency.model import AgencyKind, Regency
from bot.conversation.screen import Button, Label, Line, Names, Screen, button, line, screen
from bot.officers.callback_data import Tap, Verb, short
from bot.officers.draft import UNKNOWN, Draft, Part

A_PAGE = 8
"""Agencies on a page; a page of thirty buttons is no choice."""


def question(draft: Draft, standing: Standing, regency: Regency) -> Screen:
    """The screen that asks for the next part of a draft."""
    match draft.missing:
        case Part.AGENCY:
            return _agencies(draft, standing, regency)
        case Part.CODE:
            return _codes(draft)
    asked = line(f"officer-ask-{draft.missing}", ticket=draft.ticket, deed=_deed_label(draft))
    return screen(asked, line("officer-ask-reply"), rows=[[tap_button("cancel", draft, Verb.DROP)]])


def what_is_it(draft: Draft, offered: Sequence[Deed]) -> Screen:
    """What the words shall be with which somebody has simply answered a card."""
    choices = [Button(line(f"button-officer-{deed.value}"), _tap(draft, Verb.AS, deed.value)) for deed in offered]
    return screen(
        line("officer-ask-what", ticket=draft.ticket), rows=[choices, [tap_button("cancel", draft, Verb.DROP)]]
    )


def preview(draft: Draft, look: Sequence[Line], notes: Sequence[Line], *, may_send: bool) -> Screen:
    """How it will look to the reporter, what to mind, and Kirim where it can be sent."""
    shown = (line("officer-preview", ticket=draft.ticket, deed=_deed_label(draft)), *look, *notes)
    typed = [tap_button("change", draft, Verb.REDO)] if draft.given.keys() - {Part.AGENCY, Part.CODE} else []
    send = [tap_button("send", draft, Verb.SEND)] if may_send else []
    rows = [[*send, *typed, tap_button("cancel", draft, Verb.DROP)]]
    if draft.deed == Deed.FORWARD:
        rows.append([_toggle(draft)])
    return screen(*shown, rows=rows)


def summary(draft: Draft) -> list[Line]:
    """A line of the parts that have been given so far."""
    given = [part for part in draft.parts if part in draft.given]
    return [line(f"officer-given-{part}", words=_said(part, draft.given[part])) for part in given]


def finished(draft: Draft, *, is_sent: bool) -> Screen:
    """The screen that stays in the chat when a draft is done."""
    told = "officer-sent" if is_sent else "officer-dropped"
    return screen(line(told, ticket=draft.ticket, deed=_deed_label(draft)))


def tap_button(label: str, draft: Draft, verb: Verb, argument: str = "") -> Button:
    """A button about this draft as it now is."""
    return button(label, _tap(draft, verb, argument))


def eligible(draft: Draft, standing: Standing, regency: Regency) -> list[str]:
    """Codes of the agencies that there are to choose from, the suggested one first."""
    agencies, holder = regency.agencies, standing.agency
    near = siblings(agencies, holder) if draft.deed == Deed.PASS_ON and holder in agencies else agencies.keys()
    others = [code for code in agencies if code in near and (code != holder or draft.deed == Deed.RULE)]
    if draft.deed == Deed.FORWARD and holder in agencies and agencies[holder].kind is not AgencyKind.REGENCY_ADMIN:
        others.insert(0, holder)  # who holds it in trust may well be who shall answer it
    return sorted(others, key=lambda code: code != standing.suggested)


def _agencies(draft: Draft, standing: Standing, regency: Regency) -> Screen:
    codes = eligible(draft, standing, regency)
    last = max((len(codes) - 1) // A_PAGE, 0)
    page = min(draft.page, last)
    rows = [[_choice(draft, Label(Names.AGENCY, code), code)] for code in codes[page * A_PAGE : (page + 1) * A_PAGE]]
    turn = [tap_button("officer-earlier", draft, Verb.PAGE, str(page - 1))] if page else []
    turn += [tap_button("officer-further", draft, Verb.PAGE, str(page + 1))] if page < last else []
    unknown = [[_choice(draft, line("button-officer-unknown-agency"), UNKNOWN)]] if draft.deed == Deed.RETURN else []
    ask = line("officer-ask-agency", ticket=draft.ticket, deed=_deed_label(draft))
    return screen(ask, rows=[*rows, turn, *unknown, [tap_button("cancel", draft, Verb.DROP)]])


def _codes(draft: Draft) -> Screen:
    rows = [[_choice(draft, line(f"officer-code-{code}"), code)] for code in REJECTIONS]
    ask = line("officer-ask-code", ticket=draft.ticket)
    return screen(ask, rows=[*rows, [tap_button("cancel", draft, Verb.DROP)]])


def _choice(draft: Draft, label: Line | Label, value: str) -> Button:
    return Button(label, _tap(draft, Verb.PICK, short(value)))


def _toggle(draft: Draft) -> Button:
    label = line("button-officer-plain-on") if draft.is_plain else line("button-officer-plain-off")
    return Button(label, _tap(draft, Verb.PLAIN))


def _tap(draft: Draft, verb: Verb, argument: str = "") -> str:
    return Tap(verb, draft.ticket, draft.version, draft.step, argument).written()


def _deed_label(draft: Draft) -> Label:
    return Label(Names.TEXT, f"button-officer-{draft.deed or Deed.NOTE}")


def _said(part: Part, value: str) -> str | Label:
    match part:
        case Part.AGENCY if value != UNKNOWN:
            return Label(Names.AGENCY, value)
        case Part.AGENCY:
            return Label(Names.TEXT, "button-officer-unknown-agency")
        case Part.CODE:
            return Label(Names.TEXT, f"officer-code-{value}")
    return value
