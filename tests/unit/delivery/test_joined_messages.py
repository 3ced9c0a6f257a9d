"""What one turn says is one message by SMS and e-mail, as long as that costs no more; no word and no choice is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.channels.email.declaration import EMAIL
from bot.channels.sms.channel import written
from bot.channels.sms.declaration import SMS
from bot.channels.telegram.declaration import TELEGRAM
from bot.messaging.joined_messages import joined
from bot.messaging.outbox_message import Keyboard, OutboxMessage, OutboxMessageKind, WordedButton
from bot.messaging.rendering import AddressedMessage

TEXT = OutboxMessage(OutboxMessageKind.MESSAGE, "Tempat dicatat.")
CARD = OutboxMessage(
    OutboxMessageKind.MESSAGE,
    "Laporan Anda:",
    ((WordedButton("Kirim", "send~x", number=2), WordedButton("Ubah", "change~x", number=3)),),
    Keyboard.INLINE,
    bold=((0, 7),),
)
DOUBT = replace(CARD, text="Tambahan?", rows=((WordedButton("Ya", "add~x", number=1),),), bold=())


def addressed(*messages: OutboxMessage) -> list[AddressedMessage]:
    return [AddressedMessage(f"7.{number}", one) for number, one in enumerate(messages)]


def by_mail(*messages: OutboxMessage) -> list[AddressedMessage]:
    return joined(addressed(*messages), EMAIL.abilities)


def texts(messages: Sequence[AddressedMessage]) -> list[str]:
    return [one.outgoing.text for one in messages]


def test_an_answer_and_the_card_are_one_mail_under_the_name_of_the_card() -> None:
    [mail] = by_mail(TEXT, CARD)
    assert mail == AddressedMessage("7.1", replace(CARD, text="Tempat dicatat.\n\nLaporan Anda:", bold=((17, 24),)))


def test_choices_of_what_stands_above_stay_where_they_stood() -> None:
    [mail] = by_mail(DOUBT, CARD)
    assert (mail.outgoing.text, mail.outgoing.rows) == ("Tambahan?\n1) Ya\n\nLaporan Anda:", CARD.rows)


def test_choices_above_a_text_without_any_stand_below_both() -> None:
    [mail] = by_mail(DOUBT, TEXT)
    assert (mail.outgoing.text, mail.outgoing.rows) == ("Tambahan?\n\nTempat dicatat.", DOUBT.rows)


def test_by_sms_a_choice_reads_as_it_does_there() -> None:
    [sms] = joined(addressed(DOUBT, CARD), SMS.abilities)
    assert written(sms.outgoing) == "Tambahan?\n1 = Ya\nLaporan Anda:\n2 = Kirim\n3 = Ubah"


@pytest.mark.parametrize(("letters", "messages"), [(70, 1), (150, 1), (158, 2)])
def test_two_sms_stay_two_where_one_of_several_parts_costs_more(letters: int, messages: int) -> None:
    """One of 160 letters, or parts of 153."""
    long = replace(TEXT, text="a" * letters)
    assert len(joined(addressed(long, long), SMS.abilities)) == messages


@pytest.mark.parametrize(
    "other",
    [
        replace(TEXT, is_kept=False),
        replace(TEXT, kind=OutboxMessageKind.DOCUMENT, target="data"),
        replace(TEXT, files=("file",)),
        replace(TEXT, is_notice=True),
    ],
    ids=["forgotten once sent", "a file", "with pictures", "a notice"],
)
def test_what_is_sent_in_another_way_is_a_message_of_its_own(other: OutboxMessage) -> None:
    assert by_mail(other, TEXT) == addressed(other, TEXT)
    assert by_mail(TEXT, other) == addressed(TEXT, other)


def test_two_with_a_place_of_their_own_stay_two() -> None:
    cards = [replace(one, edits=f"{one.ref}.card") for one in addressed(TEXT, TEXT)]
    assert joined(cards, EMAIL.abilities) == cards
    assert joined([cards[0], *addressed(TEXT)], EMAIL.abilities)[0].edits == "7.0.card"


def test_where_messages_can_be_changed_each_stays_one() -> None:
    assert joined(addressed(TEXT, CARD), TELEGRAM.abilities) == addressed(TEXT, CARD)


def test_any_number_of_them_is_one_mail() -> None:
    assert texts(by_mail(TEXT, TEXT, TEXT)) == ["Tempat dicatat.\n\nTempat dicatat.\n\nTempat dicatat."]
