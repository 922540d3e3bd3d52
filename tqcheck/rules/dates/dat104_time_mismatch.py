"""DAT104 time-mismatch."""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.model import Category, Severity, Span
from tqcheck.rules.base import Context, Draft, example, rule


@rule(
    "DAT104",
    "time-mismatch",
    Category.DATE,
    Severity.MAJOR,
    needs=("source", "pairs"),
    examples=(
        example(
            "en",
            "The alarm was raised at ⟦17:00⟧ and 47 minutes.",
            source="Сигнал поступил в ⟦17 часов 47 минут⟧.",
            source_lang="ru",
        ),
        example(
            "de",
            "Der Zug fährt um ⟦14:15⟧ Uhr ab.",
            source="Le train part à ⟦14h45⟧.",
            source_lang="fr",
        ),
        example(
            "en",
            "The alarm was raised at 5:47 p.m.",
            source="Сигнал поступил в 17 часов 47 минут.",
            source_lang="ru",
        ),
        example(
            "de",
            "Der Zug fährt um 14:45 Uhr ab, nicht um 14 Uhr.",
            source="Le train part à 14h45 et non à 14h.",
            source_lang="fr",
        ),
        example(
            "en",
            "The talks began at 9:30.",
            source="会谈于9时30分开始。",
            source_lang="zh",
        ),
    ),
)
def time_mismatch(ctx: Context) -> Iterator[Draft]:
    """A time of day has become another one.

    Why: the reader misses the train, or takes one event for two.
    When it is wrong: scores and ratios that look like times on one side only.
    Norm: ISO 8601 for the reading of times; 12-hour and 24-hour clocks are the same time.
    """
    from tqcheck.witnesses.moments import moments

    if ctx.bitext is None:
        return
    for shifts in ctx.bitext.once(moments):
        for kind, source, target in shifts:
            if kind != "time":
                continue
            said = ctx.bitext.source.text[source.start : source.end]
            written = ctx.text[target.start : target.end]
            yield ctx.draft(
                target.start,
                target.end,
                f"The original has “{said}” where this has “{written}”.",
                source=Span(source.start, source.end),
            )
