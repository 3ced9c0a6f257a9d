"""200 messages as people write them, through the real process: 200 cases, and not a word of theirs in the log."""

from __future__ import annotations

import asyncio
import csv
import json
import os
import re
from pathlib import Path

import pytest

from bot.understanding.rasa.environment import find_uv
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_people import Citizen
from tests.integration.nlu.training import trained_once, with_its_model
from tests.integration.process.commands import lapor
from tests.integration.process.reporting import Stuck, lead_to_filing
from tests.integration.process.service import Service, running_service
from tests.integration.process.surroundings import CHECKOUT

pytestmark = [pytest.mark.slow, pytest.mark.asyncio]

MESSAGES = 200
TRAINING_SECONDS = 900.0
MOST_LETTERS = 4096
MORE_WORDS = "ada yang rusak dekat rumah saya, mohon segera ditangani petugas"
WORDS_IN_A_ROW = 4
WITH_UV = pytest.mark.skipif(find_uv() is None, reason="uv is not on the path; ./lapor test brings it")
RASA = pytest.param("rasa", "rasa", marks=[pytest.mark.rasa, WITH_UV])
NAMES = ("Zulaikha Hutagalung", "Bambang Sastrowardoyo", "Nur Aini Djojohadikusumo", "Yohanes Wangsamihardja")


def real_messages() -> list[str]:
    """Real complaints where they are at hand; they are never to be printed, nor kept."""
    folder = Path(os.environ.get("LAPOR_REAL_COMPLAINTS") or CHECKOUT.parent / "shared/real-complaints")
    found = []
    for part in sorted(folder.glob("part*.csv")):
        with part.open(encoding="utf-8", newline="") as lines:
            found += [row["text"].strip() for row in csv.DictReader(lines)]
    return found


def authored_messages() -> list[str]:
    """The sentences that the model learns from."""
    files = sorted((CHECKOUT / "data/nlu/category").glob("*.yml"))
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return [found[1].strip() for line in lines if (found := re.match(r"\s+- (?!intent:)(.+)", line))]


def chosen_messages() -> list[str]:
    """200 of them, from everywhere in the list."""
    known = [text for text in real_messages() or authored_messages() if text]
    return [known[number * len(known) // MESSAGES] for number in range(MESSAGES)]


def typed(text: str) -> list[str]:
    """A text as the app sends it: a long one in several messages."""
    pieces = [text[at : at + MOST_LETTERS].strip() for at in range(0, len(text), MOST_LETTERS)]
    return [piece for piece in pieces if piece]


async def report(citizen: Citizen, row: int, text: str) -> str:
    """Get one row filed; what goes wrong is told by the row's number alone."""
    try:
        messages = [await citizen.says(piece) for piece in typed(text)]
        return await lead_to_filing(citizen, messages[0], knows_category=row % 4 > 0, more_words=MORE_WORDS)
    except Exception as error:  # noqa: BLE001 - whatever it is, its words may be hers
        raise Stuck(f"row {row}: {error if isinstance(error, Stuck) else type(error).__name__}") from None


def rows_that_show(texts: list[str], written: str) -> list[int]:
    """Numbers of the rows of which four words in a row stand in what was written."""
    said = runs(written)
    return [row for row, text in enumerate(texts) if not said.isdisjoint(runs(text))]


def runs(text: str) -> set[tuple[str, ...]]:
    """Every four words in a row."""
    words = re.findall(r"\w+", text.casefold())
    return set(zip(*(words[at:] for at in range(WORDS_IN_A_ROW)), strict=False))


def all_that_was_written(service: Service) -> str:
    """Stdout, stderr and every file beside the database."""
    kept = {".db", ".tar", ".gz"}  # the database, and the model, which was learnt from sentences like these
    files = (path for path in service.database.parent.rglob("*") if path.is_file())
    logs = [path for path in files if not any(ending in path.name for ending in kept)]
    return "\n".join([service.stdout, service.stderr, *(path.read_text(errors="replace") for path in logs)])


def events_of_errors(log: str) -> list[str]:
    """What was logged as an error, by its name; anything that is no name is left out, since it may be hers."""
    errors = [line for line in log.splitlines() if '"level": "error"' in line or "Traceback" in line]
    return [found[1] if (found := re.search(r'"event": "(\w+)"', line)) else "?" for line in errors]


@pytest.mark.parametrize(("nlu", "understanding"), [("off", "keywords"), ("compiled", "compiled"), RASA])
async def test_200_people_are_led_to_200_cases(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, nlu: str, understanding: str
) -> None:
    # Nothing here may be compared with `assert` that holds a text: pytest would print it.
    texts = chosen_messages()
    async with FakeTelegram() as telegram:
        people = [telegram.citizen(NAMES[row % 4], last_name=f"Ke{row}") for row in range(MESSAGES)]
        settings = {"telegram_token": telegram.token, "telegram_api_url": telegram.url, "nlu": nlu}
        if nlu == "rasa":
            home = await asyncio.to_thread(trained_once, tmp_path_factory)
            settings["config_dir"] = str(with_its_model(tmp_path, home))
        async with running_service(tmp_path, **settings) as service:
            await service.becomes(TRAINING_SECONDS, understanding=understanding)
            reports = [report(person, row, text) for row, (person, text) in enumerate(zip(people, texts, strict=True))]
            outcomes = await asyncio.gather(*reports, return_exceptions=True)
            failed = [str(outcome) for outcome in outcomes if isinstance(outcome, BaseException)]
            assert failed == []
        listed = await lapor(tmp_path, "case", "list", "--json")
        tickets = [case["ticket"] for case in json.loads(listed.stdout)]
        assert sorted(tickets) == sorted(map(str, outcomes))
        assert len(tickets) == MESSAGES

        written = all_that_was_written(service)
        assert events_of_errors(service.stderr) == []
        shown = rows_that_show(texts, written)
        assert shown == []
        private = {"token": telegram.token, "secret of the token": telegram.token.partition(":")[2]}
        private |= {f"name of {row}": str(person.user["first_name"]) for row, person in enumerate(people)}
        private |= {f"id of {row}": str(person.id) for row, person in enumerate(people)}
        told = [what for what, words in private.items() if words in written]
        assert told == []


async def test_a_word_of_hers_in_the_log_would_be_seen() -> None:
    texts = ["Lampu jalan di depan masjid, mati!", "air ledeng keruh"]
    assert rows_that_show(texts, '{"event": "heard", "text": "jalan di depan \\"masjid\\""}') == [0]
    assert events_of_errors('{"event": "turn_failed", "level": "error"}') == ["turn_failed"]
