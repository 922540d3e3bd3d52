"""MEA105 scrambled-words."""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule


@rule(
    "MEA105",
    "scrambled-words",
    Category.WORD_ORDER,
    Severity.CRITICAL,
    needs=("source", "pairs"),
    examples=(
        example(
            "en",
            "Opened ⟦the of⟧ bridge new mayor the in Tuesday the presence on ministers of.",
            source="Der Bürgermeister eröffnete am Dienstag die neue Brücke im Beisein der Minister.",
            source_lang="de",
        ),
        example(
            "en",
            "Workers ⟦the to⟧ of pay refused company their and the strike announced a by a.",
            source="Los trabajadores rechazaron el salario de la empresa y anunciaron una huelga.",
            source_lang="es",
        ),
        example(
            "en",
            "He is of course the man that the neighbour refers to.",
            source="C’est bien sûr l’homme auquel le voisin fait allusion.",
            source_lang="fr",
        ),
        example(
            "en",
            "The in-house lawyers met on Tuesday to discuss the by-election.",
            source="Die Juristen des Hauses berieten am Dienstag über die Nachwahl.",
            source_lang="de",
        ),
        example(
            "fr",
            "Le maire a inauguré mardi le nouveau pont en présence des ministres.",
            source="The mayor opened the new bridge on Tuesday in the presence of the ministers.",
            source_lang="en",
        ),
    ),
)
def scrambled_words(ctx: Context) -> Iterator[Draft]:
    """A sentence whose words stand in no order: neighbours that grammar forbids, several of them, or one
    where the words also stand in quite another order than in the original.

    Why: nobody can read it, and what it says can no longer be told.
    When it is wrong: in verse, word games and quoted slips.
    Norm: MQM fluency/grammar/word order; closed classes in languages/sense/order.toml.
    """
    from tqcheck.witnesses.order import disorder

    if ctx.bitext is None:
        return
    for pair, found in zip(ctx.bitext.matched, ctx.bitext.once(disorder), strict=True):
        if found.sure:
            breach = found.breaches[0]
            yield ctx.draft(
                *breach,
                f"“{ctx.text[breach.start : breach.end]}” cannot stand so: the words of this sentence are out of order.",
                source=pair.source,
                breaches=len(found.breaches),
            )
