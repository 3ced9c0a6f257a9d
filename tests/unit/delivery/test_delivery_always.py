"""Whatever is delivered, however often, and wherever it is cut: the same cases are filed, each once."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.store.database import Database
from bot.conversation.events import Pressed, Said, SentPhoto
from bot.delivery.ports import Arrival
from tests.unit.delivery.town import NOON, STORY, Town, assembled

CHATS = ("siti", "budi")


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody does; `draft` counts back to the arrival whose Kirim is pressed."""

    chat: str
    kind: str
    draft: int = 1


acts = st.builds(
    Act, st.sampled_from(CHATS), st.sampled_from(["story", "words", "photo", "send", "kirim"]), st.integers(1, 3)
)


@dataclass(frozen=True, slots=True)
class Delivery:
    """How far a delivery reaches, from where it begins again, and where work is cut then."""

    upto: int
    again_from: int
    cut_after_steps: int


deliveries = st.lists(st.builds(Delivery, st.integers(0, 9), st.integers(0, 9), st.integers(0, 70)), max_size=3)


def arrivals_of(acts: Sequence[Act]) -> list[Arrival]:
    """Each act as the update that it is, the same in every run."""
    return [_arrival(number, act) for number, act in enumerate(acts, 1)]


def _arrival(number: int, act: Act) -> Arrival:
    common = {"id": f"e{number}", "at": NOON}
    send = assembled().signer.sign(act.chat, f"send@e{max(1, number - act.draft)}")
    event = {
        "story": lambda: Said(**common, text=f"{STORY} {number}", ref=f"m{number}"),
        "words": lambda: Said(**common, text=f"trotoarnya rusak juga {number}", ref=f"m{number}"),
        "photo": lambda: SentPhoto(**common, kind="photo", file_id=f"f{number}", ref=f"m{number}"),
        "send": lambda: Pressed(**common, press=send),
        "kirim": lambda: Said(**common, text="Kirim", ref=f"m{number}"),
    }[act.kind]()
    return Arrival("telegram", act.chat, f"u{number}", number, event)


async def filed(file: Path, arrivals: Sequence[Arrival], deliveries: Sequence[Delivery]) -> tuple[list[str], int]:
    """The drafts that became cases, and how often somebody was told of it."""
    database = Database(f"sqlite:///{file}")
    town = Town(database)
    for delivery in deliveries:
        await town.arrives(*arrivals[: delivery.upto])
        await town.is_cut(delivery.cut_after_steps)
        await town.arrives(*arrivals[delivery.again_from : delivery.upto])
        await town.works()
    await town.arrives(*arrivals)
    await town.works()
    letters = [letter.text for chat in CHATS for letter in await town.letters(chat)]
    cases = await town.cases()
    told = sum(f"tiket Anda: {case.ticket}" in letter for case in cases for letter in letters)
    await database.close()
    return sorted(case.draft_key for case in cases), told


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(acts, max_size=9), deliveries)
def test_any_updates_cut_and_delivered_again_anywhere_file_the_same_cases_once(
    migrated_file: Path, acts: list[Act], deliveries: list[Delivery]
) -> None:
    arrivals = arrivals_of(acts)
    with tempfile.TemporaryDirectory() as folder:
        straight, cut = (Path(shutil.copy(migrated_file, f"{folder}/{name}.db")) for name in ("straight", "cut"))
        expected, _ = asyncio.run(filed(straight, arrivals, ()))
        cases, told = asyncio.run(filed(cut, arrivals, deliveries))
    assert (cases, told) == (expected, len(expected))
    assert len(set(cases)) == len(cases)
