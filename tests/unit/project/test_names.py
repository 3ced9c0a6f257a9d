"""One idea, one word: names that the code no longer uses, and class names that would stand for several classes."""

import ast
import io
import tokenize
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parents[3]
MODULES = sorted(file for folder in ("bot", "actions") for file in (HOME / folder).rglob("*.py"))

SAY_INSTEAD = {
    "Clerk": "TurnHandler",
    "Teller": "Notifier",
    "Hands": "ChatLeases",
    "Hand": "ChatLease",
    "Duty": "TaskLease",
    "duty": "task_lease",
    "on_duty": "leader",
    "leash": "parent_watch",
    "lifeline": "parent_watch",
    "Letter": "OutboxMessage",
    "Outgoing": "OutboxMessage",
    "taps": "callback_data",
    "seats": "chat_bindings",
    "shelf": "registry or cache",
    "workshop": "SandboxPool or RasaEnvironment",
    "Workshop": "SandboxPool or RasaEnvironment",
    "workbench": "model_context",
    "Workbench": "ModelContext",
    "rhythm": "BatchInterval",
    "pace": "RateLimiter",
    "rehearse": "warm_up",
    "heard": "meaning",
    "hearing": "understanding",
    "Listener": "UnderstandingService",
    "act": "command",
    "Act": "CaseCommand",
    "deed": "action",
    "Deed": "CaseAction",
    "standing": "case_state",
    "Standing": "CaseState",
    "withheld": "suppressed",
    "discreet": "confidential",
    "renewal": "restart",
    "Renewal": "Restart",
    "bells": "sse_signals",
    "Office": "CaseOffice",
    "Room": "OfficersSession",
    "Staff": "StaffAccounts",
    "RoomDoor": "PageContext",
    "RoomPage": "Page",
    "door": "context",
    "NeighbourDesk": "NearbyCases",
}
"""Left: a name of ours that nobody in the field uses. Right: what an engineer of the field expects."""

SEVERAL_MEANINGS = 10


def _names(file: Path) -> Iterator[str]:
    tokens = tokenize.generate_tokens(io.StringIO(file.read_text(encoding="utf-8")).readline)
    return (token.string.strip("_") for token in tokens if token.type == tokenize.NAME)


def test_no_name_is_a_word_that_only_we_would_know() -> None:
    used = [(str(file.relative_to(HOME)), name) for file in MODULES for name in set(_names(file)) & set(SAY_INSTEAD)]
    assert [f"{file}: say {SAY_INSTEAD[name]}, not {name}" for file, name in used] == []


@pytest.mark.thorough
def test_a_class_name_stands_for_one_class() -> None:
    places = defaultdict(list)
    for file in MODULES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(str(file.relative_to(HOME)))
    several = {name: files for name, files in places.items() if len(files) > 1}
    assert len(several) <= SEVERAL_MEANINGS, several
