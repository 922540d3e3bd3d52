"""MEA106 drifted-meaning."""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.model import Category, Confidence, Severity
from tqcheck.rules.base import Context, Draft, example, rule

# Of 7,900 pairs of professional translations one lies higher (six are above .75); and the
# level from which it is worth a look.
_SURE, _HINT = 0.9, 0.5
_ELSEWHERE = ("copied", "same")


@rule(
    "MEA106",
    "drifted-meaning",
    Category.MISTRANSLATION,
    Severity.CRITICAL,
    needs=("record", "encoder"),
    # Whoever says what is wrong says it better.
    yields_to=(
        *("SRC101", "ADD101", "ADD102", "UNT101", "UNT102", "UNT103", "UNT104", "WRD103", "REP102", "REP103", "REP104"),
        *("NUM101", "NUM102", "NUM103", "UNI103", "UNI104", "DAT103", "DAT104", "ENT102", "ENT103", "ENT104"),
        *("MEA101", "MEA102", "MEA105", "LNG102", "LNG103"),
    ),
    examples=(
        example(
            "en",
            "⟦The old bridge will be painted green before the summer.⟧",
            source="Le ministre des Finances a démissionné lundi après des semaines de manifestations.",
            source_lang="fr",
        ),
        example(
            "de",
            "⟦Der Wolf singt im Bett der Großmutter ein Lied über Käse.⟧",
            source="The city council will vote on the new budget on Thursday evening.",
            source_lang="en",
        ),
        example(
            "en",
            "The minister of finance resigned on Monday after weeks of protests.",
            source="Le ministre des Finances a démissionné lundi après des semaines de manifestations.",
            source_lang="fr",
        ),
        example(
            "de",
            "Der Stadtrat stimmt am Donnerstagabend über den neuen Haushalt ab.",
            source="The city council will vote on the new budget on Thursday evening.",
            source_lang="en",
        ),
        example(
            "es",
            "Llovía a cántaros cuando llegaron los bomberos.",
            source="It was raining cats and dogs when the fire brigade arrived.",
            source_lang="en",
        ),
    ),
)
def drifted_meaning(ctx: Context) -> Iterator[Draft]:
    """A sentence that, by all that the witnesses say together, means something else than the original.

    Why: invented sentences read well; only the original shows that nobody wrote them.
    When it is wrong: where the translator put it quite freely, and in idioms.
    Norm: MQM accuracy/mistranslation; the risk is calibrated (docs/score.md).
    """
    from tqcheck.witnesses.additive import probability
    from tqcheck.witnesses.gaps import parts
    from tqcheck.witnesses.risk import risks

    if ctx.bitext is None or ctx.bitext.partial is not None:
        return
    told = [gap.span for gap in ctx.bitext.once(parts) if gap.side == "source" and gap.sure]
    for pair, risk in zip(ctx.bitext.matched, ctx.bitext.once(risks) or (), strict=False):
        assert pair.source is not None
        assert pair.target is not None
        omitted = any(pair.source.start <= span.start < pair.source.end for span in told)
        # What stands untranslated may be a title; other rules tell.
        odds = risk.odds - sum(max(0.0, risk.reasons[name]) for name in _ELSEWHERE)
        if probability(odds) >= _HINT and not omitted:
            yield ctx.draft(
                *pair.target,
                "This probably does not say what the original says: compare the two.",
                source=pair.source,
                at_most=Confidence.HIGH if probability(odds) >= _SURE else Confidence.LOW,
                risk=round(risk.probability, 3),
            )
