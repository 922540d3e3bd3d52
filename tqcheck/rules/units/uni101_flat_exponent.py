"""UNI101 flat-exponent."""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.model import Category, Confidence, Severity
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.text.exponents import flat


@rule(
    "UNI101",
    "flat-exponent",
    Category.UNIT,
    Severity.MINOR,
    yields_to=("HOU103",),
    examples=(
        example("en", "The army holds several hundred ⟦km2⟧ of land.", "The army holds several hundred km² of land."),
        example("fr", "L’incendie a détruit 12 ⟦km2⟧ de forêt.", "L’incendie a détruit 12 km² de forêt."),
        example(
            "de", "Die Wohnung hat 80 ⟦m2⟧ und kostet 12 Euro/⟦m2⟧.", "Die Wohnung hat 80 m² und kostet 12 Euro/m²."
        ),
        example("ru", "Площадь парка — 300 ⟦км2⟧.", "Площадь парка — 300 км²."),
        example("en", "The park covers 300 km² and 12 m³."),
        example("en", "Take the M2 and M3, or buy an M2 chip; the m2 variable is free."),
        example("ru", "Площадь парка — 300 кв. км, объём — 5 м³."),
    ),
)
def flat_exponent(ctx: Context) -> Iterator[Draft]:
    """The exponent of a unit stands on the line: km2.

    Why: raised figures get lost when markup is stripped; km2 reads as a label.
    When it is wrong: m2 and the like may be a name, so they need a number or a slash in front.
    Norm: ISO 80000-1 and the SI brochure (BIPM, 9th ed., 5.4): the exponent is raised.
    """
    if ctx.house.exponents == "km2":
        return
    for power in flat(ctx.text):
        yield ctx.draft(
            power.start,
            power.end,
            f"“{ctx.text[power.start : power.end]}” should be “{power.other}”.",
            power.other,
            safe=True,
            at_most=Confidence.HIGH if power.sure else Confidence.MEDIUM,
        )
