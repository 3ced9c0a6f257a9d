"""An admin decides on a proposal: it is written into the regency's files, its messages into the training data.

Each step finds what it has done already, so that a decision that was cut off is brought to its end by the same press.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

import structlog

from actions.people.people import Person
from actions.store.engine.settings_changes import SettingsChange, add_settings_change
from actions.store.training import category_proposals as store
from actions.store.training import samples
from actions.store.training.data_changes import NluChange, add_change
from actions.store.training.relabelled import ask_again, relabel
from actions.store.training.samples import State
from bot.training.categories.proposal import ProposalKind, ProposalState
from bot.training.corpus.edits import CorpusChange, marked
from bot.training.corpus.folder import DataFolder, NotSaved, Saved
from bot.training.corpus.moving import moved
from bot.training.samples.labelling import LabellingRules, who
from bot.training.samples.labelling_service import LabellingService
from bot.training.samples.labels import SampleLabel, read_label, write_label
from bot.web.desk.settings.files import RegencyFile, RegencyFiles
from bot.web.trainer.categories.examples import additions_of
from bot.web.trainer.categories.loading import Proposal, TooLate, loaded
from bot.web.trainer.categories.written import CATEGORIES, ROUTING, carried_out, with_rule

log = structlog.get_logger()
DONE_TO_DATA = "category"
"""What the record of changes of the data calls it."""


class OwnProposal(Exception):
    """Who submitted it does not decide on it."""


@dataclass(slots=True)
class Decisions:
    """The handlers of an admin who decides."""

    labelling_service: LabellingService
    files: RegencyFiles
    rules: LabellingRules

    async def refuse(self, person: Person, number: int, version: int, reason: str) -> None:
        """Gives it back to the trainers with a reason; what it holds stays.

        Raises:
            TooLate: it is not before an admin as she has read it.
        """
        async with self.labelling_service.database.writing() as connection:
            proposal = await loaded(connection, number, held=True)
            _as_read(proposal, version)
            decided = {"state": ProposalState.REFUSED, "reason": reason, **self._by(person)}
            await store.change_proposal(connection, number, **decided)

    async def accept(self, person: Person, number: int, version: int, why: str) -> Proposal:
        """Carries it out; `why` is what the records of changes will say.

        Raises:
            TooLate: it is not before an admin as she has read it.
            OwnProposal: she has submitted it herself.
            WrongDeclaration: a start would refuse what the files would be.
            FileChangedMeanwhile: somebody changes them at this moment.
            NotSaved: the data cannot be changed so.
            OSError: a file cannot be written.
        """
        async with self.labelling_service.database.reading() as connection:
            proposal = _as_read(await loaded(connection, number), version)
        if proposal.row.who == who(person):
            raise OwnProposal
        await self._write_files(person, proposal, why)
        if proposal.kind is ProposalKind.NEW:
            await self._write_rule(person, proposal)
            await self._learn(person, proposal, why)
        elif proposal.kind is not ProposalKind.RENAME:
            await self._move(person, proposal, why)
        async with self.labelling_service.database.writing() as connection:
            await store.drop_examples(connection, number)
            decided = {"state": ProposalState.ACCEPTED, "reason": "", **self._by(person)}
            await store.change_proposal(connection, number, **decided)
        log.info("category_accepted", kind=proposal.kind.value, category=proposal.row.slug, person=person.id)
        return proposal

    async def _write_files(self, person: Person, proposal: Proposal, why: str) -> None:
        before = {name: self.files.read(name) for name in (CATEGORIES, ROUTING)}
        texts = {name: file.text for name, file in before.items()}
        after = carried_out(proposal.kind, proposal.row.slug, proposal.wish, texts)
        if not after:
            return
        async with self.labelling_service.database.writing() as connection:
            for name, text in after.items():
                await add_settings_change(connection, self._change(person, before[name], text, why))
            prints = {name: before[name].print for name in after}
            await asyncio.to_thread(self.files.save_together, after, prints)

    def _change(self, person: Person, before: RegencyFile, after: str, why: str) -> SettingsChange:
        at = self.labelling_service.clock()
        return SettingsChange(at, who(person), person.name, before.name, why, before.text, after)

    async def _write_rule(self, person: Person, proposal: Proposal) -> None:
        before = self.rules.text()
        after = with_rule(before, proposal.row.slug, proposal.wish)
        if after != before:
            await asyncio.to_thread(self.rules.save, after)
            await self.labelling_service.note_rules(person)

    async def _learn(self, person: Person, proposal: Proposal, why: str) -> None:
        """The messages become a change of the data; those of citizens are decided with it."""
        corpus = await asyncio.to_thread(self.labelling_service.folder.corpus)
        known = {words: found[0].kind for words, found in corpus.by_words().items()}
        added = additions_of(proposal, known)
        change = CorpusChange(person.name, why, self.labelling_service.clock(), tuple(one for _, one in added))
        numbers = [(row.sample, one.label) for row, one in added if row.sample]
        await self._save(person, proposal, change, numbers)

    async def _move(self, person: Person, proposal: Proposal, why: str) -> None:
        """The category's examples are learned as what takes its place, or not; so are labels that wait to be saved."""
        slug, into = proposal.row.slug, proposal.wish.into
        corpus = await asyncio.to_thread(self.labelling_service.folder.corpus)
        change = moved(corpus, slug, into, person.name, why, self.labelling_service.clock())
        await self._save(person, proposal, change)
        async with self.labelling_service.database.writing() as connection:
            if into:
                await relabel(connection, slug, into, lambda label: _instead(label, slug, into))
            else:
                await ask_again(connection, slug)

    async def _save(
        self,
        person: Person,
        proposal: Proposal,
        asked: CorpusChange,
        decided: Sequence[tuple[int, SampleLabel]] = (),
    ) -> None:
        """One change of the data, with its mark; nothing where all of it was done before."""
        if not asked.additions and not asked.removals:
            return
        change, folder = marked(asked), self._folder_with(proposal)
        saved = await asyncio.to_thread(_saved, folder, change)
        if saved is None:
            return
        made = NluChange(change.at, who(person), person.name, DONE_TO_DATA, change.why, saved, change.mark)
        async with self.labelling_service.database.writing() as connection:
            number = await add_change(connection, made)
            for sample, label in decided:
                values = {"label": write_label(label), "decided_by": proposal.row.who, "decided_at": change.at}
                await samples.change(connection, sample, state=State.DONE, change=number, **values)

    def _folder_with(self, proposal: Proposal) -> DataFolder:
        """The data, as the regency's categories will be."""
        folder = self.labelling_service.folder
        own = {proposal.row.slug}
        is_new = proposal.kind is ProposalKind.NEW
        return replace(folder, categories=frozenset(folder.categories) | own if is_new else folder.categories)

    def _by(self, person: Person) -> dict[str, object]:
        return {"decided_by": who(person), "decided_at": self.labelling_service.clock()}


def _as_read(proposal: Proposal | None, version: int) -> Proposal:
    if proposal is None or proposal.row.state != ProposalState.WAITING or proposal.row.version != version:
        raise TooLate
    return proposal


def _saved(folder: DataFolder, change: CorpusChange) -> Saved | None:
    """What was saved; None where the data says all of it already.

    Raises:
        NotSaved: something stands in the way.
    """
    try:
        return folder.save(change)
    except NotSaved as refused:
        preview = refused.preview
        if preview.conflicts or preview.faults or preview.refused:
            raise
        return None


def _instead(label: str, slug: str, into: str) -> str:
    """A label with one category in the place of another; two matters of one are one."""
    known = read_label(label)
    if known is None:
        return label
    first, second = (into if one == slug else one for one in (known.category, known.second))
    return write_label(replace(known, category=first, second=None if second == first else second))
