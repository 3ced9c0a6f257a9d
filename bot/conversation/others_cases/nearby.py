"""What others have reported already, on the card of a draft: when it is looked for, and how it is shown."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from bot.conversation.catalogue import Catalogue
from bot.conversation.draft import UNKNOWN, Draft, NearbyCase, NearbyReports
from bot.conversation.others_cases.effects import FindNearby
from bot.conversation.own_cases.screens import status_label
from bot.conversation.questions.secrecy import is_sensitive
from bot.conversation.screen import Button, Label, LabelSource, Line, button, line
from bot.conversation.turn import Turn

MOST_CATEGORIES = 3


def look_around(turn: Turn, catalogue: Catalogue, *, in_place: bool, note: Line | None) -> Turn:
    """Before the card is shown: look for what is there already, unless just that was looked for today.

    Nothing is sought for what she keeps secret, or for what is handled in trust.
    """
    draft = turn.dialogue.draft
    if draft is None:
        return turn
    sought = "" if draft.secret or is_sensitive(draft, catalogue) else _named(draft)
    if sought == draft.nearby.sought:
        return turn
    turn = turn.with_draft(replace(draft, nearby=NearbyReports(sought)))
    return turn.then(FindNearby(draft, categories_of(draft), note, in_place)) if sought else turn


def categories_of(draft: Draft) -> tuple[str, ...]:
    """What it may be about: what is decided, else the likeliest."""
    decided = draft.decided_category
    if decided is not None and decided != UNKNOWN:
        return (decided,)
    return tuple(guess.name for guess in draft.meaning.categories[:MOST_CATEGORIES])


def _named(draft: Draft) -> str:
    """A name for what is looked for; "" where nothing can be found."""
    given, categories = draft.given_place, categories_of(draft)
    where = (draft.place, given.words if given else None, given.pin if given else None)
    if not categories or not (draft.place.is_known() or any(where[1:])):
        return ""
    what = (draft.report_type, categories, where, draft.story, draft.touched_at.date())
    return hashlib.sha256(repr(what).encode()).hexdigest()[:16]


def nearby_lines(draft: Draft) -> Iterator[Line]:
    """What is there already; the last line says what she can do about it."""
    for case in draft.nearby.cases:
        about, place, ticket = Label(LabelSource.CATEGORY, case.category), case.place, case.ticket
        if case.closed_on:
            yield line("card-nearby-closed", category=about, place=place, closed=case.closed_on, ticket=ticket)
            continue
        yield line(
            "card-nearby",
            people=case.people,
            category=about,
            place=place,
            status=status_label(case.status),
            since=case.filed_on,
            ticket=ticket,
        )
    if draft.nearby.cases:
        yield line("card-nearby-same" if list(_supportable(draft)) else "card-nearby-again")


def support_buttons(draft: Draft) -> Iterator[Button]:
    """One for each case that she can support."""
    supportable = list(_supportable(draft))
    for case in supportable:
        press = f"support:{case.ticket}@{draft.key}"
        if len(supportable) == 1:
            yield button("support", f"support:{case.ticket}", draft.key)
        else:
            yield Button(Line("button-support-one", (("ticket", case.ticket),)), press)


def _supportable(draft: Draft) -> Iterator[NearbyCase]:
    return (case for case in draft.nearby.cases if case.closed_on is None)
