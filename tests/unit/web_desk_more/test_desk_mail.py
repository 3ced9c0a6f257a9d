"""The address of an officer: given by an admin, confirmed by whoever reads what is sent to it, and by nobody else."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.people.mail import clean_address
from actions.store.engine.tables import outbox
from actions.store.people.people import SqlPeople
from bot.messaging.records import read_outgoing
from tests.unit.web_desk_more.desk_office import DeskOffice

LINA = "lina.sari+lapor@dinas.test"


async def gives(office: DeskOffice, to: str, address: str, act: str = "set") -> str:
    """The admin gives somebody an address; returns the page that she then reads."""
    browser = await office.browser_of("Tia")
    await office.browser_of(to)
    number = office.gate.people[to].id
    fields = {"address": address, "act": act}
    answer = await browser.post(f"/desk/settings/people/{number}/mail", data=fields)
    assert answer.status_code == 303
    return (await browser.get(answer.headers["location"])).text


async def mailed(office: DeskOffice) -> list[tuple[str, str]]:
    """Each code that was mailed, with its address."""
    query = select(outbox.c.chat, outbox.c.message).where(outbox.c.channel == "email").order_by(outbox.c.id)
    async with office.gate.database.reading() as connection:
        rows = (await connection.execute(query)).all()
    return [
        (row.chat, re.findall(r"(?:[2-9A-Z]{4}-){2}[2-9A-Z]{4}", read_outgoing(row.message).text)[0]) for row in rows
    ]


async def mail_of(office: DeskOffice, name: str) -> str | None:
    async with office.gate.database.reading() as connection:
        person = await SqlPeople(connection).by_id(office.gate.people[name].id)
    return person.mail if person else None


@pytest.mark.thorough
async def test_an_address_is_hers_once_she_typed_what_was_sent_to_it(office: DeskOffice) -> None:
    lina, vera = await office.browser_of("Lina"), await office.browser_of("Vera")
    assert "belum dikonfirmasi" in await gives(office, "Lina", f" {LINA.upper()} ")
    [(address, code)] = await mailed(office)
    assert (address, await mail_of(office, "Lina")) == (LINA, None)
    assert "#mail" in (await lina.post("/desk/account/mail", data={"code": "2222-2222-2222"})).headers["location"]
    wrong = await lina.get("/desk/account?mail=wrong")
    assert ("Kode itu tidak cocok" in wrong.text, await mail_of(office, "Lina")) == (True, None)
    await vera.post("/desk/account/mail", data={"code": code})
    assert await mail_of(office, "Lina") is None
    await lina.post("/desk/account/mail", data={"code": code.lower().replace("-", " ")})
    assert await mail_of(office, "Lina") == LINA
    assert f"dikirim ke {LINA}" in (await lina.get("/desk/account")).text
    await gives(office, "Lina", LINA, "drop")
    assert await mail_of(office, "Lina") is None


@pytest.mark.thorough
async def test_a_code_that_was_sent_before_or_is_too_old_confirms_nothing(office: DeskOffice) -> None:
    lina = await office.browser_of("Lina")
    await gives(office, "Lina", LINA)
    await gives(office, "Lina", "lina@kantor.test")
    [(_, first), (_, second)] = await mailed(office)
    await lina.post("/desk/account/mail", data={"code": first})
    assert await mail_of(office, "Lina") is None
    office.gate.world.clock.passes(timedelta(days=2))
    lina = await office.browser_of("Lina")
    await lina.post("/desk/account/mail", data={"code": second})
    assert await mail_of(office, "Lina") is None


@pytest.mark.thorough
async def test_codes_are_not_guessed(office: DeskOffice) -> None:
    lina = await office.browser_of("Lina")
    await gives(office, "Lina", LINA)
    [(_, code)] = await mailed(office)
    for _ in range(6):
        await lina.post("/desk/account/mail", data={"code": "2222-2222-2222"})
    await lina.post("/desk/account/mail", data={"code": code})
    assert await mail_of(office, "Lina") is None


@pytest.mark.thorough
async def test_an_address_that_is_none_or_anothers_is_refused(office: DeskOffice) -> None:
    await gives(office, "Lina", LINA)
    for name, address in (("Vera", LINA), ("Vera", "tanpa-at"), ("Vera", "a@b.test\nBcc: c@d.test"), ("Vera", "")):
        assert "tidak bisa dipakai" in await gives(office, name, address), address
    assert len(await mailed(office)) == 1


async def test_only_an_admin_gives_addresses(office: DeskOffice) -> None:
    await office.browser_of("Vera")
    number = office.gate.people["Vera"].id
    for name in ("Vera", "Lina", "Modi"):
        answer = await (await office.browser_of(name)).post(
            f"/desk/settings/people/{number}/mail", data={"address": LINA}
        )
        assert answer.status_code == 403, name
    assert (await (await office.browser_of("Tia")).post("/desk/settings/people/x/mail", data={})).status_code == 404


@pytest.mark.parametrize(
    "written",
    [
        "a@b\r\nBcc: c@d",
        "a b@c.test",
        "a@b@c.test",
        '"a b"@c.test',
        "a@-b.test",
        "<a@b.test>",
        "a@b.test,c@d.test",
        "ä@b.test",
        f"{'a' * 60}@b.test",
        ".a@b.test",
        "a@b..test",
    ],
)
def test_what_is_no_plain_address_is_none(written: str) -> None:
    assert clean_address(written) is None
