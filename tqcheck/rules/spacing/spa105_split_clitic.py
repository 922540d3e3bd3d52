"""SPA105 split-clitic."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule

_SPACE = "[ \u00a0\u202f]"
# A language that contracts auxiliaries (he’ll) writes no word that begins with them.
_CONTRACTED = frozenset({"re", "ve", "ll"})
_WORD_BEFORE = re.compile(r"[^\W_]+$")
_VOWELS = frozenset("aeiouyh")


@rule(
    "SPA105",
    "split-clitic",
    Category.SPACING,
    Severity.MINOR,
    needs=("record",),
    examples=(
        example("en", "China⟦ 's⟧ door is open.", "China's door is open."),
        example("en", "We do⟦ n't⟧ know if they⟦ ’ll⟧ come.", "We don't know if they’ll come."),
        example("fr", "Le porte-parole de l⟦’ ⟧armée dément.", "Le porte-parole de l’armée dément."),
        example("it", "La sede dell⟦' ⟧azienda è chiusa.", "La sede dell'azienda è chiusa."),
        example("tr", "Toplantı Ankara⟦ 'da⟧ yapıldı.", "Toplantı Ankara'da yapıldı."),
        example("en", "The kids' dog learnt 's' and 'd' with rock 'n' roll; she said 'so be it' to them."),
        example("it", "Dammi un po’ di tempo e fa’ attenzione, l’amico è qui."),
        example("nl", "Zij werkt 's avonds en 's nachts in 's-Hertogenbosch."),
        example("fr", "L’homme, aujourd’hui, n’a rien dit à l’« ami »."),
    ),
)
def split_clitic(ctx: Context) -> Iterator[Draft]:
    """A clitic is parted from its word: China 's, do n't, l’ homme.

    Why: it is the tokenizer of a translation system showing through.
    When it is wrong: quotations that begin with such a letter, and words that lawfully begin
    with an apostrophe (’s avonds) or end with one (un po’ di): the record tells them apart.
    Norm: elisions, clitics and aphaeresis of the language record.
    """
    text = ctx.text
    if "'" not in text and "’" not in text:
        return
    quotes = ctx.language.quotes
    contracts = quotes.clitics >= _CONTRACTED
    detached, elided = _patterns(quotes.elisions, quotes.clitics, quotes.aphaeresis)
    found = [m for m in elided.finditer(text) if _elided(text, m.start(), quotes.elisions)] if elided else []
    if detached is not None:
        free = (m for m in detached.finditer(text) if _hosts(text, m.start(), contracts))
        found.extend(match for match in free if not _opens_quotation(text, match))
    for match in found:
        mark = match.group()
        message = f"“{mark.strip()}” belongs to the word beside it, without a space."
        yield ctx.draft(match.start(), match.end(), message, re.sub(_SPACE, "", mark), safe=True)


@cache
def _patterns(
    elisions: frozenset[str], clitics: frozenset[str], aphaeresis: frozenset[str]
) -> tuple[re.Pattern[str] | None, ...]:
    contracts = clitics >= _CONTRACTED
    # Otherwise a clitic is a suffix that follows a name or a number (Ankara’da, Joyce’a).
    free = {"s", "d", "m", *_CONTRACTED} if contracts else clitics - aphaeresis
    alternatives = "|".join(sorted(map(re.escape, free), key=lambda c: (-len(c), c)))
    negation = "n['’]t|" if contracts else ""
    after = rf"{_SPACE}(?:{negation}['’](?:{alternatives}))(?![\w'’-])" if free else ""
    vowels = "".join(chr(c) for c in range(0x61, 0x250) if unicodedata.normalize("NFD", chr(c))[0] in _VOWELS)
    before = rf"['’]{_SPACE}(?=[{vowels}\dœæ])" if elisions else ""
    return (
        re.compile(after) if after else None,
        re.compile(before, re.IGNORECASE) if before else None,
    )


def _elided(text: str, at: int, elisions: frozenset[str]) -> bool:
    """True where an elision stands before `at`, and no quoted letter (‘l’)."""
    word = _WORD_BEFORE.search(text, max(0, at - 20), at)
    if word is None or text[word.start() - 1 : word.start()] in ("'", "’", "‘"):
        return False
    # Truncated words end in a vowel and keep their space (po’, fa’); elided ones lost it.
    return word.group()[-1] not in "aeio" and word.group().lower() in elisions


def _hosts(text: str, at: int, contracts: bool) -> bool:
    """True where a word before `at` may bear a clitic: any, or else a name or a number."""
    word = _WORD_BEFORE.search(text, max(0, at - 40), at)
    return word is not None and (contracts or not word.group()[0].islower())


_LONGEST = 400
_CLOSING = re.compile(r"(?<=[^\s'’])['’](?=[\s.,;:!?)]|$)")


def _opens_quotation(text: str, match: re.Match[str]) -> bool:
    """True where a single quotation mark later in the paragraph may close what opens here."""
    if "n" in match.group()[:2]:
        return False
    reach = match.end() + _LONGEST
    end = text.find("\n", match.end(), reach)
    close = _CLOSING.search(text, match.end(), min(reach, len(text)) if end < 0 else end)
    # “the cats’ food” closes nothing; a mark without a second apostrophe behind it never does.
    return close is not None and text[close.start() - 1] != "s"
