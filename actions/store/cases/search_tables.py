"""What officers search cases by: an index of each filter, and the words, which triggers keep (migration 0012)."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, MetaData, Table, Text

from actions.store.engine.tables import cases

for _name in ("agency", "status", "category", "district"):
    Index(f"cases_newest_of_{_name}", cases.c[_name], cases.c.id)

case_search = Table("case_search", MetaData(), Column("id", BigInteger, primary_key=True), Column("words", Text))
"""On SQLite a full-text table, whose `rowid` is the case's; on PostgreSQL a table of `tsvector`s.

Not of the schema that is copied and compared: every row of it comes from the words themselves.
"""
