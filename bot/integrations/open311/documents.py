"""The specification's documents, made of what this regency declares and of what anybody may see of a case. Pure.

Every field that the specification names is there, empty where there is nothing to say. Of a case no more is told than
`actions/privacy/visibility.py` leaves to anybody: days for moments, the district for the place, and no word of its
reporter's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from actions.cases.case import AWAITED, TERMINAL, Case, ReportType
from actions.cases.handlers import FiledCase
from actions.privacy.redaction import NOTHING_MODERATED, Moderated
from actions.privacy.visibility import Reader, anybody_reads, see
from actions.regency.model import Hotline, Regency
from actions.statistics.case_statistics import CaseStatistics
from actions.store.statistics.listing import ListedCase
from bot.configuration.case_links import CaseLinks
from bot.conversation.draft import UNKNOWN
from bot.conversation.screen import Label, LabelSource, Line, line
from bot.integrations.open311.posted import PostedRequest
from bot.integrations.open311.serialisation import MEDIA_TYPES, Node
from bot.web.case.view import title_of
from bot.web.case.words import STATUS, TYPES

SPECIFICATION: Final = "http://wiki.open311.org/GeoReport_v2"
CHANGESET: Final = "2026-11-26T00:00:00Z"
"""When what stands in these documents was last changed, other than by the regency's own files."""
END_OF_DAY: Final = time(23, 59, 59)

type Say = Callable[[Line | Label], str]
"""Words in the reader's language."""


def is_late(statistics: CaseStatistics, today: date) -> bool:
    """Whether something that was promised came too late, or is late now."""
    return statistics.is_late or (statistics.due_on is not None and today > statistics.due_on)


