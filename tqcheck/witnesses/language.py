"""The language of each sentence of the target, by the words it is made of."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from tqcheck.bitext import Bitext
from tqcheck.context import Context
from tqcheck.languages.frequency import frequencies
from tqcheck.languages.other import other_language
from tqcheck.model import Span

# German writes its nouns with a capital, so fewer words are in lower case there.
_NOUN_CAPITALS, _FEW, _NOUN, _GAP = "de", 3, 3.0, 1.2
# In a text without spaces: a stretch of Latin or Cyrillic words with spaces, to its stop.
_SPACED = re.compile(r"[A-Za-z\u00c0-\u024f\u0400-\u04ff][A-Za-z\u00c0-\u024f\u0400-\u04ff ,;:'’“”\"()0-9-]*[.!?]?")
# Fewer words do not tell a language, not even beside the original.
_LEAST = 4


def stretches(ctx: Context) -> Iterator[tuple[Span, list[str]]]:
    """Yield the sentences with their words; in a text without spaces, the stretches with spaces."""
    spans = ctx.sentences if ctx.language.spaced else [Span(*m.span()) for m in _SPACED.finditer(ctx.text)]
    for span in spans:
        first, last = bisect_left(ctx.word_starts, span.start), bisect_left(ctx.word_starts, span.end)
        yield span, [word.text for word in ctx.words[first:last]]


def plain_words(ctx: Context, forms: list[str]) -> list[str]:
    """Return the words of a sentence that no capital makes a name of."""
    plain = [form for form in forms if form.islower() and form.isalpha()]
    if len(plain) < _FEW or ctx.language.base == _NOUN_CAPITALS:
        return plain
    # Words that German alone knows, and writes with a capital.
    german = frequencies(_NOUN_CAPITALS, common=True).zipf
    found = (form.lower() for form in forms if form.istitle() and len(form) > _FEW)
    return plain + [form for form in found if german(form) >= max(_NOUN, ctx.frequencies.zipf(form) + _GAP)]


def third_language(bitext: Bitext) -> tuple[tuple[Span, str], ...]:
    """Return the sentences of the target in neither language, each with the one it is in.

    What the original holds, too, is quoted in its own language there.
    """
    target, source = bitext.target, bitext.source
    known = frozenset(source.lowered)
    found = []
    for span, forms in stretches(target):
        plain = plain_words(target, forms)
        if len(plain) < _LEAST or 2 * len(plain) < len(forms):
            continue
        if sum(form in target.language.words.function for form in plain) * 3 > len(plain):
            continue
        other = other_language(plain, target.language.base)
        if other is None or other == source.language.base:
            continue
        if sum(form in known for form in plain) * 4 <= len(plain) and not _either(plain, bitext):
            found.append((span, other))
    return tuple(found)


def _either(plain: list[str], bitext: Bitext) -> bool:
    """True where the words may be of the language of the original, or of a sibling of it."""
    zipf = frequencies(bitext.source.language.base).zipf
    return sum(zipf(form) >= 4 for form in plain) * 2 > len(plain)


def foreign_sentences(bitext: Bitext) -> tuple[float, ...]:
    """Return, for each matched pair, 1 where its target side is in a third language, else 0."""
    starts = [span.start for span, _tag in bitext.once(third_language)]
    values = []
    for pair in bitext.matched:
        assert pair.target is not None
        inside = bisect_left(starts, pair.target.end) - bisect_left(starts, pair.target.start)
        values.append(float(inside > 0))
    return tuple(values)
