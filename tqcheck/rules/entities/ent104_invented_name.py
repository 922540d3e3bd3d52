"""ENT104: a name of the translation that the original does not have."""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.context import Context, Draft
from tqcheck.model import Category, Confidence, Severity
from tqcheck.rules.base import example, rule

# Weaker evidence is none.
_WEAK = 0.5


@rule(
    "ENT104",
    "invented-name",
    Category.ENTITY,
    Severity.CRITICAL,
    needs=("pairs",),
    examples=(
        example(
            "en",
            "The team from ⟦Norway⟧ won the final in the last minute.",
            source="Die Mannschaft gewann das Finale in der letzten Minute.",
            source_lang="de",
        ),
        example(
            "de",
            "Der Sprecher ⟦Hallvorsen⟧ sagte, die Brücke bleibe bis Montag gesperrt.",
            source="The spokesman said the bridge would stay closed until Monday.",
            source_lang="en",
        ),
        example(
            "en",
            "The road to ⟦Wolczanek⟧ was closed for two days.",
            source="La route est restée fermée deux jours.",
            source_lang="fr",
        ),
        example(
            "en",
            "The head of the Kremlin said that Russia would answer.",
            source="Le chef du Kremlin a déclaré que la Russie répondrait.",
            source_lang="fr",
        ),
        example(
            "it",
            "Il presidente cinese Xi Jinping è arrivato a Roma.",
            source="The president of China, Xi Jinping, has arrived in Rome.",
            source_lang="en",
        ),
        example(
            "en",
            "The President and the Prime Minister met on Tuesday in Parliament.",
            source="Le président et le premier ministre se sont rencontrés mardi au parlement.",
            source_lang="fr",
        ),
    ),
)
def invented_name(ctx: Context) -> Iterator[Draft]:
    """Reports a name in the translation of which the original knows nothing.

    Why: A name that nobody wrote is a hallucination, and it accuses or honours the wrong one. Where the
    original has capitals, a known place is a hint only, since translators explain places; so is one
    unknown word, unless a good dictionary lacks it and its stem, and it could only be a copy.
    When it is wrong: Where the translator explained a nickname or added a first name from elsewhere,
    or where the original writes the name in a script that sounds quite different.
    Norm: ISO 5060:2024 and MQM, “addition”; a translation names nobody whom the original does not.
    """
    from tqcheck.witnesses.name_faults import surely_invented
    from tqcheck.witnesses.names import names

    bitext = ctx.bitext
    if bitext is None:
        return
    for pair, found in zip(bitext.matched, bitext.once(names), strict=True):
        for made in found.invented:
            if made.strength < _WEAK or not made.first:
                continue
            name = ctx.text[made.mention.start : made.mention.end]
            yield ctx.draft(
                made.mention.start,
                made.mention.end,
                f"The original does not name “{name}”; take it out or put what the original says.",
                at_most=Confidence.HIGH if surely_invented(bitext, made) else Confidence.LOW,
                source=pair.source,
                strength=round(made.strength, 2),
            )
