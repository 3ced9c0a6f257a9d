"""The running service answers whatever is asked of it as its own OpenAPI document says: status, format and schema."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.schemas import APIOperation, BaseSchema

from bot.conversation.draft import UNKNOWN
from tests.integration.open311.keys import a_key, files
from tests.integration.process.service import running_service
from tests.patience import PATIENCE_SECONDS

pytestmark = pytest.mark.slow

EXAMPLES = 25
"""Of each operation and each mode; more were run once, when this was written."""


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
async def test_whatever_is_asked_is_answered_as_the_document_says(tmp_path: Path) -> None:
    async with running_service(tmp_path, nlu="off") as service:
        key = await a_key(tmp_path, "penguji")
        tickets = [await files(service.address, key) for _ in range(3)]
        await asyncio.to_thread(check_everything, service.address, key, tickets)


def check_everything(address: str, key: str, tickets: list[str]) -> None:
    schema = schemathesis.openapi.from_url(f"{address}/open311/v2/openapi.json")
    checked = [check(operation, key) for operation in operations(schema)]
    assert sorted(checked) == sorted(
        [
            "GET /discovery.{ending}",
            "GET /requests.{ending}",
            "GET /requests/{service_request_id}.{ending}",
            "GET /services.{ending}",
            "GET /services/{service_code}.{ending}",
            "GET /tokens/{token}.{ending}",
            "POST /requests.{ending}",
        ]
    )
    with httpx.Client(base_url=address) as reader:
        found = reader.get("/open311/v2/requests.json").json()
    assert set(tickets) <= {one["service_request_id"] for one in found}


def operations(schema: BaseSchema) -> Iterator[APIOperation]:
    for result in schema.get_all_operations():
        yield result.ok()


def check(operation: APIOperation, key: str) -> str:
    """What may be sent is taken, and what may not is refused."""
    headers = {"Authorization": f"Bearer {key}"} if operation.method.upper() == "POST" else {}
    for mode in GenerationMode:
        check_in(mode, operation, headers)
    return operation.label


def check_in(mode: GenerationMode, operation: APIOperation, headers: dict[str, str]) -> None:
    @settings(
        max_examples=EXAMPLES,
        derandomize=True,  # the same in each run: what a longer search finds belongs into a test of its own
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(mode))
    def holds(case: Case) -> None:
        sent = sendable(case) if mode is GenerationMode.POSITIVE else case
        sent.call_and_validate(headers=headers, timeout=PATIENCE_SECONDS)

    holds()


def sendable(case: Case) -> Case:
    """Without what no schema can say.

    Of two days the first comes first, a page begins behind one that was seen, and an unknown service needs words.
    """
    if case.query:
        case.query.pop("end_date" if "start_date" in case.query else "", None)
        case.query.pop("after", None)
    if isinstance(case.body, dict) and case.body.get("service_code") == UNKNOWN:
        case.body["description"] = "lampu mati"
    return case
