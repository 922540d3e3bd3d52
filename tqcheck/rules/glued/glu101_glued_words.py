"""GLU101 glued-words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from tqcheck.model import Category, Confidence, Severity
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.text.case import lower

# Zipf values: once in a million words makes a word, ten times a common one.
_KNOWN = 3.0
_COMMON = 4.0


@rule(
    "GLU101",
    "glued-words",
    Category.GLUED_WORDS,
    Severity.MAJOR,
    needs=("record", "cased", "frequencies"),
    examples=(
        example(
            "en", "⟦VideoTwo⟧ men were arrested near the station.", "Video Two men were arrested near the station."
        ),
        example("fr", "⟦PhotoDeux⟧ hommes ont été arrêtés.", "Photo Deux hommes ont été arrêtés."),
        example("ru", "⟦ВидеоПожар⟧ тушили всю ночь.", "Видео Пожар тушили всю ночь."),
        example("en", "The talks ⟦continuedThe⟧ next day in Geneva.", "The talks continued The next day in Geneva."),
        example("en", "YouTube, PayPal, iPhone, eBay, McDonald and LinkedIn are no faults."),
        example("de", "Die GmbH von YouTube und die BahnCard gefallen MacDonald."),
        example("it", "WhatsApp e PlayStation piacciono a DiCaprio."),
        example("en", "PhotoBooth is a start-up. PhotoBooth sells cameras."),
    ),
)
def glued_words(ctx: Context) -> Iterator[Draft]:
    """Two words stand together as one: a label and its caption (VideoTwo), or two of a sentence.

    Why: the mark-up between them got lost on the way; the reader meets a word that is none.
    When it is wrong: brands are written so (YouTube, BahnCard). A word that is known as a whole,
    that recurs in the article, or whose second half is no word, is left alone.
    Norm: the caption labels and closed-class words of the record; word frequencies.
    """
    labels = _labels(ctx.language.boilerplate.caption)
    function, zipf = ctx.language.words.function, ctx.frequencies.zipf
    tag = ctx.language.tag
    first_words = {span.start for span in ctx.paragraphs}
    for form, places in ctx.vocabulary.items():
        if form.islower() or form.istitle() or form.isupper() or not form.isalpha():
            continue
        at = _seam(form)
        # A form that recurs is a name.
        if at is None or len(places) > 1 or zipf(lower(form, tag)) > 0:
            continue
        left, right = form[:at], form[at:]
        first, second = lower(left, tag), lower(right, tag)
        closed = second in function or second in ctx.language.numbers.small
        place = places[0]
        level = Confidence.HIGH
        if left in labels and (closed or zipf(second) >= _KNOWN):
            if place.start not in first_words and not closed:
                level = Confidence.LOW
        elif closed and len(right) > 2 and zipf(first) >= _KNOWN and len(left) > 2:
            level = Confidence.HIGH if left.islower() else Confidence.LOW  # RedState is a site
        elif left.islower() and len(left) > 2 and min(zipf(first), zipf(second)) >= _COMMON:
            level = Confidence.LOW
        else:
            continue
        yield ctx.draft(
            place.start,
            place.end,
            f"“{form}” is two words: “{left} {right}”.",
            f"{left} {right}",
            at_most=level,
        )


def _seam(form: str) -> int | None:
    """Return where the second half begins if the form is word + Word, else None."""
    seams = [i for i in range(2, len(form) - 1) if form[i].isupper() and form[i - 1].islower()]
    if len(seams) != 1:
        return None
    left, right = form[: seams[0]], form[seams[0] :]
    return seams[0] if left[1:].islower() and right[1:].islower() else None


@cache
def _labels(caption: tuple[str, ...]) -> frozenset[str]:
    """The labels of one word, as they stand and capitalised."""
    return frozenset(form for label in caption if label.isalpha() for form in (label, label.capitalize()))
