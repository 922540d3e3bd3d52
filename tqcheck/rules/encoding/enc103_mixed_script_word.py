"""ENC103 mixed-script-word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule

# Letters of other scripts that look like Latin ones (Unicode confusables, UTS 39), and back.
_CYRILLIC = "АВЕЅІЈКМНОРСТХУаеіјорсухѕ"
_LATIN_OF_CYRILLIC = "ABESIJKMHOPCTXYaeijopcyxs"
_GREEK = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο"
_LATIN_OF_GREEK = "ABEZHIKMNOPTYXo"
_TO_LATIN = str.maketrans(_CYRILLIC + _GREEK, _LATIN_OF_CYRILLIC + _LATIN_OF_GREEK)
_TO_CYRILLIC = str.maketrans(_LATIN_OF_CYRILLIC, _CYRILLIC)
_LATIN = r"A-Za-z\u00c0-\u024f"
_OTHER = r"\u0370-\u03ff\u0400-\u04ff"
_MIXED = re.compile(
    rf"(?<![{_LATIN}{_OTHER}])(?:[{_LATIN}]+[{_OTHER}][{_LATIN}{_OTHER}]*|[{_OTHER}]+[{_LATIN}][{_LATIN}{_OTHER}]*)"
)
_HAS_LATIN = re.compile(f"[{_LATIN}]")
_HAS_OTHER = re.compile(f"[{_OTHER}]")


@rule(
    "ENC103",
    "mixed-script-word",
    Category.ENCODING,
    Severity.MAJOR,
    examples=(
        example("en", "Talks in ⟦Mоscow⟧ failed.", "Talks in Moscow failed."),
        example("ru", "Встреча в ⟦Mоскве⟧ сорвалась.", "Встреча в Москве сорвалась."),
        example("ru", "Новый iPhone и IT-компания."),
        example("en", "The π-meson and 5 µm layers."),
        example("uk", "Закон про ІТ-галузь ухвалено."),
    ),
)
def mixed_script_word(ctx: Context) -> Iterator[Draft]:
    """A word holds look-alike letters of another script (a Cyrillic о in Moscow).

    Why: search and spell checkers miss the word; it is also how texts are disguised.
    When it is wrong: words that join two scripts on purpose; those are reported only where every
    letter of one script is the twin of a letter of the other.
    Norm: Unicode Technical Standard 39 (confusables).
    """
    if ctx.text.isascii() or not (_HAS_OTHER.search(ctx.text) and _HAS_LATIN.search(ctx.text)):
        return
    for match in _MIXED.finditer(ctx.text):
        word = match.group()
        if not (_HAS_LATIN.search(word) and _HAS_OTHER.search(word)) or len(word) < 3:
            continue
        for table, foreign in ((_TO_LATIN, _HAS_OTHER), (_TO_CYRILLIC, _HAS_LATIN)):
            repaired = word.translate(table)
            if not foreign.search(repaired):
                yield ctx.draft(
                    *match.span(), f"“{word}” mixes letters of two scripts that look alike.", repaired, safe=True
                )
                break
