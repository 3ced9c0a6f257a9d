"""The door of other systems as an OpenAPI document: what tools read, and what tests hold the door to. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from actions.cases.case import ReportType
from bot.conversation.draft import UNKNOWN
from bot.integrations.open311.posted import (
    LATITUDE,
    LETTER_OR_DIGIT,
    LONGEST_DESCRIPTION,
    LONGEST_ID,
    LONGEST_LINE,
    LONGITUDE,
)
from bot.integrations.open311.query import LONGEST_VALUE, MOST_REQUESTS, STATUSES
from bot.integrations.open311.serialisation import MEDIA_TYPES, Ending, Node

type Schema = Mapping[str, Node]

TEXT: Final[Schema] = {"type": "string"}
NOTHING: Final[Schema] = {"type": "null"}
TEXT_OR_NOTHING: Final[Schema] = {"type": ["string", "null"]}
MOMENT: Final[Schema] = {"type": "string", "format": "date-time"}
YES_NO: Final[Schema] = {"type": "string", "enum": ["true", "false", ""]}
POSITION: Final[Schema] = {
    "required": ["lat", "long"],
    "properties": {"lat": {"minLength": 1}, "long": {"minLength": 1}},
}
NO_POSITION: Final[Schema] = {"properties": {"lat": {"maxLength": 0}, "long": {"maxLength": 0}}}
WAIT: Final[Schema] = {"Retry-After": {"description": "seconds", "schema": {"type": "integer"}}}


def openapi(endpoint: str, slugs: Collection[str], regions: Collection[str]) -> Node:
    """The document of a door at this address, with the categories and the regions that it knows."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Open311 GeoReport v2",
            "version": "2",
            "description": "https://wiki.open311.org/GeoReport_v2/; what this service adds stands in docs/open311.md.",
        },
        "servers": [{"url": endpoint}],
        "paths": _paths(),
        "components": {
            "schemas": {**_schemas(), "Form": _form(slugs, regions)},
            "securitySchemes": {
                "form": {"type": "apiKey", "in": "query", "name": "api_key"},
                "bearer": {"type": "http", "scheme": "bearer"},
            },
        },
    }


def _paths() -> Node:
    jurisdiction = _asked("jurisdiction_id", TEXT)
    return {
        "/discovery.{ending}": {"get": _get("discovery", "Discovery", [_ending()])},
        "/services.{ending}": {"get": _get("services", "Services", [_ending(), jurisdiction])},
        "/services/{service_code}.{ending}": {
            "get": _get("service_definition", "Definition", [_named("service_code"), _ending(), jurisdiction])
        },
        "/requests.{ending}": {
            "get": _get("service_requests", "Requests", [_ending(), jurisdiction, *_filters()]),
            "post": _post(),
        },
        "/requests/{service_request_id}.{ending}": {
            "get": _get("service_requests", "Requests", [_named("service_request_id"), _ending(), jurisdiction])
        },
        "/tokens/{token}.{ending}": {
            "get": _get("service_requests", "Requests", [_named("token"), _ending(), jurisdiction])
        },
    }


def _filters() -> Sequence[Node]:
    both = "|".join(STATUSES)
    return [
        _asked("service_request_id", {"type": "string", "maxLength": LONGEST_VALUE}),
        _asked("service_code", {"type": "string", "maxLength": LONGEST_VALUE}),
        _asked("start_date", _or_empty(MOMENT)),
        _asked("end_date", _or_empty(MOMENT)),
        _asked("status", {"type": "string", "pattern": f"^(({both})(,({both}))*)?$"}),
        _asked("limit", _or_empty({"type": "integer", "minimum": 1, "maximum": MOST_REQUESTS})),
        _asked("after", {"type": "string", "description": "as the Link of the page before has it"}),
    ]


def _get(root: str, schema: str, parameters: Sequence[Node]) -> Node:
    return {
        "summary": root,
        "operationId": f"get {schema} {len(parameters)}",
        "parameters": list(parameters),
        "security": [{}, {"form": []}, {"bearer": []}],
        "responses": {"200": _answer("done", schema), **_refusals()},
    }


def _post() -> Node:
    form = {"application/x-www-form-urlencoded": {"schema": {"$ref": "#/components/schemas/Form"}}}
    reference: Node = {
        "name": "Idempotency-Key",
        "in": "header",
        "schema": {"type": "string", "maxLength": LONGEST_ID},
        "description": "instead of attribute[reference]: the same is the same case for ever",
    }
    return {
        "summary": "send a request",
        "operationId": "post request",
        "parameters": [_ending(), reference],
        "requestBody": {"required": True, "content": form},
        "security": [{"bearer": []}],
        "responses": {"200": _answer("filed", "Received"), **_refusals()},
    }


def _refusals() -> Mapping[str, Node]:
    told = {
        "400": "something that was sent cannot be",
        "403": "the key is missing or wrong",
        "404": "there is none of this name or number",
    }
    soon = {"429": "asked or sent too often", "503": "the database is away"}
    refused = {status: _answer(words, "Errors") for status, words in told.items()}
    return refused | {status: _answer(words, "Errors", WAIT) for status, words in soon.items()}


