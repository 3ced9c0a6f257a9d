"""The turn worker: one case a Kirim, and nobody who pays for another's fault."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from actions.cases.ports import Chance
from actions.store.cases.casebook import SqlCaseBook
from actions.store.engine.chat_leases import THROTTLED_AT_ONCE
from actions.store.engine.database import Database
from actions.store.messages.messages import put_in_inbox
from bot.conversation.effects import Effect
from bot.conversation.events import Edited, Event, Said
from bot.messaging.turn_preparation import TRIES
from bot.messaging.turns import CHATS_A_BATCH, ROWS_A_TURN, TURNS_WHILE_OTHERS_WAIT, TurnWorker
from bot.services.effect_runner import LONGEST_NAME, EffectRunner
from tests.databases import held, on_sqlite
from tests.fakes.channels import StuckChannel
from tests.fakes.understandings import SlowUnderstanding, SureUnderstanding, TouchyUnderstanding
from tests.patience import PATIENCE_SECONDS
from tests.unit.delivery.town import STORY, Town, a_desk, a_listener

SORRY = "Maaf, ada gangguan"


class TouchyDesk(EffectRunner):
    """Breaks over one person's cases."""

    async def carry_out(self, book: Any, citizen: Any, effect: Effect, cause: Event) -> Event | None:
        if citizen.chat == "poisoned":
            raise RuntimeError(citizen)
        return await EffectRunner.carry_out(self, book, citizen, effect, cause)


def a_touchy_desk() -> EffectRunner:
    return a_desk(TouchyDesk)


async def test_a_story_opens_a_card_and_kirim_files_it(town: Town) -> None:
    await town.arrives(town.pressed(await town.has_a_card()))
    await town.works()
    [case] = await town.cases()
    assert any(case.ticket in letter.text for letter in await town.letters())


async def test_fifty_chats_are_one_batch(town: Town) -> None:
    await town.arrives(*(town.said(STORY, f"chat {number}") for number in range(CHATS_A_BATCH + 1)))
    worker = town.worker()
    assert [await worker.work_batch(), await worker.work_batch(), await worker.work_batch()] == [50, 1, 0]


async def test_who_floods_is_worked_behind_the_others_and_in_her_order(town: Town) -> None:
    worker, flooding = town.worker(), [f"flood {number}" for number in range(THROTTLED_AT_ONCE + 3)]

    async def they_flood(text: str) -> None:
        await town.arrives(*(town.said(f"{text} {number}", chat) for number in range(9) for chat in flooding))

    await they_flood("lampu mati")
    await town.works(worker)
    await they_flood("tiang")
    await town.arrives(*(town.said(STORY, f"chat {number}") for number in range(3)))
    assert await worker.work_batch() == 3 + THROTTLED_AT_ONCE
    assert [len(await town.letters(f"chat {number}")) for number in range(3)] == [1, 1, 1]
    await town.works(worker)
    assert {state for _, state in await town.states()} == {"done"}
    told = [f"{text} {number}" for text in ("lampu mati", "tiang") for number in range(9)]
    for chat in flooding:
        draft = (await town.record(chat)).dialogue.draft
        assert draft is not None
        assert [piece.text for piece in draft.pieces] == told
        assert len(await town.letters(chat)) == 2


@on_sqlite
async def test_who_waits_to_write_waits_for_a_few_turns_only(town: Town) -> None:
    await town.arrives(*(town.said(STORY, f"chat {number}") for number in range(3 * TURNS_WHILE_OTHERS_WAIT)))
    worked_before = list[int]()

    async def somebody_writes() -> None:
        async with town.database.writing():
            worked_before.append(sum(state == "done" for _, state in await town.states()))

    async with asyncio.TaskGroup() as everybody, town.database.writing():
        batch = everybody.create_task(town.worker().work_batch())
        while not town.database.is_wanted:
            await asyncio.sleep(0)
        everybody.create_task(somebody_writes())
        await asyncio.sleep(0)
    assert worked_before == [TURNS_WHILE_OTHERS_WAIT]
    assert await batch == 3 * TURNS_WHILE_OTHERS_WAIT
    assert {state for _, state in await town.states()} == {"done"}


async def test_of_a_rehearsal_nothing_is_left(town: Town) -> None:
    await town.worker().warm_up()
    assert not await town.states()
    assert not await town.unsent()
    assert not await town.cases()


async def test_two_messages_in_a_row_are_one_story(town: Town) -> None:
    await town.arrives(town.said("lampu jalan mati"), town.said("sudah dua minggu"))
    await town.works()
    draft = (await town.record()).dialogue.draft
    assert draft is not None
    assert draft.story == "lampu jalan mati\nsudah dua minggu"


