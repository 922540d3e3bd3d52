"""Stretches that are no prose: addresses, handles, hashtags, file names.

Rules of typography and spelling must stay silent inside them. Each kind is looked for only where
its anchor occurs, since most articles hold none.
"""

from __future__ import annotations

import re

from tqcheck.model import Span

_ADDRESS = r"[^\s<>\"“”«»（），。]"
_BY_ANCHOR = (
    ("://", re.compile(rf"(?:https?|ftp)://{_ADDRESS}+", re.IGNORECASE)),
    ("www.", re.compile(rf"www\.{_ADDRESS}+")),
    ("#", re.compile(r"(?<![\w&])#\w+")),
    # The dot comes first, so that the search can jump from dot to dot.
    (
        ".",
        re.compile(
            r"\.(?:com|org|net|info|edu|gov|int|eu|io|ai|co|tv|me|de|fr|es|it|pt|ru|ua|uk|pl|nl|tr|br|cn|jp|ch|at|be|us|ca"
            r"|html?|php|pdf|txt|py|js|json|csv|xml|jpe?g|png|gif|exe|dll|zip)(?![\w-])"
            rf"(?:/{_ADDRESS}*)?"
        ),
    ),
    ("@", re.compile(r"@[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*")),
)
_HOST = re.compile(r"[\w.+-]{1,64}$")


def protected(text: str) -> list[Span]:
    """Return the protected stretches of `text`, in order, none touching another."""
    found = []
    for anchor, pattern in _BY_ANCHOR:
        if anchor not in text:
            continue
        for match in pattern.finditer(text):
            start, end = match.span()
            if anchor in "@.":
                before = _HOST.search(text, max(0, start - 64), start)
                # A domain needs its host; “@” alone may begin a handle, but not stand after a space.
                if before is None and (anchor == "." or end - start < 3):
                    continue
                start = before.start() if before else start
            found.append(Span(start, end))
    merged: list[Span] = []
    for span in sorted(found):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged
