"""CAL101 calque."""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.languages.pairs import pair, wrongs
from tqcheck.model import Category, Confidence, Severity
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.witnesses.calques import distinct, expressions, find


@rule(
    "CAL101",
    "calque",
    Category.CALQUE,
    Severity.MINOR,
    needs=("spaced",),
    yields_to=("CAL102", "FFR101"),
    examples=(
        example("en", "The mayor spoke on Monday. “We will rebuild,” ⟦the elected official said⟧."),
        example("en", "The minister ⟦announced this Saturday⟧ that the road was open again."),
        example("en", "Every elected official must publish their income."),
        example("en", "The parade takes place this Saturday at noon."),
        example("fr", "La parade aura lieu ce samedi à midi."),
    ),
)
def calque(ctx: Context) -> Iterator[Draft]:
    """A phrase that is a literal rendering of a fixed expression of another language.

    Why: every word is right and no native would put it so; it tells the reader of a machine.
    When it is wrong: natives use some of these phrases too, so it is weak evidence, and stays
    hidden by default.
    Norm: usage; each entry of languages/pairs names the expression and what is written for it.
    """
    entries = wrongs(ctx.language.base)
    held = None
    if ctx.bitext is not None and ctx.bitext.matched:
        name = pair(ctx.bitext.source.language.tag, ctx.language.tag)
        # The original refutes what it does not say.
        held = {hit.value for hit in ctx.bitext.once(expressions)} if name else None
    for start, end, entry in distinct([h for h in find(ctx, entries) if held is None or h.value in held]):
        said = ctx.text[start:end]
        yield ctx.draft(
            start,
            end,
            f"“{said}” is a literal rendering of “{entry.source}”; natives write {entry.advice(said)}.",
            at_most=Confidence.LOW,
            pair=entry.pair,
            expression=entry.source,
        )
