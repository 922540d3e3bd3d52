"""Whether a required term stands in a stretch of the target, in any form that could be meant for it.

Lenient on purpose: what counts against a translation is only that nothing in it could be the term. A
compound holds its parts (Hafenbehörde: Hafen), words of a term may stand apart or in another order, and a
word of the same stem is taken for the word.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cached_property

from tqcheck.bitext import Bitext
from tqcheck.languages.inflection import Inflection, bare, inflection
from tqcheck.model import Span
from tqcheck.text.case import lower
from tqcheck.text.words import WORD, spaceless

# A stem is what is left without so many letters, of words of at least so many.
_STEMS = ((7, 2), (5, 1))
# A shorter string is found in any word.
_INSIDE = 5
# Letters that stand for vowels where vowels are not written: forms of a word share the others.
_WEAK = {"Arab": "اويىءئؤآأإةه", "Hebr": "אהויןםךףץ"}
_FINAL = str.maketrans("ןםךףץ", "נמכפצ")
_PARTS = frozenset(" -\u2010\u2011\u00a0\u202f")
_KANA = ("\u3041", "\u3096")


@dataclass(frozen=True)
class Stretch:
    """A stretch of the target with its words, read once for all terms."""

    text: str
    tag: str
    function: frozenset[str]

    @classmethod
    def of(cls, bitext: Bitext, span: Span | None) -> Stretch:
        """Return the stretch at a span of the target."""
        ctx = bitext.target
        text = "" if span is None else ctx.text[span.start : span.end]
        return cls(text, ctx.language.tag, ctx.language.words.function)

    @cached_property
    def level(self) -> str:
        """The text in lower case and compatible letters, without spaces, hyphens and middle dots."""
        return _level(self.text, self.tag)

    @cached_property
    def forms(self) -> list[str]:
        """The distinct words in lower case; what an apostrophe or a hyphen parts stands alone, too."""
        return _forms(self.text, self.tag)

    @cached_property
    def tightened(self) -> tuple[str, list[bool]]:
        """The text without what may part the words of a term, and of each character whether a word may
        begin there."""
        return _tight(self.text)

    def renders(self, term: str, exact: bool) -> bool:
        """True where a term stands here in some form; `exact`: in its own case."""
        return self._exactly(term) if exact else self._somehow(term)

    def _exactly(self, term: str) -> bool:
        if self.text.isupper():
            return self._somehow(term)  # a line of capitals has no case
        wanted, (text, begins) = _tight(term)[0], self.tightened
        at = text.find(wanted)
        # A compound or an ending may follow, but it is no piece of another word.
        while at >= 0 and not begins[at]:
            at = text.find(wanted, at + 1)
        return at >= 0

    def _somehow(self, term: str) -> bool:
        level = _level(term, self.tag)
        if level in self.level and (len(level) >= _INSIDE or not _alphabetic(level[:1])):
            return True
        if spaceless(term):
            return self._without_kana(level)
        words = _forms(term, self.tag)
        content = [word for word in words if word not in self.function] or words
        return all(any(self._akin(word, form) for form in self.forms) for word in content)

    def _without_kana(self, level: str) -> bool:
        """True where the characters of a term stand here with other kana: 取組, 取り組み."""
        bones = _bones(level)
        return len(bones) > 1 and bones != level and bones in _bones(self.level)

    def _akin(self, word: str, form: str) -> bool:
        known: Inflection = inflection(self.tag)
        if word == form or not known.of_term(word).isdisjoint(known.keys(form)):
            return True
        plain, other = bare(word), bare(form)
        if len(plain) < 4:
            return other.startswith(plain) or other.endswith(plain)
        cut = next((n for least, n in _STEMS if len(plain) >= least), 0)
        stem = plain[: len(plain) - cut]
        if stem in other if len(stem) >= _INSIDE else other.startswith(stem) or other.endswith(plain):
            return True
        return _same_root(known, word, form)


def _same_root(known: Inflection, word: str, form: str) -> bool:
    weak = next((letters for name, letters in _WEAK.items() if _script(word) == name), None)
    if weak is None:
        return False
    roots = [{_root(stem, weak) for stem in known.stems(each)} for each in (word, form)]
    return any(len(root) > 1 for root in roots[0] & roots[1])


def _root(word: str, weak: str) -> str:
    return "".join(char for char in word.translate(_FINAL) if char not in weak.translate(_FINAL))


def _script(word: str) -> str:
    first = word[:1]
    return "Hebr" if "\u0590" <= first <= "\u05ff" else "Arab" if "\u0600" <= first <= "\u06ff" else ""


def _forms(text: str, tag: str) -> list[str]:
    found: dict[str, None] = {}
    for match in WORD.finditer(lower(text, tag).replace("’", "'").replace("ʼ", "'")):
        found[match.group()] = None
        if "'" in match.group():
            found.update(dict.fromkeys(part for part in match.group().split("'") if part))
    return list(found)


def _tight(text: str) -> tuple[str, list[bool]]:
    kept, begins, before = [], [], ""
    for char in unicodedata.normalize("NFKC", text):
        if char not in _PARTS:
            kept.append(char)
            begins.append(not (_alphabetic(before) and _alphabetic(char)))
        before = char
    return "".join(kept), begins


def _level(text: str, tag: str) -> str:
    plain = lower(unicodedata.normalize("NFKC", text), tag)
    return "".join(char for char in plain if char.isalnum() or unicodedata.category(char).startswith("M")).replace(
        "ー", ""
    )


def _bones(text: str) -> str:
    return "".join(char for char in text if not _KANA[0] <= char <= _KANA[1])


def _alphabetic(char: str) -> bool:
    """True for a letter of a script with an alphabet, where a piece of a word says nothing."""
    return char.isalnum() and not spaceless(char) and not "\uac00" <= char <= "\ud7a3"
