"""CAL101 calque."""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.languages.pairs import Calque, by_first_word
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
        example("en", "The mayor spoke on Monday. “We will rebuild,” ⟦the elected official⟧ said."),
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
    hidden by default unless the original holds the expression.
    Norm: usage; each entry of languages/pairs names the expression and what is written for it.
    """
    index = by_first_word(ctx.language.base)
    if not index:
        return
    words = ctx.words
    found: list[tuple[int, int, Calque]] = []
    for n, word in enumerate(words):
        for entry in index.get(word.text.lower().replace("’", "'"), ()):
            last = _match(ctx.text, words, n, entry)
            if last is not None:
                found.append((word.start, words[last].end, entry))
    source = (ctx.article.source or "").lower()
    end = 0
    # Of two that overlap, the one that begins first and is longer says more.
    for start, stop, entry in sorted(found, key=lambda f: (f[0], -f[1])):
        if start < end:
            continue
        end = stop
        confirmed = bool(source) and entry.source.lower() in source
        yield ctx.draft(
            start,
            stop,
            f"“{ctx.text[start:stop]}” is a literal rendering of “{entry.source}”; natives write {_choice(entry.right)}.",
            at_most=Confidence.MEDIUM if confirmed else Confidence.LOW,
            pair=entry.pair,
            source=entry.source,
        )


def _choice(right: tuple[str, ...]) -> str:
    return " or ".join(f"“{phrase}”" for phrase in right)


def _match(text: str, words: list[Word], first: int, entry: Calque) -> int | None:
    """Return the last word of the phrase that begins at word `first`, None where it is another."""
    start = words[first].start
    if entry.before and not text[:start].endswith(entry.before):
        return None
    return _rest(text, words, first, entry.pattern[1:])


def _rest(text: str, words: list[Word], at: int, pattern: tuple[frozenset[str] | None, ...]) -> int | None:
    for n, place in enumerate(pattern):
        if place is not None and not place:
            reach = at
            for _ in range(_GAP):
                if not _joined(text, words, reach):
                    return None
                reach += 1
                last = _rest(text, words, reach, pattern[n + 1 :])
                if last is not None:
                    return last
            return None
        if not _joined(text, words, at):
            return None
        at += 1
        if place is not None and words[at].text.lower().replace("’", "'") not in place:
            return None
    return at


def _joined(text: str, words: list[Word], at: int) -> bool:
    """True where only a space or a hyphen parts word `at` from the next one."""
    return at + 1 < len(words) and text[words[at].end : words[at + 1].start] in {" ", "\u00a0", "-"}
