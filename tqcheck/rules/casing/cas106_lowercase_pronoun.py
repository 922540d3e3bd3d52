"""CAS106 lowercase-pronoun."""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule


@rule(
    "CAS106",
    "lowercase-pronoun",
    Category.CASING,
    Severity.MINOR,
    needs=("record", "cased"),
    yields_to=("CAS105",),
    examples=(
        example("en", "He said that ⟦i⟧ was late.", "He said that I was late."),
        example("en", "She knows that ⟦i⟧’m late.", "She knows that I’m late."),
        example("en", "Points (i) and ii) of the list, i.e. the first two."),
        example("en", "The number i is imaginary: i = 1."),
        example("pl", "Matka i ojciec."),
    ),
)
def lowercase_pronoun(ctx: Context) -> Iterator[Draft]:
    """A word that is always written with a capital is written small: the English “I”.

    Why: the first thing that a reader of English notices.
    When it is wrong: numbering (i, ii), variables.
    Norm: English orthography; the words are in the language record.
    """
    for capital in ctx.language.words.pronoun_capital:
        small = capital.lower()
        for text, places in ctx.vocabulary.items():
            head = text.replace("’", "'").partition("'")[0]
            if head != small:
                continue
            for word in places:
                if _is_pronoun(ctx, word.start, word.end, text):
                    end = word.start + len(small)
                    yield ctx.draft(word.start, end, f"“{small}” is written “{capital}”.", capital, safe=True)


def _is_pronoun(ctx: Context, start: int, end: int, text: str) -> bool:
    """True between spaces inside a sentence, with a verb form or a plain word after it."""
    if "’" in text or "'" in text:
        return ctx.text[start - 1 : start] in {"", " ", "“", '"', "\n"}
    before, after = ctx.text[max(0, start - 1) : start], ctx.text[end : end + 2]
    if before not in {"", " ", "“", '"', "\n"} or after[:1] != " " or not after[1:].islower():
        return False
    follower = ctx.text[end + 1 : end + 20].partition(" ")[0].strip(".,")
    return follower not in {"is", "of", "and", "or", "in", "to"} and len(follower) > 1
