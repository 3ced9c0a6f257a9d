"""Reads the clocks of a regency, and the sentences that stop none of them."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from actions.cases.case import HandlingClass
from actions.cases.clocks import ClockName, Ladder
from actions.cases.event_words import Templates
from actions.regency.declaration import phrase
from actions.regency.model import Deadlines
from actions.regency.rows import LEAVES
from actions.regency.settings import TomlTable, read_settings

_REPORTERS = (ClockName.REPLY, ClockName.CONFIRM, ClockName.APPEAL)
_HOURS = range(1, 24)


def read_deadlines(file: Path, leaves: Collection[str]) -> Deadlines:
    """The clocks, in working days, from deadlines.toml; `leaves`: the slugs of the regency's categories."""
    settings = read_settings(file)
    tables = {name: settings.table(name) for name in ("resolve", "offices", "reporter", "escalation")}
    for name in ("offices", "reporter", "escalation"):
        tables[name].words("source")
    offices = [name for name in ClockName if name not in {*_REPORTERS, ClockName.RESOLVE, ClockName.TAKE}]
    reporter, urgent = tables["reporter"], settings.table("urgent")
    return Deadlines(
        resolve={handling: tables["resolve"].positive(handling) for handling in HandlingClass},
        source=settings.words("source"),
        supervisory=frozenset(_supervisory(settings.table("supervisory"), leaves)),
        days={name: tables["offices"].positive(name) for name in offices}
        | {name: reporter.positive(name) for name in _REPORTERS},
        ladder=_ladder(tables["escalation"], reporter),
        reopen_calendar_days=reporter.positive("reopen_calendar_days"),
        questions=reporter.positive("questions"),
        morning_hour=_hour(tables["escalation"], "morning_hour", 8),
        evening_hour=_hour(tables["escalation"], "evening_hour", 20),
        take_hours=urgent.positive("take_hours") if urgent.values else 1,
        urgent_at_any_hour=_yes_or_no(urgent, "at_any_hour"),
    )


def read_templates(file: Path) -> Templates:
    """The sentences that say nothing, from empty_phrases.toml."""
    settings = read_settings(file)
    fillers = frozenset(settings.listed("fillers"))
    return Templates(settings.listed("phrases"), fillers, settings.positive("own_words"))


def _supervisory(settings: TomlTable, leaves: Collection[str]) -> tuple[str, ...]:
    slugs = settings.listed("categories")
    if unknown := sorted(set(slugs) - set(leaves)):
        what = phrase("'{name}' is no category", name=unknown[0])
        mend = phrase("use one of {where}, in a deadlines.toml of this regency's own", where=LEAVES)
        raise settings.wrong("categories", what, mend)
    return slugs


def _ladder(escalation: TomlTable, reporter: TomlTable) -> Ladder:
    return Ladder(
        nudge=escalation.positive("nudge_percent"),
        unit_head=escalation.positive("unit_head_percent"),
        agency_head=escalation.positive("agency_head_days"),
        national=escalation.positive("national_days"),
        reminders=_reminders(reporter),
    )


def _reminders(reporter: TomlTable) -> tuple[int, int]:
    """Two days, the second after the first and both before the shorter of the clocks that they remind of ends."""
    given = reporter.values.get("reminders")
    least = min(reporter.positive(ClockName.REPLY), reporter.positive(ClockName.CONFIRM))
    match given:
        case [int(first), int(second)] if 0 < first < second < least:
            return first, second
    what = phrase("'reminders' is not there or names no two days before the end of reply and confirm")
    raise reporter.wrong("reminders", what, phrase("write reminders = [3, 7]"))


def _yes_or_no(table: TomlTable, name: str) -> bool:
    """Returns a setting that is true where it is not there."""
    value = table.values.get(name, True)
    if isinstance(value, bool):
        return value
    what = phrase("'{key}' is neither true nor false", key=name)
    raise table.wrong(name, what, phrase("write {key} = true or {key} = false", key=name))


def _hour(escalation: TomlTable, name: str, usual: int) -> int:
    hour = escalation.positive(name)
    if hour not in _HOURS:
        what = phrase("{hour} is no hour of a day", hour=hour)
        raise escalation.wrong(name, what, phrase("write {key} = {value}", key=name, value=usual))
    return hour
