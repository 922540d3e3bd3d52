"""MEA101 turned-negation."""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule


@rule(
    "MEA101",
    "turned-negation",
    Category.MISTRANSLATION,
    Severity.CRITICAL,
    needs=("source", "pairs"),
    examples=(
        example(
            "en",
            "The minister did ⟦not⟧ confirm the date of the election on Monday.",
            source="Der Minister ⟦bestätigte⟧ am Montag den Termin der Wahl.",
            source_lang="de",
        ),
        example(
            "fr",
            "Le ministre a ⟦confirmé⟧ lundi la date de l’élection.",
            source="The minister has ⟦not⟧ confirmed the date of the election on Monday.",
            source_lang="en",
        ),
        example(
            "en",
            "The two companies will ⟦not⟧ build a new factory near the port.",
            source="Las dos empresas ⟦construirán⟧ una nueva fábrica cerca del puerto.",
            source_lang="es",
        ),
        example(
            "en",
            "The company did ⟦not⟧ announce that it would open a new factory in July.",
            source="Firma ⟦ogłosiła⟧, że w lipcu otworzy nową fabrykę.",
            source_lang="pl",
        ),
        example(
            "en",
            "The museum may ⟦not⟧ be opened in April, the city said.",
            source="市によると、美術館は4月に⟦開館⟧するかもしれません。",
            source_lang="ja",
        ),
        example(
            "en",
            "She is not fit for the job, her lawyer said.",
            source="Elle est inapte à ce travail, a dit son avocate.",
            source_lang="fr",
        ),
        example(
            "de",
            "Der Bürgermeister lehnte es ab, sich zu äußern.",
            source="The mayor would not comment.",
            source_lang="en",
        ),
        example(
            "en",
            "He wants to leave before they close the border.",
            source="Il veut partir avant qu’ils ne ferment la frontière.",
            source_lang="fr",
        ),
        example(
            "es",
            "No es más que el principio de la investigación.",
            source="It is only the beginning of the investigation.",
            source_lang="en",
        ),
    ),
)
def turned_negation(ctx: Context) -> Iterator[Draft]:
    """A sentence that denies what the original affirms, or affirms what it denies.

    Why: the reader is told the opposite of what was said, and nothing in the text shows it.
    When it is wrong: a translator may say the same with an opposite (“unfit”, “not fit”; “keep on”, “do not
    stop”), so only a sentence that follows the original word for word is reported, and only where nothing on the
    other side denies, restricts or ends something without being said again on this one.
    Norm: MQM accuracy/mistranslation; grammar of negation in languages/sense/negation.toml.
    """
    from tqcheck.witnesses.negation import polarity

    if ctx.bitext is None:
        return
    for found in ctx.bitext.once(polarity):
        if not found.sure or found.source is None or found.target is None:
            continue
        said = ctx.text[found.target.start : found.target.end]
        original = ctx.bitext.source.text[found.source.start : found.source.end]
        if found.kind == "invented":
            message = f"“{said}” denies what the original affirms with “{original}”: take the negation out."
        else:
            message = f"The original denies this (“{original}”), the translation affirms it: put the negation back."
        yield ctx.draft(*found.target, message, source=found.source, kind=found.kind)
