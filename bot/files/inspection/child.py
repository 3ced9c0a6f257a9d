"""The child: `python -I -B -m bot.files.inspection.child FILE CLEAN THUMB` looks at FILE and prints one JSON object.

`{"refused": key}`, `{"full": true}` when the disk is, or `{"media_type": …, "width": …, "height": …, "clean": bool}`:
with `clean` the file to keep is CLEAN (and a picture's thumbnail THUMB), else FILE as it came. It takes limits upon
itself before it reads a byte, gives up the system calls that the filter on standard input refuses (none is an empty
one), can open nothing once it has begun to decode, neither file nor connection, and ends with SIGALRM when nobody has
ended it. Whatever is wrong with a file happens here, and to nobody else.
"""

from __future__ import annotations

import json
import mmap
import os
import resource
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from bot.conversation.events import FileRefusal
from bot.files.inspection.content import look
from bot.files.inspection.disguise import Content, FoundPicture
from bot.files.inspection.movies import Box, telling_boxes
from bot.files.inspection.system_calls import give_up, given_program
from bot.files.kinds import M4A, MOV, MP4, PHONE_MOVIE, PICTURE, FileKind, FileRefused, is_full

MOST_MEMORY_BYTES = 512 * 1024 * 1024
MOST_CPU_SECONDS = 20
MOST_SECONDS = 60
SECONDS_TO_SAY_WHY = 5
LARGEST_WRITTEN_BYTES = 24 * 1024 * 1024
BEHIND_OTHERS = 10
BOXED = frozenset({M4A, MOV, MP4, PHONE_MOVIE})
LIMITS = {
    resource.RLIMIT_AS: MOST_MEMORY_BYTES,
    resource.RLIMIT_CPU: MOST_CPU_SECONDS,
    resource.RLIMIT_FSIZE: LARGEST_WRITTEN_BYTES,
    resource.RLIMIT_CORE: 0,
}

type CaseNotification = dict[str, object]


def main(words: Sequence[str]) -> None:
    """Look at a file, and say what it is."""
    for what, most in LIMITS.items():
        _limit(what, most)
    signal.alarm(MOST_SECONDS)
    os.nice(BEHIND_OTHERS)
    if program := given_program():
        give_up(program)
    file, clean, thumb = map(Path, words)
    try:
        with file.open("rb") as source, _new(clean) as new, _new(thumb) as small:
            told = _examine(source, new, small)
            _written(new, small)
    except FileRefused as refused:
        told = {"refused": refused.refusal.value}
    except MemoryError:
        told = {"refused": FileRefusal.TOO_LARGE.value}
    except RecursionError:
        told = {"refused": FileRefusal.BROKEN.value}
    except OSError as error:
        if not is_full(error):
            raise
        told = {"full": True}
    sys.stdout.write(json.dumps(told))
    sys.stdout.flush()
    os._exit(0)  # nothing that decoded a stranger's file needs to be put in order


def _limit(what: int, most: int) -> None:
    """As low as this, or as low as it already is.

    Of processor time the last limit lies behind: there SIGKILL comes, which does not say why it came.
    """
    _, hard = resource.getrlimit(what)
    last = most + SECONDS_TO_SAY_WHY if what == resource.RLIMIT_CPU else most
    last = last if hard == resource.RLIM_INFINITY else min(last, hard)
    resource.setrlimit(what, (min(most, last), last))


def _examine(source: BinaryIO, clean: BinaryIO, thumb: BinaryIO) -> CaseNotification:
    if not os.fstat(source.fileno()).st_size:
        raise FileRefused(FileRefusal.EMPTY)
    with mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_READ) as content:
        found = look(content)
        if isinstance(found, FoundPicture):
            return _rewrite(source, found, clean, thumb)
        return _told(found, clean=found in BOXED and _blot(content, clean))


def _rewrite(source: BinaryIO, found: FoundPicture, clean: BinaryIO, thumb: BinaryIO) -> CaseNotification:
    from bot.files.inspection.pictures import get_ready, write_anew  # noqa: PLC0415 - only pictures need Pillow

    get_ready(found.format)
    _limit(resource.RLIMIT_NOFILE, 0)
    width, height = write_anew(source, found.format, clean, thumb)
    return _told(PICTURE, clean=True, width=width, height=height)


def _blot(content: Content, clean: BinaryIO) -> bool:
    """Write a film without the boxes that say where it was made; False when there are none."""
    telling = telling_boxes(content)
    if not telling:
        return False
    clean.write(content[:])
    for box in telling:
        _blot_out(box, clean)
    return True


def _blot_out(box: Box, clean: BinaryIO) -> None:
    clean.seek(box.begins + 4)
    clean.write(b"free")
    clean.seek(box.inside)
    clean.write(bytes(box.ends - box.inside))


def _told(kind: FileKind, *, clean: bool, width: int = 0, height: int = 0) -> CaseNotification:
    return {"media_type": kind.media_type, "clean": clean, "width": width, "height": height}


def _new(file: Path) -> BinaryIO:
    """A file for its owner alone; what an earlier try left there is written over."""
    return os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


def _written(*files: BinaryIO) -> None:
    """What was written lies on the disk: a full one is found out now."""
    for file in files:
        file.flush()
        os.fsync(file.fileno())


if __name__ == "__main__":
    main(sys.argv[1:])
