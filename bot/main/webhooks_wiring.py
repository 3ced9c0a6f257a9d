"""Opens the way to agencies' own systems, as the settings say."""

from __future__ import annotations

from bot.configuration.clock import steady_wall
from bot.configuration.settings import Settings, WrongSetting
from bot.integrations.webhooks.addresses import Allowed, WrongNetwork
from bot.integrations.webhooks.sending import HookSender
from bot.main.assembly import Service


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
