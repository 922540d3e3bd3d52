"""Where a pronoun shows one sex, and what its verb, its noun or its owner translates shows the other.

“He said” beside „powiedziała“, “his sister” beside «её сестра», “her banner” beside „napsal … na svůj transparent“:
the words around the pronoun are told by an encoder.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import NamedTuple

from tqcheck.bitext import Bitext, Pair
from tqcheck.languages.gender import Gender, Marks
from tqcheck.model import Span
from tqcheck.text.words import WORD, Word
from tqcheck.witnesses.literal import Sides, sides
from tqcheck.witnesses.past import past

# How like two words that translate each other are at least; less is enough where all verbs of the other side
# have subjects of one sex, or where what stands beside the word tells too.
_SAME, _LIKEST = 0.4, 0.25
# How far behind its subject a verb stands.
_REACH = 30
# The name behind a title, up to its verb.
_NAMED = re.compile(r"\.?(?: [A-ZÀ-Ý][\w’-]+)+ (?:\w+ )?")
# What may be an article in other languages too.
_NEUTER = frozenset(("lo",))
# So far before a pronoun the name stands that it stands for.
_CLAUSE = 60
_NEXT = 2
_STOP = re.compile(r"[,;:.!?…—–()“”„»«\"]")


class Tied(NamedTuple):
    """The pronoun of one side, and the word of the other sex on the other side."""

    pronoun: Span
    other: Span


def titled(
    pair: Pair, languages: tuple[Gender, Gender], here: tuple[Marks, Marks], beside: Sequence[tuple[Marks, Marks]]
) -> Tied | None:
    """Return a pronoun of the target that can only stand for a person whose title shows the other sex on both sides.

    “Mr Rao said she” beside «श्री राव ने कहा कि वे», where the original shows no sex but by the title, and nobody of
    that sex stands in the sentences `beside`.
    """
    assert pair.source is not None
    assert pair.target is not None
    theirs, ours = here
    said = languages[1].said
    if said is None or any(theirs.subject):
        return None
    for sex in (0, 1):
        titles = theirs.sure[1 - sex]
        if not titles or theirs.shown[sex] or any(marks.told(sex) for both in beside for marks in both):
            continue
        for pronoun in ours.subject[sex]:
            verb = said.search(ours.text[: pronoun.start])
            if verb and any(_NAMED.fullmatch(ours.text, t.end, verb.start(1)) for t in ours.shown[1 - sex]):
                return Tied(_at(pair.target, pronoun), _at(pair.source, titles[0]))
    return None


def _at(sentence: Span, found: Span) -> Span:
    return Span(sentence.start + found.start, sentence.start + found.end)


def tied(bitext: Bitext, pair: Pair, side: int, languages: tuple[Gender, Gender], marks: Marks) -> Tied | None:
    """Return a pronoun of one side (0 the original, 1 the target) whose verb or noun is of the other sex there.

    `marks` are those of the other side. None where nothing shows that, or no encoder knows both languages.
    """
    own, other = languages[side], languages[1 - side]
    here, there = (bitext.target, bitext.source) if side else (bitext.source, bitext.target)
    span, beyond = (pair.source, pair.target)[side], (pair.source, pair.target)[1 - side]
    assert span is not None
    assert beyond is not None
    pronouns = list(_pronouns(here.text, span, own)) if own.passive and (other.past or other.owner) else []
    found = sides(bitext, pair) if pronouns else None
    if found is None:
        return None
    forms = [match.group().lower() for match in WORD.finditer(here.text, *span)]
    owners = sum(bool(own.owner_sexes(form)) or form in own.sexless for form in forms)
    first = WORD.search(here.text, *span)
    ties = _Ties(
        own,
        other,
        here.text,
        there.text,
        beyond,
        found if side else found.turned(),
        marks,
        owners,
        begins=span.start if first is None else first.start(),
        participle=partial(past, here),
    )
    for pronoun, form in pronouns:
        for word in ties.of(pronoun, form):
            return Tied(pronoun, Span(word.start, word.end))
    return None


def _pronouns(text: str, span: Span, language: Gender) -> Iterator[tuple[Span, str]]:
    """Yield the pronouns of a stretch that show the sex of a subject, an owner or an object, with their forms."""
    for match in WORD.finditer(text, *span):
        form = match.group().lower().replace("’", "'").partition("'")[0]
        if language.subject_sexes(form) or language.owner_sexes(form) or language.object_sexes(form):
            yield Span(match.start(), match.start() + len(form)), form


@dataclass(frozen=True, slots=True)
class _Ties:
    """What ties the pronouns of one text, `here`, to words of the other, `there`, in the stretch `span` of it.

    `own` is the language of the first and `other` that of the second, whose marks are `marks`; the target of
    `words` is the first, which has so many possessives (`owners`), `begins` with its first word, and
    tells its participles by `participle`.
    """

    own: Gender
    other: Gender
    here: str
    there: str
    span: Span
    words: Sides
    marks: Marks
    owners: int
    begins: int
    participle: Callable[[str], bool]

    def of(self, pronoun: Span, form: str) -> Iterator[Word]:
        """Yield what shows the other sex of whom a pronoun stands for."""
        for sex in self.own.subject_sexes(form):
            yield from self._verb(pronoun, sex)
            yield from self._predicate(pronoun, sex)
        for sex in self.own.owner_sexes(form):
            yield from self._owner(pronoun, sex)
        for sex in self.own.object_sexes(form):
            yield from self._object(pronoun, sex)

    def _verb(self, pronoun: Span, sex: int) -> Iterator[Word]:
        """Yield the verb that the verb of a subject translates."""
        n = self._verb_of(pronoun.end)
        verb = self._counterpart(n)
        if verb is not None and self._sexes(verb) == {1 - sex}:
            yield verb
        elif verb is not None and not self.marks.subject[sex] and (subject := self._subject(verb)) is not None:
            if self.other.subject_sexes(subject.text.lower()) == [1 - sex]:
                yield subject
        elif not self.marks.shown[sex]:
            # No verb has a subject of this sex.
            for at in (n, self._saying(pronoun)):
                if at is not None and (best := self._likest_verb(at)) is not None:
                    yield best
            yield from self._first_verb(pronoun, sex)

    def _first_verb(self, pronoun: Span, sex: int) -> Iterator[Word]:
        """Yield the verb of the first clause where a subject begins the sentence, and does something."""
        after = [w.group().lower() for w in islice(WORD.finditer(self.here, pronoun.end), 2)]
        suffered = len(after) == 2 and after[0] in self.own.passive and self.participle(after[1])
        verbs = [verb for verb in self._words(self.span) if self._sexes(verb)]
        if self.begins != pronoun.start or suffered or not verbs or any(self._sexes(v) != {1 - sex} for v in verbs):
            return
        if _STOP.search(self.there, self.span.start + _NEXT, verbs[0].start) is None:
            yield verbs[0]

    def _likest_verb(self, n: int) -> Word | None:
        """Return the verb that shows the sex of its subject and is likest to a content word, where it is like it."""
        verbs = [at for at, word in enumerate(self.words.source) if self._sexes(word)]
        best = max(verbs, key=lambda at: self.words.like[at, n], default=None)
        return self.words.source[best] if best is not None and self.words.like[best, n] >= _LIKEST else None

    def _saying(self, pronoun: Span) -> int | None:
        """Return the verb behind a name and before a subject that can only be whom it names: “Novak said she”."""
        start = max(0, pronoun.start - _CLAUSE)
        found = self.own.said.search(self.here[start : pronoun.start]) if self.own.said else None
        return (
            None
            if found is None
            else next((n for n, w in enumerate(self.words.target) if w.start == start + found.start(1)), None)
        )

    def _subject(self, verb: Word) -> Word | None:
        """Return the pronoun that is the subject of a verb, beside it or with auxiliaries between them."""
        for word in (_before(self.there, verb), _after(self.there, verb)):
            form = "" if word is None else word.text.lower()
            if form not in self.other.others and self.other.subject_sexes(form):
                return word
        return None

    def _owner(self, pronoun: Span, sex: int) -> Iterator[Word]:
        """Yield the possessive of the other side, or, where that shows no sex, the verb of the owner."""
        nouns = [noun for n in self._phrase(pronoun.end) if (noun := self._counterpart(n)) is not None]
        for noun in nouns[:1]:
            owner = _before(self.there, noun)
            if owner is not None and self.other.owner_sexes(owner.text.lower()) == {1 - sex}:
                yield owner
        if self._selfsame(pronoun):
            yield from self._subject_of(pronoun, sex)
        own = [word for word in self._words(self.span) if word.text.lower() in self.other.own]
        # Where there is but one on either side, no noun has to tell.
        single = len(own) == 1 and self.owners == 1
        for word in own:
            if single or any(noun.end > word.end and noun.start - word.end < _NEXT for noun in nouns):
                verbs = [verb for verb in self._words(self._clause(word)) if self._sexes(verb)]
                if verbs and all(self._sexes(verb) == {1 - sex} for verb in verbs):
                    yield verbs[0]

    def _object(self, pronoun: Span, sex: int) -> Iterator[Word]:
        """Yield the pronoun beside the verb that the verb before an object translates."""
        n = next((n for n, w in enumerate(self.words.target) if 0 < pronoun.start - w.end < _NEXT), None)
        verb = self._counterpart(n, _LIKEST)
        if verb is None or list(self._phrase(pronoun.end)):
            return
        for word in (_before(self.there, verb), _after(self.there, verb)):
            if word is not None and self.other.object_sexes(word.text.lower()) == {1 - sex} and self._no_article(word):
                yield word

    def _no_article(self, pronoun: Word) -> bool:
        """True for a pronoun that is no article: where it may be one, it begins a clause or follows few words."""
        if not any(pronoun.text.lower() in articles for articles in (*self.other.the, _NEUTER)):
            return True
        before = _before(self.there, pronoun)
        begins = self._clause(pronoun).start + 1 >= pronoun.start
        return begins or (before is not None and before.text.lower() in self.other.bare)

    def _predicate(self, pronoun: Span, sex: int) -> Iterator[Word]:
        """Yield the participle or adjective that says of the subject what a pronoun is said to be."""
        if not self.other.agrees:
            return
        for n in [n for n, w in enumerate(self.words.target) if pronoun.end <= w.start <= pronoun.end + _REACH][:2]:
            between = self.here[pronoun.end : self.words.target[n].start]
            passive = not self.own.passive.isdisjoint(w.group().lower() for w in WORD.finditer(between))
            word = self._counterpart(n, _LIKEST) if passive and not _STOP.search(between) else None
            if word is None or self.other.agreeing_sexes(word.text.lower()) != {1 - sex}:
                continue
            follows = _after(self.there, word)
            if (follows is None or follows.text.lower() not in self.other.that) and self._said_of(word):
                yield word

    def _said_of(self, word: Word) -> bool:
        """True behind a form of “to be”, with an adverb between them or none, and without the person it is done to."""
        if not self.other.copula:
            return True
        for _n in range(2):
            before = _before(self.there, word)
            if before is None:
                return False
            if before.text.lower() in self.other.copula:
                first = _before(self.there, before)
                return first is None or first.text.lower() not in self.other.dative
            word = before
        return False

    def _selfsame(self, pronoun: Span) -> bool:
        """True for a possessive that only the subject can be the owner of: “made her decision”."""
        start, end = max(0, pronoun.start - _REACH), pronoun.end + _REACH
        found = self.own.selfsame.finditer(self.here[start:end]) if self.own.selfsame else ()
        return any(start + match.start(match.lastindex or 0) == pronoun.start for match in found)

    def _subject_of(self, pronoun: Span, sex: int) -> Iterator[Word]:
        """Yield the verb beside a possessive, or the article of the subject that begins both sentences."""
        near = [n for n, w in enumerate(self.words.target) if -_REACH / 2 < w.start - pronoun.start < _REACH]
        verbs = [verb for n in near if (verb := self._counterpart(n)) is not None and self._sexes(verb)]
        if verbs and all(self._sexes(verb) == {1 - sex} for verb in verbs):
            yield verbs[0]
        first = next(self._words(self.span), None)
        begun = (
            _STOP.search(self.here, self.words.target[0].start, pronoun.start) is None if self.words.target else False
        )
        if first is not None and begun and not self.marks.told(sex) and first.text.lower() in self.other.the[1 - sex]:
            yield first

    def _sexes(self, word: Word) -> set[int]:
        return self.other.verb_sexes(word.text.lower())

    def _words(self, span: Span) -> Iterator[Word]:
        return (Word(*m.span(), m.group()) for m in WORD.finditer(self.there, *span))

    def _clause(self, word: Word) -> Span:
        """Return the stretch between the marks around a word."""
        stops = [m.start() for m in _STOP.finditer(self.there, *self.span)]
        before = [at + 1 for at in stops if at < word.start]
        return Span(
            max(before, default=self.span.start), min([at for at in stops if at >= word.end] or [self.span.end])
        )

    def _counterpart(self, n: int | None, least: float = _SAME) -> Word | None:
        found = None if n is None else self.words.counterpart(n)
        return self.words.source[found[0]] if found is not None and found[1] >= least else None

    def _verb_of(self, at: int) -> int | None:
        """Return the content word that follows a subject in its clause, where nothing says that it is suffered."""
        n = next((n for n, w in enumerate(self.words.target) if w.start >= at), None)
        if n is None or self.words.target[n].start - at > _REACH:
            return None
        between = self.here[at : self.words.target[n].start]
        if _STOP.search(between) or not self.own.passive.isdisjoint(w.group().lower() for w in WORD.finditer(between)):
            return None
        return n

    def _phrase(self, at: int) -> Iterator[int]:
        """Yield the content words that follow a word at once."""
        for n, word in enumerate(self.words.target):
            if 0 < word.start - at < _NEXT:
                yield n
                at = word.end


def _before(text: str, word: Word) -> Word | None:
    """Return the word that stands before another at once."""
    at = max(0, word.start - _REACH)
    found = re.search(r"([^\W\d_]+)[ \u00a0]$", text[at : word.start])
    return None if found is None else Word(at + found.start(1), at + found.end(1), found[1])


def _after(text: str, word: Word) -> Word | None:
    """Return the word that stands behind another at once."""
    found = re.match(r"[ \u00a0]([^\W\d_]+)", text[word.end : word.end + _REACH])
    return None if found is None else Word(word.end + found.start(1), word.end + found.end(1), found[1])
