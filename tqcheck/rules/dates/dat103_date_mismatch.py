"""DAT103 date-mismatch."""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.languages.moments import begins_alike
from tqcheck.model import Category, Confidence, Severity, Span
from tqcheck.rules.base import Context, Draft, example, rule

_WORDS = {"weekday": "another day", "month": "another month"}


@rule(
    "DAT103",
    "date-mismatch",
    Category.DATE,
    Severity.MAJOR,
    needs=("source", "pairs"),
    examples=(
        example(
            "en",
            "The law was signed on 12 ⟦July⟧ in Berlin.",
            source="Das Gesetz wurde am 12. ⟦Juni⟧ in Berlin unterzeichnet.",
            source_lang="de",
        ),
        example(
            "fr",
            "La police a arrêté le suspect ⟦dimanche⟧ matin.",
            source="Die Polizei nahm den Verdächtigen am ⟦Sonnabend⟧ fest.",
            source_lang="de",
        ),
        example(
            "en",
            "The law was signed on 12 June in Berlin.",
            source="Das Gesetz wurde am 12.06. in Berlin unterzeichnet.",
            source_lang="de",
        ),
        example(
            "fr",
            "La police a arrêté le suspect samedi matin.",
            source="Die Polizei nahm den Verdächtigen am Sonnabend fest.",
            source_lang="de",
        ),
        example(
            "en",
            "The exhibition opens on Monday, 3 May.",
            source="展览将于5月3日星期一开幕。",
            source_lang="zh",
        ),
    ),
)
def date_mismatch(ctx: Context) -> Iterator[Draft]:
    """The original names another month or weekday.

    Why: the reader comes on the wrong day, and no one notices without the original.
    When it is wrong: weekdays go wrong under human hands about once in 20,000 words, more often than
    a machine's: evidence for a look, not for a verdict, but where the day taken is one that the word
    of the original looks like (Sonnabend, Sonntag).
    Norm: ISO 17100, 5.3.3 (revision against the source); names of months and days from CLDR.
    """
    from tqcheck.witnesses.moments import moments

    if ctx.bitext is None:
        return
    for shifts in ctx.bitext.once(moments):
        for kind, source, target in shifts:
            if kind not in _WORDS:
                continue
            said = ctx.bitext.source.text[source.start : source.end]
            written = ctx.text[target.start : target.end]
            # A slip of memory takes any day; a machine the one that it mistook the word for.
            mistaken = kind == "weekday" and begins_alike(said, target.value, ctx.bitext.source.language.tag)
            yield ctx.draft(
                target.start,
                target.end,
                f"The original has “{said}”; “{written}” is {_WORDS[kind]}.",
                at_most=Confidence.LOW if kind == "weekday" and not mistaken else Confidence.HIGH,
                source=Span(source.start, source.end),
            )
