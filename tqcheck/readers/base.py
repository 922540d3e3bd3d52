"""What every reader gives back: an article, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from tqcheck.errors import ConfigError, InputError, nearest
from tqcheck.languages import available, load
from tqcheck.languages.loader import canonical
from tqcheck.model import Article


@dataclass(frozen=True, slots=True)
class Unread:
    """An input that could not be read. `where` is the file, with the line for a record."""

    id: str
    where: str
    message: str
    path: str | None = None


class Finder(Protocol):
    """Puts originals beside articles. Both raise InputError where an article has none that is certain."""

    def of_file(self, article: Article, root: str | None) -> Article:
        """Return the article of a file (its `path` says which) with its original, if it has one. Its
        `source` is still what the front matter says; `root` is the folder that is being read, if any."""

    def of_record(self, article: Article) -> Article:
        """Return the article of a JSON Lines record with its original; `source` is the text of its own."""


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
