"""The entities that news is made of, with their names in many languages: `entities.tsv`.

The table is read on the first use of it; of a language, only its own names are indexed. A name is
found under the endings that the language may put on it (`names/endings.toml`) and, in Arabic, after the
particles that are written together with it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from typing import NamedTuple

from tqcheck.text.memo import remembered
from tqcheck.text.romanize import romanize
from tqcheck.text.words import APOSTROPHES, WORD, Word

# Columns before the languages.
_FIRST = 4
# A name is looked up by its first letters.
_HEAD = 3
# What a language that has no list of endings may put on a name: this many letters.
_UNKNOWN_ENDING = 3
# What may stand between the words of a name.
_JOINS = " \u00a0\u202f-\u2010\u2011·・"
_UNITS = "日月年時时分秒"
_ARABIC = ("وال", "بال", "فال", "كال", "لل", "ال", "و", "ب", "ل", "ف", "ك")


class Entity(NamedTuple):
    """An entity: its key, its kind, and the territory it belongs to (its code), "" for none."""

    key: str
    kind: str
    of: str


class Hit(NamedTuple):
    """A name of the table at `[start, end)` of a text, of one entity or of several."""

    start: int
    end: int
    keys: frozenset[str]


class _Form(NamedTuple):
    words: tuple[str, ...]
    key: str


@cache
def _table() -> tuple[dict[str, int], dict[str, str]]:
    """Return the columns by their tags, and the lines by their keys."""
    file = resources.files("tqcheck.languages") / "entities.tsv"
    head, *lines = file.read_text(encoding="utf-8").split("\n")
    columns = {tag: at for at, tag in enumerate(head.split("\t"))}
    return columns, {line[: line.index("\t")]: line for line in lines if line}


@lru_cache(maxsize=4_000)
def _row(key: str) -> list[str]:
    return _table()[1][key].split("\t")


@lru_cache(maxsize=4_000)
def entity(key: str) -> Entity:
    """Return the entity of a key."""
    return Entity(*_row(key)[:3])


def keys() -> Iterable[str]:
    """Return the keys of all entities."""
    return _table()[1].keys()


@cache
def given_names() -> frozenset[str]:
    """Return first names, in Latin letters: common ones, and the first words of the people's names."""
    file = resources.files("tqcheck.languages") / "names" / "given.txt"
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    people = (forms(key, "en") for key, line in _table()[1].items() if line.startswith("person\t", len(key) + 1))
    return frozenset(" ".join(lines).split()) | {name.split()[0] for names in people for name in names if " " in name}


def forms(key: str, tag: str) -> list[str]:
    """Return the names of an entity in a language, the usual one first; “any”: in no known one."""
    at = _table()[0].get(tag.partition("-")[0])
    cell = _row(key)[at] if at is not None else ""
    return cell.split("|") if cell else []


@lru_cache(maxsize=4_000)
def written(key: str, tag: str) -> bool:
    """True where the table has a name of an entity in a language, or in the script of it alone."""
    return bool(forms(key, tag) or _other_script(_row(key)[_FIRST - 1], tag.partition("-")[0]))


@lru_cache(maxsize=4_000)
def everywhere(key: str) -> tuple[str, ...]:
    """Return the names of an entity in all languages."""
    return tuple(sorted({form for cell in _row(key)[_FIRST - 1 :] if cell for form in cell.split("|")}))


def core(word: str) -> tuple[int, str]:
    """Return the part of a word that an apostrophe does not cut off, and where it begins: Ukraine
    in l’Ukraine and in Ukraine’s, Irak in Irak’taki."""
    best, start = (0, word), 0
    if word.isalpha() or not any(mark in word for mark in APOSTROPHES):
        return best
    longest = (False, -1)
    for at in range(len(word) + 1):
        if at == len(word) or word[at] in APOSTROPHES:
            # An ending may be as long as the name, but it has no capital.
            size = (word[start : start + 1].isupper() and at - start > 1, at - start)
            if size >= longest:
                longest, best = size, (start, word[start:at])
            start = at + 1
    return best


def fold(word: str) -> str:
    """Return a word in lower case, Latin letters without their marks."""
    lowered = word.lower()
    return romanize(lowered) if lowered[:1] < "\u0250" else lowered


