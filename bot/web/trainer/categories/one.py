"""One proposal: written on, given to an admin, and decided."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

import structlog
from fastapi import APIRouter, Request, Response

from actions.store.training.samples import Sample
from bot.configuration.settings import WrongSetting
from bot.conversation.screen import Line, line
from bot.messaging.records import storable
from bot.training.categories.proposal import FEWEST_EXAMPLES, ProposalKind, WishRefused
from bot.training.corpus.folder import NotSaved
from bot.training.samples.labelling import who
from bot.understanding.understood import REPORT_TYPES
from bot.web.desk.settings.edit import EditConflict
from bot.web.desk.settings.files import FileChangedMeanwhile, WrongDeclaration
from bot.web.shared.access import guarded, person_of
from bot.web.shared.numbers import whole_number
from bot.web.trainer.categories.accepting import OwnProposal
from bot.web.trainer.categories.context import CategoriesContext
from bot.web.trainer.categories.examples import MOST_EXAMPLES, Taken
from bot.web.trainer.categories.loading import Proposal, TooFewExamples, TooLate
from bot.web.trainer.categories.routes import form_parts, to, wrong_line
from bot.web.trainer.categories.view import LEFT_OUT, STATES, facts_of, title_of, wish_of
from bot.web.trainer.categories.words import TYPES, WORDS
from bot.web.trainer.context import PostedFields, posted
from bot.web.trainer.models.context import is_admin

log = structlog.get_logger()
LONGEST_SOUGHT: Final = 100
LONGEST_REASON: Final = 300
TOO_LATE: Final = line("categories-too-late")


def proposal_router(context: CategoriesContext) -> APIRouter:
    """The page of a proposal, and what is done on it."""
    router = guarded(context.trainer.sign_in)

    @router.get("/trainer/categories/{number}")
    async def one(request: Request, number: str) -> Response:
        return await _page(context, request, number)

    @router.post("/trainer/categories/{number}")
    async def change(request: Request, number: str) -> Response:
        return await _change(context, request, number, await posted(request))

    @router.post("/trainer/categories/{number}/examples")
    async def examples(request: Request, number: str) -> Response:
        return await _examples(context, request, number, await posted(request))

    @router.post("/trainer/categories/{number}/decision")
    async def decide(request: Request, number: str) -> Response:
        return await _decide(context, request, number, await posted(request))

    return router


async def _change(context: CategoriesContext, request: Request, written: str, form: PostedFields) -> Response:
    """Write it anew, submit it, take it back or throw it away."""
    number, person = whole_number(written) or 0, person_of(request)
    try:
        match form.fields.get("act"):
            case "submit":
                await context.proposals.submit(person, number)
            case "take_back":
                await context.proposals.take_back(number)
            case "drop":
                await context.proposals.drop(number)
            case _:
                await context.proposals.change(person, number, wish_of(form, context.regency))
    except (WishRefused, WrongDeclaration) as error:
        return await _page(context, request, written, wrong_line(context, request, error), 422)
    except TooFewExamples:
        return await _page(context, request, written, line("categories-too-few", fewest=FEWEST_EXAMPLES), 422)
    except TooLate:
        return await _page(context, request, written, TOO_LATE, 409)
    return to(number)


async def _examples(context: CategoriesContext, request: Request, written: str, form: PostedFields) -> Response:
    """Take messages up, or out again."""
    number, person, examples = whole_number(written) or 0, person_of(request), context.examples
    proposal = await context.proposals.load(number)
    if proposal is None:
        return Response(status_code=404)
    try:
        match form.fields.get("act"):
            case "take":
                picked = frozenset(form.numbers("sample"))
                found = await examples.search(person, proposal, _sought(form.fields.get("cari", "")))
                taken = await examples.take(person, number, [one for one in found if one.id in picked])
            case "write":
                texts = [text for one in form.fields.get("texts", "").splitlines() if (text := one.strip())]
                intent = form.fields.get("intent", "")
                kind = intent if intent in REPORT_TYPES else "complaint"
                taken = await examples.write(person, number, texts[:MOST_EXAMPLES], kind)
            case _:
                await examples.leave_out(number, form.numbers("example"))
                return to(number)
    except TooLate:
        return await _page(context, request, written, TOO_LATE, 409)
    return await _page(context, request, written, taken=taken)


async def _decide(context: CategoriesContext, request: Request, written: str, form: PostedFields) -> Response:
    """An admin accepts what she has read, or gives it back."""
    number, person = whole_number(written) or 0, person_of(request)
    version = whole_number(form.fields.get("version", "")) or 0
    try:
        if form.fields.get("act") == "accept":
            await _accept(context, request, number, version)
        else:
            reason = " ".join(form.fields.get("reason", "").split())[:LONGEST_REASON]
            if not reason:
                return await _page(context, request, written, line("categories-no-reason"), 422)
            await context.decisions.refuse(person, number, version, reason)
    except (TooLate, FileChangedMeanwhile):
        return await _page(context, request, written, TOO_LATE, 409)
    except OwnProposal:
        return await _page(context, request, written, WORDS["own"], 409)
    except WrongDeclaration as error:
        return await _page(context, request, written, wrong_line(context, request, error), 422)
    except (NotSaved, EditConflict, OSError) as error:
        log.error("category_not_accepted", error=type(error).__name__)
        return await _page(context, request, written, line("categories-not-written"), 409)
    return to(number)


async def _accept(context: CategoriesContext, request: Request, number: int, version: int) -> None:
    """Carries it out and has the service begin anew with it; where that cannot be asked for, it waits for a start."""
    proposal = await context.proposals.load(number)
    if proposal is None:
        raise TooLate
    title = context.trainer.say(request, title_of(proposal.row, context.regency))
    why = context.trainer.say(
        request, line("categories-record", what=title, name=proposal.row.name, why=proposal.wish.why)
    )
    await context.decisions.accept(person_of(request), number, version, why)
    try:
        context.restart.ask()
    except (WrongSetting, OSError) as error:
        log.error("settings_not_applied", error=str(error))


def _sought(written: str) -> str:
    return storable(written).strip()[:LONGEST_SOUGHT]


async def _page(
    context: CategoriesContext,
    request: Request,
    written: str,
    wrong: Line | None = None,
    status: int = 200,
    taken: Taken | None = None,
) -> Response:
    number = whole_number(written)
    proposal = await context.proposals.load(number) if number else None
    if proposal is None or proposal.row.state == "dropped":
        return Response(status_code=404)
    sought = _sought(request.query_params.get("cari", ""))
    is_collecting = proposal.is_in_hand and proposal.kind is ProposalKind.NEW
    label = partial(context.trainer.page.site.texts.label, context.trainer.sign_in.language(request))
    found: Sequence[Sample] = ()
    if is_collecting:
        found = await context.examples.search(person_of(request), proposal, sought)
    return context.trainer.answer(
        request,
        "trainer/categories/one.html",
        title_of(proposal.row, context.regency),
        WORDS,
        status,
        one=proposal,
        wish=proposal.wish,
        agency=_agency(context, proposal),
        state=STATES[proposal.row.state],
        facts=facts_of(proposal, label),
        count=line("categories-count", count=len(proposal.examples), fewest=FEWEST_EXAMPLES),
        is_collecting=is_collecting,
        may_decide=is_admin(request) and proposal.row.who != who(person_of(request)),
        is_own=proposal.row.who == who(person_of(request)),
        is_in_force=not context.restart.is_asked,
        sought=sought,
        found=found,
        types=TYPES,
        taken=line("categories-taken", count=taken.kept) if taken else None,
        left_out=[(text, LEFT_OUT[why]) for text, why in taken.refused] if taken else [],
        wrong=wrong,
        **form_parts(context),
    )


def _agency(context: CategoriesContext, proposal: Proposal) -> str:
    known = context.regency.agencies.get(proposal.wish.agency)
    return known.name if known else ""
