"""The screens that belong to no question: menus, languages, confirmations."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.conversation.catalogue import Catalogue
from bot.conversation.dialogue import CHOOSE, CONTRIBUTE, Dialogue
from bot.conversation.own_cases.screens import choice_screen, contribution_screen
from bot.conversation.questions.story import story_line
from bot.conversation.screen import Button, Line, Rows, Screen, button, line, screen

MENU: Rows = (
    (button("report", "report"),),
    (button("mine", "mine"), button("help", "help")),
)


def welcome(key: str = "welcome") -> Screen:
    """The first thing a citizen sees."""
    return screen(line(key), rows=MENU)


def languages(catalogue: Catalogue) -> Screen:
    """Each language in its own words."""
    rows = [[Button(Line(f"button-language-{code}"), f"language:{code}")] for code in catalogue.languages]
    return screen(line("language-ask"), rows=rows)


def as_report(answer: Line) -> Screen:
    """An answer to words that may have been a complaint after all."""
    return screen(answer, rows=[[button("make-report", "make-report")]])


def as_request(answer: Line) -> Screen:
    """An answer to a question, or that there is none: the agency can be asked, and it may have been a report."""
    return screen(answer, rows=[[button("make-request", "make-request")], [button("make-report", "make-report")]])


def withdrawal(ticket: str) -> Screen:
    """Whether a case may really be taken back."""
    yes = button("withdraw-yes", f"withdraw-yes:{ticket}")
    return screen(line("withdraw-ask", ticket=ticket), rows=[[yes, button("keep-case", "back")]])


def forgetting(asked: str) -> Screen:
    """Whether what is kept of her shall really go; `asked` says when she was asked."""
    yes = button("forget-yes", f"forget-yes:{asked}")
    rows = [[yes], [button("own-data", "own-data"), button("back", "forget-no")]]
    return screen(line("forget-ask"), line("forget-stays"), line("forget-last"), rows=rows)


def _forget(dialogue: Dialogue, catalogue: Catalogue) -> Screen:
    del catalogue
    return forgetting(dialogue.about)


def _weekly(dialogue: Dialogue, catalogue: Catalogue) -> Screen:
    del dialogue, catalogue
    return screen(line("weekly-ask"), rows=[[button("back", "back")]])


def _key(dialogue: Dialogue) -> str:
    return dialogue.draft.key if dialogue.draft else ""


def _back(dialogue: Dialogue) -> list[Button]:
    return [button("back", "back", _key(dialogue))]


def _cancel(dialogue: Dialogue, catalogue: Catalogue) -> Screen:
    del catalogue
    return screen(line("cancel-ask"), rows=[[button("cancel-yes", "cancel-yes", _key(dialogue)), *_back(dialogue)]])


def _withdraw(dialogue: Dialogue, catalogue: Catalogue) -> Screen:
    del catalogue
    return withdrawal(dialogue.about)


def _ticket(dialogue: Dialogue, catalogue: Catalogue) -> Screen:
    del dialogue, catalogue
    return screen(line("ticket-ask"), rows=[[button("back", "back")]])


def _stale(dialogue: Dialogue, catalogue: Catalogue) -> Screen:
    del catalogue
    key = _key(dialogue)
    story = dialogue.draft.story if dialogue.draft else ""
    return screen(
        story_line("stale-ask", story),
        line("stale-price"),
        rows=[[button("continue", "continue", key)], [button("fresh", "fresh", key)]],
    )


def _put_aside(dialogue: Dialogue, catalogue: Catalogue) -> Screen:
    del catalogue
    key = _key(dialogue)
    rows = [[button("resume", "back", key)], [button("delete-draft", "delete-draft", key)]]
    return screen(line("put-aside"), rows=rows)


SCREENS: Mapping[str, Callable[[Dialogue, Catalogue], Screen]] = {
    "cancel": _cancel,
    "withdraw": _withdraw,
    "ticket": _ticket,
    "forget": _forget,
    "weekly": _weekly,
    "stale": _stale,
    "put-aside": _put_aside,
    CONTRIBUTE: contribution_screen,
    CHOOSE: choice_screen,
}
"""Screens by the name of the step in which they stand open."""

OPEN_AT_REST = frozenset({"withdraw", "ticket", "forget", "weekly", CONTRIBUTE, CHOOSE})
"""Screens that stand open although there is no draft."""