async def test_a_story_that_is_edited_before_it_is_worked_is_understood_as_a_whole(town: Town) -> None:
    understanding = town.understanding = SureUnderstanding()
    first = town.said("lampu jalan mati")
    edit = Edited(id="edit", at=town.now, ref=first.event.ref, text="lampu taman mati")  # type: ignore[attr-defined]
    await town.arrives(first, town.said("sudah dua minggu"), town.arrival(edit))
    await town.works()
    draft = (await town.record()).dialogue.draft
    assert draft is not None
    assert draft.story == "lampu taman mati\nsudah dua minggu"
    assert draft.story in understanding.asked


async def test_a_chat_with_a_thousand_messages_is_worked_a_few_at_a_time(town: Town) -> None:
    await town.arrives(*(town.said(f"jalan rusak nomor {number}") for number in range(ROWS_A_TURN * 2)))
    await town.worker().work_batch()
    states = [state for _, state in await town.states()]
    assert states == ["done"] * ROWS_A_TURN + ["new"] * ROWS_A_TURN


async def test_a_long_name_of_a_profile_costs_a_report_nothing(town: Town) -> None:
    story = Said(id="e1", at=town.now, text=STORY, ref="m1")
    named = Said(id="e2", at=town.now, text="Cantumkan nama", ref="m2", name="S" * 129)
    for arrival in (town.arrival(story), town.arrival(named), town.pressed("send@e1")):
        await town.arrives(arrival)
        await town.works()
    [case] = await town.cases()
    async with town.database.reading() as connection:
        words = await SqlCaseBook(connection).words(case.ticket)
    assert words is not None
    assert words.name == "S" * LONGEST_NAME


# Exactly one case ---------------------------------------------------------------------------------------------


async def test_kirim_pressed_twice_in_a_row_files_once(town: Town) -> None:
    send = await town.has_a_card()
    await town.arrives(town.pressed(send), town.pressed(send))
    await town.works()
    assert len(await town.cases()) == 1


async def test_kirim_delivered_twice_files_once(town: Town) -> None:
    press = town.pressed(await town.has_a_card())
    await town.arrives(press)
    await town.arrives(press)
    await town.works()
    await town.arrives(press)
    await town.works()
    assert len(await town.cases()) == 1


async def test_two_workers_on_one_database_work_a_press_once(town: Town, another_process: Database) -> None:
    await town.arrives(town.pressed(await town.has_a_card()))
    first, second = town.worker(), town.worker(another_process)
    await asyncio.gather(first.work_batch(), second.work_batch())
    assert len(await town.cases()) == 1


@on_sqlite
async def test_a_worker_that_comes_too_late_changes_nothing(town: Town, another_process: Database) -> None:
    slow = SlowUnderstanding()
    await town.arrives(town.said(STORY))
    late = asyncio.create_task(town.worker(another_process, understanding_service=a_listener(slow)).work_batch())
    await slow.thinks.wait()
    await town.works()
    await town.arrives(town.said("dan trotoarnya rusak parah"))
    await town.works()
    before = await town.record()
    slow.let_go.set()
    await late
    assert await town.record() == before


@on_sqlite
async def test_a_late_worker_whose_turn_fails_does_not_bring_worked_rows_back(
    town: Town, another_process: Database
) -> None:
    await town.arrives(town.pressed(await town.has_a_card("poisoned"), "poisoned"))
    failing = town.worker(another_process, effect_runner=a_touchy_desk())
    async with failing.leases.take(["telegram"], CHATS_A_BATCH) as lease:
        turns = await failing._prepare(lease)
        await town.works()
        await failing._commit(lease, turns)
    assert {state for _, state in await town.states()} == {"done"}


async def test_two_loops_of_one_worker_never_hold_the_same_chat(town: Town) -> None:
    slow = SlowUnderstanding()
    worker = town.worker(understanding_service=a_listener(slow))
    await town.arrives(town.said(STORY))
    first = asyncio.create_task(worker.work_batch())
    await slow.thinks.wait()
    assert await worker.work_batch() == 0
    slow.let_go.set()
    assert await first == 1


# Faults of ours -----------------------------------------------------------------------------------------------


async def test_after_three_tries_a_turn_is_set_aside_and_the_citizen_told(town: Town) -> None:
    arrival = town.pressed(await town.has_a_card("poisoned"), "poisoned")
    await town.arrives(arrival)
    worker = town.worker(effect_runner=a_touchy_desk())
    for _ in range(TRIES - 1):
        await worker.work_batch()
    assert (arrival.update_id, "new") in await town.states()
    await town.works(worker)
    assert (arrival.update_id, "aside") in await town.states()
    assert (await town.letters("poisoned"))[-1].text.startswith(SORRY)


