"""Every way in, and every way to fail, on the real process with its log at its most verbose."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from aiohttp import ClientSession, CookieJar, FormData
from httpx import AsyncClient

from tests.fakes.sms import FakeGateway
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_faults import Temper
from tests.fakes.telegram_people import Citizen
from tests.fakes.telegram_server import FILE
from tests.integration.operations.fake_rasa import FakeRasa
from tests.integration.operations.marks import (
    CAPTION,
    EDITED,
    EMAIL,
    FILE_NAME,
    LAT,
    LON,
    NAME,
    PHONE,
    SECRETS,
    SMS_PHONE,
    SURNAME,
    WORDS,
)
from tests.integration.operations.pages import ask_every_page, sign_in_and_fail_to
from tests.integration.operations.spoilt import Spoilt
from tests.integration.process.service import Service, running_service
from tests.integration.process.surroundings import free_port, until

STORY = f"lampu jalan {WORDS} di jl provinsi km 5 mati sudah 2 minggu, hubungi {PHONE} atau {EMAIL}"
WEBHOOK_HEADER = "X-Telegram-Bot-Api-Secret-Token"


@dataclass(frozen=True, slots=True)
class Ran:
    """What a service left: the folder with all that it wrote, and what its database holds of people."""

    folder: Path
    token: str
    chats: tuple[str, ...]
    tickets: tuple[str, ...]


async def everything(folder: Path) -> Ran:
    """Two lives of one service: first it polls, then it has a webhook."""
    async with FakeTelegram() as telegram, FakeGateway(secret=SECRETS["sms_secret"]) as gateway:
        async with FakeRasa(SECRETS["nlu_token"]) as rasa:
            settings = {
                **{name: value for name, value in SECRETS.items() if name != "telegram_webhook_secret"},
                "telegram_token": telegram.token,
                "telegram_api_url": telegram.url,
                "sms_gateway_url": gateway.url,
                "nlu": rasa.url,
                "log": "debug",
            }
            async with running_service(folder, **settings) as service:
                await service.becomes(status="ready", understanding="rasa")
                await _polled(service, telegram, rasa)
                await _web(service)
                await _sms(service, gateway)
            port = free_port()
            hooked = {"telegram_mode": "webhook", "public_url": f"http://127.0.0.1:{port}", "port": port}
            hooked["telegram_webhook_secret"] = SECRETS["telegram_webhook_secret"]
            async with running_service(folder, **(settings | hooked)) as service:
                await service.becomes(status="ready", understanding="rasa")
                await _hooked(service, telegram)
        database = Spoilt(service.database)
        chats = {str(chat) for (chat,) in database.ask("SELECT DISTINCT chat FROM inbox")}
        tickets = {str(ticket) for (ticket,) in database.ask("SELECT ticket FROM cases")}
    return Ran(folder, telegram.token, tuple(chats), tuple(tickets))


async def _polled(service: Service, telegram: FakeTelegram, rasa: FakeRasa) -> None:
    siti, budi = telegram.citizen(NAME, last_name=SURNAME), telegram.citizen(SURNAME)
    await siti.says(STORY)
    await siti.hears()
    await _sends_of_every_kind(siti)
    await siti.hears()
    await siti.presses("Kirim")
    await _telegram_fails(service, budi, telegram)
    rasa.ailments += [500, 0, 0, 500]
    await budi.says(f"jalan {WORDS} rusak parah sekali")
    await budi.hears()
    await _database_fails(service, siti, telegram.citizen(NAME))


async def _sends_of_every_kind(siti: Citizen) -> None:
    message = await siti.says(f"di depan warung {WORDS} juga gelap")
    await siti.edits(message, f"di depan warung {EDITED} juga gelap sekali")
    await siti.sends_photo(f"fotonya {CAPTION}")
    await siti.sends_album(2, f"album {CAPTION}")
    await siti.sends_document(f"berkas {CAPTION}", content=b"MZ" + CAPTION.encode() * 40)
    await siti.sends({"contact": {"phone_number": PHONE, "first_name": NAME, "user_id": siti.id}})
    await siti.sends({"poll": {"id": "1", "question": WORDS}})
    await siti.sends_voice()
    await siti.sends_sticker()
    await siti.shares_place(LAT, LON)


async def _telegram_fails(service: Service, budi: Citizen, telegram: FakeTelegram) -> None:
    telegram.refuse("sendMessage", 500, times=2, description=f"{WORDS} {telegram.token}")
    telegram.refuse("sendMessage", 429, retry_after=1)
    await budi.says(f"halo {WORDS}")
    await budi.hears()
    telegram.refuse("sendMessage", 400, description=f"Bad Request: {WORDS}")
    await budi.says(f"/status {WORDS}")
    await until(lambda: "message_impossible" in service.stderr, "a message cannot be sent")
    telegram.fail("sendMessage", Temper.HALF)
    await budi.says(f"/bantuan {WORDS}")
    await budi.hears()
    telegram.refuse("getUpdates", 502, times=2, description=f"{telegram.token}")
    telegram.fail("getUpdates", Temper.LOST)
    telegram.refuse("getFile", 500, description=f"{WORDS} {telegram.token}")
    telegram.refuse(FILE, 404)
    gone = telegram.citizen(NAME)
    await gone.says(STORY)
    await gone.sends_photo(CAPTION)
    await gone.blocks_bot()


async def _database_fails(service: Service, siti: Citizen, poisoned: Citizen) -> None:
    database = Spoilt(service.database)
    async with database.locked(service.folder / "stderr"):
        await siti.says(f"halo {WORDS}")
    await poisoned.says(STORY)
    await poisoned.hears()
    await until(lambda: "Kirim" in poisoned.screen[-1].labels, "she sees the card")
    database.poisons_talk(poisoned.id)
    await poisoned.presses("Kirim")
    database.puts_unreadable_rows()
    await until(lambda: database.ask("SELECT 1 FROM inbox WHERE state = 'aside' LIMIT 1"), "a turn is set aside")
    await until(lambda: "message_unreadable" in service.stderr, "a message cannot be read")


async def _web(service: Service) -> None:
    headers = {"User-Agent": WORDS, "X-Forwarded-For": "203.0.113.77", "Authorization": f"Bearer {WORDS}"}
    async with ClientSession(headers=headers, cookie_jar=CookieJar(unsafe=True)) as browser:
        page = f"{service.address}/?nama={NAME}"
        await browser.get(page)
        post = f"{service.address}/chat/messages"
        await browser.post(post, data={"text": STORY})
        form = FormData({"text": f"fotonya {CAPTION}"})
        form.add_field("files", b"%PDF-1.4 /JavaScript " + WORDS.encode(), filename=FILE_NAME)
        await browser.post(post, data=form)
        await browser.post(post, data={"lat": str(LAT), "lon": str(LON)})
        await browser.post(post, data={"press": f"{WORDS}.{NAME}"})
        await browser.post(post, data={"lat": WORDS, "lon": NAME})
        await browser.post(post, data=WORDS.encode(), headers={"Content-Type": "multipart/form-data; boundary=x"})
        await browser.get(f"{service.address}/t/{WORDS}?k={NAME}")
        await browser.get(f"{service.address}/t/LP-2345-6789?k={WORDS}")
        await browser.get(f"{service.address}/files/{WORDS}?k={NAME}")
        await ask_every_page(browser, service.address)
        await sign_in_and_fail_to(browser, service.folder, service.address)
    database = Spoilt(service.database)
    await database.comes_to_rest()
    query = "SELECT count(*) FROM inbox WHERE channel = 'web' AND state = 'done'"
    assert database.ask(query) > [(3,)], "her browser was not listened to"


async def _sms(service: Service, gateway: FakeGateway) -> None:
    async with AsyncClient(base_url=service.address) as client:
        gateway.refuses += [500]
        assert await gateway.brings(client, SMS_PHONE, STORY) == [200]
        await client.post("/sms", content=f"{{{WORDS}".encode(), headers={"X-Sms-Secret": gateway.secret})
        await client.post("/sms", data={"from": SMS_PHONE, "text": WORDS}, headers={"X-Sms-Secret": WORDS})
    await Spoilt(service.database).comes_to_rest()


async def _hooked(service: Service, telegram: FakeTelegram) -> None:
    ani = telegram.citizen(NAME, last_name=SURNAME)
    await ani.says(STORY)
    await ani.hears()
    await _sends_of_every_kind(ani)
    await ani.hears()
    secret = {WEBHOOK_HEADER: SECRETS["telegram_webhook_secret"]}
    strange = {"update_id": 1, "message": {"text": WORDS, "from": NAME, "chat": {"id": PHONE}}}
    async with ClientSession() as session:
        post = f"{service.address}/telegram?text={WORDS}"
        await session.post(post, json={"text": WORDS}, headers={WEBHOOK_HEADER: WORDS})
        await session.post(post, data=WORDS.encode(), headers=secret)
        await session.post(post, json=strange, headers=secret)
    await Spoilt(service.database).comes_to_rest()
