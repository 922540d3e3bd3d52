"""CAS104 random-capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule

# Two capitals before small letters (ODome), or a capital on the last letter but one (presidEnt).
_ODD = re.compile(r"[A-Z]{2}[a-z]{3,}|[a-z]{3,}[A-Z][a-z]{1,2}")


@rule(
    "CAS104",
    "random-capitals",
    Category.CASING,
    Severity.MINOR,
    needs=("record", "cased", "frequencies"),
    yields_to=("GLU101",),
    examples=(
        example("en", "The ⟦GOvernment⟧ fell.", "The Government fell."),
        example("en", "The ⟦presidEnt⟧ came.", "The president came."),
        example("en", "MPs, NGOs and UKHospitality met; the BBCs of this world did not."),
        example("en", "McDonald, DeVito and the iPhone."),
        example("fr", "Les SMSs et les PDGs de BTSport."),
    ),
)
def random_capitals(ctx: Context) -> Iterator[Draft]:
    """A capital letter stands where no word has one (GOvernment, presidEnt).

    Why: pieces of words were joined without care for case.
    When it is wrong: brands, the Dutch digraph IJ; only words that are known without the odd capital are reported.
    Norm: the orthography of each language.
    """
    for text, places in ctx.vocabulary.items():
        if not _ODD.fullmatch(text) or text.startswith("IJ"):
            continue
        right = text[0] + text[1:].lower()
        # Plurals of abbreviations end in s, and brands are capitalised at their seams (EUobserver).
        rest = text[2:].lower() if text[1].isupper() else ""
        if ctx.frequencies.zipf(right.lower()) < 3.0 or ctx.is_ordinary(rest) or ctx.frequencies.zipf(rest) > 3.5:
            continue
        if not text[1].isupper() and ctx.is_ordinary(text[:-2]):
            continue
        for word in places:
            yield ctx.draft(word.start, word.end, f"“{text}” has a capital inside.", right)
