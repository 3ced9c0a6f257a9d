"""Who understands, by `LAPOR_NLU`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from bot.assembly import Service
from bot.understanding.fallback import SteadyUnderstanding
from bot.understanding.keywords import KeywordUnderstanding


@asynccontextmanager
async def understanding_for_a_visit(service: Service) -> AsyncIterator[SteadyUnderstanding]:
    """For a short stay."""
    keywords = KeywordUnderstanding(leaf.slug for leaf in service.regency.leaves())
    steady = SteadyUnderstanding(None, keywords)
    await steady.start()
    try:
        yield steady
    finally:
        await steady.stop()


@asynccontextmanager
async def lasting_understanding(service: Service, say: Callable[[str], None]) -> AsyncIterator[SteadyUnderstanding]:
    """For a service that stays: the language model is prepared behind it, and `say` tells how far that is."""
    async with understanding_for_a_visit(service) as steady:
        yield steady
