"""`lapor nlu`: train the language model, ask it, measure it."""

from __future__ import annotations

import asyncio
import json
import queue
import sys
import threading
from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.clone import require_clone
from bot.cli.nlu_check import check
from bot.cli.nlu_data import add_data
from bot.cli.nlu_import import import_file
from bot.cli.nlu_models import add_models, train_here
from bot.cli.output import console, print_json, print_json_line
from bot.configuration.settings import read_settings
from bot.main.assembly import Service, assemble
from bot.main.understanding_wiring import first_understanding, keywords_of, saying
from bot.messaging.understanding_service import LONGEST_UNDERSTOOD
from bot.shipped import PROJECT
from bot.understanding.evaluation.evaluation import read_rows, understand_rows, write_predictions
from bot.understanding.evaluation.page import page_of, read_learning_curve
from bot.understanding.evaluation.report import report_of
from bot.understanding.model import baseline as compiled_baseline
from bot.understanding.model.export import export_baseline
from bot.understanding.port import ModelAnswer, Understanding
from bot.understanding.rasa.environment import RasaEnvironment
from bot.understanding.rasa.model_files import ModelFolders
from bot.understanding.rasa.preparation import PreparationStage, Progress, prepare
from bot.understanding.understood import Guess, document_of

nlu = typer.Typer(help="The language model: train it, ask it, measure it.", no_args_is_help=True)

add_models(nlu)
add_data(nlu)
nlu.command()(check)
nlu.command("import")(import_file)

LINES_AT_ONCE = 64
WORST_SAID = 5
LEARNING_CURVE = "data/nlu/learning_curve.toml"


def tell_on_stderr() -> Progress:
    """News of the model, beside what the command prints; that it is ready shows in what is printed."""
    say = saying(lambda words: print(words, file=sys.stderr))  # noqa: T201 - for the person at the terminal
    return lambda step: None if step.stage == PreparationStage.READY else say(step)


@nlu.command()
def parse(
    text: Annotated[str, typer.Argument(help="A text, or - for one a line on standard input.")],
    today: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day of the message, else today.")
    ] = None,
) -> None:
    """Say what a text means, as one JSON object a text."""
    texts = _waiting_lines() if text == "-" else iter([[text]])
    asyncio.run(_parse(texts, today.date() if today else None))


@nlu.command()
def export(
    baseline: Annotated[  # noqa: FBT002 - a command
        bool, typer.Option("--baseline", help="The small model of this version, after data/nlu/ has changed.")
    ] = False,
) -> None:
    """Compile the trained model to the one file that the service runs, training it first where that is due."""
    asyncio.run(_export_baseline() if baseline else train_here())


async def _export_baseline() -> None:
    """Train on the project's own data, whatever this regency's is."""
    require_clone()
    settings = read_settings()
    settings.make_data_dir()
    rasa_environment = RasaEnvironment.open(ModelFolders(PROJECT, PROJECT / "data", settings.data_dir / "baseline"))
    model = await prepare(rasa_environment, tell_on_stderr())
    file = compiled_baseline.baseline_file(PROJECT)
    sha256 = await export_baseline(rasa_environment, model, file, Path(compiled_baseline.__file__))
    console.print(
        f"The baseline is written: {file.relative_to(PROJECT)}, {file.stat().st_size:,} bytes, SHA-256 {sha256}."
    )


async def _parse(texts: Iterator[list[str]], today: date | None) -> None:
    service = assemble(read_settings())
    rules = service.rules()
    async with first_understanding(service, tell_on_stderr()) as understanding:
        while some := await asyncio.to_thread(next, texts, None):
            day = today or rules.day_of(service.clock())
            for text, reading in zip(some, await read_texts(service, understanding, some), strict=True):
                print_json_line(document_of(text, rules.hear(text, reading, day)))
    await service.database.close()


async def read_texts(service: Service, understanding: Understanding, texts: list[str]) -> list[ModelAnswer]:
    """One reading a text; an empty one means nothing."""
    wanted = [text[:LONGEST_UNDERSTOOD] for text in texts if text.strip()]
    readings = iter(await understanding.understand(wanted) if wanted else [])
    nothing = ModelAnswer(Guess("out_of_scope", 0.0), keywords_of(service).rank(""))
    return [next(readings) if text.strip() else nothing for text in texts]


@nlu.command()
def evaluate(
    file: Annotated[Path, typer.Argument(help="CSV with a column text, and intent or type, and category.")],
    json_file: Annotated[Path | None, typer.Option("--json", help="Write the numbers there as JSON too.")] = None,
    predictions: Annotated[Path | None, typer.Option(help="Write what was predicted, a row each.")] = None,
    report: Annotated[Path | None, typer.Option(help="Write a page with curves and confusions (HTML).")] = None,
) -> None:
    """Measure the model on labelled texts, and print the numbers; on stderr the worst confusions in words."""
    asyncio.run(_evaluate(file, json_file, predictions, report))


async def _evaluate(file: Path, json_file: Path | None, predictions: Path | None, page: Path | None) -> None:
    rows = read_rows(file)
    service = assemble(read_settings())
    async with first_understanding(service, tell_on_stderr()) as understanding:
        readings = await understand_rows(rows, understanding, partial(_show_progress, len(rows)))
    await service.database.close()
    found = report_of(rows, readings)
    numbers = found.scores.document()
    for confusion in found.confusions[:WORST_SAID]:
        print(confusion, file=sys.stderr)  # noqa: T201 - stdout is for the numbers
    if page:
        learning = read_learning_curve(PROJECT / LEARNING_CURVE)
        await asyncio.to_thread(page.write_text, page_of(file.name, found, learning), encoding="utf-8")
    if predictions:
        write_predictions(predictions, readings)
    if json_file:
        await asyncio.to_thread(json_file.write_text, json.dumps(numbers, indent=2) + "\n", encoding="utf-8")
    print_json(numbers)


def _show_progress(rows: int, done: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done} of {rows}", end="" if done < rows else "\n", file=sys.stderr)  # noqa: T201 - as above


def _waiting_lines() -> Iterator[list[str]]:
    """The lines of standard input, as many together as are there: nobody waits for a line that has not come."""
    lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    threading.Thread(target=_read_lines, args=(lines,), daemon=True).start()
    ended = False
    while not ended:
        some = [lines.get()]
        while len(some) < LINES_AT_ONCE and not lines.empty():
            some.append(lines.get())
        ended = None in some
        if known := [line for line in some if line is not None]:
            yield known


def _read_lines(lines: queue.SimpleQueue[str | None]) -> None:
    for line in sys.stdin:
        lines.put(line.rstrip("\r\n"))
    lines.put(None)
