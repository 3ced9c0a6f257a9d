"""All pages of the desk. A new one is a module with a function that makes its router, named here."""

from __future__ import annotations

from fastapi import APIRouter

from bot.web.account.leave import leave_router
from bot.web.account.mail import account_mail_router
from bot.web.account.one_time_codes import account_router
from bot.web.desk.case.acting import actions_router
from bot.web.desk.case.callers import callers_router
from bot.web.desk.case.routes import case_router
from bot.web.desk.case.sheet import sheet_router
from bot.web.desk.context import DeskContext
from bot.web.desk.counter.routes import counter_router
from bot.web.desk.publications.routes import publications_router
from bot.web.desk.queue.bulk import bulk_router
from bot.web.desk.queue.routes import queue_router
from bot.web.desk.queue.saved import saved_router
from bot.web.desk.redaction.routes import redact_router
from bot.web.desk.search.routes import search_router
from bot.web.desk.settings.groups import groups_router
from bot.web.desk.settings.people import people_router
from bot.web.desk.settings.people_mail import people_mail_router
from bot.web.desk.settings.routes import settings_router
from bot.web.desk.sp4n.routes import sp4n_router
from bot.web.desk.today.routes import today_router


def desk_routers(context: DeskContext) -> list[APIRouter]:
    """Returns the routers of all pages of the desk."""
    makers = (
        queue_router,
        bulk_router,
        saved_router,
        today_router,
        search_router,
        counter_router,
        settings_router,
        groups_router,
        people_router,
        people_mail_router,
        redact_router,
        publications_router,
        sp4n_router,
        case_router,
        sheet_router,
        callers_router,
        actions_router,
        account_router,
        leave_router,
        account_mail_router,
    )
    return [make(context) for make in makers]
