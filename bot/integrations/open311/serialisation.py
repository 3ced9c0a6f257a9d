"""Documents of the specification as bytes: JSON, and XML by its Spark convention (a list is an element of elements).

The specification's XML has no attributes and no namespace: only names and text. Pure.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from html import escape
from typing import Final

type Value = str | int | float | bool | None
type Node = Value | Mapping[str, Node] | Sequence[Node]


class Ending(StrEnum):
    """The formats, as an address ends with them."""

    XML = "xml"
    JSON = "json"


MEDIA_TYPES: Final[Mapping[Ending, str]] = {
    Ending.XML: "text/xml; charset=utf-8",
    Ending.JSON: "application/json; charset=utf-8",
}
ELEMENTS: Final = {
    "services": "service",
    "attributes": "attribute",
    "values": "value",
    "service_requests": "request",
    "errors": "error",
    "endpoints": "endpoint",
    "formats": "format",
}
"""What the members of a list are called, by what the list is called."""
NOT_IN_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, however it is written."""


def written(name: str, document: Node, ending: Ending) -> bytes:
    """A document. `name` is that of its root, which JSON does not have."""
    if ending is Ending.JSON:
        return json.dumps(document, ensure_ascii=False).encode("utf-8", "replace")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{_element(name, document)}\n'.encode("utf-8", "replace")


def _element(name: str, node: Node) -> str:
    inner = _inner(name, node)
    return f"<{name}>{inner}</{name}>" if inner else f"<{name}/>"


def _inner(name: str, node: Node) -> str:
    if node is None:
        return ""
    if isinstance(node, bool):
        return str(node).lower()
    if isinstance(node, str | int | float):
        return escape(NOT_IN_XML.sub("", str(node)), quote=False)
    if isinstance(node, Mapping):
        return "".join(_element(key, value) for key, value in node.items())
    return "".join(_element(ELEMENTS[name], one) for one in node)
