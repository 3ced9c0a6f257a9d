"""Photos that go on in Telegram: a reporter's to an officer of her case, an officer's proof to the reporter.

Only photos, which Telegram has made anew and stripped of place and camera, and only between chats of the same bot.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.actions import CaseAction
from actions.cases.case import Case
from actions.cases.event_words import Saying
from actions.cases.outcome import Done
from actions.people.roles import Role
from actions.store.messages.messages import Chat, put_in_outbox
from bot.conversation.screen import line
from bot.messaging.outbox_message import OutboxMessage, OutboxMessageKind
from bot.officers.session import TELEGRAM, OfficersService

PHOTO = "photo"
SHOWN = frozenset({CaseAction.ASK, CaseAction.NOTE, CaseAction.ANSWER})
"""What an officer shows with a photo."""


def photos_of(case: Case, said: Iterable[Saying]) -> list[str]:
    """The photos of a case that were sent in Telegram and not refused, by its names of them."""
    first = [one.file_id for one in case.attachments if one.kind == PHOTO and not one.refused]
    return [*(first if case.channel == TELEGRAM else []), *(name for one in said for name in enclosed_photos(one))]


def enclosed_photos(saying: Saying) -> list[str]:
    """Those that came along with something said."""
    return [one.file_id for one in saying.enclosures if one.kind == PHOTO and one.channel == TELEGRAM]


def photo(file_id: str, caption: str = "", *, is_guarded: bool = False) -> OutboxMessage:
    """A photo as it is sent."""
    return OutboxMessage(OutboxMessageKind.PHOTO, caption, files=(file_id,), is_guarded=is_guarded)


@dataclass(frozen=True, slots=True)
class ProofPhotos:
    """The notifier that shows a reporter what officers have sent along."""

    officers_service: OfficersService

    async def tell(self, connection: AsyncConnection, all_done: Sequence[Done], at: datetime) -> Collection[Chat]:
        """Each photo behind the notice that it belongs to."""
        rows = [row for done in all_done if _is_for_reporter(done) for row in self._rows(done, at)]
        await put_in_outbox(connection, rows)
        return {(TELEGRAM, str(row["chat"])) for row in rows}

    def _rows(self, done: Done, at: datetime) -> list[dict[str, object]]:
        chat, ticket = done.case.reporter.partition(":")[2], done.case.ticket
        caption = self.officers_service.say(line("proof-photo", ticket=ticket), done.case.language)
        found = enumerate(enclosed_photos(done.saying), 1)
        return [
            self.officers_service.row(chat, f"proof.{ticket}.{done.event.number}.{number}", photo(file_id, caption), at)
            for number, file_id in found
        ]


def _is_for_reporter(done: Done) -> bool:
    is_hers = done.event.who in {Role.REPORTER, Role.SYSTEM} or done.case_state.is_left
    return done.action in SHOWN and not is_hers and done.case.reporter.startswith(f"{TELEGRAM}:")
