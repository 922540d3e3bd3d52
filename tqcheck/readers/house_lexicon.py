"""From files that `tqcheck learn` wrote, and people reviewed, to a house lexicon."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from tqcheck import house
from tqcheck.errors import ConfigError, nearest
from tqcheck.house_lexicon import (
    ACCEPTED,
    NEW,
    REJECTED,
    STATES,
    VERSION,
    HouseLexicon,
    HouseLexicons,
    Rewriting,
    joined,
)
from tqcheck.languages.lexicon import OWN, Name
from tqcheck.languages.loader import canonical
from tqcheck.text.case import lower

_LARGEST = 16 * 1024 * 1024
_PARTS = ("house", "style", "name", "spelling")
_STYLES: dict[str, Callable[[str], object] | None] = {
    "quotes": house.quotes_of,
    "number-format": house.number_format_of,
    "exponents": None,
}


def read(paths: Sequence[str]) -> HouseLexicons:
    """Return what the files say, each read again only when it has changed.

    Raises ConfigError, with the file and the place in it, for one that cannot be used.
    """
    return _joined(tuple(_one(*_state(path)) for path in paths))


@lru_cache(maxsize=16)
def _joined(files: tuple[HouseLexicon, ...]) -> HouseLexicons:
    return joined(files)


def _state(path: str) -> tuple[str, int, int]:
    try:
        state = os.stat(path)
    except (OSError, ValueError) as error:
        told = "no such file" if isinstance(error, FileNotFoundError) else getattr(error, "strerror", str(error))
        raise ConfigError(f"{path}: {told}; `tqcheck learn` writes a lexicon") from error
    return path, state.st_mtime_ns, state.st_size


@lru_cache(maxsize=16)
def _one(path: str, _changed: int, size: int) -> HouseLexicon:
    return lexicon(raw_of(path, size), path)


def raw_of(path: str, size: int) -> bytes:
    """Return the bytes of a file. Raises ConfigError where it is too large or cannot be read."""
    if size > _LARGEST:
        raise ConfigError(f"{path}: larger than {_LARGEST >> 20} MiB; a lexicon of a house is smaller")
    try:
        with open(path, "rb") as stream:
            return stream.read(_LARGEST)
    except OSError as error:
        raise ConfigError(f"{path}: the lexicon cannot be read: {error.strerror}") from error


def parsed(raw: bytes, path: str) -> dict[str, Any]:
    """Return the tables of a lexicon. Raises ConfigError for what is none."""
    try:
        tables = tomllib.loads(raw.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: not valid TOML in UTF-8: {error}") from error
    for key in tables:
        if key not in _PARTS:
            hint = nearest(key, _PARTS) or "."
            raise ConfigError(f"{path}: “{key}” is no part of a lexicon{hint} It has {', '.join(_PARTS)}")
    head = tables.get("house")
    if not isinstance(head, dict) or not isinstance(head.get("lang"), str):
        raise ConfigError(f"{path}: no [house] with a lang; `tqcheck learn` writes a lexicon")
    if head.get("version") != VERSION:
        raise ConfigError(f"{path}: version {head.get('version')!r}, and this tqcheck reads {VERSION}; learn it again")
    for part in ("name", "spelling"):
        if not isinstance(tables.setdefault(part, []), list) or not all(isinstance(e, dict) for e in tables[part]):
            raise ConfigError(f"{path}: {part} must be tables, each headed [[{part}]]")
    if not isinstance(tables.setdefault("style", {}), dict):
        raise ConfigError(f"{path}: style must be a table, headed [style]")
    return tables


def lexicon(raw: bytes, path: str) -> HouseLexicon:
    """Return what a file says. Raises ConfigError, with the entry, for what cannot be used."""
    tables = parsed(raw, path)
    try:
        lang = canonical(tables["house"]["lang"]).partition("-")[0]
    except ConfigError as error:
        raise ConfigError(f"{path}: house: lang: {error}") from error
    names: list[Name] = []
    rejected: set[str] = set()
    for number, entry in enumerate(tables["name"], 1):
        form, state = _text(entry, "form", f"{path}: name {number}"), _state_of(entry, f"{path}: name {number}")
        if state == REJECTED:
            rejected.add(lower(form, lang))
        else:
            names.append(Name(form, OWN, entry.get("common") is True, state == NEW))
    rewritings = []
    for number, entry in enumerate(tables["spelling"], 1):
        where = f"{path}: spelling {number}"
        wrong, right, state = _text(entry, "wrong", where), _text(entry, "right", where), _state_of(entry, where)
        if wrong == right:
            raise ConfigError(f"{where}: “{wrong}” is to be replaced by itself; take it out")
        if state != REJECTED:
            rewritings.append(Rewriting(wrong, right, state == NEW))
    digest = blake2b(raw, digest_size=4).hexdigest()
    style = _style(tables["style"], f"{path}: style")
    return HouseLexicon(lang, tuple(names), frozenset(rejected), tuple(rewritings), **style, fingerprint=digest)


def _style(table: dict[str, Any], where: str) -> dict[str, Any]:
    """Return the style, nothing of one that was not accepted; it is checked all the same."""
    for key, check in _STYLES.items():
        if key in table:
            said = _text(table, key, where)
            try:
                if check is not None:
                    check(said)
                elif said not in ("km²", "km2"):
                    raise ValueError("km² or km2")
            except ValueError as error:
                raise ConfigError(f"{where}: {key}: “{said}” must be {error}") from error
    spellings = table.get("spellings", [])
    if not isinstance(spellings, list) or not all(isinstance(form, str) for form in spellings):
        raise ConfigError(f"{where}: spellings must be a list of words")
    if _state_of(table, where) != ACCEPTED:
        return {}
    return {
        "quotes": table.get("quotes"),
        "numbers": table.get("number-format"),
        "exponents": table.get("exponents"),
        "spellings": tuple(spellings),
    }


def _text(entry: dict[str, Any], key: str, where: str) -> str:
    said = entry.get(key)
    if not isinstance(said, str) or not said.strip():
        raise ConfigError(f"{where}: {key} must be a text")
    return said


def _state_of(entry: dict[str, Any], where: str) -> str:
    said = entry.get("status", NEW)
    if said not in STATES:
        hint = nearest(str(said), STATES) or "."
        raise ConfigError(f"{where}: status cannot be “{said}”{hint} It is one of {', '.join(STATES)}")
    return str(said)
