"""Two more ways by which officers read: mail, and an account of a provider."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import ClientSession

from actions.people.mail import confirm_address
from actions.people.secrets import code_digest
from actions.store.people.mail import SqlMailBook
from actions.store.people.people import SqlPeople
from bot.main.assembly import Service
from bot.web.account.provider_sign_in import BACK, BEGIN
from tests.fakes.own_provider import SECRET, OwnProvider

CODE = "2345-6789-CDFG"
MAILED = "penandasurat@dinas.test"
ACCUSED_MAILED = "penandasuratlain@dinas.test"
"""Where an officer of the agency, and one of an agency that is accused, read their mail."""


def settings_of(provider: OwnProvider) -> Mapping[str, object]:
    """What lets officers sign in there."""
    return {
        "oidc_issuer": provider.issuer,
        "oidc_client_id": "lapor",
        "oidc_client_secret": SECRET,
        "oidc_groups": "angkutan=liaison:dishub",
    }


async def reads_mail(parts: Service, name: str, address: str = MAILED) -> None:
    """Somebody of the staff without Telegram has an address, and has typed its code."""
    async with parts.database.writing() as connection:
        everybody, book, now = await SqlPeople(connection).everybody(), SqlMailBook(connection), parts.clock()
        person = next(one for one in everybody if one.name == name)
        await book.set_mail(person.id, address, code_digest(CODE), now.replace(year=now.year + 1))
        assert await confirm_address(book, person, CODE, now)


async def signs_in_there(browser: ClientSession, provider: OwnProvider) -> None:
    """A browser goes to the provider, and comes back as somebody of another agency."""
    provider.claims = {"groups": ["angkutan"]}
    async with browser.get(BEGIN, allow_redirects=False) as answer:
        assert answer.status == 303
        state = provider.goes_to(answer.headers["location"])["state"]
    async with browser.get(BACK, params={"state": state, "code": f"code-{state[:8]}"}) as answer:
        assert answer.status == 200
