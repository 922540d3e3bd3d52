"""A fingerprint of all the data that a language is judged by."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from importlib import resources
from importlib.resources.abc import Traversable

from tqcheck.languages import installed

# Their lists are part of the judgement.
_PACKAGES = ("wordfreq", "simplemma")


@cache
def fingerprint(tag: str) -> str:
    """Return 8 hexadecimal digits that change whenever the records, names or calques of a language,
    the measured precision or the word lists do."""
    base = tag.partition("-")[0]
    state = blake2b(digest_size=4)
    folder = resources.files("tqcheck.languages")
    wanted = {f"{base}.toml", "default.toml", "measures.toml", "endings.toml", "terms.toml", f"{base}.tsv"}
    for place in (folder, folder / "names", folder / "numerals", folder / "pairs"):
        for file in sorted(place.iterdir(), key=lambda f: f.name):
            if file.name in wanted or file.name.startswith(f"{base}-") or file.name.endswith(f"-{base}.toml"):
                state.update(file.read_bytes())
    table = resources.files("tqcheck.rules") / "precision.json"
    state.update(table.read_bytes() if table.is_file() else b"")
    for package in _PACKAGES:
        state.update((installed.version(package) or "").encode())
    return state.hexdigest()


@cache
def everything() -> str:
    """Return 16 hexadecimal digits that change whenever any data that a text may be judged by does."""
    state = blake2b(digest_size=8)
    root = resources.files("tqcheck")
    for part in ("languages", "rules", "witnesses", "encoders"):
        for file in _files(root / part):
            if not file.name.endswith((".py", ".pyc")):
                state.update(file.name.encode() + b"\0" + file.read_bytes())
    for package in _PACKAGES:
        state.update((installed.version(package) or "").encode())
    return state.hexdigest()


def _files(folder: Traversable) -> Iterator[Traversable]:
    for place in sorted(folder.iterdir(), key=lambda f: f.name):
        yield from (place,) if place.is_file() else _files(place)
