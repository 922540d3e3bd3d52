"""TER101 term-missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tqcheck.glossary import kept
from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule


@rule(
    "TER101",
    "term-missing",
    Category.TERMINOLOGY,
    Severity.MAJOR,
    needs=("glossary", "pairs"),
    authority="user",
    examples=(
        example(
            "de",
            "Der Anlegeplatz wurde am Montag für Containerschiffe geöffnet.",
            source="The ⟦port⟧ was opened to container ships on Monday.",
            source_lang="en",
            glossary="source,target\nport,Hafen\n",
        ),
        example(
            "en",
            "The central bank left its main percentage unchanged.",
            source="La banque centrale a laissé son ⟦taux directeur⟧ inchangé.",
            source_lang="fr",
            glossary="fr;en;notes\ntaux directeur;key interest rate|policy rate;economy desk\n",
        ),
        example(
            "ru",
            "Компания показала новый Айфон в понедельник.",
            source="The company showed a new ⟦iPhone⟧ on Monday.",
            source_lang="en",
            glossary="source,do_not_translate\niPhone,yes\n",
        ),
        example(
            "zh",
            "政府周一宣布了新的惩罚。",
            source="The government announced new ⟦sanctions⟧ on Monday.",
            source_lang="en",
            glossary="en,zh\nsanctions,制裁\n",
        ),
        example(
            "de",
            "Die Hafenbehörde öffnete die Häfen am Montag für Containerschiffe.",
            source="The port authority opened the ports to container ships on Monday.",
            source_lang="en",
            glossary="source,target\nport,Hafen\n",
        ),
        example(
            "en",
            "The company opened its new plant in Port Said on Monday.",
            source="Le groupe a ouvert lundi sa nouvelle usine à Port-Saïd.",
            source_lang="fr",
            glossary="fr,en\nport,harbour\n",
        ),
        example(
            "ru",
            "Правительство объявило о новых санкциях против банка.",
            source="The government announced new sanctions against the bank.",
            source_lang="en",
            glossary="en,ru\nsanctions,санкции\n",
        ),
        example(
            "fr",
            "Les ports restent fermés. Ils ne rouvriront que lundi.",
            source="Die Häfen bleiben geschlossen. Die Häfen öffnen erst am Montag wieder.",
            source_lang="de",
            glossary="de,fr,note\nSeehafen,port maritime,\nHafenmeister,capitaine de port,\n",
        ),
    ),
)
def term_missing(ctx: Context) -> Iterator[Draft]:
    """A term of the original for which the glossary has a rendering that is not in the translation.

    Why: whoever keeps a glossary wants one word for one thing, and a system that does not know it
    takes another word each time.
    When it is wrong: where the word of the original means something else here than the glossary
    says, or where the translation rightly takes a pronoun or leaves the term out at its first mention.
    Norm: the user's own glossary; ISO 5060:2024 and MQM, “terminology”.
    """
    from tqcheck.witnesses.terms import missing

    if ctx.bitext is None:
        return
    for lost in missing(ctx.bitext):
        concept = lost.entries[0].concept
        term = ctx.bitext.source.text[lost.source.start : lost.source.end]
        required = tuple(dict.fromkeys(text for entry in lost.entries for text in entry.required))
        names = " or ".join(f"“{text}”" for text in required[:4])
        if all(kept(entry) for entry in lost.entries):
            message = f"“{term}” is to be kept as it is by your glossary ({concept.file}), and is not there."
        else:
            message = f"“{term}” is {names} in your glossary ({concept.file}), which is not there."
        evidence: dict[str, Any] = {"note": concept.note} if concept.note else {}
        yield ctx.missing(
            lost.source,
            message,
            insert_at=lost.insert_at,
            at_most=lost.at_most,
            term=lost.entries[0].sources[0],
            required=list(required),
            glossary=f"{concept.file}:{concept.line}",
            times=lost.times,
            **evidence,
        )
