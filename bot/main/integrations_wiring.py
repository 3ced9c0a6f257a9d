"""Opens the ways between this service and other systems, as the settings say: Open311 in, agencies' webhooks out."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter

from bot.configuration.clock import steady_wall
from bot.configuration.settings import Settings, WrongSetting
from bot.integrations.open311.context import Open311Context
from bot.integrations.open311.filing import RequestFiling
from bot.integrations.open311.routes import open311_router
from bot.integrations.webhooks.addresses import Allowed, WrongNetwork
from bot.integrations.webhooks.sending import HookSender
from bot.main.assembly import Service
from bot.web.chat.context import ChatContext


def allowed_networks(settings: Settings) -> Allowed:
    """What of private networks may be sent to.

    Raises:
        WrongSetting: LAPOR_HOOK_NETWORKS names something else.
    """
    try:
        return Allowed.of(settings.hook_networks)
    except WrongNetwork as wrong:
        raise WrongSetting(str(wrong)) from wrong


def hook_sender(service: Service) -> HookSender:
    """What sends.

    Raises:
        WrongSetting: as `allowed_networks`.
    """
    allowed = allowed_networks(service.settings)
    return HookSender(service.database, service.regency, service.links.secret_key, allowed, steady_wall(service.clock))


def open311_routers(service: Service, chat: ChatContext, count: Callable[[str], None]) -> list[APIRouter]:
    """`/open311/v2`; `count` is told the channel of each case that is filed."""
    secret_key = service.links.secret_key
    filing = RequestFiling(service.database, service.effect_runner, service.rules(), service.notifiers(), secret_key)
    return [open311_router(Open311Context(chat, filing, count=count))]
