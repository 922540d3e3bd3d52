"""UNT102 untranslated-sentence."""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule


@rule(
    "UNT102",
    "untranslated-sentence",
    Category.UNTRANSLATED,
    Severity.CRITICAL,
    needs=("source",),
    yields_to=("UNT103",),
    examples=(
        example(
            "en",
            "The road was closed. ⟦La police cherche des témoins.⟧ It opened again at noon.",
            source="La route était fermée. ⟦La police cherche des témoins.⟧ Elle a rouvert à midi.",
            source_lang="fr",
        ),
        example(
            "de",
            "Der Zug hielt in Ulm. ⟦The driver had not seen the signal.⟧ Niemand wurde verletzt.",
            source="The train stopped at Ulm. ⟦The driver had not seen the signal.⟧ Nobody was hurt.",
            source_lang="en",
        ),
        example(
            "en",
            "The train was late. ⟦知事は記者会見を開いた。⟧",
            source="列車は遅れた。⟦知事は記者会見を開いた。⟧",
            source_lang="ja",
        ),
        example(
            "de",
            "Es spielten Real Madrid, Bayern München, Paris Saint-Germain und Juventus Turin.",
            source="Real Madrid, Bayern München, Paris Saint-Germain and Juventus Turin played.",
            source_lang="en",
        ),
        example(
            "fr",
            "Il a chanté « Let it be » et « Love me do ». Informations, contact, archives.",
            source="He sang “Let it be” and “Love me do”. Informations, contact, archives.",
            source_lang="en",
        ),
        example(
            "es",
            "El tren paró en Ulm. El conductor no había visto la señal.",
            source="The train stopped at Ulm. The driver had not seen the signal.",
            source_lang="en",
        ),
    ),
)
def untranslated_sentence(ctx: Context) -> Iterator[Draft]:
    """A whole sentence of the original stands untranslated in the target.

    Why: a translation system skipped it, and the reader is left with the original.
    When it is wrong: verse, mottos and songs that are quoted in their own language on purpose.
    Norm: The Chicago Manual of Style, 17th ed., 13.73: quotations in another language are marked
    and translated.
    """
    from tqcheck.witnesses.copied_sentences import copied_sentences

    bitext = ctx.bitext
    assert bitext is not None
    left = bitext.once(copied_sentences)
    for ours, theirs in zip(left.target, left.source, strict=True):
        text = ctx.text[ours.start : ours.end]
        short = text if len(text) <= 60 else text[:59].rstrip() + "…"
        yield ctx.draft(*ours, f"The sentence “{short}” stands as in the original: translate it.", source=theirs)
