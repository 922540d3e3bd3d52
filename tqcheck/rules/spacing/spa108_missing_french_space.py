"""SPA108 missing-french-space."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tqcheck.model import Category, Confidence, Severity
from tqcheck.rules.base import Context, Draft, example, rule

# So many spaced marks, and so much more of them than unspaced ones, make a habit.
_HABIT = 4
_LONGEST_TITLE = 200


@rule(
    "SPA108",
    "missing-french-space",
    Category.SPACING,
    Severity.MINOR,
    needs=("record",),
    examples=(
        example(
            "fr",
            "Pourquoi\u00a0? Comment\u00a0? Qui\u00a0? Quand\u00a0? Il a répondu⟦:⟧ jamais.",
            "Pourquoi\u00a0? Comment\u00a0? Qui\u00a0? Quand\u00a0? Il a répondu\u00a0: jamais.",
        ),
        example(
            "fr",
            "Quoi\u202f? Non\u202f! Si\u202f! Bon\u202f; on verra demain⟦!⟧",
            "Quoi\u202f? Non\u202f! Si\u202f! Bon\u202f; on verra demain\u202f!",
        ),
        example("fr", "Pourquoi? Comment? Il a répondu: jamais."),
        example("fr", "Quoi\u00a0? Non\u00a0! Bon\u00a0! Si\u00a0? Rendez-vous à 12:30, score 2:1, (?)."),
        example("en", "Why? How? He said: never!"),
    ),
)
def missing_french_space(ctx: Context) -> Iterator[Draft]:
    """No space stands before a mark although the norm and the rest of the article have one.

    Why: a mixture shows that part of the text came from elsewhere.
    When it is wrong: typography without these spaces is common and accepted; the rule is silent
    in an article that has none, and unsure in one that has few, or inside guillemets, which
    may hold a foreign title.
    Norm: space_before of the language record (in French the no-break space).
    """
    marks = ctx.language.spacing.space_before
    if not marks:
        return
    spaced, bare = _patterns(marks)
    text = ctx.text
    lawful = [match.group() for match in spaced.finditer(text)]
    if not lawful:
        return
    missing = list(bare.finditer(text))
    habit = len(lawful) >= _HABIT * max(1, len(missing))
    space = max(sorted({found[0] for found in lawful}), key=[found[0] for found in lawful].count)
    for match in missing:
        yield ctx.draft(
            match.start(),
            match.end(),
            f"A space is missing before “{match.group()}”; elsewhere this article has one.",
            f"{space}{match.group()}",
            safe=True,
            at_most=Confidence.HIGH if habit and not _quoted(text, match.start()) else Confidence.LOW,
        )


def _quoted(text: str, at: int) -> bool:
    """True inside guillemets, where a foreign title may keep its own typography."""
    near = max(0, at - _LONGEST_TITLE)
    return text.rfind("«", near, at) > text.rfind("»", near, at)


@cache
def _patterns(marks: frozenset[str]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    any_mark = "[" + "".join(map(re.escape, sorted(marks))) + "]"
    spaced = re.compile(rf"[ \u00a0\u202f]{any_mark}(?=\s|$|[\"”’»).,])")
    bare = re.compile(rf"(?<=[\w)\]%]){any_mark}(?=\s|$|[\"”»).,])")
    return spaced, bare
