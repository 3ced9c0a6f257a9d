"""Words for the text files: those a regency declares, why an agency holds a case, why a step is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from actions.cases.case import Location
from actions.cases.lifecycle import StepRefused
from actions.cases.routing import ALL_ACCUSED, RoutingDecision
from actions.regency.model import Regency
from bot.conversation.catalogue import Catalogue, Helpline
from bot.conversation.screen import Label, LabelSource, Line, Value, line
from bot.texts.words import Texts
from bot.understanding.answers import AnswerBook


def refusal(refused: StepRefused) -> Line:
    """Why it was not done, as something that a person can act on."""
    only = refused.data.get("only", "").replace("_", "-")
    return line(f"refused-only-{only}") if only else line(refused.reason_key)


@dataclass(frozen=True, slots=True)
class DeclaredWords:
    """Labels of one regency. What it no longer declares is shown by its code: an old case must stay readable."""

    regency: Regency
    answers: AnswerBook

    def category(self, slug: str, language: str) -> str:
        """The name of a category or of a group of categories."""
        known = self.regency.categories.get(slug)
        return known.labels.get(language, slug) if known else slug

    def agency(self, code: str) -> str:
        """An agency's name."""
        known = self.regency.agencies.get(code)
        return known.name if known else code

    def answer(self, key: str, language: str) -> str:
        """The answer to a question about the service."""
        return self.answers.words(key, language)


@dataclass(frozen=True, slots=True)
class ReasonWords:
    """Says why an agency holds a case."""

    texts: Texts
    regency: Regency

    def __call__(self, decision: RoutingDecision, location: Location, language: str) -> str:
        """The reason in one sentence, without anything of the citizen's but the place's official name."""
        reason = decision.reason
        region = self.regency.region(reason.region) if reason.region else None
        place = location.outside or (region.name if region else "")
        names: dict[str, Value] = {"place": place}
        if reason.category:
            names["category"] = Label(LabelSource.CATEGORY, reason.category)
        if reason.key == "reason-stand-in":
            passed = next((step.agency for step in decision.trail if step.what == "inactive"), decision.agency)
            names |= {
                "parent": self.regency.agencies[decision.agency].name,
                "agency": self.regency.agencies[passed].name,
            }
        if region:
            names["region"] = region.name
        if reason.key == ALL_ACCUSED:
            known = [one for one in self.regency.hotlines if one.is_oversight]
            names["ombudsman"] = "; ".join(f"{one.name}, {one.number}" for one in known) or "none"
        if reason.type:
            names["type"] = Label(LabelSource.TEXT, f"type-{reason.type.value}")
        unnamed = reason.key == "reason-outside-province" and not place
        return self.texts.say(language, line("reason-outside-unnamed" if unnamed else reason.key, **names))


def catalogue_of(regency: Regency) -> Catalogue:
    """Returns the categories and choices of a regency in the form that the conversation uses."""
    groups = [c.slug for c in regency.categories.values() if c.parent is None]
    return Catalogue(
        groups={group: tuple(leaf.slug for leaf in regency.offered() if leaf.parent == group) for group in groups},
        sensitive=frozenset(leaf.slug for leaf in regency.leaves() if leaf.sensitive),
        languages=regency.languages,
        failed_lookups_an_hour=regency.limits.failed_lookups_an_hour,
        most_files=regency.limits.files_a_case,
        helplines=_helplines(regency),
    )


def _helplines(regency: Regency) -> Mapping[str, Helpline]:
    """The first number of the file for each kind of danger."""
    found: dict[str, Helpline] = {}
    for hotline in regency.hotlines:
        for kind in hotline.matters:
            found.setdefault(kind, Helpline(hotline.name, hotline.number))
    return found
