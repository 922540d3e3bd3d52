"""Patterns of file names (`pairs` in the configuration): what the name of an article says of its
language, and by which name its original goes.

A pattern is a path below the folder of the configuration file, with `{stem}` (a name or a part of
one), `{lang}` (a language tag: fr, pt-BR, zh_Hant) and `{dir}` (any folders, or none). One without
`{dir}` fits in every folder: `{stem}.{lang}.md` is short for `{dir}/{stem}.{lang}.md`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from tqcheck.errors import nearest

# A language subtag with a script and a region or without (RFC 5646, 2.1), as file names write it.
TAG = r"[A-Za-z]{2,3}(?:[-_](?:[A-Za-z]{4}|[A-Za-z]{2}|[0-9]{3})){0,2}"
_DIR, _STEM = r"[^/]+(?:/[^/]+)*", r"[^/]+?"
_PARTS = {"dir": _DIR, "stem": _STEM, "lang": TAG}
_MARK = re.compile(r"\{([^{}]*)\}")
# No path of a file system is longer.
_LONGEST = 4096


class Name(NamedTuple):
    """What a path says: its folders (empty: none), its stem, its language as written."""

    dir: str
    stem: str
    lang: str


@dataclass(frozen=True)
class Pattern:
    """One pattern. Raises ValueError, with what is wrong, where it is none."""

    text: str

    def __post_init__(self) -> None:
        marks = _MARK.findall(self.text)
        for mark in marks:
            if mark not in _PARTS:
                hint = nearest(mark, _PARTS) or "."
                raise ValueError(f"“{{{mark}}}” means nothing{hint} Write {{stem}}, {{lang}} or {{dir}}")
        parts = self.text.split("/")
        if (
            set(_MARK.sub("", self.text)) & set("{}\\\0")
            or not all(parts)
            or {".", ".."} & set(parts)
            or ":" in parts[0]
        ):
            raise ValueError("it must be a relative path with / between folders, without “..”, below this folder")
        if marks.count("stem") != 1 or marks.count("dir") > 1:
            raise ValueError("it must hold {stem} once, and {dir} once at most")
        if "dir" in marks and "{dir}" not in parts[:-1]:
            raise ValueError("{dir} stands for whole folders: write it between slashes, as in {dir}/{stem}.{lang}.md")

    @property
    def tells_language(self) -> bool:
        """True where the names of articles can be read by it."""
        return "{lang}" in self.text

    def match(self, path: str) -> Name | None:
        """Return what a path (relative, with slashes) says; None where it does not fit."""
        found = self._regex.fullmatch(path) if len(path) <= _LONGEST else None
        return None if found is None else Name(found["dir"] or "", found["stem"], found["lang"])

    def fill(self, name: Name) -> str:
        """Return the path of a name."""
        values = {"{dir}/": f"{name.dir}/" if name.dir else "", "{lang}": name.lang, "{stem}": name.stem}
        return re.sub(r"\{dir\}/|\{lang\}|\{stem\}", lambda mark: values[mark.group()], self._whole)

    @property
    def _whole(self) -> str:
        return self.text if "{dir}" in self.text else "{dir}/" + self.text

    @cached_property
    def _regex(self) -> re.Pattern[str]:
        seen: set[str] = set()

        def piece(text: str) -> str:
            mark = text[1:-1]
            if not text.startswith("{"):
                return re.escape(text)
            if mark in seen:
                return f"(?P={mark})"
            seen.add(mark)
            return f"(?P<{mark}>{_PARTS[mark]})"

        built = []
        for part in self._whole.split("/"):
            inner = "".join(piece(text) for text in re.split(r"(\{[a-z]+\})", part) if text)
            built.append(f"(?:{inner}/)?" if part == "{dir}" else f"{inner}/")
        return re.compile("".join(built).removesuffix("/") + ("" if "{lang}" in self.text else "(?P<lang>)"))


def read(patterns: Iterable[Pattern], path: str) -> Name | None:
    """Return what the first pattern that fits says of the path of an article, None where none fits."""
    return next((name for p in patterns if p.tells_language and (name := p.match(path)) is not None), None)


def places(patterns: Iterable[Pattern], name: Name, lang: str) -> Iterator[str]:
    """Yield where the original of an article may stand: by each pattern in its order, with the tag of
    the original's language as it was given, and with the separator and the casing that are usual too."""
    tags = dict.fromkeys((lang, lang.replace("-", "_"), lang.lower(), lang.lower().replace("-", "_")))
    for pattern in patterns:
        yield from dict.fromkeys(pattern.fill(name._replace(lang=tag)) for tag in tags)
