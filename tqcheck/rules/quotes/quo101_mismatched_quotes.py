"""QUO101 mismatched-quotes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tqcheck.model import Category, Confidence, Edit, Severity
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.text.quotes import SINGLE, Pair, Quotations, quotations

_STRAIGHT = "\"'`´"
_ANGLE = "«»‹›"
_CORNERS = frozenset("「」『』《》〈〉")


@rule(
    "QUO101",
    "mismatched-quotes",
    Category.QUOTES,
    Severity.MINOR,
    needs=("record",),
    yields_to=("ENC101",),
    examples=(
        example(
            "en",
            "He praised the workers’ ⟦‘patience during the farmers’ strike”⟧ on Monday.",
            "He praised the workers’ “patience during the farmers’ strike” on Monday.",
        ),
        example(
            "de", "Sie nannte den Plan ⟦‚völlig verfehlt“⟧ und ging.", "Sie nannte den Plan „völlig verfehlt“ und ging."
        ),
        example("fr", "Il parle d’un ⟦«\xa0échec”⟧ complet.", "Il parle d’un «\xa0échec\xa0» complet."),
        example("en", "The soldiers’ ‘hopes’ were “high” at the workers’ meeting."),
        example("de", "„Er sagte ‚nein‘“, berichtete sie, und ging’s an."),
        example("ru", "«ООО «Ромашка» растёт, — сказал он."),
        example("en", "The 6'2\" guard said “no” to the '90s revival."),
    ),
)
def mismatched_quotes(ctx: Context) -> Iterator[Draft]:
    """A quotation opens with one kind of mark and closes with another.

    Why: the original's marks were replaced one by one; the reader cannot tell what is quoted.
    When it is wrong: an apostrophe taken for a mark; a curly mark against a straight one of the
    same level is common in hurried human text, so that alone is weak evidence.
    Norm: the pairs of the language record (`quotes`).
    """
    found = quotations(ctx.text, ctx.language.quotes)
    norm = ctx.language.quotes.pairs
    own = {opening for opening, _closing in norm}
    # „so” in German: its own opening mark with the closing one of another language.
    mixed = [p for p in found.pairs if not p.known or (p.glyphs not in norm and p.glyphs[0] in own)]
    if not mixed:
        return
    for pair in mixed:
        start, end = pair.opening.start, pair.closing.end
        if "\n" in ctx.text[start:end]:
            continue  # too far apart to be sure that they belong together
        opening, closing = pair.glyphs
        sure = _contrary(ctx, pair)
        left, right = _right_pair(ctx, found, pair)
        yield Draft(
            start,
            end,
            f"The quotation opens with {opening} and closes with {closing}.",
            _edits(ctx, pair, left, right),
            at_most=Confidence.HIGH if sure else Confidence.LOW,
        )


def _contrary(ctx: Context, pair: Pair) -> bool:
    """True where more than a typist's straight mark for a curly one is wrong."""
    opening, closing = pair.glyphs
    norm = ctx.language.quotes.pairs
    if (opening in SINGLE) != (closing in SINGLE):
        return opening not in _STRAIGHT and closing not in _STRAIGHT
    # Input methods of scripts without spaces choose the direction of a mark by turns, and slip.
    typed_by_turns = not ctx.language.spaced and {opening, closing} <= {"“", "”", "‘", "’", '"'}
    if typed_by_turns:
        return False
    if {opening, closing} <= _CORNERS:
        return True  # 「 and 』 stand on different keys
    backwards = all(opening != a for a, _b in norm) or all(closing != b for _a, b in norm)
    return backwards or (opening in _ANGLE) != (closing in _ANGLE)


def _right_pair(ctx: Context, found: Quotations, pair: Pair) -> tuple[str, str]:
    """Choose the pair that shares a mark with this one and that the article uses most."""
    used = Counter(p.glyphs for p in found.pairs if p.known)
    norm = ctx.language.quotes.pairs
    fitting = [p for p in norm if p[0] == pair.glyphs[0] or p[1] == pair.glyphs[1]] or [norm[0]]
    return max(fitting, key=lambda p: (used[p], -norm.index(p)))


def _edits(ctx: Context, pair: Pair, left: str, right: str) -> tuple[Edit, ...]:
    opening, closing = pair.opening, pair.closing
    space = ""
    if left in "«‹" and ctx.text[opening.end] in ctx.language.quotes.inner_space:
        space = ctx.text[opening.end]
    edits = [Edit(opening.start, opening.end, left), Edit(closing.start, closing.end, space + right)]
    return tuple(e for e in edits if ctx.text[e.start : e.end] != e.text)
