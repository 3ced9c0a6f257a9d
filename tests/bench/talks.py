"""A simulated citizen holds whole talks against the pure core: `python -m tests.bench.talks --talks 1000`.

Every talk has wishes that are known (to be secret, to give no name, to keep the report, not to send it yet) and a
profile: whether she writes rather than presses, what she says where a place or a name is asked. Counted are the talks
that end as she wished, her taps and messages, and harm: a report that was deleted, published, named or sent against her
wish, or sent with a place that she did not say as one. Seeded: the same seed holds the same talks.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from actions.cases.case import Case
from tests.bench.machine import machine
from tests.talks.acts import Presses, Says
from tests.talks.core import CoreStage
from tests.talks.messages import Message
from tests.talks.talk_file import Settings
from tests.talks.world import World

SAYINGS: dict[str, list[str]] = tomllib.loads((Path(__file__).parent / "talks.toml").read_text(encoding="utf-8"))
MOST_STEPS = 16
PROFILES = ("patient", "hurried", "prose", "afraid", "changes her mind", "asks in between", "beside the point", "names")
LAST_MESSAGES = 3
SHARE_OF_QUESTIONS = 0.6
"""Of the answers to the question for a name, those that are none."""
SHARE_OF_SECRECY = 0.5
"""Of those who are offered secrecy, who take it."""
SHARE_UNDISTURBED = 0.3
SHARE_NOT_SENT = 0.1


@dataclass
class Citizen:
    """One simulated citizen, and what came of her talk.

    Attributes:
        wishes_secret, wishes_name, wishes_sent: how it should end.
        places: what she said as a place; `sayings` is what she said as anything else.
        harm: what was done against her wish.
    """

    chance: random.Random
    profile: str
    wishes_secret: bool = False
    wishes_name: bool = False
    wishes_sent: bool = True
    asked_secret: bool = False
    places: list[str] = field(default_factory=list)
    sayings: list[str] = field(default_factory=list)
    labels: tuple[str, ...] = ()
    seen: list[str] = field(default_factory=list)
    taps: int = 0
    messages: int = 0
    pending: list[str] = field(default_factory=list)
    pressed_send: bool = False
    asks_name: bool = False
    harm: list[str] = field(default_factory=list)

    def pick(self, kind: str) -> str:
        """One saying of a kind."""
        return self.chance.choice(SAYINGS[kind])

    def sees(self, messages: Sequence[Message]) -> None:
        """Reads what came."""
        self.labels = tuple(label for message in messages[-LAST_MESSAGES:] for label in message.labels) or self.labels
        self.seen += [message.text for message in messages]

    def first(self) -> Says:
        """How she begins."""
        kind = "sensitive" if self.profile == "afraid" else "stories"
        return self.says(self.pick(kind), kind)

    def says(self, text: str, kind: str) -> Says:
        """What she writes."""
        self.messages += 1
        (self.places if kind == "places" else self.sayings).append(text)
        return Says(text)

    def presses(self, label: str) -> Presses:
        """What she taps."""
        self.taps += 1
        self.pressed_send = self.pressed_send or label == "Kirim"
        return Presses(label)

    def next(self) -> Says | Presses | None:
        """What she does now; None when she is done."""
        if "Itu tempatnya" in self.labels:
            is_place = bool(self.places) and self.messages and self.last_was_place
            return self.presses("Itu tempatnya" if is_place else "Tambahan cerita")
        if "Jangan rahasiakan" in self.labels and "Tetap rahasia" in self.labels:
            return self.presses("Tetap rahasia")
        if "Tidak perlu" in self.labels:
            return self._offered_secrecy()
        if "Ya, batalkan" in self.labels:
            return self.says(self.pick(self.chance.choice(["keeps", "keeps", "maybes"])), "keeps")
        if "Bagikan lokasi" in self.labels:
            return self._says_where()
        if "Kirim" in self.labels:
            return self._at_the_card()
        if "Tidak tahu" in self.labels:
            return self._disturbs() or self.presses("Tidak tahu")
        return None

    @property
    def last_was_place(self) -> bool:
        """Whether her latest message was meant as a place."""
        return self._latest == "places"

    _latest: str = ""

    def _offered_secrecy(self) -> Says | Presses:
        """She takes it, or leaves it; sometimes she says something else first."""
        if disturbing := self._disturbs():
            return disturbing
        self.wishes_secret = self.asked_secret = self.asked_secret or self.chance.random() < SHARE_OF_SECRECY
        return self.presses("Rahasiakan" if self.wishes_secret else "Tidak perlu")

    def _says_where(self) -> Says | Presses:
        disturbing = self._disturbs(asked="not_places")
        if disturbing:
            self._latest = "other"
            return disturbing
        self._latest = "places"
        return self.says(self.pick("places"), "places")

    def _at_the_card(self) -> Says | Presses | None:
        if self.asks_name:
            self.asks_name = False
            if self.chance.random() < SHARE_OF_QUESTIONS:
                return self.says(self.pick("not_names"), "not_names")
            self.wishes_name = True
            return self.says(self.pick("names"), "names")
        if disturbing := self._disturbs():
            return disturbing
        if not self.wishes_sent:
            return None
        if self.profile == "prose" and "sends" not in self.pending:
            self.pending.append("sends")
            return self.says(self.pick("sends"), "sends")
        return self.presses("Kirim")

    def _disturbs(self, asked: str = "") -> Says | Presses | None:
        """What she does besides, once or twice a talk, by her profile."""
        kinds = {
            "afraid": ["secrets", "fears"],
            "changes her mind": ["cancel"],
            "asks in between": ["questions", "more"],
            "beside the point": [asked or "questions"],
            "names": ["name"] if self.chance.random() < SHARE_OF_QUESTIONS else ["name", "anonymous"],
            "hurried": [],
            "prose": ["more", "laters"],
            "patient": ["more"],
        }[self.profile]
        left = [kind for kind in kinds if kind not in self.pending]
        if not left or self.chance.random() < SHARE_UNDISTURBED:
            return None
        kind = left[0]
        self.pending.append(kind)
        if kind == "cancel":
            return self.presses("Batal") if "Batal" in self.labels else None
        if kind == "name":
            self.asks_name = True
            return self.presses("Cantumkan nama") if "Cantumkan nama" in self.labels else None
        if kind == "anonymous":
            self.wishes_name = False
        if kind == "secrets":
            self.wishes_secret = self.asked_secret = True
        return self.says(self.pick(kind), kind)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one talk."""

    profile: str
    is_as_wished: bool
    taps: int
    messages: int
    harm: tuple[str, ...]
    said: tuple[str, ...]


