"""QUO105 mixed-quotes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tqcheck.model import Category, Confidence, Severity
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.text.quotes import SINGLE, Pair, quotations

_TITLES = "《〈『"  # marks of titles, not of speech


@rule(
    "QUO105",
    "mixed-quotes",
    Category.QUOTES,
    Severity.MINOR,
    needs=("record",),
    yields_to=("QUO101", "QUO103"),
    examples=(
        example("en", '“One” and “two” and “three” but ⟦"⟧four".', "“One” and “two” and “three” but “four”."),
        example("ru", '«Раз», «два», «три» и ⟦"⟧четыре".', "«Раз», «два», «три» и «четыре»."),
        example("en", "“One ‘two’ three” and “four” and “five”."),
        example("fr", "« Un “deux” trois », « quatre » et « cinq »."),
        example("de", '„Eins“ und "zwei".'),
    ),
)
def mixed_quotes(ctx: Context) -> Iterator[Draft]:
    """Quotations of the same level stand in two kinds of marks within one article.

    Why: parts of the text came from different systems or were edited apart.
    When it is wrong: a quoted document may keep its own marks; human text mixes straight and
    curly marks often enough that this is only a hint.
    Norm: one style in one text (every style guide in the records asks for it).
    """
    outer = list(_outer(quotations(ctx.text, ctx.language.quotes).pairs))
    styles = Counter(pair.glyphs for pair in outer if pair.known)
    if len(styles) < 2:
        return
    (usual, times), *_rest = styles.most_common(1)
    if times < 2 or times < 2 * (sum(styles.values()) - times):
        return
    for pair in outer:
        if pair.known and pair.glyphs != usual:
            edits = ((pair.opening, usual[0]), (pair.closing, usual[1]))
            yield Draft(
                pair.opening.start,
                pair.opening.end,
                f"{pair.glyphs[0]} {pair.glyphs[1]} here, but “{usual[0]} {usual[1]}” in the rest of the article.",
                tuple(ctx.draft(m.start, m.end, "", glyph).edits[0] for m, glyph in edits),
                at_most=Confidence.LOW,
                evidence={"usual": times},
            )


def _outer(pairs: tuple[Pair, ...]) -> Iterator[Pair]:
    """The double-level pairs that lie in no other pair."""
    reach = -1
    for pair in pairs:
        if pair.opening.start > reach:
            reach = pair.closing.end
            if pair.opening.glyph not in SINGLE and pair.opening.glyph not in _TITLES:
                yield pair
