"""The file beside an article that says what to hide in it: `article.txt.tqcheck.toml`.

Plain text has no comments, and a line number would be wrong after the next edit; so an entry names the
words it is about, or speaks of the whole article.
"""

from __future__ import annotations

import os
import tomllib
from typing import Any

from tqcheck.errors import InputError, nearest
from tqcheck.model import Suppression

SUFFIX = ".tqcheck.toml"
_KEYS = ("codes", "text", "reason")
_LARGEST, _MOST = 1024 * 1024, 1000


def sidecar(path: str) -> tuple[Suppression, ...]:
    """Return what the file beside an article says; nothing where there is none.

    Raises InputError, naming the file, where it cannot be used.
    """
    name = path + SUFFIX
    if not os.path.isfile(name):
        return ()
    try:
        with open(name, "rb") as stream:
            data = stream.read(_LARGEST + 1)
        if len(data) > _LARGEST:
            raise InputError("larger than 1 MiB")
        return tuple(_entries(tomllib.loads(data.decode("utf-8"))))
    except OSError as error:
        raise InputError(f"{name}: cannot be read: {error.strerror}") from error
    except InputError as error:
        raise InputError(f"{name}: {error}; mend it or take it away") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{name}: not valid TOML: {error}; mend it or take it away") from error


def _entries(data: dict[str, Any]) -> list[Suppression]:
    for key in data:
        if key != "ignore":
            raise InputError(f"unknown key “{key}”; write [[ignore]] with codes, text and reason")
    entries = data.get("ignore", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise InputError("write [[ignore]] in two pairs of brackets, once for each entry")
    if len(entries) > _MOST:
        raise InputError(f"more than {_MOST:,} entries; a baseline holds as many as there are")
    return [_entry(entry) for entry in entries]


def _entry(entry: dict[str, Any]) -> Suppression:
    for key in entry:
        if key not in _KEYS:
            raise InputError(f"unknown key “{key}”{nearest(key, _KEYS) or '.'} Known keys: {', '.join(_KEYS)}")
    codes, text, reason = entry.get("codes"), entry.get("text"), entry.get("reason", "")
    if not isinstance(codes, list) or not codes or not all(isinstance(code, str) and code for code in codes):
        raise InputError('codes must be a list of rules such as ["CAS101"]')
    if text is not None and (not isinstance(text, str) or not text.strip()):
        raise InputError("text must be words of the article")
    if not isinstance(reason, str):
        raise InputError("reason must be a string")
    return Suppression("ignore", tuple(codes), reason, "sidecar", words=text)
