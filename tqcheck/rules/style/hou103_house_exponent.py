"""HOU103 house-exponent."""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.model import Category, Confidence, Severity
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.text.exponents import flat, raised


@rule(
    "HOU103",
    "house-exponent",
    Category.UNIT,
    Severity.MINOR,
    needs=("house-exponents",),
    authority="user",
    examples=(
        example("en", "The park covers 300 ⟦km²⟧.", "The park covers 300 km2.", house='exponents = "km2"'),
        example("de", "Die Halle hat 80 ⟦m2⟧.", "Die Halle hat 80 m².", house='exponents = "km²"'),
        example("en", "The park covers 300 km2 and 12 m3.", house='exponents = "km2"'),
        example("ru", "Площадь парка — 300 км².", house='exponents = "km²"'),
        example("en", "The theorem says that a² + b² is c².", house='exponents = "km2"'),
    ),
)
def house_exponent(ctx: Context) -> Iterator[Draft]:
    """The exponent of a unit is not set as the house wants it: km² or km2.

    Why: `exponents` in the configuration says which.
    When it is wrong: where m2 is the name of a product and a number stands before it.
    Norm: the user's own configuration.
    """
    wanted = ctx.house.exponents
    for power in flat(ctx.text) if wanted == "km²" else raised(ctx.text):
        yield ctx.draft(
            power.start,
            power.end,
            f"Your house style writes “{power.other}”.",
            power.other,
            safe=True,
            at_most=Confidence.HIGH if power.sure else Confidence.MEDIUM,
        )
