"""Published answers as open data: what each page of a closed case shows, together. Read anew each time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import Final

from actions.store.cases.publications import PublishedAnswer, published_between
from bot.conversation.screen import Label, LabelSource
from bot.web.public.context import PublicContext
from bot.web.public.statistics.view import Voice
from bot.web.trainer.models.view import Cell

ANSWERS: Final = "answers"
MOST_ANSWERS: Final = 20_000
COLUMNS: Final = ("ticket", "title", "category", "agency", "received_on", "answer")


async def read_answers(context: PublicContext, year: int) -> Sequence[PublishedAnswer]:
    """The answers of cases that were received in a year."""
    zone = context.regency.time_zone
    first, last = (datetime.combine(date(of, 1, 1), time(), zone) for of in (year, year + 1))
    async with context.case.chat.around.database.reading() as connection:
        return await published_between(connection, first, last, MOST_ANSWERS)


def rows_of(answers: Sequence[PublishedAnswer], voice: Voice) -> Iterator[Sequence[Cell]]:
    """The table, with names in the reader's language; the day of receipt and no hour."""
    yield COLUMNS
    for one in answers:
        category = voice.say(Label(LabelSource.CATEGORY, one.category))
        agency = voice.say(Label(LabelSource.AGENCY, one.agency))
        day = one.filed_at.astimezone(voice.regency.time_zone).date()
        yield (one.ticket, one.title, category, agency, day.isoformat(), one.answer)
