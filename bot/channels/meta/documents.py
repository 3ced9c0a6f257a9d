"""A file that is sent along, in a form that WhatsApp takes: Meta takes neither HTML nor JSON, but plain text. Pure."""

from __future__ import annotations

from typing import Final

from inscriptis import get_text
from inscriptis.css_profiles import RELAXED_CSS_PROFILE
from inscriptis.html_properties import Display
from inscriptis.model.config import ParserConfig
from inscriptis.model.html_element import HtmlElement

from bot.messaging.ports import Document

PLAIN: Final = "text/plain"
HTML: Final = "text/html"
OF_HTML: Final = ".html"
A_LINE: Final = HtmlElement(display=Display.block)
SET_IN: Final = HtmlElement(display=Display.block, padding_inline=2)
WITH_ADDRESSES: Final = ParserConfig(
    css={**RELAXED_CSS_PROFILE, "dt": A_LINE, "dd": SET_IN, "time": A_LINE}, display_links=True
)


def in_plain_text(document: Document) -> Document:
    """The same in plain text: of a page the words that a browser shows, with the addresses; anything else unchanged."""
    name, content = document.name, document.content
    if document.media_type.startswith(HTML):
        name = name.removesuffix(OF_HTML)
        content = get_text(content.decode(), WITH_ADDRESSES).strip().encode()
    return Document(f"{name}.txt", PLAIN, content)
