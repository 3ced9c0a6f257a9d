"""The stage on which a test plays."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.integration.x.stages import a_filed_report, a_stage
from tests.talks.x import XStage


@pytest.fixture
async def stage() -> AsyncIterator[XStage]:
    async with a_stage() as opened:
        yield opened


@pytest.fixture
async def filed() -> AsyncIterator[XStage]:
    async with a_filed_report() as opened:
        yield opened
