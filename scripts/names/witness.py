"""Witnesses that decide whether a candidate name is kept, dropped or flagged; none of their lists is copied."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory
from wordfreq import zipf_frequency

LATIN = ("en", "fr", "de", "es", "it", "pt", "nl", "pl", "tr")
CASED = (*LATIN, "ru", "uk")
REVIEW = Path(__file__).with_name("reviewed.toml")


@cache
def lemmas(tag: str) -> dict[str, str]:
    return DefaultDictionaryFactory(16).get_dictionary(tag)  # type: ignore[return-value]


@cache
def ordinary(word: str, tag: str) -> bool:
    """Whether the dictionary of the language has the lower-case word with a lower-case lemma."""
    if tag == "tr":  # simplemma's Turkish list is folded to lower case: no witness
        return False
    lemma = lemmas(tag).get(word) if tag in CASED else None
    return lemma is not None and lemma[:1].islower()


@cache
def homograph(word: str, tag: str) -> bool:
    """Whether a foreign name is so much more frequent here than elsewhere that it must be a word (Polish "nadal")."""
    here = zipf_frequency(word, tag)
    return here >= 3.3 and here - max(zipf_frequency(word, other) for other in LATIN if other != tag) >= 1.2


@cache
def sure(tag: str) -> frozenset[str]:
    """Lower-case words that a dictionary lists although the language never writes them so (reviewed by hand)."""
    return frozenset(tomllib.loads(REVIEW.read_text("utf-8")).get(tag, {}).get("names", "").split())


def reviewed(word: str, tag: str) -> bool:
    """Whether the review calls it a name; an entry that ends in "*" is a prefix (case forms)."""
    return word in sure(tag) or any(p[-1] == "*" and word.startswith(p[:-1]) for p in sure(tag))


@cache
def ambiguous(tag: str) -> frozenset[str]:
    """Lower-case words that are ordinary although no dictionary says so (reviewed by hand)."""
    return frozenset(tomllib.loads(REVIEW.read_text("utf-8")).get(tag, {}).get("words", "").split())
