"""Posts a recording to an HTTP service and reads `{"text": …}`, with patience that ends."""

from __future__ import annotations

import asyncio
import io
import json
import wave
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, DummyCookieJar

from bot.channels.declaration import ON, ChannelState
from bot.files.transcribing import NotTranscribed

PATIENCE: Final = ClientTimeout(total=60, sock_connect=5)
MOST_BYTES_BACK: Final = 64 * 1024
OK, REFUSED, THEIR_FAULT = 200, 400, 500
PASSING: Final = frozenset({401, 403, 404, 408, 425, 429})
"""Refusals that have nothing to do with the recording."""
TRANSCRIBER: Final = "transcriber"
"""Its name in `/health/ready`."""
SILENCE_SECONDS: Final = 1
SAMPLES_A_SECOND: Final = 8000


@dataclass(slots=True)
class HttpTranscriber:
    """Asks the service at this address. `state`: how it stood with it last."""

    url: str
    patience: ClientTimeout = PATIENCE
    state: ChannelState = ON

    async def transcribe(self, recording: Path, media_type: str) -> str:
        """Implements the method of `Transcriber`."""
        try:
            file = await asyncio.to_thread(recording.open, "rb")
        except OSError:
            raise NotTranscribed("not-on-the-disk") from None
        with file:
            return await self.ask(file, media_type)

    async def ask(self, file: BinaryIO, media_type: str) -> str:
        """Returns what is heard in an open file. Raises NotTranscribed."""
        try:
            async with self._posted(file, media_type) as answer:
                words = await _words_of(answer)
        except NotTranscribed as failed:
            self.state = ON if failed.is_final else ChannelState(failed.why, is_well=False)
            raise
        self.state = ON
        return words

    @asynccontextmanager
    async def _posted(self, file: BinaryIO, media_type: str) -> AsyncIterator[ClientResponse]:
        """What it answers; a redirection is followed nowhere, for a recording goes where the admin has said."""
        headers = {"content-type": media_type, "accept": "application/json", "user-agent": "lapor"}
        session = ClientSession(timeout=self.patience, cookie_jar=DummyCookieJar())
        try:
            async with session, session.post(self.url, data=file, headers=headers, allow_redirects=False) as answer:
                yield answer
        except (ClientError, OSError, TimeoutError) as error:
            raise NotTranscribed("timeout" if isinstance(error, TimeoutError) else "unreachable") from None


async def _words_of(answer: ClientResponse) -> str:
    if answer.status != OK:
        is_refused = REFUSED <= answer.status < THEIR_FAULT and answer.status not in PASSING
        raise NotTranscribed(f"status-{answer.status}", is_final=is_refused)
    body = bytearray()
    async for piece in answer.content.iter_any():
        body += piece
        if len(body) > MOST_BYTES_BACK:
            raise NotTranscribed("too-many-words", is_final=True)
    try:
        found = json.loads(bytes(body))
    except ValueError:
        raise NotTranscribed("unreadable") from None
    if not (isinstance(found, dict) and isinstance(found.get("text"), str)):
        raise NotTranscribed("unreadable")
    return str(found["text"])


def silence() -> BinaryIO:
    """A second in which nothing is said, to see whether the service answers."""
    file = io.BytesIO()
    with wave.open(file, "wb") as recording:
        recording.setnchannels(1)
        recording.setsampwidth(2)
        recording.setframerate(SAMPLES_A_SECOND)
        recording.writeframes(bytes(2 * SAMPLES_A_SECOND * SILENCE_SECONDS))
    file.seek(0)
    return file
