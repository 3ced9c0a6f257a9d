"""Every route of the real app, asked by every role and by nobody: the table of guards is what happens."""

from __future__ import annotations

import asyncio
import re
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.routing import iter_route_contexts
from httpx import ASGITransport, AsyncClient, Response

from actions.people.people import OFFICER_ROLES
from actions.people.roles import Role
from actions.store.engine.task_lease import SoleTaskLeases
from bot.configuration.settings import Settings
from bot.main.assembly import Service, assemble
from bot.main.channels import open_channels
from bot.main.health import HealthWatch
from bot.main.installed_channels import installed_channels
from bot.main.restart import MARK, Restart
from bot.main.understanding_wiring import keywords_of, model_context_of
from bot.main.web_app import web_app
from bot.observability.metrics import Metrics
from bot.training.models.subprocesses import Commands
from bot.understanding.fallback import SteadyUnderstanding
from bot.web.account.context import SignInContext
from bot.web.shared.access import GUARDED, PUBLIC, UndeclaredRoute, check_guards, declared_roles, guarded, is_inside
from bot.web.shared.app import make_app
from tests.every_channel import EVERY_CHANNEL
from tests.unit.people.officers import an_officer
from tests.unit.sign_in.gatehouse import Gatehouse, signs_in

STREAMS = {"GET /chat/stream"}
"""Answers that do not end."""
LEAVING = {"POST /sign-out"}
"""Answers with the way in, whoever asks."""
EVERYBODY = [None, *OFFICER_ROLES]
OF_CHANNELS = installed_channels().routes


def routes_of(app: FastAPI) -> set[str]:
    found = iter_route_contexts(app.routes)
    return {f"{method} {route.path}" for route in found for method in route.methods or {"ANY"}}


def settings_with_everything(folder: Path, file: Path) -> Settings:
    return Settings(
        data_dir=folder,
        database_url=f"sqlite:///{file}",
        public_url="http://lapor.test",
        nlu="off",
    )


class StillCommands(Commands):
    """Starts no process."""

    async def _start(self, *words: str) -> Process:
        return await asyncio.create_subprocess_exec("true")


async def the_app(service: Service, stack: AsyncExitStack) -> FastAPI:
    """Put together as `lapor start` does it, with every channel that there is."""
    opening = open_channels(service, EVERY_CHANNEL, SoleTaskLeases(), lambda: None)
    channels = await stack.enter_async_context(opening)
    assert set(channels.opened) == {"telegram", "web", "sms", "email", "whatsapp", "x"}
    understanding = SteadyUnderstanding(None, keywords_of(service))
    watch = HealthWatch(service.database, understanding, channels.states, Metrics(), service.clock)
    commands = StillCommands(service.settings, model_context_of(service))
    restart = Restart(service.settings.data_dir / MARK)
    return web_app(service, channels, watch, commands, lambda _: None, restart)


@pytest.fixture
async def app(tmp_path: Path, database_file: Path) -> AsyncIterator[FastAPI]:
    async with AsyncExitStack() as stack:
        service = assemble(settings_with_everything(tmp_path, database_file))
        stack.push_async_callback(service.database.close)
        for role in OFFICER_ROLES:
            await an_officer(service.database, role.value, role, agency="dishub")
        yield await the_app(service, stack)


async def asked(app: FastAPI, role: Role | None, routes: Iterable[str]) -> dict[str, str]:
    """What is answered to somebody of this role, who signed in with a password."""
    transport = ASGITransport(app, client=("192.0.2.1", 1))
    async with AsyncClient(transport=transport, base_url="http://lapor.test") as browser:
        if role:
            assert (await signs_in(browser, role.value)).status_code == 303
        kept = list(browser.cookies.jar)
        answers = dict[str, str]()
        for route in routes:
            method, path = route.split(" ")
            answers[route] = turned_away(await browser.request(method, re.sub(r"{[^}]*}", "x", path)))
            browser.cookies.clear()
            for cookie in kept:
                browser.cookies.jar.set_cookie(cookie)
        return answers


def turned_away(answer: Response) -> str:
    if answer.headers.get("location", "").startswith("/sign-in?next="):
        return "sign in first"
    return "not for you" if answer.status_code == 403 and "Anda masuk sebagai" in answer.text else "let in"


async def test_every_route_is_declared_and_every_declaration_is_a_route(app: FastAPI) -> None:
    assert routes_of(app) == {*GUARDED, *PUBLIC, *OF_CHANNELS}
    assert not GUARDED.keys() & PUBLIC


