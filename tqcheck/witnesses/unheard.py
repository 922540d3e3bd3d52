"""How surely a name is not on the other side, from what is most like it there."""

from __future__ import annotations

from collections.abc import Sequence

from tqcheck.bitext import Bitext
from tqcheck.context import Context
from tqcheck.languages.entities import entity, forms, written
from tqcheck.model import Span
from tqcheck.text.romanize import is_eastern, is_pinyin, romanize
from tqcheck.witnesses.mentions import Mention
from tqcheck.witnesses.name_match import by_transliteration
from tqcheck.witnesses.norms import noisy

# So like a word must be to be taken for the same name.
ALIKE = 0.66
# What chance alone gives: likeness in sound and in meaning below these says nothing; above `ALIKE` and
# `_SAME` it says that the name is there.
_CHANCE, _SAME = 0.45, 0.7
# The same of a name of the target; of one of the source, which may have been put in other words; of two words
# that would be copied.
_CHANCE_SOUND = (0.55, 0.5, 0.6)
# So like a foreign name a stretch of characters must be that may stand for it.
_SPELLED = 0.35
# Two states are close to each other in an encoder.
_KNOWN_CHANCE, _KNOWN_SAME = 0.6, 0.85
# Between two languages in Latin letters, an unknown name would be a copy, whatever its syllables mean elsewhere.
_COPIED_CHANCE, _COPIED_SAME = 0.6, 0.8
# The same of encoders whose cosines of words are high by chance.
_NOISY_CHANCE, _NOISY_SAME, _NOISY_KNOWN_SAME = 0.7, 0.9, 0.95


def heard(mention: Mention, other: Context, span: Span, known: bool, forward: bool) -> float:
    """Return how far one can tell by its form that a name is not on the other side, of which `span` is the pair's."""
    if forward and other.language.script == "Latn" and _latin(mention.words):
        # Where the other side writes in Latin letters, such a name is copied.
        return 1.0
    there = other.language.naming
    if known:
        return there.known if forward else 1.0
    if not forward and there.syllabic and all(is_pinyin(romanize(word)) for word in mention.words):
        return 1.0
    if not forward and not other.language.spaced and not is_eastern(romanize(mention.words[-1])):
        text = other.text[span.start : span.end]
        # In Japanese it would be in katakana; in Chinese, in characters that sound a little like it.
        spelled = bool(there.syllabic) and by_transliteration(mention, text, there.syllabic) >= _SPELLED
        return there.heard if spelled else 1.0
    # Of two words, one at least would be heard; not so in characters, which are chosen freely.
    return 1.0 - (1.0 - there.heard) ** len(mention.words) if forward and not there.syllabic else there.heard


def known_form(mention: Mention, ctx: Context, forward: bool) -> bool:
    """True where the table has the name in the language of the other side.

    What it has of cities in scripts without capitals is enough to doubt a name of the target, not to
    miss one of the source: there may be another way to write it; of people, there nearly always is.
    """
    if ctx.language.script != "Latn" and any(entity(key).kind == "person" for key in mention.keys):
        return False
    named = forms if forward else written
    return bool(mention.keys) and not mention.doubtful and all(named(key, ctx.language.tag) for key in mention.keys)


def _latin(words: Sequence[str]) -> bool:
    return all(word[:1] < "\u0250" for word in words)


def lacking(bitext: Bitext, mention: Mention, sound: float, meaning: float, known: bool, forward: bool) -> float:
    """Return 1 where the best word of the other side is like a name by chance at most, 0 where it is
    the name itself."""
    chance, same = (_KNOWN_CHANCE, _KNOWN_SAME) if known else (_CHANCE, _SAME)
    if not forward and noisy(bitext):
        chance, same = _NOISY_CHANCE, _NOISY_KNOWN_SAME if known else _NOISY_SAME
    elif not (forward or known) and _latin(mention.words) and bitext.source.language.script == "Latn":
        chance, same = _COPIED_CHANCE, _COPIED_SAME
    copied = forward and bitext.target.language.script == "Latn" and _latin(mention.words) and len(mention.words) > 1
    least = _CHANCE_SOUND[-1 if copied else forward]
    heard = 0.0 if known else (sound - least) / (ALIKE - least)
    meant = (meaning - chance) / (same - chance)
    return 1.0 - min(1.0, max(heard, meant, 0.0))
