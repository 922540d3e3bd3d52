"""The house style: what a desk laid down about marks, numbers, spellings and words, as it holds in one language.

`Wishes` is what the configuration says, `House` what of it is about an article. Rules of the family `style` read
it; where a house says nothing, they have nothing to say.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from hashlib import blake2b
from importlib import resources
from typing import NamedTuple

from tqcheck.languages import Language
from tqcheck.model import Span
from tqcheck.text.case import capitalised

ANY = "*"
# Rules that accepted words silence: all that judge a word by its letters, and not by its sentence.
ABOUT_WORDS = ("CAS", "CON", "ENT", "GLU", "LNG", "NAM", "UNT", "WRD")
SPACES = "\u0020\u00a0\u2009\u202f"


class Wishes(NamedTuple):
    """What the configuration says, in its own words. Tables are pairs; `ANY` stands for every language.

    quotes: language and marks, “„“‚‘”; number_format: language and a specimen, “1.234,5”; exponents: “km²” or
    “km2”; spellings: forms of `languages/sense/doublets.toml` that the house writes; prefer: language, word, what
    to write; languages: those that articles may have; accept: words that are right; reject: words and what to
    write (empty: nothing known); learned: as `prefer`, from the house's own articles, and not looked at yet.
    """

    quotes: tuple[tuple[str, str], ...] = ()
    number_format: tuple[tuple[str, str], ...] = ()
    exponents: str | None = None
    spellings: tuple[str, ...] = ()
    prefer: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    languages: tuple[str, ...] = ()
    accept: tuple[str, ...] = ()
    reject: tuple[tuple[str, str], ...] = ()
    learned: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()

    @property
    def fingerprint(self) -> str:
        """What tells two houses apart; empty where nothing is wished."""
        return "" if self == Wishes() else blake2b(repr(self).encode(), digest_size=4).hexdigest()


class Marks(NamedTuple):
    """A pair of quotation marks; `inner` is the space between them and what they quote."""

    opening: str
    closing: str
    inner: str = ""


class NumberFormat(NamedTuple):
    """The decimal mark, and what groups thousands (empty: nothing)."""

    decimal: str
    grouping: str


class Spelling(NamedTuple):
    """A form that is not to be written: what to write (empty: not known). `alike`: the two can stand in the same
    place, so that nothing around them need change. `learned`: from the house's own articles, and not looked at yet."""

    instead: str
    alike: bool = True
    learned: bool = False


@dataclass(frozen=True, slots=True)
class House:
    """What the house says of one language. `quotes` are those of the first level and of the second, where it
    names them."""

    quotes: tuple[Marks, ...] = ()
    numbers: NumberFormat | None = None
    exponents: str | None = None
    spellings: Mapping[str, Spelling] = field(default_factory=dict)
    rejected: Mapping[str, Spelling] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    accepted: frozenset[str] = frozenset()

    def speaks(self, language: Language) -> Language:
        """Return the record with the marks of the house as its norm; what was the norm is still accepted, so
        that only the rules of the house speak of it."""
        if self.quotes:
            pairs = [(marks.opening, marks.closing) for marks in self.quotes]
            secondary = pairs[1] if len(pairs) > 1 else language.quotes.secondary
            quotes = replace(language.quotes, primary=pairs[0], secondary=secondary, accepted=(*language.quotes.pairs,))
            language = replace(language, quotes=quotes)
        if self.numbers is not None:
            known = [mark for mark in language.numbers.thousands if mark != self.numbers.decimal]
            grouping = [self.numbers.grouping] if self.numbers.grouping else []
            thousands = tuple(dict.fromkeys(grouping + known))
            numbers = replace(language.numbers, decimal=self.numbers.decimal, thousands=thousands)
            language = replace(language, numbers=numbers)
        return language

    def accepts(self, text: str, start: int, end: int) -> bool:
        """True where all words of a stretch are words that the house accepts."""
        reach = max(map(len, self.accepted), default=0)
        left, right = max(0, start - reach), min(len(text), end + reach)
        covered: set[int] = set()
        for word in self.accepted:
            for found in occurrences(text, word, left, right):
                covered.update(range(found.start, found.end))
        letters = [at for at in range(start, end) if text[at].isalnum()]
        return bool(letters) and covered.issuperset(letters)


def forms(word: str, tag: str = "") -> tuple[str, ...]:
    """Return the ways a word may be set: as it is, and where its capitals are no spelling with one in front and
    in capitals throughout."""
    own = any(map(str.isupper, word[1:])) and not word.istitle()
    return (word,) if own else tuple(dict.fromkeys((word, capitalised(word, tag), word.upper())))


