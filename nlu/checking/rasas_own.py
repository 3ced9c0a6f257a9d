"""Rasa's own validation of the training data; whatever it warns of is a fault."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rasa.shared.exceptions import RasaException
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.validator import Validator

from checking.faults import Fault


def faults_by_rasa(files: Sequence[Path], config: Path, domain: Path) -> Iterator[Fault]:
    """What Rasa finds wrong with the files.

    Args:
        files: those that a model is trained on.
        config: `config.yml`.
        domain: `domain.yml`.
    """
    with warnings.catch_warnings(record=True) as told, _logged() as logged:
        warnings.simplefilter("always", UserWarning)
        try:
            importer = RasaFileImporter(str(config), str(domain), [str(file) for file in files])
            validator = Validator.from_importer(importer)
            passed = validator.verify_intents(ignore_warnings=False)
            passed = validator.verify_example_repetition_in_intents(ignore_warnings=False) and passed
        except RasaException as error:
            yield Fault(domain, 0, f"Rasa says: {error}")
            return
    complaints = [str(warning.message) for warning in told if issubclass(warning.category, UserWarning)]
    complaints += [record.getMessage() for record in logged if record.levelno >= logging.WARNING]
    yield from (
        Fault(domain, 0, f"Rasa says: {' '.join(words.split())}") for words in dict.fromkeys(complaints)
    )
    if not passed and not complaints:
        yield Fault(domain, 0, "Rasa's validation does not pass.")


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
