"""Whatever officers press and write, in whatever order: nothing fails, every case replays, no secret enters a group."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from actions.cases.actions import CaseAction, CaseCommand
from actions.cases.lifecycle import StepRefused
from actions.cases.officer_handlers import NoSuchCase, Wish
from actions.cases.verifying import fault_of
from actions.people.roles import REPORTER, Role
from actions.store.cases.histories import histories
from actions.store.engine.tables import inbox
from tests.fakes.telegram_chats import FakeChat, inline
from tests.fakes.telegram_content import file
from tests.fakes.telegram_people import Citizen
from tests.integration.officers.bureau import ROADS, Bureau

STEPS = 60
MARK = "tujuhbelas kerbau ungu"
USEFUL = "Lubang ditutup aspal pada hari Rabu"
WORDS = (*[USEFUL] * 5, "akan kami tindak lanjuti", "hubungi 081234567890", "/tugas", "ya", "🙏")
OF_REPORTERS = (
    CaseAction.REPLY,
    CaseAction.ADD,
    CaseAction.CONFIRM,
    CaseAction.DISPUTE,
    CaseAction.REOPEN,
    CaseAction.APPEAL,
)


async def somebody_presses(bureau: Bureau, dice: random.Random, who: Citizen, chat: FakeChat) -> None:
    """Any button that stands in the chat, however old; rather one of the last messages, and there rather the first."""
    found = {number: [one for row in inline(message) for one in row] for number, message in chat.messages.items()}
    pressable = sorted(number for number, row in found.items() if any("callback_data" in one for one in row))
    if pressable:
        number = dice.choice([*pressable, *pressable[-2:] * 5])
        data = [one["callback_data"] for one in found[number] if "callback_data" in one]
        await bureau.taps(who, dice.choice([*data, *data[:2] * 2]), number, chat)


async def somebody_answers(bureau: Bureau, dice: random.Random, who: Citizen, chat: FakeChat) -> None:
    """Any message of the bot's, rather the last, with words or a photo or both."""
    numbers = [line.message_id for line in chat.screen if line.from_bot]
    if not numbers:
        return
    words, content = dice.choice(WORDS), dict[str, object]()
    if dice.random() < 0.4:
        stored = bureau.telegram.world.store_file("photo", b"a proof", "jpg")
        content = {"photo": [file(stored, width=1280, height=960)], "caption": words}
    await who.sends(content or {"text": words}, chat=chat, reply_to=dice.choice([*numbers, *numbers[-1:] * 20]))
    await bureau.works()


async def a_citizen_acts(bureau: Bureau, dice: random.Random, tickets: list[str]) -> None:
    """Siti does something to one of her cases, if it may be done."""
    command = CaseCommand(action=dice.choice(OF_REPORTERS), words=MARK)
    wish = Wish(ticket=dice.choice(tickets), command=command, who=REPORTER, reporter=f"telegram:{bureau.siti.id}")
    try:
        await bureau.does(wish)
    except (StepRefused, NoSuchCase):
        return


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(3))
async def test_nothing_fails_and_nothing_secret_enters_a_group(bureau: Bureau, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - the same steps in every run
    officers = [
        await bureau.officer("Vera", Role.VERIFIER, Role.MODERATOR),
        await bureau.officer("Arif", Role.ARBITER),
        await bureau.officer("Rina", agency=ROADS),
        await bureau.officer("Ade", Role.AGENCY_ADMIN, Role.LIAISON, agency=ROADS),
        await bureau.officer("Wati", Role.AGENCY_ADMIN, Role.LIAISON, agency="dlh"),
        bureau.telegram.citizen("Dedi"),
    ]
    await bureau.binds()
    secret = [(await bureau.files(MARK, secret=True)).ticket, (await bureau.files(MARK, sensitive=True)).ticket]
    tickets = [*secret, *[(await bureau.files(category=one)).ticket for one in ("jalan", None, "sampah")]]
    for _ in range(STEPS):
        who = dice.choice(officers)
        chat = dice.choice([bureau.group, who.private])
        await dice.choice([somebody_presses, somebody_presses, somebody_answers])(bureau, dice, who, chat)
        if dice.random() < 0.15:
            await a_citizen_acts(bureau, dice, tickets)
        bureau.world.clock.passes(timedelta(hours=dice.randrange(8)))
        await bureau.passes(0)
    async with bureau.database.reading() as connection:
        aside = select(func.count()).select_from(inbox).where(inbox.c.state != "done")
        assert (await connection.execute(aside)).scalar_one() == 0
    faults = [fault async for one in histories(bureau.database) if (fault := fault_of(one, bureau.service.regency))]
    assert faults == []
    assert bureau.telegram.world.waiting_presses == set()
    to_groups = [words for chat, words in await bureau.outbox() if chat.startswith("-")]
    assert not [words for words in to_groups if any(ticket in words for ticket in secret)]
