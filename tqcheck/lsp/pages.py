"""The page of each rule as a file that an editor can open: it needs no network."""

from __future__ import annotations

import os
from contextlib import suppress
from functools import cache
from pathlib import Path

from pygls.uris import from_fs_path

from tqcheck._version import __version__
from tqcheck.evaluation.docs import page
from tqcheck.languages.store import folder
from tqcheck.rules import load_rules


@cache
def link(code: str) -> str | None:
    """Return the address of the page of a rule, written on first use; None where it cannot be written."""
    rule = next((rule for rule in load_rules() if rule.code == code), None)
    if rule is None:
        return None
    place = Path(folder()) / f"rules-{__version__}" / f"{code}.md"
    text = page(rule)
    try:
        if not place.is_file() or place.read_text("utf-8") != text:
            place.parent.mkdir(parents=True, exist_ok=True)
            part = place.with_name(f".{code}-{os.getpid()}")
            try:
                part.write_text(text, "utf-8")
                os.replace(part, place)
            finally:
                with suppress(OSError):
                    part.unlink()
    except OSError:
        return None
    uri: str | None = from_fs_path(str(place))
    return uri
