"""An understanding that knows its words: deterministic, offline, and sure where a model would be."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.understanding.keywords import KeywordUnderstanding
from bot.understanding.normalise import normalise
from bot.understanding.port import ModelAnswer, UnderstandingState
from bot.understanding.understood import Guess

WHERE = re.compile(
    r"\b(?:desa|kelurahan|kecamatan|kabupaten|rt|rw|kantor|camat|lurah|kades|pasar|puskesmas|sekolah|sdn?|masjid|mushola|"
    r"simpang|lampu merah|warga|pak|bu|taman penajam|jl|jalan (?:propinsi|provinsi|desa|negara))\b(?: \d+)?",
    re.IGNORECASE,
)
"""Words that say where it is, not what it is."""
STRONG = 0.2
"""The confidence that keywords give to a matter with at least one strong word and hardly another."""
TIMES_THE_NEXT = 1.5
MODELS_CONFIDENCE = 0.9
SMALL_TALK = 0.5
"""The confidence that keywords give to words that are small talk and nothing else."""


class KnowingUnderstanding:
    """Reads by keywords, and believes them: what has strong words of one category only is sure."""

    def __init__(self, keywords: KeywordUnderstanding) -> None:
        self._keywords = keywords

    @property
    def state(self) -> UnderstandingState:
        """As a language model would say."""
        return UnderstandingState.RASA

    async def understand(self, texts: Sequence[str]) -> list[ModelAnswer]:
        """One reading a text."""
        return [self._read(text) for text in texts]

    def _read(self, text: str) -> ModelAnswer:
        intent, ranked = self._keywords.intent(text), self._keywords.rank(WHERE.sub(" … ", normalise(text)))
        first, second = ranked[0].confidence, ranked[1].confidence
        is_plain = first >= STRONG or intent.confidence >= SMALL_TALK
        return ModelAnswer(
            Guess(intent.name, MODELS_CONFIDENCE if is_plain else intent.confidence),
            ranked,
            sure=first >= STRONG and first >= TIMES_THE_NEXT * second,
        )
