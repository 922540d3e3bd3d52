"""What every reader gives back: an article, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass

from tqcheck.errors import ConfigError, InputError, nearest
from tqcheck.languages import available, load
from tqcheck.languages.loader import canonical


@dataclass(frozen=True, slots=True)
class Unread:
    """An input that could not be read. `where` is the file, with the line for a record."""

    id: str
    where: str
    message: str
    path: str | None = None


def language(tag: str) -> str:
    """Return a language tag in its usual casing. Raises InputError if it can be none."""
    try:
        clean = canonical(tag)
    except ConfigError:
        clean = ""
    # Registered primary subtags have two or three letters: “english” is a name, not a tag.
    if not 2 <= len(clean.partition("-")[0]) <= 3:
        hint = _hint(tag)
        raise InputError(f"“{tag}” is not a language code{hint} Write a code such as en, fr or pt-BR")
    return clean


def told(error: Exception) -> str:
    """Return what to tell of an error; one that we did not expect asks for a report."""
    if isinstance(error, OSError):
        return error.strerror or str(error)
    if isinstance(error, InputError):
        return str(error)
    text = str(error)[:200]  # some quote all of their input
    return f"tqcheck failed on it ({type(error).__name__}: {text}); please report this"


def _hint(word: str) -> str:
    """People write “english” or “en_GB.UTF-8”: look among the names as well as the tags."""
    names = {load(tag).name.lower(): tag for tag in available()}
    tag = names.get(word.lower())
    return f"; did you mean “{tag}”?" if tag else nearest(word, available()) or nearest(word[:2], available()) or "."
