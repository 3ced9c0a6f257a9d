"""FILE.json beside the model FILE.tar.gz: from what it was made, and how sure it must be.

Standard library only. It is written last: a model whose description names another hash is not finished.
"""

import json
import os
from pathlib import Path
from typing import Union

Json = Union[str, int, float, bool, None, list["Json"], dict[str, "Json"]]
Description = dict[str, Json]
ENDING, LIGHT_ENDING = ".tar.gz", ".lapor"
"""Of a model as Rasa makes it, and of one that was trained without it."""


def path_beside(model: Path) -> Path:
    """Where the description of a model lies."""
    return model.with_name(model.name.removesuffix(ENDING).removesuffix(LIGHT_ENDING) + ".json")


def read_beside(model: Path) -> Description:
    """The description of a model; empty when there is none that can be read."""
    try:
        description = json.loads(path_beside(model).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return description if isinstance(description, dict) else {}


def write_beside(model: Path, description: Description) -> None:
    """Writes the description of a model, whole or not at all.

    Raises:
        OSError: it cannot be written; what stood there before stands there still.
    """
    path = path_beside(model)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        unfinished.write_text(json.dumps(description, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
