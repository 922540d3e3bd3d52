"""Replace a file by its new version, whole or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterable
from contextlib import suppress
from typing import NamedTuple

from tqcheck.errors import InputError

CHANGED = "the file changed while it was checked; nothing was written, run tqcheck again"


class State(NamedTuple):
    """What tells one version of a file from another."""

    inode: int
    size: int
    modified: int


def state(path: str) -> State:
    """Return the version of a file that is there now."""
    known = os.stat(path)
    return State(known.st_ino, known.st_size, known.st_mtime_ns)


def obstacle(path: str) -> str | None:
    """Return why a file cannot be replaced, None where it can. Links are followed.

    Whoever takes the right to write away means it, from the administrator as well.
    """
    target = os.path.realpath(path)
    folder = os.path.dirname(target)
    if not os.path.isfile(target):
        return "it is no file that could be written"
    if not os.access(target, os.W_OK) or not os.stat(target).st_mode & 0o222:
        return "the file is read-only; allow writing to it, or use --diff"
    if not os.access(folder, os.W_OK | os.X_OK) or not os.stat(folder).st_mode & 0o222:
        return "its folder is read-only; allow writing to it, or use --diff"
    return None


def replace(path: str, chunks: Iterable[bytes], expected: State | None) -> None:
    """Write a new version of a file, with the same permissions and, where we may, the same owner.

    Raises InputError where the file is no longer in the `expected` state (None: any will do, or none),
    OSError where it cannot be written; either way the old version stays.
    """
    target = os.path.realpath(path)
    # Hidden, so that a folder that is checked does not hold one article more.
    part = os.path.join(os.path.dirname(target), f".tqcheck-{os.getpid()}-{secrets.token_hex(4)}.part")
    try:
        with open(part, "xb") as out:
            out.writelines(chunks)
            out.flush()
            os.fsync(out.fileno())
        if os.path.exists(target):
            _like(part, target)
        if expected is not None and state(target) != expected:
            raise InputError(CHANGED)
        os.replace(part, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(part)
        raise


def _like(part: str, target: str) -> None:
    """Give a file the owner and the permissions of another."""
    known = os.stat(target)
    if hasattr(os, "chown") and (known.st_uid, known.st_gid) != (os.geteuid(), os.getegid()):
        with suppress(OSError):
            os.chown(part, known.st_uid, known.st_gid)
    shutil.copymode(target, part)  # last: the system takes some rights away with the owner
