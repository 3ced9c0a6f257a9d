"""A training without Rasa, in the service's Python, makes the file that Rasa's training is compiled to."""

import json
import subprocess
import zlib
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from compiling.container import FIRST_LINE, UNSIGNED
from description import read_beside
from export import main as export
from fingerprint import HERE

SERVICE = HERE.parent / ".venv" / "bin" / "python"
TYPES = {"float16": "<f2", "float32": "<f4", "uint8": "|u1"}
Read = tuple[dict[str, object], dict[str, npt.NDArray[np.float64]]]


def read(file: Path) -> Read:
    """The header, and the numbers by name."""
    whole = zlib.decompress(file.read_bytes().removeprefix(FIRST_LINE + UNSIGNED))
    line, _, rest = whole.partition(b"\n")
    header = json.loads(line)
    arrays = {}
    for listed in header.pop("arrays"):
        kind = np.dtype(TYPES[listed["type"]])
        count = int(np.prod(listed["shape"]))
        arrays[listed["name"]] = np.frombuffer(rest, kind, count).astype(np.float64)
        rest = rest[count * kind.itemsize :]
    return header, arrays


def trained_light(data: Path, out: Path) -> None:
    command = [str(SERVICE), str(HERE / "train.py"), "--light", "--data", str(data), "--out", str(out)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr


@pytest.fixture(scope="module")
def light(some_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is learned without Rasa from the data that Rasa has learned from."""
    out = tmp_path_factory.mktemp("light") / "light.lapor"
    trained_light(some_data, out)
    return out


def test_it_is_the_file_that_rasas_training_is_compiled_to(
    trained: Path, light: Path, tmp_path: Path
) -> None:
    assert export(["--model", str(trained), "--out", str(tmp_path / "rasa.lapor")]) == 0

    header, arrays = read(light)
    header_of_rasa, arrays_of_rasa = read(tmp_path / "rasa.lapor")

    assert rounded(header) == rounded(header_of_rasa)
    assert arrays.keys() == arrays_of_rasa.keys()
    for name, numbers in arrays.items():
        assert np.abs(numbers - arrays_of_rasa[name]).max() <= 1e-6, name


def test_its_description_says_the_same(trained: Path, light: Path) -> None:
    apart = {"trained_at": "", "seconds": 0}

    assert rounded({**read_beside(light), **apart}) == rounded({**read_beside(trained), **apart})


def rounded(document: dict[str, object]) -> dict[str, object]:
    """Numbers to a millionth."""
    return {name: round(value, 6) if isinstance(value, float) else value for name, value in document.items()}
