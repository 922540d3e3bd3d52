"""WRD102 slipped-word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule

_PRONOUN = "he|she|they|we"
_DETERMINER = "the|a|an|his|her|their|its|our|my|this|these|those"
# What a small word becomes when it loses a letter is often another word. Each pattern holds, as its
# named group, such a word where English grammar has no place for it; the group's name is the right one.
_SLIPS = re.compile(
    rf"""
      (?<![\w'’.-])(?:
        (?<!\ban\ )(?<!the\ )(?P<had>ad)\ (?:been|already|never)\b
      | (?<!ha\ )(?P<has>ha)\ (?:been|also|not|become|made|already|never|said|had)\b
      | (?:said|says|noted|added|announced|reported|claimed|confirmed|showed|shows|know|knew|thinks?|thought|believes?|believed|argued|so|fact|but|and),?
        \ (?P<that>hat|tat)\ (?:{_DETERMINER}|{_PRONOUN}|it|there)\b
      | (?P<and>an)\ (?:{_DETERMINER}|{_PRONOUN}|it|in|on|to|of|for|with|from|is|was|are|were|then|which|who|that|not)\b(?!\w*[-'’])
      | (?P<are>re)\ (?:often|also|still|not|now|already|being|going)\b
      | (?P<with>wit)\ (?:{_DETERMINER}|him|them|all|more|no|other)\b
      | (?P<for>fir)\ (?:{_DETERMINER}|him|them|all|more|many)\b
      | (?P<from>fro|form)\ (?:his|her|their|these|those|him|them|its)\b
      | (?P<they>thy|hey)\ (?:are|were|have|had|will|would|can|could|also)\b
      | (?P<will>ill)\ (?:be|not\ be|have\ to|have\ been|also)\b
      | (?P<his>hi)\ (?:own|wife|father|mother|first|family)\b
      | (?:has|have|had)\ (?P<been>bee|ben)\ [a-z]
      | (?:they|we|who|there|people)\ (?P<were>wee)\ [a-z]
      | (?:in|of|at|by|from|with|into|under|on)\ (?P<the>he)\ (?!who|is|was|had|has|himself|and|or|then|said|says|will|would|can|could|may|did)[a-z]+(?=[\ .,])
      )
    | (?:^|(?<=[.!?]\ ))(?:It|There)\ (?P<was>as)\ (?!well|if|a\b|an\b|the\b|though|it\b|much|such|in\b|for\b|to\b|always|usual|ever|they|we\b|he\b|she\b)[a-z]+
    """,
    re.VERBOSE | re.MULTILINE,
)


@rule(
    "WRD102",
    "slipped-word",
    Category.OTHER,
    Severity.MINOR,
    languages=("en",),
    yields_to=("WRD101",),
    examples=(
        example("en", "He noted ⟦hat⟧ the bridge was closed.", "He noted that the bridge was closed."),
        example("en", "It rained hard ⟦an⟧ they went home.", "It rained hard and they went home."),
        example("en", "Both sisters ⟦ad⟧ already voted.", "Both sisters had already voted."),
        example("en", "The hat the man wore was in the ad he saw on TV."),
        example("en", "To and fro they went, ill at ease, with a wit of their own."),
        example("en", "A man of his word, and of what he said; she fell ill and was an outright favourite."),
    ),
)
def slipped_word(ctx: Context) -> Iterator[Draft]:
    """A small word lost a letter and became another word, which cannot stand there.

    Why: spelling checkers pass it, and the reader reads the sentence twice.
    When it is wrong: quoted dialect (“wit the boys”); the contexts are closed-class words only.
    Norm: none needed; English grammar leaves no place for the word.
    """
    for match in _SLIPS.finditer(ctx.text):
        right = match.lastgroup
        if right is None:
            continue
        start, end = match.span(right)
        yield ctx.draft(start, end, f"“{match.group(right)}” cannot stand here; “{right}” is probably meant.", right)
