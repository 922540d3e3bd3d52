"""Plant the faults of neural translation into sound sentence pairs: what the risk model learns from.

Left out, invented, exchanged, loops, another sentence altogether, a half left untranslated, another
number, another name. The kinds are those that annotators of critical errors mark
(https://aclanthology.org/2021.wmt-1.71). Same input, same faults: the generator is seeded by the pair.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

Both = tuple[str, str]
_NUMBER = re.compile(r"\d+")
_SPACELESS = frozenset({"zh", "ja"})


def plant(both: Sequence[Both], pair: tuple[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield `(source, target, kind)`: each sound pair (kind ""), and one or two faulty twins of it."""
    rng = random.Random("-".join(pair))
    glue = "" if pair[1] in _SPACELESS else " "
    targets = [_split(target, glue) for _source, target in both]
    kinds = [*[omission, addition, exchange, number, name] * 2, loop, detached, half]
    for at, (source, target) in enumerate(both):
        yield source, target, ""
        for _ in range(2):
            words = list(targets[at])
            other = targets[rng.randrange(len(targets))]
            kind = rng.choice(kinds)
            made = kind(words, other, source, rng, glue)
            if made is not None and made != words:
                yield source, glue.join(made), kind.__name__


def _split(text: str, glue: str) -> list[str]:
    return text.split() if glue else list(text)


def _stretch(words: list[str], rng: random.Random, least: float, most: float) -> tuple[int, int]:
    size = max(2, round(len(words) * rng.uniform(least, most)))
    start = rng.randrange(max(1, len(words) - size))
    return start, min(len(words), start + size)


def omission(words: list[str], other: list[str], source: str, rng: random.Random, glue: str) -> list[str] | None:
    """Leave a stretch out."""
    start, end = _stretch(words, rng, 0.15, 0.6)
    left = words[:start] + words[end:]
    return left if len(left) > 1 else None


def addition(words: list[str], other: list[str], source: str, rng: random.Random, glue: str) -> list[str] | None:
    """Put a stretch of another sentence in."""
    start, end = _stretch(other, rng, 0.15, 0.5)
    at = rng.randrange(len(words) + 1)
    return words[:at] + other[start:end] + words[at:]


def exchange(words: list[str], other: list[str], source: str, rng: random.Random, glue: str) -> list[str] | None:
    """Put a stretch of another sentence in the place of one."""
    start, end = _stretch(words, rng, 0.1, 0.4)
    first, last = _stretch(other, rng, 0.1, 0.3)
    return words[:start] + other[first:last] + words[end:]


def loop(words: list[str], other: list[str], source: str, rng: random.Random, glue: str) -> list[str] | None:
    """Say a few words over and over, in the place of what follows or not."""
    size = rng.randint(1, 5) * (1 if glue else 2)
    start = rng.randrange(max(1, len(words) - size))
    said = words[start : start + size] * rng.randint(2, 6)
    rest = words[start + size :] if rng.random() < 0.5 else []
    return words[:start] + said + rest


def detached(words: list[str], other: list[str], source: str, rng: random.Random, glue: str) -> list[str] | None:
    """Say something else altogether, or begin well and go on with something else."""
    keep = rng.choice((0, 0, len(words) // 4))
    return words[:keep] + other[keep:]


def half(words: list[str], other: list[str], source: str, rng: random.Random, glue: str) -> list[str] | None:
    """Leave the rest of the sentence untranslated."""
    left = _split(source, " ") if glue else list(source)
    share = rng.uniform(0.3, 0.8)
    return words[: round(len(words) * share)] + left[round(len(left) * share) :]


def number(words: list[str], other: list[str], source: str, rng: random.Random, glue: str) -> list[str] | None:
    """Change a number."""
    places = [n for n, word in enumerate(words) if _NUMBER.search(word)]
    if not places:
        return None
    at = rng.choice(places)
    changed = list(words)
    changed[at] = _NUMBER.sub(lambda m: str(rng.randint(1, 9 * 10 ** len(m.group()))), words[at])
    return changed


def name(words: list[str], other: list[str], source: str, rng: random.Random, glue: str) -> list[str] | None:
    """Put a capitalised word of another sentence in the place of one."""
    places, others = ([n for n, word in enumerate(side) if n and word[:1].isupper()] for side in (words, other))
    if not places or not others:
        return None
    changed = list(words)
    changed[rng.choice(places)] = other[rng.choice(others)]
    return changed
