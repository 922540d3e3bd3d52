"""Names that were taken for common nouns and translated: Carrefour as “Kreuzung”, Peter Schwarz as “Peter Black”."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tqcheck.bitext import Bitext, Lexical, Pair
from tqcheck.languages.entities import core, entity, forms, given_names
from tqcheck.model import Span
from tqcheck.text.romanize import likeness
from tqcheck.text.words import Word
from tqcheck.witnesses.mentions import Mention
from tqcheck.witnesses.names import Names, names
from tqcheck.witnesses.norms import standard

# Names that every language writes as they are.
_KEPT = frozenset(("company", "media"))
# How close to a name its translation is at least, where the name itself is nowhere, and where a first
# name stands before both.
_LIKE_NOUN, _LIKE_SURNAME = 0.42, 0.6
_SPELLED = 0.5
# Capitals up to this many are an abbreviation.
_LETTERS = 4


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
    return [
        (*_nouns(bitext, pair, found, lexical), *_surnames(bitext, pair, lexical))
        for pair, found in zip(bitext.matched, bitext.once(names), strict=True)
    ]


def _nouns(bitext: Bitext, pair: Pair, found: Names, lexical: Lexical) -> Iterator[Translated]:
    """Yield companies and papers that are nowhere in the translation and for which a common noun stands."""
    ordinary = [w for w in bitext.words_of(bitext.target, pair.target) if _ordinary(bitext, w)]
    for lost in (*found.missing, *(both[0] for both in found.replaced)):
        mention = lost.mention
        if not ordinary or not lost.first or lost.sound >= _SPELLED or not _company(bitext, mention):
            continue
        (key,) = mention.keys
        others = [
            w.text for w in bitext.words_of(bitext.source, pair.source) if not mention.start <= w.start < mention.end
        ]
        cosines = lexical.similarity([mention.words[0], *others], [w.text for w in ordinary])
        best = int(cosines[0].argmax())
        word = ordinary[best]
        # What another word of the original means better is the translation of that one.
        if cosines[0, best] < cosines[:, best].max():
            continue
        close = standard(bitext, float(cosines[0, best]))
        if close >= _LIKE_NOUN and likeness(mention.words[0], word.text) < _SPELLED:
            written = [*forms(key, bitext.target.language.tag), *forms(key, "en")]
            yield Translated(lost.span, Span(word.start, word.end), written[0], close)


def _company(bitext: Bitext, mention: Mention) -> bool:
    """True for a company or a paper by its very name: an inflected form may be a common noun (Equipo, L'Équipe)."""
    if len(mention.keys) != 1 or len(mention.words) > 1 or mention.start in bitext.source.sentence_starts:
        return False
    # Letters that are no word (AP, BBC) cannot be taken for one.
    if mention.words[0].isupper() and len(mention.words[0]) <= _LETTERS:
        return False
    (key,) = mention.keys
    own = forms(key, bitext.source.language.tag)
    return entity(key).kind in _KEPT and any(core(part)[1] == mention.words[0] for form in own for part in form.split())


def _ordinary(bitext: Bitext, word: Word) -> bool:
    low = word.text.lower()
    return len(low) > 2 and low not in bitext.target.language.words.function and bitext.target.is_ordinary(low)


def _surnames(bitext: Bitext, pair: Pair, lexical: Lexical) -> Iterator[Translated]:
    """Yield surnames that were translated behind a first name that was not."""
    theirs = _named(bitext.source.text, bitext.words_of(bitext.source, pair.source))
    ours = _named(bitext.target.text, bitext.words_of(bitext.target, pair.target))
    for first, last in theirs:
        for other, word in ours:
            if first.text.lower() != other.text.lower() or likeness(last.text, word.text) >= _SPELLED:
                continue
            close = standard(bitext, float(lexical.similarity([last.text.lower()], [word.text.lower()])[0, 0]))
            if close >= _LIKE_SURNAME:
                yield Translated(Span(last.start, last.end), Span(word.start, word.end), last.text, close)


def _named(text: str, words: Sequence[Word]) -> list[tuple[Word, Word]]:
    """Return the first names with the capitalised words behind them."""
    return [
        (first, last)
        for first, last in pairwise(words)
        if first.text in given_names() and last.text[:1].isupper() and text[first.end : last.start] == " "
    ]
