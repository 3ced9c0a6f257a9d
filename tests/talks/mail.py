"""A talk by e-mail: over a real IMAP server and a real SMTP server; answers quote, as mail programs do."""

from __future__ import annotations

import asyncio
import itertools
import re
from collections.abc import Sequence
from contextlib import AsyncExitStack
from email.message import EmailMessage
from typing import Any, Self, override

from httpx import AsyncClient

from bot.channels.declaration import OpenChannel
from bot.channels.email.declaration import EMAIL
from bot.channels.email.quotes import ABOVE
from bot.channels.email.settings import EmailSettings
from tests.fakes.imap_server import ImapServer, an_imap_server
from tests.fakes.mail_server import MailServer, a_mail_server
from tests.fakes.sms import Sms
from tests.talks.plain_text import PlainChannel, PlainTextStage
from tests.talks.world import World

SITI, ADDRESS = "siti@warga.test", "lapor@penajam.test"
CHOOSE = "Balas email ini dengan nomor atau kata pilihannya:"
DRAFT_LINK = re.compile(r"http\S+/draf\?k=[\w=-]+")
"""Stands in a line below the first card of a report."""
ATTRIBUTION = f"Pada Rab, 2 Des 2026 pukul 08.00 Layanan LAPOR <{ADDRESS}>\nmenulis:"


def a_mail(text: str, sender: str = SITI, **headers: str) -> EmailMessage:
    """A mail to the service; headers are named as in `message_id="<x@y>"`."""
    mail = EmailMessage()
    mail["From"], mail["To"] = sender, headers.pop("to", ADDRESS)
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail


def an_answer(text: str, to: EmailMessage, sender: str = SITI, **headers: str) -> EmailMessage:
    """An answer as a mail program writes it: below it stands what it answers."""
    quoted = "\n".join(f"> {line}" for line in to.get_content().splitlines())
    answered = to["Message-ID"]
    named = {"in_reply_to": answered, "references": f"{to['References'] or ''} {answered}".strip(), **headers}
    return a_mail(f"{text}\n\n{ATTRIBUTION}\n\n{quoted}\n", sender, **named)


def own_text(mail: EmailMessage) -> str:
    """What a mail of ours says, without what stands around it."""
    body = mail.get_body()
    lines = (body.get_content() if body else "").splitlines()
    text = "\n".join(line for line in lines if ABOVE not in line and not DRAFT_LINK.search(line)).strip("\n")
    return text.replace(f"\n\n{CHOOSE}\n", "\n")


class MailSide:
    """The citizen's side: her mails, and what came for her."""

    def __init__(self) -> None:
        self.sent: list[Sms] = []
        self._numbers = itertools.count(1)
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        """Both servers listen."""
        self.imap: ImapServer = await self._stack.enter_async_context(an_imap_server())
        self.smtp: MailServer = await self._stack.enter_async_context(a_mail_server(on_mail=self._hears))
        return self

    async def __aexit__(self, *_: object) -> None:
        """They listen no more."""
        await self._stack.aclose()

    def _hears(self, mail: EmailMessage) -> None:
        self.sent.append(Sms(mail["To"], own_text(mail)))

    async def brings(self, service: AsyncClient, sender: str, text: str, times: int = 1) -> list[int]:
        """A mail that answers the last one, so often, under one id; until it is taken."""
        named = {"message_id": f"<mo-{next(self._numbers)}@warga.test>"}
        last = self.smtp.mails(sender)[-1:]
        mail = an_answer(text, last[0], sender, **named) if last else a_mail(text, sender, **named)
        await self.imap.brings(*[mail.as_bytes()] * times)
        await self.imap.is_read()
        return [200] * times


def settings(side: MailSide) -> EmailSettings:
    """Those that open these servers."""
    return EmailSettings(_env_file=None, mail_imap_url=side.imap.url, mail_smtp_url=side.smtp.url, mail_address=ADDRESS)


def as_written(texts: Sequence[str]) -> list[str]:
    """Each mail is a message."""
    return list(texts)


BY_MAIL = PlainChannel(EMAIL, MailSide, settings, SITI, as_written)


class MailStage(PlainTextStage):
    """Where a talk is held by e-mail."""

    def __init__(self, world: World, *, sends_codes_back: bool = True) -> None:
        super().__init__(world, BY_MAIL, sends_codes_back=sends_codes_back)

    @property
    def side(self) -> Any:
        """The servers."""
        return self._gateway

    @override
    async def _also_runs(self, opened: OpenChannel) -> None:
        tasks = [asyncio.create_task(main()) for main in opened.leader_tasks]
        self._running.push_async_callback(_ended, tasks)


async def _ended(tasks: Sequence[asyncio.Task[object]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