def test_nothing_inside_is_public_and_nothing_outside_is_guarded() -> None:
    assert {route for route in PUBLIC if is_inside(route.split(" ")[1])} == set()
    assert {route for route in GUARDED if not is_inside(route.split(" ")[1])} == set()


@pytest.mark.thorough
@pytest.mark.parametrize("role", EVERYBODY)
async def test_every_guarded_route_lets_in_who_the_table_says(app: FastAPI, role: Role | None) -> None:
    expected = {
        route: "sign in first" if role is None else "let in" if role in roles else "not for you"
        for route, roles in GUARDED.items()
    }
    assert await asked(app, role, GUARDED) == expected


@pytest.mark.thorough
@pytest.mark.parametrize("role", [None, Role.TRAINER])
async def test_every_public_route_asks_nobody_to_sign_in(app: FastAPI, role: Role | None) -> None:
    answers = await asked(app, role, (PUBLIC | OF_CHANNELS) - STREAMS - LEAVING)
    assert set(answers.values()) == {"let in"}


@pytest.mark.parametrize("route", ["POST /desk/new", "GET /t/{ticket:path}", "GET /trainer"])
def test_a_channel_takes_no_route_of_another_part(route: str) -> None:
    with pytest.raises(UndeclaredRoute, match="no route for a channel"):
        check_guards(make_app([]), {route})


class OpenToAll:
    async def turns_away(self, request: object, roles: frozenset[Role]) -> Response | None:
        return None


@pytest.mark.parametrize("path", ["/desk", "/desk/cases", "/trainer/{name}"])
def test_an_unguarded_page_inside_stops_the_start(path: str) -> None:
    router = APIRouter()
    router.add_api_route(path, lambda: "open")
    with pytest.raises(UndeclaredRoute, match="open to anybody"):
        check_guards(make_app([router]))


def test_an_unguarded_page_that_is_put_inside_by_a_prefix_stops_the_start() -> None:
    inner, outer = APIRouter(), APIRouter(prefix="/desk")
    inner.add_api_route("/cases", lambda: "open")
    outer.include_router(inner)
    with pytest.raises(UndeclaredRoute, match="/desk/cases is open to anybody"):
        check_guards(make_app([outer]))


def test_a_mounted_app_inside_stops_the_start() -> None:
    app = make_app([])
    app.mount("/trainer/files", FastAPI())
    with pytest.raises(UndeclaredRoute, match="/trainer/files"):
        check_guards(app)


def test_a_guarded_page_that_the_table_does_not_know_cannot_be_made() -> None:
    with pytest.raises(UndeclaredRoute, match="POST /desk is for nobody"):
        guarded(OpenToAll()).add_api_route("/desk", lambda: "open", methods=["POST"])


def test_a_guarded_page_is_not_moved_to_where_the_table_does_not_know_it() -> None:
    router, outer = guarded(OpenToAll()), APIRouter(prefix="/trainer")
    router.add_api_route("/desk", lambda: "open")
    outer.include_router(router)
    with pytest.raises(UndeclaredRoute, match="/trainer/desk"):
        check_guards(make_app([outer]))


def test_one_route_is_not_for_some_in_one_way_and_for_others_in_another() -> None:
    with pytest.raises(UndeclaredRoute):
        declared_roles("/desk", {"GET", "DELETE"})


async def test_a_form_of_another_site_is_refused_inside(gate: Gatehouse) -> None:
    await gate.hires("Rina", Role.TRAINER)
    app = make_app([guarded_form(gate.context)])
    transport = ASGITransport(app, client=("192.0.2.1", 1))
    browser = await gate.signed_in("Rina")
    async with AsyncClient(transport=transport, base_url="http://lapor.test", cookies=browser.cookies) as inside:
        sent = [
            (await inside.post("/trainer", headers=headers)).status_code
            for headers in ({}, {"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"})
        ]
        inside.cookies.clear()
        signed_out = await inside.post("/trainer?page=2")
    assert sent == [200, 403, 403]
    assert (signed_out.status_code, signed_out.headers["location"]) == (303, "/sign-in?next=%2Ftrainer")


def guarded_form(context: SignInContext) -> APIRouter:
    """A form inside, as there will be."""
    from bot.web.shared import access as guard_roles

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(guard_roles, "GUARDED", {"POST /trainer": GUARDED["GET /trainer"]})
        router = guarded(context)
        router.add_api_route("/trainer", lambda: "done", methods=["POST"])
    return router
