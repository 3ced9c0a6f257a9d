"""What an arrival may not be is refused where it is put, with its field and the reason, before anything is kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions.cases.case import NOBODY, is_forgotten
from bot.messaging.arrival_checks import InvalidArrival
from bot.messaging.channel_inbox import ChannelInbox
from bot.messaging.inbox import SqlInbox
from tests.fakes.inbox import RememberingInbox
from tests.unit.delivery.town import STORY, Town


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"channel": ""}, "channel must be 1 to 15 small letters"),
        ({"channel": "Telegram"}, "channel must be"),
        ({"channel": "a:b"}, "channel must be"),
        ({"channel": "a" * 16}, "channel must be"),
        ({"chat": ""}, "chat is empty"),
        ({"chat": "s" * 65}, "chat has 65 letters, and 64 at most are kept"),
        ({"chat": "siti\0"}, "chat has control characters"),
        ({"chat": "siti\n"}, "chat has control characters"),
        ({"chat": "siti\ud800"}, "chat has control characters or halves of letters"),
        ({"chat": "!left-5f0c"}, "chat begins with !left- or !old-"),
        ({"chat": "!old-5f0c"}, "chat begins with !left- or !old-"),
        ({"chat": "siti:!left-5f0c"}, "chat begins with"),
        ({"update_id": ""}, "update_id is empty"),
        ({"update_id": "7" * 65}, "update_id has 65 letters"),
        ({"update_id": "7\0"}, "update_id has control characters"),
    ],
)
async def test_an_arrival_that_cannot_be_is_refused(town: Town, changes: dict[str, str], reason: str) -> None:
    inbox = SqlInbox(town.database, lambda: town.now, lambda: None)
    with pytest.raises(InvalidArrival, match=f"^Arrival.{reason}") as refused:
        await inbox.put([town.said("lampu mati"), replace(town.said("rahasia", "siti"), **changes)])
    assert isinstance(refused.value, ValueError)
    assert refused.value.field == next(iter(changes))
    assert await town.states() == []


async def test_a_room_of_matrix_is_a_chat_as_any_other(town: Town) -> None:
    room = "!OGEhHVWSdvArJzumhm:matrix.org"
    await town.arrives(town.said(STORY, room))
    await town.works()
    assert await town.letters(room)


async def test_no_chat_of_a_channel_stands_for_somebody_who_was_forgotten(town: Town) -> None:
    inbox = SqlInbox(town.database, lambda: town.now, lambda: None)
    for chat in ("!", "!left", "!lefty", "left-5f0c", *(f"{mark}5f0c" for mark in NOBODY)):
        try:
            await inbox.put([town.said("halo", chat)])
        except InvalidArrival:
            assert is_forgotten(f"telegram:{chat}")
        else:
            assert not is_forgotten(f"telegram:{chat}")


async def test_a_channel_puts_nothing_into_the_inbox_of_another(town: Town) -> None:
    inbox = RememberingInbox()
    with pytest.raises(InvalidArrival, match="channel is 'telegram' in the inbox of 'toy'"):
        await ChannelInbox(inbox, "toy").put([town.said("halo")])
    assert inbox.batches == []
