"""ENT103: another name stands where the original has one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tqcheck.context import Context, Draft
from tqcheck.model import Category, Confidence, Severity
from tqcheck.rules.base import example, rule

if TYPE_CHECKING:
    from tqcheck.witnesses.names import Unmatched


@rule(
    "ENT103",
    "replaced-name",
    Category.ENTITY,
    Severity.CRITICAL,
    needs=("pairs",),
    examples=(
        example(
            "en",
            "The ministers of the region met in ⟦Rome⟧ on Friday.",
            source="Die Minister der Region trafen sich am Freitag in ⟦Madrid⟧.",
            source_lang="de",
        ),
        example(
            "en",
            "⟦Petersen⟧ has played for the club since last summer.",
            source="⟦Malgorin⟧ joue pour le club depuis l’été dernier.",
            source_lang="fr",
        ),
        example(
            "en",
            "The car was found in ⟦Nairobi⟧ on Sunday.",
            source="Bíllinn fannst í ⟦Grafarvogi⟧ á sunnudag.",
            source_lang="is",
        ),
        example(
            "de",
            "Die Regierung in ⟦Ungarn⟧ hat den Vertrag unterzeichnet.",
            source="The government of ⟦Portugal⟧ has signed the treaty.",
            source_lang="en",
        ),
        example(
            "en",
            "The ministers of the region met in Munich on Friday.",
            source="Die Minister der Region trafen sich am Freitag in München.",
            source_lang="de",
        ),
        example(
            "fr",
            "L’ONU a condamné l’attaque contre Kyïv.",
            source="The UN condemned the attack on Kyiv.",
            source_lang="en",
        ),
        example(
            "ru",
            "Миллер живёт в Нью-Йорке с прошлого года.",
            source="Miller has lived in New York since last year.",
            source_lang="en",
        ),
    ),
)
def replaced_name(ctx: Context) -> Iterator[Draft]:
    """Reports a name of the translation that the original does not have, in a sentence where a name
    of the original is missing.

    Why: A wrong name is the fault that readers forgive least, and nobody sees it without the original.
    A known place in no territory of which the original names anything is surely wrong where an unknown
    name is gone.
    When it is wrong: Where both name the same (a nickname, a club by its city, a former name), or where
    a name is spelled quite differently in another script.
    Norm: ISO 5060:2024 and MQM, “mistranslation”; names are rendered, never exchanged.
    """
    from tqcheck.witnesses.name_faults import surely_exchanged
    from tqcheck.witnesses.names import names
    from tqcheck.witnesses.translated_names import translated

    bitext = ctx.bitext
    if bitext is None:
        return
    known = {name.source for pair in bitext.once(translated) for name in pair}
    for found in bitext.once(names):
        for lost, made in found.replaced:
            if lost.span in known:
                continue
            written = ctx.text[made.mention.start : made.mention.end]
            name = bitext.source.text[lost.mention.start : lost.mention.end]
            right = _form(lost, ctx.language.tag)
            yield ctx.draft(
                made.mention.start,
                made.mention.end,
                f"The original has “{name}” here, not “{written}”"
                + (f"; write “{right}”." if right else "; put the right name."),
                right,
                at_most=Confidence.HIGH if surely_exchanged(bitext, lost, made) else Confidence.LOW,
                source=lost.span,
                strength=round(lost.strength + made.strength, 2),
            )


def _form(lost: Unmatched, tag: str) -> str | None:
    """Return the one right form where the table has it."""
    from tqcheck.languages.entities import forms

    found = {form for key in lost.mention.keys for form in forms(key, tag)[:1]}
    return found.pop() if len(found) == 1 else None
