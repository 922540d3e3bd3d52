"""Terms of a user found in a text in one pass, however many they are.

Where words are parted by spaces, terms are kept word by word in a trie. Which of the words of terms a word
of the text is a form of is found once for each word (`inflection.py`), so that a text of n words costs n
steps and a large glossary little to set up. Hyphens, spaces and words written as one are alike. Where no
spaces are written, terms are looked up as strings by their first two characters.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from tqcheck.languages.inflection import Inflection, Key, head, inflection
from tqcheck.languages.phrases import Token, tokens
from tqcheck.languages.record import Language
from tqcheck.languages.store import digest
from tqcheck.text.case import lower
from tqcheck.text.words import WORD, Word, spaceless

# What may part the words of a term besides its own marks.
_JOINS = frozenset(" \u00a0\u202f\u2009-\u2010\u2011")
# A term has at most so many words; a longer one is a sentence.
MOST_WORDS = 12
# Terms of so many words are also looked for as one.
_MOST_SOLID = 3
_HEAD = 4
# Words of texts whose terms are remembered.
_REMEMBERED = 50_000
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


class Found(NamedTuple):
    """A term at `[start, end)`: the number it was given, as the glossary writes it, and whether it stands
    there uninflected."""

    start: int
    end: int
    number: int
    term: str
    plain: bool


class _Form(NamedTuple):
    """A way to write a term: its words, the marks between them (nothing: none), and what stands around."""

    words: tuple[str, ...]
    gaps: tuple[str, ...]
    head: str
    tail: str
    term: str
    number: int


class Terms:
    """The terms of one language."""

    def __init__(self, language: Language, rows: Iterable[tuple[str, int]]) -> None:
        """Take terms, each with a number; several may have the same one."""
        self._language = language
        self._inflection: Inflection = inflection(language.tag)
        self._by_hash: dict[int, str] = {}
        self._by_head: dict[str, list[str]] = {}
        self._keys: dict[str, dict[Key, list[str]]] = {}
        self._matches: dict[str, tuple[str, ...]] = {}
        self._children: dict[tuple[int, str], int] = {}
        self._heads: set[str] = set()
        self._ends: dict[int, list[_Form]] = {}
        self._strings: dict[str, list[tuple[str, int]]] = {}
        self._sizes: dict[str, list[int]] = {}
        for term, number in rows:
            if not language.spaced or spaceless(term):
                self._add_string(term, number)
            else:
                self._add_words(term, number)
        for sizes in self._sizes.values():
            sizes.sort(reverse=True)

    def __bool__(self) -> bool:
        return bool(self._ends or self._strings)

    def find(self, text: str, words: Sequence[Word]) -> list[Found]:
        """Return where terms stand in a text, in order, the longer first; they may overlap."""
        found = self._find_strings(text) if self._strings else []
        if self._ends:
            found += self._find_words(text, words)
        return sorted(dict.fromkeys(found), key=lambda hit: (hit.start, -hit.end, hit.number, hit.term))

    def _add_string(self, term: str, number: int) -> None:
        plain = _level(term, self._language.tag)
        rows = self._strings.setdefault(plain, [])
        rows.append((term, number))
        sizes = self._sizes.setdefault(plain[:2], [])
        if len(plain) not in sizes:
            sizes.append(len(plain))

    def _add_words(self, term: str, number: int) -> None:
        gaps: tuple[str, ...] = ()
        if term.replace(" ", "").isalpha():  # as most are: nothing but words
            words, before, after = tuple(lower(term, self._language.tag).split(" ")), "", ""
        else:
            found = _tokens(term, list(_words(term)), self._language)
            if not found:
                return
            gaps = tuple(_mark(term[one.end : other.start]) for one, other in pairwise(found))
            before, after = term[: found[0].start], term[found[-1].end :]
            words = tuple(token.form for token in found)
        self._insert(_Form(words, gaps if any(gaps) else (), before, after, term, number))
        if 1 < len(words) <= _MOST_SOLID and not any(gaps) and not any("'" in word for word in words):
            self._insert(_Form(("".join(words),), (), before, after, term, number))

    def _insert(self, form: _Form) -> None:
        if len(form.words) == 1:
            self._heads.add(form.words[0][:_HEAD])
        node = 0
        for word in form.words:
            child = self._children.get((node, word))
            if child is None:
                child = self._children[node, word] = len(self._children) + 1
                key = digest(word)
                if key not in self._by_hash:
                    self._by_hash[key] = word
                    self._by_head.setdefault(head(word), []).append(word)
            node = child
        self._ends.setdefault(node, []).append(form)

    def _forms_of(self, form: str) -> tuple[str, ...]:
        """Return the words of terms that a word of the text may be a form of."""
        known = self._matches.get(form)
        if known is None:
            hashes, heads = self._inflection.candidates(form)
            found = {word for key in hashes if (word := self._by_hash.get(key)) is not None}
            near = [self._near(each) for each in heads if each in self._by_head]
            if near:
                keys = self._inflection.keys(form)
                found.update(word for words in near for key in keys for word in words.get(key, ()))
            if len(self._matches) >= _REMEMBERED:
                self._matches.clear()
            known = self._matches[form] = tuple(sorted(found))
        return known

    def _near(self, letters: str) -> dict[Key, list[str]]:
        """Return the words of terms with the same first letters, by the keys that their forms share."""
        known = self._keys.get(letters)
        if known is None:
            known = self._keys[letters] = {}
            for word in self._by_head[letters]:
                for key in self._inflection.of_term(word):
                    known.setdefault(key, []).append(word)
        return known

    def _find_strings(self, text: str) -> list[Found]:
        level = _level(text, self._language.tag)
        found = []
        for at in range(len(level)):
            sizes = self._sizes.get(level[at : at + 2], ()) if at + 1 < len(level) else ()
            for size in (*sizes, *self._sizes.get(level[at], ())):
                for term, number in self._strings.get(level[at : at + size], ()):
                    if at + size <= len(level) and _stands(level, at, at + size):
                        found.append(Found(at, at + size, number, term, True))
        return found

    def _find_words(self, text: str, words: Sequence[Word]) -> list[Found]:
        run = _tokens(text, words, self._language)
        words_of = [self._forms_of(token.form) for token in run]
        found: list[Found] = []
        for first in range(len(run)):
            nodes, last = [0], first
            while True:
                nodes = self._next(nodes, words_of[last])
                for node in nodes:
                    for form in self._ends.get(node, ()):
                        hit = self._verified(text, run[first : last + 1], form)
                        if hit is not None:
                            found.append(hit)
                if not nodes or last + 1 == len(run) or run[last + 1].start - run[last].end > 3:
                    break
                last += 1
            for last in range(first + 1, min(first + _MOST_SOLID, len(run))):
                if not _joined(text, run[last - 1], run[last]):
                    break
                found += self._solid(text, run[first : last + 1])
        return found

    def _next(self, nodes: Sequence[int], words: Sequence[str]) -> list[int]:
        children = self._children
        reached = (children.get((node, word)) for node in nodes for word in words)
        return [child for child in reached if child is not None]

    def _solid(self, text: str, run: Sequence[Token]) -> list[Found]:
        """Return the terms that are one word in the glossary and several in the text: cyber-attack."""
        joined = "".join(token.form for token in run)
        if joined[:_HEAD] not in self._heads or "'" in joined:
            return []
        found = (
            self._hit(text, run, form, joined == form.words[0])
            for node in self._next([0], self._forms_of(joined))
            for form in self._ends.get(node, ())
            if len(form.words) == 1 and self._inflection.same(form.words[0], joined, False)
        )
        return [hit for hit in found if hit is not None]

    def _verified(self, text: str, run: Sequence[Token], form: _Form) -> Found | None:
        """Return the hit where every word is a form of the term's and the marks between are its own."""
        alone = len(run) == 1
        for n, (token, word) in enumerate(zip(run, form.words, strict=True)):
            if not self._inflection.same(word, token.form, alone):
                return None
            if n and not _gap(text[run[n - 1].end : token.start], form.gaps[n - 1] if form.gaps else ""):
                return None
        return self._hit(text, run, form, all(t.form == word for t, word in zip(run, form.words, strict=True)))

    @staticmethod
    def _hit(text: str, run: Sequence[Token], form: _Form, plain: bool) -> Found | None:
        """Return the hit where what stands around the words of the term (C++, .NET) stands there too."""
        start, end = run[0].start, run[-1].end
        last = run[-1].form
        if "'" in last and "'" not in form.words[-1]:
            end = run[-1].start + last.rindex("'")  # port’s: the term ends before the apostrophe
        if not text.endswith(form.head, 0, start) or not text.startswith(form.tail, end):
            return None
        return Found(start - len(form.head), end + len(form.tail), form.number, form.term, plain)


