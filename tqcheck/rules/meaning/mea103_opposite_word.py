"""MEA103 opposite-word."""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule


@rule(
    "MEA103",
    "opposite-word",
    Category.MISTRANSLATION,
    Severity.CRITICAL,
    needs=("source", "pairs"),
    examples=(
        example(
            "en",
            "Exports to the neighbouring countries ⟦decreased⟧ by a fifth last year.",
            source="Die Ausfuhren in die Nachbarländer ⟦stiegen⟧ im vergangenen Jahr um ein Fünftel.",
            source_lang="de",
        ),
        example(
            "fr",
            "La ville a annoncé la ⟦fermeture⟧ d’une nouvelle piscine dans le quartier du port.",
            source="The city announced the ⟦opening⟧ of a new swimming pool in the harbour district.",
            source_lang="en",
        ),
        example(
            "en",
            "The committee ⟦rejected⟧ the budget for the two new schools.",
            source="委员会⟦批准⟧了两所新学校的预算。",
            source_lang="zh",
        ),
        example(
            "es",
            "Según el tribunal, el antiguo director del banco es ⟦inocente⟧.",
            source="According to the court, the former director of the bank is ⟦guilty⟧.",
            source_lang="en",
        ),
        example(
            "en",
            "The road is often closed, so few people drive there.",
            source="Die Straße ist selten offen, deshalb fährt dort kaum jemand.",
            source_lang="de",
        ),
        example(
            "en",
            "The jury found that the driver was not guilty.",
            source="El jurado declaró inocente al conductor.",
            source_lang="es",
        ),
        example(
            "fr",
            "Cette méthode peu habituelle a surpris les chercheurs.",
            source="This unusual method surprised the researchers.",
            source_lang="en",
        ),
        example(
            "en",
            "The minister visited South Korea after the talks in the north of Japan.",
            source="Министр посетил Корею после переговоров на севере Японии.",
            source_lang="ru",
        ),
        example(
            "de",
            "Die Preise für Brot stiegen im Frühjahr weniger stark als erwartet.",
            source="The rise in bread prices slowed in spring more than expected.",
            source_lang="en",
        ),
    ),
)
def opposite_word(ctx: Context) -> Iterator[Draft]:
    """A word that means the opposite of what the original says: fell for rose, guilty for innocent.

    Why: the sentence reads well and tells the contrary.
    When it is wrong: the same may be said by the opposite and a negation, or from the other party's side; a
    sentence that names both, or denies something on one side only, is left alone, and so are words that have
    other senses.
    Norm: MQM accuracy/mistranslation; the words are listed in languages/sense/opposites.toml.
    """
    from tqcheck.witnesses.opposites import swapped

    if ctx.bitext is None:
        return
    for found in ctx.bitext.once(swapped):
        done: set[int] = set()
        for swap in found:
            # Two pairs of opposites may share a word.
            if swap.target.start in done:
                continue
            done.add(swap.target.start)
            said = ctx.text[swap.target.start : swap.target.end]
            original = ctx.bitext.source.text[swap.source.start : swap.source.end]
            message = f"The original says “{original}”, the opposite of “{said}”."
            yield ctx.draft(*swap.target, message, source=swap.source, opposites=swap.pair)
