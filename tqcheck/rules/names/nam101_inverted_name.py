"""NAM101 inverted-name."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from tqcheck.languages.lexicon import OWN, Name
from tqcheck.languages.name_finder import adjoining, permutations
from tqcheck.model import Category, Confidence, Severity
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.text.words import Word

# Cities are left out: their words recombine (Juan San Martín, York New Jersey).
_KINDS = frozenset(
    {OWN, "institution", "organisation", "country", "region", "event", "company", "person", "water", "mountain"}
)
_MOST_WORDS = 4
_LISTED = 3


@rule(
    "NAM101",
    "inverted-name",
    Category.WORD_ORDER,
    Severity.CRITICAL,
    needs=("record", "cased", "names", "spaced"),
    examples=(
        example("en", "He returns to the ⟦House White⟧ in January.", "He returns to the White House in January."),
        example("en", "The ⟦Nations United⟧ sent aid.", "The United Nations sent aid."),
        example("fr", "Les ⟦Unies Nations⟧ se réunissent.", "Les Nations Unies se réunissent."),
        example("en", "The White House said so."),
        example("en", "In the House, White Democrats voted no."),
        example("en", "From York, New plans arrived; the nations united behind him."),
    ),
)
def inverted_name(ctx: Context) -> Iterator[Draft]:
    """The words of a known name stand in another order, often that of the source language.

    Why: “House White” is no name in English; a reader may not know what is meant.
    When it is wrong: bodies that really bear the permuted name, and a person with the family name
    first (three of them are a list, and hidden by default); the words must follow each other without a comma.
    Norm: the established name, from the lexicon.
    """
    known = permutations(ctx.names, ctx.language.tag, _KINDS)
    words, lowered, members = ctx.words, ctx.lowered, known.members
    places: list[tuple[list[Word], Name]] = []
    at = 0
    while at < len(words) - 1:
        if lowered[at] not in members or lowered[at + 1] not in members:
            at += 1
            continue
        found = None
        for size in range(min(_MOST_WORDS, len(words) - at), 1, -1):
            window = words[at : at + size]
            key = tuple(sorted(lowered[at : at + size]))
            name = known.by_words.get(key)
            if name is not None and _permuted(ctx, at, window, name):
                found = (window, name)
                break
        if found is None:
            at += 1
            continue
        places.append(found)
        at += len(found[0])
    # Several people with the family name first are an alphabetical list.
    listed = len({name.form for _window, name in places if name.kind == "person"}) >= _LISTED
    for window, name in places:
        start, end = window[0].start, window[-1].end
        right = _cased(name.form, window)
        message = f"“{ctx.text[start:end]}” is “{right}” with its words in another order."
        person = name.kind == "person"
        level = Confidence.LOW if person and listed else Confidence.MEDIUM if name.learned else Confidence.HIGH
        sure = not person and name.kind != OWN
        yield ctx.draft(start, end, message, right, safe=sure, at_most=level, name=name.form)


def _permuted(ctx: Context, at: int, window: list[Word], name: Name) -> bool:
    known = permutations(ctx.names, ctx.language.tag, _KINDS)
    order = tuple(word.text.lower() for word in window)
    if order in known.orders:
        return False
    if not all(adjoining(ctx.text, a, b) for a, b in itertools.pairwise(window)):
        return False
    # Every word must carry the capital that it has in the name.
    capitals = {part.lower() for part in name.form.split(" ") if part[0].isupper()}
    if any(word.text.lower() in capitals and not word.text[0].isupper() for word in window):
        return False
    # A neighbour that makes a name with the edge explains the order: New York | New Jersey.
    before = ctx.words[at - 1].text.lower() if at else ""
    after = ctx.words[at + len(window)].text.lower() if at + len(window) < len(ctx.words) else ""
    return (before, order[0]) not in known.orders and (order[-1], after) not in known.orders


def _cased(form: str, window: list[Word]) -> str:
    """Return the name as the text writes its words: Nations Unies, where it says “Unies Nations”."""
    written = {word.text.lower(): word.text for word in window}
    return " ".join(written[part.lower()] if part[0].islower() else part for part in form.split(" "))
