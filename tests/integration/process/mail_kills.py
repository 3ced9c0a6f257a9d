"""Citizens write mails to a service that is killed again and again; every story must become one case."""

from __future__ import annotations

import asyncio
import random
import re
import signal
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from tests.fakes.imap_server import ImapServer, an_imap_server
from tests.fakes.mail_server import MailServer, a_mail_server
from tests.integration.process.kills import MATTERS, patient_regency
from tests.integration.process.service import start
from tests.integration.process.sms_kills import CITIZENS, LONGEST_LIFE_SECONDS, TICKET, stories_filed
from tests.integration.process.surroundings import free_port
from tests.talks.mail import ADDRESS, a_mail, an_answer, own_text

SEND = re.compile(r"(\d+)\) Kirim$", re.MULTILINE)
PATIENCE_SECONDS = 30.0
"""After which she answers the same mail once more, as people do."""


@dataclass
class Correspondents:
    """The citizens, and what became of their stories.

    Attributes:
        filed: the ticket of each story by its number.
    """

    imap: ImapServer
    smtp: MailServer
    dice: random.Random
    filed: dict[int, str] = field(default_factory=dict)
    is_over: bool = False
    _numbers: count[int] = field(default_factory=lambda: count(1001))
    _ids: count[int] = field(default_factory=count)

    async def live(self) -> None:
        """Everybody reports one thing after the other, until it is over."""
        async with asyncio.TaskGroup() as everybody:
            for number in range(CITIZENS):
                everybody.create_task(self._report_on_and_on(f"warga{number}@desa.test"))

    async def _report_on_and_on(self, citizen: str) -> None:
        while not self.is_over:
            number = next(self._numbers)
            before = len(self.heard_by(citizen))
            story = self.dice.choice(MATTERS).format(number=number)
            mail = a_mail(story, citizen, message_id=self._id()).as_bytes()
            await self.imap.brings(*[mail] * self.dice.choice((1, 1, 2)))
            self.filed[number] = await self._lead_to_filing(citizen, before)

    async def _lead_to_filing(self, citizen: str, before: int) -> str:
        """Answer Kirim where it is offered, and the first of other choices, until there is a new number."""
        known, pressed = set(TICKET.findall("".join(self.heard_by(citizen)[:before]))), ""
        while True:
            while not await self._is_answered(citizen, before):
                if pressed:
                    await self._answers(citizen, pressed)
            heard = "\n".join(self.heard_by(citizen)[before:])
            before = len(self.heard_by(citizen))
            if new := set(TICKET.findall(heard)) - known:
                return min(new)
            offered = SEND.findall(heard)
            pressed = offered[-1] if offered else "1"
            await self._answers(citizen, pressed)

    async def _answers(self, citizen: str, text: str) -> None:
        last = self.smtp.mails(citizen)[-1]
        await self.imap.brings(an_answer(text, last, citizen, message_id=self._id()).as_bytes())

    async def _is_answered(self, citizen: str, before: int) -> bool:
        """Whether she hears more than so many mails before she loses patience."""
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE_SECONDS):
                while len(self.heard_by(citizen)) == before:
                    await asyncio.sleep(0.05)
        return len(self.heard_by(citizen)) > before

    def _id(self) -> str:
        return f"<{next(self._ids)}@desa.test>"

    def heard_by(self, citizen: str) -> list[str]:
        """The mails that came to this address; one that came again under the same id is the same."""
        return list({mail["Message-ID"]: own_text(mail) for mail in self.smtp.mails(citizen)}.values())


async def kill_mail_again_and_again(
    folder: Path, kills: int, dice: random.Random
) -> tuple[Correspondents, Counter[int]]:
    """Kill the service so often; returns its citizens, and how often each story is a case."""
    async with an_imap_server() as imap, a_mail_server() as smtp:
        town, port = Correspondents(imap, smtp, dice), free_port()
        settings = {
            "mail_imap_url": imap.url,
            "mail_smtp_url": smtp.url,
            "mail_address": ADDRESS,
            "config_dir": patient_regency(folder),
            "secret_key": "the-same-after-every-start",
        }
        living = asyncio.create_task(town.live())
        for number in range(kills + 1):
            service = await start(folder, port=port, **settings)
            try:
                await service.becomes()
                if number == kills:
                    town.is_over = True
                    await living
                    await imap.is_read()
                    await service.end()
                else:
                    await asyncio.wait({living}, timeout=dice.uniform(0.2, LONGEST_LIFE_SECONDS))
                    assert not living.done(), living.exception()
                    await service.end(signal.SIGKILL)
                    await service.leaves_nobody()
            finally:
                service.kill_all()
                await service.process.wait()
        return town, stories_filed(service.database)
