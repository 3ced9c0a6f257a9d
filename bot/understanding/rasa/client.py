"""Asks a server that answers Rasa's document what texts mean. No error of it holds a text or the token."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from copy import copy
from types import TracebackType
from typing import Self

import aiohttp
from yarl import URL

from bot.understanding.port import CannotUnderstand, ModelAnswer, UnderstandingState
from bot.understanding.understood import Guess

FEWEST_CATEGORIES = 3
"""As many stand on the card when the category is in doubt."""


def read_document(document: object, *, threshold_sure: float, known: frozenset[str] | None = None) -> ModelAnswer:
    """What Rasa's document, with our `category_ranking`, says.

    Args:
        document: as it came, decoded from JSON.
        threshold_sure: confidence (0 to 1) of the first category from which it is sure.
        known: the regency's categories; others in the ranking are passed over. None: all are taken.

    Raises:
        CannotUnderstand: the intent or the ranking is missing or no such thing, or fewer than three known
            categories are ranked.
    """
    if not isinstance(document, dict):
        raise CannotUnderstand("the language model answered no object")
    intent = _intent(document.get("intent"))
    categories = _categories(document.get("category_ranking"), known)
    return ModelAnswer(intent, categories, sure=categories[0].confidence >= threshold_sure)


def _intent(found: object) -> Guess:
    """The intent; Rasa names none, with confidence 0, where there is nothing to understand."""
    if isinstance(found, dict) and found.get("name") is None and found.get("confidence") == 0:
        return Guess("none", 0.0)
    guess = _guess(found)
    if guess is None:
        raise CannotUnderstand("the language model answered no intent with a name and a confidence")
    return guess


def _categories(found: object, known: frozenset[str] | None) -> tuple[Guess, ...]:
    """The ranking, best first, each category once."""
    if not isinstance(found, list):
        raise CannotUnderstand("the language model answered no category_ranking")
    best: dict[str, Guess] = {}
    for entry in found:
        guess = _guess(entry)
        if guess is None:
            raise CannotUnderstand("the language model answered a category without a name and a confidence")
        if known is None or guess.name in known:
            best.setdefault(guess.name, guess)
    if len(best) < FEWEST_CATEGORIES:
        raise CannotUnderstand(f"the language model ranked fewer than {FEWEST_CATEGORIES} known categories")
    return tuple(sorted(best.values(), key=lambda guess: -guess.confidence))


def _guess(found: object) -> Guess | None:
    """A name and a number from 0 to 1, or None."""
    if not isinstance(found, dict):
        return None
    name, confidence = found.get("name"), found.get("confidence")
    if not isinstance(name, str) or not name:
        return None
    if isinstance(confidence, bool) or not isinstance(confidence, int | float) or not 0 <= confidence <= 1:
        return None
    return Guess(name, float(confidence))


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
            CannotUnderstand: one of the texts got no answer in time, or got rubbish.
        """
        asking = [asyncio.ensure_future(self._understand_one(text)) for text in texts]
        try:
            return list(await asyncio.gather(*asking))
        finally:
            for unasked in asking:
                unasked.cancel()

    def patient(self, seconds: float) -> RasaUnderstanding:
        """Another for the same server, with connections of its own, that waits so long for each text."""
        other = copy(self)
        other._patience, other._session = aiohttp.ClientTimeout(total=seconds), None  # noqa: SLF001 - its own kind
        return other

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
    """Says why a response of the server is not an answer."""
    if status in _REFUSED:
        return "the language model refuses our token: set LAPOR_NLU_TOKEN to its own"
    return f"the language model answered with status {status}"
