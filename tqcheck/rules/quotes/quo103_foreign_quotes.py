"""QUO103 foreign-quotes."""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.model import Category, Confidence, Edit, Severity
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.text.quotes import SINGLE, quotations
from tqcheck.text.words import words


@rule(
    "QUO103",
    "foreign-quotes",
    Category.QUOTES,
    Severity.MINOR,
    needs=("record",),
    yields_to=("ENC101",),
    examples=(
        example("en", "He spoke of a ⟦«⟧ new era » in Lyon.", "He spoke of a “new era” in Lyon."),
        example("en", "She called it ⟦„⟧a mistake“ on Monday.", "She called it “a mistake” on Monday."),
        example("fr", "Il évoque une «\xa0ère nouvelle\xa0» à Lyon."),
        example("ru", "Газета «Правда» вышла утром."),
        example("en", "The daily “Le Monde” and the weekly «Аргументы и факты» reported it."),
    ),
)
def foreign_quotes(ctx: Context) -> Iterator[Draft]:
    """A quotation stands in marks that the language does not use.

    Why: the marks of the original were copied; to the reader they look like a slip.
    When it is wrong: a title or sentence quoted in its own language keeps its marks at times;
    content in another script is left alone.
    Norm: the pairs of the language record (`quotes`), which lists what edited text accepts.
    """
    norm = ctx.language.quotes
    allowed = frozenset(norm.pairs)
    own = {opening for opening, _closing in norm.pairs}
    text = ctx.text
    for pair in quotations(text, norm).pairs:
        if not pair.known or pair.glyphs in allowed or pair.glyphs[0] in own:  # the last is QUO101
            continue
        opening, closing = pair.opening, pair.closing
        inside = text[opening.end : closing.start]
        if not _same_script(inside, text):
            continue
        left, right = norm.secondary if opening.glyph in SINGLE else norm.primary
        start = opening.end + len(inside) - len(inside.lstrip())
        end = opening.end + len(inside.rstrip())
        # ”so” and ’so’ are a norm of the North, but oftener a slip of the typist.
        usual = opening.glyph not in SINGLE and opening.glyph != closing.glyph
        fits = "\n" not in inside and start < end
        edits = (Edit(opening.start, start, left), Edit(end, closing.end, right)) if fits else ()
        yield Draft(
            opening.start,
            opening.end,
            f"{opening.glyph} {closing.glyph} are no quotation marks of {ctx.language.name}: “{_head(inside)}”.",
            edits,
            at_most=Confidence.HIGH if fits and usual else Confidence.LOW,
            evidence={"pair": opening.glyph + closing.glyph},
        )


def _head(inside: str) -> str:
    inside = inside.strip()
    return inside if len(inside) <= 40 else f"{inside[:40]}…"


def _same_script(inside: str, text: str) -> bool:
    """True unless all words inside are of an alphabet that the words around are not."""
    first = next(words(inside), None)
    if first is None or first.text[0].isdigit():
        return True
    return _block(first.text[0]) == _block(next(words(text)).text[0])


def _block(char: str) -> str:
    point = ord(char)
    return "latin" if point < 0x370 else "han" if point >= 0x2E80 else f"{point >> 8:x}"
