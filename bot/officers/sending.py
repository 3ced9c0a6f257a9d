"""Carries out what an officer has written, and rehearses it before: so she sees what her reporter will read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from actions.cases.actions import CaseAction
from actions.cases.lifecycle import StepRefused
from actions.cases.officer_handlers import Overtaken, Wish, act_on_case
from actions.store.cases.casebook import SqlCaseBook
from bot.conversation.dialogue import File
from bot.conversation.screen import Line, Screen, line
from bot.officers.case_access import CaseAccess, meanwhile, since, why_not
from bot.officers.draft import OfficerDraft
from bot.officers.draft_screens import preview, summary
from bot.officers.session import OfficersSession
from bot.services.refusing import refusal
from bot.services.reporter_news import notice
from bot.understanding.personal import mask


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
    action, notes = CaseAction(draft.action), _notes(draft)
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
