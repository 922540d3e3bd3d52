"""TER102 term-forbidden."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.text.case import capitalised


@rule(
    "TER102",
    "term-forbidden",
    Category.TERMINOLOGY,
    Severity.MAJOR,
    needs=("glossary",),
    authority="user",
    examples=(
        example(
            "de",
            "Der Minister kündigte am Montag eine neue ⟦Taxe⟧ auf Importe an.",
            "Der Minister kündigte am Montag eine neue Abgabe auf Importe an.",
            source="The minister announced a new ⟦levy⟧ on imports on Monday.",
            source_lang="en",
            glossary="source,target,forbidden\nlevy,Abgabe,Taxe\n",
        ),
        example(
            "en",
            "The police stopped ⟦illegal aliens⟧ near the border.",
            "The police stopped undocumented migrants near the border.",
            glossary="target,forbidden,target_lang\nundocumented migrants,illegal aliens,en\n",
        ),
        example(
            "es",
            "El ⟦computador⟧ central falló el lunes.",
            "El ordenador central falló el lunes.",
            source="Der zentrale ⟦Rechner⟧ fiel am Montag aus.",
            source_lang="de",
            glossary="source,target,status\nRechner,ordenador,preferred\nRechner,computador,deprecated\n",
        ),
        example(
            "de",
            "Der Minister kündigte am Montag eine neue Abgabe an, und die Taxe fuhr ihn nach Hause.",
            source="The minister announced a new levy on Monday, and the cab took him home.",
            source_lang="en",
            glossary="source,target,forbidden\nlevy,Abgabe,Taxe\n",
        ),
        example(
            "en",
            "The migrants reached the border on Monday.",
            glossary="target,forbidden,target_lang\nundocumented migrants,illegal aliens,en\n",
        ),
        example(
            "es",
            "El ordenador central falló el lunes.",
            source="Der zentrale Rechner fiel am Montag aus.",
            source_lang="de",
            glossary="source,target,status\nRechner,ordenador,preferred\nRechner,computador,deprecated\n",
        ),
    ),
)
def term_forbidden(ctx: Context) -> Iterator[Draft]:
    """A word that the glossary forbids, for a term of the original or whatever it renders.

    Why: the glossary names it because systems or writers keep taking it.
    When it is wrong: where the word stands in a quotation or a name, or means something else. Without
    the original, a word that is forbidden for one term only is weak evidence.
    Norm: the user's own glossary; ISO 30042, “deprecatedTerm”; ISO 5060:2024 and MQM, “terminology”.
    """
    from tqcheck.witnesses.terms import misused

    for found in misused(ctx):
        entry, concept = found.entry, found.entry.concept
        word = ctx.text[found.target.start : found.target.end]
        names = " or ".join(f"“{text}”" for text in found.required[:4])
        instead = f"; write {names}" if names else ""
        reason = f" for “{entry.sources[0]}”" if entry.sources and found.source is not None else ""
        # The place of an inflected word asks for a form that nobody here can make.
        fix = found.required[0] if found.plain and len(found.required) == 1 else None
        if fix is not None and word[:1].isupper() and not found.term[:1].isupper():
            fix = capitalised(fix, ctx.language.tag)
        evidence: dict[str, Any] = {"term": entry.sources[0]} if entry.sources else {}
        evidence |= {"note": concept.note} if concept.note else {}
        yield ctx.draft(
            found.target.start,
            found.target.end,
            f"“{word}” is forbidden{reason} in your glossary ({concept.file}){instead}.",
            fix,
            at_most=found.at_most,
            source=found.source,
            forbidden=found.term,
            required=list(found.required),
            glossary=f"{concept.file}:{concept.line}",
            **evidence,
        )
