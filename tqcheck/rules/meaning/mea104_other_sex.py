"""MEA104 other-sex."""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule


@rule(
    "MEA104",
    "other-sex",
    Category.MISTRANSLATION,
    Severity.MAJOR,
    needs=("source", "pairs"),
    examples=(
        example(
            "en",
            "My ⟦mother⟧ sold the mill to the village in spring.",
            source="Mein ⟦Vater⟧ verkaufte die Mühle im Frühjahr an das Dorf.",
            source_lang="de",
        ),
        example(
            "en",
            "⟦He⟧ opened the exhibition on Monday and thanked the sponsors.",
            source="⟦Elle⟧ a inauguré l’exposition lundi et a remercié les mécènes.",
            source_lang="fr",
        ),
        example(
            "en",
            "Doctors say ⟦she⟧ can leave the clinic next week.",
            source="医生说⟦他⟧下周可以出院。",
            source_lang="zh",
        ),
        example(
            "es",
            "Su ⟦hermano⟧ trabaja en una farmacia de Sevilla.",
            source="Her ⟦sister⟧ works in a pharmacy in Seville.",
            source_lang="en",
        ),
        example(
            "en",
            "The minister posted a video in which ⟦she⟧ explained the new law.",
            source="Министр опубликовал видео, в котором ⟦объяснил⟧ новый закон.",
            source_lang="ru",
        ),
        example(
            "en",
            "Nowak said ⟦she⟧ would not sell the mill.",
            source="Nowak ⟦powiedział⟧, że nie sprzeda młyna.",
            source_lang="pl",
        ),
        example(
            "en",
            "A judge has expressed ⟦her⟧ intention to hear the case in public.",
            source="⟦Un⟧ magistrat a exprimé son intention d’entendre l’affaire en public.",
            source_lang="fr",
        ),
        example(
            "en",
            "The court said she would stay in prison.",
            source="Sąd powiedział, że zostanie w więzieniu.",
            source_lang="pl",
        ),
        example(
            "en",
            "She asked for more time, her lawyer said.",
            source="La directora pidió más tiempo, dijo su abogado.",
            source_lang="es",
        ),
        example(
            "fr",
            "Il a perdu sa mère et son frère pendant la guerre.",
            source="He lost his mother and his brother during the war.",
            source_lang="en",
        ),
        example(
            "en",
            "The company said he would keep his seat on the board.",
            source="Компания сообщила, что он сохранит своё место в совете.",
            source_lang="ru",
        ),
        example(
            "de",
            "Er lobte die Zeitung, weil sie die Wahrheit schrieb.",
            source="He praised the newspaper because it wrote the truth.",
            source_lang="en",
        ),
        example(
            "en",
            "The victim said he had not seen the car.",
            source="La victime a dit qu’elle n’avait pas vu la voiture.",
            source_lang="fr",
        ),
    ),
)
def other_sex(ctx: Context) -> Iterator[Draft]:
    """A person who is a woman in the original and a man in the translation, or the other way about.

    Why: the reader is told of another person, and one who is spoken of is hurt.
    When it is wrong: a pronoun may follow the gender of a noun (“la victime … elle”) and not the sex of who is
    meant; verbs, objects, possessives and what is said of a subject are told by the words around them. Where the translator may have put a name for a pronoun, or named a person elsewhere, the rule is silent.
    Norm: MQM accuracy/mistranslation; the words are listed in languages/sense/gender.toml and kin.toml.
    """
    from tqcheck.witnesses.gender import turned

    if ctx.bitext is None:
        return
    for found in ctx.bitext.once(turned):
        if found is not None:
            said = ctx.text[found.target.start : found.target.end]
            original = ctx.bitext.source.text[found.source.start : found.source.end]
            message = f"“{said}” is of the other sex than “{original}” in the original."
            yield ctx.draft(*found.target, message, source=found.source)
