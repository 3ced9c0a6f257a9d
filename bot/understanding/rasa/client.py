"""Asks a server that answers Rasa's document what texts mean. No error of it holds a text or the token."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from types import TracebackType
from typing import Self

import aiohttp
from yarl import URL

from bot.understanding.port import CannotUnderstand, ModelAnswer, UnderstandingState
from bot.understanding.rasa.document import read_document

DEFAULT_THRESHOLD_SURE = 0.85
"""For a server that does not say; rather strict, for a doubt costs a citizen one tap, and a wrong card more."""
PATIENCE_SECONDS = 1.5
"""How long the answer to one text may take."""
LONGEST_TEXT_CHARACTERS = 5_000
"""What comes after it is not sent: it tells nothing that the beginning does not."""
LARGEST_ANSWER_BYTES = 1_000_000
"""Rasa's document with the ranking of thirty categories has some five thousand."""
_TEXTS_AT_ONCE = 8
_OK = 200
_REFUSED = frozenset({401, 403})


class RasaUnderstanding:
    """The language model behind an address. Made anywhere, used in one event loop, closed at the end."""

    def __init__(
        self,
        base_url: str,
        token: str | None,
        threshold_sure: float = DEFAULT_THRESHOLD_SURE,
        *,
        known_categories: frozenset[str] | None = None,
        patience_seconds: float = PATIENCE_SECONDS,
    ) -> None:
        """Remember where the server is; nothing is sent yet.

        Args:
            base_url: of the server, before `/model/parse`; may end with a slash.
            token: what the server wants to see, or None.
            threshold_sure: confidence (0 to 1) of the first category from which it is sure.
            known_categories: the regency's; the server's others are passed over. None: all are taken.
            patience_seconds: how long one text may take.
        """
        address = URL(base_url.rstrip("/")) / "model" / "parse"
        self._address = address.with_query({"token": token} if token else None)
        self._threshold_sure = threshold_sure
        self._known_categories = known_categories
        self._patience = aiohttp.ClientTimeout(total=patience_seconds)
        self._slots = asyncio.Semaphore(_TEXTS_AT_ONCE)
        self._session: aiohttp.ClientSession | None = None
        self._has_answered = False
        self._is_closed = False

    @property
    def state(self) -> UnderstandingState:
        """`rasa`; `starting` until the server has answered for the first time, `down` for good once it is closed."""
        if self._is_closed:
            return UnderstandingState.DOWN
        return UnderstandingState.RASA if self._has_answered else UnderstandingState.STARTING

    async def understand(self, texts: Sequence[str]) -> list[ModelAnswer]:
        """One reading a text, in order; at most eight texts are on their way at once.

        Raises:
            CannotUnderstand: one of the texts got no answer in 1.5 s, or got rubbish.
        """
        asking = [asyncio.ensure_future(self._understand_one(text)) for text in texts]
        try:
            return list(await asyncio.gather(*asking))
        finally:
            for unasked in asking:
                unasked.cancel()

    async def aclose(self) -> None:
        """Close the connections for good: nothing is understood any more."""
        self._is_closed = True
        if self._session is not None:
            await self._session.close()

    async def __aenter__(self) -> Self:
        """Itself."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        await self.aclose()

    async def _understand_one(self, text: str) -> ModelAnswer:
        async with self._slots:
            document = await self._ask(_sendable(text))
        reading = read_document(document, threshold_sure=self._threshold_sure, known=self._known_categories)
        self._has_answered = True
        return reading

    async def _ask(self, text: str) -> object:
        """The server's document. Errors of aiohttp carry the address, and so the token: none is passed on."""
        if self._is_closed:
            raise CannotUnderstand("the language model is gone")
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=self._patience)
        try:
            async with self._session.post(self._address, json={"text": text}, allow_redirects=False) as answer:
                if answer.status != _OK:
                    raise CannotUnderstand(_why(answer.status))
                document: object = json.loads(await _whole(answer))
        except TimeoutError:
            raise CannotUnderstand("the language model did not answer in time") from None
        except (aiohttp.ClientError, OSError):
            raise CannotUnderstand("the language model cannot be reached") from None
        except (ValueError, RecursionError):
            raise CannotUnderstand("the language model answered no JSON") from None
        return document


async def _whole(answer: aiohttp.ClientResponse) -> bytes:
    """The body, which whoever answers may not make as long as our memory."""
    body = bytearray()
    async for piece in answer.content.iter_any():
        body += piece
        if len(body) > LARGEST_ANSWER_BYTES:
            raise CannotUnderstand("the language model answered too much")
    return bytes(body)


def _sendable(text: str) -> str:
    """The beginning of the text, with halves of characters (lone surrogates) made `?`."""
    return text[:LONGEST_TEXT_CHARACTERS].encode("utf-8", "replace").decode("utf-8")


def _why(status: int) -> str:
    """Words for an answer that is none."""
    if status in _REFUSED:
        return "the language model refuses our token: set LAPOR_NLU_TOKEN to its own"
    return f"the language model answered with status {status}"
