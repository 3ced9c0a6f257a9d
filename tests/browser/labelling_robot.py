"""A robot that labels messages by keyboard alone, as a trainer who knows what each of them is."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypedDict

from playwright.async_api import expect

from tests.browser.visitors import Visitor

THOUGHT_SECONDS = 1.0
"""What a person needs to make up her mind, counted for each card and not waited for."""
HERE = """() => {
  const card = document.querySelector("#inbox .sample.here");
  if (!card) return null;
  const choices = [...card.querySelectorAll(".keys button")];
  const keys = Object.fromEntries(choices.map((one) => [one.value, one.dataset.key]));
  return { id: card.id, text: card.querySelector(".words").textContent, keys,
           also: [...card.querySelectorAll(".similar label")].map((one) => one.textContent.trim()) };
}"""
READY = "() => document.querySelector('html.js #inbox .sample.here, html.js #inbox #end')"


class Card(TypedDict):
    """What stands on a card: the key of each label, and the messages that are much like it."""

    id: str
    text: str
    keys: dict[str, str]
    also: list[str]


@dataclass(slots=True)
class LabellingRobot:
    """Labels what is here until so many are labelled.

    Attributes:
        trainer: whose browser it is.
        right: the category of each message, by its text.
        names: the first letters of each category's label in the list, by its slug.
        messages, cards, presses: what was done.
    """

    trainer: Visitor
    right: Mapping[str, str]
    names: Mapping[str, str]
    messages: int = 0
    cards: int = 0
    presses: int = 0
    by_list: int = 0
    seconds: float = field(default=0.0)

    async def labels(self, most: int) -> None:
        """Go on until `most` messages are labelled, or none is left."""
        began = time.perf_counter()
        page = self.trainer.page
        while self.messages < most:
            await page.wait_for_function(READY, polling="raf")
            card = await page.evaluate(HERE)
            if card is None:
                break
            several = await self._labels(card)
            await page.wait_for_function(f"() => !document.querySelector('#{card['id']}.sample')", polling="raf")
            self.cards += 1
            self.messages += several
        self.seconds = time.perf_counter() - began + self.messages * THOUGHT_SECONDS

    async def _labels(self, card: Card) -> int:
        """Gives a card its label, and those that are much like it where it is theirs, too; returns to how many."""
        page, slug, also = self.trainer.page, self.right[card["text"]], card["also"]
        if not all(self.right[text] == slug for text in also):
            await self._presses("g")
            also = []
        if key := card["keys"].get(f"category:{slug}"):
            await self._presses(key)
            return 1 + len(also)
        self.by_list += 1
        await self._presses("o")
        await page.keyboard.type(self.names[slug])
        self.presses += len(self.names[slug])
        await expect(page.locator(".sample.here select[name=other]")).to_have_value(f"category:{slug}")
        await self._presses("Enter")
        return 1 + len(also)

    async def _presses(self, key: str) -> None:
        self.presses += 1
        await self.trainer.page.keyboard.press(key)
