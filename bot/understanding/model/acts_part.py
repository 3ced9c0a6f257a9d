"""The part of a model file that holds a model of dialogue acts: put there before the file is signed."""

from __future__ import annotations

import json
import zlib
from pathlib import Path

from bot.understanding.model.model_file import SIGNATURE_END, UnusableModel, inflated, read_whole

ACTS = "acts"


def put_acts(unsigned: Path, acts: bytes) -> None:
    """Writes the file anew with these bytes as its last array; it has to be signed afterwards.

    Raises:
        UnusableModel: it makes no sense, or holds such a part already.
        OSError: it cannot be written.
    """
    whole = read_whole(unsigned)
    words, _, numbers = inflated(unsigned.name, whole[SIGNATURE_END:]).partition(b"\n")
    try:
        header = json.loads(words)
        arrays = header["arrays"]
        if any(array["name"] == ACTS for array in arrays):
            raise UnusableModel(f"{unsigned.name} holds dialogue acts already")
    except (ValueError, KeyError, TypeError) as error:
        raise UnusableModel(f"the header of {unsigned.name} makes no sense ({type(error).__name__})") from error
    header["arrays"] = [*arrays, {"name": ACTS, "type": "uint8", "shape": [len(acts)]}]
    content = json.dumps(header, ensure_ascii=False).encode() + b"\n" + numbers + acts
    unsigned.write_bytes(whole[:SIGNATURE_END] + zlib.compress(content, 9))
