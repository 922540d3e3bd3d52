"""Words at edit distance one: a letter dropped, doubled, changed or swapped with the next one.

These are what a slip makes of a word (Damerau 1964, doi:10.1145/363958.363994: four of five
misspellings are one such edit away).
"""

from __future__ import annotations

from collections.abc import Iterator

LATIN = "abcdefghijklmnopqrstuvwxyz"
CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюя"


def neighbours(word: str, alphabet: str) -> Iterator[tuple[str, float]]:
    """Yield each word one edit away from `word`, with how likely that slip is, as a Zipf bonus.

    The bonus weighs candidates of unequal frequency: two letters swapped betray a slip more than
    one letter exchanged for any other, and the first letter of a word is rarely the wrong one.
    """
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        first = 0.0 if at else -0.8
        if len(tail) > 1 and tail[0] != tail[1]:
            yield head + tail[1] + tail[0] + tail[2:], 0.8 + first
        if tail:
            yield head + tail[1:], 0.3 * (at > 0 and tail[0] == head[-1]) + first
        for letter in alphabet:
            if tail and letter != tail[0]:
                yield head + letter + tail[1:], first - 0.4
            yield head + letter + tail, first + 0.3
