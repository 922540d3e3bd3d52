"""A fingerprint of all the data that a language is judged by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from importlib import resources
from importlib.resources.abc import Traversable

from tqcheck.languages import installed

# Their lists are part of the judgement.
_PACKAGES = ("wordfreq", "simplemma")
# Where the data lies; what else comes with the package only shows and describes.
FOLDERS = ("languages", "rules", "witnesses", "encoders")
# A file about one language, a variant of it, or two languages: en.tsv, pt-BR.toml, fr-en.toml. Words of three letters
# are words: kin.toml is not about Kinyarwanda.
_ABOUT = re.compile(r"([a-z]{2})(?:-(?:([a-z]{2})|[A-Z][A-Za-z]+))?\.(?:toml|tsv|txt)")


@cache
def fingerprint(*tags: str) -> str:
    """Return 8 hexadecimal digits that change whenever data does by which a text in one of some languages may be
    judged: what is about them, and what is about all."""
    bases = {tag.partition("-")[0] for tag in tags}
    return _digest((file for file in data() if not (said := about(file.name)) or said & bases), 4)


@cache
def everything() -> str:
    """Return 16 hexadecimal digits that change whenever any data that a text may be judged by does."""
    return _digest(data(), 8)


def data() -> Iterator[Traversable]:
    """Yield all files with data that a text may be judged by."""
    root = resources.files("tqcheck")
    for folder in FOLDERS:
        for file in _files(root / folder):
            if not file.name.endswith((".py", ".pyc")):
                yield file


def about(name: str) -> frozenset[str]:
    """Return the languages that a file is about; none: it is about all."""
    found = _ABOUT.fullmatch(name)
    return frozenset() if found is None else frozenset(filter(None, found.groups()))


def _digest(files: Iterator[Traversable], size: int) -> str:
    state = blake2b(digest_size=size)
    for file in files:
        state.update(file.name.encode() + b"\0" + file.read_bytes())
    for package in _PACKAGES:
        state.update((installed.version(package) or "").encode())
    return state.hexdigest()


def _files(folder: Traversable) -> Iterator[Traversable]:
    for place in sorted(folder.iterdir(), key=lambda f: f.name):
        yield from (place,) if place.is_file() else _files(place)
