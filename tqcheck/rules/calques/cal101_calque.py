"""CAL101 calque."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from tqcheck.languages.pairs import Calque, Pattern, by_first_word
from tqcheck.model import Category, Confidence, Severity
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.text.words import Word

# A gap holds at most this many words.
_GAP = 6


@rule(
    "CAL101",
    "calque",
    Category.CALQUE,
    Severity.MINOR,
    needs=("spaced",),
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
    index = by_first_word(ctx.language.base)
    if not index:
        return
    text, words, lowered = ctx.text, ctx.words, ctx.lowered
    if "’" in text:
        lowered = [word.replace("’", "'") for word in lowered]
    found: list[tuple[int, int, Calque]] = []
    for n, (first, second) in enumerate(zip_longest(lowered, lowered[1:], fillvalue="")):
        starts = index.get(first)
        for entry, rest in starts.before(second) if starts else ():
            start = words[n].start
            if entry.before and not text.endswith(entry.before, 0, start):
                continue
            last = _match(text, words, lowered, n, rest)
            if last is not None:
                found.append((start, words[last].end, entry))
    end = 0
    # Of several that overlap, the first and longest says most.
    for start, stop, entry in sorted(found, key=lambda f: (f[0], -f[1])):
        if start < end:
            continue
        end = stop
        yield ctx.draft(
            start,
            stop,
            f"“{text[start:stop]}” is a literal rendering of “{entry.source}”; natives write {_choice(entry.right)}.",
            at_most=Confidence.LOW,
            pair=entry.pair,
            expression=entry.source,
        )


def _choice(right: tuple[str, ...]) -> str:
    return " or ".join(f"“{phrase}”" for phrase in right)


def _match(text: str, words: list[Word], lowered: list[str], at: int, rest: Pattern) -> int | None:
    """Return the last word of a phrase whose first is word `at`, None where it goes on otherwise."""
    for n, place in enumerate(rest):
        if place is not None and not place:
            return _gap(text, words, lowered, at, rest[n + 1 :])
        if not _joined(text, words, at):
            return None
        at += 1
        if place is not None and lowered[at] not in place:
            return None
    return at


def _gap(text: str, words: list[Word], lowered: list[str], at: int, rest: Pattern) -> int | None:
    for _ in range(_GAP):
        if not _joined(text, words, at):
            return None
        at += 1
        last = _match(text, words, lowered, at, rest)
        if last is not None:
            return last
    return None


def _joined(text: str, words: list[Word], at: int) -> bool:
    """True where only a space or a hyphen parts word `at` from the next one."""
    return at + 1 < len(words) and text[words[at].end : words[at + 1].start] in {" ", "\u00a0", "-"}
