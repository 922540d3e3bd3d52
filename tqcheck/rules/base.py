"""What a rule is: a frozen value made by the decorator `rule` over one pure generator.

A rule reads a `Context` and yields `Draft`s; the engine stamps them into findings. Every offset
here is into `ctx.text`, the running text of the article; the engine maps it to the raw text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from tqcheck.context import Context, Draft
from tqcheck.languages.pairs import pair
from tqcheck.model import Category, Severity

__all__ = ["Context", "Draft", "Example", "Rule", "example", "rule"]


@dataclass(frozen=True, slots=True)
class Example:
    """A specimen that runs as a test. `⟦ ⟧` mark the expected stretches; without marks the rule
    must stay silent. `fixed` is the whole text after the fixes of this rule, where it has any.
    `source` is the original, in the language `source_lang`; marks in it are the stretches that the
    findings are about there. `glossary` is the content of the user's term base, as CSV, `house` the keys of
    the house style, as TOML; `reader` the module in `readers` that reads the text where it is none of plain text."""

    lang: str
    text: str
    fixed: str | None = None
    source: str | None = None
    source_lang: str | None = None
    glossary: str | None = None
    reader: str | None = None
    house: str | None = None

    @property
    def bad(self) -> bool:
        """True where the rule must report something, in the text or in its original."""
        return "⟦" in self.text or "⟦" in (self.source or "")


def example(
    lang: str,
    text: str,
    fixed: str | None = None,
    *,
    source: str | None = None,
    source_lang: str | None = None,
    glossary: str | None = None,
    reader: str | None = None,
    house: str | None = None,
) -> Example:
    """Return an example; a line break in `text` separates paragraphs."""
    return Example(lang, text, fixed, source, source_lang, glossary, reader, house)


class Need(NamedTuple):
    """What a rule may need: in words that go on from “It runs where”, why it is skipped without, and whether a
    context has it."""

    where: str
    without: str
    met: Callable[[Context], bool]


def _of_house(where: str, met: Callable[[Context], bool]) -> Need:
    return Need(f"the house style {where}", "the house style says nothing of it", met)


NEEDS: Mapping[str, Need] = {
    "record": Need(
        "tqcheck has data for the language", "no data for this language yet", lambda ctx: ctx.language.known
    ),
    "cased": Need(
        "the script has capital and small letters",
        "the script has no upper and lower case",
        lambda ctx: ctx.language.cased,
    ),
    "spaced": Need(
        "the language writes spaces between words",
        "the language writes no spaces between words",
        lambda ctx: ctx.language.spaced,
    ),
    "names": Need("names of the language are known", "no name lexicon for this language", lambda ctx: bool(ctx.names)),
    "calendar": Need(
        "the names of months and days are known",
        "no month and day names for this language",
        lambda ctx: bool(ctx.language.calendar.months),
    ),
    "frequencies": Need(
        "the frequencies of words are known",
        "no word frequencies for this language",
        lambda ctx: bool(ctx.frequencies),
    ),
    "bigrams": Need(
        "it is known which words follow each other (English)",
        "no word pairs known for this language",
        lambda ctx: bool(ctx.bigrams),
    ),
    "source": Need("the original stands beside the article", "no source text", lambda ctx: ctx.bitext is not None),
    "pairs": Need(
        "sentences of the article and its original could be aligned",
        "the source is not the original of this article, or nothing in it could be aligned",
        lambda ctx: ctx.bitext is not None and bool(ctx.bitext.pairs),
    ),
    "calques": Need(
        "calques between the two languages are known",
        "no calques known for this pair of languages",
        lambda ctx: ctx.bitext is not None and bool(pair(ctx.bitext.source.language.tag, ctx.language.tag)),
    ),
    "glossary": Need("a glossary is given", "no glossary", lambda ctx: ctx.glossary is not None),
    "house-quotes": _of_house("names the marks of quotations", lambda ctx: bool(ctx.house.quotes)),
    "house-numbers": _of_house("shows how numbers are written", lambda ctx: ctx.house.numbers is not None),
    "house-exponents": _of_house("says how km² is written", lambda ctx: ctx.house.exponents is not None),
    "house-spellings": _of_house("prefers spellings", lambda ctx: bool(ctx.house.spellings)),
    "house-languages": _of_house("names the languages of articles", lambda ctx: bool(ctx.house.languages)),
    "house-words": _of_house("rejects words", lambda ctx: bool(ctx.house.rejected)),
    "encoder": Need(
        "a sentence encoder knows both languages",
        "no encoder for this pair of languages",
        lambda ctx: ctx.bitext is not None and ctx.bitext.lexical is not None,
    ),
}


# Needs of an original beside the article.
_BESIDE = frozenset({"source", "pairs", "calques", "encoder"})
SECTIONS = ("Why", "When it is wrong", "Norm")
_SECTION = re.compile(rf"\n\s*(?=(?:{'|'.join(SECTIONS)}):)")


@dataclass(frozen=True, slots=True)
class Rule:
    """A check with everything known about it. `needs` are keys of `NEEDS`.

    `languages`, where given, are the only languages whose writing the rule is about (the English
    article a/an); a rule that merely needs data says so in `needs` instead. `yields_to` names rules
    whose finding on the same stretch makes this one redundant. `authority` says whose judgement the
    rule carries out: ours, which is believed as far as it was “measured”, or that of the “user”, who wrote
    down what is wrong; there is nothing to measure then, and the confidence is that of the finding's own
    evidence. A `last` rule looks at what the others left.
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
    authority: str = "measured"
    last: bool = False

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
            if not NEEDS[need].met(ctx):
                return _told(need, NEEDS[need].without, ctx)
        return None


def _told(need: str, reason: str, ctx: Context) -> str:
    """Return why a need is not met, as far as it is known for this very article."""
    if need not in _BESIDE:
        return reason
    if ctx.bitext is None:
        return NEEDS["source"].without
    if need in {"pairs", "encoder"} and ctx.bitext.misfit is not None:
        return "the source is not the original of this article"
    if need == "encoder":
        return ctx.bitext.lacking or reason
    if need == "pairs":
        return "; ".join(filter(None, ("nothing in the source could be aligned with the article", ctx.bitext.lacking)))
    return reason


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
    authority: str = "measured",
    last: bool = False,
) -> Callable[[Callable[[Context], Iterator[Draft]]], Rule]:
    """Make a `Rule` of a generator over a context."""

    def wrap(run: Callable[[Context], Iterator[Draft]]) -> Rule:
        return Rule(
            code,
            name,
            category,
            severity,
            examples,
            run,
            needs,
            languages,
            yields_to,
            reads_protected,
            since,
            status,
            authority,
            last,
        )

    return wrap
