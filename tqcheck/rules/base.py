"""What a rule is: a frozen value made by the decorator `rule` over one pure generator.

A rule reads a `Context` and yields `Draft`s; the engine stamps them into findings. Every offset
here is into `ctx.text`, the running text of the article; the engine maps it to the raw text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from tqcheck.languages import Language
from tqcheck.languages.frequency import Frequencies, frequencies
from tqcheck.languages.lexemes import lexemes
from tqcheck.languages.lexicon import Lexicon, names
from tqcheck.model import Article, Category, Confidence, Edit, Severity, Span
from tqcheck.text.protected import protected
from tqcheck.text.segment import paragraphs, sentences
from tqcheck.text.words import Word, words


@dataclass(frozen=True, slots=True)
class Draft:
    """A fault as a rule sees it, before the engine adds code, severity and confidence.

    `edits` are the repair (empty: none), all of them or nothing; `safe` ones need no human look.
    `at_most` lowers the confidence of this one finding where its own evidence is thin.
    """

    start: int
    end: int
    message: str
    edits: tuple[Edit, ...] = ()
    safe: bool = False
    at_most: Confidence = Confidence.HIGH
    severity: Severity | None = None
    evidence: Mapping[str, Any] = field(default_factory=dict)


class Context:
    """What a rule may look at: the running text, its language, and views computed once."""

    def __init__(self, text: str, language: Language, article: Article | None = None) -> None:
        self.text = text
        self.language = language
        self.article = article if article is not None else Article(text)

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
    def vocabulary(self) -> dict[str, list[Word]]:
        """Each distinct word, in its own casing, with its places: cheap for look-ups."""
        places: dict[str, list[Word]] = defaultdict(list)
        for word in self.words:
            places[word.text].append(word)
        return dict(places)

    @cached_property
    def sentence_starts(self) -> frozenset[int]:
        """Offsets of the first word of each sentence, after opening quotes and brackets."""
        starts = set()
        at = 0
        for sentence in self.sentences:
            while at < len(self.words) and self.words[at].start < sentence.start:
                at += 1
            if at < len(self.words) and self.words[at].start < sentence.end:
                starts.add(self.words[at].start)
        return frozenset(starts)

    @cached_property
    def names(self) -> Lexicon:
        """The proper names of the language."""
        return names(self.language.tag)

    @cached_property
    def frequencies(self) -> Frequencies:
        """Zipf values of the words of the language."""
        return frequencies(self.language.tag)

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
        **evidence: Any,
    ) -> Draft:
        """Return a draft over `[start, end)`; `replacement` becomes its single edit."""
        edits = () if replacement is None else (Edit(start, end, replacement),)
        return Draft(start, end, message, edits, safe, at_most, severity, evidence)


@dataclass(frozen=True, slots=True)
class Example:
    """A specimen that runs as a test. `⟦ ⟧` mark the expected stretches; without marks the rule
    must stay silent. `fixed` is the whole text after the fixes of this rule, where it has any."""

    lang: str
    text: str
    fixed: str | None = None


def example(lang: str, text: str, fixed: str | None = None) -> Example:
    """Return an example; a line break in `text` separates paragraphs."""
    return Example(lang, text, fixed)


# What a rule may need, and the reason it is skipped without it. Each takes a context.
NEEDS: Mapping[str, tuple[str, Callable[[Context], bool]]] = {
    "record": ("no data for this language yet", lambda ctx: ctx.language.known),
    "cased": ("the script has no upper and lower case", lambda ctx: ctx.language.cased),
    "spaced": ("the language writes no spaces between words", lambda ctx: ctx.language.spaced),
    "names": ("no name lexicon for this language", lambda ctx: bool(ctx.names)),
    "calendar": ("no month and day names for this language", lambda ctx: bool(ctx.language.calendar.months)),
    "frequencies": ("no word frequencies for this language", lambda ctx: bool(ctx.frequencies)),
}


SECTIONS = ("Why", "When it is wrong", "Norm")
_SECTION = re.compile(rf"\n\s*(?=(?:{'|'.join(SECTIONS)}):)")


@dataclass(frozen=True, slots=True)
class Rule:
    """A check with everything known about it. `needs` are keys of `NEEDS`.

    `languages`, where given, are the only languages whose writing the rule is about (the English
    article a/an); a rule that merely needs data says so in `needs` instead. `yields_to` names rules
    whose finding on the same stretch makes this one redundant.
    """

    code: str
    name: str
    category: Category
    severity: Severity
    examples: tuple[Example, ...]
    run: Callable[[Context], Iterator[Draft]]
    needs: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    yields_to: tuple[str, ...] = ()
    reads_protected: bool = False
    since: str = "0.1.0"
    status: str = "stable"

    @property
    def doc(self) -> str:
        """The docstring: what, why, when it is wrong, and the norm."""
        return (self.run.__doc__ or "").strip()

    @property
    def sections(self) -> dict[str, str]:
        """The docstring by its parts, each as one line: "" (what is reported), "Why", "When it is
        wrong", "Norm"."""
        found = {}
        for part in _SECTION.split(self.doc):
            title, colon, text = part.partition(":")
            if not colon or title not in SECTIONS:
                title, text = "", part
            found[title] = " ".join(text.split())
        return found

    @property
    def universal(self) -> bool:
        """True where the rule uses no data of a language, so one measure serves all languages."""
        return "record" not in self.needs and not self.languages

    def obstacle(self, ctx: Context) -> str | None:
        """Return why the rule cannot run on this context, None where it can."""
        if self.languages and ctx.language.base not in self.languages:
            return "this rule is about " + ", ".join(self.languages) + " only"
        for need in self.needs:
            reason, met = NEEDS[need]
            if not met(ctx):
                return reason
        return None


def rule(
    code: str,
    name: str,
    category: Category,
    severity: Severity,
    *,
    examples: tuple[Example, ...],
    needs: tuple[str, ...] = (),
    languages: tuple[str, ...] = (),
    yields_to: tuple[str, ...] = (),
    reads_protected: bool = False,
    since: str = "0.1.0",
    status: str = "stable",
) -> Callable[[Callable[[Context], Iterator[Draft]]], Rule]:
    """Make a `Rule` of a generator over a context."""

    def wrap(run: Callable[[Context], Iterator[Draft]]) -> Rule:
        return Rule(
            code, name, category, severity, examples, run, needs, languages, yields_to, reads_protected, since, status
        )

    return wrap
