"""A glossary in TBX (ISO 30042): version 2 (`martif`, TBX-Basic) and version 3, in both of its styles.

Read by expat itself and not by a library over it, so that each entry has its line: entities are refused as
defusedxml refuses them, nothing is fetched, and depth and length are bounded.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat

from tqcheck.glossary import Term
from tqcheck.readers.glossary.rows import Rows, clean

_ENTRY = {"termEntry", "conceptEntry"}
_LANGUAGE = {"langSet", "langSec"}
_SECTION = {"tig", "ntig", "termSec"}
_STATUS = {"administrativeStatus", "normativeAuthorization", "administrative-status"}
_DEEPEST = 64
# Pieces of text of one element that are kept: more than any term or note has.
_PIECES = 50


@dataclass(slots=True)
class _Section:
    """One term with what is said of it."""

    text: str = ""
    statuses: list[str] = field(default_factory=list)


class _Reader:
    """Takes the events of the parser."""

    def __init__(self, rows: Rows, parser: expat.XMLParserType) -> None:
        self._rows, self._parser = rows, parser
        self._open: list[tuple[str, str, list[str]]] = []
        self._line = 0
        self._lang: str | None = None
        self._section: _Section | None = None
        self._terms: list[Term] = []
        self._note = ""
        self._keep = False
        self.seen = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if not self._open and name not in {"martif", "tbx", "TBX"}:
            raise self._rows.error(
                self._parser.CurrentLineNumber, f"not TBX: the root is <{tag[:40]}>, not <tbx> or <martif>"
            )
        if len(self._open) >= _DEEPEST:
            raise self._rows.error(
                self._parser.CurrentLineNumber, f"elements nested more than {_DEEPEST} deep; this is no TBX"
            )
        self._open.append((name, attributes.get("type", ""), []))
        if name in _ENTRY:
            self._line, self._terms, self._note, self._keep, self.seen = (
                self._parser.CurrentLineNumber,
                [],
                "",
                False,
                True,
            )
        elif name in _LANGUAGE:
            self._lang = self._language(attributes)
        elif name in _SECTION:
            self._section = _Section()

    def text(self, data: str) -> None:
        if self._open and len(self._open[-1][2]) < _PIECES:
            self._open[-1][2].append(data)

    def end(self, _tag: str) -> None:
        name, kind, parts = self._open.pop()
        text = "".join(parts)
        section = self._section
        if name == "term" and section is not None:
            section.text = text
        elif section is not None and (name in _STATUS or kind in _STATUS):
            section.statuses.append(text)
        elif name in _SECTION and section is not None:
            self._add(section)
            self._section = None
        elif kind == "Translation needed":
            self._keep = text.strip().lower() == "no"
        elif (name == "note" or kind == "definition") and not self._note:
            self._note = " ".join(text.split())[:500]
        elif name in _LANGUAGE:
            self._lang = None
        elif name in _ENTRY and self._terms:
            self._rows.add(self._line, self._terms, self._note, keep=self._keep)
        elif self._open and name in {"hi", "foreign", "sc", "bpt", "ept", "ph", "it"}:
            self._open[-1][2].append(text)  # marks inside a term

    def _add(self, section: _Section) -> None:
        text = clean(section.text)
        if not text or self._lang is None:
            return
        said = [self._rows.status(self._line, status) for status in section.statuses]
        forbidden = any(banned for banned, _draft in said)
        draft = any(draft for _banned, draft in said)
        self._terms.append(Term(text, self._lang, "", forbidden, draft and not forbidden))

    def _language(self, attributes: dict[str, str]) -> str | None:
        line = self._parser.CurrentLineNumber
        tag = attributes.get("xml:lang") or attributes.get("lang")
        if tag is None:
            self._rows.problem(line, "terms without a language (xml:lang) are left out")
            return None
        return self._rows.language(line, tag)

    def entity(self, *_declared: object) -> None:
        line = self._parser.CurrentLineNumber
        raise self._rows.error(
            line, "declares XML entities, which can blow up or read other files; export it without them"
        )

    def skipped(self, name: str, _is_parameter: bool) -> None:
        self._rows.problem(
            self._parser.CurrentLineNumber, f"the entity &{name[:40]}; is not defined here; it is left out"
        )


def read(data: bytes, rows: Rows) -> None:
    """Read a TBX file into `rows`. Raises ConfigError where it is no TBX or no well-formed XML."""
    parser = expat.ParserCreate()
    reader = _Reader(rows, parser)
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text
    parser.EntityDeclHandler = reader.entity
    parser.SkippedEntityHandler = reader.skipped
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise rows.error(
            error.lineno, f"not well-formed XML ({expat.ErrorString(error.code)}); export it anew"
        ) from error
    except (ValueError, LookupError) as error:  # an encoding that nobody knows
        raise rows.error(1, f"its encoding cannot be read ({error}); export it as UTF-8") from error
    if not reader.seen:
        raise rows.error(None, "holds no entry (<conceptEntry> or <termEntry>)")
