"""The values that everything else passes around: spans, articles, findings, reports.

Offsets are code points, half-open, into the untouched text of the record.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, IntEnum
from operator import itemgetter
from typing import Any, NamedTuple


class Span(NamedTuple):
    """A half-open stretch `[start, end)` in code points."""

    start: int
    end: int


class Severity(IntEnum):
    """How much harm a finding does if it is true."""

    MINOR = 1
    MAJOR = 2
    CRITICAL = 3

    @property
    def label(self) -> str:
        """The lower-case name used in reports and on the command line."""
        return self.name.lower()


class Confidence(IntEnum):
    """How sure we are that a finding is true."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3

    @property
    def label(self) -> str:
        """The lower-case name used in reports and on the command line."""
        return self.name.lower()


class Category(Enum):
    """What kind of fault a finding is; the value is its public name."""

    CASING = "casing"
    WORD_ORDER = "word-order"
    PUNCTUATION = "punctuation"
    SPACING = "spacing"
    QUOTES = "quotes"
    REPETITION = "repetition"
    BOILERPLATE = "boilerplate"
    GLUED_WORDS = "glued-words"
    UNTRANSLATED = "untranslated"
    WRONG_LANGUAGE = "wrong-language"
    NUMBER = "number"
    UNIT = "unit"
    DATE = "date"
    ENTITY = "entity"
    CALQUE = "calque"
    FALSE_FRIEND = "false-friend"
    AGREEMENT = "agreement"
    ENCODING = "encoding"
    MARKUP = "markup"
    MT_MARKER = "mt-marker"
    OMISSION = "omission"
    ADDITION = "addition"
    MISTRANSLATION = "mistranslation"
    TERMINOLOGY = "terminology"
    CONSISTENCY = "consistency"
    OTHER = "other"

    @property
    def mqm(self) -> str:
        """The path of this category in the MQM error typology (https://themqm.org)."""
        return _MQM[self]


_MQM = {
    Category.CASING: "fluency/spelling/capitalization",
    Category.WORD_ORDER: "fluency/grammar/word-order",
    Category.PUNCTUATION: "fluency/punctuation",
    Category.SPACING: "fluency/typography/whitespace",
    Category.QUOTES: "fluency/punctuation/quotation-marks",
    Category.REPETITION: "fluency/duplication",
    Category.BOILERPLATE: "accuracy/addition/boilerplate",
    Category.GLUED_WORDS: "fluency/typography/missing-space",
    Category.UNTRANSLATED: "accuracy/untranslated",
    Category.WRONG_LANGUAGE: "accuracy/untranslated/wrong-language",
    Category.NUMBER: "accuracy/mistranslation/number",
    Category.UNIT: "locale-convention/measurement-format",
    Category.DATE: "accuracy/mistranslation/date-time",
    Category.ENTITY: "accuracy/mistranslation/entity",
    Category.CALQUE: "accuracy/mistranslation/overly-literal",
    Category.FALSE_FRIEND: "accuracy/mistranslation/false-friend",
    Category.AGREEMENT: "fluency/grammar/agreement",
    Category.ENCODING: "fluency/character-encoding",
    Category.MARKUP: "design/markup",
    Category.MT_MARKER: "accuracy/addition/mt-marker",
    Category.OMISSION: "accuracy/omission",
    Category.ADDITION: "accuracy/addition",
    Category.MISTRANSLATION: "accuracy/mistranslation",
    Category.TERMINOLOGY: "terminology",
    Category.CONSISTENCY: "terminology/inconsistent",
    Category.OTHER: "fluency/spelling",
}


class Edit(NamedTuple):
    """Replace `[start, end)` of the target with `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that belong together: all are applied, or none. `safe` ones need no human look."""

    edits: tuple[Edit, ...]
    safe: bool = False

    def apply(self, text: str) -> str:
        """Return `text` with every edit applied; edits must not overlap."""
        for edit in sorted(self.edits, reverse=True):
            text = text[: edit.start] + edit.text + text[edit.end :]
        return text


