"""The chat page as forms and pages, without a script: a whole talk, and what may go wrong on the way."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from actions.store.cases.casebook import SqlCaseBook
from actions.store.engine.tables import dialogues, inbox
from bot.channels.web.visitors import COOKIE
from bot.web.shared.assets import STATIC
from bot.web.shared.rate_limits import Bucket, ChatLimits
from tests.unit.web.doors import BASE, LOG, Browser, House, house

STORY = "lampu jalan di jl provinsi km 5 depan masjid al ikhlas mati sudah 2 minggu"
TICKET = re.compile(r"LP-[A-Z0-9]{4}-[A-Z0-9]{4}")


async def says(home: House, browser: Browser, **fields: str) -> None:
    answer = await browser.posts(**fields)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    await home.works()


@pytest.mark.thorough
async def test_a_talk_of_forms_files_a_case(home: House, siti: Browser) -> None:
    await siti.opens()
    await says(home, siti, text=STORY)
    assert "Kirim" in [label for message in await siti.reads() for label in message.labels]
    await siti.presses("Kirim")
    await home.works()
    [ticket] = set(TICKET.findall((await siti.reads())[-1].text))
    async with home.database.reading() as connection:
        case = await SqlCaseBook(connection).by_ticket(ticket)
    assert case is not None
    assert (case.channel, case.category) == ("web", "penerangan_jalan")


async def test_the_first_page_welcomes_and_stores_nothing(home: House, siti: Browser) -> None:
    [welcome] = await siti.reads()
    assert welcome.text.startswith("Halo!")
    assert welcome.labels == ("Buat laporan", "Laporan saya", "Bantuan")
    async with home.database.reading() as connection:
        rows = [
            (await connection.execute(select(func.count()).select_from(t))).scalar_one() for t in (inbox, dialogues)
        ]
    assert rows == [0, 0]


async def test_a_button_of_the_welcome_can_be_pressed(home: House, siti: Browser) -> None:
    await siti.opens()
    await siti.presses("Buat laporan")
    await home.works()
    assert [message.text.split(",")[0] for message in await siti.reads()][1:] == ["Buat laporan", "Apa yang terjadi"]


async def test_the_page_is_as_the_outside_relies_on(siti: Browser) -> None:
    page = await siti.opens()
    assert '<label for="text" class="unseen">Tulis pesan</label>' in page
    assert "<span>Kirim pesan</span>" in page
    [log] = LOG.findall(page)
    assert '<button name="press" value="report~' in log
    assert 'action="/chat/messages" method="post"' in page


async def test_what_she_typed_is_shown_and_never_read_as_a_page(home: House, siti: Browser) -> None:
    await siti.opens()
    await says(home, siti, text="<script>alert(1)</script> & jalan rusak\nparah di Petung")
    page = await siti.opens()
    assert "<script>alert(1)" not in page
    assert (await siti.reads())[1].text == "<script>alert(1)</script> & jalan rusak\nparah di Petung"


async def test_a_page_of_a_script_gets_only_her_new_message(home: House, siti: Browser) -> None:
    await siti.opens()
    answer = await siti.client.post(
        "/chat/messages", data={"text": STORY, "token": "jabcdefgh12345"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 200
    assert '<div id="mjabcdefgh12345" class="message hers">' in answer.text
    assert "<html" not in answer.text


async def test_the_same_message_sent_again_is_the_same_arrival(home: House, siti: Browser) -> None:
    await siti.opens()
    for _ in range(3):
        await siti.posts(text=STORY, token="jabcdefgh12345")
    await home.works()
    assert [message.text for message in await siti.reads() if message.is_hers] == [STORY]


async def test_other_words_from_an_old_page_are_another_message(home: House, siti: Browser) -> None:
    await siti.opens()
    for text in ("jalan rusak di Petung", "lampu mati di Waru", "jalan rusak di Petung"):
        await siti.posts(text=text, token="pabcdef1234")
    texts = [message.text for message in await siti.reads() if message.is_hers]
    assert texts == ["jalan rusak di Petung", "lampu mati di Waru"]


async def test_nobody_elses_token_stands_in_her_way(home: House, siti: Browser) -> None:
    budi = home.browser()
    for browser in (siti, budi):
        await browser.opens()
        await browser.posts(text=STORY, token="jabcdefgh12345")
    assert [len(await browser.reads()) for browser in (siti, budi)] == [2, 2]


async def test_a_press_that_changes_the_card_leaves_nothing_above_it(home: House, siti: Browser) -> None:
    await siti.opens()
    await says(home, siti, text=STORY)
    await siti.presses("Rahasiakan")
    await home.works()
    _, story, card = await siti.reads()
    assert (story.is_hers, "Rahasia:" in card.text, "Jangan rahasiakan" in card.labels) == (True, True, True)


async def test_only_what_was_said_last_has_buttons(home: House, siti: Browser) -> None:
    await siti.opens()
    await says(home, siti, text=STORY)
    assert [bool(message.labels) for message in await siti.reads()] == [False, False, True]
    await says(home, siti, text="/bantuan")
    with_buttons = [message for message in await siti.reads() if message.labels]
    assert [message.text.split(".")[0] for message in with_buttons] == ["Laporan Anda"]


async def test_in_danger_the_numbers_ring_and_stay_above_the_card(home: House, siti: Browser) -> None:
    await siti.opens()
    await says(home, siti, text="tolong rumah tetangga kebakaran di petung")
    page = await siti.opens()
    assert '<a class="call" href="tel:113">Telepon 113 · Pemadam kebakaran</a>' in page
    assert page.index('href="tel:113"') < page.index('href="tel:112"') < page.rindex('class="message ours"')


async def test_the_menu_leads_to_the_pages_of_the_regency(siti: Browser) -> None:
    page = await siti.opens()
    for address, words in (("/cek", "Cek laporan"), ("/laporan", "Laporan warga"), ("/statistik", "Statistik")):
        assert f'<a href="{address}">{words}</a>' in page


async def test_a_position_is_shared(home: House, siti: Browser) -> None:
    await siti.opens()
    await says(home, siti, text="lampu jalan mati sudah dua minggu")
    await says(home, siti, lat="-1.2571", lon="116.6712")
    texts = [message.text for message in await siti.reads()]
    assert "Lokasi: -1.25710, 116.67120" in texts
    assert any("Buluminung" in text for text in texts)


async def test_a_position_that_is_none_is_answered_in_words(siti: Browser) -> None:
    await siti.opens()
    answer = await siti.posts(lat="north", lon="116")
    assert answer.status_code == 303
    assert "Lokasi Anda tidak terbaca" in await siti.opens()
    assert "Lokasi Anda tidak terbaca" not in re.sub(r'data-missing="[^"]*"', "", await siti.opens())


async def test_without_a_cookie_a_page_comes_that_sets_one(siti: Browser) -> None:
    answer = await siti.posts(text=STORY)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert len(await siti.reads()) == 1


async def test_a_cookie_of_ones_own_making_opens_no_talk(home: House, siti: Browser) -> None:
    await siti.opens()
    await says(home, siti, text=STORY)
    visitor = (siti.client.cookies[COOKIE]).partition(".")[0]
    thief = home.browser()
    for cookie in (visitor, f"{visitor}.", f"{visitor}.AAAAAAAAAAAAAAAAAAAAAA"):
        thief.client.cookies.clear()
        thief.client.cookies.set(COOKIE, cookie)
        assert STORY not in await thief.opens()


async def test_leaving_forgets_the_talk_in_this_browser_at_once(home: House, siti: Browser) -> None:
    await siti.opens()
    await says(home, siti, text=STORY)
    answer = await siti.client.post("/chat/leave")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert answer.headers["clear-site-data"] == '"storage"'
    assert len(await siti.reads()) == 1


async def test_a_returning_visitor_finds_her_talk(home: House, siti: Browser) -> None:
    await siti.opens()
    await says(home, siti, text=STORY)
    await home.works()
    assert [message.text for message in await siti.reads() if message.is_hers] == [STORY]
    assert siti.answer
    assert siti.answer.headers["cache-control"] == "no-store"


async def test_a_language_is_chosen_above_the_talk(home: House, siti: Browser) -> None:
    page = await siti.opens()
    [english] = re.findall(r'<button name="press" value="(language:en[^"]*)">', page)
    await says(home, siti, press=english)
    page = await siti.opens()
    assert '<html lang="en">' in page
    assert '<label for="text" class="unseen">Write a message</label>' in page


async def test_a_browser_that_asks_for_english_gets_it(home: House) -> None:
    english = home.browser(accept_language="fr;q=0.9, en-GB;q=0.8, id;q=0.1")
    assert '<html lang="en">' in await english.opens()
    await says(home, english, text="/bantuan")
    assert '<html lang="en">' in await english.opens()


async def test_too_many_messages_are_answered_in_words_and_come_back_into_the_box(tmp_path: Path) -> None:
    async with house(tmp_path, limits=ChatLimits(messages=Bucket(2, 0.0))) as home:
        siti = home.browser()
        await siti.opens()
        answers = [await siti.posts(text=f"pesan <{number}>") for number in range(3)]
        assert [answer.status_code for answer in answers] == [303, 303, 429]
        assert "pesan &lt;2&gt;</textarea>" in answers[2].text
        assert "Tidak ada yang hilang" in answers[2].text


async def test_an_address_has_its_measure_however_often_it_forgets_its_cookie(tmp_path: Path) -> None:
    limits = ChatLimits(new_talks_of_address=Bucket(2, 0.0))
    async with house(tmp_path, limits=limits) as home:
        statuses = []
        for address in ("203.0.113.7", "203.0.113.7", "203.0.113.7", "203.0.113.8", "127.0.0.1"):
            browser = home.browser(address)
            await browser.opens()
            statuses.append((await browser.posts(text="jalan rusak")).status_code)
        assert statuses == [303, 303, 429, 303, 303]


async def test_only_a_trusted_proxy_says_whose_address_it_is(tmp_path: Path) -> None:
    limits = ChatLimits(messages_of_address=Bucket(1, 0.0))
    async with house(tmp_path, limits=limits, proxies=("10.0.0.0/8",)) as home:
        statuses = []
        for peer, forwarded in (("10.0.0.1", "198.51.100.1"), ("10.0.0.1", "198.51.100.2"), ("192.0.2.1", "1.1.1.1"),
                                ("192.0.2.1", "2.2.2.2"), ("10.0.0.1", "9.9.9.9, 198.51.100.2")):  # fmt: skip
            browser = home.browser(peer, x_forwarded_for=forwarded)
            await browser.opens()
            statuses.append((await browser.posts(text="jalan rusak")).status_code)
        assert statuses == [303, 303, 303, 429, 429]


async def test_another_sites_form_is_refused(home: House, siti: Browser) -> None:
    await siti.opens()
    for headers in ({"origin": "https://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}):
        for path in ("/chat/messages", "/chat/leave", "/chat/notices"):
            answer = await siti.client.post(path, data={"text": STORY}, headers=headers)
            assert answer.status_code == 403
    assert len(await siti.reads()) == 1
    answer = await siti.client.post("/chat/messages", data={"text": STORY}, headers={"origin": BASE})
    assert answer.status_code == 303


async def test_every_answer_carries_the_headers(siti: Browser) -> None:
    for path in ("/", "/static/chat.css", "/static/none", "/manifest.webmanifest", "/sw.js", "/nowhere"):
        headers = (await siti.client.get(path)).headers
        assert "unsafe" not in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert (headers["x-content-type-options"], headers["x-frame-options"]) == ("nosniff", "DENY")
        assert "strict-transport-security" not in headers


async def test_over_tls_the_cookie_is_secure_and_asks_to_stay_so(tmp_path: Path) -> None:
    async with house(tmp_path, public_url="https://lapor.example") as home:
        answer = await home.browser().client.get("/")
        cookie = answer.headers["set-cookie"]
        assert all(part in cookie for part in ("HttpOnly", "SameSite=lax", "Secure", "Max-Age=31536000"))
        assert "strict-transport-security" in answer.headers


async def test_a_text_that_is_too_long_comes_back_into_the_box(siti: Browser) -> None:
    await siti.opens()
    answer = await siti.posts(text="jalan rusak " * 1000)
    assert answer.status_code == 413
    assert "jalan rusak jalan rusak" in answer.text
    assert "10.000 huruf" in answer.text or "10000 huruf" in answer.text


async def test_what_is_no_form_is_refused(siti: Browser) -> None:
    await siti.opens()
    answer = await siti.client.post("/chat/messages", content=b"{}", headers={"content-type": "application/json"})
    assert answer.status_code == 415
    broken = {"content-type": "multipart/form-data; boundary=x"}
    assert (await siti.client.post("/chat/messages", content=b"--y\r\n", headers=broken)).status_code == 400


async def test_an_empty_message_is_nothing(home: House, siti: Browser) -> None:
    await siti.opens()
    await says(home, siti, text="  \n ")
    assert len(await siti.reads()) == 1


async def test_a_database_that_is_away_loses_nothing_that_was_typed(home: House, siti: Browser) -> None:
    await siti.opens()
    async with home.database.writing() as connection:
        await connection.exec_driver_sql("alter table inbox rename to gone")
    answer = await siti.posts(text=STORY)
    assert answer.status_code == 503
    assert f"{STORY}</textarea>" in answer.text


async def test_a_page_that_waits_for_its_answer_says_so(home: House, siti: Browser) -> None:
    await siti.opens()
    await siti.posts(text=STORY)
    assert "sedang dibaca" in await siti.opens()
    await home.works()
    assert "sedang dibaca" not in await siti.opens()


async def test_the_page_and_all_it_loads_stay_below_100_kb(home: House, siti: Browser) -> None:
    await siti.opens()
    await says(home, siti, text=STORY)
    page, manifest = await siti.opens(), (await siti.client.get("/manifest.webmanifest")).text
    loaded = page + manifest + home.context.assets.body("worker.js").decode()
    sizes = {name: size for name, size in home.context.assets.sizes().items() if name in loaded or name == "worker.js"}
    assert {"chat.css", "chat.js", "htmx.js", "icon-192.png"} <= sizes.keys()
    assert len(page.encode()) + sum(sizes.values()) < 100_000
    assert len((STATIC / "chat.js").read_bytes()) < 12_000


async def test_pages_travel_small(siti: Browser) -> None:
    answer = await siti.client.get("/static/htmx.js", headers={"accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.content == (STATIC / "htmx.js").read_bytes()


async def test_an_asset_of_this_version_is_kept_for_ever(home: House, siti: Browser) -> None:
    page = await siti.opens()
    for address in re.findall(r'(/static/[^"]+)"', page):
        answer = await siti.client.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]


async def test_a_talk_of_another_installation_is_not_readable(home: House, siti: Browser) -> None:
    await siti.opens()
    other = replace(home.context.around, secret_key=b"another")
    assert type(home.context)(other).visitors.read(siti.client.cookies[COOKIE]) is None
