"""Polarity and questions beside the original: what the rules' examples do not show."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from importlib import resources
from typing import TYPE_CHECKING, Any

import pytest

from tqcheck.bitext import Bitext, Pair
from tqcheck.context import Context
from tqcheck.languages import load
from tqcheck.languages.gender import gender
from tqcheck.languages.negation import negation
from tqcheck.languages.opposites import TABLES, begins, opposites, words_of_pairs
from tqcheck.model import Span
from tqcheck.witnesses.gender import turned
from tqcheck.witnesses.negation import polarity
from tqcheck.witnesses.opposites import swapped
from tqcheck.witnesses.question import asking

if TYPE_CHECKING:
    from numpy.typing import NDArray


def _bitext(source_lang: str, sources: list[str], lang: str, targets: list[str]) -> Bitext:
    """Pair sentence with sentence, without an encoder."""

    def spans(sentences: list[str]) -> list[Span]:
        found, at = [], 0
        for sentence in sentences:
            found.append(Span(at, at + len(sentence)))
            at += len(sentence) + 1
        return found

    source, target = Context(" ".join(sources), load(source_lang)), Context(" ".join(targets), load(lang))
    return Bitext(source, target, [Pair(a, b) for a, b in zip(spans(sources), spans(targets), strict=True)])


@pytest.mark.parametrize(
    ("lang", "text", "plain"),
    [
        ("en", "They don’t know, and they cannot ask.", ["don’t", "cannot"]),
        ("en", "Not only the roads were closed.", []),
        ("fr", "Il ne veut pas partir.", ["pas"]),
        ("fr", "avant qu’il ne parte", []),
        ("es", "No es más que un comienzo.", []),
        ("ru", "Пока мы не знаем, что делать.", []),
        ("cs", "Nemohou přijít, protože nemají čas.", ["Nemohou", "nemají"]),
        ("tr", "Rapor hakkında konuşmadı.", ["madı"]),
        ("tr", "Kasırga yüzlerce evi yok etti.", []),
        ("zh", "他没有回答。", ["没有"]),
        ("zh", "他不是老师，就是学生。", []),
        ("ja", "彼は答えなかった。", ["なかった"]),
        ("ja", "行かなければならない。", []),
        ("ja", "行くかもしれません。", []),
        ("ja", "行 き ま せ ん 。", ["ま せ ん"]),
        ("cs", "Nepříznivé počasí a nemoc v neděli.", []),
        ("en", "They shouldn’t all go, isn’t it?", []),
    ],
)
def test_plain_negators(lang: str, text: str, plain: list[str]) -> None:
    data = negation(lang)
    assert data is not None
    assert [text[s.start : s.end] for s in data.find(text).plain] == plain


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("zh", "南非的未来特别重要。"),
        ("ja", "いずれも空港から無線で連絡した。"),
        ("cs", "Nemocnice byla největší."),
        ("en", "They discussed a display, improved it, and held a timeless hearing."),
    ],
)
def test_what_only_looks_negative(lang: str, text: str) -> None:
    data = negation(lang)
    assert data is not None
    assert data.find(text) == ([], [], [], [])


def test_without_an_encoder_nothing_is_sure() -> None:
    (found,) = polarity(_bitext("de", ["Der Rat billigte den Plan."], "en", ["The council did not approve the plan."]))
    assert (found.kind, found.sure) == ("invented", False)
    assert 0 < found.weight < 1


def test_a_negation_in_the_next_sentence_counts_less() -> None:
    alone = polarity(_bitext("de", ["Sie kam."], "en", ["She did not come."]))[0]
    moved = polarity(
        _bitext("de", ["Sie kam.", "Er kam nicht."], "en", ["She did not come.", "He did."]),
    )[0]
    assert moved.weight < alone.weight


def test_a_question_that_moved_to_the_next_sentence() -> None:
    found = asking(
        _bitext("de", ["Der Rat stimmt zu.", "Kommt sie?"], "en", ["Does the council agree?", "She is coming."]),
    )
    assert [a.sure for a in found] == [False, False]


def test_an_address_asks_nothing() -> None:
    text = "Read more at example.org/a?b=1."
    assert asking(_bitext("de", ["Mehr unter example.org."], "en", [text]))[0].kind == ""


def _data(table: str) -> dict[str, dict[str, str]]:
    text = (resources.files("tqcheck.languages") / "sense" / f"{table}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@pytest.mark.parametrize("table", TABLES)
def test_concepts_are_well_written(table: str) -> None:
    data = _data(table)
    for pair, languages in data.items():
        assert len(languages) >= 2, f"{pair} has nothing to compare with"
        for lang, words in languages.items():
            sides = words.split("/")
            assert len(sides) in {2, 3}, (pair, lang)
            assert all(side.count(";") <= 1 for side in sides[:2]), (pair, lang)
            sure = [{w.strip().lstrip("=") for w in side.partition(";")[0].split(",")} - {""} for side in sides[:2]]
            assert not sure[0] & sure[1] or pair == "nephew-niece", (pair, lang, sure[0] & sure[1])
    counts = {lang: sum(lang in words for words in data.values()) for lang in data[next(iter(data))]}
    assert len([lang for lang, count in counts.items() if count >= len(data) / 2]) >= 14


@pytest.mark.parametrize(
    ("lang", "text", "named"),
    [
        ("en", "Prices rose again.", [("rose", 0, True)]),
        ("de", "Die Preise sanken.", [("sanken", 1, True)]),
        ("ar", "وارتفعت الأسعار.", [("وارتفعت", 0, True)]),
        ("zh", "价格下降了。", [("下降", 1, True)]),
        ("ja", "価格は上昇した。", [("上昇", 0, True)]),
        ("tr", "Fiyatlar azaldı.", [("azaldı", 1, True)]),
        ("ru", "Цены снизились.", [("снизились", 1, True)]),
    ],
)
def test_concepts_are_found_in_their_forms(lang: str, text: str, named: list[tuple[str, int, bool]]) -> None:
    data = opposites("opposites", lang)
    assert data is not None
    found = {
        (text[m.start : m.end], m.concept.side, m.concept.sure)
        for m in data.find(text)
        if m.concept.pair == "rise-fall" and m.concept.sure
    }
    assert found == set(named)


def test_a_longer_phrase_and_a_name_hide_a_concept() -> None:
    data = opposites("opposites", "en")
    assert data is not None
    for text in ("He fell asleep.", "They met in North Korea."):
        assert not [m for m in data.find(text) if m.concept.sure and m.concept.pair != "enter-exit"]


def test_where_a_sentence_begins() -> None:
    text = "“North of it,” he said. North it is."
    assert begins(text, 1)
    assert begins(text, text.rindex("North"))
    assert not begins(text, text.index("of"))


@pytest.mark.parametrize(
    ("source_lang", "source", "lang", "target", "swaps"),
    [
        ("de", "Die Preise stiegen im Mai.", "en", "Prices decreased in May.", ["rise-fall"]),
        ("de", "Die Preise stiegen im Mai.", "en", "Prices rose in May.", []),
        # Both concepts on one side: which of them became what is open.
        ("de", "Die Preise stiegen, die Löhne sanken.", "en", "Prices decreased, wages did as well.", []),
        # A denial on one side turns the word back.
        ("de", "Das Tor war offen, sagte er.", "en", "The gate was not closed, he said.", []),
        ("es", "El jurado lo declaró inocente.", "en", "The jury said he was not guilty.", []),
        ("fr", "Une méthode peu habituelle.", "en", "An unusual method.", []),
        ("ru", "Границу закрыли.", "en", "The border was reopened.", ["open-close"]),
        ("pl", "Most jest niebezpieczny.", "en", "The bridge is safe.", ["safe-dangerous"]),
        ("ja", "この橋は安全だ。", "en", "This bridge is dangerous.", ["safe-dangerous"]),
        ("en", "The bridge is dangerous.", "nl", "De brug is veilig.", ["safe-dangerous"]),
        ("en", "Exports to Norway grew.", "it", "Le importazioni dalla Norvegia crebbero.", ["import-export"]),
        ("tr", "Köprü çok tehlikeli.", "en", "The bridge is very safe.", ["safe-dangerous"]),
        # Dictionaries give the positive form of what the Czech “ne” denies.
        ("cs", "Ta metoda je neobyčejná.", "en", "The method is unusual.", []),
        # No table says what the words of this language mean.
        ("de", "Die Preise stiegen.", "fi", "Hinnat laskivat.", []),
    ],
)
def test_swapped(source_lang: str, source: str, lang: str, target: str, swaps: list[str]) -> None:
    (found,) = swapped(_bitext(source_lang, [source], lang, [target]))
    assert [swap.pair for swap in found] == swaps


@pytest.mark.parametrize(
    ("source_lang", "source", "lang", "target", "words"),
    [
        ("de", "Mein Vater kam spät.", "en", "My mother came late.", ("Vater", "mother")),
        ("en", "Her brother came late.", "ru", "Её сестра пришла поздно.", ("brother", "сестра")),
        ("ja", "姉妹はパリに住んでいる。", "en", "The brothers live in Paris.", ("姉妹", "brothers")),
        ("es", "La reina habló poco.", "en", "The king said little.", ("reina", "king")),
        # Brothers and sisters, or parents, are of both sexes in Spanish.
        ("es", "Sus hermanos y sus padres viven lejos.", "en", "Her sisters and her mother live far away.", None),
        ("de", "Er kam spät.", "en", "She came late.", ("Er", "She")),
        ("de", "Der Zug war voll, er kam spät.", "en", "The train was full, it came late.", None),
        ("fr", "Elle a perdu ses clés.", "en", "He has lost his keys.", ("Elle", "He")),
        # A thing is no person, and several persons are nobody.
        ("fr", "Elle est fermée.", "en", "It is closed, he said.", None),
        ("de", "Sie kamen spät.", "en", "They came late, he said.", None),
        ("de", "Sie kam spät.", "en", "He came late.", ("Sie", "He")),
        ("pl", "Dodał, że wróci.", "en", "She added that they would return.", ("Dodał", "She")),
        # The subject of the verb is the court.
        ("pl", "Sąd orzekł, że może wrócić.", "en", "The court ruled that she may return.", None),
        ("fr", "La victime dit qu’elle dormait.", "en", "The victim says he was asleep.", None),
        ("zh", "她说明天出发。", "en", "He says the trip starts tomorrow.", ("她", "He")),
        ("zh", "其他人明天出发。", "en", "She says the others leave tomorrow.", None),
        ("ja", "40代の女性が入院した。", "en", "A woman in his 40s is in hospital.", ("女性", "his")),
        ("en", "He lost his keys.", "sv", "Hon har tappat nycklarna.", ("He", "Hon")),
        ("hi", "श्री राव ने कहा कि वे जाएंगे।", "en", "She said that they would go.", ("श्री", "She")),
    ],
)
def test_turned_sex(source_lang: str, source: str, lang: str, target: str, words: tuple[str, str] | None) -> None:
    (found,) = turned(_bitext(source_lang, [source], lang, [target]))
    assert (found and (source[slice(*found.source)], target[slice(*found.target)])) == words


def test_a_person_of_that_sex_in_the_next_sentence() -> None:
    found = turned(
        _bitext("de", ["Er kam spät.", "Die Frau ging."], "en", ["She came late.", "The woman left."]),
    )
    assert found[0] is None


@pytest.mark.parametrize(
    ("source_lang", "source", "target", "words"),
    [
        # A verb or a possessive shows the sex that the pronoun beside its counterpart hides.
        ("pl", "Kowalczyk obiecał, że zakończył.", "Kowalczyk promised that she finished.", ("zakończył", "she")),
        ("ru", "Видел её сестру.", "Saw his sister.", ("её", "his")),
        # Whom something is done to may stand in another place.
        ("pl", "Sąd obiecał, że zakończył.", "The court promised that she was finished.", None),
        ("pl", "Osoba obiecał, że zakończył.", "Person promised that she finished.", None),
        # Verbs whose stem changes; a noun that ends like a verb.
        ("ru", "Помог соседям.", "She helped neighbours.", ("Помог", "She")),
        ("ru", "Дела соседям.", "He helped neighbours.", None),
        # Whom a name and a verb of saying leave: nobody but the one who is named.
        ("pl", "Kowalczyk obiecał, że przyjdzie.", "Kowalczyk promised that she comes.", ("obiecał", "she")),
        # The owner is the subject.
        ("cs", "Soused napsal na svůj plot.", "Neighbour wrote on her fence.", ("napsal", "her")),
        ("cs", "Soused napsal na její plot.", "Neighbour wrote on her fence.", None),
        ("fr", "Un avocat exprime son intention.", "A lawyer expressed her intention.", ("Un", "her")),
        ("fr", "Une avocate exprime son intention.", "A lawyer expressed her intention.", None),
        # The object stands beside its verb, unless it is an article; what agrees with the subject, behind “to be”.
        ("es", "Lo vimos en Madrid.", "Saw her in Madrid.", ("Lo", "her")),
        ("es", "Vimos lo peor en Madrid.", "Saw her in Madrid.", None),
        ("es", "Fue acusado en Madrid.", "She was accused in Madrid.", ("acusado", "She")),
        ("es", "Le fue enviado en Madrid.", "She was sent it in Madrid.", None),
    ],
)
def test_a_pronoun_tied_to_a_word(source_lang: str, source: str, target: str, words: tuple[str, str] | None) -> None:
    pair = _bitext(source_lang, [source], "en", [target])
    pair.lexical = _Literal()
    (found,) = turned(pair)
    assert (found and (source[slice(*found.source)], target[slice(*found.target)])) == words


def test_who_said_it_may_have_to_be_told() -> None:
    (found,) = turned(
        _bitext("en", ["Berg left the hall, saying he was late."], "zh", ["贝格离开了大厅，她说他迟到了。"])
    )
    assert found is None


@pytest.mark.parametrize(
    ("lang", "text", "him", "her"),
    [
        ("en", "He’s sure that she’ll come.", ["He"], ["she"]),
        ("fr", "Je sais qu’il viendra.", ["il"], []),
        ("ja", "彼は言った。", ["彼は"], []),
        ("zh", "吉他和其他乐器", [], []),
        ("ru", "Сказал, что придёт.", ["Сказал"], []),
        ("de", "Ich fragte ihn.", ["ihn"], []),
    ],
)
def test_what_shows_sex(lang: str, text: str, him: list[str], her: list[str]) -> None:
    data = gender(lang)
    assert data is not None
    shown = data.find(text).shown
    assert ([text[slice(*s)] for s in shown[0]], [text[slice(*s)] for s in shown[1]]) == (him, her)


@pytest.mark.parametrize(
    ("source_lang", "source", "target", "sure"),
    [
        # Or joins anything; whether tells a question.
        ("de", "Sie fährt heute oder morgen nach Rom.", "Is she going to Rome today or tomorrow?", True),
        ("de", "Er weiß, ob sie heute nach Rom fährt.", "Is she going to Rome today?", False),
        ("ja", "橋は六月から通れる。", "Is the bridge open from June?", True),
        # A headline asks by a particle, and has no stop.
        ("ja", "首相、来月にも辞任か", "Will the prime minister resign next month?", False),
        # A clause that hangs on the question has words of its own that ask.
        (
            "cs",
            "Most vede do přístavu, který leží na jihu.",
            "Can the bridge lead to the port, which lies south?",
            True,
        ),
        ("pl", "Dzięki dotacji muzeum kupi obraz.", "Thanks to a grant, will the museum buy the picture?", True),
        ("it", "Chi lo dice lo prova.", "Who can say it, and is it proved?", False),
    ],
)
def test_what_may_ask(source_lang: str, source: str, target: str, sure: bool) -> None:
    (found,) = asking(_bitext(source_lang, [source], "en", [target]))
    assert (found.kind, found.sure) == ("invented", sure)


class _Literal:
    """Words that are as like as they stand in the same place."""

    def prepare(self, words: Iterable[str]) -> None:
        pass

    def similarity(self, source: Sequence[str], target: Sequence[str]) -> NDArray[Any]:
        import numpy as np

        return np.array([[1.0 if n == m else 0.0 for m in range(len(target))] for n in range(len(source))])


@pytest.mark.parametrize(
    ("source_lang", "source", "target", "kind"),
    [
        ("de", "Richter kennen Zeugen.", "Judges did not know witnesses.", "invented"),
        # The same, said by the opposite.
        ("es", "Jueces creen inocentes testigos.", "Judges believe not guilty witnesses.", ""),
        ("de", "Richter waren zufrieden.", "Judges were not bad.", ""),
        # What may stand for the denial has a counterpart of its own; the same word without one is reason for silence.
        ("fr", "Juges signent lois interdisant jeux.", "Judges did not sign laws prohibiting games.", "invented"),
        ("fr", "Juges signent lois rarement jeux.", "Judges did not sign laws about games.", ""),
        ("cs", "Soudci znají nebezpečné svědky.", "Judges did not know dangerous witnesses.", "invented"),
    ],
)
def test_a_denial_that_an_opposite_stands_for(source_lang: str, source: str, target: str, kind: str) -> None:
    pair = _bitext(source_lang, [source], "en", [target])
    pair.lexical = _Literal()
    (found,) = polarity(pair)
    assert (found.kind if found.sure else "") == kind


@pytest.mark.parametrize("table", TABLES)
def test_the_words_of_one_language_are_those_of_the_whole_table(table: str) -> None:
    text = (resources.files("tqcheck.languages") / "sense" / f"{table}.toml").read_text(encoding="utf-8")
    for base in ("de", "zh"):
        wanted = {pair: words[base] for pair, words in tomllib.loads(text).items() if base in words}
        assert wanted
        for _twice in range(2):  # made, then as it was kept
            words_of_pairs.cache_clear()
            assert words_of_pairs(table, base) == wanted
