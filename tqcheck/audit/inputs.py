"""Tell the inputs of an audit apart: what is fetched and read as a feed, and what is an archive."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import BinaryIO

from tqcheck.audit.shards import SUFFIXES, listed

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


@dataclass(slots=True)
class Inputs:
    """What was named: feeds (addresses and files: feeds, OPML, sitemaps), archives (folders and files of articles), and
    standard input where it holds records."""

    feeds: list[str] = field(default_factory=list)
    archives: list[str] = field(default_factory=list)
    stream: BinaryIO | None = None

    def size(self) -> int | None:
        """Return the bytes of the archives; None where some of them cannot be known."""
        total = 0
        for name in self.archives:
            if name == "-" or name.lower().endswith(".gz"):
                return None
            try:
                total += os.path.getsize(name) if os.path.isfile(name) else _below(name)
            except OSError:
                return None
        return total


def told_apart(names: Iterable[str], stdin: BinaryIO) -> Inputs:
    """Return the inputs by their kind. `-` stands for a list of names on standard input, or for JSON Lines."""
    inputs = Inputs()
    for name in names:
        if name != "-":
            _add(inputs, name)
            continue
        listed_names, stream = listed(stdin)
        for each in listed_names:
            _add(inputs, each)
        if stream is not None:
            inputs.stream = stream
            inputs.archives.append("-")
    return inputs


def is_archive(name: str) -> bool:
    """Tell whether a name is that of a folder or a file of articles."""
    return _ADDRESS.match(name) is None and (os.path.isdir(name) or name.lower().endswith(SUFFIXES))


def _add(inputs: Inputs, name: str) -> None:
    (inputs.archives if is_archive(name) else inputs.feeds).append(name)


def _below(folder: str) -> int:
    return sum(
        os.path.getsize(os.path.join(place, name))
        for place, _, names in os.walk(folder)
        for name in names
        if name.lower().endswith(SUFFIXES)
    )
