"""What Rasa itself says to the training data: `python check.py --data DIR`; 1 when it warns of something.

All else that `./lapor nlu check` names is found by the service (`bot/training/corpus/faults.py`).
"""

from __future__ import annotations

import argparse
import logging
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from fingerprint import HERE, training_files
from quiet import quieten


def main(arguments: Sequence[str] | None = None) -> int:
    """Reads and prints; 1 when Rasa warns of something, or there is nothing to read."""
    parser = argparse.ArgumentParser(description="Has Rasa read the training data.")
    parser.add_argument("--data", type=Path, action="append", required=True, metavar="DIR")
    words = parser.parse_args(arguments)
    quieten()
    try:
        files = [path for directory in words.data for path in training_files(directory)]
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    told = list(warnings_of_rasa(files, HERE / "config.yml", HERE / "domain.yml"))
    for words_of_rasa in told:
        print(f"Rasa says: {words_of_rasa}")
    return 1 if told else 0


def warnings_of_rasa(files: Sequence[Path], config: Path, domain: Path) -> Iterator[str]:
    """What Rasa's own validation finds wrong with the files, each thing once.

    Args:
        files: those that a model is trained on.
        config: `config.yml`.
        domain: `domain.yml`.
    """
    from rasa.shared.exceptions import RasaException  # noqa: PLC0415 - Rasa takes seconds
    from rasa.shared.importers.rasa import RasaFileImporter  # noqa: PLC0415 - as above
    from rasa.validator import Validator  # noqa: PLC0415 - as above

    with warnings.catch_warnings(record=True) as told, _logged() as logged:
        warnings.simplefilter("always", UserWarning)
        try:
            importer = RasaFileImporter(str(config), str(domain), [str(file) for file in files])
            validator = Validator.from_importer(importer)
            passed = validator.verify_intents(ignore_warnings=False)
            passed = validator.verify_example_repetition_in_intents(ignore_warnings=False) and passed
        except RasaException as error:
            yield str(error)
            return
    complaints = [str(warning.message) for warning in told if issubclass(warning.category, UserWarning)]
    complaints += [record.getMessage() for record in logged if record.levelno >= logging.WARNING]
    yield from dict.fromkeys(" ".join(complaint.split()) for complaint in complaints)
    if not passed and not complaints:
        yield "the validation does not pass."


@contextmanager
def _logged() -> Iterator[list[logging.LogRecord]]:
    """What Rasa logs meanwhile."""
    records: list[logging.LogRecord] = []

    class Keeping(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            records.append(record)

    handler, logger = Keeping(), logging.getLogger("rasa")
    logger.addHandler(handler)
    try:
        yield records
    finally:
        logger.removeHandler(handler)


if __name__ == "__main__":
    sys.exit(main())
