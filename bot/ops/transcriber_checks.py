"""What `lapor doctor` says of the service that puts recordings into words."""

from __future__ import annotations

from bot.files.transcribing import NotTranscribed
from bot.integrations.transcription.http import HttpTranscriber, silence


async def transcriber_trouble(url: str) -> str:
    """Why it does not answer to a second of silence, as a code; "" where it does."""
    try:
        await HttpTranscriber(url).ask(silence(), "audio/wav")
    except NotTranscribed as failed:
        return failed.why
    return ""
