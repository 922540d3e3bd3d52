"""NAM102 inverted-own-name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from tqcheck.languages.name_finder import adjoining
from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.text.case import is_capitalised
from tqcheck.text.words import Word

_MAJORITY = 2


@rule(
    "NAM102",
    "inverted-own-name",
    Category.WORD_ORDER,
    Severity.MAJOR,
    needs=("record", "cased", "spaced"),
    yields_to=("NAM101",),
    examples=(
        example(
            "en",
            "We met Olha Tkachenko. Later Olha Tkachenko left. Then ⟦Tkachenko Olha⟧ wrote a book.",
            "We met Olha Tkachenko. Later Olha Tkachenko left. Then Olha Tkachenko wrote a book.",
        ),
        example("it", "Ha parlato Ivan Zazzeri. Poi Ivan Zazzeri è uscito e ⟦Zazzeri Ivan⟧ ha scritto un libro."),
        example("en", "Trains link Paris Lyon and Lyon Paris daily. Paris Lyon is quickest."),
        example("en", "Olha Tkachenko met Tkachenko, Olha (1980)."),
        example("de", "Anna Weber kam. Weber Anna stand auf der Liste."),
    ),
)
def inverted_own_name(ctx: Context) -> Iterator[Draft]:
    """Two words of a name stand in the reverse of the order that the article otherwise uses.

    Why: one person seems to be two.
    When it is wrong: connections between places (Paris Lyon, Lyon Paris), names set in the order
    of a list; the usual order must occur twice, the other once, and neither word be a common one.
    Norm: consistency within one article.
    """
    pairs: dict[tuple[str, str], list[tuple[Word, Word]]] = defaultdict(list)
    for left, right in zip(ctx.words, ctx.words[1:], strict=False):
        if is_capitalised(left.text) and is_capitalised(right.text) and adjoining(ctx.text, left, right):
            pairs[left.text, right.text].append((left, right))
    for (first, second), places in pairs.items():
        usual = pairs.get((second, first), [])
        if len(places) != 1 or len(usual) < _MAJORITY or first == second or not _names(ctx, first, second):
            continue
        left, right = places[0]
        form = f"{second} {first}"
        message = f"The article writes this name “{form}” elsewhere."
        yield ctx.draft(left.start, right.end, message, form, times=len(usual))


def _names(ctx: Context, first: str, second: str) -> bool:
    """True where neither word is a word of the dictionary or a place."""
    for word in (first.lower(), second.lower()):
        entry = ctx.names.single.get(word)
        if (
            ctx.is_ordinary(word)
            or word in ctx.language.words.particles
            or (entry and entry.kind not in {"person", "surname"})
        ):
            return False
    return True
