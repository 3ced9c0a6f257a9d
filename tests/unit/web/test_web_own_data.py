"""A visitor's own data behind one address: all of hers for her browser, and nothing for any other."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from sqlalchemy import insert

from actions.store.people.people import people, people_roles
from bot.services.forgetting import PAGE
from bot.web.chat.own_data import PAGES_AT_ONCE, own_data_router
from tests.unit.web.doors import Browser, House

STORY = "lampu jalan <b>di petung</b> mati sudah seminggu"


@pytest.fixture
def open_home(home: House) -> House:
    """With the page of a visitor's own data."""
    home.app.include_router(own_data_router(home.context, home.service.documents))
    return home


async def files_a_case(home: House, siti: Browser) -> None:
    await siti.opens()
    await siti.posts(text=STORY)
    await home.works()
    for label in ("Penerangan jalan", "Kirim"):
        buttons = [words for message in await siti.reads() for words, _ in message.presses]
        if label in buttons:
            await siti.presses(label)
            await home.works()


async def data_of(siti: Browser) -> dict[str, Any]:
    answer = await siti.client.get(f"{PAGE}.json")
    assert answer.status_code == 200
    return json.loads(answer.text)  # type: ignore[no-any-return]


async def test_all_of_hers_is_in_it(open_home: House, siti: Browser) -> None:
    await files_a_case(open_home, siti)
    await siti.posts(text="langganan Petung")
    await open_home.works()
    told = await data_of(siti)
    [report] = told["reports"]
    assert (report["story"], report["village"]) == (STORY, "Petung")
    assert report["steps"][0]["by"] == "you"
    assert told["weekly_news_of"] == "Petung"
    assert {"from": "you", "text": STORY}.items() <= told["messages"][0].items()
    assert any(report["ticket"] in message["text"] for message in told["messages"])


async def test_the_page_says_it_in_words_and_runs_nothing_of_it(open_home: House, siti: Browser) -> None:
    await files_a_case(open_home, siti)
    answer = await siti.client.get(PAGE)
    assert "lampu jalan &lt;b&gt;di petung&lt;/b&gt;" in answer.text
    assert "<b>" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "private, no-store"


async def test_the_talk_leads_there(open_home: House, siti: Browser) -> None:
    await siti.opens()
    await siti.posts(text="data saya")
    await open_home.works()
    [told] = [message.text for message in await siti.reads() if "semua data Anda" in message.text]
    paths = re.findall(r"https?://[^/]+(/\S+)", told)
    assert paths == [PAGE, f"{PAGE}.json"]


async def test_another_browser_sees_nothing_of_hers(open_home: House, siti: Browser) -> None:
    await files_a_case(open_home, siti)
    tono = open_home.browser()
    assert (await tono.client.get(PAGE)).status_code == 303
    await tono.opens()
    assert "petung" not in (await tono.client.get(PAGE)).text
    assert "reports" not in await data_of(tono)


async def test_nothing_of_officers_is_in_it(open_home: House, siti: Browser) -> None:
    await files_a_case(open_home, siti)
    officer = {"name": "Lina Petugas", "name_key": "lina", "is_active": True, "created_at": open_home.service.clock()}
    async with open_home.database.writing() as connection:
        await connection.execute(insert(people), [officer])
        await connection.execute(insert(people_roles), [{"person": 1, "role": "liaison"}])
    assert "Lina" not in (await siti.client.get(PAGE)).text


async def test_whoever_asks_again_and_again_must_wait(open_home: House, siti: Browser) -> None:
    await siti.opens()
    answers = [(await siti.client.get(PAGE)).status_code for _ in range(PAGES_AT_ONCE + 1)]
    assert answers == [200] * PAGES_AT_ONCE + [429]


@pytest.mark.thorough
async def test_after_her_data_is_deleted_the_page_is_empty(open_home: House, siti: Browser) -> None:
    await files_a_case(open_home, siti)
    await siti.posts(text="hapus data saya")
    await open_home.works()
    await siti.presses("Ya, hapus semuanya")
    await open_home.works()
    told = await data_of(siti)
    assert "reports" not in told
    assert "petung" not in json.dumps(told).casefold()
