"""Names that one side lacks: what is surely a fault, and what a sound translation may do."""

from __future__ import annotations

import pytest

from tqcheck.config import Settings
from tqcheck.context import Context
from tqcheck.engine import by_evidence, read
from tqcheck.languages import load
from tqcheck.languages.entities import core
from tqcheck.model import Article, Confidence, Span
from tqcheck.rules import load_rules
from tqcheck.select import select
from tqcheck.text.words import words
from tqcheck.witnesses.torn import torn

RULES = select(load_rules(), ("ENT",))


def found(source_lang: str, source: str, lang: str, text: str) -> list[tuple[str, str, Confidence]]:
    """Return code, text and own evidence of what the entity rules find."""
    ctx = read(Article(text, lang=lang, source=source, source_lang=source_lang), Settings())
    return [(f.code, f.text, f.confidence) for f in by_evidence(ctx, RULES)]


@pytest.mark.parametrize(
    ("source_lang", "source", "lang", "text"),
    [
        # A body or an event goes by a common noun, or by a part of its name.
        ("en", "The Supreme Court will hear the case in May.", "de", "Das Gericht verhandelt den Fall im Mai."),
        ("en", "Two clubs left the World Cup in June.", "pt", "Dois clubes deixaram a Copa em junho."),
        ("en", "The Senate rejected the bill.", "ru", "Сенаторы отклонили законопроект."),
        # A part of a larger name is no name of its own.
        ("en", "The Church of England ordained forty priests.", "fr", "L’Église anglicane a ordonné quarante prêtres."),
        ("en", "He won the Victoria Cross in 1917.", "de", "Er erhielt 1917 das Viktoriakreuz."),
        ("en", "The treaty promotes Euro-Asia trade.", "pl", "Traktat wspiera handel euroazjatycki."),
        # Nor is the attribute of a noun, nor the state behind a city.
        ("en", "The Scotland captain missed a penalty.", "es", "El capitán falló un penalti."),
        ("en", "The final will be played in Freiburg, Germany.", "de", "Das Endspiel findet in Freiburg statt."),
        # A title that is cut off.
        ("en", "It was signed by Sens. Harlan Whitlock and Dora Quimby.", "it",
         "È firmata dai senatori Harlan Whitlock e Dora Quimby."),
        # Endings: behind an apostrophe, and of short names.
        ("en", "Three engineers returned from Iraq.", "tr", "Üç mühendis Irak'taki görevlerinden döndü."),
        ("en", "Two hikers from Utah were found alive.", "uk", "Двох туристів із Юти знайшли живими."),
        # Other scripts: without a space, by one character, by sound.
        ("en", "The film was shown by Telmo TV on Sunday.", "ja", "この映画は日曜日にテルモテレビで放映された。"),
        ("zh", "中美两国代表团周一会面。", "en", "Delegations from China and the US met on Monday."),
        ("uk", "Маски з’явилися перед Хеловіном.", "en", "The masks appeared before Halloween."),
        # The seat of a government, and a club by its city.
        ("en", "Washington declined to comment.", "ja", "ホワイトハウスはコメントを控えた。"),
        ("de", "Gestern siegte Neapel mit zwei späten Toren.", "en", "Yesterday Napoli won with two late goals."),
        # Compounds that end in the name.
        ("de", "Das Feuer brach in Oberbayern aus.", "fr", "L’incendie s’est déclaré en Haute-Bavière."),
        # “This” is no form of a city; an inflected noun is no paper; a verb is no rendering of a company.
        ("cs", "Kniha vyšla v Brně.", "en", "This book was published in Brno."),
        ("es", "El Equipo Nacional ganó el partido.", "en", "The National Team won the match."),
        ("en", "She wrote on Twitter that the bridge was open.", "uk", "Вона заявила у Твіттері, що міст відкрито."),
        # Named before, and a pronoun now.
        ("fr", "Vasquez a gagné la course. Le public a applaudi Vasquez.", "en",
         "Vasquez won the race. The crowd applauded her."),
    ],
)  # fmt: skip
def test_what_a_sound_translation_may_do_is_not_shown(source_lang: str, source: str, lang: str, text: str) -> None:
    assert [hit for hit in found(source_lang, source, lang, text) if hit[2] > Confidence.LOW] == []


