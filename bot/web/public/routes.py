"""The pages for the public, put together: the numbers and the list share what they have read."""

from __future__ import annotations

from fastapi import APIRouter

from actions.regency.model import Regency
from bot.configuration.case_links import CaseLinks
from bot.web.case.context import CasePageContext
from bot.web.chat.context import ChatContext
from bot.web.public.context import PublicContext
from bot.web.public.reports.routes import public_router
from bot.web.public.statistics.routes import statistics_router


def public_routers(chat: ChatContext, links: CaseLinks, regency: Regency) -> list[APIRouter]:
    """`/statistik` and `/laporan`."""
    context = PublicContext(CasePageContext(chat, links, regency))
    return [statistics_router(context), public_router(context)]
