"""How a question is answered: in the format that was asked for, and what is wrong in the same."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

import structlog
from fastapi import Request, Response
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import ClientDisconnect

from bot.integrations.open311.context import Open311Context
from bot.integrations.open311.documents import Open311Documents
from bot.integrations.open311.problems import AWAY, NO_SUCH_PAGE, Problem, TurnedAway
from bot.integrations.open311.serialisation import MEDIA_TYPES, Ending, Node, written

log = structlog.get_logger()

HEADERS: Final = {"cache-control": "no-store", "vary": "accept, accept-language"}
ERRORS: Final = "errors"


@dataclass(frozen=True, slots=True)
class AnswerDocument:
    """An answer before it is written: the name of its root, what it holds, and what stands above it."""

    root: str
    document: Node
    headers: Mapping[str, str]


type Make = Callable[[Open311Documents], Awaitable[AnswerDocument]]


async def answered(context: Open311Context, request: Request, ending: str, make: Make) -> Response:
    """What `make` makes, or why it does not."""
    written_as = _ending(ending, request.headers.get("accept", ""))
    documents = context.documents(context.language(request))
    try:
        answer, status = await (make if written_as else _no_page)(documents), 200
    except TurnedAway as turned:
        answer, status = _refused(documents, turned.problem), turned.problem.status
    except (SQLAlchemyError, OSError) as error:
        log.warning("open311_not_answered", error=type(error).__name__)
        answer, status = _refused(documents, AWAY), AWAY.status
    except ClientDisconnect:
        return Response(status_code=400)
    ending = written_as or Ending.XML
    body = written(answer.root, answer.document, ending)
    return Response(body, status, headers={**HEADERS, **answer.headers}, media_type=MEDIA_TYPES[ending])


async def _no_page(_: Open311Documents) -> AnswerDocument:
    raise TurnedAway(NO_SUCH_PAGE)


def made(root: str, document: Node, headers: Mapping[str, str] | None = None) -> AnswerDocument:
    """An answer."""
    return AnswerDocument(root, document, headers or {})


def _refused(documents: Open311Documents, problem: Problem) -> AnswerDocument:
    wait = {"retry-after": str(problem.wait_seconds)} if problem.wait_seconds else {}
    return made(ERRORS, documents.errors(problem.status, problem.words), wait)


def parted(name: str) -> tuple[str, str]:
    """A name and the format behind it; a name without one is that of no format."""
    stem, dot, ending = name.rpartition(".")
    return (stem, ending) if dot else (name, "")


def _ending(told: str, accept: str) -> Ending | None:
    """The format that is asked for; None for one that there is not."""
    if told:
        return Ending(told) if told in set(Ending) else None
    wishes = [wish.partition(";")[0].strip().lower() for wish in accept.split(",")]
    known = {"application/json": Ending.JSON, "text/xml": Ending.XML, "application/xml": Ending.XML}
    return next((known[wish] for wish in wishes if wish in known), Ending.XML)
