"""The messages that a proposed category would begin with: of citizens, found by words or likeness, or written."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from actions.people.people import Person
from actions.store.training import category_proposals as store
from actions.store.training.category_proposals import ExampleRow
from actions.store.training.inbox import InboxFilter, inbox_page
from actions.store.training.samples import Sample
from bot.training.corpus.corpus import fold
from bot.training.corpus.edits import Addition
from bot.training.samples.importing import Kind, LeftOut, new_or_left_out
from bot.training.samples.labelling import likely_type, who
from bot.training.samples.labelling_service import LabellingService
from bot.training.samples.similar import nearest
from bot.understanding.evaluation.evaluation import LabelledText
from bot.web.trainer.categories.loading import Proposal, in_hand

MOST_EXAMPLES = 300
MOST_FOUND = 30
MOST_LOOKED_THROUGH = 600
"""Of the messages that teach most, when alike ones are sought."""
FEWEST_WORDS = 3
SHORT = "short"
"""Why a message of fewer words is not taken."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of messages that were typed: how many are kept, and those that are not, each with why."""

    kept: int
    refused: Sequence[tuple[str, str]] = ()


@dataclass(slots=True)
class ProposalExamples:
    """The handlers that collect them."""

    labelling_service: LabellingService

    async def search(self, person: Person, proposal: Proposal, words: str) -> list[Sample]:
        """Messages of the inbox that have these words; without words, those most like what the proposal has."""
        asked = InboxFilter(words=tuple(words.split()), hidden=[one.sample for one in proposal.examples if one.sample])
        async with self.labelling_service.database.reading() as connection:
            most = MOST_FOUND if words else MOST_LOOKED_THROUGH
            found = await inbox_page(connection, who(person), most, asked=asked)
        if words:
            return found
        wish = proposal.wish
        texts = [*(one.text for one in proposal.examples), *wish.words, *wish.labels.values(), wish.about]
        return await asyncio.to_thread(nearest, found, [text for text in texts if text], MOST_FOUND)

    async def take(self, person: Person, number: int, picked: Sequence[Sample]) -> Taken:
        """Takes messages of citizens up as examples, each of the type that it likely is.

        Raises:
            TooLate: as above.
        """
        given = [(one.text, likely_type(one), one.id) for one in picked]
        return await self._take(person, number, given)

    async def write(self, person: Person, number: int, texts: Sequence[str], intent: str) -> Taken:
        """Takes messages up that a trainer has written.

        Raises:
            TooLate: as above.
        """
        return await self._take(person, number, [(text, intent, None) for text in texts])

    async def leave_out(self, number: int, examples: Collection[int]) -> None:
        """Takes messages out of a proposal.

        Raises:
            TooLate: as above.
        """
        async with self.labelling_service.database.writing() as connection:
            await in_hand(connection, number)
            await store.drop_examples(connection, number, examples)

    async def _take(self, person: Person, number: int, given: Sequence[tuple[str, str, int | None]]) -> Taken:
        known = await asyncio.to_thread(self._known)
        rows, refused = list[dict[str, object]](), list[tuple[str, str]]()
        async with self.labelling_service.database.writing() as connection:
            proposal = await in_hand(connection, number)
            slug = proposal.row.slug
            known |= {fold(one.text): (one.intent, slug) for one in proposal.examples}
            for text, intent, sample in given[: MOST_EXAMPLES - len(proposal.examples)]:
                found = new_or_left_out(LabelledText(text, intent=intent, category=slug), {slug}, known)
                if isinstance(found, LeftOut) or len(found.plain.split()) < FEWEST_WORDS:
                    refused.append((text, found if isinstance(found, LeftOut) else SHORT))
                    continue
                known[fold(found.plain)] = found.label.kind
                about = {"proposal": number, "intent": intent, "who": who(person), "name": person.name}
                rows.append({**about, "sample": sample, "text": "" if sample else found.plain})
            await store.add_examples(connection, rows)
        return Taken(len(rows), refused)

    def _known(self) -> dict[str, Kind]:
        return {words: found[0].kind for words, found in self.labelling_service.folder.corpus().by_words().items()}


def additions_of(proposal: Proposal, known: dict[str, Kind]) -> list[tuple[ExampleRow, Addition]]:
    """What its messages add to the data, those left out that stand there by now as something else."""
    found, slug = list[tuple[ExampleRow, Addition]](), proposal.row.slug
    for one in proposal.examples:
        addition = new_or_left_out(LabelledText(one.text, intent=one.intent, category=slug), {slug}, known)
        if isinstance(addition, Addition):
            known[fold(addition.plain)] = addition.label.kind
            found.append((one, Addition(addition.text, addition.label, one.name)))
    return found
