"""The original that an article or a pattern names by its path: read with care, since articles come from
anywhere and must not make us read other files of this machine."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path, PurePath

from tqcheck.errors import InputError
from tqcheck.model import Article

_LONGEST_NAME = 200


def named(article: Article, suffixes: Collection[str]) -> str | None:
    """Return the path that the front matter names as `source`; None for a credit such as “Reuters”."""
    name = article.source
    return None if name is None or PurePath(name).suffix.lower() not in suffixes or "://" in name else name


def shown(name: str) -> str:
    """Return a path as messages quote it."""
    return name if len(name) <= _LONGEST_NAME else name[:_LONGEST_NAME] + "…"


def place(name: str, path: str, roots: Iterable[Path] = ()) -> Path:
    """Return where the original stands that the article at `path` names, relative to its own folder.

    That is below this folder, the working folder or one of `roots` (the folder of the configuration
    file), whatever links and “..” say. Raises InputError where it is not.
    """
    if PurePath(name).is_absolute():
        raise InputError("the path must be relative to the article, not absolute")
    found = (Path(path).parent / name).resolve()
    if not allowed(found, path, roots):
        raise InputError(
            "it stands neither below the folder of the article nor below that of the configuration or of the run"
        )
    if not found.is_file():
        raise InputError("there is no such file beside the article")
    return found


def allowed(found: Path, path: str, roots: Iterable[Path]) -> bool:
    """Tell whether a file (without links in its path) may be read for the article at `path`."""
    return any(found.is_relative_to(root.resolve()) for root in (Path(path).parent, Path(), *roots))
