"""The letters of the scripts, and runs of letters that are foreign to one."""

from __future__ import annotations

import re
from functools import cache

from tqcheck.text.words import MARKS

# Latin is missing: names and brands stand in Latin letters everywhere.
LETTERS = {
    "Cyrl": "\u0400-\u052f",
    "Grek": "\u0370-\u0373\u0376-\u0377\u037b-\u037d\u0386-\u03ff\u1f00-\u1fff",
    "Armn": "\u0531-\u0556\u0561-\u0587",
    "Hebr": "\u05d0-\u05ea",
    "Arab": "\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff",
    "Deva": "\u0904-\u0939\u0958-\u0961\u0971-\u097f",
    "Beng": "\u0985-\u09b9",
    "Taml": "\u0b85-\u0bb9",
    "Thai": "\u0e01-\u0e2e",
    "Geor": "\u10a0-\u10ff",
    "Hang": "\u1100-\u11ff\uac00-\ud7a3",
    "Kana": "\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff",
    "Hani": "\u3005\u3400-\u4dbf\u4e00-\u9fff",
}
# Scripts that are written together: Japanese and Korean texts hold Chinese characters.
TOGETHER = {"Jpan": {"Kana", "Hani"}, "Hans": {"Hani"}, "Hant": {"Hani"}, "Kore": {"Hang", "Hani"}}
# Any letter of these scripts.
EVERY = re.compile(f"[{''.join(LETTERS.values())}]")


@cache
def foreign_runs(script: str) -> re.Pattern[str]:
    """Return a pattern for up to ten words in letters that a text in `script` does not write."""
    own = TOGETHER.get(script, {script})
    letters = "".join(ranges for name, ranges in LETTERS.items() if name not in own)
    run = f"[{letters}][{letters}{MARKS}]*"
    if own != {script}:
        return re.compile(f"{run}(?:[ -]{run}){{0,9}}")
    # An Eastern word has no spaces of its own and sticks to its neighbour: ب制裁.
    east = "".join(LETTERS[name] for name in ("Kana", "Hani"))
    return re.compile(
        rf"[{letters}](?:(?<!\w.)[{letters}{MARKS}]*(?:[ -]{run}){{0,9}}(?!\w)|(?<=[^\W\d_][{east}])[{east}]*)"
    )


_LATIN = "A-Za-z\u00aa\u00ba\u00c0-\u024f\u1e00-\u1eff"
# A script that makes up less of the letters than this is that of names and terms.
_PART = 0.2
_SAMPLE = 4000


def scripts_of(text: str) -> frozenset[str]:
    """Return the scripts that a text is written in, by its beginning: {"Kana", "Hani"} for Japanese."""
    counts = {name: len(letter.findall(text, 0, _SAMPLE)) for name, letter in _counted().items()}
    total = sum(counts.values())
    return frozenset(name for name, count in counts.items() if count and count >= _PART * total)


@cache
def _counted() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(f"[{ranges}]") for name, ranges in {"Latn": _LATIN, **LETTERS}.items()}


@cache
def runs_of(scripts: frozenset[str]) -> re.Pattern[str]:
    """Return a pattern for words in these scripts, with the spaces, hyphens and slashes between them."""
    letters = "".join(_LATIN if name == "Latn" else LETTERS[name] for name in sorted(scripts))
    run = f"[{letters}][{letters}{MARKS}]*"
    return re.compile(rf"{run}(?:[ \u00a0/-]{run}){{0,40}}")
