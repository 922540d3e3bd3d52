"""MTM104 translated-code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule

# A code that was left alone, as those of the same list were: (en-US).
_CODE = re.compile(r"\(([a-z]{2})-[A-Z]{2}\)")
# One whose territory is a word now; and where the language became words too, they are few.
_BROKEN = re.compile(r"\(([a-z]{2})-([^\W\d_A-Z]{3,16})\)")
_WHOLLY = re.compile(r"\([^\W\d_A-Z]{2,12}(?: [^\W\d_A-Z]{2,12})?-([^\W\d_A-Z]{3,16})\)")


@rule(
    "MTM104",
    "translated-code",
    Category.MT_MARKER,
    Severity.CRITICAL,
    examples=(
        example("fr", "Formulaire (fr-FR), formulaire (en-US), formulaire ⟦(fr-être)⟧."),
        example("it", "Scarica il modulo (en-GB), (nl-NL), ⟦(nl-essere)⟧ o ⟦(noi pure-essere)⟧."),
        example("en", "The form is there in English (en-GB) and Dutch (nl-BE, well-meant)."),
        example("fr", "Le co-auteur (mal-être) a choisi le français (fr-BE)."),
        example("de", "Der Antrag (Mehr-Aufwand) liegt vor (de-AT), (en-GB)."),
    ),
)
def translated_code(ctx: Context) -> Iterator[Draft]:
    """The code of a language was translated as if it were words: (fr-BE) became “(fr-être)”.

    Why: “BE” is Belgium and not a verb; the reader is offered a form in no language.
    When it is wrong: a compound in brackets, in an article that lists codes of languages too. It must begin with a language
    whose code stands in the article.
    Norm: BCP 47: a territory is two capital letters.
    """
    text = ctx.text
    if "-" not in text or "(" not in text:
        return
    languages = set(_CODE.findall(text))
    if not languages:
        return
    broken = [match for match in _BROKEN.finditer(text) if match[1] in languages]
    words = {match[2] for match in broken}
    places = {match.span() for match in broken} | {m.span() for m in _WHOLLY.finditer(text) if m[1] in words}
    for start, end in sorted(places):
        yield ctx.draft(start, end, f"“{text[start:end]}” was the code of a language and a territory: put it back.")
