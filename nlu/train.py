"""Trains the language model: `python train.py --data DIR --out FILE.tar.gz`, or `--light --out FILE.lapor`.

Progress goes to stderr, a line a phase. The model appears whole or not at all, and beside it FILE.json,
which says from what it was made (`fingerprint`) and from which confidence on its first category counts as
sure.
"""

import argparse
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING

from description import ENDING, LIGHT_ENDING, Description, write_beside
from fingerprint import HERE, fingerprint, training_files

if TYPE_CHECKING:
    from training.corpus import Corpus


@dataclass
class Progress:
    """Tells on stderr which phase begins, and how long it has been at work."""

    phases: int
    begun: float = field(default_factory=time.monotonic)
    reached: int = 0

    def say(self, phase: str) -> None:
        """Announces the next phase."""
        self.reached += 1
        print(f"[{self.reached}/{self.phases}] {self.seconds:5.1f} s  {phase}", file=sys.stderr, flush=True)

    @property
    def seconds(self) -> float:
        """Seconds since the start, to a tenth."""
        return round(time.monotonic() - self.begun, 1)


def train(data: Sequence[Path], out: Path, *, light: bool = False) -> Description:
    """Trains on the data directories, and writes the model and its description.

    Args:
        data: directories with `category/*.yml` and `intent/*.yml`.
        out: where the model goes; what stands there is replaced at the very end.
        light: without Rasa, which makes `FILE.lapor` and not `FILE.tar.gz`.

    Returns:
        What FILE.json now holds.

    Raises:
        ValueError: the data cannot be used; the message says where and how to mend it.
        OSError: a file cannot be read or written.
    """
    progress = Progress(phases=5)
    files = [path for directory in data for path in training_files(directory)]
    made_from = fingerprint(data)
    progress.say("loading scikit-learn" if light else "loading Rasa")
    from components.calibration import UNTOUCHED  # noqa: PLC0415 - ten seconds, which --hash must not wait for
    from components.spelling import spell_as  # noqa: PLC0415 - likewise
    from training.calibrated import read_calibration  # noqa: PLC0415 - likewise
    from training.sure import thresholds  # noqa: PLC0415 - likewise

    spell_as(data)
    read = _corpus_of(light=light)
    progress.say(f"reading {len(files)} files")
    corpus = read(files, HERE / "config.yml", HERE / "domain.yml")
    progress.say("working out how sure is sure")
    found = thresholds(corpus, data)
    description: Description = {
        "hash": made_from,
        "trained_at": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "rows": len(corpus.examples),
        "labels": {"intent": [*corpus.intents], "category": [*corpus.categories]},
        "threshold_sure": found.sure,
        "threshold_three": found.three,
    }
    progress.say(f"training on {len(corpus.examples)} examples")
    measured = read_calibration(data)
    with _whole_or_not(out) as unfinished:
        corpus.train(unfinished, measured.calibration if measured else UNTOUCHED, description)
    description["seconds"] = progress.seconds
    write_beside(out, description)
    progress.say(f"ready: {out.name}, {out.stat().st_size / 1e6:.1f} MB")
    return description


def _corpus_of(*, light: bool) -> "Callable[[Iterable[Path], Path, Path], Corpus]":
    """What reads and trains; only the one that is asked for is loaded."""
    if light:
        from training.light_model import LightCorpus  # noqa: PLC0415 - as above

        return LightCorpus
    from training.rasa_model import RasaCorpus  # noqa: PLC0415 - as above

    return RasaCorpus


@contextmanager
def _whole_or_not(out: Path) -> Iterator[Path]:
    """A place to write to; what is there in the end becomes `out` in one step, unless an error ended it."""
    out.parent.mkdir(parents=True, exist_ok=True)
    unfinished = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        yield unfinished
        unfinished.replace(out)
    finally:
        unfinished.unlink(missing_ok=True)


def _quieten() -> None:
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ["RASA_MAX_CACHE_SIZE"] = "0"
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    logging.getLogger().setLevel(logging.ERROR)
    logging.captureWarnings(capture=True)


def _words(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Trains the language model.")
    parser.add_argument("--data", type=Path, action="append", required=True, metavar="DIR")
    parser.add_argument("--out", type=Path, metavar="FILE.tar.gz")
    parser.add_argument("--light", action="store_true", help="without Rasa; --out is then FILE.lapor")
    parser.add_argument(
        "--hash", action="store_true", help="only print the hash of what would be trained from"
    )
    words = parser.parse_args(arguments)
    ending = LIGHT_ENDING if words.light else ENDING
    if not words.hash and (words.out is None or not words.out.name.endswith(ending)):
        parser.error(f"--out FILE{ending} is missing")
    return words


def main(arguments: Sequence[str] | None = None) -> int:
    """Trains, or prints the hash; 1 and one sentence on stderr when that fails."""
    words = _words(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        if words.hash:
            print(fingerprint(words.data))
        else:
            _quieten()
            train(words.data, words.out, light=words.light)
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
