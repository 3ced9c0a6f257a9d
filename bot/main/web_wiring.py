"""Opens the web as the settings say: the chat page, on the address that the server listens on."""

from __future__ import annotations

from bot.configuration.secret_key import secret_key
from bot.configuration.settings import WrongSetting
from bot.main.assembly import Service
from bot.messaging.ports import Inbox
from bot.web.chat.context import ChatContext, ChatDependencies
from bot.web.shared.client_address import WrongProxy

INCOMING = "incoming"
"""The folder of the data dir in which files wait until they are fetched."""


def open_chat(service: Service, inbox: Inbox) -> ChatContext:
    """The chat page, ready to be served.

    Raises:
        WrongSetting: LAPOR_TRUSTED_PROXIES names no address.
    """
    settings = service.settings
    given = settings.secret_key.get_secret_value() if settings.secret_key else None
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
        incoming=settings.data_dir / INCOMING,
        proxies=settings.trusted_proxies,
    )
    try:
        return ChatContext(around)
    except WrongProxy as error:
        raise WrongSetting(str(error)) from error
