"""What an officer is about to do is asked for part by part, and nothing that she typed is lost."""

from __future__ import annotations

import pytest

from actions.cases.actions import CaseAction, CaseCommand
from actions.cases.guards import NOT_SENSITIVE
from bot.officers.draft import LONGEST_WORDS, PARTS, UNKNOWN, OfficerDraft, Part

TICKET = "LP-2222-2222"


def a_draft(action: CaseAction | str) -> OfficerDraft:
    return OfficerDraft(TICKET, action, 3)


@pytest.mark.parametrize("action", PARTS)
def test_every_deed_is_complete_when_each_of_its_parts_is_said(action: CaseAction) -> None:
    draft = a_draft(action)
    for part in PARTS[action]:
        assert draft.missing is part
        draft = draft.chosen(part, "x")
    assert draft.missing is None


def test_words_wait_while_an_agency_is_still_to_be_chosen() -> None:
    draft = a_draft(CaseAction.RETURN).typed("bukan urusan kami")
    assert (draft.missing, draft.given) == (Part.AGENCY, {"words": "bukan urusan kami"})


def test_when_all_is_said_words_take_the_place_of_the_last() -> None:
    draft = a_draft(CaseAction.REJECT).chosen(Part.CODE, "unclear").typed("satu").typed("dua").typed("tiga")
    assert draft.given == {"code": "unclear", "words": "satu", "mend": "tiga"}


def test_silence_changes_nothing_and_a_book_is_cut() -> None:
    draft = a_draft(CaseAction.NOTE)
    assert draft.typed("  ") == draft
    assert len(draft.typed("a" * 10_000).given["words"]) == LONGEST_WORDS


def test_a_choice_alone_takes_no_words() -> None:
    assert a_draft(CaseAction.FORWARD).typed("ke mana?") == a_draft(CaseAction.FORWARD)


def test_anew_keeps_what_was_chosen() -> None:
    draft = a_draft(CaseAction.RETURN).chosen(Part.AGENCY, "roads").typed("alasan").with_file("photo", "f", 10)
    assert (draft.anew().given, draft.anew().files) == ({"agency": "roads"}, ())


def test_each_change_is_a_step_of_its_own() -> None:
    first = a_draft("")
    changes = [
        first.typed("a"),
        first.with_file("photo", "f", 10),
        first.anew(),
        first.turned_to(1),
        first.become(CaseAction.NOTE),
        first.plain(),
    ]
    assert {draft.step for draft in changes} == {first.step + 1}


def test_one_file_too_many_or_the_same_again_changes_nothing() -> None:
    draft = a_draft(CaseAction.ANSWER).with_file("photo", "f", 1)
    assert draft.with_file("photo", "f", 9) == draft.with_file("photo", "g", 1) == draft


def test_it_becomes_an_act() -> None:
    returned = a_draft(CaseAction.RETURN).chosen(Part.AGENCY, UNKNOWN).typed("bukan urusan kami")
    assert returned.command("petugas") == CaseCommand(action=CaseAction.RETURN, words="bukan urusan kami")
    forwarded = a_draft(CaseAction.FORWARD).chosen(Part.AGENCY, "roads").plain()
    assert forwarded.command("petugas") == CaseCommand(
        action=CaseAction.FORWARD, why="petugas", agency="roads", code=NOT_SENSITIVE
    )


@pytest.mark.parametrize(
    ("typed", "parent"), [("ke lp 2222-2222 saja", "LP-2222-2222"), ("yang kemarin", "yang kemarin")]
)
def test_the_number_of_a_parent_is_read_from_words(typed: str, parent: str) -> None:
    assert a_draft(CaseAction.MERGE).typed(typed).command("").parent == parent
