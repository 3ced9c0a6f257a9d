"""Gives up system calls for good: run by the child before it reads a stranger's file, whatever sandbox is around it.

The filter comes as a program for the kernel (seccomp) on standard input, made by the service: the child would need
libseccomp for that. `python -m bot.files.inspection.system_calls` tells by its exit code whether a filter holds here.
"""

from __future__ import annotations

import ctypes
import os
import socket
import sys
from typing import Final

PR_SET_NO_NEW_PRIVS: Final = 38
PR_SET_SECCOMP: Final = 22
SECCOMP_MODE_FILTER: Final = 2
INSTRUCTION_BYTES: Final = 8
LONGEST_PROGRAM_BYTES: Final = 64 * 1024


class _Program(ctypes.Structure):
    """`struct sock_fprog` of the kernel."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p))


def give_up(program: bytes) -> None:
    """Has the kernel refuse from now on what this program refuses, to this process and all that it starts.

    Raises:
        OSError: the kernel takes no filter, or not this one.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    kept = ctypes.create_string_buffer(program, len(program))
    given = _Program(len(program) // INSTRUCTION_BYTES, ctypes.cast(kept, ctypes.c_void_p))
    calls = (
        (PR_SET_NO_NEW_PRIVS, ctypes.c_ulong(1), ctypes.c_ulong(0)),
        (PR_SET_SECCOMP, ctypes.c_ulong(SECCOMP_MODE_FILTER), ctypes.byref(given)),
    )
    for call in calls:
        if libc.prctl(*call, ctypes.c_ulong(0), ctypes.c_ulong(0)):
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number))


def given_program() -> bytes:
    """What came on standard input; nothing where the machine offers no filter."""
    return sys.stdin.buffer.read(LONGEST_PROGRAM_BYTES)


def main() -> int:
    """Give up what the program refuses, and look whether a connection is refused."""
    give_up(given_program())
    try:
        socket.socket().close()
    except PermissionError:
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(main())
