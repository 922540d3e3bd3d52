"""PUN106 missing-inverted-mark."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tqcheck.model import Category, Confidence, Edit, Severity
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.text.words import WORD

_END = re.compile(r"[?!]+")
_OPENING = "¿¡"
# Mean Zipf value of words below which a quotation is in another language.
_FOREIGN = 4.4
_SKIP = " \"'“‘«([—–-"


@rule(
    "PUN106",
    "missing-inverted-mark",
    Category.PUNCTUATION,
    Severity.MINOR,
    languages=("es",),
    examples=(
        example("es", "Cuándo llegará el tren⟦?⟧ Nadie lo sabe.", "¿Cuándo llegará el tren? Nadie lo sabe."),
        example("es", "Esto es una vergüenza⟦!⟧", "¡Esto es una vergüenza!"),
        example("es", "¿Cuándo llegará? ¡Qué vergüenza!"),
        example("es", "Si llega, ¿quién abrirá la puerta?"),
        example("es", "El buscador Yahoo! y la cadena ¡Hola! (¿?) crecen."),
        example("es", "¡¿Qué?! ¿Cómo puede ser!"),
        example("es", "«Are you ready?», preguntó el cantante en Madrid."),
    ),
)
def missing_inverted_mark(ctx: Context) -> Iterator[Draft]:
    """A question or exclamation has no ¿ or ¡ at its beginning.

    Why: the mark tells the reader of Spanish from where to read on as a question.
    When it is wrong: names with a mark of their own (Yahoo!) and foreign titles; quotations in
    another language are told by their words.
    Norm: Ortografía de la lengua española (RAE 2010), 3.4.9.
    """
    text = ctx.text
    if "?" not in text and "!" not in text:
        return
    sentences = iter(ctx.sentences)
    sentence = next(sentences)
    before = -1
    for match in _END.finditer(text):
        start, end = match.span()
        while sentence.end <= start:
            sentence = next(sentences)
        # A question may hold several sentences, but not several paragraphs.
        head = max(text.rfind("\n", max(0, before), start), before, 0)
        whole = before <= sentence.start
        before = end
        stretch = text[head:start]
        if any(c in _OPENING for c in stretch) or text[start - 1 : start] in (" ", "(", "[", "", *_OPENING):
            continue
        if _named(text, start, end) or _foreign(ctx, head, start):
            continue
        first = sentence.start
        while first < start and text[first] in _SKIP:
            first += 1
        mark = "¿" if "?" in match.group() else "¡"
        yield Draft(
            start,
            end,
            f"The sentence that ends in “{text[max(first, start - 25) : end]}” lacks its “{mark}”.",
            (Edit(first, first, mark),) if whole else (),
            at_most=Confidence.HIGH if whole else Confidence.MEDIUM,
        )


def _foreign(ctx: Context, head: int, end: int) -> bool:
    """True where the question is a quotation of words that Spanish hardly writes: «Quo vadis?»."""
    opening = max(ctx.text.rfind(mark, head, end) for mark in '“«‘"')
    said = WORD.findall(ctx.text, opening + 1, end) if opening >= 0 else []
    if len(said) < 2 or not ctx.frequencies:
        return False
    return sum(ctx.frequencies.zipf(word.lower()) for word in said) < _FOREIGN * len(said)


def _named(text: str, start: int, end: int) -> bool:
    """True where the mark belongs to a name: Yahoo! creció."""
    word = text[max(0, start - 30) : start].rsplit(None, 1)[-1]
    follows = text[end : end + 2]
    return word[:1].isupper() and bool(follows) and (follows[0] in ",;:" or follows[1:].islower())
