"""Opens SMS as the settings say: a gateway that is posted to, and that posts to the web server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import ClientSession, ClientTimeout
from fastapi import APIRouter

from actions.cases.ports import Clock
from bot.channels.sms.channel import SECRET_HEADER, SmsChannel
from bot.channels.sms.incoming import sms_router
from bot.configuration.settings import Settings, WrongSetting
from bot.messaging.ports import Inbox

PATIENCE = ClientTimeout(total=20, sock_connect=5)


@dataclass(frozen=True, slots=True)
class SmsDoor:
    """SMS, open: the way out, and the way in."""

    channel: SmsChannel
    router: APIRouter


@asynccontextmanager
async def open_sms(settings: Settings, inbox: Inbox, clock: Clock) -> AsyncIterator[SmsDoor | None]:
    """The door, open until the block ends; None when the settings name no gateway.

    Raises:
        WrongSetting: one of the two settings is there without the other.
    """
    url, secret = settings.sms_gateway_url, settings.sms_secret
    if not url and not secret:
        yield None
        return
    if not url or not secret:
        raise WrongSetting("SMS needs both LAPOR_SMS_GATEWAY_URL and LAPOR_SMS_SECRET: set the other one in .env too")
    known = secret.get_secret_value()
    async with ClientSession(timeout=PATIENCE, headers={SECRET_HEADER: known}) as session:
        yield SmsDoor(SmsChannel(session, url), sms_router(inbox, known, clock))
