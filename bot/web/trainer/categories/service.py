"""Writing a proposal: what is wanted, the messages it would begin with, and giving it to an admin."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from actions.people.people import Person
from actions.regency.model import Regency
from actions.store.training import category_proposals as store
from bot.training.categories.proposal import (
    FEWEST_EXAMPLES,
    CategoryWish,
    ProposalKind,
    ProposalState,
    check_wish,
    slug_of,
    write_wish,
)
from bot.training.samples.labelling import who
from bot.training.samples.labelling_service import LabellingService
from bot.web.desk.settings.files import RegencyFiles
from bot.web.trainer.categories.loading import Proposal, TooFewExamples, TooLate, in_hand, loaded
from bot.web.trainer.categories.written import CATEGORIES, ROUTING, carried_out

MOST_PROPOSALS = 200


@dataclass(slots=True)
class CategoryProposals:
    """The handlers of trainers who propose something of a category.

    Attributes:
        regency: as it is in force.
        files: the regency's, which an accepted proposal changes.
    """

    labelling_service: LabellingService
    regency: Regency
    files: RegencyFiles

    async def draft(self, person: Person, kind: ProposalKind, slug: str, wish: CategoryWish) -> int:
        """Keeps a new proposal and returns its number; one that needs no messages goes to an admin at once.

        Raises:
            WishRefused: it cannot be.
            WrongDeclaration: a start would refuse the files.
        """
        is_new, database = kind is ProposalKind.NEW, self.labelling_service.database
        async with database.reading() as connection:
            proposed = await store.latest_proposals(connection, MOST_PROPOSALS)
        taken = {*self.regency.categories, *(row.slug for row in proposed)}
        name = slug_of(next(iter(wish.labels.values()), ""), taken) if is_new else slug
        await self._check(kind, name, wish)
        async with database.writing() as connection:
            state = ProposalState.DRAFT if is_new else ProposalState.WAITING
            row = {"kind": kind, "slug": name, "state": state, "version": int(not is_new), "proposed": write_wish(wish)}
            return await store.add_proposal(connection, row | self._by(person))

    async def change(self, person: Person, number: int, wish: CategoryWish) -> None:
        """Writes anew what is wanted; the slug stays, so that its messages do.

        Raises:
            TooLate, WishRefused, WrongDeclaration: as above.
        """
        proposal = await self._in_hand(number)
        await self._check(proposal.kind, proposal.row.slug, wish)
        async with self.labelling_service.database.writing() as connection:
            await in_hand(connection, number)
            await store.change_proposal(connection, number, proposed=write_wish(wish), **self._by(person))

    async def submit(self, person: Person, number: int) -> None:
        """Gives it to an admin, who reads it as it is now.

        Raises:
            TooLate, WishRefused, WrongDeclaration: as above.
            TooFewExamples: it needs more messages.
        """
        read = await self._in_hand(number)
        await self._check(read.kind, read.row.slug, read.wish)
        async with self.labelling_service.database.writing() as connection:
            proposal = await in_hand(connection, number)
            if proposal.wish != read.wish:
                raise TooLate
            if proposal.kind is ProposalKind.NEW and len(proposal.examples) < FEWEST_EXAMPLES:
                raise TooFewExamples
            state = {"state": ProposalState.WAITING, "version": proposal.row.version + 1, "reason": ""}
            await store.change_proposal(connection, number, **state, **self._by(person))

    async def take_back(self, number: int) -> None:
        """A trainer takes it back from the admin, to change it."""
        async with self.labelling_service.database.writing() as connection:
            row = await store.proposal_of(connection, number, held=True)
            if row and row.state == ProposalState.WAITING:
                await store.change_proposal(connection, number, state=ProposalState.DRAFT)

    async def drop(self, number: int) -> None:
        """Throws it away, with what it holds."""
        async with self.labelling_service.database.writing() as connection:
            await in_hand(connection, number)
            await store.drop_examples(connection, number)
            await store.change_proposal(connection, number, state=ProposalState.DROPPED)

    async def load(self, number: int) -> Proposal | None:
        """A proposal as it is."""
        async with self.labelling_service.database.reading() as connection:
            return await loaded(connection, number)

    async def _check(self, kind: ProposalKind, slug: str, wish: CategoryWish) -> None:
        """What a start would refuse is said before an admin reads it."""
        check_wish(kind, slug, wish, self.regency)
        texts = {name: self.files.read(name).text for name in (CATEGORIES, ROUTING)}
        await asyncio.to_thread(self.files.check_together, carried_out(kind, slug, wish, texts))

    async def _in_hand(self, number: int) -> Proposal:
        async with self.labelling_service.database.reading() as connection:
            proposal = await loaded(connection, number)
        if proposal is None or not proposal.is_in_hand:
            raise TooLate
        return proposal

    def _by(self, person: Person) -> dict[str, object]:
        return {"at": self.labelling_service.clock(), "who": who(person), "name": person.name}
