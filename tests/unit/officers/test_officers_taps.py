"""What an officer's button says fits into a button of Telegram, and reads back as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.cases.actions import CaseAction
from actions.cases.ticket import SYMBOLS
from bot.messaging.button_signing import ButtonSigner
from bot.officers.callback_data import LONGEST_ARGUMENT, CallbackData, Verb, in_full, read_callback_data, short
from tests.talks.world import declared

MOST_BYTES = 64
FOUR = st.text(SYMBOLS, min_size=4, max_size=4)
TICKETS = st.builds("LP-{}-{}".format, FOUR, FOUR)
TAPS = st.builds(
    CallbackData,
    does=st.sampled_from([*CaseAction, *Verb]),
    ticket=TICKETS,
    version=st.integers(0, 9_999),
    step=st.integers(0, 999),
    argument=st.text("abcdefghijklmnopqrstuvwxyz_0123456789", max_size=LONGEST_ARGUMENT),
)


@given(TAPS)
def test_it_reads_back_and_has_room_with_its_signature(callback: CallbackData) -> None:
    signed = ButtonSigner(b"key").sign("-1001234567890", callback.written())
    assert len(signed.encode()) <= MOST_BYTES
    assert read_callback_data(callback.written()) == callback


@pytest.mark.parametrize(
    "press", ["send@t1", "o:", "o:accept", "o:accept:2222222:1", "o:accept:22222222:x", "o:eat:22222222:1", "forged"]
)
def test_any_other_button_is_none_of_ours(press: str) -> None:
    assert read_callback_data(press) is None


def test_every_agency_is_found_by_what_a_button_says_of_it() -> None:
    codes = [*declared().regency.agencies, "an_agency_whose_code_is_longer_than_any_button"]
    assert [in_full(short(code), codes) for code in codes] == codes
    assert all(len(short(code)) <= LONGEST_ARGUMENT for code in codes)
    assert in_full("unknown_agency", codes) is None
