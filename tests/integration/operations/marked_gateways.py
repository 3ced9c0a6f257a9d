"""Every door besides Telegram and the web, opened to the walk: who reports there, and all that leaves by it."""

from __future__ import annotations

import itertools
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

from httpx import AsyncClient

from tests.fakes.imap_server import ImapServer, an_imap_server
from tests.fakes.mail_server import MailServer, a_mail_server
from tests.fakes.sms import SECRET as SMS_SECRET
from tests.fakes.sms import FakeGateway
from tests.fakes.sp4n_server import KEY, FakeSp4n, fake_sp4n
from tests.fakes.whatsapp import FakeWhatsApp, words_of
from tests.fakes.x import FakeX
from tests.integration.faults.house import House
from tests.talks.mail import ADDRESS, a_mail, an_answer

PLENTY = 1_000_000
PAYMENT = "petugas dinas perhubungan minta uang pelicin 50 ribu di terminal penajam kemarin"
ELSEWHERE = "aspal berlubang dalam di jalan mt haryono kota balikpapan"
OUTSIDE = "pemprov_kaltim"
CHOOSE = "kategorinya"


@dataclass(frozen=True, slots=True)
class Writer:
    """Somebody who reports by a door, and what of her report is like nothing else.

    Attributes:
        channel, address: where she writes, and as whom.
        words: in her story alone.
        matter: what she reports.
        is_secret: she keeps it secret.
        goes_outside: whoever holds it forwards it to another government.
        category: what she chooses where she is asked.
    """

    channel: str
    address: str
    words: str
    matter: str = PAYMENT
    is_secret: bool = True
    goes_outside: bool = False
    category: str = "Pungli & korupsi"

    @property
    def reporter(self) -> str:
        """How a case names her."""
        return f"{self.channel}:{self.address}"

    @property
    def marks(self) -> Mapping[str, str]:
        """What tells of her."""
        return {"words": self.words, "address": self.address}


ACCUSERS = (
    Writer("sms", "+6281377770011", "zamrudpesan"),
    Writer("whatsapp", "6281377770012", "zamrudwarta"),
    Writer("x", "1800000000000000013", "zamrudcuit"),
    Writer("email", "penandasurel@warga.test", "zamrudsurel"),
    Writer("sms", "+6281377770014", "zamrudprovinsi", goes_outside=True),
)
"""Each accuses the same agency, and keeps it secret."""
STRANGERS = tuple(
    Writer(channel, address, words, is_secret=False)
    for channel, address, words in (
        ("sms", "+6281377770021", "asingpesan"),
        ("whatsapp", "6281377770022", "asingwarta"),
        ("x", "1800000000000000023", "asingcuit"),
        ("email", "asingsurel@warga.test", "asingsurel"),
    )
)
"""Each tells of the same at the same place, and would hear of what is nearby."""
ABROAD = Writer("sms", "+6281377770031", "zamrudluar", ELSEWHERE, is_secret=False, category="Jalan & jembatan")
"""Her open report is another government's to answer: it goes to SP4N-LAPOR!."""


@dataclass(slots=True)
class Gateways:
    """The providers of all doors, and the other system."""

    sms: FakeGateway
    whatsapp: FakeWhatsApp
    x: FakeX
    imap: ImapServer
    mail: MailServer
    sp4n: FakeSp4n
    _mails: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def settings(self) -> Mapping[str, object]:
        """What opens them."""
        return {
            "sms_gateway_url": self.sms.url,
            "sms_secret": SMS_SECRET,
            **self.whatsapp.settings,
            **self.x.settings,
            "mail_smtp_url": self.mail.url,
            "mail_imap_url": self.imap.url,
            "mail_address": ADDRESS,
            "sp4n_url": self.sp4n.url,
            "sp4n_key": KEY,
        }

    async def brings(self, house: House, writer: Writer, text: str) -> None:
        """What somebody writes, worked and answered."""
        async with AsyncClient(base_url=house.service.address, timeout=60) as service:
            match writer.channel:
                case "sms":
                    assert await self.sms.brings(service, writer.address, text) == [200]
                case "whatsapp":
                    assert await self.whatsapp.posts(service, self.whatsapp.said(text, writer.address)) == [200]
                case "x":
                    assert await self.x.brings(service, writer.address, text) == [200]
                case _:
                    await self._mail(writer.address, text)
        await house.is_at_rest()

    async def names_account(self, house: House, writer: Writer, text: str) -> None:
        """What somebody writes at X where everybody reads it."""
        async with AsyncClient(base_url=house.service.address, timeout=60) as service:
            assert await self.x.posts(service, self.x.mentions(f"@lapor_penajam {text}", writer.address)) == [200]
        await house.is_at_rest()

    async def _mail(self, sender: str, text: str) -> None:
        named, last = {"message_id": f"<gw-{next(self._mails)}@warga.test>"}, self.mail.mails(sender)[-1:]
        mail = an_answer(text, last[0], sender, **named) if last else a_mail(text, sender, **named)
        await self.imap.brings(mail.as_bytes())
        await self.imap.is_read()

    def sent_to(self) -> Sequence[tuple[str, str, str]]:
        """Door, addressee and words of all that was ever sent."""
        mails = [("email", str(one["To"]), f"{one.as_string()}\n{one.get_content()}") for one in self.mail.mails()]
        return [
            *(("sms", one.to, one.text) for one in self.sms.sent),
            *(("whatsapp", str(one["to"]), f"{words_of(one)}\n{one}") for one in self.whatsapp.sent),
            *(("x", one.to, one.text) for one in self.x.sent),
            *mails,
        ]

    def told_by(self, writer: Writer) -> str:
        """What she herself was sent."""
        return "\n".join(words for door, to, words in self.sent_to() if (door, to) == (writer.channel, writer.address))

    def told_others(self, channel: str) -> str:
        """What a door sent to whoever did not accuse anybody by it."""
        accusers = {(one.channel, one.address) for one in ACCUSERS}
        return "\n".join(words for door, to, words in self.sent_to() if door == channel and (door, to) not in accusers)


@asynccontextmanager
async def all_gateways() -> AsyncIterator[Gateways]:
    """All of them, until the block ends."""
    async with AsyncExitStack() as stack:
        enter = stack.enter_async_context
        yield Gateways(
            await enter(FakeGateway()),
            await enter(FakeWhatsApp(time.time)),
            await enter(FakeX(time.time, messages_a_quarter=PLENTY, messages_a_day=PLENTY)),
            await enter(an_imap_server()),
            await enter(a_mail_server()),
            await enter(fake_sp4n()),
        )


async def reports_by_door(house: House, gateways: Gateways, writer: Writer) -> str:
    """She tells it, keeps it secret where she does, and sends it; returns its number."""
    told = f"{writer.matter}, {writer.words} saksinya"
    if writer.channel == "x":
        await gateways.names_account(house, writer, told)
        told = "pakai unggahan saya"
    for text in (told, *(("rahasiakan",) if writer.is_secret else ())):
        await gateways.brings(house, writer, text)
    if CHOOSE in gateways.told_by(writer):
        await gateways.brings(house, writer, writer.category)
    await gateways.brings(house, writer, "kirim")
    query = "SELECT ticket FROM cases WHERE reporter = ?"
    tickets = [str(ticket) for (ticket,) in house.rows(query, writer.reporter)]
    assert len(tickets) == 1, (writer, gateways.told_by(writer)[-1500:])
    return tickets[0]
