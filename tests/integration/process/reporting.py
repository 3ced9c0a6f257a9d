"""A citizen of the fake Telegram who has something to report, and answers whatever she is asked until it is filed."""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Sequence

from tests.fakes.telegram_people import Citizen

TICKET = re.compile(r"LP-[0-9A-Z]{4}-[0-9A-Z]{4}")
CONFIRMED = ("Laporan terkirim.", "Laporan diterima.")
NOT_SECRET = "Tidak perlu"
LEADING_ON = ("Kirim", NOT_SECRET, "Lewati", "Jadikan laporan", "Ya, tambahkan", "Buat laporan")
NO_CATEGORIES = {"Lihat semua", "Tidak tahu"}
MOST_MOVES = 25


class Stuck(AssertionError):
    """She could not get her report filed. Holds labels of buttons, and never what she wrote."""


def tickets_of(citizen: Citizen) -> list[str]:
    """The numbers of the confirmations that she has heard, in order, each once."""
    confirmations = [meaning.text for meaning in citizen.private.meaning if meaning.text.startswith(CONFIRMED)]
    return list(dict.fromkeys(number for text in confirmations for number in TICKET.findall(text)[:1]))


def open_labels(citizen: Citizen, since_message: int) -> list[str]:
    """The buttons that stand open: where the letters are, else in the newest message after that one."""
    if citizen.private.letters:
        return [button["text"] for row in citizen.private.letters for button in row]
    newer = [line for line in citizen.screen if line.message_id > since_message and line.from_bot and line.labels]
    return newer[-1].labels if newer else []


def next_press(labels: Sequence[str], *, knows_category: bool) -> str | None:
    """What she presses to get on; None when she rather writes or waits."""
    if "Tidak tahu" in labels and "Kirim" not in labels:
        first = labels[0]
        return first if knows_category and first not in NO_CATEGORIES else "Tidak tahu"
    return next((label for label in LEADING_ON if label in labels), None)


async def lead_to_filing(
    citizen: Citizen,
    since_message: int,
    *,
    filed_before: Collection[str] = (),
    knows_category: bool = True,
    presses_twice: bool = False,
    more_words: str = "",
    patience_seconds: float = 120.0,
) -> str:
    """Answer until the report is filed, and return its number.

    Args:
        citizen: who has just told her story.
        since_message: the id of the first message of the story.
        filed_before: the numbers of her other reports.
        knows_category: she picks the first category that is offered; else she does not know.
        more_words: what she says when she is asked for her story once more; else she waits.
        presses_twice: she presses Kirim a second time at once.
        patience_seconds: how long she waits for an answer.

    Raises:
        Stuck: nothing came, or nothing that leads anywhere.
    """
    for _ in range(MOST_MOVES):
        came = await citizen.hears(timeout=patience_seconds, quiet=0)
        if filed := [ticket for ticket in tickets_of(citizen) if ticket not in filed_before]:
            return filed[0]
        labels = open_labels(citizen, since_message)
        if not came:
            raise Stuck(f"nothing came for {patience_seconds:g} s; open: {labels}")
        if press := next_press(labels, knows_category=knows_category):
            await citizen.presses(press)
            if press == "Kirim" and presses_twice:
                await citizen.presses(press)
        elif labels == ["Batal"] and more_words:
            await citizen.says(more_words)
    raise Stuck(f"no end after {MOST_MOVES} answers; open: {open_labels(citizen, since_message)}")


async def tell(citizen: Citizen, parts: Sequence[str], photos: int, dice: random.Random) -> int:
    """Tell a story in these messages, with so many photos before or among them; returns the first message's id."""
    sent: list[int] = []
    captioned = photos == 1 and len(parts) == 1 and dice.random() < 0.5
    if captioned:
        return await citizen.sends_photo(parts[0])
    if photos and dice.random() < 0.5:
        sent += await citizen.sends_album(photos)
        photos = 0
    for part in parts:
        sent.append(await citizen.says(part))
    if photos:
        sent += await citizen.sends_album(photos)
    return sent[0]
