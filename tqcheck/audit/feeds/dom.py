"""Finding elements in pages that may hold a hundred thousand of them."""

from __future__ import annotations

from typing import Any


def first(node: Any, selector: str, most: int) -> list[Any]:
    """Return the first `most` elements below a node that a selector fits.

    The lists of resiliparse are live: each step through one searches the page again. A slice searches once.
    """
    return list(node.query_selector_all(selector)[:most])
