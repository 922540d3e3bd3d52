"""The words of an article in Markdown as GitHub and GitLab read it: they stay words.

CommonMark takes a character reference such as `&#42;` for a letter and never for markup, in tables too.
What these services look for after Markdown is read (mentions, issues, emoji, formulas) they do not see in
`<code>`, nor across a tag.
"""

from __future__ import annotations

import re

from tqcheck.reporters.safe import reveal, safe

_JOINER = "\u2060"
_MARKUP = re.compile(r"[!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~]")
_ACTIVE = re.compile(r"[\\`*_\[\]<>&|~^{}@$]|[#!%](?=\w)|:(?=[\w+/-])|(?<=[wW])\.(?=\S)")
_SPLIT = "@$#:!~&%"


def code(text: str) -> str:
    """Return a stretch of an article as it stands, as code."""
    return f"<code>{_MARKUP.sub(_reference, reveal(text))}</code>"


def words(text: str) -> str:
    """Return words for people on one line."""
    return _ACTIVE.sub(_inert, safe(text))


def quiet(text: str) -> str:
    """Return plain text in which no mention calls anybody, for readers who may or may not read Markdown."""
    return re.sub(r"@(?=\w)", f"@{_JOINER}", text)


def _reference(match: re.Match[str]) -> str:
    return f"&#{ord(match.group())};"


def _inert(match: re.Match[str]) -> str:
    reference = _reference(match)
    return f"<span>{reference}</span>" if match.group() in _SPLIT else reference