@pytest.mark.parametrize(
    ("source_lang", "source", "lang", "text", "code", "name"),
    [
        ("de", "Die Klinik liegt bei Grunewitz.", "en", "The clinic is on the edge of .", "ENT101", "Grunewitz"),
        ("en", "The ministers of Poland met in Lisbon.", "de", "Die Minister Polens trafen sich.", "ENT101", "Lisbon"),
        ("pl", "Wczoraj otwarto most w Gdyni.", "en", "Yesterday a bridge was opened in .", "ENT101", "Gdyni"),
        ("en", "The referee showed Marla Tsouvanis two cards.", "es", "El árbitro mostró dos tarjetas.", "ENT101",
         "Marla Tsouvanis"),
        ("en", "The prize went to Marla Tsouvanis on Friday.", "ja", "賞は金曜日に贈られた。", "ENT101",
         "Marla Tsouvanis"),
        ("ru", "Переговоры прошли в Бельгии.", "en", "The talks took place in Norway.", "ENT103", "Norway"),
        ("hi", "प्रधानमंत्री मंगलवार को जापान पहुंचे।", "en", "The Prime Minister arrived in Brazil on Tuesday.",
         "ENT103", "Brazil"),
        ("it", "La mostra di Ferraboschi apre domani.", "en", "The exhibition of Kowalewicz opens tomorrow.", "ENT103",
         "Kowalewicz"),
        ("en", "The German minister resigned.", "es", "El ministro japonés dimitió.", "ENT103", "japonés"),
        ("zh", "会议周一开始。", "en", "The meeting with Hao Weimin began on Monday.", "ENT104", "Weimin"),
    ],
)  # fmt: skip
def test_what_is_surely_a_fault_is_shown(
    source_lang: str, source: str, lang: str, text: str, code: str, name: str
) -> None:
    shown = [(hit[0], hit[1]) for hit in found(source_lang, source, lang, text) if hit[2] > Confidence.LOW]
    assert (code, name) in shown


def test_a_name_that_went_by_other_words_is_kept_as_a_hint() -> None:
    hits = found("en", "The Senate floor was empty on Friday.", "de", "Der Saal war am Freitag leer.")
    assert hits == [("ENT101", "Senate", Confidence.LOW)]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "The office is in .", True),
        ("en", "According to, the plan failed.", True),
        ("en", "The has won the cup.", True),
        ("en", "Has announced a new plan.", True),
        ("de", "Das Abkommen wurde von, dem Minister, gelobt.", True),
        ("fr", "Le siège de . est vide", True),
        ("en", "The plan failed, he said.", False),
        ("en", "Has the plan failed?", False),
        ("en", "It rose by .5 points ... and fell.", False),
        ("fr", "Est-ce vrai ? Oui : c’est vrai !", False),
        ("de", "Er hört auf, und sie fährt mit.", False),
        ("en", "", False),
    ],
)
def test_a_sentence_is_torn_where_a_word_is_wanted(lang: str, text: str, expected: bool) -> None:
    ctx = Context(text, load(lang))
    assert torn(ctx, Span(0, len(text)), list(words(text))) is expected


@pytest.mark.parametrize(
    ("word", "name"), [("l’Ukraine", "Ukraine"), ("Ukraine’s", "Ukraine"), ("Irak'taki", "Irak"), ("Çin'deki", "Çin")]
)
def test_the_name_in_a_word_with_an_apostrophe(word: str, name: str) -> None:
    at, part = core(word)
    assert part == name
    assert word[at : at + len(part)] == name
