"""Feeds beside the feeds of their originals: which entry is the original of which.

An entry that names the other as a version of itself is its pair. Else the two must mean the same (the cosine of
title and first sentences), far above chance and above any other entry, and lie not too far apart in time.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tqcheck.audit.feeds.schema_org import same
from tqcheck.audit.feeds.values import Item
from tqcheck.audit.feeds.words import base, guessed
from tqcheck.audit.fetch.settings import FetchSettings
from tqcheck.encoders import choose
from tqcheck.errors import ConfigError

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Characters of title and text that are compared. Of 520 articles with their human translations in 13 languages,
# 94 in 100 have a share of .5 or more, and 2 in 1,000 pairs of others (mostly of one event).
_COMPARED = 400
# How much better than the second best a pair must be, as a share of what is possible.
_AHEAD = 0.08
# What a link in the text is worth: articles link to their original, but to others too.
_LINKED = 0.15
# Cosines of texts that have nothing to do with each other, for feeds with too few entries to measure it.
_CHANCE = {"use-m3": 0.17, "e5-small": 0.76}
_CELLS = 30
_GUESSED = 5


def read(path: Path) -> tuple[tuple[str, str], ...]:
    """Return the pairs of a table (CSV): the feed and the feed of its originals, a pair a line.

    Raises ConfigError where a line is none.
    """
    pairs = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for number, row in enumerate(csv.reader(file), 1):
                cells = [cell.strip() for cell in row]
                if not any(cells) or cells[0].startswith("#") or (number == 1 and cells[:2] == ["feed", "original"]):
                    continue
                if len(cells) != 2 or not all(cells):
                    raise ConfigError(f"{path}, line {number}: write “feed,original”, two addresses or files")
                pairs.append((cells[0], cells[1]))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ConfigError(f"{path}: the table of pairs cannot be read ({error})") from error
    return tuple(pairs)


def match(
    articles: Sequence[Item],
    originals: Sequence[Item],
    langs: tuple[str | None, str | None],
    settings: FetchSettings,
) -> dict[int, int]:
    """Return for articles (by their place) the place of their original; `langs` are those of the two feeds.

    No original is given to two articles. What is not certain is left out.
    """
    found = _by_link(articles, originals)
    left = [number for number in range(len(articles)) if number not in found]
    free = sorted(set(range(len(originals))) - set(found.values()))
    if left and free:
        shares = _shares([articles[n] for n in left], [originals[n] for n in free], langs, settings)
        if shares is not None:
            found.update((left[t], free[s]) for t, s in _best(shares, settings.similarity))
    return found


def _by_link(articles: Sequence[Item], originals: Sequence[Item]) -> dict[int, int]:
    """Pairs that say so themselves: as a version in another language, one way or the other."""
    ours = {same(item.link): number for number, item in enumerate(articles) if item.link}
    theirs = {same(item.link): number for number, item in enumerate(originals) if item.link}
    claims = {
        (number, theirs[same(link)])
        for number, item in enumerate(articles)
        for _lang, link in item.alternates
        if same(link) in theirs
    } | {
        (ours[same(link)], number)
        for number, item in enumerate(originals)
        for _lang, link in item.alternates
        if same(link) in ours
    }
    return {
        ours_at: theirs_at
        for ours_at, theirs_at in sorted(claims)
        if sum(ours_at == each for each, _ in claims) == sum(theirs_at == each for _, each in claims) == 1
    }


def _shares(
    articles: Sequence[Item], originals: Sequence[Item], langs: tuple[str | None, str | None], settings: FetchSettings
) -> NDArray[Any] | None:
    """How alike each article and each original are, as a share of what is possible; None without an encoder."""
    import numpy as np

    ours, theirs = ([_compared(item) for item in side] for side in (articles, originals))
    lang = base(langs[0]) or guessed(ours[:_GUESSED])
    source_lang = base(langs[1]) or guessed(theirs[:_GUESSED])
    encoder = choose(source_lang, lang) if lang and source_lang and lang != source_lang else None
    if encoder is None:
        return None
    cosines = encoder.encode(ours) @ encoder.encode(theirs).T
    best = cosines >= np.maximum(cosines.max(0, keepdims=True), cosines.max(1, keepdims=True)) - 1e-6
    rest = cosines[~best]
    if rest.size >= _CELLS:
        chance = float(rest.mean())
    elif encoder.name in _CHANCE:
        chance = _CHANCE[encoder.name]
    else:
        return None
    shares: NDArray[Any] = (cosines - chance) / max(1 - chance, 1e-6)
    known = {same(item.link): number for number, item in enumerate(originals) if item.link}
    for number, item in enumerate(articles):
        for link in item.links:
            if same(link) in known:
                shares[number, known[same(link)]] += _LINKED
    shares[~_near(articles, originals, settings.pair_hours)] = -1
    # Nothing to compare is like everything.
    shares[[not text for text in ours]] = -1
    shares[:, [not text for text in theirs]] = -1
    return shares


def _compared(item: Item) -> str:
    return f"{item.title or ''}. {item.text}"[:_COMPARED].strip(". ")


def _near(articles: Sequence[Item], originals: Sequence[Item], hours: float) -> NDArray[Any]:
    import numpy as np

    ours, theirs = (
        np.array([item.published.timestamp() if item.published else np.nan for item in side])
        for side in (articles, originals)
    )
    apart = np.abs(ours[:, None] - theirs[None, :])
    near: NDArray[Any] = np.isnan(apart) | (apart <= hours * 3600)
    return near


def _best(shares: NDArray[Any], least: float) -> list[tuple[int, int]]:
    """Pairs that are the best for both sides, high enough and clearly ahead."""
    import numpy as np

    padded = np.pad(shares, ((0, 1), (0, 1)), constant_values=-1.0)  # so that each has a second best
    across, down = np.sort(padded, 1)[:, -2], np.sort(padded, 0)[-2]
    found = []
    for row in range(len(shares)):
        column = int(shares[row].argmax())
        share = shares[row, column]
        if share >= least and share - max(across[row], down[column], 0.0) >= _AHEAD:
            found.append((row, column))
    return found
