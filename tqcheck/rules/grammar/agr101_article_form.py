"""AGR101 article-form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tqcheck.languages.foreign import home
from tqcheck.languages.frequency import frequencies
from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule

# Sounds decide, not letters. A vowel letter sounds like a consonant in a European, a one-off, a
# unit; with “uni-” and “una-” spelling does not tell (a union, an uninsured driver).
_A_BEFORE_VOWEL = re.compile(
    r"(?<![\w’'/.&-])([Aa]) ((?:[aio]|e(?![uw])|u(?:n[b-hj-z]|p|gl|lt|mb|tt|rg|rb|sh)|h(?=eirs?\b|onest|onou?r|ours?\b))\w{2,}|(?:8\d{0,2}|1[18])(?=[ %-]\S)(?:-\w+){0,3})",
    re.ASCII,
)
_ONE = re.compile(r"on(?:e|ce)(?!\w*[aeiou]\w)|ou(?:ij|ag)|oax|uto", re.IGNORECASE)
_AN_BEFORE_CONSONANT = re.compile(
    r"(?<![\w’'/.&-])([Aa]n) ((?:[bcdfgjklmnpqrstvwz](?=\w*[aeiouy])|y(?=[aeiou])|eu(?=r)|u(?:ni(?=[oqtv])|s(?=[aeu])|til)"
    r"|h(?=[aeiou]{1,2}[bdfgklmnpstv]{1,2}e?s?\b))\w{2,}|[2-79]\d{0,2}(?=[ %-]\S)(?:-\w+){0,3})",
    re.IGNORECASE | re.ASCII,
)
# An h that is silent, or was in the speech of some.
_SILENT_H = re.compile(r"h(?:eir|erb|on|our)", re.IGNORECASE)
# A vowel sound written with a consonant: foreign names in N- and M- (an Ndebele).
_SYLLABIC = re.compile(r"(?:[MN][bcdgjkt]|Ng|X|Ts)")
# Words that follow the letter A rather than the article: vitamin a and, plan a is.
_NO_NOUN = frozenset("and or is in of as at on are if it its am all any also after against into an us i")
_NATIVE = 2.5


@rule(
    "AGR101",
    "article-form",
    Category.AGREEMENT,
    Severity.MINOR,
    languages=("en",),
    examples=(
        example("en", "She ate ⟦a apple⟧ and saw ⟦an car⟧.", "She ate an apple and saw a car."),
        example("en", "It took ⟦a hour⟧ of ⟦a honest⟧ man’s time.", "It took an hour of an honest man’s time."),
        example("en", "⟦An European⟧ official met ⟦a old⟧ friend.", "A European official met an old friend."),
        example("en", "A boy of eleven, not ⟦a 8-year-old⟧, won."),
        example("en", "A European union, a one-off, a unit and a useful idea; an hour, an heir, an honest man."),
        example("en", "An FBI agent, an MP, a US envoy and a UN body met at a hotel; an historic day."),
        example("en", "Vitamin A is vital, plan A of the club failed, and Group A included Italy."),
        example("en", "He lives in Frankfurt an der Oder and dines à la carte."),
        example("en", "An 11-year-old, an 18th-century house, an 80% rise and a 100-year-old oak."),
    ),
)
def article_form(ctx: Context) -> Iterator[Draft]:
    """“a” stands before a vowel sound or “an” before a consonant sound.

    Why: the article of the word first chosen stayed when another word took its place.
    When it is wrong: acronyms are left alone (read as letters or as a word?), as are words whose
    spelling hides the sound (uni-, una-) and words of other languages.
    Norm: The Chicago Manual of Style, 17th ed., 5.74.
    """
    text = ctx.text
    for pattern, right in ((_A_BEFORE_VOWEL, "n"), (_AN_BEFORE_CONSONANT, "")):
        for match in pattern.finditer(text):
            article, word = match.groups()
            if article[0] == "A" and match.start() not in ctx.sentence_starts:
                continue
            if not word[0].isdigit() and not _speaks(word, pattern is _A_BEFORE_VOWEL):
                continue
            fixed = f"{article[0]}{right} {word}"
            start, end = match.span()
            yield ctx.draft(start, end, f"It is “{fixed}”, not “{match.group()}”.", fixed, safe=word[0].islower())


def _speaks(word: str, vowel: bool) -> bool:
    """True where the sound of an English word is told by its spelling."""
    lowered = word.lower()
    if lowered in _NO_NOUN or not word[1:].islower() or not word.isalpha():
        return False
    if _ONE.match(word) if vowel else _SILENT_H.match(word) or _SYLLABIC.match(word):
        return False
    zipf = frequencies("en").zipf(lowered)
    return zipf >= _NATIVE and zipf + 0.5 >= home(lowered, "en", "Latn")[1]
