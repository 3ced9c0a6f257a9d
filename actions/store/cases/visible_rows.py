"""What `actions/privacy/visibility.py` decides of one case, as conditions for queries over many.

A test holds the two together.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_

from actions.cases.case import Visibility
from actions.store.engine.tables import cases


def is_public_row() -> ColumnElement[bool]:
    """As `case.is_public`: anybody may know of it by its number."""
    return and_(cases.c.visibility == Visibility.PUBLIC.value, cases.c.is_hidden.is_(False))


def is_open_row() -> ColumnElement[bool]:
    """As the contrary of `visible.is_confidential`: it is neither secret nor hidden nor sensitive."""
    return and_(is_public_row(), cases.c.sensitive.is_(False))
