"""Which names of the original are in the translation, which are missing, replaced or invented.

A name counts as present where the table of entities has it under any of its names, or its people for
its state; where a word of the other side is spelled or sounds like one of its words, in any script;
or where an encoder puts a word of the other side close to it. A name that was rendered once may be
left out later (“the company”), so that only one that is nowhere in the translation is strong evidence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from tqcheck.bitext import Bitext
from tqcheck.context import Context
from tqcheck.languages.entities import core, entity
from tqcheck.model import Span
from tqcheck.text.romanize import is_pinyin, romanize
from tqcheck.witnesses.mentions import Mention, cased, mentions
from tqcheck.witnesses.name_match import (
    by_kana,
    by_other_form,
    by_part,
    by_sound,
    by_syllables,
    by_table,
    related,
    seated,
    within,
)
from tqcheck.witnesses.norms import standard
from tqcheck.witnesses.torn import Tear, torn
from tqcheck.witnesses.unheard import ALIKE, heard, known_form, lacking

# Neighbours of a pair in which a name may have moved.
_NEAR = 2
# A name whose form in the other language is known must be that form, or nearly.
_KNOWN_ALIKE = 0.8
# Las, Le, Al are close to any article.
_ARTICLE = 3
# Zipf value from which a word is written all the time.
_FREQUENT = 5.0
# What is so alike anywhere in the article is the same name: of so many words, some are alike by chance.
_ANYWHERE = 0.8
# Pairs that are searched for it before and behind, so that the cost grows with the length only.
_PAGE = 50
# A name that was matched once may be a pronoun now.
_REPEATED = 0.3
# Both of two names must be at least so surely unmatched for one to stand for the other.
_EXCHANGED = 0.25

_RUN = re.compile("[\u4e00-\u9fff]{2,6}|[\u30a1-\u30ff]{2,}|[A-Za-z]{2,}")
# What follows the name of a place or a person in Japanese and Chinese.
_PLACES = frozenset("市県区町村州省氏城")


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A name without a counterpart on the other side.

    `sound` and `meaning` are how like the most similar word there is (0 to 1, cosine); `first` is
    True where it was matched nowhere in the article, `strength` (0 to 1) how surely it is a fault,
    `alone` how surely it would be one, were it not matched elsewhere. `near`: the other side names
    something of the same territory, of which a translator may explain more.
    """

    mention: Mention
    sound: float
    meaning: float
    first: bool
    strength: float
    alone: float
    near: bool = False

    @property
    def span(self) -> Span:
        """Where it stands on its side."""
        return Span(self.mention.start, self.mention.end)


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one pair: how many are on both sides, and those that are not.

    `replaced` holds a name of the source and the one that stands for it in the target; both are
    neither among `missing` nor among `invented`. `torn`: a place of the target at which a word is wanted.
    """

    present: int = 0
    missing: tuple[Unmatched, ...] = ()
    invented: tuple[Unmatched, ...] = ()
    replaced: tuple[tuple[Unmatched, Unmatched], ...] = ()
    torn: Tear | None = None

    @property
    def weight(self) -> float:
        """How much speaks for a wrong name: the strongest evidence of the pair."""
        single = [u.strength for u in (*self.missing, *self.invented)]
        both = [a.strength + b.strength for a, b in self.replaced]
        return max([*single, *both], default=0.0)


class _Side:
    """One side of all matched pairs: its names and its words, pair by pair."""

    def __init__(self, bitext: Bitext, ctx: Context, spans: Sequence[Span]) -> None:
        self.ctx = ctx
        self.spans = spans
        words = [bitext.words_of(ctx, span) for span in spans]
        self.torn = [torn(ctx, span, found) for span, found in zip(spans, words, strict=True)]
        self.mentions = [mentions(ctx, span, found) for span, found in zip(spans, words, strict=True)]
        self.keys = [frozenset().union(*(m.keys for m in found)) for found in self.mentions]
        cores = [[core(word.text)[1] for word in found] for found in words]
        self.words = cores
        self.names = cores if ctx.language.spaced else [[w for m in found for w in m.words] for found in self.mentions]
        self.spaced = ctx.language.spaced
        self.capitals = ctx.language.spaced and cased(ctx)
        # Without capitals, any word may be a name: of those that are written all the time, and of two words together,
        # only what is nearly the same is one.
        self.doubtful: list[list[str]] = [[] for _span in spans]
        if self.spaced and not self.capitals:
            zipf = ctx.frequencies.zipf
            self.names = [[w for w in found if zipf(w.lower()) < _FREQUENT] for found in cores]
            self.doubtful = [
                [w for w in found if zipf(w.lower()) >= _FREQUENT] + [one + two for one, two in pairwise(found)]
                for found in cores
            ]
        self._named: dict[int, list[str]] = {}
        self.all_keys = frozenset().union(*self.keys)
        self.territories = frozenset(entity(key).of for key in self.all_keys) - {""}
        self.all_names = frozenset(romanize(word) for found in self.names for word in found)

    def named(self, at: int) -> list[str]:
        """The words of an article, or of some pages of a book, that may be names, each once."""
        page = at // _PAGE
        if page not in self._named:
            pairs = range(max(0, (page - 1) * _PAGE), min(len(self.spans), (page + 2) * _PAGE))
            pieces = {piece for n in pairs for piece in self.pieces(n) if len(piece) > _ARTICLE or not self.spaced}
            self._named[page] = sorted(word for word in pieces if not self.capitals or word[:1].isupper())
        return self._named[page]

    def pieces(self, at: int) -> Sequence[str]:
        """Return the words of a pair; where no spaces are written, the runs of one kind of character."""
        if self.spaced:
            return self.words[at]
        span = self.spans[at]
        runs = _RUN.findall(self.ctx.text, span.start, span.end)
        return [*runs, *(run[:-1] for run in runs if len(run) > 2 and run[-1] in _PLACES)]


def names(bitext: Bitext) -> list[Names]:
    """Return what the names say about each pair of `bitext.matched`."""
    pairs = bitext.matched
    source = _Side(bitext, bitext.source, [pair.source for pair in pairs if pair.source is not None])
    target = _Side(bitext, bitext.target, [pair.target for pair in pairs if pair.target is not None])
    lost = _unmatched(bitext, source, target, forward=True)
    made = _unmatched(bitext, target, source, forward=False)
    return [
        _weigh(len(found) - len(away), away, new, broken)
        for found, away, new, broken in zip(source.mentions, lost, made, target.torn, strict=True)
    ]


def _unmatched(bitext: Bitext, ours: _Side, theirs: _Side, forward: bool) -> list[list[Unmatched]]:
    """Return the names of one side that have no counterpart near their place."""
    established: set[str] = set()
    left: list[tuple[int, Mention, float]] = []
    for at, found in enumerate(ours.mentions):
        for mention in found:
            sound = _likeness(mention, ours, theirs, at, forward)
            if sound >= ALIKE:
                established.update(romanize(word) for word in mention.words)
            else:
                left.append((at, mention, sound))
    # What is nowhere although the article has it in several places goes by a name that we do not know.
    places = Counter(word for _at, word in {(at, romanize(word)) for at, mention, _s in left for word in mention.words})
    result: list[list[Unmatched]] = [[] for _ in ours.mentions]
    if bitext.lexical is not None:
        parts = (words for at, mention, _s in left for words in (_parts(mention), theirs.pieces(at)))
        bitext.lexical.prepare(chain.from_iterable(parts))
    for at, mention, sound in left:
        meaning = _meaning(bitext, mention, theirs.pieces(at), forward)
        romans = {romanize(word) for word in mention.words}
        elsewhere = any(roman in established or roman in theirs.all_names for roman in romans)
        elsewhere = elsewhere or related(mention.keys, theirs.all_keys) or any(places[roman] > 1 for roman in romans)
        known = known_form(mention, theirs.ctx, forward)
        alone = mention.sure * heard(mention, theirs.ctx, theirs.spans[at], known, forward)
        alone *= lacking(bitext, mention, sound, meaning, known, forward)
        elsewhere = elsewhere or (alone > 0 and by_sound(mention, theirs.named(at)) >= _ANYWHERE)
        strength = alone * (_REPEATED if elsewhere else 1)
        near = any(entity(key).of in theirs.territories for key in mention.keys)
        result[at].append(Unmatched(mention, sound, meaning, not elsewhere, strength, alone, near))
    return result


def _likeness(mention: Mention, ours: _Side, theirs: _Side, at: int, forward: bool) -> float:
    """Return how surely a name has a counterpart in its pair or beside it."""
    best = 0.0
    for near in sorted(range(max(0, at - _NEAR), min(len(theirs.spans), at + _NEAR + 1)), key=lambda n: abs(n - at)):
        best = max(best, _likeness_at(mention, ours, theirs, near, forward))
        if best >= ALIKE:
            break
    return best


def _likeness_at(mention: Mention, ours: _Side, theirs: _Side, at: int, forward: bool) -> float:
    if related(mention.keys, theirs.keys[at]):
        return 1.0
    if _seated_there(mention, ours, theirs, at):
        return 1.0
    candidates = theirs.names[at]
    best = by_sound(mention, candidates)
    if best < ALIKE and theirs.doubtful[at]:
        nearly = by_sound(mention, theirs.doubtful[at])
        best = nearly if nearly >= _ANYWHERE else best
    if mention.keys:
        if by_other_form(mention, candidates, theirs.ctx.language.tag):
            return 1.0
        best = max(best, by_part(mention, candidates, theirs.ctx.language.tag))
    if mention.keys and theirs.ctx.language.naming.syllabic and _read_so(mention, theirs, at):
        return 1.0
    if known_form(mention, theirs.ctx, forward):
        return best if best >= _KNOWN_ALIKE else 0.0
    if best < ALIKE and mention.keys:
        best = max(best, by_table(mention, candidates))
    if best < ALIKE and not theirs.spaced:
        span = theirs.spans[at]
        written = by_syllables if theirs.ctx.language.naming.syllabic else by_kana
        best = max(best, written(mention, theirs.ctx.text[span.start : span.end]))
    return best


def _seated_there(mention: Mention, ours: _Side, theirs: _Side, at: int) -> bool:
    """True where Paris stands for France, and not for the France beside it, or a state beside its place."""
    if not mention.keys or not seated(mention.keys, theirs.keys[at]):
        return False
    seats = [m.keys for m in theirs.mentions[at] if seated(mention.keys, m.keys)]
    others = [m.keys for near in ours.mentions[at : at + 1] for m in near if not m.keys & mention.keys]
    taken = [keys for keys in others if any(related(keys, seat) for seat in seats)]
    return len(seats) > len(taken) or within(mention.keys, theirs.keys[at])


def _read_so(mention: Mention, theirs: _Side, at: int) -> bool:
    """True for what characters of the other side are read like, whatever else it is the name of (Kai: 王凯)."""
    if not all(is_pinyin(romanize(word)) for word in mention.words):
        return False
    span = theirs.spans[at]
    return by_syllables(mention, theirs.ctx.text[span.start : span.end]) == 1.0


def _meaning(bitext: Bitext, mention: Mention, words: Sequence[str], forward: bool) -> float:
    """Return the best cosine of a word of a name and a word of the other side, 0 without an encoder."""
    if bitext.lexical is None or not words:
        return 0.0
    ours, theirs = _parts(mention), list(words)
    sides = (ours, theirs) if forward else (theirs, ours)
    return standard(bitext, float(bitext.lexical.similarity(*sides).max()))


def _parts(mention: Mention) -> list[str]:
    """Return the words of a name that mean something, and all of them together."""
    words = [word for word in mention.words if len(word) > _ARTICLE] or list(mention.words)
    return [*words, " ".join(words)] if len(words) > 1 else words


def _weigh(present: int, lost: Sequence[Unmatched], made: Sequence[Unmatched], broken: Tear | None) -> Names:
    """Pair what is missing with what stands in its place."""
    missing = sorted(lost, key=lambda u: (-u.strength, u.mention.start))
    invented = sorted(made, key=lambda u: (-u.strength, u.mention.start))
    # Where there is a hole, the name that is gone left it.
    least = _EXCHANGED if broken is None else 2 * _EXCHANGED
    both = [(a, b) for a, b in zip(missing, invented, strict=False) if a.strength >= _EXCHANGED and b.strength >= least]
    rest = len(both)
    return Names(present, tuple(missing[rest:]), tuple(invented[rest:]), tuple(both), broken)
