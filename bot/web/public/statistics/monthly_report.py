"""The monthly report, a page that is printed and signed: numbers by the same rules as in public. Reads nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from actions.statistics.case_statistics import month_of
from actions.store.statistics.listing import days_of
from bot.conversation.screen import Line, line
from bot.web.public.statistics.reading import Statistics
from bot.web.public.statistics.view import DISCREET, Voice, confidential_words, figures, sections
from bot.web.public.statistics.words import COLUMNS, METHOD
from bot.web.public.statistics.words import PAGE as STATISTICS
from bot.web.shared.site import Site

PAGE: Mapping[str, Line] = {
    "figures": line("report-figures"),
    "figure": line("report-figure"),
    "method": STATISTICS["method"],
    "statement": line("report-statement"),
    "signed_by": line("report-signed-by"),
    "whole": STATISTICS["whole"],
    "withheld": STATISTICS["withheld"],
    "incomplete": STATISTICS["incomplete"],
}
RATED = ("rating", "voices")
"""Not divided in a paper of one month: the numbers of a year are public, and twelve papers could be taken from them."""


def month_before(month: str) -> str:
    """Of "2026-01" it is "2025-12"."""
    return month_of(days_of(month)[0] - timedelta(days=1))


def paper(statistics: Statistics, before: Statistics, voice: Voice, site: Site) -> str:
    """The report on the month that `statistics` are of; `before` are of the month before it."""
    month, made_on = statistics.period.first, voice.day(statistics.as_of)
    whole, hidden, regency = statistics.published.whole, statistics.confidential, voice.regency.name
    columns = {name: title for name, title in COLUMNS.items() if name not in RATED}
    return site.render(
        "public/statistics/monthly_report.html",
        voice.language,
        line("report-title"),
        PAGE,
        about=line("report-month", regency=regency, month=voice.month(month)),
        month=voice.month(month),
        month_before=voice.month(month_before(month)),
        provisional=line("report-provisional", day=made_on) if _is_running(month, statistics.as_of) else None,
        is_complete=statistics.is_complete,
        summary=_summary(statistics, voice),
        confidential=confidential_words(hidden, voice) if hidden else None,
        figures=_figures(statistics, before, voice),
        columns=columns.values(),
        sections=[one for one in sections(statistics, voice, columns) if one.name != "month"],
        whole=voice.cells(whole, columns) if whole else [],
        method=METHOD,
        place_and_day=line("report-place-and-day", regency=regency),
        made=line("report-made", day=made_on),
    )


def _is_running(month: str, today: date) -> bool:
    return today <= days_of(month)[1]


def _summary(statistics: Statistics, voice: Voice) -> Line:
    whole, month = statistics.published.whole, voice.month(statistics.period.first)
    if whole is None:
        return line("report-too-few", month=month)
    names = (*DISCREET, "disputed", "reopened")
    told = {name: voice.number(getattr(whole, name)) for name in names}
    return line("report-summary", month=month, day=voice.day(statistics.as_of), **told)


def _figures(statistics: Statistics, before: Statistics, voice: Voice) -> list[tuple[str, str, str]]:
    if statistics.published.whole is None:
        return []
    earlier = before.published.whole
    then = voice.cells(earlier) if earlier else [voice.number(None)] * len(COLUMNS)
    now = figures(statistics.published.whole, voice)
    return [(name, number, was) for (name, number), was in zip(now, then, strict=True)]
