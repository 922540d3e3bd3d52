"""Where words stand that the house writes otherwise, and whether they can be replaced without a look."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tqcheck.context import Context
from tqcheck.house import Spelling, occurrences
from tqcheck.model import Span

_BEFORE = re.compile(r"([^\W\d_][\w’']*)[ \u00a0-]$")
_AFTER = re.compile(r"[ \u00a0-]([^\W\d_])")
_REACH = 40


class Misspelt(NamedTuple):
    """A word at `[start, end)`, what to write (empty: not known), whether nothing around it need change, and whether
    nobody looked at this spelling yet."""

    start: int
    end: int
    instead: str
    safe: bool
    learned: bool


def replaced(ctx: Context, table: Mapping[str, Spelling]) -> Iterator[Misspelt]:
    """Yield the words of a table in order; of two that overlap, the longer one."""
    found = [
        Misspelt(*span, spelling.instead, _safe(ctx, spelling, span), spelling.learned)
        for form, spelling in table.items()
        for span in occurrences(ctx.text, form)
        if not _written_so(ctx.text, form, spelling.instead, span)
    ]
    end = 0
    for each in sorted(found, key=lambda m: (m.start, -m.end)):
        if each.start >= end:
            yield each
            end = each.end


def _safe(ctx: Context, spelling: Spelling, span: Span) -> bool:
    return spelling.alike and bool(spelling.instead) and not spelling.learned and not _in_name(ctx, span)


def _written_so(text: str, form: str, instead: str, span: Span) -> bool:
    """True where what is to be written stands there already, with the word in it: “Nord Stream” in “Nord Stream 2”."""
    at = instead.find(form)
    while at >= 0:
        if text.startswith(instead, span.start - at) and span.start >= at:
            return True
        at = instead.find(form, at + 1)
    return False


def _in_name(ctx: Context, span: Span) -> bool:
    """True where the word may be a part of a longer name (Dynamo Kiev), which has a spelling of its own."""
    text = ctx.text
    if not text[span.start].isupper():
        return False
    before = _BEFORE.search(text, max(0, span.start - _REACH), span.start)
    if before is not None and before.group(1)[0].isupper():
        # The first word of a sentence has its capital anyway.
        return before.start() not in ctx.sentence_starts or before.group(1).lower() not in ctx.language.words.function
    after = _AFTER.match(text, span.end)
    return after is not None and after.group(1).isupper()
