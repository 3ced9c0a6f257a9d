"""A talk that an older version saved, or one under other files of the regency, still opens: the draft is kept."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio

from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_people import Citizen
from tests.integration.faults.house import STORY, House, a_house, hears, sends_it, tells

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

OLDER = {
    "a step that is gone": "json_set(record, '$.dialogue.step', 'nik-question', '$.dialogue.about', 'ktp')",
    "members that nobody knows": "json_set(record, '$.dialogue.nik', 1, '$.dialogue.draft.priority', 'high')",
    "members that were not there yet": "json_remove(record, '$.shown', '$.card', '$.dialogue.draft.heard')",
    "a category that is gone": "json_set(record, '$.dialogue.draft.category', 'telepon_umum')",
    "a type that is gone": "json_set(record, '$.dialogue.draft.type', 'suggestion')",
    "a language that is gone": "json_set(record, '$.dialogue.language', 'nl')",
}
"""What the row that was saved is like, as SQLite makes it of today's."""
EACH = pytest.mark.parametrize("older", OLDER)
ADDED = "tiangnya juga miring"


@dataclass(frozen=True, slots=True)
class Upgrade:
    """The service after its upgrade, and who was in the middle of a report: who writes next, and who presses."""

    house: House
    writes: dict[str, tuple[Citizen, int]]
    presses: dict[str, tuple[Citizen, int]]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def upgrade(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Upgrade]:
    folder = tmp_path_factory.mktemp("upgrade")
    async with FakeTelegram() as telegram:
        writes = {older: telegram.citizen() for older in OLDER}
        presses = {older: telegram.citizen() for older in OLDER}
        told = {}
        async with a_house(folder, telegram) as house:
            for citizen in (*writes.values(), *presses.values()):
                told[citizen.id] = await tells(citizen)
            await house.is_at_rest()
        for older, change in OLDER.items():
            for citizen in (writes[older], presses[older]):
                house.write(f"UPDATE dialogues SET record = {change} WHERE chat = ?", str(citizen.id))  # noqa: S608
        async with a_house(folder, telegram) as house:
            yield Upgrade(
                house,
                {older: (citizen, told[citizen.id]) for older, citizen in writes.items()},
                {older: (citizen, told[citizen.id]) for older, citizen in presses.items()},
            )


@EACH
async def test_who_writes_on_finds_her_story_as_she_left_it(upgrade: Upgrade, older: str) -> None:
    siti, told = upgrade.writes[older]
    await siti.says(ADDED)
    await hears(siti)
    ticket = await sends_it(siti, told)
    assert upgrade.house.cases_of(siti) == [ticket]
    assert upgrade.house.story_of(ticket) == f"{STORY}\n{ADDED}"


@EACH
async def test_who_presses_a_button_of_her_old_card_gets_on_with_it(upgrade: Upgrade, older: str) -> None:
    siti, told = upgrade.presses[older]
    ticket = await sends_it(siti, told)
    assert upgrade.house.cases_of(siti) == [ticket]
    assert upgrade.house.story_of(ticket) == STORY
