"""Opens the chat page as the settings say, on the address that the server listens on."""

from __future__ import annotations

from dataclasses import dataclass

from bot.channels.web.channel import WebChannel
from bot.configuration.secret_key import secret_key
from bot.configuration.settings import WrongSetting
from bot.files.receiving import WebFiles
from bot.main.assembly import Service
from bot.messaging.ports import Inbox
from bot.web.chat.context import ChatContext, ChatDependencies
from bot.web.shared.client_address import WrongProxy
from bot.web.shared.guests import read_guests

INCOMING = "incoming"
"""The folder of the data dir in which files wait until they are fetched."""


@dataclass(frozen=True, slots=True)
class ServedPage:
    """The chat page, for the channel that is shown on it; `uploads` are the files that browsers sent."""

    chat: ChatContext
    uploads: WebFiles

    @property
    def channel(self) -> WebChannel:
        """Shows messages on the open pages of this process."""
        return self.chat.channel

    def wake(self, chat: str) -> None:
        """Have the open pages of this visitor look for news."""
        self.chat.sse_signals.ring(chat)

    async def run(self) -> None:
        """Keep the page up to date until cancelled."""
        await self.chat.run()


def open_page(service: Service, inbox: Inbox) -> ServedPage:
    """The chat page, ready to be served.

    Raises:
        WrongSetting: LAPOR_TRUSTED_PROXIES names no address.
    """
    settings = service.settings
    given = settings.secret_key.get_secret_value() if settings.secret_key else None
    incoming = settings.data_dir / INCOMING
    around = ChatDependencies(
        database=service.database,
        inbox=inbox,
        texts=service.texts,
        signer=service.signer,
        catalogue=service.talk.catalogue,
        clock=service.clock,
        secret_key=secret_key(given, settings.data_dir),
        regency=service.regency.name,
        zone=service.regency.time_zone,
        public_url=settings.public_url,
        incoming=incoming,
        proxies=settings.trusted_proxies,
        guests=read_guests(settings.data_dir, settings.http_host),
    )
    try:
        return ServedPage(ChatContext(around), WebFiles(incoming))
    except WrongProxy as error:
        raise WrongSetting(str(error)) from error
