"""UNT104 third-language."""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule


@rule(
    "UNT104",
    "third-language",
    Category.WRONG_LANGUAGE,
    Severity.CRITICAL,
    needs=("source", "frequencies"),
    examples=(
        example(
            "en",
            "The road was closed. ⟦La policía busca a los testigos del accidente.⟧ It opened again at noon.",
            source="Die Straße war gesperrt. Die Polizei sucht Zeugen des Unfalls. Mittags war sie wieder offen.",
            source_lang="de",
        ),
        example(
            "fr",
            "Le maire est parti. ⟦« The council will meet again after the summer holidays », he said.⟧",
            source="Der Bürgermeister ging. „Der Rat trifft sich nach den Sommerferien wieder“, sagte er.",
            source_lang="de",
        ),
        example(
            "en",
            "The motto of the club is “La victoria es de todos los que luchan”, he said in Spanish.",
            source="Das Motto des Vereins ist „La victoria es de todos los que luchan“, sagte er auf Spanisch.",
            source_lang="de",
        ),
        example(
            "en",
            "The police are looking for witnesses of the accident.",
            source="Die Polizei sucht Zeugen des Unfalls.",
            source_lang="de",
        ),
        example(
            "fr",
            "La police cherche des témoins de l’accident.",
            source="警察は事故の目撃者を探している。",
            source_lang="ja",
        ),
    ),
)
def third_language_sentence(ctx: Context) -> Iterator[Draft]:
    """A sentence is in a language that is neither the target's nor that of the original.

    Why: the system translated by way of a third language, or took a passage for another's.
    When it is wrong: a quotation that the desk gives in the speaker's own words although the
    original has it translated.
    Norm: The Chicago Manual of Style, 17th ed., 13.73: quotations in another language are marked
    and translated.
    """
    from tqcheck.witnesses.language import third_language

    bitext = ctx.bitext
    assert bitext is not None
    for span, tag in bitext.once(third_language):
        pair = bitext.pair_at(span.start)
        text = ctx.text[span.start : span.end]
        short = text if len(text) <= 60 else text[:59].rstrip() + "…"
        yield ctx.draft(
            *span,
            f"The sentence “{short}” is neither in the language of the article nor in that of the original.",
            source=pair.source if pair is not None else None,
            home=tag,
        )