async def held(seed: int, understanding: str) -> Outcome:
    """One talk."""
    chance = random.Random(seed)  # noqa: S311 - repeatable
    citizen = Citizen(chance, PROFILES[seed % len(PROFILES)])
    citizen.wishes_sent = chance.random() > SHARE_NOT_SENT
    stage = CoreStage(World(Settings(understanding=understanding)))
    await stage.opens()
    doing: Says | Presses | None = citizen.first()
    cases: list[Case] = []
    for _ in range(MOST_STEPS):
        if doing is None or cases:
            break
        citizen.sees(await stage.plays([doing]))
        cases = await stage.cases()
        doing = citizen.next()
    harm = _harm(citizen, cases)
    wished = bool(cases) == citizen.wishes_sent and not harm
    return Outcome(citizen.profile, wished, citizen.taps, citizen.messages, harm, (*citizen.sayings, *citizen.places))


def _harm(citizen: Citizen, cases: Sequence[Case]) -> tuple[str, ...]:
    harm = list[str]()
    if any("dibatalkan dan dihapus" in text for text in citizen.seen):
        harm.append("deleted")
    for case in cases:
        if not citizen.pressed_send:
            harm.append("sent")
        if citizen.asked_secret and case.visibility.value != "secret":
            harm.append("published")
        if case.identity.value != "anonymous" and not citizen.wishes_name:
            harm.append("named")
        spoken = case.location.spoken or ""
        if any(saying in spoken for saying in citizen.sayings):
            harm.append("place")
    return tuple(harm)


async def hold(talks: int, understanding: str, seed: int) -> list[Outcome]:
    """So many talks, one after the other."""
    return [await held(seed + number, understanding) for number in range(talks)]


def _report(outcomes: Sequence[Outcome], understanding: str) -> None:
    count = len(outcomes)
    print(f"{understanding}: {count} talks, as wished {sum(one.is_as_wished for one in outcomes) / count:.3f}")
    print(f"taps {sum(o.taps for o in outcomes) / count:.2f}, messages {sum(o.messages for o in outcomes) / count:.2f}")
    print("harm:", dict(Counter(kind for one in outcomes for kind in one.harm)) or 0)
    for profile in PROFILES:
        of = [one for one in outcomes if one.profile == profile]
        if of:
            right = sum(one.is_as_wished for one in of) / len(of)
            print(f"  {profile:18} {right:.3f} as wished, {sum(bool(one.harm) for one in of)} with harm")
    for one in [one for one in outcomes if one.harm][:20]:
        print("  !", one.harm, one.said)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--talks", type=int, default=1000)
    options.add_argument("--understanding", choices=("compiled", "keywords", "knowing"), default="compiled")
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    print(machine())
    _report(asyncio.run(hold(asked.talks, asked.understanding, asked.seed)), asked.understanding)
