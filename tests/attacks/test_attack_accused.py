"""Threat: officers of an agency that a report accuses look for it at every door, whatever their role."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random

import pytest
from httpx import AsyncClient, Response
from PIL import Image
from sqlalchemy import select

from actions.cases.ticket import draw
from actions.people.people import OFFICER_ROLES
from actions.people.roles import Role
from actions.store.engine.tables import files
from bot.web.shared.access import GUARDED, PUBLIC
from tests.attacks.services import browser, database_of, hires, reports, signs_in
from tests.integration.process.service import Service, running_service

pytestmark = pytest.mark.slow

MARK = "zubarkahmark"
ACCUSED = "dishub"
STORIES = (
    f"Petugas Dinas Perhubungan minta uang pelicin 50 ribu di terminal penajam kemarin, namanya {MARK}",
    f"orang dinhub minta uang pelicin 50 ribu di terminal penajam kemarin, namanya {MARK}",
)
STREAM = "GET /chat/stream"
NOT_OF_CASES = {STREAM, "GET /metrics", "GET /data-saya.json"}
"""A stream that does not end; numbers for whoever runs the machine; what is kept of the asker herself."""
OWN_TALK = "/"
"""The asker's own chat, which is another at each look."""
OF_THE_MOMENT = re.compile(
    r'value="[^"]{20,}"|nonce="[^"]+"|token=[\w.-]+|\d\d[.:]\d\d(?:[.:]\d\d)?|"version": ?\d+|\?[\w=.&;-]*key=\w+'
)
"""What differs between two answers to the same request: tokens of forms, and the time."""


def a_photo() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (64, 48), "orange").save(written, "JPEG")
    return written.getvalue()


def addresses(ticket: str) -> Iterator[str]:
    """Every page that there is, of this case where a page is of a case; then searches for it by number and by words."""
    for route in sorted({*GUARDED, *PUBLIC} - NOT_OF_CASES):
        method, path = route.split(" ")
        if method == "GET":
            path = path.replace("/requests/{name}", f"/requests/{ticket}.json").replace("{ending}", "json")
            yield re.sub(r"{[^}]*}", "1", re.sub(r"{ticket(:path)?}", ticket, path))
    for asked in (ticket, ticket[3:], "pelicin", MARK[:-2]):
        yield from (f"/desk/search{ending}?kata={asked}" for ending in ("", ".csv", ".xlsx"))
    yield from (f"/desk/search?instansi={agency}" for agency in (ACCUSED, "inspektorat"))
    yield from ("/desk/search?kategori=pungli_korupsi", "/desk?list=late", "/desk?list=new", "/desk?list=mine")
    yield from (f"/open311/v2/requests.xml?service_request_id={ticket}", f"/cek?ticket={ticket}")


def text_of(answer: Response) -> str:
    """What is said; of a workbook what its sheets hold, for its bytes tell when it was made."""
    if not answer.content.startswith(b"PK"):
        return answer.text
    with zipfile.ZipFile(io.BytesIO(answer.content)) as workbook:
        return "\n".join(workbook.read(name).decode() for name in workbook.namelist() if name.startswith("xl/"))


def without(answer: Response, ticket: str) -> tuple[int, str]:
    """What is said, but for the number that was asked for."""
    return answer.status_code, OF_THE_MOMENT.sub("", text_of(answer).replace(ticket, "N").replace(ticket[3:], "N"))


def unknown() -> str:
    """A number as cases have it, that none has."""
    return draw(Random(7).randrange)  # noqa: S311 - any


@asynccontextmanager
async def signed_in(service: Service, name: str) -> AsyncIterator[AsyncClient]:
    async with browser(service) as officer:
        assert (await signs_in(officer, name)).status_code == 303
        yield officer


async def names_of_files(service: Service) -> list[str]:
    async with database_of(service) as database, database.reading() as connection:
        return [str(name) for name in (await connection.execute(select(files.c.name))).scalars()]


async def looks_everywhere(officer: AsyncClient, ticket: str, *, publicly: bool) -> list[str]:
    """The addresses at which somebody learns the words, or that there is such a case."""
    told = list[str]()
    none = unknown()
    for real, other in zip(addresses(ticket), addresses(none), strict=True):
        if not publicly and not real.startswith(("/desk", "/trainer")):
            continue
        one, two = await officer.get(real), await officer.get(other)
        is_told = ticket in one.text if real == OWN_TALK else without(one, ticket) != without(two, none)
        if MARK in text_of(one) or is_told:
            told.append(real)
    return told


async def opens_its_files(officer: AsyncClient, names: list[str]) -> list[str]:
    """The addresses of files that open without the signature that only a page of the case carries."""
    asked = [
        f"/files/{name}{end}{query}"
        for name in names
        for end in ("", "/thumb")
        for query in ("", "?until=9999999999&k=x")
    ]
    return [address for address in asked if (await officer.get(address)).status_code != 404]


async def tries_to_work_on_it(officer: AsyncClient, ticket: str) -> list[str]:
    """The addresses at which a posted form is answered otherwise than for a number that no case has."""
    told = list[str]()
    for route in sorted(name for name in GUARDED if name.startswith("POST /desk/cases/")):
        answers = []
        for number in (ticket, unknown()):
            form = {"deed": "forward", "act": "send", "agency": ACCUSED, "words": "x", "version": "1", "text": "x"}
            answers.append(
                without(await officer.post(route.split(" ")[1].replace("{ticket}", number), data=form), number)
            )
        if answers[0] != answers[1]:
            told.append(route)
    return told


async def test_nobody_of_the_accused_agency_learns_of_it_at_any_door(tmp_path: Path) -> None:
    async with running_service(tmp_path, nlu="compiled") as service:
        for role in OFFICER_ROLES:
            await hires(service, f"dishub {role.value}", role, agency=ACCUSED)
        await hires(service, "Ina", Role.LIAISON, agency="inspektorat")
        own = [await reports(service, story, a_photo() if story is STORIES[0] else b"") for story in STORIES]
        tickets = [page.removeprefix("/t/").partition("?")[0] for page in own]
        async with signed_in(service, "Ina") as holder:
            for ticket in tickets:
                assert MARK in (await holder.get(f"/desk/cases/{ticket}")).text
                assert ticket in (await holder.get("/desk")).text
                for ending in ("", ".csv", ".xlsx"):
                    assert ticket in text_of(await holder.get(f"/desk/search{ending}?kata=pelicin"))
            assert 'src="/files/' in (await holder.get(f"/desk/cases/{tickets[0]}")).text
        names = await names_of_files(service)
        told = dict[str, list[str]]()
        for role in OFFICER_ROLES:
            async with signed_in(service, f"dishub {role.value}") as officer:
                for ticket in tickets:
                    told[f"{role} {ticket}"] = [
                        *await looks_everywhere(officer, ticket, publicly=role is Role.VERIFIER),
                        *await tries_to_work_on_it(officer, ticket),
                        *await opens_its_files(officer, names),
                    ]
        assert names
        assert {who: where for who, where in told.items() if where} == {}
