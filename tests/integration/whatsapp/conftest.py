"""A citizen who writes by WhatsApp, and one who has filed a report there."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.integration.whatsapp.stages import a_filed_report, a_stage
from tests.talks.whatsapp import WhatsAppStage


@pytest.fixture
async def stage() -> AsyncIterator[WhatsAppStage]:
    async with a_stage() as opened:
        yield opened


@pytest.fixture
async def filed() -> AsyncIterator[WhatsAppStage]:
    async with a_filed_report() as opened:
        yield opened
