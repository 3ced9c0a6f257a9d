"""Requests as no page of ours sends them: names of fields are read from the code, values are odd."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, quote_from_bytes, urlencode

from hypothesis import strategies as st

from actions.people.people import OFFICER_ROLES
from actions.people.roles import Role
from bot.web.shared.access import GUARDED

CODE = Path(__file__).resolve().parents[2] / "bot"
FIELD = re.compile(
    r"""(?:query_params|fields|lists|form|asked|query|cookies|headers|numbers)(?:\.get|\.getlist)?[\[(]["']([\w:.-]+)["']"""
)
NAMED = re.compile(r"""(?:["'][\w-]+["']: |: Final = )["']([a-z][a-z_]{1,20})["']""")
"""As the search of the desk calls what it looks for."""
FORM = re.compile(r"""name="([\w:.-]+)\"""")
STREAM, STREAM_SECONDS = "GET /chat/stream", 0.2
DEEP = 3_000
LONGEST_ADDRESS = 60_000
TICKET = "LP-2222-2222"
ODD: Sequence[bytes] = [
    *(word.encode() for word in ("", " ", "abc", "-1", "0", "1", "2", "01", "1.5", "1e999", "nan", "-inf", "1_0")),
    *(
        text.encode()
        for text in ("٣", "²", "💥" * 40, "\N{RIGHT-TO-LEFT OVERRIDE}x", "'\";--", "%", "%s{0}", "../../x")
    ),
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


def with_nul(route: str, names: Sequence[str]) -> Sequence[Ask]:
    """Requests of somebody who may, with a letter that a stricter database refuses wherever text can stand."""
    role = next(iter(sorted(GUARDED.get(route, ()))), None)
    everywhere = [(name, b"a\x00b") for name in names]
    by_itself = [[one] for one in everywhere] if route.startswith("GET") else []  # another may be refused before it
    asked = [
        Ask(route, role, [one] * 3, told, told, None, None, "", {})
        for one, told in ((b"a\x00b", []), *((TICKET.encode(), told) for told in (everywhere, *by_itself)))
    ]
    return asked if "{" in route else asked[1:]


def names_in(folder: Path) -> list[str]:
    """Every name by which pages of this folder look for something in an address, a form, a cookie or a head."""
    found = set[str]()
    for file in folder.rglob("*.py"):
        text = file.read_text("utf-8")
        found |= {*FIELD.findall(text), *NAMED.findall(text)}
    for file in folder.rglob("*.html"):
        found |= set(FORM.findall(file.read_text("utf-8")))
    return sorted(found)


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
