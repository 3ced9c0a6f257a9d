"""`/trainer`: what citizens wrote, in the order in which it teaches most, to be labelled by a key each."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from typing import Any

from fastapi import APIRouter, Request, Response

from actions.store.training.inbox import InboxFilter, SampleCursor, inbox_page, open_count, said_since
from actions.store.training.samples import Sample, twins_of
from bot.conversation.screen import Line, line
from bot.conversation.staff.lessons import INTENT_WORDS
from bot.training.samples.labelling import who
from bot.training.samples.similar import SampleGroup, grouped
from bot.web.shared.access import guarded, person_of
from bot.web.shared.numbers import needed_number, whole_number
from bot.web.trainer.acts.routes import acts_counter
from bot.web.trainer.context import TrainerContext
from bot.web.trainer.inbox.asked import NAMES, InboxSearch, read_search
from bot.web.trainer.view import SampleCard, card_of

INBOX: Mapping[str, Line] = {
    "about": line("inbox-about"),
    "kinds": line("acts-kinds"),
    "of_reports": line("acts-of-reports"),
    "empty": line("inbox-empty"),
    "nothing_found": line("inbox-nothing-found"),
    "no_more": line("inbox-no-more"),
    "from_the_top": line("inbox-from-the-top"),
    "key_help": line("inbox-keys"),
    "rules": line("trainer-rules"),
    "type": line("inbox-type"),
    "labels": line("inbox-labels"),
    "other": line("inbox-other"),
    "other_use": line("inbox-other-use"),
    "choose": line("inbox-choose"),
    "talk": line("inbox-talk"),
    "two": line("inbox-two"),
    "two_first": line("inbox-two-first"),
    "two_second": line("inbox-two-second"),
    "skip": line("inbox-skip"),
    "put_away": line("inbox-put-away"),
    "undo": line("inbox-undo"),
    "place": line("inbox-mark-place"),
    "time": line("inbox-mark-time"),
    "more": line("inbox-more"),
    "similar": line("inbox-similar"),
    "alone": line("inbox-alone"),
    "bulk": line("inbox-bulk"),
    "bulk_pick": line("inbox-bulk-pick"),
    "bulk_use": line("inbox-bulk-use"),
    "unsaved": line("inbox-unsaved"),
    "message": line("inbox-message"),
    "find": line("inbox-find"),
    "find_use": line("inbox-find-use"),
    "find_all": line("inbox-find-all"),
    "words": line("inbox-find-words"),
    "guess": line("inbox-find-guess"),
    "any": line("inbox-find-any"),
    "doubt": line("inbox-find-doubt"),
    "doubt_yes": line("inbox-find-doubt-yes"),
    "doubt_no": line("inbox-find-doubt-no"),
    "channel": line("inbox-find-channel"),
    "first": line("inbox-find-first"),
    "last": line("inbox-find-last"),
    **{f"intent_{name}": words for name, words in INTENT_WORDS.items()},
}


A_PAGE = 10
READ_FOR_A_PAGE = 120
"""Messages among which it is looked what belongs together."""
COUNTED_UP_TO = 1_000
MOST_SHOWN = 400


def trainer_router(context: TrainerContext) -> APIRouter:
    """The routes of the trainers' inbox."""
    router = guarded(context.sign_in)

    @router.get("/trainer")
    async def inbox(request: Request) -> Response:
        return await _inbox(context, request)

    @router.get("/trainer/next")
    async def next_cards(request: Request) -> Response:
        """More cards, those left out that the page has already."""
        return await _next(context, request)

    return router


async def _inbox(context: TrainerContext, request: Request) -> Response:
    search = read_search(request.query_params)
    found, after = await _groups(context, request, search.sought(context.zone), _after(request))
    return context.answer(
        request,
        "trainer/inbox/inbox.html",
        line("trainer-inbox"),
        INBOX,
        **await cards(context, found),
        **{**await acts_counter(context), **await counters(context, request)},
        search=search,
        names=NAMES,
        channels=context.channels,
        after=after,
        rules=context.rules_shown(request),
    )


async def _next(context: TrainerContext, request: Request) -> Response:
    search = read_search(request.query_params)
    numbers = [whole_number(value) for value in request.query_params.getlist("shown")[:MOST_SHOWN]]
    hidden = frozenset(number for number in numbers if number is not None)
    found, after = await _groups(context, request, search.sought(context.zone, hidden), None)
    shown = await cards(context, found)
    return context.answer(
        request, "trainer/inbox/next.html", line("trainer-inbox"), INBOX, search=search, after=after, **shown
    )


async def _groups(
    context: TrainerContext, request: Request, asked: InboxFilter, after: SampleCursor | None
) -> tuple[list[SampleGroup], str]:
    """What comes next, and where the page behind it begins; "" where there is none."""
    async with context.labelling_service.database.reading() as connection:
        found = await inbox_page(connection, who(person_of(request)), READ_FOR_A_PAGE, after, asked)
    groups = await asyncio.to_thread(grouped, found, A_PAGE)
    shown = {number for group in groups for number in group.ids}
    left = [sample for sample in found if sample.id not in shown]
    return groups, _before(found, left[0]) if left else ""


def _before(found: Sequence[Sample], first: Sample) -> str:
    """The position right before a sample."""
    place = found.index(first) - 1
    return f"{found[place].worth}:{found[place].id}"


def _after(request: Request) -> SampleCursor | None:
    """The position after which the page of the inbox begins."""
    worth, _, number = request.query_params.get("after", "").partition(":")
    try:
        return SampleCursor(float(worth), needed_number(number))
    except ValueError:
        return None


def search_of(request: Request) -> InboxSearch:
    """What was looked for on the page that a form was sent from."""
    return read_search(request.query_params)


async def cards(context: TrainerContext, groups: Sequence[SampleGroup]) -> Mapping[str, Any]:
    """What the template of cards takes."""
    async with context.labelling_service.database.reading() as connection:
        twins = await twins_of(connection, [group.first.kin for group in groups])
    shown: list[SampleCard] = [card_of(group, twins.get(group.first.kin, 1), context.catalogue) for group in groups]
    return {"cards": shown, "groups": context.groups}


async def counters(context: TrainerContext, request: Request) -> Mapping[str, Any]:
    """How many messages still wait for this trainer, and how many she has labelled today."""
    trainer = who(person_of(request))
    asked = search_of(request).sought(context.zone)
    today = datetime.combine(context.labelling_service.clock().astimezone(context.zone).date(), time(), context.zone)
    async with context.labelling_service.database.reading() as connection:
        waiting = await open_count(connection, trainer, COUNTED_UP_TO, asked)
        said = await said_since(connection, trainer, today.astimezone(UTC))
    more = "yes" if waiting == COUNTED_UP_TO else "no"
    return {
        "waiting": line("inbox-waiting", count=waiting, more=more),
        "said_today": line("inbox-said-today", count=said),
    }
