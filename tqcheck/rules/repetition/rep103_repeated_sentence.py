"""REP103 repeated-sentence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.text.repeats import repeats

# Shorter ones recur on purpose: “No comment.”, “She did not answer.”
_SHORTEST = 7


@rule(
    "REP103",
    "repeated-sentence",
    Category.REPETITION,
    Severity.MAJOR,
    yields_to=("REP104",),
    examples=(
        example(
            "en",
            "The council met on Monday to vote on the budget. It was close. ⟦The council met on Monday to vote on the budget.⟧",
        ),
        example(
            "es",
            "El alcalde anunció ayer la reforma del mercado central.\nNadie lo esperaba en la plaza.\n⟦El alcalde anunció ayer la reforma del mercado central.⟧",
        ),
        example("en", "She did not answer. He asked again. She did not answer."),
        example("de", "Der Rat tagt am Montag im alten Rathaus. Der Rat tagt am Dienstag im alten Rathaus."),
        example("en", "All we want is peace, he said. All we want is peace, they replied in one voice."),
    ),
)
def repeated_sentence(ctx: Context) -> Iterator[Draft]:
    """A sentence or paragraph of seven words or more occurs a second time.

    Why: systems that translate block by block, and pages scraped with their teasers, print the
    same text twice.
    When it is wrong: refrains, prayers and legal formulas repeat on purpose.
    Norm: none needed.
    """
    paragraphs = repeats(ctx.text, ctx.paragraphs, _SHORTEST)
    for later, _first in paragraphs:
        yield ctx.draft(*later, "This paragraph stands in the article already.")
    covered = {span for span, _ in paragraphs}
    loose = [s for s in ctx.sentences if ctx.paragraphs[bisect_right(ctx.paragraphs, s) - 1] not in covered]
    for later, _first in repeats(ctx.text, loose, _SHORTEST):
        yield ctx.draft(*later, "This sentence stands in the article already.")
