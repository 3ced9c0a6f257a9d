"""Which files a turn makes wanted, and which it gives up."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.conversation.dialogue import Dialogue, FiledDraft
from bot.conversation.draft import Draft, File
from bot.conversation.events import Event, Said, SentPhoto
from bot.messaging.file_changes import NO_CHANGES, FileChanges, file_changes

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
A, B, C = (File("photo", name) for name in "abc")
FILED = (FiledDraft("d1", "LP-2345-67CX"),)
OLDER = tuple(FiledDraft(f"d-{number}", "LP-2345-67CX") for number in range(5))


def a_talk(*files: File, filed: tuple[FiledDraft, ...] = ()) -> Dialogue:
    return Dialogue(draft=Draft("d1", NOON, NOON, files=files), filed=filed)


def sent(*files: File) -> list[Event]:
    return [SentPhoto(id=file.file_id, at=NOON, kind=file.kind, file_id=file.file_id) for file in files]


SAID: list[Event] = [Said(id="1", at=NOON, text="jalan rusak")]
AT_REST = Dialogue()


@pytest.mark.parametrize(
    ("before", "after", "events", "changes"),
    [
        (AT_REST, a_talk(A), sent(A), FileChanges(wanted=(A,))),
        (a_talk(A), a_talk(A, B), sent(B), FileChanges(wanted=(B,))),
        (a_talk(A), a_talk(A), sent(A), FileChanges()),
        (a_talk(A), a_talk(A), SAID, NO_CHANGES),
        (a_talk(A, B), a_talk(A, B), sent(C), FileChanges(unwanted=(C,))),
        (a_talk(A, B), a_talk(A), SAID, FileChanges(unwanted=(B,))),
        (a_talk(A), AT_REST, SAID, FileChanges(unwanted=(A,))),
        (a_talk(A), Dialogue(filed=FILED), SAID, FileChanges()),
        (a_talk(A, filed=OLDER), Dialogue(filed=(*OLDER[1:], *FILED)), SAID, FileChanges()),
        (a_talk(A), Dialogue(filed=FILED), sent(B), FileChanges(wanted=(B,))),
        (AT_REST, AT_REST, sent(A), FileChanges(unwanted=(A,))),
        (AT_REST, AT_REST, SAID, FileChanges()),
    ],
    ids=[
        "the first photo",
        "another photo",
        "the same photo again",
        "only words",
        "one photo too many",
        "a photo that was refused",
        "a report that is cancelled",
        "a report that is filed",
        "a report that is filed after many",
        "a photo and Kirim at once",
        "a photo and Batal at once",
        "words without a report",
    ],
)
def test_a_turn_changes_files(before: Dialogue, after: Dialogue, events: list[Event], changes: FileChanges) -> None:
    assert file_changes(before, after, events) == changes
