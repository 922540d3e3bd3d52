"""PUN108 missing-stop."""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.model import Category, Confidence, Severity, Span
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.text.words import count

_FINAL = ".!?…。！？؟।։:;,"
_AFTER = "\"'”“’‘»«›‹)]」』）】*_ \xa0"


@rule(
    "PUN108",
    "missing-stop",
    Category.PUNCTUATION,
    Severity.MINOR,
    yields_to=("PUN110",),
    examples=(
        example(
            "en",
            "The mayor of the old town resigned on Monday after a long and bitter dispute. Nobody knows why.\n"
            "The council met on the same evening. It could not agree on who should follow him in his ⟦office⟧\n"
            "A new vote is planned for the spring, when the budget of the town will be settled at last.\n"
            "Until then the deputy will lead the town, as she has done twice before in her long career.\n"
            "The old mayor was not there to answer the questions of the press, and his office stayed closed.",
        ),
        example(
            "fr",
            "Le maire de la vieille ville a démissionné lundi après une longue querelle. On ne sait pas pourquoi.\n"
            "Le conseil s’est réuni le soir même. Il n’a pas pu s’accorder sur celui qui doit le suivre au ⟦poste⟧\n"
            "Un nouveau vote est prévu au printemps, quand le budget de la ville sera enfin arrêté par le conseil.\n"
            "D’ici là, son adjointe dirigera la ville, comme elle l’a déjà fait deux fois dans sa longue carrière.\n"
            "L’ancien maire n’était pas là pour répondre aux questions de la presse, et son bureau restait fermé.",
        ),
        example("en", "Mayor resigns after a long dispute\nThe mayor resigned on Monday."),
        example("de", "Rücktritt nach langem Streit\nDer Bürgermeister ging am Montag."),
        example("en", "One item of a list of things that nobody wants to read at all\nAnother item of it"),
    ),
)
def missing_stop(ctx: Context) -> Iterator[Draft]:
    """A paragraph of running prose ends without a mark while the others have one.

    Why: the stop was lost, often with the end of the sentence.
    When it is wrong: headings, captions and list items, so that only paragraphs of two
    sentences and more count, and never the last one, which may be cut off.
    Norm: a sentence ends in a mark.
    """
    text = ctx.text
    prose = [block for block in ctx.paragraphs if count(text[block.start : block.end]) >= 12]
    if len(prose) < 4:
        return
    bare = [block for block in prose if text[block.start : block.end].rstrip(_AFTER)[-1:] not in _FINAL]
    if not bare or len(bare) * 5 > len(prose):
        return
    for block in bare:
        inner = [s for s in ctx.sentences if block.start <= s.start < block.end]
        if len(inner) < 2 or block == ctx.paragraphs[-1]:
            continue
        word = _last_word(ctx, block)
        if word is not None:
            near = text[max(block.start, word.start - 25) : word.end]
            yield ctx.draft(*word, f"The paragraph that ends in “{near}” has no final mark.", at_most=Confidence.LOW)


def _last_word(ctx: Context, block: Span) -> Span | None:
    inside = [w for w in ctx.words if block.start <= w.start < block.end]
    return Span(inside[-1].start, inside[-1].end) if inside else None
