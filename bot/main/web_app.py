"""Every page and address of the web server, each with its guard."""

from __future__ import annotations

from collections.abc import Callable, Collection

from fastapi import FastAPI

from actions.store.messages.messages import Chat
from bot.main.assembly import Service
from bot.main.channels import Channels
from bot.main.desk_wiring import open_desk
from bot.main.health import HealthWatch
from bot.main.integrations_wiring import open311_routers
from bot.main.provider_wiring import open_provider
from bot.main.restart import Restart
from bot.main.training_wiring import open_trainers
from bot.training.models.subprocesses import Commands
from bot.web.account.context import SignInContext
from bot.web.account.provider_sign_in import provider_router
from bot.web.account.routes import sign_in_router
from bot.web.case.context import CasePageContext
from bot.web.case.draft import DraftPage, draft_router
from bot.web.case.routes import case_router
from bot.web.chat.own_data import own_data_router
from bot.web.chat.routes import chat_router
from bot.web.desk.routes import desk_routers
from bot.web.manuals.routes import manuals_router
from bot.web.public.routes import public_routers
from bot.web.shared.access import check_guards
from bot.web.shared.app import make_app
from bot.web.shared.health import health_router, metrics_router
from bot.web.shared.request_limits import RequestLimits
from bot.web.shared.response_headers import GuardHeaders
from bot.web.trainer.categories.context import CategoriesContext
from bot.web.trainer.categories.one import proposal_router
from bot.web.trainer.categories.routes import categories_router
from bot.web.trainer.models.context import ModelsContext
from bot.web.trainer.models.one_model import model_actions_router, model_router
from bot.web.trainer.models.routes import models_router
from bot.web.trainer.routes import trainer_routers
from bot.web.trainer.watch.routes import watch_router
from bot.web.trainer.words.routes import words_router


def web_app(
    service: Service,
    channels: Channels,
    watch: HealthWatch,
    commands: Commands,
    told: Callable[[Collection[Chat]], None],
    restart: Restart,
) -> FastAPI:
    """The app that is served; `told` hears which chats have a message.

    Raises:
        UndeclaredRoute: a page is open to somebody it is not declared for, or a channel takes a route of another part.
    """
    settings, chat = service.settings, channels.chat
    token = settings.metrics_token.get_secret_value() if settings.metrics_token else None
    provider = open_provider(service)
    sign_in = SignInContext(
        chat, watch.metrics.sign_in_flooded, frozenset(settings.totp_roles), has_provider=provider is not None
    )
    trainers = open_trainers(service, sign_in)
    models = ModelsContext(trainers, commands)
    desk = open_desk(service, sign_in, told, channels.files.fetcher, restart)
    own_categories = CategoriesContext(models, service.regency, desk.files, restart)
    app = make_app(
        [
            *channels.routers,  # who posts to them waits for an answer, and posts the most
            chat_router(chat),
            case_router(chat, service.effect_runner.links, service.regency),
            draft_router(
                CasePageContext(chat, service.links, service.regency),
                DraftPage(service.draft_links, service.talk, service.channels.abilities_of),
            ),
            own_data_router(chat, service.documents),
            *public_routers(chat, service.effect_runner.links, service.regency),
            manuals_router(),
            *open311_routers(service, chat, watch.metrics.case_filed),
            sign_in_router(sign_in),
            provider_router(sign_in, provider),
            *desk_routers(desk),
            *trainer_routers(trainers),
            models_router(models),
            model_router(models),
            model_actions_router(models),
            watch_router(models),
            words_router(models),
            categories_router(own_categories),
            proposal_router(own_categories),
            health_router(watch.look),
            metrics_router(watch.metrics.registry, token, watch.look),
        ]
    )
    check_guards(app, service.channels.routes)
    app.add_middleware(RequestLimits, addresses=chat.addresses)
    app.add_middleware(GuardHeaders, addresses=chat.addresses, public_url=settings.public_url)
    return app
