"""ENT101: a name of the original that the translation does not have."""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.context import Context, Draft
from tqcheck.model import Category, Confidence, Severity
from tqcheck.rules.base import example, rule

# Weaker evidence is none.
_WEAK = 0.4


@rule(
    "ENT101",
    "missing-name",
    Category.ENTITY,
    Severity.CRITICAL,
    needs=("pairs",),
    examples=(
        example(
            "en",
            "The minister met her colleague in to sign the agreement.",
            source="Die Ministerin traf ihren Kollegen in ⟦Stockholm⟧, um das Abkommen zu unterzeichnen.",
            source_lang="de",
        ),
        example(
            "en",
            "The company said on Monday that its new plant would open in May.",
            source="La société ⟦Bertonneau⟧ a annoncé lundi que sa nouvelle usine ouvrirait en mai.",
            source_lang="fr",
        ),
        example(
            "en",
            "⟦The on⟧ Wednesday called for new elections.",
            source="Le syndicat a demandé mercredi de nouvelles élections.",
            source_lang="fr",
        ),
        example(
            "de",
            "Die Präsidentin empfing am Dienstag eine Delegation aus der Hauptstadt.",
            source="La presidenta recibió el martes a una delegación de ⟦Japón⟧.",
            source_lang="es",
        ),
        example(
            "fr",
            "La présidente de la Pologne a reçu le ministre ukrainien à Varsovie.",
            source="Poland’s president received the minister of Ukraine in Warsaw.",
            source_lang="en",
        ),
        example(
            "en",
            "Yesterday Ludmila Sokolova was elected mayor of Kharkiv.",
            source="Вчера Людмилу Соколову избрали мэром Харькова.",
            source_lang="ru",
        ),
        example(
            "en",
            "Vasquez won the race. The rider thanked her team.",
            source="Vasquez a gagné la course. Vasquez a remercié son équipe.",
            source_lang="fr",
        ),
        example(
            "es",
            "El gobierno francés rechazó la propuesta de Moscú.",
            source="France’s government rejected the proposal of the Russian capital.",
            source_lang="en",
        ),
    ),
)
def missing_name(ctx: Context) -> Iterator[Draft]:
    """Reports a name of the original, of a person, a place or a body, that is nowhere in the translation.

    Why: Systems drop names that they do not know, and the sentence then speaks of nobody, or of
    somebody else.
    A name that may go by other words (the Senate), that is a part of a larger one (Victoria Cross) or
    the attribute of a noun (a Scotland player) is a hint only, unless the sentence is torn where it was. A
    sentence that is surely torn (“The on Wednesday”) is reported whatever name or noun stood there.
    When it is wrong: Where the translator wrote what the name stands for (“the carmaker”) at its
    first mention, or under a name in another script that sounds quite different.
    Norm: ISO 5060:2024 and MQM, “omission”; names are content and must be rendered.
    """
    from tqcheck.witnesses.name_faults import surely_lost, torn_out
    from tqcheck.witnesses.names import names
    from tqcheck.witnesses.translated_names import translated

    bitext = ctx.bitext
    if bitext is None or bitext.partial is not None:  # a summary names less, and is told as a whole
        return
    known = {name.source for pair in bitext.once(translated) for name in pair}
    for pair, found in zip(bitext.matched, bitext.once(names), strict=True):
        told = False
        for lost in found.missing:
            place = torn_out(found, lost)
            if lost.span in known or not (place or (lost.strength >= _WEAK and lost.first)):
                continue
            told = told or place
            name = bitext.source.text[lost.mention.start : lost.mention.end]
            yield ctx.missing(
                lost.span,
                f"“{name}” of the original is {'missing here' if place else 'nowhere in the translation'}; name it.",
                insert_at=pair.target.end if pair.target is not None else None,
                at_most=Confidence.HIGH if place or surely_lost(lost) else Confidence.LOW,
                strength=round(lost.alone, 2),
                torn=place,
                entity=sorted(lost.mention.keys)[0] if lost.mention.keys else None,
            )
        if found.torn is not None and found.torn.sure and not told:
            yield ctx.draft(
                found.torn.start,
                found.torn.end,
                f"A name or another word is missing at “{ctx.text[found.torn.start : found.torn.end]}”; look into the original.",
                source=pair.source,
                torn=True,
            )
