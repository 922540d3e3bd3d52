"""MEA102 turned-question."""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule


@rule(
    "MEA102",
    "turned-question",
    Category.MISTRANSLATION,
    Severity.MAJOR,
    needs=("source", "pairs"),
    examples=(
        example(
            "en",
            "Did the council approve the plan on Tuesday⟦?⟧",
            source="⟦Der Rat billigte den Plan am Dienstag.⟧",
            source_lang="de",
        ),
        example(
            "en",
            "⟦The bridge will be open again in June.⟧",
            source="Le pont sera-t-il rouvert en juin ⟦?⟧",
            source_lang="fr",
        ),
        example(
            "es",
            "Preguntó si el puente abriría en junio.",
            source="“Will the bridge open in June?” he asked.",
            source_lang="en",
        ),
        example(
            "en",
            "Will the bridge open in June?",
            source="橋は6月に開通しますか。",
            source_lang="ja",
        ),
        example(
            "fr",
            "Le pont sera-t-il rouvert en juin ?",
            source="Will the bridge open again in June?",
            source_lang="en",
        ),
        example(
            "en",
            "How could I be anything but proud?",
            source="Ich kann nur stolz sein.",
            source_lang="de",
        ),
    ),
)
def turned_question(ctx: Context) -> Iterator[Draft]:
    """A question where the original states something, or a statement where it asks.

    Why: a fact becomes a doubt, or a doubt a fact.
    When it is wrong: a question may be told (“he asked whether”), and “how could it be otherwise?” states
    something; with such words on the other side, or the question in the next sentence, the rule is silent.
    Norm: MQM accuracy/mistranslation; what asks is listed in languages/sense/questions.toml.
    """
    from tqcheck.witnesses.question import asking

    if ctx.bitext is None:
        return
    for found in ctx.bitext.once(asking):
        if not found.sure or found.source is None or found.target is None:
            continue
        if found.kind == "invented":
            message = "The original states what is asked here: make it a statement."
        else:
            message = "The original asks what is stated here: make it a question."
        yield ctx.draft(*found.target, message, source=found.source, kind=found.kind)
