"""Originals in a JSON Lines file (`--source FILE.jsonl`): the record with the `id` of the article."""

from __future__ import annotations

from functools import cached_property

from tqcheck.errors import InputError
from tqcheck.model import Article
from tqcheck.readers import jsonl
from tqcheck.readers.base import Unread


class Records:
    """The records of a file by their id; without one, by the number of their line. Only where a record
    stands is kept in memory, and it is read again when its article comes."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.troubles: list[Unread] = []

    def find(self, id_: str) -> Article | None:
        """Return the original of the article with an id, None where there is none. Raises InputError where
        two records have this id."""
        places = self._index.get(id_, ())
        if len(places) > 1:
            lines = ", ".join(str(number) for _at, number in places[:3])
            raise InputError(f"{len(places)} records of {self.path} have the id “{id_[:80]}” (lines {lines}); keep one")
        if not places:
            return None
        with open(self.path, "rb") as stream:
            item = jsonl.line_at(stream, *places[0], self.path)
        if isinstance(item, Unread):  # the file has changed since
            raise InputError(f"{item.where}: {item.message}")
        return item

    @cached_property
    def _index(self) -> dict[str, list[tuple[int, int]]]:
        index: dict[str, list[tuple[int, int]]] = {}
        with open(self.path, "rb") as stream:
            for at, number, item in jsonl.places(stream, self.path):
                if isinstance(item, Unread):
                    self.troubles.append(item)
                else:
                    index.setdefault(item.id, []).append((at, number))
        return index