@cache
def _endings() -> dict[str, frozenset[str]]:
    file = resources.files("tqcheck.languages") / "names" / "endings.toml"
    found = tomllib.loads(file.read_text(encoding="utf-8"))
    return {tag: frozenset(["", *text.split()]) for tag, text in found.items()}


def same_name(form: str, word: str, tag: str, least_stem: int = _HEAD) -> bool:
    """True where two folded words are the same but for the endings of the language."""
    if form == word:
        return True
    least = min(len(form), len(word))
    at = 0
    while at < least and form[at] == word[at]:
        at += 1
    if at < least_stem:
        return False
    known = _endings().get(tag)
    if known is None:
        return len(form) - at <= 1 and len(word) - at <= _UNKNOWN_ENDING
    # Where the two part is not always where the ending begins: it may begin a letter or two before.
    return any(form[cut:] in known and word[cut:] in known for cut in range(at, max(least_stem, at - 3) - 1, -1))


class Index:
    """The names of one language."""

    def __init__(self, tag: str, spaced: bool) -> None:
        self._tag = tag
        self._spaced = spaced
        self._in_stretch = remembered(self._find)
        self._by_head: dict[str, list[_Form]] = {}
        self._by_text: dict[str, list[_Form]] = {}
        columns, lines = _table()
        at = columns.get(tag, -1)
        alone = tag in _ALONE
        for key, line in lines.items():
            cells = line.split("\t", max(at, _FIRST) + 1)
            if at >= 0 and cells[at]:
                for name in cells[at].split("|"):
                    self._add(name, key)
            if alone:
                for name in _other_script(cells[_FIRST - 1], tag):
                    self._add(name, key)
        for entries in (*self._by_head.values(), *self._by_text.values()):
            entries.sort(key=lambda form: (-len(form.words), -len(form.words[0])))

    def _add(self, name: str, key: str) -> None:
        if not self._spaced:
            self._by_text.setdefault(name[:2], []).append(_Form((name,), key))
            return
        if name.isalpha():
            words: tuple[str, ...] = (name,)
        else:
            parts = name.replace("-", " ").replace(".", " ").split()
            words = tuple(core(part)[1] for part in parts)
            # Nothing is left of Xi’an but a word that could be anything.
            if not words or len("".join(words)) < min(3, len("".join(parts))):
                return
        self._by_head.setdefault(_stem(words[0], self._tag)[:_HEAD], []).append(_Form(words, key))

    def find(self, text: str, words: Sequence[Word], start: int = 0, end: int | None = None) -> list[Hit]:
        """Return the names in a stretch, `words` being those in it, none inside another."""
        if not self._spaced:
            return self._find_text(text, start, len(text) if end is None else end)
        if not words:
            return []
        at = words[0].start
        return [Hit(h.start + at, h.end + at, h.keys) for h in self._in_stretch(text[at : words[-1].end])]

    def _find(self, text: str) -> list[Hit]:
        found: list[Hit] = []
        words = [Word(*m.span(), m.group()) for m in WORD.finditer(text)]
        parts = [core(word.text) for word in words]
        at = 0
        while at < len(words):
            size, keys = self._longest(text, words, parts, at)
            if size:
                last = at + size - 1
                first = words[at].start + parts[at][0]
                found.append(Hit(first, words[last].start + parts[last][0] + len(parts[last][1]), keys))
            at += size or 1
        return found

    def _longest(
        self, text: str, words: Sequence[Word], parts: Sequence[tuple[int, str]], at: int
    ) -> tuple[int, frozenset[str]]:
        """Return the number of words of the longest name that begins at a word, and whose it is."""
        size = 0
        keys: set[str] = set()
        for folded in _readings(fold(parts[at][1]), self._tag):
            for form in self._by_head.get(folded[:_HEAD], ()):
                n = len(form.words)
                if n < size or at + n > len(words) or not self._fits(form, parts, at, folded):
                    continue
                if n > 1 and not _together(text, words[at : at + n]):
                    continue
                if n > size:
                    size, keys = n, set()
                keys.add(form.key)
        return size, frozenset(keys)

    def _fits(self, form: _Form, parts: Sequence[tuple[int, str]], at: int, first: str) -> bool:
        for n, written in enumerate(form.words):
            word, folded = parts[at + n][1], _stem(written, self._tag)
            if written[:1].isupper() and not word[:1].isupper() and n == 0 and not _generic(form, parts, at):
                return False
            if written.isupper() and len(written) <= 4:
                if word != written:
                    return False
            elif n == 0:
                # Without a capital, a stem of three letters is any word's.
                if not same_name(folded, first, self._tag, _HEAD + (not word[:1].isupper())):
                    return False
            elif not any(same_name(folded, other, self._tag) for other in _readings(fold(word), self._tag)):
                return False
        return True

    def _find_text(self, text: str, start: int, end: int) -> list[Hit]:
        found: list[Hit] = []
        at = start
        while at < end:
            best = ""
            keys: set[str] = set()
            # A state may go by one character: 中美.
            for form in (*self._by_text.get(text[at : at + 2], ()), *self._by_text.get(text[at], ())):
                name = form.words[0]
                if len(name) >= len(best) and text.startswith(name, at) and at + len(name) <= end:
                    keys = (keys if name == best else set()) | {form.key}
                    best = name
            if best and (_inside_katakana(text, at, at + len(best)) or _counted(text, at)):
                best, keys = "", set()
            if best:
                found.append(Hit(at, at + len(best), frozenset(keys)))
            at += len(best) or 1
        return found