def _answer(description: str, schema: str, headers: Schema | None = None) -> Node:
    json_type, xml_type = (MEDIA_TYPES[ending].partition(";")[0] for ending in (Ending.JSON, Ending.XML))
    content: Node = {json_type: {"schema": {"$ref": f"#/components/schemas/{schema}"}}, xml_type: {}}
    return {"description": description, "content": content, **({"headers": headers} if headers else {})}


def _ending() -> Node:
    formats: Schema = {"type": "string", "enum": [ending.value for ending in Ending]}
    return {"name": "ending", "in": "path", "required": True, "schema": formats}


def _named(name: str) -> Node:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]+$"}}


def _asked(name: str, schema: Schema) -> Node:
    return {"name": name, "in": "query", "required": False, "schema": schema}


def _schemas() -> Mapping[str, Node]:
    endpoint = _whole(specification=TEXT, url=TEXT, changeset=TEXT, type=TEXT, formats={"type": "array", "items": TEXT})
    attribute = _whole(
        variable={"type": "boolean"},
        code=TEXT,
        datatype={"enum": ["string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"]},
        required={"type": "boolean"},
        datatype_description=TEXT_OR_NOTHING,
        order={"type": "integer", "minimum": 1},
        description=TEXT,
        values=_list(_whole(key=TEXT, name=TEXT)),
    )
    service = _whole(
        service_code=TEXT,
        service_name=TEXT,
        description=TEXT,
        metadata={"type": "boolean"},
        type={"enum": ["realtime", "batch", "blackbox"]},
        keywords=TEXT,
        group=TEXT_OR_NOTHING,
    )
    return {
        "Discovery": _whole(changeset=TEXT, contact=TEXT, key_service=TEXT, endpoints=_list(endpoint)),
        "Services": _list(service),
        "Definition": _whole(service_code=TEXT, attributes=_list(attribute)),
        "Requests": _list(_request()),
        "Received": _list(_whole(service_request_id=TEXT, service_notice=TEXT, account_id=NOTHING)),
        "Errors": {**_list(_whole(code={"type": "integer"}, description=TEXT)), "minItems": 1},
    }


def _request() -> Schema:
    said = dict.fromkeys(("status_notes", "service_name", "service_code", "description", "agency_responsible"), TEXT)
    empty = dict.fromkeys(("service_notice", "zipcode", "lat", "long", "media_url"), NOTHING)
    return _whole(
        service_request_id={"type": "string", "pattern": "^LP-[0-9A-Z]{4}-[0-9A-Z]{4}$"},
        status={"enum": list(STATUSES)},
        requested_datetime=MOMENT,
        updated_datetime=MOMENT,
        expected_datetime={"anyOf": [MOMENT, NOTHING]},
        address=TEXT_OR_NOTHING,
        address_id=TEXT_OR_NOTHING,
        **said,
        **empty,
    )


WHERE_UNKNOWN: Final = f"has a letter or digit where service_code is {UNKNOWN}: else nothing tells what it is about"


def _form(slugs: Collection[str], regions: Collection[str]) -> Schema:
    a_line: Schema = {"type": "string", "maxLength": LONGEST_LINE}
    an_id: Schema = {"type": "string", "maxLength": LONGEST_ID}
    ignored = dict.fromkeys(("email", "device_id", "phone", "media_url", "api_key", "jurisdiction_id"), TEXT)
    return {
        "type": "object",
        "properties": {
            "service_code": {"type": "string", "enum": [*sorted(slugs), UNKNOWN]},
            "lat": {"type": "string", "pattern": f"^({LATITUDE.pattern})?$"},
            "long": {"type": "string", "pattern": f"^({LONGITUDE.pattern})?$"},
            "address_string": a_line,
            "address_id": {"type": "string", "enum": [*sorted(regions), ""]},
            "description": {"type": "string", "maxLength": LONGEST_DESCRIPTION, "description": WHERE_UNKNOWN},
            "account_id": an_id,
            "first_name": a_line,
            "last_name": a_line,
            "attribute[type]": {"type": "string", "enum": [*(kind.value for kind in ReportType), ""]},
            "attribute[secret]": YES_NO,
            "attribute[named]": YES_NO,
            "attribute[reference]": an_id,
            **ignored,
        },
        "required": ["service_code"],
        "anyOf": [POSITION, _filled("address_string", LETTER_OR_DIGIT.pattern), _filled("address_id", ".")],
        "allOf": [{"anyOf": [POSITION, NO_POSITION]}],
    }


def _filled(name: str, pattern: str) -> Schema:
    return {"required": [name], "properties": {name: {"pattern": pattern}}}


def _or_empty(schema: Schema) -> Schema:
    """What is empty counts as not there, says the specification."""
    return {"anyOf": [schema, {"const": ""}]}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _whole(**properties: Node) -> Schema:
    """An object that has all of these and nothing else."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
