"""CAS104 random-capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.text.case import lower

# The shape of a word, its letters as A or a: two capitals before small letters (ODome), or a capital
# on one of the last letters but one (presidEnt).
_ODD = re.compile(r"A{2}a{3,}|a{3,}Aa{1,2}")


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
        example("ru", "⟦ПРезидент⟧ уехал.", "Президент уехал."),
        example("ru", "Сотрудник ВКонтакте и МИДа смотрел ТВканал."),
    ),
)
def random_capitals(ctx: Context) -> Iterator[Draft]:
    """A capital letter stands where no word has one (GOvernment, presidEnt).

    Why: pieces of words were joined without care for case.
    When it is wrong: brands, the Dutch digraph IJ; only words that are known without the odd capital are reported.
    Norm: the orthography of each language.
    """
    tag = ctx.language.tag
    for text, places in ctx.vocabulary.items():
        if text[1:].islower() or not text.isalpha() or text.startswith("IJ") or not _ODD.fullmatch(_shape(text)):
            continue
        right = text[0] + lower(text[1:], tag)
        # Plurals of abbreviations end in s, and brands are capitalised at their seams (EUobserver).
        rest = lower(text[2:], tag) if text[1].isupper() else ""
        if ctx.frequencies.zipf(lower(right, tag)) < 3.0 or ctx.is_ordinary(rest) or ctx.frequencies.zipf(rest) > 3.5:
            continue
        if not text[1].isupper() and ctx.is_ordinary(text[:-2]):
            continue
        # A small word joined to another is a name: ВКонтакте.
        small = lower(text[0], tag) in ctx.language.words.function
        if small and ctx.frequencies.zipf(lower(text[1:], tag)) > 3.5:
            continue
        for word in places:
            yield ctx.draft(word.start, word.end, f"“{text}” has a capital inside.", right)


def _shape(word: str) -> str:
    return "".join("A" if letter.isupper() else "a" for letter in word)
