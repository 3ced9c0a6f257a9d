"""`/trainer/categories`: all categories, and making, renaming, merging and taking them away as proposals."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from actions.store.training.category_proposals import latest_proposals
from bot.conversation.screen import Line, line
from bot.training.categories.proposal import CategoryWish, ProposalKind, WishRefused
from bot.training.models.coverage import unpredicted
from bot.web.account.context import HEADERS
from bot.web.desk.settings.files import WrongDeclaration
from bot.web.desk.settings.words import why_not
from bot.web.shared.access import guarded, person_of
from bot.web.trainer.categories.context import CategoriesContext
from bot.web.trainer.categories.view import proposals_of, refused_line, rows_of, wish_of
from bot.web.trainer.categories.words import LIMITS, WORDS
from bot.web.trainer.context import PostedFields, posted

HOME = "/trainer/categories"
MOST_SHOWN = 20
CHANGES = (ProposalKind.RENAME, ProposalKind.MERGE, ProposalKind.RETIRE)


def categories_router(context: CategoriesContext) -> APIRouter:
    """The list, and the forms from which proposals come."""
    router = guarded(context.trainer.sign_in)

    @router.get("/trainer/categories")
    async def categories(request: Request) -> Response:
        return await _list(context, request)

    @router.get("/trainer/categories/new")
    async def new(request: Request) -> Response:
        return form_page(context, request, CategoryWish())

    @router.post("/trainer/categories/new")
    async def draft(request: Request) -> Response:
        return await _draft(context, request, ProposalKind.NEW, "", await posted(request))

    @router.get("/trainer/categories/change/{slug}")
    async def change(request: Request, slug: str) -> Response:
        return _change_page(context, request, slug)

    @router.post("/trainer/categories/change/{slug}")
    async def propose(request: Request, slug: str) -> Response:
        form = await posted(request)
        kind = form.fields.get("kind", "")
        if kind not in CHANGES:
            return _change_page(context, request, slug)
        return await _draft(context, request, ProposalKind(kind), slug, form)

    return router


def to(number: int) -> Response:
    """Redirects to a proposal's page."""
    return RedirectResponse(f"{HOME}/{number}", 303, headers=HEADERS)


def agencies_of(context: CategoriesContext) -> list[str]:
    """The names of all agencies, to choose from while typing."""
    return [one.name for one in context.regency.agencies.values()]


async def _list(context: CategoriesContext, request: Request) -> Response:
    unknown = await unpredicted(context.models.bench)
    corpus = await asyncio.to_thread(context.trainer.labelling_service.folder.corpus)
    async with context.trainer.labelling_service.database.reading() as connection:
        proposed = await latest_proposals(connection, MOST_SHOWN)
    return context.trainer.answer(
        request,
        "trainer/categories/categories.html",
        line("categories-title"),
        WORDS,
        groups=rows_of(context.regency, corpus.counts(), unknown),
        proposals=proposals_of(proposed, context.regency),
        is_restarting=context.restart.is_asked,
    )


async def _draft(
    context: CategoriesContext, request: Request, kind: ProposalKind, slug: str, form: PostedFields
) -> Response:
    wish = wish_of(form, context.regency)
    try:
        return to(await context.proposals.draft(person_of(request), kind, slug, wish))
    except (WishRefused, WrongDeclaration) as error:
        wrong = wrong_line(context, request, error)
    if kind is ProposalKind.NEW:
        return form_page(context, request, wish, wrong, form.fields.get("agency", ""))
    return _change_page(context, request, slug, wrong, kind, wish)


def wrong_line(context: CategoriesContext, request: Request, error: WishRefused | WrongDeclaration) -> Line:
    """Why something cannot be proposed or accepted."""
    if isinstance(error, WishRefused):
        return refused_line(error)
    return why_not(error, context.trainer.sign_in.language(request))


def form_page(
    context: CategoriesContext, request: Request, wish: CategoryWish, wrong: Line | None = None, typed: str = ""
) -> Response:
    """The form of a new category; what was typed stays typed."""
    return context.trainer.answer(
        request,
        "trainer/categories/new.html",
        line("categories-new"),
        WORDS,
        422 if wrong else 200,
        wish=wish,
        agency=typed,
        wrong=wrong,
        **form_parts(context),
    )


def form_parts(context: CategoriesContext) -> dict[str, object]:
    """What the form of a new category chooses from."""
    return {
        "languages": context.regency.languages,
        "groups": context.trainer.groups,
        "group_slugs": list(context.trainer.catalogue.groups),
        "agencies": agencies_of(context),
        **LIMITS,
    }


def _change_page(
    context: CategoriesContext,
    request: Request,
    slug: str,
    wrong: Line | None = None,
    kind: ProposalKind | None = None,
    wish: CategoryWish | None = None,
) -> Response:
    category = context.regency.categories.get(slug)
    if category is None or category.parent is None or not category.is_offered:
        return Response(status_code=404)
    return context.trainer.answer(
        request,
        "trainer/categories/change.html",
        line("categories-change-title", category=category.labels.get(context.trainer.sign_in.language(request), slug)),
        WORDS,
        422 if wrong else 200,
        slug=slug,
        labels=wish.labels if wish and wish.labels else category.labels,
        why=wish.why if wish else "",
        into=wish.into if wish else "",
        kind=kind,
        wrong=wrong,
        **form_parts(context),
    )
