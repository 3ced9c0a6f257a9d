"""What an officer without Telegram is told by mail: that something waits, never what was reported.

Whoever looks after a mail server reads what passes through it. So a mail holds what the card in a group would show at
the most: the number, what is asked, the way to the desk. Of a case of which a group knows nothing it says only that
something waits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.case import Case
from actions.people.mail import give_address
from actions.people.people import MAIL_CHANNEL, Person
from actions.people.secrets import draw_code
from actions.privacy.visibility import is_confidential
from actions.store.messages.messages import put_in_outbox
from actions.store.people.mail import SqlMailBook
from bot.conversation.screen import Line, Screen, line, screen
from bot.messaging.outbox_message import OutboxMessage
from bot.messaging.rendering import MessageRenderer
from bot.officers.session import OfficersService

DESK: Final = "/desk"


def is_mail(chat: str) -> bool:
    """Whether this is an address, and not a chat of Telegram."""
    return "@" in chat


def case_mail(officers_service: OfficersService, case: Case, first: Line) -> Screen:
    """What a notice about a case is as a mail; `first` says what is asked, and holds no words of anybody."""
    if is_confidential(case):
        return _mail(officers_service, [line("mail-notice-confidential")], DESK)
    return _mail(officers_service, [first], f"{DESK}/cases/{case.ticket}")


def subject(case: Case) -> Line:
    """The subject of a mail about a case."""
    return line("mail-subject-confidential") if is_confidential(case) else line("mail-subject", ticket=case.ticket)


def waiting(case: Case) -> Line:
    """What is said of a case that has come to somebody."""
    return line("mail-notice-waits", ticket=case.ticket)


def digest_mail(officers_service: OfficersService, counted: Screen) -> Screen:
    """The digest of an agency as a mail."""
    return _mail(officers_service, counted.lines, DESK)


def mail_row(
    officers_service: OfficersService, address: str, ref: str, about: Line, shown: Screen, at: datetime
) -> dict[str, object]:
    """A mail as a row of the outbox; `about` is its subject."""
    return _row(officers_service, address, ref, _worded(officers_service, address, about, shown), at)


def code_row(officers_service: OfficersService, address: str, code: str, at: datetime) -> dict[str, object]:
    """The mail with the code that confirms an address; it does not stay in the outbox."""
    link = f"{officers_service.links.base}{DESK}/account"
    told = screen(line("mail-code", code=code), line("mail-code-where", link=link), line("mail-code-not-you"))
    message = _worded(officers_service, address, line("mail-code-subject"), told)
    return _row(officers_service, address, f"mail-code.{at.timestamp()}", replace(message, is_kept=False), at)


async def send_mail_code(
    officers_service: OfficersService, connection: AsyncConnection, person: Person, written: str, at: datetime, who: str
) -> None:
    """Give a person an address, and send the code to it that confirms it, in one transaction.

    Raises:
        PersonRefused: it is no address, or another person's.
    """
    code = draw_code(officers_service.chance.randbelow)
    address = await give_address(SqlMailBook(connection), person, written, code, at, who)
    await put_in_outbox(connection, [code_row(officers_service, address, code, at)])


def _worded(service: OfficersService, address: str, about: Line, shown: Screen) -> OutboxMessage:
    rendered = MessageRenderer(service.texts, service.signer, address, service.language, plain=True).message(shown, 0)
    return replace(rendered, topic=service.say(about))


def _row(service: OfficersService, address: str, ref: str, message: OutboxMessage, at: datetime) -> dict[str, object]:
    return service.row(address, ref, message, at) | {"channel": MAIL_CHANNEL}


def _mail(officers_service: OfficersService, told: Sequence[Line], path: str) -> Screen:
    """These lines, then the way to a page of the desk."""
    link = f"{officers_service.links.base}{path}"
    return screen(*told, line("mail-notice-open", link=link), line("mail-notice-about"))
