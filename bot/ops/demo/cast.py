"""Who acts in the demo, with which words, and which agency she names: a step of a scene as somebody's wish."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from actions.cases.actions import CaseAction, CaseCommand
from actions.cases.case import OPEN, Case
from actions.cases.event_words import Enclosure
from actions.cases.guards import REJECTIONS
from actions.cases.officer_handlers import Wish
from actions.people.roles import REPORTER, Actor, Role
from actions.regency.agencies import parents, siblings
from actions.regency.model import AgencyKind
from bot.conversation.screen import line
from bot.main.assembly import Service
from bot.ops.demo.scenes import SceneStep, Stories, Where, Whom

CHANNEL = "web"


@dataclass(slots=True)
class Cast:
    """Everybody who acts; remembers which cases stand open and how much each agency has had to do."""

    service: Service
    stories: Stories
    dice: random.Random
    _open: dict[str, Case] = field(default_factory=dict)
    _seen: Counter[str] = field(default_factory=Counter)

    def remember(self, case: Case) -> None:
        """How it stands in the end; what is open, others may be merged with."""
        if case.status in OPEN:
            self._open[case.ticket] = case

    def has_come_to(self, agency: str) -> None:
        """Counts one more case for an agency."""
        self._seen[agency] += 1

    def wish(self, case: Case, step: SceneStep) -> Wish:
        """What somebody wants, as the scene has it."""
        command = self._command_of(case, step)
        who = self._actor(case, step.whom)
        proof = (Enclosure("photo", CHANNEL, "demo", "demo"),) if step.action is CaseAction.ANSWER else ()
        reason = self.service.texts.say(case.language, line("reason-by-hand")) if command.agency else ""
        reporter = case.reporter if who is REPORTER else ""
        return Wish(ticket=case.ticket, command=command, who=who, reporter=reporter, enclosures=proof, reason=reason)

    def _command_of(self, case: Case, step: SceneStep) -> CaseCommand:
        matter = self.stories.matters[case.category or "lainnya"]
        region = self.service.regency.region(case.location.village or "")
        words = _WORDS.get(step.action, "")
        given = {CaseAction.NOTE: matter.note, CaseAction.ANSWER: matter.answer, CaseAction.ASK: matter.question}
        words = given.get(step.action, words).format(tempat=region.name if region else "")
        command = CaseCommand(
            action=step.action, why=step.action.value, words=words, rating=step.rating, agency=self._agency(case, step)
        )
        match step.action:
            case CaseAction.REJECT:
                return replace(
                    command, code=self.dice.choice(REJECTIONS), mend="Tulis tempat dan kejadiannya lebih jelas."
                )
            case CaseAction.REFER:
                return replace(command, body="Ombudsman Republik Indonesia", contact="telepon 137")
            case CaseAction.MERGE:
                return replace(command, parent=self._parent(case))
        return command

    def _parent(self, case: Case) -> str:
        alike = [one for one in self._open.values() if one.visibility is case.visibility]
        same = [one.ticket for one in alike if one.category == case.category] or [one.ticket for one in alike]
        return self.dice.choice(same) if same else ""

    def _agency(self, case: Case, step: SceneStep) -> str | None:
        """Of those that may have it, the one that has had the least to do."""
        agencies = self.service.regency.agencies
        match step.where:
            case Where.NOWHERE:
                return None
            case Where.BACK:
                return case.agency
            case Where.SIBLING:
                near = [code for code in siblings(agencies, case.agency) if agencies[code].kind is AgencyKind.UNIT]
                return min(sorted(near), key=self._seen.__getitem__) if near else None
        return min(sorted(agencies.keys() - {case.agency}), key=self._seen.__getitem__)

    def _actor(self, case: Case, whom: Whom) -> Actor:
        agency = case.agency
        place = list(self.service.regency.agencies).index(agency)
        match whom:
            case Whom.VERIFIER | Whom.OTHER_VERIFIER:
                return Actor(Role.VERIFIER, "demo-v1" if whom is Whom.VERIFIER else "demo-v2")
            case Whom.LIAISON | Whom.OTHER_LIAISON:
                return Actor(Role.LIAISON, f"demo-l{place}-{whom.value}", agency)
            case Whom.ADMIN:
                above = parents(self.service.regency.agencies, agency)
                return Actor(Role.AGENCY_ADMIN, f"demo-a{place}", above[0] if above else agency)
            case Whom.ARBITER:
                return Actor(Role.ARBITER, "demo-arbiter")
            case Whom.MODERATOR:
                return Actor(Role.MODERATOR, "demo-moderator")
        return REPORTER


_WORDS: Mapping[CaseAction, str] = {
    CaseAction.REJECT: "Keterangannya belum cukup untuk ditindaklanjuti.",
    CaseAction.REFER: "Ini di luar kewenangan pemerintah daerah.",
    CaseAction.MERGE: "Lokasi dan kejadiannya sama.",
    CaseAction.RETURN: "Bukan kewenangan unit kami.",
    CaseAction.RULE: "Menurut peraturan daerah, urusan ini di unit tersebut.",
    CaseAction.REPLY: "Di sebelah kanan, dekat warung.",
    CaseAction.DISPUTE: "Masih sama, belum ada perubahan.",
    CaseAction.REOPEN: "Rusak lagi setelah hujan.",
    CaseAction.APPEAL: "Tempatnya sudah saya sebut: {tempat}.",
    CaseAction.ADD: "Tambahan: kalau malam lebih parah.",
    CaseAction.HIDE: "Memuat nama orang lain.",
}
