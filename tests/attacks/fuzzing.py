"""Asks every route of the real app for anything, as anybody: names of fields are read from the code, values are odd."""

from __future__ import annotations

import asyncio
import random
import re
import shutil
import string
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, quote_from_bytes, urlencode

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from httpx import ASGITransport, AsyncClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from actions.cases.case import Location, ReportType, Severity, Words
from actions.cases.handlers import FiledCase, Report, file_case
from actions.people.people import OFFICER_ROLES
from actions.people.roles import Role
from actions.store.cases.casebook import SqlCaseBook
from actions.store.engine import schema
from actions.store.engine.task_lease import LoneDuty
from actions.store.training.tables import samples
from bot.configuration.settings import Settings
from bot.main.assembly import DEFAULTS, Service, assemble
from bot.main.channels_wiring import open_doors
from bot.main.health import Watch
from bot.main.restart import MARK, Renewal
from bot.main.service import web_app
from bot.main.understanding_wiring import keywords_of, workbench_of
from bot.observability.metrics import Metrics
from bot.training.models.subprocesses import Commands
from bot.understanding.fallback import SteadyUnderstanding
from bot.web.shared.access import GUARDED, PUBLIC
from tests.unit.people.officers import PASSWORD, an_officer

CODE = Path(__file__).resolve().parents[2] / "bot"
FIELD = re.compile(
    r"""(?:query_params|fields|lists|form|asked|query|cookies|headers|numbers)(?:\.get|\.getlist)?[\[(]["']([\w:.-]+)["']"""
)
NAMED = re.compile(r"""["'][\w-]+["']: ["']([a-z][a-z_]{1,20})["'],""")
"""As the search of the desk calls what it looks for."""
FORM = re.compile(r"""name="([\w:.-]+)\"""")
STREAM, STREAM_SECONDS = "GET /chat/stream", 0.2
DEEP = 3_000
LONGEST_ADDRESS = 60_000
TICKET = "LP-2222-2222"
ODD: Sequence[bytes] = [
    *(word.encode() for word in ("", " ", "abc", "-1", "0", "1", "2", "01", "1.5", "1e999", "nan", "-inf", "1_0")),
    *("٣".encode() for _ in range(1)),
    *(text.encode() for text in ("²", "💥" * 40, "\N{RIGHT-TO-LEFT OVERRIDE}x", "'\";--", "%", "%s{0}", "../../x")),
    b"9" * 18,
    b"9" * 19,
    b"9" * 40,
    b"9" * 5_000,
    b"0001-01-01",
    b"9999-12-31",
    b"2026-13-45",
    b"9999-12-31:99999999999999999999999",
    b"0001-01-01:1",
    b"1:1",
    b"nan:99999999999999999999",
    b"\x00",
    b"a\x00b",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"x" * 3_000,
    TICKET.encode(),
    b"lp-2222-2222",
    b"jalan",
    b"dishub",
    b"regency.toml",
    b"routing.csv",
    b"id",
    b"en",
    b"show",
    b"send",
    b"forward",
    b"answer",
    b"begin",
    b"confirm",
    b"numbers",
    b"row",
    b"words",
    b"remove",
    b"new",
    b"[" * DEEP,
    b'{"a":' * DEEP,
    b"a: " * 60,
    b"web:v1",
    b"1.2.3",
    b"1.99999999999.aa",
]
FILES: Sequence[tuple[str, bytes]] = [
    ("a.csv", b"text,intent\nlubang,complaint\n"),
    ("a.csv", b'"' * 5_000),
    ("a.csv", b"\xff\xfe\x00"),
    ("a.jsonl", b"[" * 20_000),
    ("a.jsonl", b'{"a":' * 20_000 + b"\n"),
    ("a.yml", b"[" * 20_000),
    ("a.yml", b"nlu:\n- intent: a\n  examples: |\n    - x\n"),
    ("a.yaml", b"&a [*a]"),
    ("a.jpg", b"\xff\xd8\xff\xe0" + bytes(200)),
    ("\x00.pdf", b"%PDF-1.7\n"),
    ("x" * 300, b""),
]
CHAT = b'"chat":{"id":1,"type":"private"},"from":{"id":1,"is_bot":false,"first_name":"x"}'
DOCUMENTS: Sequence[bytes] = [
    b"null",
    b"[]",
    b'"x"',
    b'{"update_id":1}',
    b'{"update_id":"x","message":[]}',
    b'{"update_id":1e999}',
    b'{"update_id":%s}' % (b"9" * 400),
    b'{"update_id":2,"message":{"message_id":1,"date":0,%s,"text":"\\ud800 halo"}}' % CHAT,
    b'{"update_id":3,"message":{"message_id":1,"date":99999999999999,%s,"text":"halo"}}' % CHAT,
    b'{"update_id":4,"message":{"message_id":1,"date":1,%s,"location":{"latitude":"x","longitude":1e400}}}' % CHAT,
    b'{"update_id":5,"callback_query":{"id":"1","from":{"id":1},"data":"%s"}}' % (b"x" * 500),
    b'{"from":"0812","text":"a\\u0000b"}',
    b'{"endpoint":"https://fcm.googleapis.com/\\ud800"}',
]
SECRETS = {
    "POST /telegram": ("x-telegram-bot-api-secret-token", b"a-secret-of-the-webhook"),
    "POST /sms": ("x-sms-secret", b"a-secret-of-the-gateway"),
}
"""Without these nothing else of a request is looked at."""
TYPES = ("application/x-www-form-urlencoded", "application/json", "text/plain", "multipart/form-data", "x/\xff", "")


