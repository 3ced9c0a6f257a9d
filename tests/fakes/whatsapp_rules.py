"""What the Cloud API refuses of a message, from its documents. Pure: a payload in, an error code or 0 out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

NOT_VALID, MISSING, BAD_PARAMETER, KIND = 131009, 131008, 100, 131051
NO_TEMPLATE, WRONG_COUNT, PAUSED = 132001, 132000, 132015
TEXT, BODY, TITLE, ROW_TITLE, DESCRIPTION, BUTTON_ID, ROW_ID = 4096, 1024, 20, 24, 72, 256, 200
BUTTONS, ROWS = 3, 10
OFFICE = "application/vnd.openxmlformats-officedocument"
DOCUMENT_TYPES = {
    "text/plain",
    "application/pdf",
    "application/msword",
    "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint",
    f"{OFFICE}.wordprocessingml.document",
    f"{OFFICE}.spreadsheetml.sheet",
    f"{OFFICE}.presentationml.presentation",
}
"""What can be sent as a document."""


def refused(payload: Mapping[str, Any]) -> int:
    """The code with which this message is refused; 0 where it is sent."""
    if payload.get("messaging_product") != "whatsapp" or not str(payload.get("to", "")).isdecimal():
        return BAD_PARAMETER
    match payload.get("type"):
        case "text":
            return 0 if 0 < len(payload["text"]["body"]) <= TEXT else NOT_VALID
        case "interactive":
            return _interactive(payload["interactive"])
        case "document":
            return 0 if payload["document"].get("id") else MISSING
        case "template":
            return 0
    return KIND


def _interactive(given: Mapping[str, Any]) -> int:
    if not 0 < len(given["body"]["text"]) <= BODY:
        return NOT_VALID
    match given["type"]:
        case "button":
            replies = [button["reply"] for button in given["action"]["buttons"]]
            titles, names = [one["title"] for one in replies], [one["id"] for one in replies]
            is_good = 0 < len(replies) <= BUTTONS and _fit(titles, TITLE) and _fit(names, BUTTON_ID)
            return 0 if is_good and len({*titles}) == len(titles) and len({*names}) == len(names) else NOT_VALID
        case "list":
            return _list(given["action"])
        case "location_request_message":
            return 0 if given["action"] == {"name": "send_location"} else NOT_VALID
    return KIND


def _list(action: Mapping[str, Any]) -> int:
    rows = [row for section in action["sections"] for row in section["rows"]]
    names = [row["id"] for row in rows]
    is_good = 0 < len(rows) <= ROWS and _fit([row["title"] for row in rows], ROW_TITLE) and _fit(names, ROW_ID)
    described = all(len(row.get("description", "-")) <= DESCRIPTION for row in rows)
    return 0 if is_good and described and len({*names}) == len(names) and _fit([action["button"]], TITLE) else NOT_VALID


def _fit(words: list[str], most: int) -> bool:
    return all(0 < len(one) <= most for one in words)


def refused_template(payload: Mapping[str, Any], known: Mapping[tuple[str, str], int]) -> int:
    """The same of a template, by how many places each approved one has."""
    given = payload["template"]
    wanted = known.get((given["name"], given["language"]["code"]))
    if wanted is None:
        return NO_TEMPLATE
    filled = [one for component in given["components"] for one in component["parameters"]]
    return 0 if len(filled) == wanted and all("\n" not in one["text"] for one in filled) else WRONG_COUNT
