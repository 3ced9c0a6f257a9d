"""Telegram fails, in every way that it has: what citizens hear of it, at the real service that polls."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio

from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_faults import Temper
from tests.fakes.telegram_people import Citizen
from tests.fakes.telegram_server import Call
from tests.integration.faults.house import CARD, STORY, House, a_house, hears, sends_it, tells, times_heard

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

RETRY_AFTER_SECONDS = 2


@dataclass(frozen=True, slots=True)
class Fault:
    """What befalls the next calls of a method.

    Attributes:
        most: how often one message may reach her then: of a call that broke off, nobody knows what became.
        is_long: another citizen's answer certainly comes first.
    """

    status: int = 0
    temper: Temper | None = None
    times: int = 1
    most: int = 1
    is_long: bool = False

    def befalls(self, telegram: FakeTelegram, method: str, chat: int | None = None) -> None:
        """Let it happen, in this chat alone where one is given."""
        if self.temper:
            telegram.fail(method, self.temper, times=self.times, chat=chat)
        else:
            retry_after = RETRY_AFTER_SECONDS if self.status == 429 else None
            telegram.refuse(method, self.status, times=self.times, retry_after=retry_after, chat=chat)


FAULTS = {
    "429": Fault(429, is_long=True),
    "500 twice": Fault(500, times=2),
    "502": Fault(502),
    "silence": Fault(temper=Temper.SILENT, is_long=True),
    "half an answer": Fault(temper=Temper.HALF, most=2),
    "nothing after the work": Fault(temper=Temper.LOST, most=2),
}
SOON_OVER = {name: FAULTS[name] for name in ("502", "half an answer", "nothing after the work")}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def the_house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    async with a_house(tmp_path_factory.mktemp("telegram")) as house:
        yield house


@pytest_asyncio.fixture(loop_scope="module")
async def house(the_house: House) -> AsyncIterator[House]:
    yield the_house
    the_house.telegram.mend()


def arrived(house: House, citizen: Citizen) -> list[Call]:
    """The calls that brought her a message, in order."""
    sent = house.telegram.calls_of("sendMessage")
    return [call for call in sent if call.given["chat_id"] == str(citizen.id) and call.status == 200]


# Sending fails ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
async def test_her_answer_comes_in_the_end_and_nobody_waits_for_it(house: House, fault: Fault) -> None:
    siti, budi = house.citizen("Siti"), house.citizen("Budi")
    fault.befalls(house.telegram, "sendMessage", siti.id)
    await siti.says(STORY)
    await tells(budi)
    await hears(siti, CARD)
    await house.is_at_rest()
    assert 1 <= times_heard(siti, CARD) <= fault.most
    if fault.is_long:
        assert arrived(house, budi)[0].at < arrived(house, siti)[0].at


async def test_a_429_is_obeyed_to_the_second(house: House) -> None:
    siti = house.citizen()
    house.telegram.refuse("sendMessage", 429, retry_after=RETRY_AFTER_SECONDS, chat=siti.id)
    await tells(siti)
    refused, sent = (
        call.at for call in house.telegram.calls_of("sendMessage") if call.given["chat_id"] == str(siti.id)
    )
    assert sent - refused >= RETRY_AFTER_SECONDS


async def test_a_press_that_cannot_be_answered_files_her_report_all_the_same(house: House) -> None:
    siti = house.citizen()
    told = await tells(siti)
    house.telegram.refuse("answerCallbackQuery", 502, times=2, chat=None)
    ticket = await sends_it(siti, told)
    assert house.cases_of(siti) == [ticket]


@pytest.mark.parametrize("fault", SOON_OVER.values(), ids=SOON_OVER)
async def test_a_card_that_cannot_be_changed_is_changed_in_the_end(house: House, fault: Fault) -> None:
    siti = house.citizen()
    told = await tells(siti)
    fault.befalls(house.telegram, "editMessageText", siti.id)
    ticket = await sends_it(siti, told)
    await house.is_at_rest()
    assert house.cases_of(siti) == [ticket]
    assert [line.labels for line in siti.screen if "Kirim" in line.labels] == []


async def test_who_blocked_the_bot_is_let_alone_and_answered_when_she_is_back(house: House) -> None:
    siti, budi = house.citizen("Siti"), house.citizen("Budi")
    told = await tells(siti)
    await siti.blocks_bot()
    await siti.says("tiangnya juga miring, hampir roboh")  # the last that she did before she blocked it
    await tells(budi)
    await house.is_at_rest()
    await siti.unblocks_bot()
    await siti.says("tiangnya sudah roboh sekarang")
    await hears(siti)
    ticket = await sends_it(siti, told)
    assert house.cases_of(siti) == [ticket]
    assert "tiangnya juga miring" in house.story_of(ticket)


# Fetching fails -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", SOON_OVER.values(), ids=SOON_OVER)
async def test_a_message_that_telegram_hardly_hands_over_is_answered_once(house: House, fault: Fault) -> None:
    siti, budi = house.citizen("Siti"), house.citizen("Budi")
    fault.befalls(house.telegram, "getUpdates")  # not the call that waits now, which brings Budi's, but the next
    await tells(budi)
    await tells(siti)
    await house.is_at_rest()
    assert times_heard(siti, CARD) == 1
    await house.service.becomes(status="ready")


@pytest.mark.alert("LaporMessagesUnsent", "LaporChannelDown")
async def test_a_telegram_that_is_gone_for_a_while_is_shown_in_health_and_she_is_answered_after(house: House) -> None:
    siti = house.citizen()
    await house.telegram.stop()
    await house.service.becomes(status="degraded", channels={"telegram": "unreachable", "web": "on"})
    await siti.says(STORY)
    await house.telegram.start()
    await hears(siti, CARD)
    await house.service.becomes(status="ready")


# Updates that are not as they should be -----------------------------------------------------------------------

STRANGE = {
    "an unknown kind": ("telepathy", {"from": {"id": 1}, "thought": "lampu mati"}),
    "a message from nowhere": ("message", {"text": "lampu mati"}),
    "a message of no shape": ("message", ["lampu", "mati"]),
    "nothing at all": ("message", None),
}


@pytest.mark.parametrize(("kind", "content"), STRANGE.values(), ids=STRANGE)
async def test_an_update_that_nobody_understands_holds_nobody_up(house: House, kind: str, content: Any) -> None:
    siti = house.citizen()
    update = house.telegram.send_update(kind, content)
    house.telegram.resend_update(update)  # also where the bot did not ask for this kind
    await tells(siti)
    assert (str(update),) not in house.rows("SELECT update_id FROM inbox")
    assert "lampu mati" not in house.service.stderr


async def test_the_same_update_again_and_again_is_one_message(house: House) -> None:
    siti, budi = house.citizen("Siti"), house.citizen("Budi")
    told = await tells(siti)
    update = max(house.telegram.world.updates.all)
    for _ in range(3):
        house.telegram.resend_update(update)
    await tells(budi)  # his message comes after the three
    await house.is_at_rest()
    assert times_heard(siti, CARD) == 1
    ticket = await sends_it(siti, told)
    for _ in range(3):
        house.telegram.resend_update(max(house.telegram.world.updates.all))  # her Kirim
    await tells(house.citizen("Tono"))
    await house.is_at_rest()
    assert house.cases_of(siti) == [ticket]
    assert house.story_of(ticket) == STORY
