"""Which page is for whom, in one table, and the routes that ask before they answer.

A page under `/desk` or `/trainer` is a `GuardedRoute` and stands in the table, and any other stands among the public
ones, or the service does not start.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Coroutine, Mapping
from typing import Any, Final, Protocol

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts

from actions.people.people import Permission, Person, who_may
from actions.people.roles import Role
from bot.web.desk.access import DESK

TRAINERS = who_may(Permission.TEACH)

GUARDED: Final[Mapping[str, frozenset[Role]]] = {
    **DESK,
    "GET /trainer": TRAINERS,
    "GET /trainer/next": TRAINERS,
    "POST /trainer/samples/{number}": TRAINERS,
    "POST /trainer/undo": TRAINERS,
    "GET /trainer/acts": TRAINERS,
    "GET /trainer/acts/next": TRAINERS,
    "POST /trainer/acts/undo": TRAINERS,
    "POST /trainer/acts/{number}": TRAINERS,
    "POST /trainer/bulk": TRAINERS,
    "GET /trainer/settle": TRAINERS,
    "POST /trainer/settle/{number}": TRAINERS,
    "GET /trainer/rules": TRAINERS,
    "POST /trainer/rules": TRAINERS,
    "GET /trainer/words": TRAINERS,
    "POST /trainer/words": TRAINERS,
    "POST /trainer/words/remove": TRAINERS,
    "GET /trainer/categories": TRAINERS,
    "GET /trainer/categories/new": TRAINERS,
    "POST /trainer/categories/new": TRAINERS,
    "GET /trainer/categories/change/{slug}": TRAINERS,
    "POST /trainer/categories/change/{slug}": TRAINERS,
    "GET /trainer/categories/{number}": TRAINERS,
    "POST /trainer/categories/{number}": TRAINERS,
    "POST /trainer/categories/{number}/examples": TRAINERS,
    "POST /trainer/categories/{number}/decision": frozenset({Role.ADMIN}),
    "GET /trainer/import": TRAINERS,
    "POST /trainer/import": TRAINERS,
    "POST /trainer/import/begin": TRAINERS,
    "POST /trainer/import/{number}/accept": TRAINERS,
    "POST /trainer/import/{number}/discard": TRAINERS,
    "GET /trainer/import/{number}": TRAINERS,
    "GET /trainer/import/{number}/refused.csv": TRAINERS,
    "GET /trainer/export/{layer}.{ending}": TRAINERS,
    "GET /trainer/suspicious": TRAINERS,
    "POST /trainer/suspicious": TRAINERS,
    "GET /trainer/data": TRAINERS,
    "POST /trainer/data": TRAINERS,
    "POST /trainer/data/undo": TRAINERS,
    "POST /trainer/data/changes/{number}/undo": TRAINERS,
    "GET /trainer/models": TRAINERS,
    "GET /trainer/models/training": TRAINERS,
    "POST /trainer/models/train": TRAINERS,
    "POST /trainer/models/cancel": TRAINERS,
    "POST /trainer/models/rollback": TRAINERS,
    "POST /trainer/models/shadow/end": TRAINERS,
    "GET /trainer/models/{number}": TRAINERS,
    "GET /trainer/models/{number}/numbers.csv": TRAINERS,
    "POST /trainer/models/{number}/compare": TRAINERS,
    "POST /trainer/models/{number}/promote": TRAINERS,
    "POST /trainer/models/{number}/shadow": TRAINERS,
    "GET /trainer/watch": TRAINERS,
    "GET /trainer/watch/{picture}.csv": TRAINERS,
}
"""Who may open what: one of these roles."""

PUBLIC: Final = frozenset(
    {
        "GET /",
        "GET /cek",
        "POST /cek",
        "POST /chat/leave",
        "GET /chat/stream",
        "POST /chat/messages",
        "POST /chat/notices",
        "GET /data-saya",
        "GET /data-saya.json",
        "GET /draf",
        "GET /files/{name}",
        "GET /files/{name}/thumb",
        "GET /health/live",
        "GET /health/ready",
        "GET /laporan",
        "GET /laporan.atom",
        "GET /manifest.webmanifest",
        "GET /metrics",
        "GET /offline",
        "GET /open311/v2/discovery",
        "GET /open311/v2/discovery.{ending}",
        "GET /open311/v2/openapi.json",
        "GET /open311/v2/requests",
        "GET /open311/v2/requests.{ending}",
        "GET /open311/v2/requests/{name}",
        "GET /open311/v2/services",
        "GET /open311/v2/services.{ending}",
        "GET /open311/v2/services/{name}",
        "GET /open311/v2/tokens/{name}",
        "GET /panduan",
        "GET /panduan/{name:path}",
        "GET /sign-in",
        "GET /sign-in/oidc",
        "GET /sign-in/oidc/back",
        "POST /open311/v2/requests",
        "POST /open311/v2/requests.{ending}",
        "POST /sign-in",
        "POST /sign-out",
        "GET /static/{name}",
        "GET /statistik",
        "GET /statistik/data.jsonld",
        "GET /statistik/roots.csv",
        "GET /statistik/{name}.csv",
        "GET /statistik/{name}.xlsx",
        "GET /sw.js",
        "GET /t/{ticket:path}",
    }
)
"""What anybody may ask for, beside the routes of channels; some of these ask for a key or a token of their own."""

NUL: Final = "\0"
"""No name of anything has it, and PostgreSQL does not even look for one that has."""
NUL_ASKED: Final = b"%00"
"""The same in what is asked for behind the path."""
INNER: Final = ("/desk", "/trainer")
"""Where nothing is public."""


class UndeclaredRoute(Exception):
    """A page that the table does not know, or that nobody guards; the message says which, and the mend."""


class SignInGate(Protocol):
    """Knows who asks."""

    async def turns_away(self, request: Request, roles: frozenset[Role]) -> Response | None:
        """What is answered to somebody who is in none of these roles; None lets the person in (`person_of`)."""
        ...


class GuardedRoute(APIRoute):
    """A page for some roles; its path and method are in `GUARDED`."""

    roles: frozenset[Role]

    def __init__(self, path: str, endpoint: Callable[..., Any], **wishes: Any) -> None:  # noqa: ANN401 - FastAPI's own
        """Look up for whom it is.

        Raises:
            UndeclaredRoute: the table does not say.
        """
        super().__init__(path, endpoint, **wishes)
        self.roles = declared_roles(path, self.methods or set())


def declared_roles(path: str, methods: set[str]) -> frozenset[Role]:
    """Who may ask for this in each of these ways.

    Raises:
        UndeclaredRoute: the table does not say, or says different things.
    """
    found = {GUARDED.get(f"{method} {path}") for method in methods}
    roles = found.pop() if len(found) == 1 else None
    if not roles:
        raise UndeclaredRoute(
            f"{' '.join(sorted(methods))} {path} is for nobody; add it to GUARDED in bot/web/shared/access.py"
        )
    return roles


def guarded(gate: SignInGate) -> APIRouter:
    """A router whose every route asks this gate before anything of the request is read."""

    class Route(GuardedRoute):
        def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
            answer = super().get_route_handler()

            async def ask_first(request: Request) -> Response:
                turned_away = await gate.turns_away(request, self.roles)
                if turned_away is None and (NUL in request.scope["path"] or NUL_ASKED in request.scope["query_string"]):
                    turned_away = Response(status_code=404)
                response = turned_away if turned_away is not None else await answer(request)
                response.headers.setdefault("cache-control", "no-store")
                response.headers.setdefault("x-robots-tag", "noindex, nofollow")
                return response

            return ask_first

    return APIRouter(route_class=Route)


def let_in(request: Request, person: Person) -> None:
    """Remember who was let in."""
    request.state.person = person


def person_of(request: Request) -> Person:
    """Who was let in.

    Raises:
        UndeclaredRoute: nobody was asked: the route is not guarded.
    """
    person = getattr(request.state, "person", None)
    if not isinstance(person, Person):
        raise UndeclaredRoute(f"{request.url.path} is not guarded; make its router with guarded()")
    return person


def check_guards(app: FastAPI, of_channels: Collection[str] = ()) -> None:
    """Whether every page inside is guarded as the table says, and every other stands among the public ones.

    Args:
        app: with all its routes.
        of_channels: method and path of what channels declare.


    Raises:
        UndeclaredRoute: one does not.
    """
    for route in of_channels:
        if route in PUBLIC or route in GUARDED or is_inside(route.partition(" ")[2]):
            raise UndeclaredRoute(f"{route} is no route for a channel; declare another")
    for found in iter_route_contexts(app.routes):
        path = found.path or ""
        if is_inside(path):
            if not _is_guarded(found):
                raise UndeclaredRoute(f"{path} is open to anybody; make its router with guarded()")
        elif unknown := sorted({f"{method} {path}" for method in found.methods or {"ANY"}} - PUBLIC - set(of_channels)):
            raise UndeclaredRoute(f"{unknown[0]} is in no table; add it to PUBLIC in bot/web/shared/access.py")


def is_inside(path: str) -> bool:
    """Whether a path is where nothing is public."""
    return any(path == root or path.startswith(f"{root}/") for root in INNER)


def _is_guarded(found: RouteContext) -> bool:
    route = found.original_route
    return isinstance(route, GuardedRoute) and route.roles == declared_roles(found.path or "", found.methods or set())
