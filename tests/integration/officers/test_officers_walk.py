"""An officer's press is followed through the code in few steps, from her button to whoever is told of what she did."""

from __future__ import annotations

from actions.cases.actions import CaseCommand
from actions.cases.officer_handlers import Wish
from actions.cases.outcome import Done
from bot.conversation.officer_events import PressedAsOfficer
from bot.officers.callback_data import CallbackData
from bot.officers.draft import OfficerDraft
from bot.officers.session import CaseAccess
from tests.integration.officers.bureau import ROADS, Bureau
from tests.walk import Walk

MOST_STEPS = 30
PRESS = (PressedAsOfficer, CallbackData, CaseAccess, OfficerDraft, Wish, CaseCommand, Done)


async def test_a_press_in_a_group_takes_few_steps(bureau: Bureau) -> None:
    rina = await bureau.officer("Rina", agency=ROADS)
    await bureau.binds()
    await bureau.files()
    walks = {label: Walk(*PRESS) for label in ("Terima", "Minta data", "Kirim")}
    for label, walk in walks.items():
        if label == "Kirim":
            await bureau.replies(rina, "Di sisi kiri atau kanan?", bureau.group, to="Minta data")
        with walk.followed():
            await bureau.presses(rina, label, bureau.group)
    assert all("bot/officers/officer_turns.py" in walk.steps for walk in walks.values())
    assert {label: walk.steps for label, walk in walks.items() if len(walk.steps) > MOST_STEPS} == {}
