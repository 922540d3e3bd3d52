"""Paragraphs and sentences with exact offsets.

A sentence ends at a stop, with the closing quotes and brackets that follow it, where the next
word may begin a sentence. Abbreviations, initials, ordinals and decimal points do not end one;
the ideographic stops end one without a space. No library kept offsets and the sentences around
closing quotes at once (see docs/architecture.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from tqcheck.model import Span

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_CLOSING = "\"'”’»›)\\]」』】）〉》"
_SPACED, _SPACELESS = ".!?…؟۔։।॥", "。！？｡"
# A space before a closing mark is French, or what a tokenizer left. Where no spaces are written, the
# stops of Latin scripts need none either. The stop comes first, so that the search jumps from stop to stop.
_STOP = re.compile(
    rf"[{_SPACED}{_SPACELESS}](?:"
    rf"(?<=[{_SPACED}])(?<![{_SPACED}].)[{_SPACED}]*[{_CLOSING}]*(?:[ \u00a0\u202f][»›)\]])?(?=\s)"
    rf"|(?<=[!?])(?<![.!?].)[!?]*[{_CLOSING}]*(?=[“「『（《]?[\u3041-\u30ff\u3400-\u9fff])"
    rf"|(?<=[{_SPACELESS}])[{_SPACELESS}]*[{_CLOSING}]*)"
)
# A piece such as “3.”, “b)” or “IV.” that begins a sentence counts, and is none by itself.
_MARKER = re.compile(r"[(\[]?(?:\d{1,3}|[A-Za-z]|[IVX]{1,5})[)\]]?")
_NEXT = re.compile(r"\s+[\"'“‘«‹„‚¿¡(\[—–\-「『（]*\s*(\S)")
# A Japanese quotation goes on with the particle that reports it: 「…。」と述べた. Before hiragana it may begin a
# word of its own (ところが, とはいえ).
_REPORTED = re.compile(r"[」』”](?:と(?=[^\u3041-\u309f\s]|い[うっ])|って)")
_BEFORE = re.compile(r"(\S+)$")


def paragraphs(text: str) -> list[Span]:
    """Return the non-blank lines, trimmed: a block of an article is one line."""
    spans = []
    for match in _LINE.finditer(text):
        line = match.group()
        if line.isspace():
            continue
        start = match.start() + len(line) - len(line.lstrip())
        spans.append(Span(start, match.start() + len(line.rstrip())))
    return spans


@cache
def _abbreviations(known: frozenset[str]) -> frozenset[str]:
    return frozenset(a.lower() for a in known)


def sentences(
    text: str, blocks: Iterable[Span], abbreviations: frozenset[str], ordinal_dot: bool = False
) -> list[Span]:
    """Return the sentences of each block of `text`.

    `abbreviations` come with their dot; `ordinal_dot` says that the language writes “3. Mai”.
    """
    known = _abbreviations(abbreviations)
    found: list[Span] = []
    for block in blocks:
        start = block.start
        for match in _STOP.finditer(text, block.start, block.end):
            if match.end() < block.end and _ends(text, match.start(), match.end(), start, known, ordinal_dot):
                if start > block.start and not any(map(str.isalnum, text[start : match.start()])):
                    found[-1] = Span(found[-1].start, match.end())  # marks alone: “. . .”
                else:
                    found.append(Span(start, match.end()))
                start = match.end()
                while start < block.end and text[start].isspace():
                    start += 1
        if start < block.end:
            found.append(Span(start, block.end))
    return found


def _ends(text: str, stop: int, end: int, start: int, abbreviations: frozenset[str], ordinal_dot: bool) -> bool:
    if text[stop] in _SPACELESS or not text[end].isspace():
        return _REPORTED.match(text, end - 1) is None
    following = _NEXT.match(text, end)
    if following is None:
        return False
    first = following.group(1)
    if first.islower():
        return False
    if text[stop] != "." or end - stop > 1:
        return True
    if _MARKER.fullmatch(text, start, stop):
        return False
    before = _BEFORE.search(text, max(start, stop - 24), stop)
    if before is None:
        return True
    word = before.group(1).lstrip("([\"'“‘«„")
    if len(word) == 1 and word.isupper():
        return False  # an initial: J. Smith
    if word.isdigit() and len(word) <= 2 and (ordinal_dot or not first.isupper()):
        return False  # an ordinal or a list number
    return f"{word.lower()}." not in abbreviations
