"""Which system calls a child that looks at files is refused, as a program for the kernel (seccomp).

It holds where namespaces do not: in containers, and under the systemd unit. What is refused is what a file that has
taken the child over would want: a connection, another program or process, to look into or end another, to move, remove
or make files, to mount, to reach into the kernel. It is no list of what is allowed: libraries change what they call.
"""

from __future__ import annotations

import functools
import subprocess
import sys
import tempfile
from contextlib import suppress
from errno import ENOSYS, EPERM
from typing import Final

CONNECT: Final = (
    "socket",
    "socketpair",
    "connect",
    "bind",
    "listen",
    "accept",
    "accept4",
    "sendto",
    "sendmsg",
    "sendmmsg",
)
START: Final = ("execve", "execveat", "fork", "vfork")
TOUCH_OTHERS: Final = (
    "ptrace",
    "process_vm_readv",
    "process_vm_writev",
    "pidfd_open",
    "pidfd_getfd",
    "pidfd_send_signal",
)
CHANGE_FILES: Final = (
    *("unlink", "unlinkat", "rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat"),
    *("mkdir", "mkdirat", "rmdir", "mknod", "mknodat", "chmod", "fchmod", "fchmodat", "chown", "fchown", "lchown"),
    *("fchownat", "truncate", "setxattr", "lsetxattr", "fsetxattr", "utimensat"),
)
BREAK_OUT: Final = (
    *("mount", "umount2", "pivot_root", "chroot", "unshare", "setns", "move_mount", "open_tree", "fsopen", "fsmount"),
    *("open_by_handle_at", "name_to_handle_at", "setuid", "setgid", "setreuid", "setregid", "setresuid", "setresgid"),
)
REACH_INTO_KERNEL: Final = (
    *("bpf", "perf_event_open", "userfaultfd", "io_uring_setup", "io_uring_enter", "io_uring_register", "keyctl"),
    *("add_key", "request_key", "init_module", "finit_module", "delete_module", "kexec_load", "kexec_file_load"),
)
REFUSED: Final = (*CONNECT, *START, *TOUCH_OTHERS, *CHANGE_FILES, *BREAK_OUT, *REACH_INTO_KERNEL)
CLONE_THREAD: Final = 0x00010000
"""A thread is no process: decoders may have some."""
PROBE: Final = (sys.executable, "-I", "-B", "-m", "bot.files.inspection.system_calls")
PROBE_SECONDS: Final = 10.0


@functools.cache
def filter_here() -> bytes:
    """The program, where this machine has libseccomp and a kernel that takes it; else nothing."""
    try:
        program = _program()
    except (ImportError, RuntimeError, OSError):
        return b""
    return program if _holds(program) else b""


def _program() -> bytes:
    """What refuses all of these.

    Raises:
        RuntimeError: libseccomp is not there.
        OSError: it knows nothing of this machine.
    """
    import pyseccomp  # noqa: PLC0415 - raises where the machine has no libseccomp

    rules = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    for name in REFUSED:
        with suppress(OSError):  # not every machine has each of them
            rules.add_rule(pyseccomp.ERRNO(EPERM), name)
    rules.add_rule(pyseccomp.ERRNO(EPERM), "clone", pyseccomp.Arg(0, pyseccomp.MASKED_EQ, CLONE_THREAD, 0))
    rules.add_rule(pyseccomp.ERRNO(ENOSYS), "clone3")  # its flags lie in memory; who hears this takes clone
    with tempfile.TemporaryFile() as written:
        rules.export_bpf(written)
        written.seek(0)
        return written.read()


def _holds(program: bytes) -> bool:
    try:
        done = subprocess.run(PROBE, input=program, capture_output=True, timeout=PROBE_SECONDS, env={}, check=False)  # noqa: S603 - our own words
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
