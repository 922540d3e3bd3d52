"""Comments for tqcheck: `<!-- tqcheck: ignore[CAS101] a quotation -->`, and `disable[…]` … `enable[…]`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from tqcheck.model import Suppression
from tqcheck.readers.inline import OBJECT
from tqcheck.readers.prose import MappedProse

# More of them in one article are no work of an editor.
MOST = 2000
_OURS = re.compile(r"[ \t\r\n]*tqcheck[ \t]*:[ \t\r\n]*([A-Za-z-]*)[ \t]*(?:\[([^\]]*)\])?")


def directives(raw: str, comments: Iterable[tuple[int, int]], prose: MappedProse) -> tuple[Suppression, ...]:
    """Return what the comments of a text say to tqcheck, in order; the spans hold `<!--` and `-->`.

    One that stands in inline code is an example. No more than `MOST` are read.
    """
    code = [(start, end) for offset, start, end in prose.stand_ins if prose.text[offset] == OBJECT]
    found: list[Suppression] = []
    for start, end in comments:
        if len(found) == MOST:
            break
        if not raw.startswith("<!--", start) or "tqcheck" not in raw[start:end]:
            continue
        at = bisect_right(code, (start, len(raw) + 1)) - 1
        ours = _OURS.match(raw, start + len("<!--"), end)
        if ours is None or (at >= 0 and code[at][0] <= start and end <= code[at][1]):
            continue
        codes = tuple(filter(None, (code.strip() for code in (ours.group(2) or "").split(","))))
        reason = " ".join(raw[ours.end() : end].removesuffix("-->").split())
        found.append(Suppression(ours.group(1).lower(), codes, reason, "comment", start, end))
    return tuple(found)
