"""What happens in a running service shows in its numbers, and the board and the alerts ask for numbers that exist."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiohttp import ClientSession
from prometheus_client.parser import text_string_to_metric_families

from bot.observability.metrics import Metrics
from tests.fakes.telegram import FakeTelegram
from tests.integration.operations.fake_rasa import FakeRasa
from tests.integration.operations.spoilt import Spoilt
from tests.integration.process.reporting import lead_to_filing
from tests.integration.process.service import Service, running_service
from tests.integration.process.surroundings import CHECKOUT

BOARD = CHECKOUT / "deploy/grafana/lapor.json"
ALERTS = CHECKOUT / "deploy/prometheus/alerts.yml"
OURS = re.compile(r"\b(?:lapor|process)_[a-z0-9_]+\b")
STORY = "lampu jalan di jl provinsi km 5 mati sudah dua minggu"


async def numbers(service: Service) -> dict[tuple[str, str], float]:
    """Every number of the service, by its name and the values of its labels."""
    async with ClientSession() as session, session.get(f"{service.address}/metrics") as answer:
        assert answer.status == 200
        families = text_string_to_metric_families(await answer.text())
        return {
            (sample.name, ",".join(sample.labels.values())): sample.value
            for family in families
            for sample in family.samples
            if not sample.name.endswith("_bucket")
        }


@pytest.mark.slow
async def test_a_real_run_changes_every_number_that_counts_something(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram, FakeRasa("a-token") as rasa:
        settings = {"telegram_token": telegram.token, "telegram_api_url": telegram.url}
        async with running_service(tmp_path, nlu=rasa.url, nlu_token=rasa.token, **settings) as service:
            await service.becomes(status="ready", understanding="rasa")
            before = await numbers(service)
            siti, budi, database = telegram.citizen(), telegram.citizen(), Spoilt(service.database)
            await lead_to_filing(siti, await siti.says(STORY))
            rasa.ailments += [500]
            telegram.refuse("sendMessage", 500)
            await budi.sends_document(STORY, content=b"MZ" * 100)
            await budi.hears()
            database.puts_unreadable_rows()
            await database.comes_to_rest()
            after = await numbers(service)
    grown = {key: after[key] - before.get(key, 0) for key in after}
    assert grown["lapor_cases_filed_total", "telegram"] == 1
    at_least_one = {
        ("lapor_turn_seconds_count", "telegram"),
        ("lapor_turn_seconds_sum", "telegram"),
        ("lapor_turns_failed_total", "telegram"),
        ("lapor_turns_set_aside_total", "telegram"),
        ("lapor_messages_in_total", "telegram"),
        ("lapor_messages_out_total", "telegram,sent"),
        ("lapor_messages_out_total", "telegram,later"),
        ("lapor_messages_out_total", "telegram,unreachable"),
        ("lapor_files_total", "telegram,refused"),
        ("lapor_understanding_seconds_count", "rasa"),
        ("lapor_understanding_seconds_count", "keywords"),
        ("lapor_understanding_failures_total", "no_answer"),
        ("lapor_errors_total", "turn_failed,error"),
        ("lapor_errors_total", "not_understood,warning"),
    }
    assert {key for key in at_least_one if grown.get(key, 0) <= 0} == set()
    assert after["lapor_inbox_set_aside", ""] == 2
    assert [after[f"lapor_{what}_up", ""] for what in ("database", "understanding")] == [1, 1]
    assert after["lapor_channel_up", "telegram"] == 1


def exported() -> set[str]:
    """The names under which a service's own numbers are shown."""
    kinds = {"histogram": ("_bucket", "_count", "_sum"), "counter": ("_total",)}
    families = list(Metrics().registry.collect())
    return {family.name + end for family in families for end in kinds.get(family.type, ("",))}


def asked(text: str) -> set[str]:
    return set(OURS.findall(text))


def expressions() -> Iterator[str]:
    board = json.loads(BOARD.read_text(encoding="utf-8"))
    for panel in board["panels"]:
        for target in panel["targets"]:
            yield target["expr"]


def test_the_board_asks_for_numbers_that_exist() -> None:
    assert asked(" ".join(expressions())) - exported() == set()


def test_the_board_shows_every_number_of_ours() -> None:
    shown = {re.sub("_(bucket|count|sum)$", "", name) for name in asked(" ".join(expressions()))}
    ours = {re.sub("_(bucket|count|sum)$", "", name) for name in exported() if name.startswith("lapor_")}
    assert ours - shown == set()


def test_no_two_panels_of_the_board_lie_on_each_other() -> None:
    panels = json.loads(BOARD.read_text(encoding="utf-8"))["panels"]
    places = [panel["gridPos"] for panel in panels]
    cells = [
        (x, y)
        for place in places
        for x in range(place["x"], place["x"] + place["w"])
        for y in range(place["y"], place["y"] + place["h"])
    ]
    assert len(cells) == len(set(cells))
    assert len({panel["id"] for panel in panels}) == len(panels)


def test_the_alerts_ask_for_numbers_that_exist() -> None:
    lines = [line for line in ALERTS.read_text(encoding="utf-8").splitlines() if line.strip().startswith("expr:")]
    assert len(lines) == ALERTS.read_text(encoding="utf-8").count("- alert:")
    assert asked(" ".join(lines)) - exported() == set()


def test_no_number_has_a_label_that_could_name_a_citizen_or_her_case() -> None:
    metrics = Metrics()
    labels = {label for name in vars(metrics) for label in getattr(vars(metrics)[name], "_labelnames", ())}
    assert labels == {"channel", "result", "by", "why", "level", "event", "kind"}
