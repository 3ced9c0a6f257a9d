"""Opens the ways to other systems, as the settings say: Open311 in, agencies' webhooks out, SP4N-LAPOR! both ways."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial

from aiohttp import ClientSession
from fastapi import APIRouter

from actions.regency.model import Regency
from actions.regency.sp4n import ApiForm
from actions.store.messages.messages import Chat
from bot.configuration.clock import steady_wall
from bot.configuration.settings import Settings, WrongSetting
from bot.files.fetcher import FileFetcher
from bot.files.transcribing import RecordingWorker, Transcriber
from bot.integrations.open311.context import Open311Context
from bot.integrations.open311.filing import RequestFiling
from bot.integrations.open311.routes import open311_router
from bot.integrations.sp4n.bridge import Sp4nBridge
from bot.integrations.sp4n.following import StatusFollower
from bot.integrations.sp4n.lapor_api import LaporApi
from bot.integrations.sp4n.open311_api import Open311Api
from bot.integrations.sp4n.port import ComplaintSystem
from bot.integrations.sp4n.receiving import ReportReceiver
from bot.integrations.sp4n.sending import ExchangeSender
from bot.integrations.sp4n.state import Sp4nState
from bot.integrations.transcription.http import HttpTranscriber
from bot.integrations.webhooks.addresses import Allowed, WrongNetwork
from bot.integrations.webhooks.sending import HookSender
from bot.main.assembly import Service
from bot.observability.meter import Meter
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


def sp4n_bridge(
    service: Service, told: Callable[[Collection[Chat]], None], count: Callable[[str], None], state: Sp4nState
) -> Sp4nBridge | None:
    """What speaks with SP4N-LAPOR!, or with an Open311 server in its place; None where neither is set.

    Args:
        service: with its database, regency and notifiers.
        told: hears after each commit which chats have a message.
        count: is told the channel of each case that is filed.
        state: hears how it stands with them.
    """
    settings, regency, database = service.settings, service.regency, service.database
    if not settings.speaks_with_sp4n:
        return None
    clock, notifiers, chance = service.clock, service.notifiers(), service.effect_runner.chance
    return Sp4nBridge(
        partial(_other_system, settings, regency),
        ExchangeSender(database, regency, chance, clock, notifiers, told, state),
        ReportReceiver(database, service.effect_runner, service.rules(), clock, notifiers, told, state, count),
        StatusFollower(database, regency, clock, service.reporter_notices, told, state),
        state,
    )


def _other_system(settings: Settings, regency: Regency, session: ClientSession) -> ComplaintSystem:
    key = settings.sp4n_key.get_secret_value() if settings.sp4n_key else ""
    if regency.sp4n.form is ApiForm.OPEN311:
        return Open311Api(session, settings.sp4n_url, key)
    return LaporApi(session, settings.sp4n_url, key, regency.sp4n, regency.time_zone)


def transcriber_of(settings: Settings) -> HttpTranscriber | None:
    """What puts recordings into words; None where no address is set."""
    return HttpTranscriber(settings.transcriber_url) if settings.transcriber_url else None


def recording_worker(
    service: Service, files: FileFetcher, transcriber: Transcriber | None, meter: Meter, arrived: Callable[[], None]
) -> RecordingWorker | None:
    """What has recordings put into words; None without a transcriber.

    Args:
        service: with its database and channels.
        files: fetches recordings, and knows where they are kept.
        transcriber: puts them into words.
        meter: counts them.
        arrived: called when the inbox has something new.
    """
    if transcriber is None:
        return None
    named, clock = service.channels.names, service.clock
    wall = steady_wall(clock)
    return RecordingWorker(service.database, files.store, transcriber, named, clock, arrived, wall, meter)


def open311_routers(service: Service, chat: ChatContext, count: Callable[[str], None]) -> list[APIRouter]:
    """`/open311/v2`; `count` is told the channel of each case that is filed."""
    secret_key = service.links.secret_key
    filing = RequestFiling(service.database, service.effect_runner, service.rules(), service.notifiers(), secret_key)
    return [open311_router(Open311Context(chat, filing, count=count))]
