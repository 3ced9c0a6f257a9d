"""What an officer reads at the desk of a file that is not taken, and of cases that are alike, in Chromium."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import expect

from actions.cases.actions import CaseAction
from actions.cases.event_words import Enclosure
from actions.people.roles import REPORTER, Actor, Role
from tests.browser.conftest import Arrive
from tests.browser.test_browser_day import is_for_everybody, served, signed_in
from tests.unit.web_desk.desks import StaffedDesk

pytestmark = pytest.mark.slow
__all__ = ["served"]
PROOF = (Enclosure("photo", "web", "desk-1", "web-0123456789"),)
DAYS = 30
LIAISON = Actor(Role.LIAISON, "9", "dishub")


@pytest.mark.parametrize("width", [1366, 390])
async def test_a_file_that_is_not_taken_is_named_and_what_is_taken_is_said(
    served: tuple[StaffedDesk, str], arrive: Arrive, width: int, tmp_path: Path
) -> None:
    desk, address = served
    ticket = await desk.files()
    await desk.does(ticket, CaseAction.ACCEPT, LIAISON)
    page_of_hers = tmp_path / "laporan lampu.html"
    page_of_hers.write_text("<html>")
    budi = await signed_in(arrive, address, "Budi", width)
    await budi.page.goto(f"{address}/desk/cases/{ticket}")
    await budi.presses("w")
    await budi.page.get_by_label("Jawaban untuk pelapor").fill("Lampu sudah diganti pada hari Rabu.")
    await budi.page.locator("#answer-photos").set_input_files([page_of_hers])
    await budi.page.keyboard.press("Control+Enter")
    told = budi.page.get_by_text("jadi tidak bisa diterima: laporan lampu.html.")
    await expect(told).to_contain_text("pilih foto, PDF, atau dokumen")
    await expect(budi.page.get_by_label("Jawaban untuk pelapor")).to_have_value("Lampu sudah diganti pada hari Rabu.")
    budi.was_refused("422")
    await is_for_everybody(budi, f"file-not-taken-{width}")


@pytest.mark.parametrize("width", [1366, 390])
async def test_of_cases_that_are_alike_only_those_are_listed_that_are_still_open(
    served: tuple[StaffedDesk, str], arrive: Arrive, width: int
) -> None:
    desk, address = served
    ticket, other, over = [await desk.files() for _ in range(3)]
    rina = await signed_in(arrive, address, "Rina", width)
    await rina.page.goto(f"{address}/desk/cases/{ticket}")
    alike = rina.page.get_by_role("region", name="Laporan serupa yang masih terbuka")
    await expect(alike.get_by_role("link")).to_have_count(2)
    await desk.does(over, CaseAction.WITHDRAW, REPORTER)
    closed = await desk.files()
    await desk.does(closed, CaseAction.ACCEPT, LIAISON)
    await desk.does(closed, CaseAction.ANSWER, LIAISON, sent=PROOF, words="Lampu sudah diganti pada hari Rabu.")
    await desk.does(closed, CaseAction.CONFIRM, REPORTER)
    await rina.page.reload()
    await expect(alike.get_by_role("link")).to_have_text([other])
    await is_for_everybody(rina, f"alike-{width}")


@pytest.mark.parametrize("width", [1366, 390])
async def test_the_reminders_of_a_month_are_one_line_of_the_history_until_it_is_unfolded(
    served: tuple[StaffedDesk, str], arrive: Arrive, width: int
) -> None:
    desk, address = served
    ticket = await desk.files()
    for _ in range(DAYS):
        desk.gate.world.clock.passes(timedelta(days=1))
        await desk.gate.house.service.sweeper(lambda _: None).sweep()
    budi = await signed_in(arrive, address, "Budi", width)
    await budi.page.goto(f"{address}/desk/cases/{ticket}")
    history = budi.page.get_by_role("region", name="Riwayat")
    folded = history.locator("details", has_text="Pengingat tenggat")
    await expect(folded).to_have_count(1)
    await expect(folded.locator("li").first).to_be_hidden()
    await is_for_everybody(budi, f"reminders-{width}")
    await folded.locator("summary").click()
    await expect(folded.locator("li").nth(3)).to_be_visible()
