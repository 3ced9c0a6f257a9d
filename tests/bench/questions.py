"""How many questions stand between a first message and its card: `python -m tests.bench.questions FILE.csv …`.

Each `text` of the files is the first message of somebody. Counted are the questions that are asked before the card
that carries Kirim or, in doubt, the likeliest categories; a place that is asked for is skipped. Only numbers are
printed. Rows with a column `type` that is not empty and no type of a report are left out.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.configuration.settings import read_settings
from bot.conversation.advance import advance
from bot.conversation.dialogue import Dialogue
from bot.conversation.events import Said
from bot.main.assembly import Service, assemble
from bot.main.understanding_wiring import first_understanding
from bot.messaging.understanding_service import LONGEST_UNDERSTOOD, UnderstandingRules, understood_of
from bot.understanding.port import ModelAnswer, UnderstandingState
from bot.understanding.purpose.baseline import known_purposes
from bot.understanding.understood import REPORT_TYPES

QUESTIONS = {"review": 0, "place": 1, "story": 2}
"""By the step that stands open after the first message. Who is asked for her story is asked for the place too."""
TEXTS_AT_ONCE = 256
LONGEST_CELL = 10_000_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a first message; `questions` is None where no report was opened."""

    questions: int | None
    names_a_place: bool
    in_doubt: bool


def texts_of(files: Iterable[Path]) -> Iterator[str]:
    """The texts of reports."""
    csv.field_size_limit(LONGEST_CELL)
    for file in files:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            for row in csv.DictReader(opened):
                if row["text"].strip() and row.get("type", "") in {"", *REPORT_TYPES}:
                    yield row["text"]


async def outcomes(texts: Sequence[str]) -> list[Outcome]:
    """What becomes of each."""
    service = assemble(read_settings())
    rules = service.rules()
    async with first_understanding(service, lambda step: print(step, file=sys.stderr)) as understanding:
        found = []
        for start in range(0, len(texts), TEXTS_AT_ONCE):
            some = texts[start : start + TEXTS_AT_ONCE]
            readings = await understanding.understand([text[:LONGEST_UNDERSTOOD] for text in some])
            if understanding.state is UnderstandingState.COMPILED:
                readings = [known_purposes().refined(*one) for one in zip(some, readings, strict=True)]
            found += [outcome(service, rules, text, reading) for text, reading in zip(some, readings, strict=True)]
    await service.database.close()
    return found


def outcome(service: Service, rules: UnderstandingRules, text: str, reading: ModelAnswer) -> Outcome:
    """What becomes of one first message."""
    at = service.clock()
    understood = understood_of(text, {text: rules.hear(text, reading, rules.day_of(at))}, service.answers)
    turn = advance(service.talk, Dialogue(language="id"), Said(id="first", at=at, text=text, ref="first"), understood)
    draft = turn.dialogue.draft
    questions = QUESTIONS.get(turn.dialogue.step) if draft else None
    in_doubt = draft is not None and draft.decided_category is None
    return Outcome(questions, understood.message.place.is_known(), in_doubt)


def show(name: str, some: Sequence[Outcome]) -> None:
    """Print the shares of one group."""
    counts = Counter(one.questions for one in some)
    shares = [(f"{number} questions", counts[number]) for number in sorted(QUESTIONS.values())]
    told = ", ".join(f"{label} {count / len(some):.3f}" for label, count in [*shares, ("no report", counts[None])])
    doubt = sum(one.in_doubt and one.questions == 0 for one in some) / len(some)
    print(f"{name}: {len(some)} messages: {told}; card without a question but in doubt of the category {doubt:.3f}")


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("files", type=Path, nargs="+")
    found = asyncio.run(outcomes(list(texts_of(options.parse_args().files))))
    show("all", found)
    show("that name a place", [one for one in found if one.names_a_place])
    show("that name none", [one for one in found if not one.names_a_place])
