"""A hundred new reports verified by keyboard in Chromium: `python -m tests.bench.verifying [--cases 5000] [--seed 1]`.

They are authored messages that no model has learned (`data/held_back/later_messages.csv`), of every category alike but
the one that has no agency, whose senders pressed *Tidak tahu*; what the desk proposes is what the model that comes with
the project makes of them. A robot presses the key that is right; where none is, it opens the case and fills in the
form. Every key counts, each letter too. Secret, sensitive and urgent ones are told apart. Behind them lie so many other
cases.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import random
import statistics
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from playwright.async_api import async_playwright
from sqlalchemy import update

from actions.cases.case import OPEN, Severity, Status, Words
from actions.cases.routing import route
from actions.people.roles import Role
from actions.store.engine.tables import cases
from bot.web.shared.server import listen
from tests.bench.desk import fill
from tests.bench.machine import machine
from tests.bench.understanding import the_model
from tests.browser.chromium import CHROMIUM, OPTIONS
from tests.browser.houses import answering
from tests.browser.robot import RightPlace, VerifyingRobot, WorkedCase
from tests.browser.visitors import Visitor
from tests.talks.database import new_database
from tests.unit.people.officers import PASSWORD
from tests.unit.web_desk.desks import PLACE, StaffedDesk, a_desk

MESSAGES = Path(__file__).resolve().parents[2] / "data" / "held_back" / "later_messages.csv"
REPORTS = 100
SECRET_IS_ONE_IN, URGENT_IS_ONE_IN = 20, 10
IN_TRUST, UNPLACED = "inspektorat", "lainnya"
"""What is secret lies with the one; the other category has no agency, and stays with the verifiers."""
ORDINARY, URGENT, HELD = "ordinary", "urgent", "secret or sensitive"


def messages(seed: int = 1) -> list[tuple[str, str]]:
    """Text and category of a hundred of them, in an order of chance that is the same in every run of a seed."""
    with MESSAGES.open(encoding="utf-8", newline="") as opened:
        known = [(row["text"], row["category"]) for row in csv.DictReader(opened) if row["category"] != UNPLACED]
    random.Random(seed).shuffle(known)  # noqa: S311 - the same in every run
    return known[:REPORTS]


async def file_all(desk: StaffedDesk, seed: int) -> tuple[Mapping[str, RightPlace], Mapping[str, str]]:
    """Files them; returns where each belongs, and of which kind it is."""
    regency, model = desk.gate.desk.regency, the_model(small=True)
    right, kinds = dict[str, RightPlace](), dict[str, str]()
    for number, (text, category) in enumerate(messages(seed)):
        is_sensitive, is_secret = regency.categories[category].sensitive, number % SECRET_IS_ONE_IN == 0
        is_urgent = number % URGENT_IS_ONE_IN == 1
        ticket = await desk.files(
            text,
            category=None,
            words=Words(text),
            secret=is_secret,
            sensitive=is_sensitive,
            severity=Severity.URGENT if is_urgent else Severity.NORMAL,
        )
        guesses = model.read(text).categories
        await desk.understands(ticket, [[guess.name, guess.confidence] for guess in guesses])
        case, _ = await desk.read(ticket)
        decision = route(
            regency, type=case.type, category=category, location=PLACE, severity=case.severity, sensitive=False
        )
        label = regency.categories[category].labels["id"]
        agency = regency.agencies[decision.agency]
        right[ticket] = RightPlace(decision.agency, agency.name, category, label)
        kinds[ticket] = HELD if is_secret or is_sensitive else URGENT if is_urgent else ORDINARY
    return right, kinds


async def work(folder: Path, count: int, seed: int) -> tuple[Sequence[WorkedCase], Mapping[str, str]]:
    """The lists of a verifier and of whoever holds what is secret, each until it is empty."""
    with listen("127.0.0.1", 0) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        desk = await a_desk(folder, await new_database(), public_url=address)
        await fill(desk.gate.database, count)
        async with desk.gate.database.writing() as connection:
            waits = cases.c.status.in_([status.value for status in OPEN])
            await connection.execute(update(cases).where(waits).values(status=Status.IN_PROGRESS.value))
        await desk.gate.hires("Rina", Role.VERIFIER)
        await desk.gate.hires("Ida", Role.LIAISON, agency=IN_TRUST)
        right, kinds = await file_all(desk, seed)
        async with answering(desk.gate.house.app, listening), async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
            done = [one for name in ("Rina", "Ida") for one in await _works(browser, address, name, right)]
            await browser.close()
            desk.gate.house.context.sse_signals.close()
        await desk.gate.house.closes()
    return done, kinds


async def _works(browser: object, address: str, name: str, right: Mapping[str, RightPlace]) -> list[WorkedCase]:
    context = await browser.new_context(locale="id-ID", viewport={"width": 1366, "height": 768})  # type: ignore[attr-defined]
    officer = await Visitor.arrives(context, f"{address}/desk")
    await officer.page.get_by_label("Nama").fill(name)
    await officer.page.get_by_label("Kata sandi").fill(PASSWORD)
    await officer.page.keyboard.press("Enter")
    await officer.page.get_by_role("link", name="Akun").wait_for()
    robot = VerifyingRobot(officer, right)
    done = await (robot.works() if name == "Rina" else robot.takes_up())
    await context.close()
    return done


def tell(done: Sequence[WorkedCase], kinds: Mapping[str, str]) -> None:
    """Presses a case, and how long the next case took, by kind."""
    print(machine())
    for kind in (ORDINARY, URGENT, HELD):
        some = [one for one in done if kinds[one.ticket] == kind]
        if not some:
            continue
        presses, seconds = [one.presses for one in some], sorted(one.seconds for one in some)
        alone = sum(one == 1 for one in presses)
        print(
            f"{kind}: {len(some)} cases, {statistics.fmean(presses):.2f} presses a case ({alone} with one key, at most "
            f"{max(presses)}); key to next case median {statistics.median(seconds):.2f} s, longest {seconds[-1]:.2f} s"
        )
    left = len(kinds) - len(done)
    print(f"all: {len(done)} cases, {statistics.fmean(one.presses for one in done):.2f} presses a case; {left} left")


def main() -> None:
    """Measure."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cases", type=int, default=5_000)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        done, kinds = asyncio.run(work(Path(folder), asked.cases, asked.seed))
    tell(done, kinds)


if __name__ == "__main__":
    main()