@dataclass(frozen=True, slots=True)
class Open311Documents:
    """The documents of one regency, in one language."""

    regency: Regency
    links: CaseLinks
    say: Say

    def discovery(self, endpoint: str) -> Node:
        """Where the service is, and in which formats it answers."""
        formats = [media_type.partition(";")[0] for media_type in MEDIA_TYPES.values()]
        told = {"specification": SPECIFICATION, "url": endpoint, "changeset": CHANGESET, "type": "production"}
        return {
            "changeset": CHANGESET,
            "contact": self.say(line("open311-contact", regency=self.regency.name)),
            "key_service": self.say(line("open311-key-service", regency=self.regency.name)),
            "endpoints": [{**told, "formats": formats}],
        }

    def services(self) -> Node:
        """Everything that can be reported, and at the end what nobody knows how to call."""
        leaves = [(leaf.slug, Label(LabelSource.CATEGORY, leaf.slug), leaf.parent) for leaf in self.regency.offered()]
        unknown = (UNKNOWN, Label(LabelSource.TEXT, "category-none"), None)
        return [self._service(slug, label, group) for slug, label, group in (*leaves, unknown)]

    def _service(self, slug: str, label: Label, group: str | None) -> Node:
        name = self.say(label)
        return {
            "service_code": slug,
            "service_name": name,
            "description": self.say(line("open311-service", category=name, regency=self.regency.name)),
            "metadata": True,
            "type": "realtime",
            "keywords": name,
            "group": self.say(Label(LabelSource.CATEGORY, group)) if group else None,
        }

    def definition(self, slug: str) -> Node:
        """What may be sent with a request of this kind; none of it must."""
        types = [(kind.value, self.say(TYPES[kind])) for kind in ReportType]
        yes_no = [("true", self.say(line("open311-yes"))), ("false", self.say(line("open311-no")))]
        wanted: Sequence[tuple[str, str, Line, Sequence[tuple[str, str]]]] = (
            ("type", "singlevaluelist", line("open311-attribute-type"), types),
            ("secret", "singlevaluelist", line("open311-attribute-secret"), yes_no),
            ("named", "singlevaluelist", line("open311-attribute-named"), yes_no),
            ("reference", "string", line("open311-attribute-reference"), ()),
        )
        attributes = [
            {
                "variable": True,
                "code": code,
                "datatype": datatype,
                "required": False,
                "datatype_description": None,
                "order": order,
                "description": self.say(words),
                "values": [{"key": key, "name": name} for key, name in values],
            }
            for order, (code, datatype, words, values) in enumerate(wanted, 1)
        ]
        return {"service_code": slug, "attributes": attributes}

    def requests(self, listed: Sequence[ListedCase], moderated: Mapping[str, Moderated], today: date) -> Node:
        """Those that anybody may see, in their order; `moderated`: what moderators let anybody read of them."""
        return list(self._requests(listed, moderated, today))

    def _requests(
        self, listed: Sequence[ListedCase], moderated: Mapping[str, Moderated], today: date
    ) -> Iterator[Node]:
        for one in listed:
            if seen := see(one.case, None, Reader.ANYBODY):
                let_out = anybody_reads(one.case, moderated.get(one.case.ticket, NOTHING_MODERATED))
                yield self._request(seen.case, let_out, one.statistics, today)

    def _request(self, case: Case, moderated: Moderated, statistics: CaseStatistics, today: date) -> Node:
        label = self._category(case)
        return {
            "service_request_id": case.ticket,
            "status": "closed" if case.status in TERMINAL else "open",
            "status_notes": self._notes(case, moderated, is_late=is_late(statistics, today)),
            "service_name": self.say(label),
            "service_code": case.category or UNKNOWN,
            "description": moderated.title or self.say(title_of(case, self.regency)),
            "agency_responsible": self.say(Label(LabelSource.AGENCY, case.agency)),
            "service_notice": None,
            "requested_datetime": self._moment(statistics.received_on),
            "updated_datetime": self._moment(statistics.changed_on),
            "expected_datetime": self._moment(case.deadline, END_OF_DAY) if case.status in AWAITED else None,
            **self._place(case),
            "zipcode": None,
            "lat": None,
            "long": None,
            "media_url": None,
        }

    def _notes(self, case: Case, moderated: Moderated, *, is_late: bool) -> str:
        """Where it stands, and the answer where a moderator has let it out."""
        status = self.say(STATUS[case.status])
        notes = self.say(line("open311-late", status=status)) if is_late else status
        return f"{notes}: {moderated.answer}" if moderated.answer else notes

    def _category(self, case: Case) -> Label:
        return Label(LabelSource.CATEGORY, case.category) if case.category else Label(LabelSource.TEXT, "category-none")

    def _place(self, case: Case) -> Mapping[str, Node]:
        """No nearer than the district; nothing of what lies outside the regency."""
        place, district = case.location, self.regency.region(case.location.district or "")
        if place.outside is not None or place.outside_province:
            return {"address": None, "address_id": None}
        names = [district.name, self.regency.name] if district else [self.regency.name]
        return {"address": ", ".join(names), "address_id": district.code if district else self.regency.code}

    def _moment(self, day: date, at: time = time()) -> str:
        """A day as the specification writes moments; the hour is not told."""
        return datetime.combine(day, at, self.regency.time_zone).isoformat()

    def received(self, filed: FiledCase, posted: PostedRequest, *, is_urgent: bool) -> Node:
        """What is answered to whoever sent it: its number, who has it until when, and its reporter's own page."""
        case = filed.case
        agency, link = Label(LabelSource.AGENCY, case.agency), self.links.reporters_own(case.ticket)
        notice = [line("open311-notice", agency=agency, date=case.deadline), line("open311-own-page", link=link)]
        if posted.has_media:
            notice.append(line("open311-no-media"))
        if is_urgent and (hotline := self._hotline()):
            notice.append(line("open311-danger", name=hotline.name, number=hotline.number))
        told = " ".join(self.say(words) for words in notice)
        return [{"service_request_id": case.ticket, "service_notice": told, "account_id": None}]

    def _hotline(self) -> Hotline | None:
        return next(iter(self.regency.emergencies), None)

    def errors(self, status: int, words: Line) -> Node:
        """The error document of the specification for a request that is refused."""
        return [{"code": status, "description": self.say(words)}]
