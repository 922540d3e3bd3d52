"""CAS105 lowercase-text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from tqcheck.languages.name_finder import sequences, split_apostrophe
from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.text.case import ends_sentence

_SHORTEST = 25
_SECOND_SENTENCE = re.compile(r"[a-zà-ÿа-я]{3}[.!?] [^\W\d_]")


@rule(
    "CAS105",
    "lowercase-text",
    Category.CASING,
    Severity.MAJOR,
    needs=("record", "cased"),
    examples=(
        example("en", "⟦the united nations met in geneva on monday to talk.⟧"),
        example("fr", "⟦le maire de marseille est parti hier soir. il reviendra lundi.⟧"),
        example("en", "red wine, a minister and a mayor"),
        example("en", "The mayor of Geneva left on Monday."),
        example("de", "montags bis freitags geöffnet"),
    ),
)
def lowercase_text(ctx: Context) -> Iterator[Draft]:
    """A paragraph has no capital at all, though it holds names or several sentences.

    Why: the text went through a system that lower-cases everything, and was never restored.
    When it is wrong: verse and chat in which small letters are a style.
    Norm: the orthography of each language.
    """
    for span in ctx.paragraphs:
        line = ctx.text[span.start : span.end]
        if len(line) < _SHORTEST or line.lower() != line or not ends_sentence(line):
            continue
        if _names_inside(ctx, span.start, span.end) or _SECOND_SENTENCE.search(line):
            yield ctx.draft(*span, "This paragraph has no capital letter at all.")


def _names_inside(ctx: Context, start: int, end: int) -> bool:
    """True where a name of the lexicon stands in the stretch, common words left aside."""
    several = sequences(ctx.names, ctx.language.tag)
    inside = ctx.words[bisect_left(ctx.words, (start,)) : bisect_left(ctx.words, (end,))]
    for at, word in enumerate(inside):
        for _, part in split_apostrophe(word.text):
            name = ctx.names.single.get(part)
            if name is not None and not name.common and not name.form.islower():
                return True
        for known in several.get(word.text, ()):
            window = inside[at : at + len(known.lowered)]
            if not known.name.common and tuple(w.text for w in window) == known.lowered:
                return True
    return False