@dataclass(frozen=True, slots=True)
class Prose:
    """The running text that rules read, taken out of the raw text of a record.

    `text` is what a reader of the article sees. `pieces` maps it back: sorted pairs
    `(offset in text, offset in raw)`, one for each stretch copied without a change. An empty
    tuple means that prose and raw text are the same string.
    """

    text: str
    pieces: tuple[tuple[int, int], ...] = ()

    def to_raw(self, start: int, end: int) -> Span:
        """Map a span of the prose to the smallest raw span that holds it."""
        if not self.pieces:
            return Span(start, end)
        first = self._locate(start)
        # The end of a span belongs to the piece of its last character, not of the next one.
        return Span(first, max(first, self._locate(end - 1) + 1)) if end > start else Span(first, first)

    def span_from_raw(self, start: int, end: int) -> Span:
        """Map a span of the raw text to the prose: what of it was left out is no part of the span."""
        if not self.pieces:
            return Span(start, end)
        first = self._shown(start)
        return Span(first, max(first, self._shown(end - 1) + 1) if end > start else first)

    def contiguous(self, start: int, end: int) -> bool:
        """True where `[start, end)` of the prose stands in one piece in the raw text."""
        if not self.pieces or start == end:
            return True
        return self._piece(start) == self._piece(end - 1)

    def from_raw(self, raw: int) -> int | None:
        """Return where an offset of the raw text stands in the prose; None where it is no part of it."""
        if not self.pieces:
            return raw if 0 <= raw <= len(self.text) else None
        number = bisect_right(self.pieces, raw, key=lambda piece: piece[1]) - 1
        if number < 0:
            return None
        at, start = self.pieces[number]
        stop = self.pieces[number + 1][0] if number + 1 < len(self.pieces) else len(self.text)
        offset = at + raw - start
        return offset if offset <= stop else None

    def _piece(self, offset: int) -> int:
        return max(0, bisect_right(self.pieces, (offset, 1 << 62)) - 1)

    def _shown(self, raw: int) -> int:
        number = max(0, bisect_right(self.pieces, raw, key=itemgetter(1)) - 1)
        at, begins = self.pieces[number]
        stop = self.pieces[number + 1][0] if number + 1 < len(self.pieces) else len(self.text)
        return min(at + max(0, raw - begins), max(at, stop - 1))

    def _locate(self, offset: int) -> int:
        at, raw = self.pieces[self._piece(offset)]
        return raw + offset - at


@dataclass(frozen=True, slots=True)
class Suppression:
    """A wish of the user to hide findings, as a reader found it.

    `action` is “ignore”, “disable” or “enable”; `codes` are codes, prefixes or names of rules; `by` is
    where it was written: “comment”, “front matter”, “record” or “sidecar”. `[start, end)` is the stretch of the
    raw text that says so, empty where another file does. `words`, where given, are the only stretches of
    the article that it covers.
    """

    action: str
    codes: tuple[str, ...]
    reason: str
    by: str
    start: int = 0
    end: int = 0
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Idle:
    """A suppression that does nothing, and why. `[start, end)` of the raw text is where to say so."""

    message: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """One article to check: its raw text, what is known about it, and where it came from.

    `line` is where its record stands in a JSON Lines file, from 1; None where the file is the article.
    `source_line` says so of the original.
    """

    text: str
    id: str = ""
    lang: str | None = None
    source: str | None = None
    source_lang: str | None = None
    title: str | None = None
    url: str | None = None
    path: str | None = None
    source_path: str | None = None
    prose: Prose | None = None
    source_prose: Prose | None = None
    notes: tuple[str, ...] = ()
    line: int | None = None
    source_line: int | None = None
    # What the user wrote into the article, or beside it, to hide findings.
    suppressions: tuple[Suppression, ...] = ()

    def view(self) -> Prose:
        """The prose of the article: what its reader made of it, or the raw text itself."""
        return self.prose if self.prose is not None else Prose(self.text)

    def source_view(self) -> Prose:
        """The prose of the original; empty where there is none."""
        return self.source_prose if self.source_prose is not None else Prose(self.source or "")


@dataclass(frozen=True, slots=True)
class Segment:
    """A target sentence; with a source, the aligned stretch, its cosine and its calibrated risk.

    `reasons` tells what each witness added to the log-odds of the risk, where it is worth telling.
    """

    start: int
    end: int
    source: Span | None = None
    similarity: float | None = None
    risk: float | None = None
    reasons: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """One reported fault: what is wrong, where, why we think so, how sure we are, what to write.

    `side` is “target”, or “source” for a stretch of the original that the target lacks: `start`, `end`
    and `text` are then of the original, and `insert_at` is where in the target it belongs, if known.
    """

    code: str
    name: str
    category: Category
    severity: Severity
    confidence: Confidence
    message: str
    start: int
    end: int
    text: str
    side: str = "target"
    fix: Fix | None = None
    source: Span | None = None
    insert_at: int | None = None
    evidence: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Skip:
    """A rule that could not run on this article, and why."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that broke: a rule that crashed or an input that could not be read."""

    where: str
    message: str


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A finding that the user hid: `by` a comment, the front matter, a sidecar, its record, a word list, the baseline,
    or since its paragraph is “unchanged”; `reason` is what the user said about it."""

    finding: Finding
    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Repair:
    """A fix that was applied. The finding is that of the text before; `line` is where it stood there,
    `before` and `after` are the words that changed."""

    finding: Finding
    line: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Deferred:
    """A finding whose fix was not applied, and why. It is among the findings of the report too."""

    finding: Finding
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """Everything tqcheck has to say about one article."""

    article: Article
    lang: str
    findings: tuple[Finding, ...] = ()
    hidden: int = 0
    segments: tuple[Segment, ...] = ()
    skipped: tuple[Skip, ...] = ()
    failures: tuple[Failure, ...] = ()
    score: float = 100.0
    words: int = 0
    signature: str = ""
    detected: bool = False
    source_lang: str | None = None
    suppressed: tuple[Suppressed, ...] = ()
    fixed: tuple[Repair, ...] = ()
    deferred: tuple[Deferred, ...] = ()
