"""CAS102 lowercase-start."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from tqcheck.model import Category, Confidence, Severity
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.text.case import capitalised, ends_sentence, first_letter
from tqcheck.text.words import WORD

# A stop after a word of three letters or more, then a lower-case word.
_INSIDE = re.compile(r"(?<![^\W\d_])[^\W\d_]{3,40}[.!?][”»\")]?[ \u00a0]+(?=[^\W\d_])")
_FEWEST_WORDS = 4
# With its dot.
_CUT_OFF = 7


@rule(
    "CAS102",
    "lowercase-start",
    Category.CASING,
    Severity.MINOR,
    needs=("record", "cased"),
    yields_to=("CAS101", "CAS105", "CAS106"),
    examples=(
        example("en", "⟦the⟧ minister resigned on Monday.", "The minister resigned on Monday."),
        example(
            "en", "The minister resigned. ⟦his⟧ deputy takes over.", "The minister resigned. His deputy takes over."
        ),
        example("de", "⟦der⟧ Minister trat am Montag zurück.", "Der Minister trat am Montag zurück."),
        example("en", "“Really?” he asked. “Yes!” she said."),
        example("en", "He lives at St. james, in approx. ten rooms… and waits."),
        example("en", "iPhone sales rose. eBay followed on Monday."),
        example("pl", "Szkl. mąki i szkl. mleka wystarczą na cały przepis."),
        example("fr", "Liste des courses :\nle pain de seigle bien cuit ;\nle beurre salé de la ferme ;\nle lait."),
        example("nl", "'s Avonds was het stil op straat."),
    ),
)
def lowercase_start(ctx: Context) -> Iterator[Draft]:
    """A sentence begins with a small letter.

    Why: the first word was moved, lost or glued away in translation.
    When it is wrong: lists, verse and names that begin with a small letter; lines are only judged
    where they end as sentences do, and so does the line before.
    Norm: the orthography of each language.
    """
    blocks = list(_block_starts(ctx))
    # Verse, chat and lists begin many lines in lower case: then it is a style, not a slip.
    many = len(blocks) >= 3 and len(blocks) * 4 > len(ctx.paragraphs)
    for start in blocks:
        yield _draft(ctx, start, Confidence.LOW if many else Confidence.HIGH)
    for match in _INSIDE.finditer(ctx.text):
        if ctx.text[match.end()].islower() and _plain(ctx, match.end()) and _ends(ctx, match.group(), match.end()):
            yield _draft(ctx, match.end(), Confidence.HIGH)


def _ends(ctx: Context, ending: str, start: int) -> bool:
    """True where `ending` closes a sentence although the word at `start` is in lower case."""
    before = ending.rstrip(" \u00a0")
    # After “…?” or “…!” the sentence may go on: “Really?” he asked.
    if before[-1] != "." or not before[:-1].islower() or len(before) < 5:
        return False
    # In a line that does not end as a sentence nothing is known of its beginnings.
    if not ends_sentence(ctx.text[start : _line_end(ctx, start)]):
        return False
    abbreviations = ctx.language.words.abbreviations
    # What may stand before an abbreviation is one too (sent. n. 12), and so is a short thing that is no word.
    following = WORD.match(ctx.text, start)
    if following is not None and ctx.text[start : following.end() + 1] in abbreviations:
        return False
    cut_off = len(before) <= _CUT_OFF and not ctx.is_ordinary(before[:-1])
    return not cut_off and before not in abbreviations


def _line_end(ctx: Context, at: int) -> int:
    """Return the end of the line that holds the offset `at`."""
    return ctx.paragraphs[bisect_right(ctx.paragraphs, at, key=lambda span: span.start) - 1].end


def _block_starts(ctx: Context) -> Iterator[int]:
    """Yield the offsets of the lines that begin in lower case although they are sentences."""
    previous_ended = True
    for span in ctx.paragraphs:
        line = ctx.text[span.start : span.end]
        ended = ends_sentence(line)
        start = first_letter(ctx.text, span.start, span.end)
        if (
            previous_ended
            and ended
            and ctx.text[start : start + 1].islower()
            and ctx.text[start - 1 : start] not in {"'", "’", "…", ".", "-", "•", "*"}
            and line.count(" ") >= _FEWEST_WORDS - 1
            and _plain(ctx, start)
        ):
            yield start
        previous_ended = ended


def _plain(ctx: Context, start: int) -> bool:
    """True where an ordinary word begins: no brand, no code, no particle of a name."""
    match = WORD.match(ctx.text, start)
    if match is None or not match.group().islower() or any(c.isdigit() for c in match.group()):
        return False
    word, after = match.group(), ctx.text[match.end() : match.end() + 2]
    if (after[:1] in {".", "_", "/", "@"} and after[1:2].isalnum()) or after[:1] == ")":
        return False
    if after[:1] == ".":
        return False  # one word is no sentence: what is left of an abbreviation or an address (site. com.)
    following = ctx.text[match.end() + 1 : match.end() + 2]
    if after[:1] == "-" and following.isupper():
        return False  # taz-Interview: the first part writes itself so
    # “de Gaulle” in English, but not “der Minister” in German, where the particle is an article.
    closed_class = ctx.language.words
    particle = word in closed_class.particles and word not in closed_class.function
    return not (particle and (following.isupper() or after[:1] == "-"))


def _draft(ctx: Context, start: int, at_most: Confidence) -> Draft:
    word = WORD.match(ctx.text, start).group()  # type: ignore[union-attr]
    message = f"The sentence begins with a small letter: “{word}”."
    return ctx.draft(
        start,
        start + len(word),
        message,
        capitalised(word, ctx.language.tag),
        safe=at_most > Confidence.LOW,
        at_most=at_most,
    )
