"""What the files say that the settings name: glossaries, lexicons, lists of words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tqcheck.config import Settings
from tqcheck.house import Wishes

if TYPE_CHECKING:
    from tqcheck.glossary import Glossary
    from tqcheck.house_lexicon import HouseLexicons


def glossary(settings: Settings) -> Glossary | None:
    """Return the glossary, None where there is none. Raises ConfigError for one that cannot be used."""
    if not settings.glossary:
        return None
    from tqcheck.readers.glossary import read  # on use: few have one

    return read(settings.glossary)


def lexicons(settings: Settings) -> HouseLexicons | None:
    """Return the lexicons of the house, None where there are none. Raises ConfigError for one that cannot be used."""
    if not settings.lexicon:
        return None
    from tqcheck.readers.house_lexicon import read  # on use: few have one

    return read(settings.lexicon)


def wishes(settings: Settings) -> Wishes:
    """Return the house style with the words of its files, and what its lexicons say where it says nothing."""
    said = settings.house
    if (learned := lexicons(settings)) is not None:
        said = learned.enlarge(said)
    if settings.accept_files or settings.reject_files:
        from tqcheck.readers import wordlists  # on use: few have one

        accept = (*said.accept, *wordlists.accepted(settings.accept_files))
        return said._replace(accept=accept, reject=(*said.reject, *wordlists.rejected(settings.reject_files)))
    return said
