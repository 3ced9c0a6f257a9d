"""The table of what is counted of each case."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Integer, String, Table, Text, text

from actions.store.engine.tables import Moment, metadata

case_statistics = Table(
    "case_facts",
    metadata,
    Column("ticket", String(12), primary_key=True),
    Column("received_on", Date, nullable=False),
    Column("month", String(7), nullable=False),
    Column("agency", String(48), nullable=False),
    Column("category", String(48)),
    Column("district", String(80)),
    Column("village", String(80)),
    Column("status", String(24), nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("changed_on", Date, nullable=False),
    Column("due_on", Date),
    Column("is_late", Boolean, nullable=False),
    Column("answered_on", Date),
    Column("answer_days", Integer),
    Column("solved_on", Date),
    Column("disputes", Integer, nullable=False),
    Column("reopenings", Integer, nullable=False),
    Column("rating", Integer, nullable=False),
)
"""As `facts.CaseStatistics` says it; `month` and `answer_days` are computed from the days, to be counted by."""

IS_OPEN = "is_open = true"
_newest = (case_statistics.c.received_on, case_statistics.c.ticket)
for _name, _columns in {
    "case_facts_newest": _newest,
    "case_facts_of_agency": (case_statistics.c.agency, *_newest),
    "case_facts_of_category": (case_statistics.c.category, *_newest),
    "case_facts_of_status": (case_statistics.c.status, *_newest),
}.items():
    Index(_name, *_columns, sqlite_where=text(IS_OPEN), postgresql_where=text(IS_OPEN))

statistics_filled = Table(
    "facts_filled",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("up_to", BigInteger, nullable=False),
)
"""One row: the number of the row of `cases` up to which every case is known to have its facts."""

facts_counted = Table(
    "facts_counted",
    metadata,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("counted_at", Moment, nullable=False),
    Column("document", Text, nullable=False),
)
"""The numbers of a year as they were last counted, for whoever reads them first after a start."""