def word_count(term: str) -> int:
    """Return the number of words of a term; a run of a spaceless script is one."""
    return sum(1 for _ in _words(term))


def _words(text: str) -> Iterable[Word]:
    for match in WORD.finditer(text):
        yield Word(match.start(), match.end(), match.group())


def _tokens(text: str, words: Sequence[Word], language: Language) -> list[Token]:
    return [token._replace(form=_form(text, token, language.tag)) for token in tokens(text, words, language)]


def _form(text: str, token: Token, tag: str) -> str:
    # By the rules of the language: Turkish I is no i.
    return lower(text[token.start : token.end], tag).replace("’", "'").replace("ʼ", "'")


def _joined(text: str, one: Token, other: Token) -> bool:
    return other.start - one.end <= 1 and text[one.end : other.start] in _JOINS


def _mark(gap: str) -> str:
    """Return the marks of a gap without spaces and hyphens, which are all alike."""
    return "".join(char for char in gap if char not in _JOINS)


def _gap(gap: str, marks: str) -> bool:
    return "\n" not in gap and _mark(gap) == marks


def _level(text: str, tag: str) -> str:
    """Return a text of the same length in lower case and half-width letters."""
    plain = text.translate(_FULL_WIDTH)
    low = lower(plain, tag)
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in plain)


def _stands(text: str, start: int, end: int) -> bool:
    """True where a string is not cut out of a longer word, as far as the script tells."""
    for inner, outer in ((text[start], text[start - 1 : start]), (text[end - 1], text[end : end + 1])):
        if outer and ((_latin(inner) and _latin(outer)) or (_katakana(inner) and _katakana(outer))):
            return False
    # A vowel or tone sign belongs to the letter before it.
    return end == len(text) or not unicodedata.category(text[end]).startswith("M")


def _latin(char: str) -> bool:
    return char.isalnum() and char < "\u0530"


def _katakana(char: str) -> bool:
    return "ァ" <= char <= "ヺ" or char == "ー"
