"""What of a case may be handed over, and what of one that came from there is told back. Pure.

Nothing that is secret, sensitive or hidden goes anywhere. Nobody's name, number, chat or page goes along, even where
she is named here: she was asked about this service's agencies. What looks like one in her own words is covered, as in
a group of officers; the point on the map goes only where there is something to be seen at it.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from actions.cases.actions import CaseAction
from actions.cases.case import Case, CaseEvent, Status, Words
from actions.cases.event_words import Saying
from actions.cases.outcome import SP4N, Done
from actions.privacy.visibility import Reader, is_confidential, see
from actions.regency.agencies import outside_agencies
from actions.regency.model import Regency
from bot.integrations.sp4n.port import CaseProgress, Handover
from bot.understanding.normalise import mask

MOVING: Final = frozenset(
    {CaseAction.FILE, CaseAction.FORWARD, CaseAction.PASS_ON, CaseAction.RULE, CaseAction.RETURN, CaseAction.REOPEN}
)
"""After these a case may lie with somebody outside."""
TOLD_BACK: Final = frozenset(
    {
        CaseAction.FORWARD,
        CaseAction.ACCEPT,
        CaseAction.NOTE,
        CaseAction.ANSWER,
        CaseAction.REJECT,
        CaseAction.REFER,
        CaseAction.MERGE,
        CaseAction.REOPEN,
        CaseAction.CLOSE_UNCONFIRMED,
    }
)
"""What is done here to a case that came from there and is told there."""
IN_WORDS: Final = TOLD_BACK - {CaseAction.FORWARD, CaseAction.ACCEPT, CaseAction.CLOSE_UNCONFIRMED}
"""Where what an officer typed is for the reporter."""
OPEN_TO_HANDOVER: Final = frozenset({Status.RECEIVED, Status.FORWARDED, Status.IN_PROGRESS})


def is_outside(case: Case, regency: Regency) -> bool:
    """Whether it lies with somebody outside this regency's government, is open, and anybody may know of it."""
    is_theirs = case.agency in outside_agencies(regency.agencies)
    return is_theirs and case.status in OPEN_TO_HANDOVER and not is_confidential(case)


def to_be_handed_over(all_done: Collection[Done], regency: Regency) -> frozenset[str]:
    """The tickets of cases that lie with somebody outside after this; none that came from there."""
    return frozenset(
        done.case.ticket
        for done in all_done
        if done.action in MOVING
        and done.case.channel != SP4N
        and not done.case_state.is_left
        and is_outside(done.case, regency)
    )


def handover_of(case: Case, words: Words | None, regency: Regency) -> Handover | None:
    """What goes there of a case; None where nothing may, or nothing is left of her words."""
    seen = see(case, words, Reader.GROUP)
    if seen is None or seen.words is None or not seen.words.story.strip():
        return None
    place, mapping = seen.case.location, regency.sp4n
    category = regency.categories.get(case.category or "")
    has_point = bool(category and category.physical) and place.lat is not None and place.lon is not None
    return Handover(
        reference=case.ticket,
        type=case.type,
        story=mask(seen.words.story),
        topic=mapping.topics.get(case.category or "", ""),
        institution=mapping.agencies.get(case.agency, ""),
        category=case.category or "",
        place=mask(_place(seen.case, regency)),
        region=place.village or place.district or "",
        filed_at=case.filed_at,
        lat=place.lat if has_point else None,
        lon=place.lon if has_point else None,
    )


def _place(case: Case, regency: Regency) -> str:
    """In her words and the official ones, the nearest first."""
    place = case.location
    names = [region.name for code in (place.village, place.district) if code and (region := regency.region(code))]
    names.append(place.outside or regency.name)
    spoken = place.spoken or ""
    return ", ".join([spoken, *(name for name in names if name.casefold() not in spoken.casefold())]).strip(", ")


def progress_of(tracking_id: str, event: CaseEvent, said: Saying, regency: Regency) -> CaseProgress:
    """What they are told of an event."""
    words = [said.words, said.mend, said.body, said.contact] if event.action in IN_WORDS else []
    return CaseProgress(
        tracking_id=tracking_id,
        reference=f"{event.ticket}.{event.number}",
        status=regency.sp4n.word_of(event.to),
        words="\n".join(part for part in words if part),
    )
