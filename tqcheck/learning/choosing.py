"""Which of the words that were counted are names, and which spellings are those of the house."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from tqcheck.languages.loader import load
from tqcheck.learning.counts import Counts
from tqcheck.text.case import lower

# A name must stand so often inside sentences, in so many articles; of all its places, so few may be in lower case.
LEAST, ARTICLES = 3, 2
_SMALL = 0.02
# A spelling is that of the house where it was met so often, and the other one in so small a share.
_SPELLED, _OTHERWISE = 8, 0.1


class Found(NamedTuple):
    """A name: its form, whether it is made of plain words, how often and in how many articles it was met, and where."""

    form: str
    common: bool
    times: int
    articles: int
    example: str


class Spelled(NamedTuple):
    """A spelling that was met now and then, and the one that the house writes."""

    wrong: str
    right: str
    times: int
    others: int
    example: str


def names(counts: Counts, ordinary: Callable[[str], bool], least: int = LEAST, articles: int = ARTICLES) -> list[Found]:
    """Return the names, the most frequent first; `ordinary` tells the words of the dictionary.

    A single word of the dictionary is none: of Bush, March and Reading nothing can be said by their letters. A name
    of several words may be made of them; so written in lower case it is no fault then, but in another order it is.
    """
    found = list(_single(counts, ordinary, least, articles))
    found += _several(counts, ordinary, least, articles, {lower(each.form, counts.tag) for each in found})
    return sorted(found, key=lambda each: (-each.times, each.form))


def _single(counts: Counts, ordinary: Callable[[str], bool], least: int, articles: int) -> Iterator[Found]:
    capital, record = counts.capital, load(counts.tag)
    forms: dict[str, list[str]] = {}
    for form in capital.times:
        forms.setdefault(lower(form, counts.tag), []).append(form)
    for low, written in sorted(forms.items()):
        times = sum(capital.times[form] for form in written)
        form = min(written, key=lambda each: (-capital.times[each], each))
        seen = capital.articles[form]
        if times < least or seen < articles or capital.times[form] < (1 - _SMALL) * times:
            continue
        if counts.small.times[low] > _SMALL * times or ordinary(low) or low in record.words.function:
            continue
        if len(low) >= 3:
            yield Found(form, False, times, seen, capital.example[form])


def _several(
    counts: Counts, ordinary: Callable[[str], bool], least: int, articles: int, known: set[str]
) -> Iterator[Found]:
    runs, titles = counts.runs, {lower(title, counts.tag).rstrip(".") for title in load(counts.tag).words.titles}
    for form, times in sorted(runs.times.items()):
        words = form.split(" ")
        if times < least or runs.articles[form] < articles or lower(words[0], counts.tag) in titles:
            continue
        turned = runs.times[" ".join(reversed(words))]
        if turned > _SMALL * times:
            continue
        plain = [lower(word, counts.tag) not in known and ordinary(lower(word, counts.tag)) for word in words]
        yield Found(form, all(plain), times, runs.articles[form], runs.example[form])


def spellings(counts: Counts) -> list[Spelled]:
    """Return the words that are written with a hyphen or without, where the house nearly always does one of the two."""
    found = []
    for form in sorted(counts.hyphened.times):
        whole = form.replace("-", "")
        apart, together = counts.hyphened.times[form], counts.small.times[whole]
        right, wrong = (form, whole) if apart > together else (whole, form)
        most, few = max(apart, together), min(apart, together)
        if few and most >= _SPELLED and few <= _OTHERWISE * (most + few):
            seen = counts.hyphened if wrong == form else counts.small
            found.append(Spelled(wrong, right, most, few, seen.example[wrong]))
    return sorted(found, key=lambda each: (-each.times, each.wrong))
