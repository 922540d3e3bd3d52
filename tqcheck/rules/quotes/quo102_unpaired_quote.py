"""QUO102 unpaired-quote."""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.model import Category, Confidence, Severity
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.text.quotes import SINGLE, Mark, quotations

_FINAL = ".!?…。！？؟։।"


@rule(
    "QUO102",
    "unpaired-quote",
    Category.QUOTES,
    Severity.MINOR,
    needs=("record",),
    yields_to=("ENC101",),
    examples=(
        example("en", 'The house was old and⟦"⟧ it had no heating.'),
        example("ru", "Он назвал план ошибкой⟦»⟧ и ушёл с заседания."),
        example(
            "fr",
            "Le ministre a parlé d’un ⟦«\xa0⟧échec".replace("⟦«\xa0⟧", "⟦«⟧\xa0")
            + " et il est parti. La salle est restée vide.",
        ),
        example("en", "“I was tired.\n“I slept,” he said, a 6'2\" man from the ’90s."),
        example("es", "«No sé.\n»Mañana veremos», dijo el alcalde."),
        example("it", 'Disse: "L’accordo c’è.\nLo firmeremo", ma po’ dopo negò.'),
        example("tr", 'Bakan "Hayır" dedi, İstanbul\'a döndü.'),
    ),
)
def unpaired_quote(ctx: Context) -> Iterator[Draft]:
    """A quotation mark has no partner, neither in its paragraph nor in those that continue it.

    Why: one side of the quotation was lost or moved; the reader cannot tell who speaks.
    When it is wrong: text cut off inside a quotation; an unusual apostrophe. Human text loses the
    far end of a long quotation too, so a mark that stands where a writer might put it is weak
    evidence; one in mid-sentence, glued to the wrong word, is strong.
    Norm: a quotation that runs over paragraphs opens in each and closes in the last only.
    """
    text = ctx.text
    end = len(text.rstrip())
    for mark in quotations(text, ctx.language.quotes).marks:
        if mark.role != "unpaired" or (mark.glyph in SINGLE and mark.glyph not in "‘‚‹›"):
            continue
        if text.find("\n", mark.end, end) < 0 and end and text[end - 1] not in _FINAL + "\"”»“’'」":
            continue  # the last paragraph is cut off, and the other mark with it
        yield ctx.draft(
            mark.start,
            mark.end,
            f"The quotation mark “{mark.glyph}” near “{_near(text, mark)}” has no partner.",
            at_most=Confidence.HIGH if _astray(ctx, mark) else Confidence.LOW,
        )


def _astray(ctx: Context, mark: Mark) -> bool:
    """True where no writer opens or closes a quotation: in the flow of a sentence, on the wrong side."""
    text = ctx.text
    before, after = text[mark.start - 1 : mark.start], text[mark.end : mark.end + 2]
    if after[:1] != " ":
        return False
    if before == ":":
        return mark.glyph == '"'
    # The workers" house: a typist's apostrophe.
    genitive = before == "s" and not _function_before(ctx, mark)
    return before.isalpha() and after[1:].islower() and not genitive


def _function_before(ctx: Context, mark: Mark) -> bool:
    start = mark.start
    while start and ctx.text[start - 1].isalpha():
        start -= 1
    return ctx.text[start : mark.start] in ctx.language.words.function


def _near(text: str, mark: Mark) -> str:
    start = text.rfind(" ", 0, max(0, mark.start - 1)) + 1
    return text[max(start, mark.start - 30) : mark.end + 15].split("\n")[0].strip()