def _counted(text: str, at: int) -> bool:
    """True for a unit of time behind a number, which begins no name: 26日向 (on the 26th to), not 日向 (Hyūga)."""
    return text[at] in _UNITS and text[at - 1 : at].isdigit()


def _generic(form: _Form, parts: Sequence[tuple[int, str]], at: int) -> bool:
    """True where a capital that a name has later tells it, whose first word is a common noun: strait of Hormuz."""
    last = len(form.words) - 1
    return last > 1 and form.words[last][:1].isupper() and parts[at + last][1][:1].isupper()


def _inside_katakana(text: str, start: int, end: int) -> bool:
    """True where a name in katakana is cut out of a longer word."""
    return any(
        _is_katakana(text[inner]) and _is_katakana(text[outer : outer + 1])
        for inner, outer in ((start, start - 1), (end - 1, end))
        if outer >= 0
    )


def _is_katakana(char: str) -> bool:
    return "ァ" <= char <= "ヺ" or char == "ー"


# Languages that are alone in writing a script, or nearly: names of no known language in it are theirs.
_ALONE = {
    "zh": ("\u4e00", "\u9fff"), "ja": ("\u30a1", "\u30ff"), "ar": ("\u0621", "\u064a"), "hi": ("\u0900", "\u097f"),
    "ko": ("\uac00", "\ud7a3"), "he": ("\u05d0", "\u05ea"), "th": ("\u0e00", "\u0e7f"),
}  # fmt: skip


def _other_script(cell: str, tag: str) -> list[str]:
    """Return the names of no known language that are in a script of this one alone."""
    ranges = _ALONE.get(tag)
    if not cell or ranges is None:
        return []
    return [form for form in cell.split("|") if ranges[0] <= form[0] <= ranges[1]]


@lru_cache(maxsize=20_000)
def _stem(word: str, tag: str) -> str:
    """Return a word of a name folded, without the article that Arabic writes together with it."""
    folded = fold(word)
    return folded.removeprefix("ال") if tag == "ar" and len(folded) > 4 else folded


def _readings(folded: str, tag: str) -> list[str]:
    """Return a folded word with and without what Arabic writes together with it."""
    if tag != "ar":
        return [folded]
    return [folded, *(folded[len(p) :] for p in _ARABIC if folded.startswith(p) and len(folded) >= len(p) + 2)]


def _together(text: str, words: Sequence[Word]) -> bool:
    """True where nothing but a space, a hyphen or the dot of an initial stands between words."""
    for one, other in pairwise(words):
        between = text[one.end : other.start]
        joins = _JOINS + "." * (len(one.text) == 1)
        if len(between) > 2 or any(char not in joins for char in between):
            return False
    return True


@cache
def index(tag: str, spaced: bool) -> Index:
    """Return the index of a language (`pt-BR` takes that of `pt`)."""
    return Index(tag.partition("-")[0], spaced)
