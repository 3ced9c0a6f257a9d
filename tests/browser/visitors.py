"""A citizen in front of a browser: what she does, and what she reads."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.async_api import BrowserContext, ConsoleMessage, Locator, Page, expect

AXE = (Path(__file__).parent / "axe.min.js").read_text(encoding="utf-8")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
STORY = "lampu jalan di jl provinsi km 5 depan masjid al ikhlas mati sudah 2 minggu"
expect.set_options(timeout=20_000)
NO_CONNECTION = (
    "net::ERR_",
    "Failed to fetch",
    "htmx:sse:error",
    "network error",
    "status of 5",
    "status of 401",
    "An unknown error occurred when fetching the script.",  # the page's worker, while the service went away
)


@dataclass(slots=True)
class Visitor:
    """Somebody with one page open. `complaints` is what her browser says against the page."""

    context: BrowserContext
    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)

    @classmethod
    async def arrives(cls, context: BrowserContext, address: str) -> Visitor:
        """Open the page."""
        page = await context.new_page()
        visitor = cls(context, page, address)
        page.on("console", lambda message: visitor.hears(message))  # noqa: PLW0108 - a bound method has no room for its mark
        page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
        await page.goto(address)
        return visitor

    def hears(self, message: ConsoleMessage) -> None:
        """Note what the browser says against the page; that there is no connection it may say."""
        if message.type in {"error", "warning"} and not any(known in message.text for known in NO_CONNECTION):
            self.complaints.append(message.text)

    def was_refused(self, status: str) -> None:
        """She was refused on purpose: that the browser says so of a status beginning like this is no complaint."""
        self.complaints[:] = [told for told in self.complaints if f"status of {status}" not in told]

    async def signs_in(self, name: str, password: str) -> None:
        """Fill in the form of whoever works here, and press its button."""
        await self.page.get_by_label("Nama").fill(name)
        await self.page.get_by_label("Kata sandi").fill(password)
        await self.page.get_by_role("button", name="Masuk").click()

    @property
    def log(self) -> Locator:
        """The talk."""
        return self.page.get_by_role("log")

    @property
    def box(self) -> Locator:
        """Where she writes."""
        return self.page.get_by_label("Tulis pesan", exact=True)

    def button(self, label: str) -> Locator:
        """A button in the talk."""
        return self.log.get_by_role("button", name=label, exact=True)

    async def says(self, text: str) -> None:
        """Write and send."""
        await self.box.fill(text)
        await self.page.get_by_role("button", name="Kirim pesan").click()

    async def presses(self, key: str) -> None:
        """Press a key that the page's script hears: the page may stand before its script has run."""
        await expect(self.page.locator("html.js")).to_be_attached()
        await self.page.keyboard.press(key)

    async def reads(self, text: str) -> None:
        """Wait until this is to be read in the talk."""
        await expect(self.log).to_contain_text(text)

    async def hers(self) -> list[str]:
        """Her own messages, in order."""
        return [await one.inner_text() for one in await self.page.locator(".hers .bubble p").all()]

    async def is_as_wide_as_the_window(self) -> bool:
        """Whether nothing has to be scrolled sideways."""
        return bool(await self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"))

    async def pictures_are_drawn(self) -> bool:
        """Whether the browser could load and read every picture in the talk."""
        return bool(
            await self.page.evaluate(
                "Promise.all([...document.querySelectorAll('#log img')].map((one) => one.decode()))"
                ".then(() => true, () => false)"
            )
        )

    async def barriers(self) -> list[str]:
        """What axe finds that stands in somebody's way."""
        await self.page.evaluate(AXE)
        options: dict[str, Any] = {"runOnly": {"type": "tag", "values": WCAG}}
        found = await self.page.evaluate(f"axe.run({json.dumps(options)})")
        return [
            f"{rule['id']}: {node['html'][:160]} {node['failureSummary']}"
            for rule in found["violations"]
            for node in rule["nodes"]
        ]
