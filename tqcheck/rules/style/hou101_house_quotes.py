"""HOU101 house-quotes."""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.house import Marks
from tqcheck.model import Category, Confidence, Edit, Severity
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.text.quotes import SINGLE, Mark, Pair, quotations

_DOUBTFUL = frozenset({"unpaired", "unknown", "resumed"})
_TITLES = frozenset("《〈『「")
_SPACES = " \u00a0\u2009\u202f"


@rule(
    "HOU101",
    "house-quotes",
    Category.QUOTES,
    Severity.MINOR,
    needs=("house-quotes",),
    yields_to=("QUO101", "QUO102", "ENC101"),
    authority="user",
    examples=(
        example(
            "de",
            "Sie sprach von einem ⟦„⟧Irrtum“ und ging.",
            "Sie sprach von einem »Irrtum« und ging.",
            house='quotes = {de = "»«"}',
        ),
        example(
            "en",
            'He called it ⟦"⟧a mistake" on Monday.',
            "He called it “a mistake” on Monday.",
            house='quotes = "“”"',
        ),
        example(
            "fr",
            "Il parle d’une ⟦“⟧ère nouvelle” à Lyon.",
            "Il parle d’une «\u00a0ère nouvelle\u00a0» à Lyon.",
            house='quotes = {fr = "« »"}',
        ),
        example(
            "en",
            "“She said ⟦«⟧no» twice,” he recalled.",
            "“She said ‘no’ twice,” he recalled.",
            house='quotes = {en = "“”‘’"}',
        ),
        example("de", "Sie sprach von einem »Irrtum« und ging.", house='quotes = {de = "»«"}'),
        example("en", "“She said ‘no’ twice,” he recalled.", house='quotes = {en = "“”"}'),
        example("es", "Habló de un «error» y se fue.", house='quotes = {de = "»«", es = "«»"}'),
        example("en", "It’s a 6' 2\" door from the ’90s.", house='quotes = "“”"'),
    ),
)
def house_quotes(ctx: Context) -> Iterator[Draft]:
    """A quotation stands in other marks than the house wants.

    Why: `quotes` in the configuration says which marks a language has, for a quotation and, with four marks, for
    one within it.
    When it is wrong: a title in another language may keep the marks of that language.
    Norm: the user's own configuration.
    """
    found = quotations(ctx.text, ctx.language.quotes)
    doubtful = [mark.start for mark in found.marks if mark.role in _DOUBTFUL]
    open_pairs: list[Pair] = []
    for pair in found.pairs:
        while open_pairs and open_pairs[-1].closing.end <= pair.opening.start:
            open_pairs.pop()
        level = len(open_pairs)
        open_pairs.append(pair)
        if not pair.known or pair.opening.glyph in _TITLES or level >= len(ctx.house.quotes):
            continue
        wanted = ctx.house.quotes[level]
        if pair.glyphs == (wanted.opening, wanted.closing):
            continue
        paragraph = _paragraph(ctx, pair)
        sure = paragraph is not None and not any(paragraph[0] <= at < paragraph[1] for at in doubtful)
        sure = sure and pair.opening.glyph not in SINGLE
        yield Draft(
            pair.opening.start,
            pair.opening.end,
            f"Your house style writes {wanted.opening}{wanted.inner}…{wanted.inner}{wanted.closing} here.",
            _edits(ctx.text, pair.opening, pair.closing, wanted) if paragraph is not None else (),
            safe=sure,
            at_most=Confidence.HIGH if sure else Confidence.MEDIUM,
        )


def _paragraph(ctx: Context, pair: Pair) -> tuple[int, int] | None:
    """Return the paragraph that holds a quotation; None where it runs over several."""
    text = ctx.text
    start, end = text.rfind("\n", 0, pair.opening.start) + 1, text.find("\n", pair.opening.start)
    end = len(text) if end < 0 else end
    return (start, end) if pair.closing.end <= end else None


def _edits(text: str, opening: Mark, closing: Mark, wanted: Marks) -> tuple[Edit, ...]:
    """Return the repair of both marks, with the spaces inside them."""
    after = opening.end
    while after < closing.start and text[after] in _SPACES:
        after += 1
    before = closing.start
    while before > after and text[before - 1] in _SPACES:
        before -= 1
    return (
        Edit(opening.start, after, wanted.opening + wanted.inner),
        Edit(before, closing.end, wanted.inner + wanted.closing),
    )
