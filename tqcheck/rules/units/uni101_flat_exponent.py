"""UNI101 flat-exponent."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tqcheck.model import Category, Confidence, Severity
from tqcheck.rules.base import Context, Draft, example, rule

# Units of length in Latin, Cyrillic and Arabic letters; the long ones are nothing else.
_LETTERS = "A-Za-z\u00c0-\u024f\u0400-\u04ff\u0600-\u06ff"
_FLAT = re.compile(
    rf"(?<![{_LETTERS}_])(?:(?P<long>km|cm|mm|dm|км|см|мм|дм|كم|سم|ملم)|(?P<short>m|м|م|ft|yd|mi))"
    rf"(?P<caret>\^?)(?P<power>[23])(?![\w.,]?\d|[{_LETTERS}_-])"
)
_MEASURED = re.compile(r"[\d½¼¾]\s?$|/$|\b(?:per|pro|par|por|al|na|za|на|за)\s$")
_RAISED = {"2": "²", "3": "³"}


@rule(
    "UNI101",
    "flat-exponent",
    Category.UNIT,
    Severity.MINOR,
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
    text = ctx.text
    for match in _FLAT.finditer(text):
        start, end = match.span()
        if match["short"] and not _MEASURED.search(text, max(0, start - 6), start):
            continue
        unit = match["long"] or match["short"]
        fixed = unit + _RAISED[match["power"]]
        sure = match["long"] is not None or unit in "mм"
        yield ctx.draft(
            start,
            end,
            f"“{match.group()}” should be “{fixed}”.",
            fixed,
            safe=True,
            at_most=Confidence.HIGH if sure else Confidence.MEDIUM,
        )
