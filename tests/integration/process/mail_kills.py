"""Citizens who write mails."""

from __future__ import annotations

import random
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import ClassVar, override

from bot.channels.email.composing import kept_id
from tests.fakes.imap_server import ImapServer, an_imap_server
from tests.fakes.mail_server import MailServer, a_mail_server
from tests.integration.process.door_kills import OpenDoor, Townsfolk
from tests.talks.mail import ADDRESS, a_mail, an_answer, own_text

CHOICE = re.compile(r"^\d+\) ", re.MULTILINE)
SEND = re.compile(r"(\d+)\) Kirim$", re.MULTILINE)


@dataclass
class MailTown(Townsfolk[str]):
    """They hear mails; one that came again under the same id is the same. Some of their own come twice."""

    citizens: ClassVar[Sequence[str]] = [f"warga{number}@desa.test" for number in range(120)]
    """So many that none writes sixty mails in an hour, after which a machine is supposed."""
    at_once: ClassVar[int] = 6
    settling_seconds: ClassVar[float] = 1.5

    imap: ImapServer
    smtp: MailServer
    _ids: count[int] = field(default_factory=count, init=False)

    @override
    def heard_by(self, citizen: str) -> Sequence[str]:
        return list({mail["Message-ID"]: own_text(mail) for mail in self.smtp.mails(citizen)}.values())

    @override
    def came_to(self, citizen: str) -> Sequence[tuple[str, str]]:
        names = [kept_id(str(mail["Message-ID"])) for mail in self.smtp.mails(citizen)]
        return [*zip(names, names, strict=True)]

    @override
    def read(self, heard: Sequence[str]) -> str:
        return "\n".join(heard)

    @override
    async def tells(self, citizen: str, story: str, number: int) -> None:
        mail = a_mail(story, citizen, message_id=self._id()).as_bytes()
        await self.imap.brings(*[mail] * self.dice.choice((1, 1, 2)))

    @override
    async def answers(self, citizen: str, heard: Sequence[str]) -> None:
        """A mail that asks nothing is not answered."""
        offered, last = SEND.findall(self.read(heard)), self.smtp.mails(citizen)[-1]
        if not CHOICE.search(self.read(heard)):
            return
        answer = an_answer(offered[-1] if offered else "1", last, citizen, message_id=self._id())
        await self.imap.brings(answer.as_bytes())

    @override
    async def rests(self) -> None:
        await self.imap.is_read()

    def _id(self) -> str:
        return f"<{next(self._ids)}@desa.test>"


@asynccontextmanager
async def mail_door(dice: random.Random) -> AsyncIterator[OpenDoor]:
    """Both servers of the mail, and who writes through them."""
    async with an_imap_server() as imap, a_mail_server() as smtp:
        settings = {"mail_imap_url": imap.url, "mail_smtp_url": smtp.url, "mail_address": ADDRESS}
        yield OpenDoor(MailTown(dice, imap, smtp), settings)