@dataclass(frozen=True, slots=True, repr=False)
class Ask:
    """One request."""

    route: str
    role: Role | None
    path: Sequence[bytes]
    query: Sequence[tuple[str, bytes]]
    fields: Sequence[tuple[str, bytes]]
    file: tuple[str, bytes] | None
    raw: bytes | None
    kind: str
    headers: Mapping[str, bytes]

    @property
    def method(self) -> str:
        """GET or POST."""
        return self.route.partition(" ")[0]

    def address(self) -> bytes:
        """The path and the query, percent-encoded whatever they hold."""
        values = list(self.path)
        path = re.sub(
            r"{[^}]*}", lambda _: quote_from_bytes(values.pop() if values else b"x", safe=""), self.route.split(" ")[1]
        )
        query = "&".join(f"{quote(name)}={quote_from_bytes(value)}" for name, value in self.query)
        return f"{path}?{query}"[:LONGEST_ADDRESS].encode() if query else path.encode()

    def __repr__(self) -> str:
        """Enough to try it again by hand; what is long is cut."""
        said = (self.role, self.address()[:600], self.fields if self.method == "POST" else (), self.raw, self.headers)
        return f"Ask({self.route}, {', '.join(str(one)[:600] for one in said)})"


@dataclass(slots=True)
class Crowd:
    """The app, and a browser of each role; whoever was signed out signs in again."""

    app: FastAPI
    tickets: Sequence[str]
    browsers: dict[Role | None, AsyncClient] = field(default_factory=dict)
    asked: int = 0
    statuses: dict[int, int] = field(default_factory=dict)

    async def comes(self, role: Role | None) -> AsyncClient:
        """The browser of somebody."""
        browser = self.browsers.get(role)
        if browser is None or (role and "lapor_session" not in browser.cookies):
            transport = ASGITransport(self.app, client=(f"192.0.2.{len(self.browsers) + 1}", 1))
            browser = self.browsers[role] = AsyncClient(transport=transport, base_url="http://lapor.test")
            if role:
                await browser.post("/sign-in", data={"name": role.value, "password": PASSWORD})
            else:
                await browser.get("/")
        return browser

    async def asks(self, ask: Ask) -> int:
        """What is answered; a fault of ours is raised."""
        browser = await self.comes(ask.role)
        headers, content = dict([*ask.headers.items(), *([SECRETS[ask.route]] if ask.route in SECRETS else [])]), None
        if ask.method == "POST":
            content, kind = body_of(ask)
            headers["content-type"] = kind.encode("latin-1")
        kept = list(browser.cookies.jar)
        try:
            async with asyncio.timeout(STREAM_SECONDS if ask.route == STREAM else 60):
                ticket = self.tickets[self.asked % len(self.tickets)]
                address = "http://lapor.test" + ask.address().decode().replace(TICKET, ticket)
                content = content and content.replace(TICKET.encode(), ticket.encode())
                answer = await browser.request(ask.method, address, content=content, headers=headers)
        except TimeoutError:
            if ask.route != STREAM:
                raise
            return 200
        finally:
            browser.cookies.clear()
            for cookie in kept:
                browser.cookies.jar.set_cookie(cookie)
        self.asked += 1
        self.statuses[answer.status_code] = self.statuses.get(answer.status_code, 0) + 1
        if answer.status_code == 303 and answer.headers.get("location", "").startswith("/sign-in?") and ask.role:
            browser.cookies.clear()
        return answer.status_code


