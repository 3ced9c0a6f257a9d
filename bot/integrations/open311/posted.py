"""What another system sends as a request: the specification's form, and what of it is taken. Pure.

Of the person herself nothing is taken but, where she wants to be named, her name: neither her address nor her number
nor her device. Her account at the other door only tells her reports from those of others, and is never kept itself.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl

from actions.cases.case import ReportType
from bot.conversation.dialogue import UNKNOWN
from bot.integrations.open311.problems import NAMELESS_SERVICE, NO_PLACE, NO_SUCH_SERVICE, UNREADABLE, TurnedAway, wrong
from bot.services.effect_runner import LONGEST_NAME

MOST_BYTES: Final = 65_536
MOST_FIELDS: Final = 100
LONGEST_DESCRIPTION: Final = 4000
"""The specification's, in letters."""
LONGEST_LINE: Final = 400
LONGEST_ID: Final = 200
ATTRIBUTE: Final = re.compile(r"attribute\[([A-Za-z0-9_-]{1,40})\](?:\[\])?")
NOT_WRITTEN: Final = re.compile(r"\r\n?|[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029]")
LATITUDE: Final = re.compile(r"[+-]?([0-8]?[0-9](\.[0-9]{0,30})?|90(\.0{0,30})?)")
LONGITUDE: Final = re.compile(r"[+-]?((1[0-7])?[0-9](\.[0-9]{0,30})?|[1-9][0-9](\.[0-9]{0,30})?|180(\.0{0,30})?)")
LETTER_OR_DIGIT: Final = re.compile("[0-9A-Za-z]")
YES: Final = {"true": True, "false": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedRequest:
    """A request as it was sent, every part of it looked at.

    Attributes:
        category: leaf slug; None where its sender does not know.
        description: "" where none was sent.
        lat, lon: in degrees, both or neither.
        region: Kemendagri's code, as `address_id` names it; "" for none.
        account: who she is at the other door; "" where that is not told.
        reference: the sender's own; the same is the same case for ever. "" for none.
        name: where she wants to be named.
        has_media: a picture was pointed at, which is not fetched.
    """

    category: str | None
    type: ReportType
    description: str
    address: str = ""
    lat: float | None = None
    lon: float | None = None
    region: str = ""
    account: str = ""
    reference: str = field(default="", repr=False)
    name: str | None = None
    is_secret: bool = False
    has_media: bool = False


def read_form(body: bytes, media_type: str) -> dict[str, str]:
    """The fields of a form; of one that is sent twice the last.

    Raises:
        TurnedAway: it is no form, or larger than any request.
    """
    if media_type.partition(";")[0].strip().lower() != "application/x-www-form-urlencoded" or len(body) > MOST_BYTES:
        raise TurnedAway(UNREADABLE)
    try:
        pairs = parse_qsl(body.decode(), encoding="utf-8", errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError:
        raise TurnedAway(UNREADABLE) from None
    return dict(pairs)


def read_posted(
    form: Mapping[str, str], slugs: Collection[str], regions: Collection[str], header: str = ""
) -> PostedRequest:
    """What of a form is taken.

    Args:
        form: its fields; what is empty counts as not there.
        slugs: of the categories there are.
        regions: codes of the region's villages and districts.
        header: the request's own Idempotency-Key, where it has one.

    Raises:
        TurnedAway: something is missing, or cannot be.
    """
    attributes = {found[1]: value for name, value in form.items() if (found := ATTRIBUTE.fullmatch(name))}
    lat, lon = _position(form)
    address, region = _line(form, "address_string"), form.get("address_id", "").strip()
    if region and region not in regions:
        raise TurnedAway(wrong("address_id"))
    if lat is None and not LETTER_OR_DIGIT.search(address) and not region:
        raise TurnedAway(NO_PLACE)
    category, description = _category(form, slugs), _description(form)
    if category is None and not LETTER_OR_DIGIT.search(description):  # nothing would tell what it is about
        raise TurnedAway(wrong("description"))
    names = [_line(form, name) for name in ("first_name", "last_name")]
    return PostedRequest(
        category=category,
        type=ReportType(_one_of(attributes, "type", [kind.value for kind in ReportType]) or "complaint"),
        description=description,
        address=address,
        lat=lat,
        lon=lon,
        region=region,
        account=_id(form, "account_id"),
        reference=_id(attributes, "reference") or _id({"Idempotency-Key": header}, "Idempotency-Key"),
        name=" ".join(filter(None, names))[:LONGEST_NAME] or None if _is_yes(attributes, "named") else None,
        is_secret=_is_yes(attributes, "secret"),
        has_media=bool(form.get("media_url", "").strip()),
    )


def _category(form: Mapping[str, str], slugs: Collection[str]) -> str | None:
    slug = form.get("service_code", "").strip()
    if not slug:
        raise TurnedAway(NAMELESS_SERVICE)
    if slug != UNKNOWN and slug not in slugs:
        raise TurnedAway(NO_SUCH_SERVICE)
    return None if slug == UNKNOWN else slug


def _position(form: Mapping[str, str]) -> tuple[float | None, float | None]:
    lat, lon = _degrees(form, "lat", LATITUDE), _degrees(form, "long", LONGITUDE)
    if (lat is None) != (lon is None):
        raise TurnedAway(wrong("lat, long"))
    return lat, lon


def _degrees(form: Mapping[str, str], name: str, written: re.Pattern[str]) -> float | None:
    typed = form.get(name, "").strip()
    if typed and not written.fullmatch(typed):
        raise TurnedAway(wrong(name))
    return float(typed) if typed else None


def _description(form: Mapping[str, str]) -> str:
    words = NOT_WRITTEN.sub(lambda found: "\n" if "\r" in found[0] else " ", form.get("description", "")).strip()
    if len(words) > LONGEST_DESCRIPTION:
        raise TurnedAway(wrong("description"))
    return words


def _line(form: Mapping[str, str], name: str) -> str:
    words = " ".join(NOT_WRITTEN.sub(" ", form.get(name, "")).split())
    if len(words) > LONGEST_LINE:
        raise TurnedAway(wrong(name))
    return words


def _id(form: Mapping[str, str], name: str) -> str:
    told = form.get(name, "").strip()
    if len(told) > LONGEST_ID:
        raise TurnedAway(wrong(name))
    return told


def _one_of(attributes: Mapping[str, str], name: str, values: Sequence[str]) -> str:
    told = attributes.get(name, "").strip().lower()
    if told and told not in values:
        raise TurnedAway(wrong(f"attribute[{name}]"))
    return told


def _is_yes(attributes: Mapping[str, str], name: str) -> bool:
    return YES.get(_one_of(attributes, name, list(YES)), False)
