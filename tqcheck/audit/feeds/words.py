"""The text that a feed carries for an entry: from markup to plain text, and whether it is the whole article."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

from tqcheck.errors import InputError
from tqcheck.languages.detect import detect
from tqcheck.readers import html
from tqcheck.readers.base import language

# A summary ends like this, or in a link that says so.
_CUT = re.compile(r"(?:…|\.{3})\]?\s*(?:\S+\s+){0,3}\S*$")
# What a feed calls content is the article from here on; what it calls a description must be longer.
_CONTENT, _DESCRIPTION = 500, 1_500
# A character of Chinese, Japanese or Korean says as much as three letters.
_DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_TAG = re.compile(r"<[A-Za-z/!]|&(?:#\w{1,8}|\w{2,31});")
_HREF = re.compile(r"""<a\s[^>]{0,500}?href\s*=\s*["']([^"'<>\s]{1,2000})["']""", re.IGNORECASE)
_LINKS = 200
# Characters of a title, and of the name of an entry.
TITLE, NAME = 1_000, 2_000
# The longest address that is taken.
_LONGEST = 8_000


def plain(markup: str) -> str:
    """Return the text of a piece of HTML; paragraphs are lines."""
    if not _TAG.search(markup):
        return markup.strip()
    return html.read(markup).view().text.strip()


def line(text: str, most: int) -> str:
    """Return a text as one line without signs that steer a terminal, cut off at `most` characters."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text[: 2 * most]).split())[:most]


def weight(text: str) -> int:
    """Return how much a text says, in letters of an alphabet."""
    return len(text) + 2 * len(_DENSE.findall(text))


def whole(text: str, *, content: bool) -> bool:
    """Tell whether what a feed carries is the article; `content` where the feed calls it so."""
    return weight(text) >= (_CONTENT if content else _DESCRIPTION) and not _CUT.search(text[-80:])


def links(markup: str, base: str) -> tuple[str, ...]:
    """Return the web addresses that a piece of HTML links to."""
    found = (web(match[1].replace("&amp;", "&"), base) for match in _HREF.finditer(markup))
    return tuple(dict.fromkeys(link for link in found if link))[:_LINKS]


def web(address: object, base: str = "") -> str | None:
    """Return an absolute web address without its fragment, None where it is none or holds a password."""
    if not isinstance(address, str) or not (address := address.strip()) or len(address) > _LONGEST:
        return None
    if not address.isprintable():  # it may be a command for the terminal on which it is shown
        return None
    try:
        full = urljoin(base, address)
        parts = urlsplit(full)
        if parts.scheme.lower() not in ("http", "https") or not parts.hostname or parts.username:
            return None
        return parts._replace(fragment="").geturl()
    except ValueError:
        return None


def tag(*claims: object) -> str | None:
    """Return the first of several claims that is a language tag, in its usual casing."""
    for claim in claims:
        if isinstance(claim, str) and claim.strip() and claim.strip().lower() not in ("und", "mul", "zxx"):
            try:
                return language(claim.strip())
            except InputError:
                continue
    return None


def base(tag: str | None) -> str | None:
    """Return the primary subtag: en of en-GB."""
    return tag.partition("-")[0] if tag else None


def guessed(texts: Iterable[str]) -> str | None:
    """Return the language of texts that do not say it."""
    return detect("\n".join(texts))
