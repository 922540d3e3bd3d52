"""SRC101: the original that was given is not the original of this article."""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule

_HARBOUR = (
    "The harbour was closed on Tuesday after two ferries collided in thick fog.\nNobody was hurt, the coast guard said.\n"
    "Divers will look at the hulls today.\nThe ferries are expected to sail again by the end of the week."
)
_HAFEN = (
    "Der Hafen wurde am Dienstag gesperrt, nachdem zwei Fähren in dichtem Nebel zusammengestoßen waren.\n"
    "Verletzt wurde niemand, teilte die Küstenwache mit.\nTaucher sehen sich heute die Rümpfe an.\n"
    "Bis Ende der Woche sollen die Fähren wieder fahren."
)
_BUDGET = (
    "Le conseil municipal a adopté le budget de la bibliothèque.\nLes élus de l’opposition se sont abstenus.\n"
    "Trois salles de lecture seront rénovées avant l’automne.\nUn nouveau fonds de bandes dessinées est prévu."
)
_BIBLIOTECA = (
    "El pleno aprobó el presupuesto de la biblioteca.\nLos concejales de la oposición se abstuvieron.\n"
    "Tres salas de lectura se renovarán antes del otoño.\nTambién se prevé un nuevo fondo de cómics."
)


@rule(
    "SRC101",
    "wrong-source",
    Category.MISTRANSLATION,
    Severity.CRITICAL,
    needs=("source",),
    examples=(
        example(
            "en",
            "⟦The harbour was closed on Tuesday after two ferries collided in thick fog.⟧\n"
            + _HARBOUR.partition("\n")[2],
            source=_BUDGET,
            source_lang="fr",
        ),
        example(
            "de",
            "⟦Der Hafen wurde am Dienstag gesperrt, nachdem zwei Fähren in dichtem Nebel zusammengestoßen waren.⟧\n"
            + _HAFEN.partition("\n")[2],
            source=_HAFEN,
            source_lang="en",
        ),
        example("en", _HARBOUR, source=_HAFEN, source_lang="de"),
        example("de", _HAFEN, source=_HARBOUR, source_lang="en"),
        example("es", _BIBLIOTECA, source=_BUDGET, source_lang="fr"),
        example("en", "The bridge reopened on Sunday.", source="Le musée a vendu deux tableaux.", source_lang="fr"),
    ),
)
def check(ctx: Context) -> Iterator[Draft]:
    """An original whose sentences have no counterpart in the article, that is the article itself, or
    that is written in the article's language. The rules that compare sentence with sentence do not run.

    Why: a mix-up of files, or an article that was never translated; every other answer would be noise.

    When it is wrong: an article that tells the same news in wholly other words. Texts of fewer than
    four sentences are not judged.

    Norm: ISO 17100, 5.3.3: a translation is compared with its own source text.
    """
    if ctx.bitext is not None and ctx.bitext.misfit is not None and ctx.sentences:
        first = ctx.sentences[0]
        yield ctx.draft(first.start, first.end, ctx.bitext.misfit)
