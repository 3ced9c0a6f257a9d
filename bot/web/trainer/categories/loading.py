"""A proposal with its messages, as the database has it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.training import category_proposals as store
from actions.store.training.category_proposals import ExampleRow, ProposalRow
from bot.training.categories.proposal import IN_HAND, CategoryWish, ProposalKind, read_wish


class TooLate(Exception):
    """The proposal is not there, or not where this could be done to it."""


class TooFewExamples(Exception):
    """A new category begins with more messages."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal with its messages."""

    row: ProposalRow
    wish: CategoryWish
    examples: Sequence[ExampleRow] = ()

    @property
    def kind(self) -> ProposalKind:
        """What would be done."""
        return ProposalKind(self.row.kind)

    @property
    def is_in_hand(self) -> bool:
        """Whether it can be changed, and submitted."""
        return self.row.state in IN_HAND


async def loaded(connection: AsyncConnection, number: int, *, held: bool = False) -> Proposal | None:
    """A proposal with the messages that may be seen; `held`: nobody else changes it meanwhile."""
    row = await store.proposal_of(connection, number, held=held)
    if row is None:
        return None
    return Proposal(row, read_wish(row.proposed), await store.examples_of(connection, number))


async def in_hand(connection: AsyncConnection, number: int) -> Proposal:
    """A proposal that can be changed; nobody else changes it meanwhile.

    Raises:
        TooLate: it is not there, or an admin has it, or it is decided.
    """
    proposal = await loaded(connection, number, held=True)
    if proposal is None or not proposal.is_in_hand:
        raise TooLate
    return proposal
