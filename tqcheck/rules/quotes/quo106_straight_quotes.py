"""QUO106 straight-quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tqcheck.model import Category, Confidence, Edit, Severity
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.text.quotes import quotations

_EASTERN_SCRIPTS = frozenset({"Hans", "Hant", "Hani", "Jpan"})
_EASTERN = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_OWN = re.compile("[“”「」『』]")
_STRAIGHT = ('"', '"')
# One pair may be a typist's slip.
_FEWEST = 2


@rule(
    "QUO106",
    "straight-quotes",
    Category.QUOTES,
    Severity.MINOR,
    needs=("record",),
    yields_to=("QUO101", "QUO102", "QUO103"),
    examples=(
        example(
            "zh",
            '市长说⟦"⟧大桥很安全"，并称批评⟦"⟧没有根据"。',
            "市长说“大桥很安全”，并称批评“没有根据”。",
        ),
        example(
            "ja",
            '市長は⟦"⟧橋は安全だ"と述べ、批判を⟦"⟧根拠がない"と退けた。',
            "市長は「橋は安全だ」と述べ、批判を「根拠がない」と退けた。",
        ),
        example("zh", '市长说“大桥很安全”，并称批评"没有根据"。'),
        example("ja", '新曲"Blue"と"Red"を発表した。'),
        example("zh", '屏幕尺寸为5.5"和6.1"。'),
        example("en", 'The mayor called the bridge "safe" and the criticism "unfounded".'),
    ),
)
def straight_quotes(ctx: Context) -> Iterator[Draft]:
    """All quotations of a Chinese or Japanese article stand in straight marks.

    Why: the marks are those of a typewriter for Latin letters; edited text never has them throughout.
    When it is wrong: texts typed for the web may have a straight pair; one pair, or one beside the marks of
    the language, is left alone.
    Norm: GB/T 15834-2011, 4.8 (“ ”); 記者ハンドブック (「 」).
    """
    if ctx.language.script not in _EASTERN_SCRIPTS or ctx.text.count('"') < 2 * _FEWEST or _OWN.search(ctx.text):
        return
    norm = ctx.language.quotes
    pairs = [p for p in quotations(ctx.text, norm).pairs if p.known and p.glyphs == _STRAIGHT]
    pairs = [p for p in pairs if _EASTERN.search(ctx.text, p.opening.end, p.closing.start)]
    if len(pairs) < _FEWEST:
        return
    left, right = norm.primary
    for pair in pairs:
        edits = (Edit(pair.opening.start, pair.opening.end, left), Edit(pair.closing.start, pair.closing.end, right))
        yield Draft(
            pair.opening.start,
            pair.opening.end,
            f"{ctx.language.name} has {left} {right} for quotations, not straight marks.",
            edits,
            at_most=Confidence.MEDIUM,
        )
