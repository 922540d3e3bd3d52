"""CAS107 lost-capital."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tqcheck.languages.leftovers import ordinary
from tqcheck.model import Category, Confidence, Severity, Span
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.text.asides import asides, inside, stands_alone
from tqcheck.text.case import capitalised

if TYPE_CHECKING:
    from tqcheck.bitext import Bitext

# A shorter word is one of both languages by accident.
_LEAST = 4


@rule(
    "CAS107",
    "lost-capital",
    Category.CASING,
    Severity.MAJOR,
    needs=("cased", "source"),
    yields_to=("CAS101", "CAS102", "CAS105"),
    examples=(
        example(
            "en",
            "The mayor met Olga ⟦tkachenko⟧ in the town hall.",
            "The mayor met Olga Tkachenko in the town hall.",
            source="Le maire a reçu Olga ⟦Tkachenko⟧ à la mairie.",
            source_lang="fr",
        ),
        example(
            "es",
            "El alcalde de ⟦vaduvest⟧ recibió a la prensa.",
            "El alcalde de Vaduvest recibió a la prensa.",
            source="The mayor of ⟦Vaduvest⟧ met the press; the press of Vaduvest came late.",
            source_lang="en",
        ),
        example(
            "fr",
            "Le maire parle anglais et part lundi pour un weekend.",
            source="The mayor speaks English and leaves on Monday for a weekend.",
            source_lang="en",
        ),
        example(
            "en",
            "They drank glühwein at the fest in the altstadt.",
            source="Sie tranken Glühwein beim Fest in der Altstadt.",
            source_lang="de",
        ),
        example(
            "it",
            "La squadra gioca in champions con un nuovo sponsor.",
            source="The team plays in the Champions League with a new sponsor.",
            source_lang="en",
        ),
    ),
)
def lost_capital(ctx: Context) -> Iterator[Draft]:
    """A name that the original writes with a capital stands in small letters.

    Why: the system lower-cased what it did not know; the reader takes a name for a word.
    When it is wrong: a brand or a creature of fiction that became a common noun in the target.
    Norm: proper names keep their capital (The Chicago Manual of Style, 17th ed., 8.1).
    """
    bitext = ctx.bitext
    assert bitext is not None
    known = bitext.once(_names)
    shown = None
    for form, found in ctx.vocabulary.items():
        places = known.get(form)
        if places is None or ctx.is_ordinary(form):
            continue
        for word in found:
            shown = asides(ctx.text) if shown is None else shown
            if inside(shown, word.start, word.end) or not stands_alone(ctx.text, word.start, word.end):
                continue
            right = capitalised(form, ctx.language.tag)
            sure = places[1] > 1
            yield ctx.draft(
                word.start,
                word.end,
                f"The original writes “{right}” with a capital, as a name.",
                right,
                at_most=Confidence.HIGH if sure else Confidence.LOW,
                source=places[0],
            )


def _names(bitext: Bitext) -> dict[str, tuple[Span, int]]:
    """Return the words of the original that always have a capital, in lower case, with their first
    place and how much speaks for a name: each place, and a name beside it. Ordinary words are left out."""
    source = bitext.source
    if not source.language.cased:
        return {}
    found: dict[str, tuple[Span, int]] = {}
    words = source.words
    for n, word in enumerate(words):
        form = word.text
        if (
            len(form) < _LEAST
            or not (form[:1].isupper() and form[1:].islower())
            or word.start in source.sentence_starts
        ):
            continue
        lowered = form.lower()
        if lowered in source.vocabulary:
            continue
        # A title makes capitals of ordinary words, German of all nouns.
        if ordinary(lowered, source.language.base):
            continue
        beside = [w for w in (*words[max(0, n - 1) : n], *words[n + 1 : n + 2]) if w.text[:1].isupper()]
        near = any(w.start not in source.sentence_starts and abs(w.start - word.start) < 40 for w in beside)
        first, weight = found.get(lowered, (Span(word.start, word.end), 0))
        found[lowered] = first, weight + 1 + near
    return found
