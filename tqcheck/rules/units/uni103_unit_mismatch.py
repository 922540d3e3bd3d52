"""UNI103 unit-mismatch."""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.model import Category, Severity, Span
from tqcheck.rules.base import Context, Draft, example, rule


@rule(
    "UNI103",
    "unit-mismatch",
    Category.UNIT,
    Severity.CRITICAL,
    needs=("source", "pairs"),
    examples=(
        example(
            "en",
            "The motorcyclist was stopped at ⟦146 mph⟧ near the tunnel.",
            source="Der Motorradfahrer wurde mit ⟦146 km/h⟧ vor dem Tunnel gestoppt.",
            source_lang="de",
        ),
        example(
            "es",
            "El incendio avanzó ⟦12 kilómetros⟧ durante la noche.",
            source="The fire moved ⟦12 miles⟧ during the night.",
            source_lang="en",
        ),
        example(
            "en",
            "The motorcyclist was stopped at 91 mph near the tunnel.",
            source="Der Motorradfahrer wurde mit 146 km/h vor dem Tunnel gestoppt.",
            source_lang="de",
        ),
        example(
            "es",
            "El incendio avanzó 19 kilómetros durante la noche.",
            source="The fire moved 12 miles during the night.",
            source_lang="en",
        ),
        example(
            "fr",
            "Il a couru 5 miles, soit 8 km, par 30 °C.",
            source="He ran 5 miles in 86 °F heat.",
            source_lang="en",
        ),
    ),
)
def unit_mismatch(ctx: Context) -> Iterator[Draft]:
    """The number of the original stands beside another unit of the same kind.

    Why: 146 mph is not 146 km/h; a unit that changes without its number changes the fact.
    When it is wrong: units that one language names by the other's word (a ton, a pound).
    Norm: the SI brochure (BIPM, 9th ed.) and NIST SP 811 for conversions; a conversion may be
    rounded.
    """
    from tqcheck.witnesses.numbers import numbers, other_unit

    if ctx.bitext is None:
        return
    for account in ctx.bitext.once(numbers):
        for change in account.matched:
            if not other_unit(change):
                continue
            (start, end), source = change.target.outer, Span(*change.source.outer)
            said = ctx.bitext.source.text[source.start : source.end]
            yield ctx.draft(
                start,
                end,
                f"“{ctx.text[start:end]}” has the number of “{said}” with another unit; convert it or keep the unit.",
                source=source,
            )
