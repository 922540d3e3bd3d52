"""Phrases to be found word by word, whatever their case: a small language of patterns.

Words stand apart by spaces or hyphens; an elided one (`l'`, `all'`) is a word of its own. Among them
may stand a choice `(is|are)`, whose members may hold several words, an optional word or choice `[the]`
`[a|an]`, a slot of the calendar `{day}` or `{month}`, any one word `*`, and one to six words of the
same clause `...`. Where no spaces are written, a pattern is a choice of strings: `(表示|指出)`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, product
from typing import Generic, NamedTuple, TypeVar

from tqcheck.languages.lemmas import Lemmas
from tqcheck.languages.record import Language
from tqcheck.languages.store import digest
from tqcheck.text.words import Word

T = TypeVar("T")
_WORDS = re.compile(r"[^\W_]+(?: [^\W_]+)*")
_TOKEN = re.compile(r"\([^()]+\)|\[[^\[\]]+\]|\{\w+\}|\*|\.\.\.|[^\s-]+")
# A gap holds at most this many words.
_GAP = 6
_JOINTS = frozenset({"", " ", "\u00a0", "-"})
# So many words are remembered: a run over an archive meets millions.
_REMEMBERED = 50_000

# The keys allowed at a place (a form, or the hash of a lemma); None stands for any word, and an empty
# set for a gap.
Place = frozenset[str | int] | None
Pattern = tuple[Place, ...]
# What a plain word of a pattern stands for.
Reading = Callable[[str], frozenset[str | int]]


class Token(NamedTuple):
    """A word, or an elided part of one, in lower case."""

    start: int
    end: int
    form: str


class Hit(NamedTuple, Generic[T]):
    """A stretch that a phrase was found in."""

    start: int
    end: int
    value: T


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text with its tokens: where each starts and ends, and its form."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    forms: Sequence[str]

    def __iter__(self) -> Iterator[Token]:
        return map(Token, self.starts, self.ends, self.forms)

    def joined(self, n: int) -> bool:
        """True where only a space, a hyphen or nothing parts token `n` from the next one."""
        return n + 1 < len(self.forms) and self.text[self.ends[n] : self.starts[n + 1]] in _JOINTS


def tokens(text: str, words: Sequence[Word], language: Language) -> Tokens:
    """Return the tokens of a text."""
    if not words:
        return Tokens(text, (), (), ())
    starts, ends, spelled = zip(*words, strict=True)
    forms = [form.replace("’", "'") for form in map(str.lower, spelled)]
    elisions = language.quotes.elisions
    if not elisions or not ("'" in text or "’" in text):
        return Tokens(text, starts, ends, forms)
    split_starts: list[int] = []
    split_ends: list[int] = []
    split_forms: list[str] = []
    done = 0
    for n in [n for n, form in enumerate(forms) if "'" in form]:
        parts = split(forms[n], elisions)
        ends_of = list(accumulate(map(len, parts), initial=starts[n]))
        split_starts += (*starts[done:n], *ends_of[:-1])
        split_ends += (*ends[done:n], *ends_of[1:])
        split_forms += (*forms[done:n], *parts)
        done = n + 1
    return Tokens(text, [*split_starts, *starts[done:]], [*split_ends, *ends[done:]], [*split_forms, *forms[done:]])


def split(form: str, elisions: frozenset[str]) -> list[str]:
    """Return the parts of a word: `l'élu` → `l'`, `élu`."""
    parts = []
    head, apostrophe, tail = form.partition("'")
    while apostrophe and tail and head in elisions:
        parts.append(head + "'")
        head, apostrophe, tail = tail.partition("'")
    return [*parts, head + apostrophe + tail]


class _Starts(Generic[T]):
    """The phrases that one word may begin: by their second word, or with any second word.

    What a phrase stands for is spelled out when its first word is met: a text meets few of them.
    """

    def __init__(self, first: str | int) -> None:
        self._first = first
        self._unread: list[tuple[Callable[[], Iterator[Pattern]], T]] = []
        self._by_second: dict[str | int, list[tuple[Pattern, T]]] = {}
        self._open: list[tuple[Pattern, T]] = []

    def add(self, read: Callable[[], Iterator[Pattern]], value: T) -> None:
        self._unread.append((read, value))

    def before(self, second: Sequence[str | int]) -> Iterator[tuple[Pattern, T]]:
        for read, value in self._unread:
            for pattern in read():
                if self._first in (pattern[0] or ()):
                    self._sort(pattern[1:], value)
        self._unread.clear()
        yield from self._open
        if self._by_second:
            for key in second:
                yield from self._by_second.get(key, ())

    def _sort(self, rest: Pattern, value: T) -> None:
        if not rest or not rest[0]:
            self._open.append((rest, value))
            return
        for second in rest[0]:
            self._by_second.setdefault(second, []).append((rest, value))


class _Form(NamedTuple, Generic[T]):
    """A word as phrases see it: what stands for it in them, and what it may begin."""

    keys: Sequence[str | int]
    begins: Sequence[_Starts[T]]


class Phrases(Generic[T]):
    """Phrases of one language, found in one pass however many they are."""

    def __init__(self, language: Language, lemmas: Lemmas) -> None:
        self._language = language
        self._lemmas = lemmas
        self._starts: dict[str | int, _Starts[T]] = {}
        self._literals: list[tuple[str, T]] = []
        self._known: dict[str, _Form[T]] = {}

    def add(self, phrase: str, value: T, *, inflect: bool, lemma: bool = False) -> None:
        """Add a phrase; with `inflect` its plain words stand for all their forms.

        With `lemma` as well they are dictionary forms, and not forms of other words: of the Polish “były”
        (former) not all that is a form of “być” (be), as “był” is.
        """
        if not self._language.spaced:
            self._literals.extend((literal, value) for literal in literals(phrase))
            return
        self._known.clear()
        read = _as_is if not inflect else self._forms if lemma else self._inflected
        for key in firsts(phrase, self._language, read):
            self._starts.setdefault(key, _Starts(key)).add(partial(patterns, phrase, self._language, read), value)

    def find(self, tokens: Tokens) -> list[Hit[T]]:
        """Return where the phrases stand, in order; they may overlap."""
        found: dict[Hit[T], None] = {}
        for literal, value in self._literals:
            at = tokens.text.find(literal)
            while at >= 0:
                found[Hit(at, at + len(literal), value)] = None
                at = tokens.text.find(literal, at + len(literal))
        if self._starts:
            known, forms = self._read(tokens.forms), tokens.forms
            # Few words begin a phrase: the others are passed over at once.
            heads = {form for form in set(forms) if known[form].begins}
            for n in [n for n, form in enumerate(forms) if form in heads]:
                following = known[forms[n + 1]].keys if n + 1 < len(forms) else ()
                for starts in known[forms[n]].begins:
                    for rest, value in starts.before(following):
                        last = _match(tokens, known, n, rest)
                        if last is not None:
                            found[Hit(tokens.starts[n], tokens.ends[last], value)] = None
        return sorted(found, key=lambda hit: (hit.start, -hit.end))

    def _read(self, forms: Sequence[str]) -> Mapping[str, _Form[T]]:
        """Return what is known of words, those of a text among them."""
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        for form in set(forms).difference(self._known):
            keys: tuple[str | int, ...] = (form, *self._lemmas.of(form)) if self._lemmas else (form,)
            self._known[form] = _Form(keys, [self._starts[key] for key in keys if key in self._starts])
        return self._known

    def _inflected(self, word: str) -> frozenset[str | int]:
        return frozenset({word, *self._lemmas.of(word), *self._language.words.merged.get(word, ())})

    def _forms(self, word: str) -> frozenset[str | int]:
        return frozenset({word, digest(word), *self._language.words.merged.get(word, ())})


def _as_is(word: str) -> frozenset[str | int]:
    return frozenset({word})


def _match(tokens: Tokens, known: Mapping[str, _Form[T]], at: int, rest: Pattern) -> int | None:
    """Return the last word of a phrase whose first is word `at`, None where it goes on otherwise."""
    for n, place in enumerate(rest):
        if place is not None and not place:
            return _gap(tokens, known, at, rest[n + 1 :])
        if not tokens.joined(at):
            return None
        at += 1
        if place is not None and place.isdisjoint(known[tokens.forms[at]].keys):
            return None
    return at


def _gap(tokens: Tokens, known: Mapping[str, _Form[T]], at: int, rest: Pattern) -> int | None:
    for _ in range(_GAP):
        if not tokens.joined(at):
            return None
        at += 1
        last = _match(tokens, known, at, rest)
        if last is not None:
            return last
    return None


def plain_words(phrase: str, elisions: frozenset[str]) -> Iterator[str]:
    """Yield the words of a phrase that may be inflected."""
    for token in _TOKEN.findall(_normal(phrase)):
        if token[0] not in "{*" and token != "...":
            for part in re.split(r"[ |-]", token.strip("()[]")):
                yield from split(part, elisions)


def literals(phrase: str) -> Iterator[str]:
    """Yield the strings that a phrase of a spaceless script stands for."""
    parts = [token.strip("()").split("|") for token in re.findall(r"\([^()]+\)|[^()]+", phrase)]
    for combination in product(*parts):
        yield "".join(combination)


def firsts(phrase: str, language: Language, read: Reading) -> set[str | int]:
    """Return what the sequences that a phrase stands for begin with. Raises ValueError where that is anything."""
    words = _plain(phrase)
    if words is not None:
        return set(read(words[0]))
    found: set[str | int] = set()
    for token in _TOKEN.findall(_normal(phrase)):
        readings = _readings(token, language, read)
        begins = [pattern[0] for pattern in readings if pattern]
        if not all(begins):
            break
        found.update(*(place or () for place in begins))
        if len(begins) == len(readings):  # no optional part: what follows begins nothing
            return found
    raise ValueError(f"“{phrase}” must begin with a word or a choice of words")


def patterns(phrase: str, language: Language, read: Reading) -> Iterator[Pattern]:
    """Yield the sequences of words that a phrase stands for."""
    words = _plain(phrase)
    if words is not None:
        yield tuple(map(read, words))
        return
    choices = [_readings(token, language, read) for token in _TOKEN.findall(_normal(phrase))]
    for combination in product(*choices):
        yield tuple(place for part in combination for place in part)


def _readings(token: str, language: Language, read: Reading) -> list[Pattern]:
    """Return the sequences that one part of a phrase stands for; an optional part may be empty."""
    if token == "*":
        return [(None,)]
    if token == "...":
        return [(frozenset(),)]
    if token in {"{day}", "{month}"}:
        groups = language.calendar.days if token == "{day}" else language.calendar.months
        return [(frozenset(form.lower().rstrip(".") for group in groups for form in group),)]
    members = _choice(token.strip("()[]").split("|"), language.quotes.elisions, read)
    return [(), *members] if token[0] == "[" else members


def _plain(phrase: str) -> list[str] | None:
    """Return the words of a phrase that is nothing but words, as most are; None for one that must be read."""
    return phrase.lower().split() if phrase and _WORDS.fullmatch(phrase) else None


def _normal(phrase: str) -> str:
    return phrase.lower().replace("’", "'")


def _choice(members: list[str], elisions: frozenset[str], read: Reading) -> list[Pattern]:
    """Return the single words as one place, and each member of several words as places of its own."""
    parts = [[part for word in re.split(r"[ -]", member) for part in split(word, elisions)] for member in members]
    single: frozenset[str | int] = frozenset().union(*(read(words[0]) for words in parts if len(words) == 1))
    several: list[Pattern] = [tuple(read(word) for word in words) for words in parts if len(words) > 1]
    return [(single,), *several] if single else several
