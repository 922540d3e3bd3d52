"""Where one side of a pair asks and the other does not."""

from __future__ import annotations

from typing import NamedTuple

from tqcheck.bitext import Bitext, Pair
from tqcheck.context import Context
from tqcheck.languages.questions import MARK, questions
from tqcheck.model import Span

# The question marks of both sides of a pair.
Marks = tuple[list[Span], list[Span]]


class Asking(NamedTuple):
    """How the sides of a pair differ in what they ask.

    kind    "" where they agree or nothing is known; "lost" or "invented" questions
    source  the question mark that has no counterpart, or the sentence that asks nothing
    target  likewise in the target
    weight  0 to 1, for the risk
    sure    true where the other side holds no word that may ask
    """

    kind: str = ""
    source: Span | None = None
    target: Span | None = None
    weight: float = 0.0
    sure: bool = False


def asking(bitext: Bitext) -> tuple[Asking, ...]:
    """Return for each matched pair how its sides differ in what they ask."""
    marks = [(_marks(bitext.source, pair.source), _marks(bitext.target, pair.target)) for pair in bitext.pairs]
    found = []
    for n, pair in enumerate(bitext.pairs):
        if pair.source is None or pair.target is None:
            continue
        # The question may stand in the sentence before or after.
        found.append(_asking(bitext, pair, marks[n], marks[max(0, n - 1) : n] + marks[n + 1 : n + 2]))
    return tuple(found)


def _marks(side: Context, span: Span | None) -> list[Span]:
    return [] if span is None else [Span(*m.span(1)) for m in MARK.finditer(side.text, *span)]


def _asking(bitext: Bitext, pair: Pair, here: Marks, beside: list[Marks]) -> Asking:
    assert pair.source is not None
    assert pair.target is not None
    source, target = here
    if bool(source) == bool(target):
        return Asking()
    kind, asks = ("invented", 1) if target else ("lost", 0)
    spans = (pair.source, target[-1]) if target else (source[-1], pair.target)
    vague = Asking(kind, *spans, 0.4)
    sides, whole = (bitext.source, bitext.target), (pair.source, pair.target)
    data = [questions(side.language.tag) for side in sides]
    loud, quiet = data[asks], data[1 - asks]
    if loud is None or quiet is None or any(len(marks[1 - asks]) > len(marks[asks]) for marks in beside):
        return vague
    question = sides[asks].text[whole[asks].start : whole[asks].end]
    mark = spans[asks].end - whole[asks].start
    # A question in quotation marks inside a statement is as well told as asked.
    after = question[mark:].strip()
    if len(here[asks]) > 1 or len(after) > 1 or (after and after in question[1:mark]):
        return vague
    polar = loud.is_polar(question[:mark])
    # “How could it be otherwise?” states something: such a question may come from a statement.
    told = quiet.may_ask(sides[1 - asks].text[slice(*whole[1 - asks])], polar=kind == "invented")
    if told or (kind == "invented" and not polar):
        return vague
    return Asking(kind, *spans, 1.0, True)
