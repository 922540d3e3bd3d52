"""SPA105 split-clitic."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from tqcheck.languages import Language
from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule

_SPACE = "[ \u00a0\u202f]"
# A language that contracts auxiliaries (he’ll) writes no word that begins with them.
_CONTRACTED = frozenset({"re", "ve", "ll"})
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
    after_space, elided = _patterns(ctx.language)
    for pattern in (after_space, elided):
        for match in pattern.finditer(text) if pattern is not None else ():
            start, end = match.span("mark")
            if pattern is after_space and _opens_quotation(text, match):
                continue
            yield ctx.draft(
                start,
                end,
                f"“{match.group()}” is one word and takes no space.",
                match.group("mark").replace("\u00a0", "").replace("\u202f", "").replace(" ", ""),
                safe=True,
            )


@cache
def _cached(elisions: frozenset[str], clitics: frozenset[str], aphaeresis: frozenset[str]) -> tuple[re.Pattern[str] | None, ...]:
    contracts = clitics >= _CONTRACTED
    # Otherwise a clitic is a suffix that follows a name or a number (Ankara’da, Joyce’a).
    free = {"s", "d", "m", *_CONTRACTED} if contracts else clitics - aphaeresis
    alternatives = "|".join(sorted(map(re.escape, free), key=lambda c: (-len(c), c)))
    host = r"(?<=[^\W_])" if contracts else r"\b[^\W_a-zа-я][\w’'-]*"
    negation = "n['’]t|" if contracts else ""
    after = rf"{host}(?P<mark>{_SPACE}(?:{negation}['’](?:{alternatives})))(?![\w'’-])" if free else ""
    vowels = "".join(chr(c) for c in range(0x61, 0x250) if unicodedata.normalize("NFD", chr(c))[0] in _VOWELS)
    # Truncated words end in a vowel and keep their space (po’, fa’); elided ones lost it.
    lost = "|".join(sorted((re.escape(e) for e in elisions if e[-1] not in "aeio"), key=lambda e: (-len(e), e)))
    before = rf"(?<![\w'’‘])(?:{lost})(?P<mark>['’]{_SPACE})(?=[{vowels}\dœæ])" if lost else ""
    return (
        re.compile(after) if after else None,
        re.compile(before, re.IGNORECASE) if before else None,
    )


def _patterns(language: Language) -> tuple[re.Pattern[str] | None, ...]:
    quotes = language.quotes
    return _cached(quotes.elisions, quotes.clitics, quotes.aphaeresis)


_CLOSING = re.compile(r"(?<=[^\s'’])['’](?=[\s.,;:!?)]|$)")


def _opens_quotation(text: str, match: re.Match[str]) -> bool:
    """True where a single quotation mark later in the paragraph may close what opens here."""
    if "n" in match.group("mark")[:2]:
        return False
    end = text.find("\n", match.end())
    close = _CLOSING.search(text, match.end(), len(text) if end < 0 else end)
    # “the cats’ food” closes nothing; a mark without a second apostrophe behind it never does.
    return close is not None and not text[close.start() - 1] == "s"
