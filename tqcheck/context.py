"""What a rule reads and what it yields: a context over one text, and drafts of findings.

Every offset here is into `ctx.text`, the running text of the article; the engine maps it to the raw
text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tqcheck.house import House
from tqcheck.languages import Language
from tqcheck.languages.bigrams import Bigrams, bigrams
from tqcheck.languages.frequency import Frequencies, frequencies
from tqcheck.languages.lexemes import lexemes
from tqcheck.languages.lexicon import Lexicon, OwnNames, enlarged, names
from tqcheck.model import Article, Confidence, Edit, Idle, Severity, Span
from tqcheck.text.protected import protected
from tqcheck.text.segment import paragraphs, sentences
from tqcheck.text.words import Word, words

if TYPE_CHECKING:
    from tqcheck.bitext import Bitext
    from tqcheck.glossary import Glossary


@dataclass(frozen=True, slots=True)
class Draft:
    """A fault as a rule sees it, before the engine adds code, severity and confidence.

    `edits` are the repair (empty: none), all of them or nothing; `safe` ones need no human look.
    `at_most` lowers the confidence of this one finding where its own evidence is thin. `source` is
    the stretch of the original it is about, in offsets of the original's prose. With `side`
    “source” the fault is in what the target lacks: `[start, end)` itself is then of the original.
    """

    start: int
    end: int
    message: str
    edits: tuple[Edit, ...] = ()
    safe: bool = False
    at_most: Confidence = Confidence.HIGH
    severity: Severity | None = None
    evidence: Mapping[str, Any] = field(default_factory=dict)
    source: Span | None = None
    side: str = "target"
    insert_at: int | None = None
    # The offsets are those of the raw text: the fault is in what is no prose.
    raw: bool = False


class Context:
    """What a rule may look at: the running text, its language, and views computed once."""

    def __init__(self, text: str, language: Language, article: Article | None = None) -> None:
        self.text = text
        self.language = language
        self.article = article if article is not None else Article(text)
        # The article beside its original; None without one.
        self.bitext: Bitext | None = None
        # The terms of the user; None without any.
        self.glossary: Glossary | None = None
        # What the house style says of this language.
        self.house = House()
        # The names that the house found in its own articles; None without any.
        self.own: OwnNames | None = None
        # Suppressions that hide nothing; known once the other rules have run.
        self.idle: tuple[Idle, ...] = ()

    @cached_property
    def paragraphs(self) -> list[Span]:
        """The non-blank lines, trimmed."""
        return paragraphs(self.text)

    @cached_property
    def sentences(self) -> list[Span]:
        """The sentences, none of which crosses a paragraph."""
        ordinal_dot = "." in self.language.numbers.ordinals
        return sentences(self.text, self.paragraphs, self.language.words.abbreviations, ordinal_dot)

    @cached_property
    def words(self) -> list[Word]:
        """All words in order."""
        return list(words(self.text))

    @cached_property
    def lowered(self) -> list[str]:
        """The words in lower case, parallel to `words`."""
        return [word.text.lower() for word in self.words]

    @cached_property
    def word_starts(self) -> list[int]:
        """Where each word starts, parallel to `words`: to find the words of a stretch by bisection."""
        return [word[0] for word in self.words]

    @cached_property
    def vocabulary(self) -> dict[str, list[Word]]:
        """Each distinct word, in its own casing, with its places: cheap for look-ups."""
        places: dict[str, list[Word]] = defaultdict(list)
        for word in self.words:
            places[word.text].append(word)
        return dict(places)

    @cached_property
    def sentence_starts(self) -> frozenset[int]:
        """Offsets of the first word of each sentence, after opening quotes and brackets."""
        starts, found = self.word_starts, set()
        for sentence in self.sentences:
            at = bisect_left(starts, sentence.start)
            if at < len(starts) and starts[at] < sentence.end:
                found.add(starts[at])
        return frozenset(found)

    @cached_property
    def names(self) -> Lexicon:
        """The proper names of the language, and those of the house."""
        return names(self.language.tag) if self.own is None else enlarged(self.language.tag, self.own)

    @cached_property
    def frequencies(self) -> Frequencies:
        """Zipf values of the words of the language."""
        return frequencies(self.language.tag)

    @cached_property
    def bigrams(self) -> Bigrams:
        """How likely two words of the language stand side by side."""
        return bigrams(self.language.base)

    def is_ordinary(self, word: str) -> bool:
        """True where a lower-case word is in the dictionary of the language, or too frequent to be
        a name only; True, too, where nothing is known, so that nothing is concluded from it."""
        known = lexemes(self.language.tag)
        if known:
            return word in known
        return self.frequencies.zipf(word) >= 2.5 if self.frequencies else True

    @cached_property
    def protected(self) -> list[Span]:
        """Addresses, handles and the like, which are no prose."""
        return protected(self.text)

    def is_protected(self, start: int, end: int) -> bool:
        """True where `[start, end)` touches a protected stretch."""
        at = bisect_left(self.protected, (end, end)) - 1
        return at >= 0 and self.protected[at].end > start

    def draft(
        self,
        start: int,
        end: int,
        message: str,
        replacement: str | None = None,
        *,
        safe: bool = False,
        at_most: Confidence = Confidence.HIGH,
        severity: Severity | None = None,
        source: Span | None = None,
        **evidence: Any,
    ) -> Draft:
        """Return a draft over `[start, end)`; `replacement` becomes its single edit."""
        edits = () if replacement is None else (Edit(start, end, replacement),)
        return Draft(start, end, message, edits, safe, at_most, severity, evidence, source)

    def missing(
        self,
        source: Span,
        message: str,
        *,
        insert_at: int | None = None,
        at_most: Confidence = Confidence.HIGH,
        severity: Severity | None = None,
        **evidence: Any,
    ) -> Draft:
        """Return a draft over a stretch of the original that the target lacks; `insert_at` is where
        in the target it belongs, where that is known."""
        return Draft(
            source.start,
            source.end,
            message,
            at_most=at_most,
            severity=severity,
            evidence=evidence,
            source=source,
            side="source",
            insert_at=insert_at,
        )
