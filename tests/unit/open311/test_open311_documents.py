"""The documents are those of the specification: names of elements, their order of nesting, formats and media types."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from tests.unit.open311.other_system import OtherSystem
from tests.unit.web_case.cases import DISTRICT, MARKED

SERVICE = {"service_code", "service_name", "description", "metadata", "type", "keywords", "group"}
ATTRIBUTE = {
    "variable",
    "code",
    "datatype",
    "required",
    "datatype_description",
    "order",
    "description",
    "values",
}
REQUEST = {
    "service_request_id",
    "status",
    "status_notes",
    "service_name",
    "service_code",
    "description",
    "agency_responsible",
    "service_notice",
    "requested_datetime",
    "updated_datetime",
    "expected_datetime",
    "address",
    "address_id",
    "zipcode",
    "lat",
    "long",
    "media_url",
}
"""As the specification's examples have them."""
W3C = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")


def names(element: ET.Element) -> set[str]:
    return {child.tag for child in element}


async def test_services_in_xml(other: OtherSystem) -> None:
    root = await other.reads_xml("/services.xml")
    assert (root.tag, {child.tag for child in root}) == ("services", {"service"})
    assert {frozenset(names(service)) for service in root} == {frozenset(SERVICE)}
    assert {service.findtext("metadata") for service in root} == {"true"}
    assert {service.findtext("type") for service in root} == {"realtime"}


async def test_services_in_json_are_the_leaves_and_what_nobody_knows(other: OtherSystem) -> None:
    services = await other.reads("/services.json")
    leaves = [leaf.slug for leaf in other.context.regency.leaves()]
    assert [service["service_code"] for service in services] == [*leaves, "unknown"]
    assert services[0]["metadata"] is True


async def test_a_definition_in_both_formats(other: OtherSystem) -> None:
    root = await other.reads_xml("/services/jalan.xml")
    assert (root.tag, names(root), root.findtext("service_code")) == (
        "service_definition",
        {"service_code", "attributes"},
        "jalan",
    )
    attributes = root.findall("attributes/attribute")
    assert {frozenset(names(attribute)) for attribute in attributes} == {frozenset(ATTRIBUTE)}
    assert names(root.findall("attributes/attribute/values/value")[0]) == {"key", "name"}
    told = await other.reads("/services/jalan.json")
    assert [attribute["code"] for attribute in told["attributes"]] == [a.findtext("code") for a in attributes]
    assert [attribute["order"] for attribute in told["attributes"]] == [1, 2, 3, 4]


async def test_requests_in_both_formats(other: OtherSystem) -> None:
    case = await other.office.files()
    root = await other.reads_xml("/requests.xml")
    assert (root.tag, [child.tag for child in root], names(root[0])) == ("service_requests", ["request"], REQUEST)
    [told] = await other.reads("/requests.json")
    assert (told.keys(), told["service_request_id"], told["status"]) == (REQUEST, case.ticket, "open")
    one = await other.reads_xml(f"/requests/{case.ticket}.xml")
    assert ET.tostring(one) == ET.tostring(root)


async def test_what_was_filed_is_answered_as_the_specification_has_it(other: OtherSystem) -> None:
    answer = await other.sends("/requests.xml")
    root = ET.fromstring(answer.content)  # noqa: S314 - our own
    assert (root.tag, names(root), names(root[0])) == (
        "service_requests",
        {"request"},
        {"service_request_id", "service_notice", "account_id"},
    )
    assert re.fullmatch(r"LP-\w{4}-\w{4}", root[0].findtext("service_request_id") or "")


async def test_discovery_in_both_formats(other: OtherSystem) -> None:
    root = await other.reads_xml("/discovery.xml")
    assert (root.tag, names(root)) == ("discovery", {"changeset", "contact", "key_service", "endpoints"})
    endpoint = root.findall("endpoints/endpoint")[0]
    assert names(endpoint) == {"specification", "url", "changeset", "type", "formats"}
    assert [found.text for found in endpoint.findall("formats/format")] == ["text/xml", "application/json"]
    told = await other.reads("/discovery.json")
    assert told["endpoints"][0]["url"] == "http://lapor.test/open311/v2"
    assert told["endpoints"][0]["specification"] == "http://wiki.open311.org/GeoReport_v2"


@pytest.mark.thorough
@pytest.mark.parametrize(("ending", "media_type"), [("xml", "text/xml"), ("json", "application/json")])
async def test_errors_have_the_format_that_was_asked_for(other: OtherSystem, ending: str, media_type: str) -> None:
    answer = await other.asks(f"/services/nothing.{ending}")
    assert (answer.status_code, answer.headers["content-type"]) == (404, f"{media_type}; charset=utf-8")
    if ending == "json":
        assert [error["code"] for error in answer.json()] == [404]
        return
    root = ET.fromstring(answer.content)  # noqa: S314 - our own
    assert (root.tag, names(root), names(root[0])) == ("errors", {"error"}, {"code", "description"})


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("application/json", "application/json"),
        ("text/html,application/xml;q=0.9", "text/xml"),
        ("*/*", "text/xml"),
        ("text/csv, application/json;q=0.5", "application/json"),
    ],
)
async def test_without_an_ending_the_head_of_the_request_decides(
    other: OtherSystem, accept: str, media_type: str
) -> None:
    other.headers["accept"] = accept
    for path in ("/services", "/services/jalan", "/requests", "/discovery"):
        assert (await other.asks(path)).headers["content-type"] == f"{media_type}; charset=utf-8"


async def test_a_format_that_there_is_not_is_no_page(other: OtherSystem) -> None:
    for path in ("/services.csv", "/requests/LP-2222-2222.html", "/discovery.txt"):
        answer = await other.asks(path)
        assert (answer.status_code, answer.headers["content-type"]) == (404, "text/xml; charset=utf-8")


async def test_moments_have_a_zone_and_tell_no_hour(other: OtherSystem) -> None:
    await other.office.files()
    [told] = await other.reads("/requests.json")
    moments = [told[f"{name}_datetime"] for name in ("requested", "updated", "expected")]
    assert [bool(W3C.fullmatch(moment)) for moment in moments] == [True, True, True]
    assert (moments[0][10:], moments[2][10:]) == ("T00:00:00+08:00", "T23:59:59+08:00")


async def test_nothing_of_a_reporter_is_told(other: OtherSystem) -> None:
    case = await other.office.files()
    for ending in ("json", "xml"):
        for path in (f"/requests.{ending}", f"/requests/{case.ticket}.{ending}"):
            answer = await other.asks(path)
            assert [mark for mark in (*MARKED, "64.09.01.1003") if mark in answer.text] == []
    [told] = await other.reads("/requests.json")
    assert (told["address"], told["address_id"]) == ("Penajam, Kabupaten Penajam Paser Utara", DISTRICT)


async def test_words_are_in_the_language_that_is_wished(other: OtherSystem) -> None:
    other.headers["accept-language"] = "en"
    names_of = {one["service_code"]: one["service_name"] for one in await other.reads("/services.json")}
    assert names_of["jalan"] == "Roads & bridges"
    assert b"Roads &amp; bridges" in (await other.asks("/services.xml")).content


async def test_a_token_is_never_known(other: OtherSystem) -> None:
    answer = await other.asks("/tokens/123.json")
    assert (answer.status_code, answer.json()[0]["code"]) == (404, 404)
