"""Sure means sure: a category stands on the card only from its own confidence on, and else three are offered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.draft import Draft
from bot.conversation.questions.secrecy import is_sensitive
from bot.conversation.talk import _still_clear
from bot.understanding.model.compiled_model import CompiledModel, CompiledUnderstanding
from bot.understanding.model.sure import FILE, SureFrom, read_sure
from bot.understanding.understood import Guess, Meaning
from tests.bench.talks import SAYINGS
from tests.talks.world import compiled, declared
from tests.unit.delivery.town import NOON

CATEGORIES = (Guess("pungli_korupsi", 0.8), Guess("jalan", 0.1), Guess("sampah", 0.05))


@pytest.fixture
def model() -> CompiledModel:
    return compiled().model


def test_every_category_of_the_model_was_measured_or_wants_the_most(model: CompiledModel) -> None:
    sure_from = read_sure(FILE)
    assert set(sure_from.confidences) <= set(model.header.categories)
    assert all(model.header.threshold_sure < one < 1 for one in sure_from.confidences.values())
    assert not sure_from.holds("of_this_regency_alone", max(sure_from.confidences.values()) - 0.0001)


def test_a_category_below_its_own_confidence_is_sure_and_doubtful(model: CompiledModel) -> None:
    text = SAYINGS["stories"][0]
    first = compiled().read(text).categories[0]
    below, above = (SureFrom({first.name: first.confidence + step}) for step in (0.001, -0.001))
    assert CompiledUnderstanding(model, sure_from=below).read(text).doubtful
    assert not CompiledUnderstanding(model, sure_from=above).read(text).doubtful
    assert CompiledUnderstanding(model, sure_from=below).read(text).sure


def test_the_clear_complaints_of_the_simulated_citizen_stay_sure() -> None:
    readings = [compiled().read(text) for text in SAYINGS["stories"]]
    assert [one.sure and not one.doubtful for one in readings] == [one.sure for one in readings]


def test_what_is_in_doubt_is_asked_about_and_yet_sensitive_before() -> None:
    meaning = Meaning(Guess("complaint", 0.9), CATEGORIES, sure=True, doubtful=True)
    draft = Draft(key="d1", opened_at=NOON, touched_at=NOON, meaning=meaning)
    assert (draft.decided_category, draft.likely_category) == (None, "pungli_korupsi")
    assert is_sensitive(draft, declared().talk.catalogue)
    assert replace(draft, meaning=replace(meaning, doubtful=False)).decided_category == "pungli_korupsi"


@pytest.mark.parametrize(("sure", "doubtful"), [(False, False), (True, True)])
def test_what_was_clear_stays_so_behind_more_words(sure: bool, doubtful: bool) -> None:  # noqa: FBT001 - a case each
    before = Meaning(Guess("complaint", 0.9), CATEGORIES, sure=True)
    grown = Meaning(Guess("complaint", 0.9), CATEGORIES[1:], sure=sure, doubtful=doubtful)
    left = _still_clear(before, grown, Meaning.nothing())
    assert (left.categories, left.is_settled) == (CATEGORIES, True)
