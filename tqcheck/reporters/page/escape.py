"""The words of an article in HTML: they stay words, in text and in quoted attributes.

What is written is XML too: every tag is closed, every attribute quoted, no character forbidden. So a
test can tell with a strict parser that nothing of an article became markup.
"""

from __future__ import annotations

import re
import unicodedata
from html import escape

from tqcheck.reporters.safe import reveal, safe

# XML 1.0 cannot hold them.
_NO_CHARACTERS = re.compile("[\ufffe\uffff]")
_GAP = " … "


def words(text: str) -> str:
    """Return text on one line, as it stands but for what would turn its direction or is no character. It goes
    between tags; quotation marks, of which an article has many, stay as they are."""
    return escape(_NO_CHARACTERS.sub("�", safe(text)), quote=False)


def quoted(text: str) -> str:
    """Return the same for the value of an attribute."""
    return words(text).replace('"', "&quot;")


def marked(text: str) -> str:
    """Return a stretch that is at fault: what nobody sees in it is written out."""
    return escape(_NO_CHARACTERS.sub("�", reveal(text)), quote=False)


def cut(text: str, longest: int) -> str:
    """Return `text` with its middle left out where it has more code points than `longest`."""
    half = longest // 2
    return text if len(text) <= longest else f"{text[:half].rstrip()}{_GAP}{text[-half:].lstrip()}"


def direction(text: str, otherwise: str = "ltr") -> str:
    """Return “rtl” where most letters of the text are written from right to left, “ltr” where most are not."""
    balance = 0
    for character in text[:5000]:
        kind = unicodedata.bidirectional(character)
        balance += 1 if kind in {"R", "AL"} else -1 if kind == "L" else 0
    return "rtl" if balance > 0 else "ltr" if balance < 0 else otherwise


def language(tag: str | None, text: str) -> str:
    """Return the attributes, with a space before, that tell browsers and screen readers how to set and speak a text."""
    lang = "" if tag is None or tag == "und" else quoted(tag)
    return f' lang="{lang}"' + (' dir="rtl"' if direction(text) == "rtl" else "")