async def test_a_button_whose_turn_is_set_aside_stops_waiting(town: Town) -> None:
    press = town.pressed(await town.has_a_card("poisoned"), "poisoned")
    await town.arrives(press)
    await town.works(town.worker(effect_runner=a_touchy_desk()))
    sender = town.sender()
    while await sender.send_waiting():
        await sender.settle()
    assert press.press_id in [outgoing.target for _, outgoing in town.channel.sent]


async def test_one_chats_fault_costs_the_others_nothing(town: Town) -> None:
    sends = [(await town.has_a_card(chat), chat) for chat in ("siti", "poisoned", "budi")]
    await town.arrives(*(town.pressed(send, chat) for send, chat in sends))
    await town.worker(effect_runner=a_touchy_desk()).work_batch()
    assert sorted(case.reporter for case in await town.cases()) == ["telegram:budi", "telegram:siti"]


async def test_words_that_break_understanding_are_set_aside_and_the_chat_goes_on(town: Town) -> None:
    town.understanding = TouchyUnderstanding()
    await town.arrives(town.said("ini racun"), town.said(STORY, "budi"))
    await town.works()
    assert [state for _, state in await town.states()] == ["aside", "done"]
    await town.arrives(town.said(STORY))
    await town.works()
    assert (await town.record()).dialogue.draft is not None


async def test_a_poisoned_message_does_not_take_its_neighbours_with_it(town: Town) -> None:
    town.understanding = TouchyUnderstanding()
    await town.arrives(town.said(STORY), town.said("ini racun"), town.said("dan trotoarnya rusak parah"))
    await town.works()
    draft = (await town.record()).dialogue.draft
    assert [state for _, state in await town.states()] == ["done", "aside", "done"]
    assert draft is not None
    assert [piece.text for piece in draft.pieces] == [STORY, "dan trotoarnya rusak parah"]


async def test_a_row_that_no_version_wrote_is_set_aside_alone(town: Town) -> None:
    await town.arrives(town.said(STORY))
    async with town.database.writing() as connection:
        row = {"channel": "telegram", "update_id": "x", "chat": "siti", "sequence": 0, "event": '["?"]'}
        await put_in_inbox(connection, [row | {"press_id": "", "received_at": town.now}])
    await town.works()
    assert await town.states() == [("u2", "done"), ("x", "aside")]
    assert (await town.letters())[0].text.startswith(SORRY)


async def test_a_chat_that_cannot_be_read_is_told_and_kept_as_it_is(town: Town) -> None:
    await town.has_a_card()
    broken = '{"dialogue": {"draft": 7}}'
    async with town.database.writing() as connection:
        await connection.execute(text("UPDATE dialogues SET record = :record"), {"record": broken})
    await town.arrives(town.said("halo"))
    await town.works()
    async with town.database.reading() as connection:
        stored = (await connection.execute(text("SELECT record FROM dialogues"))).scalar_one()
    assert stored == broken
    assert (await town.letters())[-1].text.startswith(SORRY)


async def test_a_language_that_is_no_longer_spoken_gives_way_to_the_first(town: Town) -> None:
    await town.has_a_card()
    async with town.database.writing() as connection:
        await connection.execute(text("""UPDATE dialogues SET record = replace(record, '"id"', '"jv"')"""))
    await town.arrives(town.said("dan trotoarnya rusak parah"))
    await town.works()
    assert (await town.record()).dialogue.language == "id"


# A database that fails ----------------------------------------------------------------------------------------


WHEN = "WHEN (NEW.chat = 'poisoned' AND NEW.message NOT LIKE '%Maaf%')"
REFUSE_A_CHAT = {
    "sqlite": [f"CREATE TRIGGER refuse BEFORE INSERT ON outbox {WHEN} BEGIN SELECT RAISE(ABORT, 'refused'); END"],
    "postgresql": [
        """CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$BEGIN RAISE check_violation USING MESSAGE = 'refused'; END$$""",
        f"CREATE TRIGGER refuse BEFORE INSERT ON outbox FOR EACH ROW {WHEN} EXECUTE FUNCTION refuse()",
    ],
}


async def refuse_a_chat(database: Database) -> None:
    async with database.writing() as connection:
        for statement in REFUSE_A_CHAT["sqlite" if database.is_sqlite else "postgresql"]:
            await connection.execute(text(statement))


async def test_a_batch_that_the_database_refuses_is_tried_chat_by_chat(town: Town) -> None:
    await refuse_a_chat(town.database)
    await town.arrives(town.said(STORY, "siti"), town.said(STORY, "poisoned"), town.said(STORY, "budi"))
    await town.worker().work_batch()
    assert [state for _, state in await town.states()] == ["done", "new", "done"]


