"""What an officer's buttons and words do: begin, ask for what is missing, show how it will look, and send."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pydantic import TypeAdapter

from actions.cases.actions import CaseAction
from actions.cases.guards import REJECTIONS
from actions.cases.lifecycle import StepRefused
from actions.cases.officer_handlers import Overtaken, Wish, act_on_case
from actions.regency.agencies import stand_in
from actions.store.cases.casebook import SqlCaseBook
from actions.store.cases.handling import without_liaison
from actions.store.messages.officer_cards import DraftKey, drop_draft, load_draft, save_draft
from bot.conversation.draft import File
from bot.conversation.screen import Label, LabelSource, Line, Screen, line, screen
from bot.messaging.records import names_of_today
from bot.officers.callback_data import CallbackData, Verb, in_full
from bot.officers.case_details import look_closer
from bot.officers.draft import AT_ONCE, BY_REPLYING, UNKNOWN, OfficerDraft, Part
from bot.officers.draft_screens import eligible, finished, preview, question, summary, what_is_it
from bot.officers.session import CaseAccess, OfficersSession, meanwhile, since, why_not
from bot.services.declared_words import refusal
from bot.services.reporter_news import notice
from bot.understanding.normalise import mask

TO_AN_AGENCY = frozenset({CaseAction.FORWARD, CaseAction.PASS_ON, CaseAction.RULE})
"""After these an agency of the government has the case."""


def nobody_there(agency: str, instead: str) -> Line:
    """What is said before a case goes to an agency without people; `instead` is itself where nobody acts for it."""
    if agency == instead:
        return line("officer-nobody-outside", agency=Label(LabelSource.AGENCY, agency))
    return line(
        "officer-nobody-there",
        agency=Label(LabelSource.AGENCY, agency),
        instead=Label(LabelSource.AGENCY, instead),
    )


@dataclass(frozen=True, slots=True)
class DraftPreview:
    """How it will look, what to mind, and whether it can be sent."""

    look: Sequence[Line]
    notes: Sequence[Line]
    may_send: bool


async def draft_preview(session: OfficersSession, case_access: CaseAccess, draft: OfficerDraft) -> Screen:
    """How it will look in a chat, with its buttons."""
    found = await preview_draft(session, case_access, draft)
    return preview(draft, found.look, found.notes, may_send=found.may_send)


async def preview_draft(session: OfficersSession, case_access: CaseAccess, draft: OfficerDraft) -> DraftPreview:
    """How it will look, and what stands against it: nothing of it is written."""
    action, notes = CaseAction(draft.action), [*_notes(draft), *await _alone(session, draft)]
    if action not in case_access.offered:
        return DraftPreview(summary(draft), [why_not(session, case_access, action), *notes], may_send=False)
    wish = _wish(session, case_access, draft, action, seen=None)
    try:
        done = await act_on_case(
            SqlCaseBook(session.connection),
            session.officers_service.regency,
            wish,
            case_access.at,
            session.officers_service.chance,
        )
    except StepRefused as refused:
        return DraftPreview(summary(draft), [refusal(refused), *notes], may_send=False)
    look = _as_read(session, case_access, notice(done, session.officers_service.regency)) or [
        line("officer-preview-untold"),
        *summary(draft),
    ]
    return DraftPreview(look, notes, may_send=True)


async def carried_out(session: OfficersSession, case_access: CaseAccess, draft: OfficerDraft) -> bool:
    """Do it; where it cannot be done say why where she pressed, and leave what she wrote as it is."""
    why = await carry_out(session, case_access, draft)
    if why:
        session.answer(why)
    return why is None


async def carry_out(session: OfficersSession, case_access: CaseAccess, draft: OfficerDraft) -> Line | None:
    """Do it; a sentence where it cannot be done."""
    action = CaseAction(draft.action)
    if action not in case_access.offered:
        return why_not(session, case_access, action)
    if unseen := since(case_access, draft.version):
        return await meanwhile(session, unseen)
    wish = _wish(session, case_access, draft, action, seen=case_access.case.version)
    try:
        await act_on_case(
            session.book, session.officers_service.regency, wish, case_access.at, session.officers_service.chance
        )
    except Overtaken as overtaken:  # between the look at it and this
        return await meanwhile(session, overtaken.since)
    except StepRefused as refused:
        return refusal(refused)
    session.wanted += [File(kind, file_id) for kind, file_id in draft.files]
    return None


def _wish(
    session: OfficersSession, case_access: CaseAccess, draft: OfficerDraft, action: CaseAction, *, seen: int | None
) -> Wish:
    by_hand = line("reason-by-hand")
    return Wish(
        ticket=draft.ticket,
        command=draft.command(session.officers_service.say(by_hand)),
        who=case_access.offered[action],
        seen=seen,
        enclosures=draft.enclosures(session.channel, session.chat),
        reason=session.officers_service.say(by_hand, case_access.case.language)
        if action is not CaseAction.RETURN
        else "",
    )


def _as_read(session: OfficersSession, case_access: CaseAccess, lines: Sequence[Line]) -> list[Line]:
    """What the reporter will read, in her language."""
    words = "\n".join(session.officers_service.say(one, case_access.case.language) for one in lines)
    return [line("officer-preview-look", words=words)] if words else []


def _notes(draft: OfficerDraft) -> list[Line]:
    typed = " ".join(draft.given[part] for part in draft.typed_parts if part in draft.given)
    notes = [line("officer-personal")] if mask(typed) != typed else []
    return [*notes, *([line("officer-preview-files", count=len(draft.files))] if draft.files else [])]


async def _alone(session: OfficersSession, draft: OfficerDraft) -> list[Line]:
    """That nobody works for the agency to which it shall go, and who acts in its place."""
    agency, agencies = draft.given.get(Part.AGENCY, ""), session.officers_service.regency.agencies
    if draft.action not in TO_AN_AGENCY or agency not in agencies:
        return []
    unmanned = await without_liaison(session.connection, agencies)
    return [nobody_there(agency, stand_in(agencies, agency, unmanned))] if agency in unmanned else []


_DRAFT = TypeAdapter(OfficerDraft)


async def press(session: OfficersSession, case_access: CaseAccess, callback: CallbackData) -> None:
    """Do what a button says, if it still can."""
    if isinstance(callback.does, CaseAction):
        await _begin(session, case_access, callback, callback.does)
    elif callback.does is Verb.LOOK:
        await look_closer(session, case_access)
    else:
        await _go_on(session, case_access, callback, callback.does)


async def write(session: OfficersSession, case_access: CaseAccess, text: str, file: tuple[str, str] | None) -> None:
    """Take words or a file for what she is about to do; without anything begun they wait to be told what they are."""
    draft = await _draft(session, case_access) or OfficerDraft(case_access.case.ticket, "", case_access.case.version)
    if file:
        draft = draft.with_file(*file, session.officers_service.regency.limits.files_a_case)
    await _save(session, case_access, draft.typed(text))


async def show(session: OfficersSession, case_access: CaseAccess, *, in_place: bool = False) -> None:
    """Show what she is about to do as it now is: the next question, or how it will look."""
    draft = await _draft(session, case_access)
    if draft is None:
        return
    if not draft.action:
        kinds = [action for action in BY_REPLYING if action in case_access.offered]
        if not kinds:
            await drop_draft(session.connection, _key(session, case_access))
            session.show(
                screen(why_not(session, case_access, CaseAction.ANSWER), line("officer-nothing-sent")), draft.ticket
            )
            return
        draft = draft.become(kinds[0]) if len(kinds) == 1 else draft
    draft, shown = await _seen(session, case_access, draft)
    if draft.missing in draft.typed_parts and case_access.account == session.chat and not in_place:
        ref = session.invite(shown, draft.ticket)
    else:
        ref = session.show(shown, draft.ticket, edits=draft.shown if in_place else "")
    await _save(session, case_access, replace(draft, shown=ref))


async def _seen(session: OfficersSession, case_access: CaseAccess, draft: OfficerDraft) -> tuple[OfficerDraft, Screen]:
    """What she sees of it. Whoever wrote while somebody else acted is told, and has then seen that."""
    if not draft.action and Part.WORDS in draft.given:
        return draft, what_is_it(draft, [action for action in BY_REPLYING if action in case_access.offered])
    if draft.missing:
        return draft, question(draft, case_access.case_state, session.officers_service.regency)
    unseen = since(case_access, draft.version)
    draft = replace(draft, version=case_access.case.version, step=draft.step + bool(unseen))
    shown = await draft_preview(session, case_access, draft)
    return draft, replace(shown, lines=(await meanwhile(session, unseen), *shown.lines)) if unseen else shown


async def _begin(session: OfficersSession, case_access: CaseAccess, callback: CallbackData, action: CaseAction) -> None:
    unseen = since(case_access, callback.version) if action is not CaseAction.HIDE else ()
    if unseen:  # what is to be hidden is to be hidden wherever the case has gone meanwhile
        session.answer(await meanwhile(session, unseen))
        return
    if not case_access.is_here:
        session.answer(line("officer-in-private"))
        return
    if action not in case_access.offered:
        session.answer(why_not(session, case_access, action))
        return
    draft = OfficerDraft(case_access.case.ticket, action.value, case_access.case.version)
    if action not in AT_ONCE:
        await _save(session, case_access, draft)
        await show(session, case_access)
    elif await carried_out(session, case_access, draft):
        session.answer(line("officer-done"))


async def _go_on(session: OfficersSession, case_access: CaseAccess, callback: CallbackData, verb: Verb) -> None:
    draft = await _draft(session, case_access)
    if draft is None or draft.step != callback.step or not case_access.is_here:
        session.answer(line("officer-draft-stale") if case_access.is_here else line("officer-in-private"))
        return
    is_sent = verb is Verb.SEND and await carried_out(session, case_access, draft)
    if is_sent or verb is Verb.DROP:
        await drop_draft(session.connection, _key(session, case_access))
        session.show(finished(draft, is_sent=is_sent), draft.ticket, edits=draft.shown)
        if is_sent:
            session.answer(line("officer-done"))
        return
    await _save(session, case_access, _changed(session, case_access, draft, callback, verb))
    await show(session, case_access, in_place=True)


def _changed(
    session: OfficersSession, case_access: CaseAccess, draft: OfficerDraft, callback: CallbackData, verb: Verb
) -> OfficerDraft:
    match verb:
        case Verb.AS if callback.argument in case_access.offered:
            return draft.become(CaseAction(callback.argument))
        case Verb.PICK if draft.missing is Part.AGENCY:
            codes = [*eligible(draft, case_access.case_state, session.officers_service.regency), UNKNOWN]
            return _picked(draft, Part.AGENCY, in_full(callback.argument, codes))
        case Verb.PICK if draft.missing is Part.CODE:
            return _picked(draft, Part.CODE, in_full(callback.argument, REJECTIONS))
        case Verb.PAGE if callback.argument.isdecimal():
            return draft.turned_to(int(callback.argument))
        case Verb.PLAIN:
            return draft.plain()
        case Verb.REDO:
            return draft.anew()
    return draft


def _picked(draft: OfficerDraft, part: Part, value: str | None) -> OfficerDraft:
    return draft.chosen(part, value) if value else draft


async def _draft(session: OfficersSession, case_access: CaseAccess) -> OfficerDraft | None:
    """What she is about to do with this case in this chat."""
    record = await load_draft(session.connection, _key(session, case_access))
    return _DRAFT.validate_python(names_of_today(json.loads(record))) if record else None


async def _save(session: OfficersSession, case_access: CaseAccess, draft: OfficerDraft) -> None:
    record = _DRAFT.dump_json(draft, exclude_defaults=True).decode()
    await save_draft(session.connection, _key(session, case_access), record, case_access.at)


def _key(session: OfficersSession, case_access: CaseAccess) -> DraftKey:
    return DraftKey(session.chat, case_access.account, case_access.case.ticket)