def occurrences(text: str, word: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Yield where a word or phrase stands as such, and not within another word."""
    stop = len(text) if end is None else end
    at = text.find(word, start, stop)
    while at >= 0:
        after = at + len(word)
        if not (_inside(text, at - 1, at) or _inside(text, after - 1, after)):
            yield Span(at, after)
        at = text.find(word, after, stop)


def _inside(text: str, left: int, right: int) -> bool:
    """True where no word ends between two neighbouring characters."""
    if left < 0 or right >= len(text):
        return False
    a, b = text[left], text[right]
    return _joins(a) and _joins(b) and not (a > "\u2e80" and b > "\u2e80")


def _joins(char: str) -> bool:
    return char.isalnum() or char == "_" or "\u0300" <= char <= "\u036f"


@lru_cache(maxsize=64)
def house(wishes: Wishes, tag: str) -> House:
    """Return what the wishes say of a language."""
    marks, specimen = _of(dict(wishes.quotes), tag), _of(dict(wishes.number_format), tag)
    spellings = {form: new._replace(learned=True) for form, new in _preferred(wishes.learned, tag)}
    spellings |= dict(_chosen(wishes.spellings, tag)) | dict(_preferred(wishes.prefer, tag))
    return House(
        quotes=quotes_of(marks) if marks else (),
        numbers=number_format_of(specimen) if specimen else None,
        exponents=wishes.exponents,
        spellings=spellings,
        rejected={form: new for word, instead in wishes.reject for form, new in _written(word, instead, tag)},
        languages=wishes.languages,
        accepted=frozenset(form for word in wishes.accept for form in forms(word, tag)),
    )


def _preferred(tables: tuple[tuple[str, tuple[tuple[str, str], ...]], ...], tag: str) -> Iterator[tuple[str, Spelling]]:
    for lang, table in tables:
        if lang in (ANY, tag, tag.partition("-")[0]):
            for word, instead in table:
                yield from _written(word, instead, tag)


def _of(table: Mapping[str, str], tag: str) -> str | None:
    return table.get(tag) or table.get(tag.partition("-")[0]) or table.get(ANY)


def _written(word: str, instead: str, tag: str, alike: bool = True) -> Iterator[tuple[str, Spelling]]:
    """Yield each way to set a word, with what to write for it in the same setting."""
    for form in forms(word, tag):
        new = instead
        if form != word:
            new = instead.upper() if form == word.upper() and len(form) > 1 else capitalised(instead, tag)
        if form != new:
            yield form, Spelling(new, alike and _alike(word, instead))


def _alike(word: str, instead: str) -> bool:
    """True where articles, elisions and contractions before two words are the same: both are one word, and their
    first letters are one."""
    return len(word.split()) == len(instead.split()) == 1 and word[:1].lower() == instead[:1].lower()


def quotes_of(text: str) -> tuple[Marks, ...]:
    """Return the pairs of “„“‚‘”, or “« »” with its inner space. Raises ValueError where they are none."""
    glyphs = [char for char in text if not char.isspace()]
    if len(glyphs) not in (2, 4):
        raise ValueError("two marks, or four with those of a quotation within a quotation")
    if any(char.isalnum() for char in glyphs):
        raise ValueError("quotation marks alone")
    at = text.index(glyphs[0]) + 1
    inner = text[at] if text[at].isspace() else ""
    outer = Marks(glyphs[0], glyphs[1], "\u00a0" if inner == " " else inner)
    return (outer,) if len(glyphs) == 2 else (outer, Marks(glyphs[2], glyphs[3]))


def number_format_of(text: str) -> NumberFormat:
    """Return the marks of a specimen such as “1.234,5”. Raises ValueError where it is none."""
    if not (text.startswith("1") and text[-1:] == "5" and "234" in text and len(text) in (6, 7)):
        raise ValueError("the number 1234.5 as you write it, such as 1,234.5 or 1 234,5")
    grouping, decimal = text[1 : text.index("234")], text[text.index("234") + 3 : -1]
    if decimal not in (".", ",", "٫") or grouping == decimal or (grouping and grouping not in ".,'’٬" + SPACES):
        raise ValueError("the number 1234.5 as you write it, such as 1,234.5 or 1 234,5")
    return NumberFormat(decimal, grouping)


@cache
def doublets() -> Mapping[str, tuple[tuple[tuple[str, ...], bool], ...]]:
    """Return by language the words that are written in several ways, each group with whether its forms can stand in
    the same place."""
    text = (resources.files("tqcheck.languages") / "sense" / "doublets.toml").read_text("utf-8")
    return {
        tag: tuple((tuple(group), key == "alike") for key in ("alike", "other") for group in table.get(key, ()))
        for tag, table in tomllib.loads(text).items()
    }


def spellings_known() -> tuple[str, ...]:
    """Return every form of every language."""
    groups = (group for table in doublets().values() for group, _alike in table)
    return tuple(dict.fromkeys(form for group in groups for form in group))


def _chosen(wanted: tuple[str, ...], tag: str) -> Iterator[tuple[str, Spelling]]:
    """Yield the forms that the house does not write."""
    for group, alike in doublets().get(tag.partition("-")[0], ()):
        kept = [form for form in group if form in wanted]
        if kept:
            for form in group:
                if form not in wanted:
                    yield from _written(form, kept[0], tag, alike)
