"""Records of one file with the same id: the first one holds, whichever was checked first.

Within a shard that is seen at once. Where the other one stands in another shard, it may have been checked by another
process, or by a run that was killed. Then what tells a record that is there twice from one that was edited is whether
the shard of the other one still is a part of the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from tqcheck.audit.values import Checked, Missed


@dataclass(frozen=True, slots=True)
class Place:
    """Where the record stands that the text of an article is taken from: the digest of its shard, and its number."""

    shard: str
    line: int


@dataclass(slots=True)
class Settled:
    """What is to be written of a shard: articles, those among them whose text stands in the place of that of a record
    behind them, and what is told of records that are left out."""

    checked: list[Checked] = field(default_factory=list)
    instead: set[str] = field(default_factory=set)
    left_out: list[Missed] = field(default_factory=list)


def settled(
    checked: Iterable[Checked], shard: str, known: Callable[[list[str]], dict[str, Place]], alive: Callable[[str], bool]
) -> Settled:
    """Return what is to be written of the articles of a shard, given by its digest.

    `known` returns where the records of articles stand that the store has; `alive` tells whether a shard is there
    still.
    """
    found = Settled()
    checked = list(checked)
    others = known([one.key for one in checked if one.line is not None])
    for one in checked:
        other = others.get(one.key)
        if one.line is None or other is None or other.shard == shard or not alive(other.shard):
            found.checked.append(one)
        elif other.line < one.line:
            found.left_out.append(repeated(one.feed, one.key, f"in line {other.line:,}"))
        else:
            found.checked.append(one)
            found.instead.add(one.key)
            found.left_out.append(repeated(one.feed, one.key, f"in line {one.line:,}"))
    return found


def repeated(feed: str, key: str, where: str) -> Missed:
    """Return what is said of a record with the id of another."""
    return Missed(feed, key, "duplicate", f"another entry {where} has this id; keep one")
