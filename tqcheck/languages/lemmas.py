"""Which forms a word takes, from simplemma's dictionaries.

Opening such a dictionary takes seconds, so of the words that somebody asks for, all forms are kept as
sorted 64-bit hashes in the user's cache (see `store.py`). Of the terms of a user, who changes them daily,
nobody knows the words beforehand: `every` keeps the whole dictionary.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache

from tqcheck.languages import installed
from tqcheck.languages.store import digest, stored
from tqcheck.text.case import lower

# Norwegian and the Serbo-Croatian standards go by other names there.
ALIASES = {"no": "nb", "hr": "hbs", "sr": "hbs", "bs": "hbs"}
# So many words are remembered: a run over an archive meets millions.
_REMEMBERED = 100_000


class Lemmas:
    """Which forms belong together, by hashes of their dictionary form."""

    def __init__(self, forms: Sequence[int], lemmas: Sequence[int]) -> None:
        """Take the sorted hashes of the forms, and that of the lemma of each."""
        self._forms = forms
        self._lemmas = lemmas
        self._known: dict[str, tuple[int, ...]] = {}

    def __bool__(self) -> bool:
        return len(self._forms) > 0

    def of(self, word: str) -> tuple[int, ...]:
        """Return the hashes of a lower-case word and of its lemmas: forms of a word share one."""
        known = self._known.get(word)
        if known is None:
            key, forms = digest(word), self._forms
            found = {key}
            at = bisect_left(forms, key)
            while at < len(forms) and forms[at] == key:
                found.add(self._lemmas[at])
                at += 1
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[word] = tuple(sorted(found))
        return known

    def __contains__(self, word: str) -> bool:
        """True for a lower-case word that has an entry as a form."""
        key = digest(word)
        at = bisect_left(self._forms, key)
        return at < len(self._forms) and self._forms[at] == key


def lemmas(tag: str, stamp: str, words: Callable[[], Iterable[str]]) -> Lemmas:
    """Return the forms of `words`; `stamp` changes when they do.

    Without a dictionary of the language every word is its own only form.
    """
    return _read(tag, "lemmas", f"-{stamp}", lambda base: _pack(base, words()))


@cache
def every(tag: str) -> Lemmas:
    """Return all forms of a language that its dictionary knows, dictionary forms among them.

    The first call in a language takes seconds (1 for English, 12 for Polish) and 16 bytes of the cache a
    form (3 MB for English, 58 MB for Polish).
    """
    return _read(tag, "forms", "", _pack_all)


def _read(tag: str, kind: str, stamp: str, pack: Callable[[str], bytes]) -> Lemmas:
    base = tag.partition("-")[0]
    base = ALIASES.get(base, base)
    version = installed.version("simplemma")
    if version is None:
        return Lemmas((), ())
    packed = stored(f"{kind}-{base}-{version}{stamp}", lambda: pack(base)).cast("Q")
    half = len(packed) // 2
    return Lemmas(packed[:half], packed[half:])


def _pack(base: str, words: Iterable[str]) -> bytes:
    """Return the sorted hashes of the forms, then the hashes of their lemmas, 8 bytes each."""
    wanted = {form.encode() for word in words for form in (word, word.capitalize())}
    lemmas = wanted | {lemma for form, lemma in _records(base) if form in wanted}
    kept = {(form.decode().lower(), lemma.decode().lower()) for form, lemma in _records(base) if lemma in lemmas}
    rows = sorted((digest(form), digest(lemma)) for form, lemma in kept if form != lemma)
    return array("Q", (form for form, _ in rows)).tobytes() + array("Q", (lemma for _, lemma in rows)).tobytes()


def _pack_all(base: str) -> bytes:
    """Return what `_pack` does, of all records, a dictionary form standing for itself."""
    import numpy as np  # on use: sorting millions of pairs takes Python four seconds

    forms, lemmas = array("Q"), array("Q")
    for form, lemma in _records(base):
        forms.append(digest(lower(form.decode(), base)))
        lemmas.append(digest(lower(lemma.decode(), base)))
    if not forms:
        return b""
    pairs = np.stack([np.frombuffer(forms, np.uint64), np.frombuffer(lemmas, np.uint64)])
    pairs = pairs[:, np.lexsort((pairs[1], pairs[0]))]
    fresh = np.ones(pairs.shape[1], bool)
    fresh[1:] = (pairs[:, 1:] != pairs[:, :-1]).any(0)
    return np.ascontiguousarray(pairs[:, fresh]).tobytes()


def _records(base: str) -> Iterator[tuple[bytes, bytes]]:
    """Yield each form with its lemma.

    The dictionary is streamed as simplemma itself reads it: its public mapping takes 30 µs a look-up
    or half a gigabyte. Where a release no longer reads it so, words go uninflected.
    """
    try:
        from simplemma.strategies.dictionaries import dictionary_factory, frontcode

        data = dictionary_factory._read_decompressed(base)
        backwards, _count, at = frontcode._read_header(data)
        for _start, form, lemma in frontcode._iter_records(data, at):
            yield (form[::-1], lemma[::-1]) if backwards else (form, lemma)
    except (ImportError, AttributeError, TypeError, ValueError):
        return
