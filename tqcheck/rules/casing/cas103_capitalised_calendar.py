"""CAS103 capitalised-calendar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tqcheck.languages import load
from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.text.labels import alternatives


@cache
def _dates(tag: str) -> re.Pattern[str] | None:
    """A capitalised month between a day and a year, or a capitalised weekday before a day."""
    calendar = load(tag).calendar

    def forms(groups: tuple[tuple[str, ...], ...]) -> str:
        words = {f for group in groups for f in group if len(f) > 2 and f[0].islower()}
        return alternatives(f[0].upper() + f[1:] for f in words)

    parts = []
    if not calendar.months_capital:
        parts.append(rf"(?<=\d )(?:de )?(?P<m>{forms(calendar.months)})(?=,? (?:de[l]? )?\d{{4}}\b)")
    if not calendar.days_capital:
        parts.append(rf"(?<=[a-zà-öø-ÿа-яёіїєąćęłńóśźż] )(?P<d>{forms(calendar.days)})(?=,? \d{{1,2}}\b)")
    return re.compile("|".join(parts)) if parts else None


@rule(
    "CAS103",
    "capitalised-calendar",
    Category.CASING,
    Severity.MINOR,
    needs=("record", "cased", "calendar"),
    examples=(
        example("fr", "Il est né le 12 ⟦Janvier⟧ 1980 à Lyon.", "Il est né le 12 janvier 1980 à Lyon."),
        example("es", "La reunión será el ⟦Lunes⟧ 4 de marzo.", "La reunión será el lunes 4 de marzo."),
        example("fr", "La sonde a quitté Mars. Le film sort vendredi 4 mai."),
        example("en", "He was born on 12 January 1980, a Saturday."),
        example("es", "Lunes 4 de marzo de 2024. Plácido Domingo cantó."),
    ),
)
def capitalised_calendar(ctx: Context) -> Iterator[Draft]:
    """A month or weekday has a capital in a language that writes it small.

    Why: the capital is that of an English or German original.
    When it is wrong: holidays and names (le 14 Juillet, Domingo); only full dates are judged.
    Norm: CLDR context transforms; Imprimerie nationale (fr), RAE Ortografía 4.2 (es), and so on.
    """
    pattern = _dates(ctx.language.tag)
    if pattern is None:
        return
    for match in pattern.finditer(ctx.text):
        # After a capitalised word this may be the start of a sentence whose headline lost its stop.
        if not ctx.text[: match.start()].rpartition(" ")[0].rpartition(" ")[2][:1].islower() and match.lastgroup == "d":
            continue
        group = match.lastgroup or "m"
        word = match.group(group)
        message = f"“{word}” is written with a small letter in {ctx.language.name}."
        yield ctx.draft(*match.span(group), message, word[0].lower() + word[1:], safe=True)
