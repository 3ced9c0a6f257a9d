"""Says in one hash from what a model would be trained, so that it is trained again only when that changed.

Standard library only, and no import from this folder: the service, in a Python of its own, runs this very
file (`python fingerprint.py --data DIR`, which prints the hash and nothing else) before it decides whether
to train.
"""

import argparse
import hashlib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
DATA_FOLDERS = ("category", "intent")
"""The folders of a data directory whose *.yml are training data; of what else lies there, only the
calibration and the spelling table count."""
_SPELLING = "spelling.tsv"
_ACTS = "acts"
"""Of the folders behind the first: what trainers have said that messages do is learned with each model."""
_BESIDE_DATA = ("calibration.toml", _SPELLING)
_FILES = ("config.yml", "domain.yml", "uv.lock", "train.py")
_FOLDERS = ("components", "training")
_SUFFIXES = {".py", ".tsv"}


class NoTrainingData(ValueError):
    """A data directory holds no training data; the message names it and says what belongs there."""


def training_files(data: Path) -> list[Path]:
    """The files of a data directory that Rasa trains on, in order; a spelling table or acts alone are none.

    Raises:
        NoTrainingData: there is neither.
    """
    files = [path for folder in DATA_FOLDERS for path in sorted((data / folder).rglob("*.yml"))]
    if not files and not (data / _SPELLING).is_file() and not any((data / _ACTS).glob("*.yml")):
        raise NoTrainingData(
            f"{data} holds no category/*.yml and no intent/*.yml; name the folder that holds them."
        )
    return files


def fingerprint(data: Sequence[Path], code: Path = HERE) -> str:
    """The SHA-256, in hexadecimal, of everything that a model depends on: data, configuration, code and lock.

    Names count, and the order of `data`; where the folders lie does not.

    Args:
        data: the data directories.
        code: the folder that holds `config.yml`, `components/` and the rest.

    Raises:
        NoTrainingData: a data directory holds none.
        OSError: a file cannot be read.
    """
    whole = hashlib.sha256()
    for name, path in _parts(data, code):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        whole.update(f"{name}\0{content}\n".encode())
    return whole.hexdigest()


def _parts(data: Sequence[Path], code: Path) -> Iterator[tuple[str, Path]]:
    for name in _FILES:
        yield name, code / name
    for folder in _FOLDERS:
        for path in sorted((code / folder).rglob("*")):
            if path.suffix in _SUFFIXES:
                yield path.relative_to(code).as_posix(), path
    for number, directory in enumerate(data):
        for path in training_files(directory):
            yield f"data {number}: {path.relative_to(directory).as_posix()}", path
        for name in _BESIDE_DATA:
            if (directory / name).is_file():
                yield f"data {number}: {name}", directory / name
        for path in sorted((directory / _ACTS).glob("*.yml")) if number else ():
            yield f"data {number}: {_ACTS}/{path.name}", path


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the hash; 1 and one sentence on stderr when there is no data."""
    parser = argparse.ArgumentParser(description="Prints the hash of what a model would be trained from.")
    parser.add_argument("--data", type=Path, action="append", required=True, metavar="DIR")
    try:
        print(fingerprint(parser.parse_args(arguments).data))
    except (NoTrainingData, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
