"""The original that a front matter names by its path: read with care, never at the cost of the article."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePath

from tqcheck.errors import InputError
from tqcheck.model import Article
from tqcheck.readers.base import told

_LONGEST_NAME = 200


def attach(article: Article, path: str, load: Callable[[Path], Article], suffixes: tuple[str, ...]) -> Article:
    """Put the text of the named original in the place of its name; what goes wrong becomes a note.

    Such an original stands below the folder of the article or below the working folder: an article
    from elsewhere must not make us read other files of this machine.
    """
    named = article.source
    if named is None:
        return article
    article = replace(article, source=None)
    if PurePath(named).suffix.lower() not in suffixes or "://" in named:
        return article  # a credit such as “source: Reuters”
    shown = named if len(named) <= _LONGEST_NAME else named[:_LONGEST_NAME] + "…"
    try:
        source = load(_place(named, path))
    except Exception as error:  # whatever is wrong with the original, the article is read
        return replace(article, notes=(*article.notes, f"the source {shown} is not read: {told(error)}"))
    notes = (*article.notes, *(f"the source {shown}: {note}" for note in source.notes))
    text = source.view().text
    return replace(article, source=text if text.strip() else None, notes=notes)


def _place(named: str, path: str) -> Path:
    folder = Path(path).parent
    place = (folder / named).resolve()
    if not any(place.is_relative_to(root.resolve()) for root in (folder, Path())):
        raise InputError("it stands neither below the folder of the article nor below the working folder")
    if not place.is_file():
        raise InputError("there is no such file beside the article")
    return place
