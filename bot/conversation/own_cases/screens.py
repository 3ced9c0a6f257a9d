"""What a citizen reads of a case of hers, what she is asked about it, and the buttons that do something to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from bot.conversation.catalogue import Catalogue
from bot.conversation.dialogue import Contribution, Dialogue
from bot.conversation.own_cases.events import StatusFound
from bot.conversation.questions.photos import files_line
from bot.conversation.questions.story import story_line
from bot.conversation.screen import Button, ButtonKind, Label, LabelSource, Line, Screen, button, line, screen

REMARK = "remark"
"""The words to a rating; for the case they are words that are added."""
ASKING = ("reply", "dispute", "reopen", "appeal", "add", REMARK)
"""Deeds that need words of hers."""
DEEDS = ("reply", "confirm", "dispute", "rate", "reopen", "appeal", "add")
URGENT = frozenset(DEEDS) - {"add"}
CHOICES = ("reply", "confirm", "dispute", "add")
"""What words may be for that came unasked."""
GIVEN_UP = frozenset({"rejected", "merged", "referred", "withdrawn"})
"""Where nobody will do anything more, it matters no longer why this agency had it."""
LETTERS_TO_KNOW_AGAIN = 160
RATINGS = range(1, 6)
NOTHING_ASKED = Contribution(datetime.min.replace(tzinfo=UTC))
A_WHILE = timedelta(hours=1)
"""So long after she was asked, what she writes may be about something else."""
STAYS_OPEN = timedelta(minutes=15)
"""So long after she has answered a question, what she sends belongs to the answer."""


def own_button(action: str, ticket: str, version: int) -> Button:
    """A button that does something to a case as it stands at this version."""
    if action == "withdraw":
        return button("withdraw", f"withdraw:{ticket}")
    return button(f"own-{action}", f"own:{action}.{ticket}.{version}")


def own_rows(ticket: str, version: int, may: Iterable[str]) -> list[list[Button]]:
    """What she may do now, yes and no side by side, as well as the two that are hardly ever pressed."""
    offered = {action: own_button(action, ticket, version) for action in may}
    together = (("reply",), ("confirm", "dispute"), ("rate",), ("reopen",), ("appeal",), ("add", "withdraw"))
    return [[offered[action] for action in row if action in offered] for row in together]


def rating_rows(ticket: str) -> list[list[Button]]:
    """The buttons with which a citizen rates how her case was handled, from one to five."""
    return [[Button(Line("button-rating", (("count", given),)), f"rate:{ticket}.{given}") for given in RATINGS]]


def status_lines(found: StatusFound) -> Iterator[Line]:
    """Status, agency, reason and dates of a case, as far as its reader may see them."""
    yield line("status-title", ticket=found.ticket, status=status_label(found.status))
    yield line(
        "status-about", type=Label(LabelSource.TEXT, f"type-{found.type}"), category=category_label(found.category)
    )
    if found.status != "referred":
        yield line("status-agency", agency=Label(LabelSource.AGENCY, found.agency))
    if found.reason and found.status not in GIVEN_UP:
        yield line("status-reason", reason=found.reason)
    yield line("status-filed", date=found.filed_at)
    if found.deadline:
        yield from _deadline_lines(found, found.deadline)
    if found.said:
        yield story_line("own-said", found.said)
    yield next_line(found)
    if found.own and found.secret:
        yield line("status-secret")


def short_status_lines(found: StatusFound) -> Iterator[Line]:
    """Where a case stands, in three lines: status, agency, and what is due next; and what the office said."""
    yield line("status-title", ticket=found.ticket, status=status_label(found.status))
    if found.status != "referred":
        yield line("status-agency", agency=Label(LabelSource.AGENCY, found.agency))
    if found.said:
        yield story_line("own-said", found.said)
    if found.deadline and not _waits_for_her(found):
        yield from _deadline_lines(found, found.deadline)
    else:
        yield next_line(found)


def _deadline_lines(found: StatusFound, last: date) -> Iterator[Line]:
    """The day of the answer; of an urgent case that nobody has taken yet, what happens within the hour instead."""
    if found.is_late:
        yield line("own-late", date=last)
    elif found.take_hours:
        yield line("own-urgent", count=found.take_hours)
    else:
        if found.is_urgent_and_taken:
            yield line("own-urgent-taken")
        yield line("status-deadline", date=last)


def _waits_for_her(found: StatusFound) -> bool:
    return bool(found.own and found.until and {"reply", "confirm", "appeal"}.intersection(found.may))


def next_line(found: StatusFound) -> Line:
    """What comes next: of her own case, what she can do and until when."""
    until = found.until
    if found.own and until and "reply" in found.may:
        return line("own-next-reply", date=until)
    if found.own and until and "confirm" in found.may:
        return line("own-next-confirm", date=until)
    if found.own and until and "appeal" in found.may:
        return line("own-next-appeal", date=until)
    if found.elsewhere:
        return line("own-next-elsewhere", contact=found.elsewhere)
    if found.reviewer:
        return line(f"own-next-{found.reviewer}", agency=Label(LabelSource.AGENCY, found.agency))
    if found.own and found.status == "closed":
        return line("own-next-reopen") if "reopen" in found.may else line("own-next-over")
    return line(f"status-next-{found.status}")


def live_card(found: StatusFound, link: str) -> Screen:
    """The one message about a case that changes as the case moves. What she is asked comes in messages of their own."""
    rows = [[copy_ticket(found.ticket)], [button("show-status", f"see:{found.ticket}")]]
    return screen(*status_lines(found), line("filed-link", link=link), rows=rows)


def contribution_screen(dialogue: Dialogue, catalogue: Catalogue) -> Screen:
    """What she is asked for, and what she has sent so far."""
    del catalogue
    asked = dialogue.contribution or NOTHING_ASKED
    question = [line("own-question", words=asked.question)] if asked.question else []
    sent = list(_sent(asked))
    go = [] if asked.is_blank else [button("own-done", "own-done")]
    stop = Button(Line("button-skip"), "back") if asked.action == REMARK else button("back", "back")
    ask = (
        line("own-sent-ask")
        if sent or asked.action not in ASKING
        else line(f"own-ask-{asked.action}", ticket=asked.ticket)
    )
    return screen(*question, *sent, ask, rows=[go, [stop]])


def choice_screen(dialogue: Dialogue, catalogue: Catalogue) -> Screen:
    """What her message is about: one of these cases, or something new."""
    del catalogue
    asked = dialogue.contribution or NOTHING_ASKED
    choices = (choice.partition(".") for choice in asked.choices)
    rows = [
        [Button(Line(f"button-choose-{action}", (("ticket", ticket),)), f"tell:{action}.{ticket}")]
        for action, _, ticket in choices
    ]
    said = [line("own-said-of", ticket=ticket, words=_beginning(words)) for ticket, words in asked.said]
    fresh = button("own-add-to-draft", "own-new") if dialogue.draft else button("fresh", "own-new")
    return screen(line("own-choose"), *_sent(asked), *said, rows=[*rows, [fresh, button("back", "back")]])


def _sent(asked: Contribution) -> Iterator[Line]:
    if asked.words:
        yield story_line("card-story", asked.words)
    if asked.files:
        yield files_line("card-files", (file.kind for file in asked.files))


def _beginning(words: str) -> str:
    """As much as she needs to know again what it was about."""
    return words if len(words) <= LETTERS_TO_KNOW_AGAIN else f"{words[:LETTERS_TO_KNOW_AGAIN].rstrip()} …"


def status_label(status: str) -> Label:
    """What a citizen reads of a state of a case."""
    return Label(LabelSource.TEXT, f"status-{status}")


def category_label(slug: str | None) -> Label:
    """The name of a category, or the words for one that is not decided yet."""
    return Label(LabelSource.CATEGORY, slug) if slug else Label(LabelSource.TEXT, "category-none")


def copy_ticket(ticket: str) -> Button:
    """Copies the number where the channel can."""
    return Button(Line("button-copy", (("ticket", ticket),)), ticket, ButtonKind.COPY)
