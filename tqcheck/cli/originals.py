"""`--source`: what it names, and what is told of articles that have no original."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING, BinaryIO

from tqcheck.cli.options import Configuration
from tqcheck.cli.tell import complain
from tqcheck.errors import ConfigError, InputError

if TYPE_CHECKING:
    from tqcheck.model import Article
    from tqcheck.readers.originals import Habits, Originals
    from tqcheck.readers.partner import Folder
    from tqcheck.readers.records import Records


def finder(source: str | None, paths: tuple[str, ...], stdin_name: str | None, settings: Configuration) -> Originals:
    """Return what finds the originals of a run. Raises ConfigError where `--source` does not fit the paths."""
    from tqcheck.readers.originals import Habits, Originals

    def habits(path: str) -> Habits:
        try:
            return Habits.of(settings.layers(path))
        except ConfigError:  # told with the article itself
            return Habits()

    return Originals(None if source is None else _given(source, paths, stdin_name, settings), habits)


def tell_alone(originals: Originals) -> bool:
    """Tell on standard error which articles were checked without an original though they should have one,
    and what of `--source` could not be read. Return True where something could not be."""
    for trouble in originals.troubles:
        complain(f"--source {trouble.where}: {trouble.message}")
    if originals.alone:
        names = ", ".join(originals.names)
        rest = originals.alone - len(originals.names)
        what = "1 article has" if originals.alone == 1 else f"{originals.alone:,} articles have"
        complain(f"{what} no original and {'was' if originals.alone == 1 else 'were'} checked alone: {names}"
                 + (f" and {rest:,} more" if rest else ""))  # fmt: skip
    return bool(originals.troubles)


def known(
    source: str | None, paths: tuple[str, ...], stdin_name: str | None, settings: Configuration, stdin: BinaryIO | None
) -> frozenset[str]:
    """Return the files, without links, that serve as an original in a run: a fix must never touch one."""
    from tqcheck.readers import Unread, read
    from tqcheck.readers.files import STREAMS

    found = set() if source is None or os.path.isdir(source) else {os.path.realpath(source)}
    # Records hold their originals, or have them in the one file that `--source` names.
    files = [path for path in paths if not (stdin_name or path if path == "-" else path).lower().endswith(STREAMS)]
    for item in read(files, stdin or io.BytesIO(), stdin_name, finder(source, paths, stdin_name, settings)):
        if not isinstance(item, Unread) and item.source_path is not None:
            found.add(os.path.realpath(item.source_path))
    return frozenset(found)


def _given(
    source: str, paths: tuple[str, ...], stdin_name: str | None, settings: Configuration
) -> Article | Folder | Records:
    from tqcheck.readers.files import original
    from tqcheck.readers.partner import Folder
    from tqcheck.readers.records import Records

    if not os.path.exists(source):
        raise ConfigError(f"--source {source}: no such file or folder; check the spelling of the path")
    names = [stdin_name or "-" if path == "-" else path for path in paths]
    if os.path.isdir(source):
        for path, name in zip(paths, names, strict=True):
            _fits_folder(source, path, name, settings)
        return Folder(source)
    if _records(source):
        for name in names:
            if not _records(name) and not os.path.isdir(name):
                raise ConfigError(
                    f"--source {source}: its records are the originals of records, paired by “id”; for {name} give a "
                    "file with one original, or a folder"
                )
        return Records(source)
    if len(paths) > 1 or os.path.isdir(paths[0]) or _records(names[0]):
        raise ConfigError(
            f"--source {source}: a file is the original of one article; for several give a folder (files are paired "
            "by name) or a .jsonl file (records are paired by “id”)"
        )
    try:
        return original(source)
    except InputError as error:
        raise ConfigError(f"--source {error}") from error


def _fits_folder(source: str, path: str, name: str, settings: Configuration) -> None:
    """Raise ConfigError where a folder of originals cannot serve what is read from a path."""
    if _records(name):
        raise ConfigError(
            f"--source {source}: a folder has originals for files; for the records of {name} give a .jsonl file, "
            "they are paired by “id”"
        )
    if name == "-":
        raise ConfigError(f"--source {source}: files are paired by name; say it with --stdin-filename")
    if path != "-" and _within(path, source) and settings.layers(path).settings.source_lang is None:
        raise ConfigError(
            f"--source {source}: the articles lie in this folder too; name the language of the originals with "
            "--source-lang, so that they can be told apart"
        )


def _records(path: str) -> bool:
    from tqcheck.readers.files import STREAMS

    return os.path.splitext(path)[1].lower() in STREAMS


def _within(path: str, folder: str) -> bool:
    place, top = os.path.realpath(path), os.path.realpath(folder)
    return place == top or place.startswith(top.rstrip(os.sep) + os.sep)
