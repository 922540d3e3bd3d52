"""Names that were taken for common nouns and translated: Carrefour as “Kreuzung”, Peter Schwarz as “Peter Black”."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from tqcheck.bitext import Bitext, Lexical, Pair
from tqcheck.languages.entities import core, entity, forms, keys
from tqcheck.model import Span
from tqcheck.text.romanize import likeness, romanize
from tqcheck.text.words import Word
from tqcheck.witnesses.mentions import mentions

# Names that every language writes as they are.
_KEPT = frozenset(("company", "media"))
# How close to a name its translation is at least, where the name itself is nowhere, and where a first
# name stands before both.
_LIKE_NOUN, _LIKE_SURNAME = 0.42, 0.6
_SPELLED = 0.5


@dataclass(frozen=True, slots=True)
class Translated:
    """A name of the source, the stretch of the target that translates it, and the name to write."""

    source: Span
    target: Span
    right: str
    similarity: float


def translated(bitext: Bitext) -> list[tuple[Translated, ...]]:
    """Return the translated names of each pair of `bitext.matched`."""
    lexical = bitext.lexical
    if lexical is None or not bitext.target.language.spaced:
        return [() for _ in bitext.matched]
    present = frozenset(romanize(core(word.text)[1]) for word in bitext.target.words)
    return [
        (*_nouns(bitext, pair, lexical, present), *_surnames(bitext, pair, lexical)) if pair.source else ()
        for pair in bitext.matched
    ]


def _nouns(bitext: Bitext, pair: Pair, lexical: Lexical, present: frozenset[str]) -> Iterator[Translated]:
    """Yield companies and papers for which a common noun stands."""
    ordinary = [w for w in bitext.words_of(bitext.target, pair.target) if _ordinary(bitext, w)]
    if not ordinary or pair.source is None:
        return
    for mention in mentions(bitext.source, pair.source, bitext.words_of(bitext.source, pair.source)):
        if len(mention.keys) != 1 or mention.start in bitext.source.sentence_starts or len(mention.words) > 1:
            continue
        (key,) = mention.keys
        names = [*forms(key, bitext.target.language.tag), *forms(key, "en")]
        if entity(key).kind not in _KEPT or not names or any(_present(name, present) for name in names):
            continue
        cosines = lexical.similarity([mention.words[0]], [w.text for w in ordinary])[0]
        best = int(cosines.argmax())
        word = ordinary[best]
        if cosines[best] >= _LIKE_NOUN and likeness(mention.words[0], word.text) < _SPELLED:
            yield Translated(
                Span(mention.start, mention.end), Span(word.start, word.end), names[0], float(cosines[best])
            )


def _present(name: str, present: frozenset[str]) -> bool:
    return any(romanize(part) in present for part in name.split() if len(part) > 2)


def _ordinary(bitext: Bitext, word: Word) -> bool:
    return len(word.text) > 2 and bitext.target.is_ordinary(word.text.lower())


def _surnames(bitext: Bitext, pair: Pair, lexical: Lexical) -> Iterator[Translated]:
    """Yield surnames that were translated behind a first name that was not."""
    theirs = _named(bitext.source.text, bitext.words_of(bitext.source, pair.source))
    ours = _named(bitext.target.text, bitext.words_of(bitext.target, pair.target))
    for first, last in theirs:
        for other, word in ours:
            if first.text.lower() != other.text.lower() or likeness(last.text, word.text) >= _SPELLED:
                continue
            close = float(lexical.similarity([last.text.lower()], [word.text.lower()])[0, 0])
            if close >= _LIKE_SURNAME:
                yield Translated(Span(last.start, last.end), Span(word.start, word.end), last.text, close)


def _named(text: str, words: Sequence[Word]) -> list[tuple[Word, Word]]:
    """Return the first names with the capitalised words behind them."""
    return [
        (first, last)
        for first, last in pairwise(words)
        if first.text in _first_names() and last.text[:1].isupper() and text[first.end : last.start] == " "
    ]


@cache
def _first_names() -> frozenset[str]:
    people = (forms(key, "en") for key in keys() if entity(key).kind == "person")
    return frozenset(name.split()[0] for names in people for name in names if " " in name)
