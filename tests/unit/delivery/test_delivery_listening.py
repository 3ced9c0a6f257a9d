"""What is understood before a turn: each text once, the model's labels and the rules together."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bot.conversation.dialogue import Dialogue, Draft, StoryPiece
from bot.conversation.events import Edited, Event, Pressed, Said, SentPhoto, SharedPlace
from bot.messaging.records import ChatRecord
from bot.messaging.turn_plan import TurnPlan
from bot.messaging.understanding_service import LONGEST_UNDERSTOOD, texts_of
from bot.understanding.understood import Place
from tests.fakes.understandings import SureUnderstanding
from tests.unit.delivery.town import NOON, a_listener, assembled

DRAFT = Draft(
    key="d1", opened_at=NOON, touched_at=NOON, pieces=(StoryPiece("m1", "lampu mati"), StoryPiece("m2", "di petung"))
)


def said(text: str) -> Said:
    return Said(id="e", at=NOON, text=text, ref="m9")


def planned(*events: Event, draft: Draft | None = None, aside: str = "") -> TurnPlan:
    return TurnPlan("telegram", "siti", ChatRecord(Dialogue(draft=draft, aside=aside)), (), events)


def test_words_alone_are_one_text() -> None:
    assert texts_of(planned(said("lampu mati")), 0) == ["lampu mati"]


def test_words_while_a_draft_is_open_are_understood_alone_and_as_part_of_its_story() -> None:
    plan = planned(said("sudah lama"), draft=DRAFT)
    assert texts_of(plan, 0) == ["sudah lama", "lampu mati\ndi petung\nsudah lama"]


def test_an_edit_is_understood_in_the_place_of_what_it_changes() -> None:
    plan = planned(Edited(id="e", at=NOON, ref="m1", text="lampu padam"), draft=DRAFT)
    assert "lampu padam\ndi petung" in texts_of(plan, 0)


def test_an_edit_in_the_turn_that_opens_the_story_is_understood_with_the_rest_of_it() -> None:
    story = Said(id="e", at=NOON, text="lampu mati", ref="m1").and_then(
        Said(id="f", at=NOON, text="di babulu", ref="m2")
    )
    plan = planned(story, Edited(id="g", at=NOON, ref="m1", text="lampu padam"))
    assert "lampu padam\ndi babulu" in texts_of(plan, 1)


def test_what_follows_an_edit_is_understood_with_the_story_as_it_then_reads() -> None:
    edit = Edited(id="f", at=NOON, ref="m9", text="lampu padam")
    plan = planned(said("lampu mati"), edit, replace(said("di petung"), ref="m10"), draft=None)
    assert "lampu padam\ndi petung" in texts_of(plan, 2)


def test_a_caption_that_is_edited_in_its_own_turn_is_understood_as_edited() -> None:
    photo = SentPhoto(id="e", at=NOON, kind="photo", file_id="f", caption="lampu mati", ref="m1")
    plan = planned(photo, said("di petung"), Edited(id="g", at=NOON, ref="m1", text="lampu padam"))
    assert "lampu padam\ndi petung" in texts_of(plan, 2)


def test_a_button_may_bring_up_words_that_were_put_aside() -> None:
    assert texts_of(planned(Pressed(id="e", at=NOON, press="make-report"), aside="lampu mati"), 0) == ["lampu mati"]


def test_of_a_command_only_the_words_behind_it_are_understood() -> None:
    assert texts_of(planned(said("/lapor lampu mati")), 0) == ["lampu mati"]


def test_the_words_of_a_command_may_stand_in_the_next_line() -> None:
    assert texts_of(planned(said("/lapor\nlampu mati")), 0) == ["lampu mati"]


def test_a_photo_without_words_is_not_understood() -> None:
    assert texts_of(planned(SentPhoto(id="e", at=NOON, kind="photo", file_id="f")), 0) == []


async def test_each_text_is_read_once_for_all_chats() -> None:
    understanding = SureUnderstanding()
    plans = [planned(said("lampu mati")), replace(planned(said("lampu mati")), chat="budi")]
    await a_listener(understanding).listen(plans)
    assert understanding.asked == ["lampu mati"]


async def test_a_very_long_text_is_cut_before_it_is_read() -> None:
    understanding = SureUnderstanding()
    [[understood]] = await a_listener(understanding).listen([planned(said("lampu mati " * 1000))])
    assert ([len(text) for text in understanding.asked], understood.message.sure) == ([LONGEST_UNDERSTOOD], True)


async def test_labels_and_rules_come_together() -> None:
    [[understood]] = await a_listener().listen([planned(said("lampu mati di jl provinsi, LP-2345-67CX"))])
    meaning = understood.message
    assert (meaning.categories[0].name, meaning.place.road) == ("penerangan_jalan", "Jl. Provinsi")
    assert len(understood.tickets) == 1


async def test_a_pin_is_its_village() -> None:
    village = next(r for r in assembled().regency.regions.values() if r.level in {"kelurahan", "desa"})
    point = village.outline.representative_point()
    [[understood]] = await a_listener().listen([planned(SharedPlace(id="e", at=NOON, lat=point.y, lon=point.x))])
    assert understood.message.place.village == village.name


async def test_a_pin_at_a_neighbours_is_the_neighbour() -> None:
    neighbour = assembled().regency.neighbours[0]
    point = neighbour.outline.representative_point()
    [[understood]] = await a_listener().listen([planned(SharedPlace(id="e", at=NOON, lat=point.y, lon=point.x))])
    assert understood.message.place == Place(outside=neighbour.name)


async def test_a_pin_far_away_is_outside_the_province() -> None:
    [[understood]] = await a_listener().listen([planned(SharedPlace(id="e", at=NOON, lat=51.5, lon=0.0))])
    assert understood.message.place == Place(outside_province=True)


async def test_others_are_served_between_two_texts() -> None:
    served = 0

    async def serve() -> None:
        nonlocal served
        while True:
            served += 1
            await asyncio.sleep(0)

    serving = asyncio.create_task(serve())
    await a_listener().listen([planned(said("lampu mati"), said("jalan rusak"), said("sampah"))])
    serving.cancel()
    assert served >= 3
