"""A robot that verifies cases at the desk by keyboard alone, as a person who knows where each of them belongs."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from playwright.async_api import expect

from tests.browser.visitors import Visitor

CARD = """() => {
  const card = document.querySelector("#rows .matter.here") || document.querySelector("#rows .matter");
  if (!card) return null;
  const keys = [...card.querySelectorAll("form.row")].map((form) => [
    form.querySelector("[data-key]").dataset.key, form.elements.deed.value,
    form.elements.agency?.value || "", form.elements.category?.value || ""]);
  return { ticket: card.id.slice(5), keys };
}"""
"""The case that is here, and what each of its keys does."""

UNTAKEN = """() => document.querySelector("#rows .matter form.row [data-key=a]")?.closest(".matter").id.slice(5)"""
WAY = """(id) => {
  const all = [...document.querySelectorAll("#rows .matter")], at = (find) => all.findIndex(find);
  const here = at((card) => card.matches(".here")), there = at((card) => card.id === `case-${id}`);
  return here < there ? "j" : here > there ? "k" : "";
}"""
"""The key that leads towards a case."""
FIELDS = 6
"""So many fields may stand between that of the agency and that of the category."""


@dataclass(frozen=True, slots=True)
class RightPlace:
    """Where a case belongs: the agency by its code and name, and the category by its slug and label."""

    agency: str
    agency_name: str
    category: str
    category_label: str


@dataclass(frozen=True, slots=True)
class WorkedCase:
    """What a case took: how often a key was pressed, and how long it was from the key that sent it to the next case."""

    ticket: str
    presses: int
    seconds: float


@dataclass(slots=True)
class VerifyingRobot:
    """Works a list from its top until it is empty.

    Attributes:
        officer: whose browser it is.
        right: of each case, by its number.
    """

    officer: Visitor
    right: Mapping[str, RightPlace]
    _pressed: int = field(default=0)

    async def takes_up(self) -> list[WorkedCase]:
        """All cases of the list that nobody has taken up; they stay in it."""
        done = list[WorkedCase]()
        await self._is_ready()
        while ticket := await self.officer.page.evaluate(UNTAKEN):
            self._pressed = 0
            while key := await self.officer.page.evaluate(WAY, ticket):
                await self._presses(key)
            began = await self._presses("a")
            await self._is_seen("id => !document.querySelector(`#case-${id} form.row`)", ticket)
            done.append(WorkedCase(ticket, self._pressed, time.perf_counter() - began))
        return done

    async def works(self) -> list[WorkedCase]:
        """All cases of the list that is open, each of which leaves it."""
        done = list[WorkedCase]()
        await self._is_ready()
        while card := await self.officer.page.evaluate(CARD):
            self._pressed = 0
            began = await self._verifies(card["ticket"], card["keys"])
            await self._is_gone(card["ticket"])
            done.append(WorkedCase(card["ticket"], self._pressed, time.perf_counter() - began))
        return done

    async def _verifies(self, ticket: str, keys: list[list[str]]) -> float:
        """Press the key that is right; where none is, open the case and forward it by its form."""
        right = self.right[ticket]
        for key, deed, agency, category in keys:
            if deed == "accept" or (agency == right.agency and category in {"", right.category}):
                return await self._presses(key)
        await self._presses("Enter")
        await expect(self.officer.page.get_by_role("heading", level=1)).to_contain_text(ticket)
        await self._presses("f")
        await self._types(right.agency_name)
        await self._chooses(right)
        await self._presses("Control+Enter")
        await expect(self.officer.page.locator(".tried")).to_be_visible()
        began = await self._presses("Enter")
        await expect(self.officer.page.locator(".done")).to_be_visible()
        await self._presses("u")
        return began

    async def _chooses(self, right: RightPlace) -> None:
        """Go on to the category and type its label, as far as it takes."""
        for _ in range(FIELDS):
            await self._presses("Tab")
            if await self._category() is not None:
                break
        for letter in right.category_label:
            if await self._category() == right.category:
                return
            await self._types(letter)
        if await self._category() != right.category:
            raise LookupError(right.category)

    async def _category(self) -> str | None:
        """What is chosen in the field of the category, where the caret is in it."""
        chosen = "document.activeElement.matches('select[name=category]') ? document.activeElement.value : null"
        return str(value) if (value := await self.officer.page.evaluate(chosen)) is not None else None

    async def _types(self, words: str) -> None:
        self._pressed += len(words)
        await self.officer.page.keyboard.type(words)

    async def _presses(self, key: str) -> float:
        self._pressed += 1
        await self.officer.presses(key)
        return time.perf_counter()

    async def _is_gone(self, ticket: str) -> None:
        """The next case is here, and the page hears keys."""
        await self._is_seen("id => !document.getElementById(`case-${id}`)", ticket)

    async def _is_seen(self, what: str, ticket: str) -> None:
        """Looks at each picture that the page draws, so that the time is not that of the looking."""
        ready = f"(id) => document.querySelector('html.js #rows') && ({what})(id)"
        await self.officer.page.wait_for_function(ready, arg=ticket, polling="raf")

    async def _is_ready(self) -> None:
        await expect(self.officer.page.locator("html.js #rows")).to_be_attached()
