"""PUN109 parted-verb."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tqcheck.languages import load
from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.text.labels import alternatives

_STOP = re.compile(r"[.?!…\n]")
_FAR = 300


@cache
def _parted(tag: str) -> re.Pattern[str] | None:
    """A semicolon or colon, an auxiliary that needs its subject before it, and the next word."""
    finite = load(tag).words.finite
    return re.compile(rf"(?<=[^\W\d_])([;:]) (?:{alternatives(finite)}) ([^\W\d_]+)") if finite else None


@rule(
    "PUN109",
    "parted-verb",
    Category.PUNCTUATION,
    Severity.MINOR,
    needs=("record",),
    yields_to=("PUN101",),
    examples=(
        example(
            "en",
            "Large screens were put up so that people⟦;⟧ could watch.",
            "Large screens were put up so that people could watch.",
        ),
        example(
            "en",
            "French is spoken daily, while Latin⟦:⟧ is often heard in church.",
            "French is spoken daily, while Latin is often heard in church.",
        ),
        example("en", "He had one question: is it over? Nobody answered; would they ever?"),
        example("en", "The verdict: was the driver to blame; had he slept?"),
        example("en", "She left; could anyone blame her?"),
        example("de", "Sie fragte: Wird er kommen?"),
    ),
)
def parted_verb(ctx: Context) -> Iterator[Draft]:
    """A semicolon or a colon stands between a verb and its subject.

    Why: the mark was put in by chance; the sentence falls into two halves that mean nothing.
    When it is wrong: questions that begin with their verb; those go on with a pronoun or an
    article, or end in a question mark, and are left alone.
    Norm: The Chicago Manual of Style, 17th ed., 6.56 and 6.61; the auxiliaries are in the record.
    """
    pattern = _parted(ctx.language.tag)
    if pattern is None:
        return
    for match in pattern.finditer(ctx.text):
        stop = _STOP.search(ctx.text, match.end(), match.end() + _FAR)
        question = stop is not None and stop.group() == "?"
        if question or match.group(2) in ctx.language.words.function or not match.group(2).islower():
            continue
        yield ctx.draft(*match.span(1), f"“{match.group(1)}” parts the verb from its subject.", "")
