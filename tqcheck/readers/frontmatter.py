"""Front matter: the few keys that we read, in the plain subset of YAML that people write."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from tqcheck.model import Article

KEYS = ("lang", "source", "source_lang", "title", "url")
_BLOCK = re.compile(r"\A---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_ENTRY = re.compile(r"^([A-Za-z_-]+)[ \t]*:(.*)", re.MULTILINE)
_ESCAPE = re.compile(r"\\([\"\\/nt])")
_COMMENT = re.compile(r"\s#.*$")


class FrontMatter(NamedTuple):
    """The values found, and where the text of the article begins."""

    values: dict[str, str]
    end: int


def parse(text: str) -> FrontMatter:
    """Return the front matter of `text`. Lists, tables and unknown keys are left alone."""
    block = _BLOCK.match(text)
    if block is None:
        return FrontMatter({}, 0)
    values: dict[str, str] = {}
    for entry in _ENTRY.finditer(block.group(1)):
        key = entry.group(1).lower().replace("-", "_")
        value = _scalar(entry.group(2).strip(" \t\r"))
        if key in KEYS and value:
            values[key] = value
    return FrontMatter(values, block.end())


def described(article: Article, front: FrontMatter) -> Article:
    """Return an article with what its front matter says of it."""
    said = front.values
    return replace(
        article,
        lang=said.get("lang"),
        source=said.get("source"),
        source_lang=said.get("source_lang"),
        title=said.get("title"),
        url=said.get("url"),
    )


def _scalar(text: str) -> str:
    if len(text) >= 2 and text[0] == text[-1] == '"':
        return _ESCAPE.sub(lambda m: {"n": " ", "t": " "}.get(m.group(1), m.group(1)), text[1:-1])
    if len(text) >= 2 and text[0] == text[-1] == "'":
        return text[1:-1].replace("''", "'")
    if text[:1] in {"[", "{", "|", ">", "&", "*"}:
        return ""
    text = _COMMENT.sub("", text)
    return "" if text in {"~", "null"} else text
