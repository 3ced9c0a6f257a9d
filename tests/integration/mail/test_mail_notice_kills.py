"""A process that is killed before it wrote down that a mail was taken: the mail goes once more, as the same mail."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from asyncio.subprocess import Process
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.fakes.mail_server import MailServer
from tests.integration.mail.conftest import ADDRESS, KEY, MailBureau
from tests.integration.officers.bureau import ROADS
from tests.patience import PATIENCE_SECONDS

RINA = "rina@dinas.test"
ROOT = Path(__file__).resolve().parents[3]


@dataclass
class Deadly:
    """Kills whoever sends, at one moment of a mail: as it was taken and not said so, or once that was said.

    Attributes:
        kept: where the mails go.
        writing: the sender has heard the 250, and takes its leave; this holds the database, so that its commit waits.
            None where it is killed before it hears that.
    """

    kept: MailServer
    writing: sqlite3.Connection | None
    process: Process | None = None
    killed: asyncio.Event = field(default_factory=asyncio.Event)

    def kill(self) -> None:
        """Kills with SIGKILL, once."""
        if self.process and self.process.returncode is None and not self.killed.is_set():
            self.process.kill()
            self.killed.set()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - as aiosmtpd calls it
        """Takes a mail."""
        answer = await self.kept.handle_DATA(server, session, envelope)
        if self.writing:
            self.writing.execute("BEGIN IMMEDIATE")
        else:
            self.kill()
        return answer

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        """Hears that the sender knows it."""
        del server, session, envelope
        self.kill()
        return "221 Bye"


async def is_killed(office: MailBureau, *, says_yes: bool) -> None:
    """Another process sends, is killed in the middle of a mail, and has written nothing of it."""
    loop = asyncio.get_running_loop()
    with closing(sqlite3.connect(office.file, isolation_level=None)) as writing:
        deadly = Deadly(office.server, writing if says_yes else None)
        listening = await loop.create_server(lambda: SMTP(deadly, loop=loop), "127.0.0.1", 0)
        url = f"smtp://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
        words = ["-m", "tests.integration.mail.sending", str(office.file), url, ADDRESS, KEY.decode()]
        deadly.process = await asyncio.create_subprocess_exec(sys.executable, *words, cwd=ROOT)
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await deadly.killed.wait()
        finally:
            deadly.kill()
            await deadly.process.wait()
            listening.close()


@pytest.mark.slow
async def test_a_mail_that_was_taken_before_a_kill_comes_again_with_the_same_id_and_none_is_lost(
    office: MailBureau,
) -> None:
    await office.officer("Rina", RINA, agency=ROADS)
    cases = [await office.bureau.files(story) for story in ("jalan rusak", "lampu jalan mati", "sampah menumpuk")]
    for says_yes in (False, True):
        await is_killed(office, says_yes=says_yes)
    await office.sends()
    mails = office.server.mails(RINA)
    copies = Counter(str(mail["Message-ID"]) for mail in mails)
    assert sorted(copies.values()) == [1, 1, 3]
    assert {str(mail["Subject"]).partition(":")[0] for mail in mails} == {case.ticket for case in cases}
    first = [mail for mail in mails if copies[str(mail["Message-ID"])] > 1]
    assert len({mail.get_content() for mail in first}) == 1
