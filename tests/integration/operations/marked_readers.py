"""Whoever reads: every page asked for by every reader, and every command that prints or writes."""

from __future__ import annotations

import asyncio
import io
import re
import zipfile
from datetime import UTC, datetime

from aiohttp import ClientSession, CookieJar
from typer.testing import CliRunner

from bot.cli.main import lapor as commands
from tests.fakes.own_provider import OwnProvider
from tests.integration.faults.house import House
from tests.integration.operations.marked_doors import signs_in_there
from tests.integration.operations.marked_people import FILTER, PROVIDERS, Walked
from tests.integration.operations.marks import OFFICERS_PASSWORD, SECRETS
from tests.integration.operations.pages import routes
from tests.integration.process.surroundings import environment

ENDLESS = {"/chat/stream"}


async def _signs_in(browser: ClientSession, who: str, provider: OwnProvider) -> None:
    """By name and password, or by the provider; a stranger does not."""
    if who == PROVIDERS:
        await signs_in_there(browser, provider)
    elif who != "stranger":
        async with browser.post("/sign-in", data={"name": who, "password": OFFICERS_PASSWORD}) as answer:
            assert answer.status == 200


async def all_pages(house: House, walked: Walked, who: str, provider: OwnProvider) -> dict[str, str]:
    """Every page that can be asked for, headers too, without anybody's key."""
    answers: dict[str, str] = {}
    async with ClientSession(house.service.address, cookie_jar=CookieJar(unsafe=True)) as browser:
        await _signs_in(browser, who, provider)
        numbers = set[str]() if who == "stranger" else {"/metrics"}  # the same for everybody
        for path in sorted({*_addresses(walked)} - numbers):
            async with asyncio.timeout(30), browser.get(path) as answer:
                body = "" if path in ENDLESS else read_whole(await answer.read())
                answers[path] = f"{answer.headers}\n{body}"
        for name, ticket in walked.tickets.items():
            async with browser.post("/cek", data={"ticket": ticket}) as answer:
                answers[f"/cek of {name}"] = f"{answer.url}\n{await answer.text()}"
        if numbers:
            return answers
        token = {"Authorization": f"Bearer {SECRETS['metrics_token']}"}
        async with browser.get("/metrics", headers=token) as answer:
            answers["/metrics"] = await answer.text()
    return answers


def _addresses(walked: Walked) -> list[str]:
    """Every route that is read, with every number and file there is."""
    tickets = [*walked.tickets.values()]
    filled = {
        "/open311/v2/requests/{name}": [f"/open311/v2/requests/{ticket}.json" for ticket in tickets],
        "/open311/v2/services/{name}": ["/open311/v2/services/jalan.xml"],
        "/open311/v2/tokens/{name}": ["/open311/v2/tokens/1.json"],
        "/open311/v2/requests.{ending}": [
            "/open311/v2/requests.xml",
            "/open311/v2/requests.json",
            *(f"/open311/v2/requests.json?service_request_id={ticket}" for ticket in tickets),
        ],
        "{layer}.{ending}": ["nlu.yml", "samples.csv", "labels.jsonl"],
        ".{ending}": [".json"],
        "/static/{name}": ["/static/site.css"],
        "/statistik/{name}": ["/statistik/category", "/statistik/answers"],
        "/{name}": [f"/files/{name}" for name in walked.files],
        "/desk/cases/{ticket}": [f"/desk/cases/{ticket}" for ticket in tickets],
        "{ticket:path}": [*tickets, *(f"{ticket}?k=AAAA" for ticket in tickets)],
        "{number}": ["1", "2", "3", "4"],
        "{picture}": ["turns"],
    }
    found = set[str]()
    for method, path in routes():
        part, values = next(((part, values) for part, values in filled.items() if part in path), ("", [""]))
        if method == "get":
            found |= {re.sub(r"\{[^}]+\}", tickets[0], path.replace(part, value)) for value in values}
    examples = {f"/desk/cases/{ticket}?answer={number}" for ticket in tickets for number in (1, 2)}
    lists = {f"/desk/publications?state={state}" for state in ("proposed", "held", "published")}
    return sorted(found | examples | lists)


def read_whole(body: bytes) -> str:
    """What an answer says; of a workbook all of its sheets."""
    if not body.startswith(b"PK"):
        return body.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(body)) as workbook:
        return "\n".join(workbook.read(name).decode("utf-8", "replace") for name in workbook.namelist())


async def saves_filter(house: House) -> None:
    """A liaison gives a part of her list a name."""
    async with ClientSession(house.service.address, cookie_jar=CookieJar(unsafe=True)) as browser:
        await browser.post("/sign-in", data={"name": "liaison", "password": OFFICERS_PASSWORD})
        async with browser.post("/desk/filters", data={"name": FILTER, "query": "list=agency"}) as answer:
            assert answer.status == 200


async def every_command(house: House, walked: Walked) -> dict[str, str]:
    """What an operator can have printed."""
    asked = [("case", "list"), ("case", "list", "--json"), ("case", "verify"), ("config",)]
    asked += [("officer", "list"), ("rule", "list"), ("db", "check")]
    asked += [("export", "sp4n"), ("hook", "list", "--json"), ("api-key", "list")]
    asked += [("retention", "--dry-run"), ("retention", "--protocol", "--json")]
    for ticket in walked.tickets.values():
        asked += [("case", "show", ticket), ("case", "show", ticket, "--json")]
    printed = {" ".join(words): await is_run(house, *words) for words in asked}
    bundle, month = house.service.folder / "bundle.json", f"{datetime.now(UTC):%Y-%m}"
    await is_run(house, "support-bundle", str(bundle))
    return printed | {
        "support-bundle": bundle.read_text(encoding="utf-8"),
        "report": await is_run(house, "report", "--month", month, "--output", "-"),
    }


async def is_run(house: House, *words: str, told: str = "") -> str:
    """What a command prints beside the running service; in this process, since there are many of them."""
    given = environment(house.service.folder, "", {"secret_key": house.settings["secret_key"]})
    settings = {name: value for name, value in given.items() if name.startswith("LAPOR_")}
    ended = await asyncio.to_thread(CliRunner(env=settings).invoke, commands, words, input=told)
    assert ended.exit_code == 0, words
    return str(ended.output)
