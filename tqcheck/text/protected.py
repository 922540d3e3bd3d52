"""Stretches that are no prose: addresses, handles, hashtags, file names, codes.

Rules of typography and spelling must stay silent inside them.
"""

from __future__ import annotations

import re

from tqcheck.model import Span

_PROTECTED = re.compile(
    r"""
      (?:https?|ftp)://[^\s<>"“”«»]+
    | \bwww\.[^\s<>"“”«»]+
    | [\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+
    | (?<![\w@])@\w{2,}(?:\.\w+)*
    | (?<![\w&])\#\w+
    | \b[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.(?:com|org|net|info|edu|gov|int|eu|io|ai|co|tv|me|de|fr|es|it|pt|ru|ua|uk|pl|nl|tr|br|cn|jp|ch|at|be|us|ca|html?|php|pdf|txt|py|js|json|csv|xml|jpe?g|png|gif|exe|dll|zip)\b(?:/[^\s<>"“”«»]*)?
    """,
    re.VERBOSE | re.IGNORECASE,
)


def protected(text: str) -> list[Span]:
    """Return the protected stretches of `text`, in order, without overlaps."""
    if "." not in text and "@" not in text and "#" not in text:
        return []
    return [Span(*match.span()) for match in _PROTECTED.finditer(text)]
