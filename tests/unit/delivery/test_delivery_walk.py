"""A citizen's message is followed through the code in few files, from the inbox to the outbox."""

from __future__ import annotations

from collections import Counter

from actions.store.messages.messages import Received
from bot.messaging.turn_outcome import Outcome
from bot.messaging.turn_plan import TurnPlan, Waiting
from bot.messaging.turn_preparation import PreparedTurn
from tests.databases import on_sqlite
from tests.unit.delivery.town import Town
from tests.walk import Walk

MOST_FILES = 12
MESSAGE = (Received, Waiting, TurnPlan, PreparedTurn, Outcome)
TURN_HANDLER = "bot/messaging/turn_handler.py"


@on_sqlite
async def test_a_message_is_in_few_files_and_in_none_twice_but_the_turn_handler(town: Town) -> None:
    await town.arrives(town.pressed(await town.has_a_card()))
    walk = Walk(*MESSAGE)
    with walk.followed():
        await town.works()
    twice = {file for file, times in Counter(walk.steps).items() if times > 1}
    assert TURN_HANDLER in walk.steps
    assert len(set(walk.steps)) <= MOST_FILES
    assert twice <= {TURN_HANDLER}
