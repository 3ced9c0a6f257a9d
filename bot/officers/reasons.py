"""Why a case is where it is: what was said last by whoever sent it here, for whoever decides next. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from actions.cases.actions import CaseAction
from actions.cases.case import Case, Status, Words
from actions.cases.case_state import CaseState
from actions.privacy.visibility import said_to_group
from bot.conversation.screen import Line, line
from bot.officers.covering import in_the_chat

LONGEST_REASON = 600
REASONS: Mapping[Status, Sequence[CaseAction]] = {
    Status.RECEIVED: (CaseAction.RETURN, CaseAction.REJECT, CaseAction.APPEAL),
    Status.DISPUTED_AUTHORITY: (CaseAction.RETURN, CaseAction.DISPUTE_AUTHORITY),
    Status.FORWARDED: (CaseAction.RULE,),
    Status.IN_PROGRESS: (CaseAction.RULE, CaseAction.ANSWER, CaseAction.DISPUTE, CaseAction.REOPEN),
}
"""Whose words the next decision rests on, in the order in which they were said."""
OF_THE_REPORTER = frozenset({CaseAction.APPEAL, CaseAction.DISPUTE, CaseAction.REOPEN})


def has_reasons(case_state: CaseState) -> bool:
    """Whether anybody has sent it back, ruled on it, judged it, or contested what was answered."""
    return bool(case_state.returns or case_state.bound or case_state.appeals or case_state.contests)


def reasons(case: Case, said: Mapping[CaseAction, str]) -> list[Line]:
    """A line of each; `said` are the last words of each action."""
    return list(_lines(case.status, said))


def reasons_in_chat(case: Case, said: Mapping[CaseAction, str], words: Words | None, *, is_group: bool) -> list[Line]:
    """The same as a chat may read them: a group nothing that is covered, or tells who is anonymous."""
    hers = {action: in_the_chat(said_to_group(said[action], words), case, is_group=True) for action in said}
    shown = {action: hers[action] if is_group and action in OF_THE_REPORTER else said[action] for action in said}
    return list(_lines(case.status, shown))


def _lines(status: Status, said: Mapping[CaseAction, str]) -> Iterator[Line]:
    for action in REASONS.get(status, ()):
        if words := said.get(action, ""):
            cut = words if len(words) <= LONGEST_REASON else f"{words[:LONGEST_REASON].rstrip()}…"
            yield line(f"officer-why-{action.value}", words=cut)
