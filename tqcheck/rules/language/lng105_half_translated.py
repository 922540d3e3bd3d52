"""LNG105 half-translated."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tqcheck.languages.foreign import has_large_list
from tqcheck.languages.frequency import frequencies
from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule

# The second half of English verbs that no other language writes by itself.
_HALVES = re.compile(r"(?<![\w-])([^\W\d_]{4,24})-(?:out|off|up|down|away)(?![\w-])")
# What the language writes so often, and so much oftener than English does, is its own.
_OWN, _GAP = 2.4, 1.0


@rule(
    "LNG105",
    "half-translated",
    Category.UNTRANSLATED,
    Severity.CRITICAL,
    needs=("cased", "spaced", "frequencies"),
    yields_to=("LNG102",),
    examples=(
        example("pt", "Antes da visita, ⟦assinar-up⟧ no balcão da escola."),
        example("es", "Para terminar, ⟦apagar-off⟧ el equipo y llame al técnico."),
        example("fr", "Après le burn-out, un coming-out et trois push-up, il a choisi un pop-up."),
        example("de", "Beim Kick-off und beim Warm-up lief alles nach Plan."),
        example("it", "Il make-up, il check-out e il pick-up sono pronti."),
    ),
)
def half_translated(ctx: Context) -> Iterator[Draft]:
    """A verb of the language has the second half of an English one: “sign up” became “assinar-up”.

    Why: the English word was cut in two and one half was left over; nobody can say what it means.
    When it is wrong: a coinage of a brand. Whole English loans (check-out, burn-out) are left alone.
    Norm: usage; both halves are judged by how often the language and English write the first.
    """
    if ctx.language.base == "en" or "-" not in ctx.text or not has_large_list(ctx.language.base):
        return
    own, english = ctx.frequencies, frequencies("en", common=True)
    for match in _HALVES.finditer(ctx.text):
        first = match[1].lower()
        here = own.zipf(first)
        if here >= _OWN and here >= english.zipf(first) + _GAP:
            yield ctx.draft(*match.span(), f"“{match.group()}” is half English: translate it as a whole.")
