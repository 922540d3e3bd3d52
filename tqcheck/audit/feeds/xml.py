"""XML that strangers wrote: looked through once, by expat, before anything builds on it.

Entities are refused, nothing is fetched, depth is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from xml.parsers import expat

from tqcheck.audit.outcomes import OutcomeError

DEEPEST = 200
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*>")
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_ROOT = re.compile(r"<[A-Za-z_]")
_NAME = re.compile(r"\s*<([A-Za-z_][\w.:-]{0,60})")
# What may stand before the first element.
_PROLOGUE = re.compile(r"\s*(?:<\?[^>]*+>|<!--(?s:.*?)-->|<!DOCTYPE[^>\[]*+(?:\[[^\]]*+\]\s*)?>)", re.IGNORECASE)
_HEAD = 64 * 1024
_REFERENCE = re.compile(r"&#(?:[xX]([0-9A-Fa-f]+)|([0-9]+));?")
# Errors at the very end of a text that stops too early.
_CUT = {
    expat.errors.codes[name]
    for name in (
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
    )
}


@dataclass(frozen=True, slots=True)
class Fault:
    """Where XML is not well-formed; `cut` where it simply ends too early."""

    line: int
    message: str
    cut: bool


def prepared(text: str) -> bytes:
    """Return XML as UTF-8 that says so, whatever it said before. Characters that XML forbids become spaces."""
    body = _DECLARATION.sub("", text, count=1).lstrip()
    body = _REFERENCE.sub(_character, body)
    body = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]", " ", body)
    return b"<?xml version='1.0' encoding='utf-8'?>\n" + body.encode()


def _character(reference: re.Match[str]) -> str:
    digits, base = (reference[1], 16) if reference[1] else (reference[2], 10)
    digits = digits.lstrip("0")
    # Numbers that are no characters, of which parsers die.
    known = len(digits) <= 7 and 0x20 <= int(digits or "0", base) <= 0x10FFFF
    return reference[0] if known or digits in ("9", "10", "13", "a", "A", "d", "D") else " "


def walk(
    data: bytes,
    start: Callable[[str, dict[str, str]], object] | None = None,
    end: Callable[[str], object] | None = None,
    text: Callable[[str], object] | None = None,
) -> Fault | None:
    """Go through XML and hand out its elements and text; return the first fault.

    Names come as `namespace name`. Raises OutcomeError for entities and for elements too deep inside each other.
    """
    parser = expat.ParserCreate("utf-8", " ")
    depth = 0

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise OutcomeError("too-deep", f"line {parser.CurrentLineNumber}: more than {DEEPEST} elements deep")
        if start is not None:
            start(name, attributes)

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None:
            end(name)

    def declared(*_entity: object) -> None:
        raise OutcomeError("entities", f"line {parser.CurrentLineNumber}: an entity is declared")

    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    parser.EntityDeclHandler = declared
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        # What stands behind the fault expat has not seen.
        root = _ROOT.search(head := data[:_HEAD].decode("utf-8", "replace"))
        if _ENTITY.search(head, 0, root.start() if root else len(head)):
            raise OutcomeError("entities", "an entity is declared") from error
        message = expat.ErrorString(error.code)
        return Fault(error.lineno, message or "not well-formed", error.code in _CUT)
    return None


def root(text: str) -> str:
    """Return the name of the first element in lower case, without its prefix; empty where there is none."""
    at = 0
    while match := _PROLOGUE.match(text, at, _HEAD):
        at = match.end()
    match = _NAME.match(text, at)
    return match[1].rpartition(":")[2].lower() if match else ""
