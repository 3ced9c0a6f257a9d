"""Verifies every case and every day's root against what is kept outside the database, and checks single proofs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.merkle import Proof, day_tree
from actions.cases.verifying import CaseFault, Fault, Installation, faults_of, is_late
from actions.regency.model import Regency
from actions.store.cases.histories import histories, installation_of
from actions.store.cases.links import DayRoot, all_roots, day_links, links_of
from actions.store.engine.database import Database
from bot.ops.chain_files import ChainFiles, LinkLine

FAULTS: Mapping[CaseFault, str] = {
    CaseFault.NO_CASE: "its events are there, and the case is gone",
    CaseFault.CHANGED: "event {number} was changed, taken out or put in",
    CaseFault.CUT_OFF: "events behind number {number} are gone",
    CaseFault.IMPOSSIBLE: "event {number} cannot follow from those before it",
    CaseFault.OTHERWISE: "the case does not stand where its events say",
    CaseFault.COLUMN: "column {column} is not as its last event left it",
    CaseFault.PERSONAL: "who reported it, or the place in her words, is not as it was written",
    CaseFault.WORDS: "the words of event {number} are not those that were written",
    CaseFault.WORDS_GONE: "the words of event {number} are gone, and nothing signed says that they were erased",
    CaseFault.NO_LINK: "event {number} has no link: it was put in, or its link taken out",
    CaseFault.LINK: "the link of event {number} was not made here with a key of this installation",
    CaseFault.GONE: "event {number} is gone, and the links of {day} that are kept outside the database have it",
}


@dataclass(slots=True)
class Verified:
    """What was looked at and what was found.

    Attributes:
        cases: how many.
        late: of those, how many have events from before there were keys, which prove less.
        faults: sentences by the numbers of cases.
        days: sentences on days, and on the database as a whole.
    """

    cases: int = 0
    late: int = 0
    faults: dict[str, list[str]] = field(default_factory=dict)
    days: list[str] = field(default_factory=list)

    @property
    def is_well(self) -> bool:
        """Whether nothing differs."""
        return not self.faults and not self.days


async def verify_everything(database: Database, regency: Regency, files: ChainFiles, now: datetime) -> Verified:
    """Look through all cases and days.

    Raises:
        WrongChainFile: what is kept outside is damaged.
    """
    installation, found = await installation_of(database), Verified()
    async for stored in histories(database):
        found.cases += 1
        found.late += is_late(stored)
        for fault in faults_of(stored, regency, installation, now):
            found.faults.setdefault(stored.ticket, []).append(_sentence(fault))
    sealed = files.sealed()
    if sealed and (installation is None or installation.id != sealed or not installation.is_sealed):
        found.days.append("the database is not the one that was sealed here, or what says so was taken out of it")
    async with database.reading() as connection:
        await _verify_days(connection, installation, files, found)
    return found


def _sentence(fault: Fault, day: str = "") -> str:
    return FAULTS[fault.kind].format(number=fault.number, column=fault.column, day=day)


async def _verify_days(
    connection: AsyncConnection, installation: Installation | None, files: ChainFiles, found: Verified
) -> None:
    stored, kept = {root.day: root for root in await all_roots(connection)}, files.roots()
    for day in sorted(stored.keys() | kept.keys()):
        root, links = stored.get(day), await day_links(connection, day)
        for ticket, sentence in _missing(links, files.links(day) or (), day):
            if sentence not in found.faults.setdefault(ticket, []):
                found.faults[ticket].append(sentence)
        found.days += _day_faults(day, root, kept.get(day, ""), links, installation)


def _missing(links: list[LinkLine], outside: object, day: date) -> Iterator[tuple[str, str]]:
    known = set(links)
    for line in outside if isinstance(outside, (list, tuple)) else ():
        if line not in known:
            yield line[0], _sentence(Fault(CaseFault.GONE, line[1]), day.isoformat())


def _day_faults(
    day: date, root: DayRoot | None, kept: str, links: list[LinkLine], installation: Installation | None
) -> Iterator[str]:
    if root is None:
        yield f"{day}: its root is kept outside the database, and gone from it"
        return
    if kept and kept != root.root:
        yield f"{day}: the root in the database is not the one that is kept outside"
    if installation is None or root.key not in installation.keys.known:
        yield f"{day}: its root was not made with a key of this installation"
        return
    tree = day_tree(installation.keys, root.key, day, [bytes.fromhex(link) for _, _, link in links])
    if tree.root.hex() != root.root:
        yield f"{day}: its links are not those of which its root was made"


async def check_proof(connection: AsyncConnection, proof: Proof, files: ChainFiles, published: str = "") -> list[str]:
    """What is wrong with a proof, in sentences; nothing where the case is there as it was.

    Args:
        connection: of the database in which the case should be.
        proof: what the page of a case gave.
        files: what is kept outside the database.
        published: the root of its day as it was published, where it is known.
    """
    wrong = _wrong_in_itself(proof, published)
    known = {root.day: root.root for root in await all_roots(connection)}
    told = (("the database", known.get(proof.day)), ("the file outside it", files.roots().get(proof.day)))
    wrong += [f"{where} has another root of {proof.day}" for where, root in told if root and root != proof.root.hex()]
    if not any(root for _, root in told):
        wrong.append(f"no root of {proof.day} is known here")
    link = (await links_of(connection, proof.ticket)).get(proof.number)
    if link is None:
        wrong.append(f"event {proof.number} of {proof.ticket} is gone")
    elif link.link != proof.leaf.hex():
        wrong.append(f"event {proof.number} of {proof.ticket} is another than the one that was proved")
    return wrong


def _wrong_in_itself(proof: Proof, published: str) -> list[str]:
    wrong = []
    if proof.leads_to != proof.root:
        wrong.append("leaf and path do not lead to the root that stands in the proof")
    if published and published.lower() != proof.root.hex():
        wrong.append("the root that stands in the proof is not the published one")
    return wrong