async def test_what_the_database_always_refuses_is_set_aside_in_the_end(town: Town) -> None:
    await refuse_a_chat(town.database)
    await town.arrives(town.said(STORY, "poisoned"))
    await asyncio.wait_for(town.works(), timeout=PATIENCE_SECONDS)
    assert [state for _, state in await town.states()] == ["aside"]
    assert (await town.letters("poisoned"))[-1].text.startswith(SORRY)


async def test_a_locked_database_costs_no_try(town: Town, database_url: str) -> None:
    await town.arrives(town.said(STORY))
    worker = town.worker()
    with held(database_url), pytest.raises(Exception, match="lock"):
        await worker.work_batch()
    await town.works(worker)
    assert [state for _, state in await town.states()] == ["done"]


async def test_a_ticket_number_that_is_taken_is_drawn_again(town: Town) -> None:
    send = await town.has_a_card()
    numbers = iter([3] * 7 + [3] * 7 + [4] * 7 + [5] * 90)
    drawing = a_desk(chance=Chance(lambda most: next(numbers) % most, bytes))
    await town.arrives(town.pressed(send))
    await town.works(town.worker(effect_runner=drawing))
    again = await town.has_a_card("budi")
    await town.arrives(town.pressed(again, "budi"))
    await town.works(town.worker(effect_runner=drawing))
    assert len({case.ticket for case in await town.cases()}) == 2


# What is in hand ----------------------------------------------------------------------------------------------


class ForgetfulDatabase(Database):
    """Fails to read as often as it was told to."""

    failures: Callable[[], bool] = staticmethod(lambda: False)

    def reading(self) -> Any:
        if self.failures():
            raise OSError("the disk is away")
        return super().reading()


@on_sqlite
async def test_a_database_that_fails_while_reading_leaves_no_chat_in_hand(town: Town, database_url: str) -> None:
    await town.arrives(town.said(STORY))
    database = ForgetfulDatabase(database_url)
    worker, looks = town.worker(database), iter([False, True, False, False])
    database.failures = lambda: next(looks)
    with pytest.raises(OSError, match="away"):
        await worker.work_batch()
    assert await worker.work_batch() == 1
    await database.close()


async def test_a_worker_that_is_cancelled_while_it_listens_leaves_everything_to_the_next(town: Town) -> None:
    slow = SlowUnderstanding()
    worker = town.worker(understanding_service=a_listener(slow))
    await town.arrives(town.said(STORY))
    working = asyncio.create_task(worker.work_batch())
    await slow.thinks.wait()
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await working
    await town.works()
    assert [state for _, state in await town.states()] == ["done"]


async def test_typing_is_shown_when_it_takes_long_and_waited_for_by_nobody(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.messaging.turn_preparation.TYPING_AFTER_SECONDS", 0)
    town.channel = StuckChannel()
    slow = SlowUnderstanding()
    await town.arrives(town.said(STORY))
    working = asyncio.create_task(town.worker(understanding_service=a_listener(slow)).work_batch())
    await slow.thinks.wait()
    while not town.channel.typed:
        await asyncio.sleep(0)
    slow.let_go.set()
    assert await asyncio.wait_for(working, timeout=PATIENCE_SECONDS) == 1


# Running ------------------------------------------------------------------------------------------------------


async def test_running_goes_on_after_a_fault(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.messaging.turns.FIRST_PAUSE_SECONDS", 0)
    worked, faults = asyncio.Event(), iter([ZeroDivisionError("ours"), OSError("the disk's")])
    worker = town.worker(tell=lambda _: worked.set())

    work_batch = TurnWorker.work_batch

    async def work(self: TurnWorker) -> int:
        for fault in faults:
            raise fault
        return await work_batch(self)

    monkeypatch.setattr(TurnWorker, "work_batch", work)
    await town.arrives(town.said(STORY))
    running = asyncio.create_task(worker.run(look_every_seconds=0))
    await asyncio.wait_for(worked.wait(), timeout=PATIENCE_SECONDS)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert [state for _, state in await town.states()] == ["done"]


@pytest.mark.thorough
@pytest.mark.parametrize("after_steps", range(0, 60, 3))
async def test_a_worker_that_is_cancelled_anywhere_files_once_when_it_is_started_again(
    town: Town, after_steps: int
) -> None:
    send = await town.has_a_card()
    await town.arrives(town.pressed(send))
    await town.is_cut(after_steps)
    await town.works()
    filed = [letter for letter in await town.letters() if "LP-" in letter.text]
    assert (len(await town.cases()), len(filed)) == (1, 1)
