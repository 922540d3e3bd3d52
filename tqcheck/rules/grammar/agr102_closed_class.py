"""AGR102 closed-class."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tqcheck.languages import load
from tqcheck.languages.record import GrammarPattern
from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.text.letter_first import letter_first

_OPEN, _CLOSE = frozenset('"“«‘„'), frozenset('"”»’“')


@cache
def _patterns(tag: str) -> tuple[tuple[re.Pattern[str], GrammarPattern], ...]:
    return tuple((re.compile(letter_first(entry.pattern)), entry) for entry in load(tag).grammar)


@rule(
    "AGR102",
    "closed-class",
    Category.AGREEMENT,
    Severity.MINOR,
    needs=("record",),
    # A hole that the original explains, and a sentence that is nothing but holes.
    yields_to=("ENT101", "WRD103", "MEA105"),
    examples=(
        example("de", "In Bonn hieß es gestern, man ⟦sind⟧ zufrieden.", "In Bonn hieß es gestern, man ist zufrieden."),
        example("es", "El abogado escribió ⟦a el⟧ ministro.", "El abogado escribió al ministro."),
        example("en", "The letter speaks of ⟦the of⟧ the harbour."),
        example("pt", "As chaves foram entregues ⟦ao⟧. Ninguém veio."),
        example("de", "Größer als wir ist niemand, und man ist stolz darauf."),
        example("es", "Concedió una entrevista a El País y se la dio a él mismo."),
        example("en", "He gave them what they had asked for."),
    ),
)
def closed_class(ctx: Context) -> Iterator[Draft]:
    """Two small words stand together that cannot: a person, a gender or a number does not agree, or the noun
    is missing that an article announced.

    Why: a system that translates word by word loses the agreement, or a word; a native never does.
    When it is wrong: quoted dialect or broken speech; the patterns keep to closed-class words and to endings
    that settle the gender of a noun.
    Norm: the grammar of each language; the patterns stand in its record with their examples.
    """
    for pattern, entry in _patterns(ctx.language.tag):
        for match in pattern.finditer(ctx.text):
            start, end = match.span(1)
            # A form between quotation marks is spoken of, not used: «qual’è».
            mentioned = (
                ctx.text[match.start() - 1 : match.start()] in _OPEN
                and ctx.text[match.end() : match.end() + 1] in _CLOSE
            )
            if start < end and not mentioned:
                yield ctx.draft(start, end, entry.message, entry.fix or None)
