"""REP101 doubled-word."""

from __future__ import annotations

from collections.abc import Iterator
from operator import eq

from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule


@rule(
    "REP101",
    "doubled-word",
    Category.REPETITION,
    Severity.MINOR,
    needs=("record", "spaced"),
    examples=(
        example("en", "Police said ⟦the the⟧ suspect had fled.", "Police said the suspect had fled."),
        example("fr", "Il a signé ⟦un un⟧ accord à Lyon.", "Il a signé un accord à Lyon."),
        example(
            "en",
            "The firm will close its plants in South ⟦Africa Africa⟧.",
            "The firm will close its plants in South Africa.",
        ),
        example("de", "Die ⟦Polizei Polizei Polizei⟧ ermittelt.", "Die Polizei ermittelt."),
        example("en", "The plan he had had in mind failed."),
        example("fr", "Nous nous sommes retrouvés à Lyon."),
        example("en", "The band The The played on."),
        example("en", "She moved to Walla Walla, where Duran Duran once played."),
    ),
)
def doubled_word(ctx: Context) -> Iterator[Draft]:
    """A word stands twice or more in a row.

    Why: translation systems repeat a word when they lose their place; a reader stumbles.
    When it is wrong: some words legally double (had had, nous nous) and so do some names (Walla
    Walla): the language record lists both. Four in a row are always reported.
    Norm: none needed; what may double is in each language's record.
    """
    legal = ctx.language.words.legal_doubles | ctx.language.words.double_names
    text, all_words, lowered = ctx.text, ctx.words, ctx.lowered
    if not any(map(eq, lowered, lowered[1:])):
        return  # most articles, told at once
    at = 0
    while at < len(all_words) - 1:
        last = at
        while (
            last + 1 < len(all_words)
            and lowered[last + 1] == lowered[at]
            and text[all_words[last].end : all_words[last + 1].start] == " "
        ):
            last += 1
        times = last - at + 1
        if times > 1 and _wrong(ctx, at, last, lowered[at] in legal):
            start, end, word = all_words[at].start, all_words[last].end, all_words[at].text
            message = f"“{word}” stands {times} times in a row."
            yield ctx.draft(start, end, message, word, safe=word.islower(), times=times)
        at = last + 1


def _wrong(ctx: Context, first: int, last: int, legal: bool) -> bool:
    times = last - first + 1
    if times > 3:
        return True
    one, two = ctx.words[first], ctx.words[last]
    # One letter or digit twice is a list, a score or spelling aloud; a change of case is a name (de De Gaulle).
    if legal or one.text[0].isdigit() or (len(one.text) == 1 and not one.text.islower()):
        return False
    if one.text != two.text and not (two.text.islower() and one.start in ctx.sentence_starts):
        return False
    # A closed-class word with both capitals, in mid-sentence, is a name: the band The The.
    if (
        one.text[0].isupper()
        and one.start not in ctx.sentence_starts
        and one.text.lower() in ctx.language.words.function
    ):
        return False
    # At the head of a sentence only the capital after it tells a name from a slip: Di Di Maio si parla.
    follows = ctx.text[two.end + 1 : two.end + 2]
    if two.text[0].isupper() and follows.isupper() and two.text.lower() in ctx.language.words.particles:
        return False
    # A word that goes on with a hyphen is another word: “check check-in”.
    before, after = ctx.text[one.start - 1 : one.start], ctx.text[two.end : two.end + 1]
    return not one.text.isupper() and "-" not in (before, after)
