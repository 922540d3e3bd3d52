"""DAT105 counted-day."""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.model import Category, Severity, Span
from tqcheck.rules.base import Context, Draft, example, rule


@rule(
    "DAT105",
    "counted-day",
    Category.DATE,
    Severity.CRITICAL,
    needs=("source", "pairs"),
    examples=(
        example(
            "en",
            "The exhibition opened on ⟦18 days⟧ in the old town hall.",
            source="展覧会が⟦18日⟧、旧市庁舎で開幕した。",
            source_lang="ja",
        ),
        example(
            "de",
            "Der Minister traf am ⟦12 Tage⟧ in Lissabon ein.",
            source="部长于⟦12日⟧抵达里斯本。",
            source_lang="zh",
        ),
        example(
            "en",
            "The wrestler won ⟦the 6th⟧.",
            source="力士は⟦６勝目⟧を挙げた。",
            source_lang="ja",
        ),
        example(
            "en",
            "The strike went on for 18 days.",
            source="ストライキは18日間続いた。",
            source_lang="ja",
        ),
        example(
            "en",
            "The exhibition opened on the 18th in the old town hall.",
            source="展覧会が18日、旧市庁舎で開幕した。",
            source_lang="ja",
        ),
        example(
            "fr",
            "Les travaux durent 20 jours et commencent le 20.",
            source="工期20天，20日开工。",
            source_lang="zh",
        ),
        example(
            "en",
            "The wrestler took his 6th win and rests on the 6th.",
            source="力士は６勝目を挙げ、６日に休む。",
            source_lang="ja",
        ),
    ),
)
def counted_day(ctx: Context) -> Iterator[Draft]:
    """A day of the month has become a number of days, or a count has become a day.

    Why: Japanese and Chinese write the date with the word for a day; the reader is told how long instead of when.
    When it is wrong: 3日 may be three days as well; only figures whose surroundings say date are looked at, and
    the same number of days anywhere in the sentence of the original is reason for silence.
    Norm: 公用文作成の考え方 (2022); GB/T 15835-2011; durations are 日間 and 天.
    """
    from tqcheck.witnesses.counted_days import counted_days

    if ctx.bitext is None:
        return
    for kind, source, target in ctx.bitext.once(counted_days):
        said, written = ctx.bitext.source.text[source.start : source.end], ctx.text[target.start : target.end]
        if kind == "duration":
            message = f"“{said}” is a day of the month, not a duration: “{written}”."
        else:
            message = f"“{written}” reads as a day of the month; the original counts: “{said}”."
        yield ctx.draft(*target, message, source=Span(source.start, source.end), kind=kind)
