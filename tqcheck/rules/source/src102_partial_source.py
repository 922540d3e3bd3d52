"""SRC102: the article and its original differ much in length."""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule

_LONG = " ".join(
    (
        "Der Zoo hat seit Samstag zwei junge Luchse.",
        "Sie kamen in der Nacht zur Welt.",
        "Die Mutter stammt aus Polen.",
        "Noch sind die Tiere nicht zu sehen.",
        "Sie wiegen jeweils kaum dreihundert Gramm.",
        "Eine Kamera überträgt Bilder aus dem Bau.",
        "Im Sommer sollen sie ins Freie.",
        "Die Namen bestimmen die Besucher.",
        "Der Eintritt wird nicht teurer.",
        "Das Gehege war zuvor erneuert worden.",
    )
)
_COURT = " ".join(
    (
        "The court will hear the case in spring.",
        "Nine witnesses have been called.",
        "Lawyers for the union asked for more time.",
        "The judge refused.",
        "Two earlier hearings had been cancelled.",
        "The hall seats eighty people.",
        "Visitors must leave their bags outside.",
        "Cameras stay forbidden.",
        "A verdict is not expected before June.",
    )
)


@rule(
    "SRC102",
    "partial-source",
    Category.OMISSION,
    Severity.MINOR,
    needs=("source",),
    yields_to=("SRC101",),
    examples=(
        example("en", "⟦The zoo has had two young lynxes since Saturday.⟧", source=_LONG, source_lang="de"),
        example("fr", "⟦Le tribunal examinera l’affaire au printemps.⟧", source=_COURT, source_lang="en"),
        example("en", "The mother is from Poland.", source="Die Mutter stammt aus Polen.", source_lang="de"),
        example("fr", "Le juge a refusé.", source="The judge refused.", source_lang="en"),
        example(
            "es",
            "La jueza se negó. Las cámaras siguen prohibidas.",
            source="The judge refused. Cameras stay forbidden.",
            source_lang="en",
        ),
    ),
)
def check(ctx: Context) -> Iterator[Draft]:
    """One side is more than three times as long as the other. Said once: what the longer side has
    beyond the shorter is then neither an omission nor an addition.

    Why: a summary passes for a translation, or half of the original was lost on the way.

    When it is wrong: excerpts that are meant as such; leave the rule out for them.

    Norm: ISO 17100, 5.3.1: a translation is complete unless something else was agreed.
    """
    if ctx.bitext is not None and ctx.bitext.partial is not None and ctx.bitext.misfit is None and ctx.sentences:
        first = ctx.sentences[0]
        yield ctx.draft(first.start, first.end, ctx.bitext.partial)
