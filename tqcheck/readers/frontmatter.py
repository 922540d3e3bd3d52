"""Front matter: the few keys that we read, in the plain subset of YAML that people write."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from tqcheck.model import Article, Suppression

KEYS = ("lang", "source", "source_lang", "title", "url")
_BLOCK = re.compile(r"\A---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_ENTRY = re.compile(r"^([A-Za-z_-]+)[ \t]*:(.*)", re.MULTILINE)
_ESCAPE = re.compile(r"\\([\"\\/nt])")
_COMMENT = re.compile(r"\s#.*$")


class FrontMatter(NamedTuple):
    """The values found, where the text of the article begins, and what `tqcheck-ignore` says, if it is there."""

    values: dict[str, str]
    end: int
    ignored: tuple[Suppression, ...] = ()


def parse(text: str) -> FrontMatter:
    """Return the front matter of `text`. Lists, tables and unknown keys are left alone."""
    block = _BLOCK.match(text)
    if block is None:
        return FrontMatter({}, 0)
    values: dict[str, str] = {}
    ignored: tuple[Suppression, ...] = ()
    for entry in _ENTRY.finditer(block.group(1)):
        key = entry.group(1).lower().replace("-", "_")
        value = _scalar(entry.group(2).strip(" \t\r"))
        if key in KEYS and value:
            values[key] = value
        elif key == "tqcheck_ignore":
            ignored = (_ignored(text, block.start(1) + entry.start(2), block.end(1)),)
    return FrontMatter(values, block.end(), ignored)


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
        suppressions=front.ignored + article.suppressions,
    )


def _ignored(text: str, start: int, stop: int) -> Suppression:
    """Return what the key `tqcheck-ignore` holds: rules with commas, or a list of YAML; `# …` is the reason."""
    lines = text[start:stop].split("\n")
    entry = [lines[0]]
    for line in lines[1:]:
        if not line.lstrip().startswith("- "):
            break
        entry.append(line)
    codes: list[str] = []
    reasons: list[str] = []
    for line in entry:
        value, _, reason = line.partition(" #")
        codes += [code.strip(" \t\r\"'") for code in value.strip(" \t\r").removeprefix("- ").strip("[]").split(",")]
        reasons.append(reason.strip(" \t\r#"))
    end = start + len("\n".join(entry).rstrip())
    begin = min(end, start + len(lines[0]) - len(lines[0].lstrip()))
    said = "; ".join(filter(None, reasons))
    return Suppression("ignore", tuple(filter(None, codes)), said, "front matter", begin, end)


def _scalar(text: str) -> str:
    if len(text) >= 2 and text[0] == text[-1] == '"':
        return _ESCAPE.sub(lambda m: {"n": " ", "t": " "}.get(m.group(1), m.group(1)), text[1:-1])
    if len(text) >= 2 and text[0] == text[-1] == "'":
        return text[1:-1].replace("''", "'")
    if text[:1] in {"[", "{", "|", ">", "&", "*"}:
        return ""
    text = _COMMENT.sub("", text)
    return "" if text in {"~", "null"} else text
