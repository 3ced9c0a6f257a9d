"""Looks at the account at Meta, as `lapor doctor` and `lapor whatsapp` do; changes nothing there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from aiohttp import ClientSession, ClientTimeout

from bot.channels.declaration import CannotStart, ChannelFinding
from bot.channels.meta.graph import GraphApi
from bot.channels.meta.settings import WhatsAppSettings
from bot.channels.meta.templates import differences, read_templates
from bot.messaging.ports import SendingFailed

PATIENCE: Final = ClientTimeout(total=10)
NO_ACCOUNT: Final = "Set LAPOR_WHATSAPP_ACCOUNT_ID to have webhook and templates compared with the account at Meta."


async def examine_whatsapp(settings: WhatsAppSettings, config_dir: Path) -> Sequence[ChannelFinding]:
    """Token, webhook and templates; the first that cannot be looked at ends it."""
    try:
        templates = read_templates(config_dir)
    except CannotStart as wrong:
        return [ChannelFinding(is_good=False, words=f"WhatsApp: {wrong}")]
    async with ClientSession(timeout=PATIENCE) as session:
        graph = GraphApi(session, settings)
        found = list[ChannelFinding]()
        try:
            await graph.look_at_number()
            found.append(ChannelFinding(is_good=True, words="WhatsApp: Meta takes the token for the number."))
            if not settings.whatsapp_account_id:
                return [*found, ChannelFinding(is_good=False, words=NO_ACCOUNT)]
            found.append(_webhook(is_there=await graph.has_webhook()))
            account = await graph.templates()
        except SendingFailed:
            words = f"WhatsApp: Meta does not answer as it should ({graph.state.name}): check token and ids in .env."
            return [*found, ChannelFinding(is_good=False, words=words)]
    return [
        *found,
        *(
            ChannelFinding(is_good=not what, words=f"WhatsApp template {name}: {what or 'approved as it is here'}.")
            for name, what in differences(templates, account)
        ),
    ]


def _webhook(*, is_there: bool) -> ChannelFinding:
    if is_there:
        return ChannelFinding(is_good=True, words="WhatsApp: the app posts what comes for this account.")
    words = "WhatsApp: no app is subscribed to the account: register the webhook as docs/whatsapp.md says."
    return ChannelFinding(is_good=False, words=words)
