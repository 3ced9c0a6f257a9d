"""Whatever is delivered, however often, and wherever it is cut: the same cases are filed, each once."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.store.database import Database
from bot.conversation.events import Event, Pressed, Said, SentPhoto
from bot.delivery.ports import Arrival
from tests.unit.delivery.town import NOON, STORY, Town, assembled

CHATS = ("siti", "budi")


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody does; `old`: the button is that of the report before."""

    chat: str
    kind: str
    old: bool = False


kinds = st.sampled_from(["story", "send", "story", "send", "kirim", "words", "photo"])
acts = st.builds(Act, st.sampled_from(CHATS), kinds, st.booleans())


@dataclass(frozen=True, slots=True)
class Delivery:
    """How far a delivery reaches, where work is cut then, and from where all is delivered again."""

    upto: int
    cut_after_steps: int
    again_from: int


deliveries = st.lists(st.builds(Delivery, st.integers(0, 9), st.integers(0, 70), st.integers(0, 9)), max_size=3)


def arrivals_of(acts: Sequence[Act]) -> list[Arrival]:
    """Each act as the update that it is, the same in every run."""
    arrivals, drafts = list[Arrival](), {chat: ["none", "none"] for chat in CHATS}
    for number, act in enumerate(acts, 1):
        key, common = drafts[act.chat], {"id": f"e{number}", "at": NOON}
        if act.kind in {"story", "words", "photo"} and key[-1] == "none":
            key[-1] = f"e{number}"
        arrivals.append(Arrival("telegram", act.chat, f"u{number}", number, _event(act, key, common)))
        if act.kind in {"send", "kirim"} and key[-1] != "none":
            key.append("none")
    return arrivals


def _event(act: Act, drafts: Sequence[str], common: dict[str, Any]) -> Event:
    name = common["id"]
    match act.kind:
        case "story":
            return Said(**common, text=f"{STORY} {name}", ref=name)
        case "words":
            return Said(**common, text=f"trotoarnya rusak juga {name}", ref=name)
        case "photo":
            return SentPhoto(**common, kind="photo", file_id=name, ref=name)
        case "send":
            press = f"send@{drafts[-2 if act.old else -1]}"
            return Pressed(**common, press=assembled().signer.sign(act.chat, press))
        case _:
            return Said(**common, text="Kirim", ref=name)


async def filed(
    file: Path, arrivals: Sequence[Arrival], deliveries: Sequence[Delivery], *, smoothly: bool
) -> tuple[list[str], int]:
    """The drafts that became cases, and how often somebody was told of it."""
    database = Database(f"sqlite:///{file}")
    town = Town(database)
    for delivery in deliveries:
        await town.arrives(*arrivals[: delivery.upto])
        if not smoothly:
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


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(acts, min_size=4, max_size=9), deliveries)
def test_any_updates_cut_and_delivered_again_anywhere_file_the_same_cases_once(
    migrated_file: Path, acts: list[Act], deliveries: list[Delivery]
) -> None:
    arrivals = arrivals_of(acts)
    with tempfile.TemporaryDirectory() as folder:
        smooth, cut = (Path(shutil.copy(migrated_file, f"{folder}/{name}.db")) for name in ("smooth", "cut"))
        expected, _ = asyncio.run(filed(smooth, arrivals, deliveries, smoothly=True))
        cases, told = asyncio.run(filed(cut, arrivals, deliveries, smoothly=False))
    assert (cases, told) == (expected, len(expected))
    assert len(set(cases)) == len(cases)
