"""Files what was typed in at the counter, as the chat files a draft: the same rules and clocks, one case a form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.case import Case, ReportType
from actions.cases.handlers import FiledCase, find_nearby
from actions.cases.nearby import NearbyMatch, NearbyQuery
from actions.privacy.visibility import is_confidential
from actions.store.cases.casebook import SqlCaseBook
from bot.conversation.draft import UNKNOWN
from bot.messaging.turn_ports import Citizen
from bot.messaging.understanding_service import UnderstandingRules
from bot.services.effect_runner import EffectRunner
from bot.understanding.normalise import normalise
from bot.web.desk.counter.form import CounterForm, draft_of


class NotFiled(RuntimeError):
    """A limit of the chat was reached by somebody who files for the first time: that cannot be."""


@dataclass(frozen=True, slots=True)
class Counter:
    """What files, and what is heard in a story without a model."""

    filing: EffectRunner
    rules: UnderstandingRules

    async def filed_before(self, book: SqlCaseBook, key: str) -> Case | None:
        """The case that a form became already, whatever its channel was then."""
        return await book.filed_from(_draft_key(key))

    async def file(self, book: SqlCaseBook, form: CounterForm, at: datetime) -> Case:
        """Make a case of it; the same form again is the same case. Nothing holds before the book's flush.

        Raises:
            NotFiled: it was not taken.
        """
        if known := await self.filed_before(book, form.key):
            return known
        texts, language = self.filing.texts, self.filing.regency.languages[0]
        draft = draft_of(form, self.filing.regency, self.rules, at)
        citizen = Citizen(form.channel, form.key, language)
        consent = texts.version(language, "counter-consent")
        filed = await self.filing.file_draft(book, citizen, draft, at, consent=consent, draft_key=_draft_key(form.key))
        if not isinstance(filed, FiledCase):
            raise NotFiled
        return filed.case

    async def look(
        self, connection: AsyncConnection, form: CounterForm, at: datetime
    ) -> tuple[Case, Sequence[NearbyMatch]]:
        """What it would become, and what is reported already that may be the same; nothing is written."""
        case = await self.file(SqlCaseBook(connection), form, at)
        if is_confidential(case):
            return case, ()
        sought = NearbyQuery(
            reporter="",
            type=ReportType(form.type),
            categories=(form.category,) if form.category != UNKNOWN else (),
            location=case.location,
            story=normalise(form.story),
            at=at,
        )
        found = await find_nearby(SqlCaseBook(connection), self.filing.regency, sought, normalise)
        return case, [one for one in found if one.is_open]


def _draft_key(key: str) -> str:
    """One form is one case, whatever channel is ticked in it when it is sent twice at once."""
    return f"desk:{key}"