def body_of(ask: Ask) -> tuple[bytes, str]:
    """A form, with a file or without, or just bytes."""
    if ask.raw is not None:
        return ask.raw, ask.kind
    if ask.file is None:
        return urlencode(list(ask.fields)).encode(), TYPES[0]
    name, content = ask.file
    parts = [b'--x\r\ncontent-disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (k.encode(), v) for k, v in ask.fields]
    head = f'--x\r\ncontent-disposition: form-data; name="file"; filename="{name}"\r\n'.encode()
    parts += [
        head.replace(b'name="file"', part) + b"content-type: text/csv\r\n\r\n" + content + b"\r\n"
        for part in (b'name="file"', b'name="files"')
    ]
    return b"".join(parts) + b"--x--\r\n", "multipart/form-data; boundary=x"


def names_in(folder: Path) -> list[str]:
    """Every name by which pages of this folder look for something in an address, a form, a cookie or a head."""
    found = set[str]()
    for file in folder.rglob("*.py"):
        text = file.read_text("utf-8")
        found |= {*FIELD.findall(text), *NAMED.findall(text)}
    for file in folder.rglob("*.html"):
        found |= set(FORM.findall(file.read_text("utf-8")))
    return sorted(found)


def folders_of(app: FastAPI) -> dict[str, Path]:
    """Where the code of each route lies."""
    found = dict[str, Path]()
    for one in iter_route_contexts(app.routes):
        module = sys.modules[one.original_route.endpoint.__module__]  # type: ignore[attr-defined]
        for method in one.methods or ():
            found[f"{method} {one.path}"] = Path(str(module.__file__)).parent
    return found


def roles_of(route: str) -> st.SearchStrategy[Role | None]:
    """Mostly those who may."""
    allowed = sorted(GUARDED.get(route, ())) or [None, *sorted(OFFICER_ROLES)]
    return st.one_of(st.sampled_from(allowed), st.sampled_from(allowed), st.sampled_from([None, *OFFICER_ROLES]))


def asks(route: str, own: Sequence[str], names: Sequence[str]) -> st.SearchStrategy[Ask]:
    """Requests to this route, which has names of its own among all."""
    values = st.one_of(
        st.sampled_from(ODD), st.sampled_from(ODD), st.binary(max_size=30), st.integers().map(lambda n: str(n).encode())
    )
    name = st.one_of(st.sampled_from(names), st.text(string.ascii_letters, max_size=5))
    some_own = st.fixed_dictionaries({}, optional=dict.fromkeys(own, values)).map(lambda chosen: list(chosen.items()))
    pairs = st.one_of(some_own, some_own, st.lists(st.tuples(name, values), max_size=8))
    headers = st.dictionaries(
        st.sampled_from(["hx-request", "last-event-id", "range", "if-none-match", "accept-language", "authorization"]),
        st.sampled_from(
            ["", "true", "9" * 400, "bytes=9-1", "bytes=0-99999999999999999999", "id;q=x", "Bearer \xe9", '"']
        ),
        max_size=2,
    )
    in_path = (
        values if "{ticket" not in route else st.one_of(st.just(TICKET.encode()), st.just(TICKET.encode()), values)
    )
    return st.builds(
        Ask,
        st.just(route),
        roles_of(route),
        st.lists(in_path, min_size=2, max_size=2),
        pairs,
        pairs,
        st.none() | st.sampled_from(FILES),
        st.one_of(
            st.none(), st.none(), st.none(), st.sampled_from(DOCUMENTS), st.sampled_from(ODD), st.binary(max_size=60)
        ),
        st.sampled_from(TYPES),
        headers.map(lambda some: {name: value.encode("latin-1") for name, value in some.items()}),
    )


class StillCommands(Commands):
    """Starts no process."""

    async def _start(self, *words: str) -> Process:
        return await asyncio.create_subprocess_exec("true")


@asynccontextmanager
async def a_crowd(folder: Path, database_url: str) -> AsyncIterator[Crowd]:
    """The app as `lapor start` puts it together, on data of its own, with somebody of each role."""
    config = folder / "config"
    shutil.copytree(DEFAULTS, config)
    given = Settings(
        data_dir=folder / "var",
        config_dir=config,
        database_url=database_url,
        telegram_token="1:a",  # type: ignore[arg-type] - pydantic wraps it
        telegram_api_url="http://127.0.0.1:9",
        telegram_mode="webhook",
        telegram_webhook_secret="a-secret-of-the-webhook",  # type: ignore[arg-type] - likewise
        sms_gateway_url="http://127.0.0.1:9",
        sms_secret="a-secret-of-the-gateway",  # type: ignore[arg-type] - likewise
        public_url="http://lapor.test",
        nlu="off",
    )
    async with AsyncExitStack() as stack:
        service = assemble(given)
        stack.push_async_callback(service.database.close)
        await schema.upgrade_apart(service.database)
        await an_officer(service.database, "somebody to be changed", Role.AUDITOR)
        for role in OFFICER_ROLES:
            await an_officer(service.database, role.value, role, agency="dishub")
        doors = await stack.enter_async_context(open_doors(service, LoneDuty(), lambda: None))
        understanding = SteadyUnderstanding(None, keywords_of(service))
        watch = Watch(service.database, understanding, doors.telegram, Metrics(), has_sms=True, clock=service.clock)
        commands = StillCommands(service.settings, workbench_of(service))
        renewal = Renewal(service.settings.data_dir / MARK)
        tickets = [await a_case(service, number) for number in range(3)]
        yield Crowd(web_app(service, doors, watch, commands, lambda _: None, renewal), tickets)


async def a_case(service: Service, number: int) -> str:
    """A citizen's case, with a sample of what was made of its words; returns its number."""
    report = Report(
        draft_key=f"web:v{number}:d1",
        reporter=f"web:v{number}",
        channel="web",
        language="id",
        type=ReportType.COMPLAINT,
        category="penerangan_jalan" if number else None,
        location=Location(district="64.09.01", spoken="depan pasar petung"),
        severity=Severity.NORMAL,
        secret=False,
        sensitive=False,
        words=Words("lampu jalan di depan pasar petung mati sudah dua minggu"),
        attachments=(),
        consent="id-1",
    )
    now = service.clock()
    async with service.database.writing() as connection:
        book, desk = SqlCaseBook(connection), service.desk
        filed = await file_case(book, service.regency, report, now, desk.chance, desk.in_words)
        assert isinstance(filed, FiledCase)
        row = {"ticket": filed.case.ticket, "text": "lampu jalan mati", "kin": filed.case.ticket, "channel": "web"}
        row |= {"intent": "complaint", "intent_confidence": 0.9, "category": "jalan", "is_sure": False, "at": now}
        row |= {"category_confidence": 0.4, "ranking": '[["jalan", 0.4]]', "worth": 1.0, "reason": "unsure"}
        await connection.execute(insert(samples), [row])
    return filed.case.ticket


def fuzz(crowd: Crowd, loop: asyncio.AbstractEventLoop, examples: int, seed: int | None = None) -> list[str]:
    """Ask every route so often, from a thread beside the loop; returns the routes that failed, and by what.

    Args:
        crowd: the app.
        loop: in which it runs.
        examples: of each route.
        seed: None for the same requests each time.
    """
    names, failed, folders = names_in(CODE), list[str](), folders_of(crowd.app)
    routes = sorted({*GUARDED, *PUBLIC})
    if seed is not None:
        random.Random(seed).shuffle(routes)  # noqa: S311 - only an order

    for route in routes:
        own = names_in(folders[route])

        @settings(
            max_examples=examples,
            derandomize=seed is None,
            database=None,
            deadline=None,
            phases=[Phase.generate, Phase.shrink] if seed is not None else [Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(ask=asks(route, own, names))
        def holds(ask: Ask) -> None:
            status = asyncio.run_coroutine_threadsafe(crowd.asks(ask), loop).result()
            assert status < 500, f"{status}: {ask}"

        try:
            holds()
        except Exception as error:  # noqa: BLE001 - all routes are looked at
            trace = error.__traceback__
            while trace and trace.tb_next:
                trace = trace.tb_next
            where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
            notes = getattr(error, "__notes__", [])
            failed.append(f"{route}: {type(error).__name__} {str(error)[:300]} at {where} {str(notes)[:1500]}")
    return failed
