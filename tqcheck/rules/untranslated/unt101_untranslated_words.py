"""UNT101 untranslated-words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tqcheck.languages.foreign import has_large_list
from tqcheck.languages.leftovers import CERTAIN, LIKELY
from tqcheck.languages.strangers import native
from tqcheck.model import Category, Confidence, Severity
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.text.asides import asides, bracketed, glossed, inside, stands_alone
from tqcheck.text.words import Word

if TYPE_CHECKING:
    from tqcheck.witnesses.copies import Copy

# A quoted or bracketed stretch of more words than this is no term.
_TERM = 4
# Together, the words of a phrase must weigh so much.
_PHRASE = 1.25
# What announces a word that is shown: “in Russian: …”.
_SHOWN_BEFORE = re.compile(r"[:：=/|·•]\s*$")

# Quotation marks of the Latin script are mixed with others' where both meet.
_QUOTES = frozenset("\"'“”„‟‘’‚‛«»‹›「」『』《》〈〉")
# What explains it.
_GLOSS = re.compile(r"\s?[(（/|=]")


@rule(
    "UNT101",
    "untranslated-words",
    Category.UNTRANSLATED,
    Severity.MAJOR,
    needs=("source",),
    yields_to=("UNT102", "UNT103", "UNT104"),
    examples=(
        example(
            "en",
            "The mayor has ⟦jednak⟧ refused to resign.",
            source="Burmistrz ⟦jednak⟧ odmówił rezygnacji.",
            source_lang="pl",
        ),
        example(
            "en",
            "The ferry from Kiel is ⟦noch immer⟧ late.",
            source="Die Fähre aus Kiel hat ⟦noch immer⟧ Verspätung.",
            source_lang="de",
        ),
        example(
            "en",
            "The museum shows ⟦старинные монеты⟧ from the lake.",
            source="В музее показывают ⟦старинные монеты⟧ из озера.",
            source_lang="ru",
        ),
        example(
            "en",
            "The chef of the Café de la Paix served sushi, a croissant and an espresso.",
            source="Le chef du Café de la Paix a servi des sushi, un croissant et un espresso.",
            source_lang="fr",
        ),
        example(
            "de",
            "Der Film „The Last Train Home“ läuft im Stadium of Stars.",
            source="The film “The Last Train Home” is on at the Stadium of Stars.",
            source_lang="en",
        ),
        example(
            "en",
            "They call it “Heimat” (home), and the word Sehnsucht (longing) is as old.",
            source="Sie nennen es „Heimat“, und das Wort Sehnsucht ist ebenso alt.",
            source_lang="de",
        ),
        example(
            "fr",
            "Le ministre a donné des informations sur le budget du parlement.",
            source="The minister gave information on the budget of the parliament.",
            source_lang="en",
        ),
    ),
)
def untranslated_words(ctx: Context) -> Iterator[Draft]:
    """A word or a phrase of the original stands unchanged in the target.

    Why: a translation system skipped it, and the reader meets a hole in the sentence.
    When it is wrong: a loan word too new for the lists. Names and titles, terms in quotation marks
    or brackets, words with a gloss, and what both languages write alike are left alone.
    Norm: The Chicago Manual of Style, 17th ed., 7.53: unfamiliar foreign words are set off
    (italics, quotation marks) and explained.
    """
    from tqcheck.witnesses.copied_sentences import copied_sentences
    from tqcheck.witnesses.copies import copies

    bitext = ctx.bitext
    assert bitext is not None
    sentences = bitext.once(copied_sentences)
    for copy in bitext.once(copies):
        start, end = copy.target
        if copy.title or inside(sentences.target, start, end):
            continue
        level = _level(ctx, copy)
        if level is None or _shown(ctx, copy):
            continue
        what = ctx.text[start:end]
        yield ctx.draft(
            start,
            end,
            f"“{what}” stands here as in the original: translate it.",
            at_most=level,
            source=copy.source,
            weight=copy.weight,
        )


def _shown(ctx: Context, copy: Copy) -> bool:
    """True where a word is shown rather than used: in brackets, as a quoted term, with a gloss."""
    text, (start, end) = ctx.text, copy.target
    if _SHOWN_BEFORE.search(text, max(0, start - 4), start):
        return True
    if copy.script:
        return inside(bracketed(text), start, end) or _GLOSS.match(text, end) is not None
    if copy.beyond and (text[start - 1 : start] in _QUOTES or text[end : end + 1] in _QUOTES):
        return True
    if not copy.beyond and not stands_alone(text, start, end):
        return True
    return copy.words <= _TERM and (inside(asides(text), start, end) or glossed(text, end))


def _level(ctx: Context, copy: Copy) -> Confidence | None:
    """Return how sure it is that a stretch was left over, None where it may be the target's own."""
    if copy.weight >= CERTAIN:
        return Confidence.HIGH
    if copy.words > 1:
        enough = copy.weight >= _PHRASE and has_large_list(ctx.language.base)
        return Confidence.HIGH if enough else None
    if copy.weight < LIKELY:
        return None
    at = bisect_left(ctx.words, (copy.target.start,))
    before, after = ctx.words[max(0, at - 1) : at], ctx.words[at + 1 : at + 2]
    fits = _fits(ctx, before) + _fits(ctx, after)
    return Confidence.HIGH if fits > 1 and ctx.lowered.count(ctx.lowered[at]) == 1 else Confidence.LOW


def _fits(ctx: Context, beside: list[Word]) -> float:
    """Return 1 for a neighbour that is the language's own, a little more than half for a name or none.

    A word that is written here at times, as part of names, must stand among the language's own.
    """
    if not beside or beside[0].text[:1].isupper():
        return 0.6
    return float(native(beside[0].text, ctx.language.base, ctx.language.script))
