"""LNG104 foreign-letters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tqcheck.languages.foreign import SCRIPTS, has_large_list
from tqcheck.model import Category, Severity, Span
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.text.asides import asides, glossed, inside, stands_alone
from tqcheck.text.words import Word

_SHORTEST = 4
_PLAIN = {"ë": "e", "ï": "i", "ö": "o", "ü": "u"}
_HIATUS = re.compile("(?<=[aeiou])[ëïöü]")
_BEYOND_ASCII = re.compile(r"[^\W\d_]*[^\x00-\x7f\W\d_][^\W\d_]*")


@rule(
    "LNG104",
    "foreign-letters",
    Category.UNTRANSLATED,
    Severity.MAJOR,
    needs=("record", "cased", "spaced", "frequencies"),
    yields_to=("LNG102", "LNG103", "UNT101", "UNT102", "UNT103", "UNT104"),
    examples=(
        example("en", "Police stopped a ⟦strætisvagnabílstjóri⟧ near the harbour."),
        example("de", "Die Feuerwehr barg gestern einen ⟦śmieciarkowóz⟧ aus dem Kanal."),
        example("fr", "Le maire a inauguré hier une ⟦hraðbankaröð⟧ au marché."),
        example("en", "The café serves smörgåsbord, jalapeños and pâté to its coöperative."),
        example("en", "The custom (brúðkaupsgjöfin) is old, and “sjávarútvegshátíðin” is its feast."),
        example("pl", "Środowisko żąda zwołania zgromadzenia współwłaścicieli."),
    ),
)
def foreign_letters(ctx: Context) -> Iterator[Draft]:
    """A lower-case word that no list of the language knows has letters its alphabet lacks.

    Why: a word of the original was copied; the reader has a hole in the sentence.
    When it is wrong: a foreign term used without quotation marks or brackets around it.
    Norm: the alphabet of the language (CLDR main exemplar characters).
    """
    language = ctx.language
    # A list of the commonest words alone cannot tell what the language never writes.
    if ctx.text.isascii() or not has_large_list(language.base):
        return
    low, high = SCRIPTS.get(language.script, ("", ""))
    letters = language.words.letters
    shown = None
    for form, found in ctx.vocabulary.items():
        if len(form) < _SHORTEST or not form.islower() or not _BEYOND_ASCII.fullmatch(form):
            continue
        if not any(not c.isascii() and c not in letters for c in form) or not all(low <= c <= high for c in form):
            continue
        # Some houses mark a hiatus: coöperative, reëlect.
        plain = _HIATUS.sub(lambda m: _PLAIN[m[0]], form)
        if (
            ctx.frequencies.zipf(form)
            or (plain != form and ctx.frequencies.zipf(plain))
            or not all(stands_alone(ctx.text, w.start, w.end) for w in found)
        ):
            continue
        shown = asides(ctx.text) if shown is None else shown
        # A term that is once shown or explained may be used freely.
        if any(_shown(ctx.text, shown, word) for word in found):
            continue
        for word in found:
            yield ctx.draft(word.start, word.end, f"“{form}” was left untranslated.")


def _shown(text: str, asides: list[Span], word: Word) -> bool:
    """True where a word is shown rather than used: in brackets, glossed, or behind a label."""
    return inside(asides, word.start, word.end) or glossed(text, word.end) or text[word.start - 2 : word.start] == ": "
