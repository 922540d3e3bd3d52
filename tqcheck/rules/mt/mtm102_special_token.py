"""MTM102 special-token."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule

# Each pattern is tried only where its needle occurs.
_TOKENS = tuple(
    (needle, re.compile(pattern))
    for needle, pattern in (
        ("<", r"<(?:/?(?:unk|s|pad|bos|eos|mask|sep|cls|2[a-z]{2}|extra_id_\d+|lang:\w+)|\|[a-z_]{3,24}\|)>"),
        ("[", r"\[(?:UNK|SEP|CLS|PAD|MASK|BOS|EOS|INST|/INST)\]"),
        ("⁇", r"⁇+"),
        ("UNK", r"(?<![\w\[])UNK(?=\s[a-z])"),
        ("▁", r"\w*▁\w*"),
        ("@@", r"\b\w{1,40}@@(?=\s|$)(?:\s\w+)?"),
        ("##", r"(?<!\S)##[a-z]+\b"),
        ("@-@", r"@-@"),
        ("_", r"\b(?:eng|deu|fra|spa|rus|ukr|zho|jpn|arb|por|ita|pol|tur|nld)_(?:Latn|Cyrl|Arab|Hans|Hant|Jpan)\b"),
    )
)


@rule(
    "MTM102",
    "special-token",
    Category.MT_MARKER,
    Severity.CRITICAL,
    reads_protected=True,
    examples=(
        example("en", "The ⟦<unk>⟧ of Kharkiv spoke on Monday."),
        example("de", "Der ⟦Ober@@ bürgermeister⟧ sprach am Montag."),
        example("fr", "Le ⟦▁maire⟧ a parlé lundi."),
        example("en", "The UNK, a student union, met on Monday."),
        example("en", "Write to press@example.org or @press."),
        example("en", "Item #2 and ## Heading and C## are listed."),
    ),
)
def special_token(ctx: Context) -> Iterator[Draft]:
    """A token of the model's own alphabet: an unknown word, a sub-word join, a language tag.

    Why: a word is missing or broken at this place.
    When it is wrong: articles about language models.
    Norm: the vocabularies of SentencePiece, subword-nmt, BERT and NLLB.
    """
    for needle, pattern in _TOKENS:
        if needle not in ctx.text:
            continue
        for match in pattern.finditer(ctx.text):
            yield ctx.draft(*match.span(), f"“{match.group()}” is an inner token of a translation model.")
