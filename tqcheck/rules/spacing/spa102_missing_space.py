"""SPA102 missing-space."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tqcheck.model import Category, Confidence, Severity
from tqcheck.rules.base import Context, Draft, example, rule

_GLUED = re.compile(r"[,;:،؛](?=[^\W\d_])(?<=[^\W_].)")
_WORD_BEFORE = re.compile(r"[\w'’-]+$")
_WORD_AFTER = re.compile(r"[\w'’-]+")
_REACH = 40
_COMMON = 4.0


@rule(
    "SPA102",
    "missing-space",
    Category.SPACING,
    Severity.MINOR,
    needs=("spaced",),
    yields_to=("ENC104", "ENC105", "PUN102"),
    examples=(
        example("en", "He signed in the ⟦end,but⟧ only just.", "He signed in the end, but only just."),
        example(
            "de",
            "Der Zug kam mit ⟦Verspätung,teilte⟧ die Bahn mit.",
            "Der Zug kam mit Verspätung, teilte die Bahn mit.",
        ),
        example("ru", "Ожидаются ⟦дождь;снег⟧ и ветер.", "Ожидаются дождь; снег и ветер."),
        example("fr", "Müller a été ⟦clair:Nous⟧ partirons.", "Müller a été clair: Nous partirons."),
        example("en", "It grew 2,5 times between 12:00 and 13:00, says re:publica."),
        example("de", "Die Schüler:innen und Leser:Innen kamen um 12:30 Uhr."),
        example("en", "Tags: sport,news,world,weather. The solvent is N,N-dimethylformamide."),
        example("fr", "Il a vu « Titane », puis il est parti."),
    ),
)
def missing_space(ctx: Context) -> Iterator[Draft]:
    """No space stands between a comma, semicolon or colon and the next word.

    Why: systems lose spaces where the original had markup or another script.
    When it is wrong: lists of tags (a,b,c), chemical names, and colons inside a word (re:publica,
    Schüler:innen, EU:n): a colon before a small letter is weak evidence.
    Norm: every script with spaces sets one after these marks.
    """
    text = ctx.text
    for match in _GLUED.finditer(text):
        at = match.start()
        before = _WORD_BEFORE.search(text, max(0, at - _REACH), at)
        after = _WORD_AFTER.match(text, at + 1, at + _REACH)
        if before is None or after is None:
            continue
        start, end, mark = before.start(), after.end(), match.group()
        left, right = before.group(), after.group()
        if min(len(left), len(right)) < 2 or "_" in right or text[start - 1 : start] in (*"&,;:@#/=<{.", "%"):
            continue
        if text[end : end + 1] in (*",;:=/>}", "(") and text[end + 1 : end + 2].isalnum():
            continue  # a list without spaces: tags, code
        level = Confidence.HIGH
        if mark == ":":
            colon = _colon(ctx, left, right)
            if colon is None:
                continue
            level = colon
        elif (left.isupper() and right.isupper()) or not ctx.language.cased:
            level = Confidence.LOW  # codes; and Arabic typists often leave the space out
        yield ctx.draft(
            start,
            end,
            f"A space is missing after “{mark}” in “{text[start:end]}”.",
            f"{left}{mark} {right}",
            safe=level is Confidence.HIGH and mark != ":",
            at_most=level,
        )


def _colon(ctx: Context, left: str, right: str) -> Confidence | None:
    """Return how sure we are that a colon parts two words, None where it belongs to one."""
    zipf = ctx.frequencies.zipf
    # Gender forms spell a word that also exists without the colon: Leser:innen, Leserinnen.
    if zipf((left + right).lower()) > 0:
        return None
    if right[0].isupper() and not right.isupper() and left[-1].islower() and len(left) > 2:
        return Confidence.HIGH
    return Confidence.LOW if min(zipf(left.lower()), zipf(right.lower())) >= _COMMON else None
