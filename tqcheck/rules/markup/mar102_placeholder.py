"""MAR102 placeholder."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule

# Each begins with a sign of its own, so that the search jumps from one to the next.
_PLACEHOLDER = re.compile(
    r"""
      X(?<![A-Za-z0-9_].)X?NUM(?:X|\d+X?|ERIC)[A-Z0-9]{0,12}            # XNUMX: a number that was never put back
    | \{(?<![A-Za-z0-9_$].)\d{1,2}\}(?![A-Za-z0-9_])
    | \{\{\s?[A-Za-z_][\w. -]{0,40}\s?\}\}
    | \{(?<![A-Za-z0-9_{$].)[a-z_][a-z_]{2,30}\}
    | %(?<![A-Za-z0-9_%].)\d?\$?[sdif@](?![A-Za-z0-9_%\u00c0-\u04ff])
    | _(?<![A-Za-z0-9_].)_[A-Za-z]{1,12}_?\d{0,4}_{2}(?![A-Za-z0-9_])
    | @@?[A-Z]{2,12}_?\d{0,3}@@?
    | \[(?:NAME|DATE|NUMBER|URL|LINK|PLACEHOLDER|INSERT[^\]\n]{0,40}|YOUR[ ][^\]\n]{0,40}|XXX?)\]
    | </?\d{1,3}/?>
    | \$\{[A-Za-z_][\w.]{0,40}\}
    | l(?<!\w.)orem\ ipsum\b
    """,
    re.VERBOSE,
)


@rule(
    "MAR102",
    "placeholder",
    Category.MARKUP,
    Severity.CRITICAL,
    reads_protected=True,
    examples=(
        example("en", "The village has ⟦XNUMX⟧ inhabitants."),
        example("fr", "Le village compte ⟦{0}⟧ habitants."),
        example("es", "El pueblo tiene ⟦__NUM1__⟧ habitantes."),
        example("ja", "⟦{0}⟧は⟦__NUM1__⟧人と会談した。"),
        example("en", "Sales rose 5% since May, 100% of the target."),
        example("en", "The set {1, 2, 3} and the pair {a, b}."),
        example("de", "Das Stück „[NAMENLOS]“ läuft im Theater."),
    ),
)
def placeholder(ctx: Context) -> Iterator[Draft]:
    """A placeholder that the translation system put in for a number, a name or a tag.

    Why: the fact it stands for is lost; published, it is the first thing a reader sees.
    When it is wrong: articles about programming; put the code into code marks.
    Norm: none needed.
    """
    if not any(sign in ctx.text for sign in ("NUM", "{", "%", "__", "@", "[", "</", "lorem", "<")):
        return
    for match in _PLACEHOLDER.finditer(ctx.text):
        yield ctx.draft(*match.span(), f"“{match.group()}” is a placeholder: what it stood for is missing.")
