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
        # One character may be all that there is of a name.
        ("zh", "柬方周一欢迎这一决定。", "en", "Cambodia welcomed the decision on Monday."),
        ("zh", "粤企去年的出口增长了两成。", "en", "Exports of companies in Guangdong rose by a fifth last year."),
        ("zh", "代表团明天在京开会。", "en", "The delegation will meet in Beijing tomorrow."),
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
        # Translators explain places by others of the same territory; a word with a stem is none.
        ("de", "Der Zug hielt in Nashville.", "en", "The train stopped in Nashville, Tennessee."),
        ("fr", "Un membre du club des célébrités l’a dit.", "en", "A Hall of Famer said so."),
        # Names read in another way, split in two, or declined.
        ("ja", "会議は富士見町で開かれた。", "en", "The meeting took place in Fujimicho."),
        ("hi", "श्री रॉबिन सन ने कहा कि पुल खुला है।", "en", "Mr Robinson said that the bridge is open."),
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
        ("zh", "会议周一开始。", "en", "The meeting with Hao Weimin began on Monday.", "ENT104", "Hao Weimin"),
        # A foreign name in characters sounds a little like it; in Japanese a foreign place is in katakana.
        ("zh", "会议在大桥附近的村庄举行。", "en", "The meeting with Trzebnicki took place in the village.", "ENT104",
         "Trzebnicki"),
        ("ja", "会議は山の村で開かれた。", "en", "The meeting took place in Scotland.", "ENT104", "Scotland"),
        # In Latin letters an unknown name would be a copy; and a place far from all that is named stands for another.
        ("es", "La empresa abrió ayer su primera tienda.", "en", "The company of Wojtanek opened its first shop.",
         "ENT104", "Wojtanek"),
        ("is", "Lögreglan handtók tvo menn í Grafarholti í nótt.", "en", "Police arrested two men in Nairobi tonight.",
         "ENT103", "Nairobi"),
        # A hole tells that a name is gone, and what is invented elsewhere does not stand for it.
        ("fr", "Le navire se dirigeait vers l’Algérie.", "en", "The ship was on its way to .", "ENT101", "Algérie"),
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


# A place at which a word is wanted; “!” before those that no sound sentence has.
@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "The office is in .", " ."),
        ("en", "According to, the plan failed.", "!to,"),
        ("en", "The bay north of, is closed.", "!of,"),
        ("en", "The on Monday signed the treaty.", "!The on"),
        ("en", "The reform of the may cost more.", "!the may"),
        ("en", "The villagers of gathered in the square.", "!of gathered"),
        ("en", "The play was written by (52), a teacher.", "!by (52"),
        ("en", "The study (, 2011) was repeated.", "!(,"),
        ("en", "The has won the cup.", "!The has"),
        ("en", "Has announced a new plan.", "Has"),
        ("en", "Confirmed that the two ferries will sail again in spring.", "!Confirmed"),
        ("en", "Quickly repaired the roof, the town said.", "Quickly repaired"),
        ("en", "In 1931 moved to a farm, where she painted.", "1931 moved"),
        ("en", "“The roof will be repaired,” said.", "repaired,” said"),
        ("en", "Before noon Dr. added that the roof was safe.", "Dr. added"),
        ("en", "It was hers, 's roof.", "hers, 's"),
        ("de", "Das Abkommen wurde von, dem Minister, gelobt.", "von,"),
        ("fr", "Le siège de . est vide", " ."),
        ("en", "The plan failed, he said.", None),
        ("en", "Has the plan failed?", None),
        ("en", "It rose by .5 points ... and fell.", None),
        ("en", "Asked about the roof, the mayor smiled and left the room.", None),
        ("en", "It seems to have a new roof.", None),
        ("en", "The in-house team repaired the roof.", None),
        ("en", "They repaired the a roof and the the door.", None),
        ("en", "Repaired the roof before the storm came to the village.\n\nIt held.", "Repaired"),
        ("fr", "Est-ce vrai ? Oui : c’est vrai !", None),
        ("fr", "Il parle de, euh, ce projet.", "de,"),
        ("de", "Er hört auf, und sie fährt mit.", None),
        ("en", "", None),
    ],
)
def test_a_sentence_is_torn_where_a_word_is_wanted(lang: str, text: str, expected: str | None) -> None:
    ctx = Context(text, load(lang))
    tear = torn(ctx, Span(0, len(text)), list(words(text)))
    assert (tear and "!" * tear.sure + text[tear.start : tear.end]) == expected


@pytest.mark.parametrize(
    ("word", "name"), [("l’Ukraine", "Ukraine"), ("Ukraine’s", "Ukraine"), ("Irak'taki", "Irak"), ("Çin'deki", "Çin")]
)
def test_the_name_in_a_word_with_an_apostrophe(word: str, name: str) -> None:
    at, part = core(word)
    assert part == name
    assert word[at : at + len(part)] == name
