"""The routes of the model's server; they answer as Rasa's do, and log neither a text nor the token."""

import asyncio
import hmac
import logging
from collections.abc import Sequence

from sanic import Sanic
from sanic.exceptions import InvalidUsage, SanicException, Unauthorized
from sanic.handlers import ErrorHandler
from sanic.request import Request
from sanic.response import HTTPResponse, json

from description import Description, Json
from serving.model import Document, ServedModel

LARGEST_REQUEST_BYTES = 32 * 1024 * 1024
LONGEST_TEXT = 20_000
"""Characters of one text; a longer one is refused, for no message of a channel is longer."""
MOST_TEXTS = 10_000
_TEXTS_AT_ONCE = 32

log = logging.getLogger("lapor.nlu")


class QuietErrors(ErrorHandler):
    """Answers errors as JSON, and logs of an unforeseen one its kind and place, never what it was about."""

    def default(self, request: Request, exception: Exception) -> HTTPResponse:  # noqa: ARG002
        """The answer to a request that failed."""
        known = isinstance(exception, SanicException)
        code = exception.status_code if isinstance(exception, SanicException) else 500
        if not known:
            log.error("a request failed: %s at %s", type(exception).__name__, _place(exception))
        reason = str(exception) if known else "InternalError"
        return json({"status": "failure", "code": code, "reason": reason}, status=code)

    @staticmethod
    def log(request: Request, exception: Exception) -> None:
        """Sanic would log the address here, and with it the token."""


def create_app(model: ServedModel, token: str, about: Description) -> Sanic:
    """The server of one model.

    Args:
        model: the loaded model.
        token: what each request but the one for `/` must bear as `?token=`.
        about: what `GET /status` tells of the model.
    """
    app = Sanic("lapor-nlu", error_handler=QuietErrors(), configure_logging=False)
    app.config.REQUEST_MAX_SIZE = LARGEST_REQUEST_BYTES
    app.config.KEEP_ALIVE_TIMEOUT = 75

    @app.get("/")
    async def alive(_: Request) -> HTTPResponse:
        return json({"status": "ok"})

    @app.get("/status")
    async def status(request: Request) -> HTTPResponse:
        _check(request, token)
        return json(about)

    @app.post("/model/parse")
    async def parse(request: Request) -> HTTPResponse:
        _check(request, token)
        return json(model.parse([_text(_body(request).get("text"))])[0])

    @app.post("/model/parse_many")
    async def parse_many(request: Request) -> HTTPResponse:
        _check(request, token)
        texts = _body(request).get("texts")
        if not isinstance(texts, list) or len(texts) > MOST_TEXTS:
            raise InvalidUsage(f'send {{"texts": [...]}} with at most {MOST_TEXTS} texts')
        return json(await _parse_in_turns(model, [_text(text) for text in texts]))

    return app


async def _parse_in_turns(model: ServedModel, texts: Sequence[str]) -> list[Document]:
    """Parses a few at a time, so that a citizen who asks meanwhile does not wait for all."""
    documents: list[Document] = []
    for start in range(0, len(texts), _TEXTS_AT_ONCE):
        documents += model.parse(texts[start : start + _TEXTS_AT_ONCE])
        await asyncio.sleep(0)
    return documents


def _check(request: Request, token: str) -> None:
    sent = request.args.get("token", "")
    if not hmac.compare_digest(sent.encode(errors="replace"), token.encode()):
        raise Unauthorized("NotAuthenticated")


def _body(request: Request) -> dict[str, Json]:
    body = request.json
    if not isinstance(body, dict):
        raise InvalidUsage('send a JSON object: {"text": "..."}')
    return body


def _text(value: Json) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise InvalidUsage(f"a text must be a string of at most {LONGEST_TEXT} characters")
    return value.encode("utf-8", errors="replace").decode("utf-8")


def _place(exception: BaseException) -> str:
    trace = exception.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return "nowhere" if trace is None else f"{trace.tb_frame.f_code.co_name}, line {trace.tb_lineno}"
