"""What was found in a sentence or a line, kept for the next time: of an article that is being edited, all but one
are as they were."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

T = TypeVar("T")
# A few long articles and their originals; what is longer than any sentence is not worth its memory.
_MOST, _LONGEST = 4_000, 4_000


def remembered(find: Callable[[str], T]) -> Callable[[str], T]:
    """Return a function of a text that remembers what it returned; its results must not be changed."""
    known = lru_cache(maxsize=_MOST)(find)
    return lambda text: known(text) if len(text) <= _LONGEST else find(text)
