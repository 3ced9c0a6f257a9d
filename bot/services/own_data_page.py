"""What is kept of a citizen as one page that needs nothing else: to be read on a telephone, and printed. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Any, Final

from bot.conversation.screen import Line, line

STYLE: Final = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:44rem;margin:0 auto;padding:1rem;color:#1a1a1a;background:#fff}"
    "h1{font-size:1.4rem}h2{font-size:1.15rem;margin-top:2rem;border-top:1px solid #ccc;padding-top:1rem}"
    "h3{font-size:1rem;margin-bottom:.2rem}"
    "dl{display:grid;grid-template-columns:minmax(6rem,max-content) 1fr;gap:.2rem 1rem}"
    "dt{color:#555}dd{margin:0}dd,li{white-space:pre-wrap;overflow-wrap:anywhere}"
    "ul{padding-left:1.1rem}li{margin:.5rem 0}time{color:#555;display:block;font-size:.85rem}a{color:#0b5394}"
    "@media(max-width:30rem){dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.5rem}}"
)
POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

TITLES: Final[Mapping[str, Line]] = {
    "reports": line("kept-reports"),
    "draft": line("kept-draft"),
    "supported": line("kept-supported"),
    "other_files": line("kept-files"),
    "learnt_from": line("kept-learnt"),
    "messages": line("kept-messages"),
}
LABELS: Final[Mapping[str, Line]] = {
    "made_at": line("kept-made-at"),
    "account": line("kept-account"),
    "filed_at": line("kept-filed-at"),
    "status": line("kept-status"),
    "category": line("kept-category"),
    "agency": line("kept-agency"),
    "story": line("kept-story"),
    "name": line("kept-name"),
    "place": line("kept-place"),
    "village": line("kept-village"),
    "pin": line("kept-pin"),
    "weekly_news_of": line("kept-weekly"),
    "steps": line("kept-steps"),
}
"""What is shown on the page; the JSON has all of it."""

MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT[\d:]{8}[+-]\d\d:\d\d")

type Say = Callable[[Line], str]


def page(told: Mapping[str, Any], language: str, say: Say) -> str:
    """The whole page.

    Args:
        told: as `OwnDocuments.told` has it.
        language: of the page.
        say: gives lines their words.
    """
    title = escape(say(line("kept-title")))
    body = [f"<h1>{title}</h1>", f"<p>{escape(say(line('kept-about')))}</p>", _facts(told, say)]
    body += [part for name, heading in TITLES.items() if told.get(name) for part in _section(name, heading, told, say)]
    return (
        f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f"<title>{title}</title><style>{STYLE}</style></head><body><main>{''.join(body)}</main></body></html>"
    )


def _section(name: str, heading: Line, told: Mapping[str, Any], say: Say) -> Iterator[str]:
    yield f"<h2>{escape(say(heading))}</h2>"
    found = told[name]
    if isinstance(found, Mapping):
        yield _facts(found, say)
    elif name == "reports":
        for report in found:
            yield f"<h3>{escape(str(report['ticket']))}</h3>{_facts(report, say)}{_files(report.get('files', ()), say)}"
            yield f"<h3>{escape(say(LABELS['steps']))}</h3>{_items(report.get('steps', ()), say)}"
    else:
        yield _items(found, say)


def _facts(told: Mapping[str, Any], say: Say) -> str:
    rows = [
        f"<dt>{escape(say(label))}</dt><dd>{escape(_value(told[name], say))}</dd>"
        for name, label in LABELS.items()
        if name in told and name != "steps"
    ]
    return f"<dl>{''.join(rows)}</dl>"


def _value(value: object, say: Say) -> str:
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return _when(value, say) if isinstance(value, str) and MOMENT.fullmatch(value) else str(value)


def _when(moment: str, say: Say) -> str:
    return say(line("kept-moment", at=datetime.fromisoformat(moment)))


def _items(found: Sequence[Mapping[str, Any]], say: Say) -> str:
    return f"<ul>{''.join(_item(one, say) for one in found)}</ul>"


def _item(one: Mapping[str, Any], say: Say) -> str:
    """When, who, and what: of a message, a step of a case, a file."""
    who = {"you": line("kept-by-you"), "service": line("kept-by-service"), "office": line("kept-by-office")}
    by = who.get(str(one.get("from") or one.get("by")))
    when = one.get("at") or one.get("since") or ""
    told = [str(one[name]) for name in ("what", "ticket", "rating", "words", "text") if one.get(name)]
    head = f"<time>{escape(_value(when, say))}{' · ' + escape(say(by)) if by else ''}</time>" if when else ""
    files = _files(one.get("files", ()), say) or (_link(one, say) if "kind" in one else "")
    return f"<li>{head}{escape(' · '.join(told))}{files}</li>"


def _files(found: Sequence[Mapping[str, Any]], say: Say) -> str:
    return f"<ul>{''.join(f'<li>{_link(one, say)}</li>' for one in found)}</ul>" if found else ""


def _link(one: Mapping[str, Any], say: Say) -> str:
    if one.get("address"):
        return f'<a href="{escape(str(one["address"]))}">{escape(say(line("kept-open-file")))}</a>'
    return escape(say(line("kept-file-gone")))
