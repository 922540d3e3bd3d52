"""SUP101 idle-suppression."""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule


@rule(
    "SUP101",
    "idle-suppression",
    Category.OTHER,
    Severity.MINOR,
    examples=(
        example(
            "en",
            "⟦<!-- tqcheck: ignore[lower-case-name] a brand -->⟧\n\nThe port opened on Monday.",
            reader="markdown",
        ),
        example("de", "Der Hafen ist offen. ⟦<!-- tqcheck: ignore -->⟧", reader="markdown"),
        example(
            "fr", "<p>Le port est ouvert.</p>⟦<!-- tqcheck: enable[QUO101] -->⟧<p>Il ferme lundi.</p>", reader="html"
        ),
        example(
            "en",
            "<!-- tqcheck: ignore[REP101] as the minister said it -->\n“It was was a long night,” he said.",
            reader="markdown",
        ),
        example(
            "en",
            "<!-- tqcheck: disable[REP101] -->\n\nNo no no.\n\nHe had the the last word.\n\n<!-- tqcheck: enable -->",
            reader="markdown",
        ),
        example("es", "<p>El puerto abrió.</p><!-- an ordinary comment -->", reader="html"),
        example("en", "Write `<!-- tqcheck: ignore[x] -->` in front of it.", reader="markdown"),
    ),
    authority="user",
    last=True,
)
def idle_suppression(ctx: Context) -> Iterator[Draft]:
    """A comment, an entry of the front matter or of the file beside the article asks to hide findings where there are none.

    Why: a suppression that outlives its fault hides the next one at the same place, and one with a misspelt
    rule does nothing while its author thinks that it does.
    When it is wrong: never by what it says; of a suppression whose rules did not all run (no original, no encoder, a
    selection of rules), nothing is said.
    Norm: none needed.
    """
    for idle in ctx.idle:
        if idle.start < idle.end:
            yield Draft(idle.start, idle.end, idle.message, raw=True)
