"""MTM103 translation-disclaimer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tqcheck.languages import load
from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.text.labels import alternatives


@cache
def _disclaimers(tag: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives(load(tag).mt.disclaimers)})(?!\w)", re.IGNORECASE)


@rule(
    "MTM103",
    "translation-disclaimer",
    Category.MT_MARKER,
    Severity.MINOR,
    needs=("record",),
    examples=(
        example("en", "⟦This article was automatically translated⟧ from Spanish."),
        example("fr", "⟦Cet article a été traduit automatiquement⟧."),
        example("en", "Machine-translated articles are automatically translated texts, she writes."),
        example("en", "The door opens automatically."),
        example("fr", "Elle a traduit le livre en trois mois."),
    ),
)
def translation_disclaimer(ctx: Context) -> Iterator[Draft]:
    """The text says of itself that a machine translated it.

    Why: an editor who publishes it as reporting should know, and decide where the notice belongs.
    When it is wrong: articles about machine translation.
    Norm: none needed; the phrases are in the language record.
    """
    # Plain searches are ten times as quick as the pattern, and nearly every article holds none.
    lowered = ctx.text.lower().replace("\u00a0", " ")
    if not any(phrase.lower() in lowered for phrase in ctx.language.mt.disclaimers):
        return
    for match in _disclaimers(ctx.language.tag).finditer(ctx.text):
        yield ctx.draft(*match.span(), f"“{match.group()}”: the text declares itself a machine translation.")
