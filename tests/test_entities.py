"""The table of entities, and how names are recognised in other scripts."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tqcheck.context import Context
from tqcheck.languages import available, load
from tqcheck.languages.entities import entity, forms, index, keys, same_name
from tqcheck.model import Span
from tqcheck.text.romanize import likeness, romanize, unlike
from tqcheck.text.words import words
from tqcheck.witnesses.mentions import mentions

FOURTEEN = ("ar", "de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt", "ru", "tr", "uk", "zh")


# Names that several entities go by; they are found as names of all of them.
SHARED = {
    "Georgia", "Géorgie", "Geórgia", "جورجيا", "ジョージア", "Congo", "Kongo", "コンゴ", "刚果", "Виргинские о-ва",
    "التايمز", "アマゾン", "Amazon", "連邦議会", "下院", "上院", "世界报", "共和国报", "Congolese",
}  # fmt: skip
HAND = Path(__file__).parent.parent / "scripts" / "entities"


def test_the_table_is_large_enough() -> None:
    assert set(FOURTEEN) <= set(available())
    complete = [key for key in keys() if all(forms(key, tag) for tag in FOURTEEN)]
    assert len(complete) >= 700
    assert sum(sum(bool(forms(key, tag)) for tag in FOURTEEN) >= 8 for key in keys()) >= 1400


@pytest.mark.parametrize("path", sorted(HAND.glob("*.tsv")), ids=lambda path: path.stem)
def test_every_cell_by_hand_has_a_form_or_says_that_there_is_none(path: Path) -> None:
    head, *rows = [line.split("\t") for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert all(len(row) == len(head) and all(cell.strip() for cell in row) for row in rows)
    assert len({row[0] for row in rows}) == len(rows)


@pytest.mark.parametrize("tag", FOURTEEN)
def test_names_that_several_entities_share_are_known(tag: str) -> None:
    by_name: dict[str, list[str]] = {}
    for key in keys():
        if entity(key).kind not in ("city", "capital", "person"):
            for form in forms(key, tag):
                by_name.setdefault(form, []).append(key)
    shared = {form for form, found in by_name.items() if len({entity(key).of or key for key in found}) > 1}
    assert shared <= SHARED


def test_states_and_peoples_belong_to_a_territory() -> None:
    for key in keys():
        if entity(key).kind in ("country", "people"):
            assert entity(key).of, key


@pytest.mark.parametrize(
    ("tag", "text", "name", "key"),
    [
        ("en", "Nigeria’s oil", "Nigeria", "NG"),
        ("ru", "Встреча в Варшаве", "Варшаве", "warsaw"),
        ("pl", "w Moskwie i Turcji", "Moskwie", "moscow"),
        ("uk", "з Німеччиною", "Німеччиною", "DE"),
        ("tr", "Türkiye’nin sınırı", "Türkiye", "TR"),
        ("ar", "وصل إلى القاهرة", "القاهرة", "cairo"),
        ("fr", "la Côte d’Ivoire", "Côte d’Ivoire", "CI"),
        ("zh", "他在法国", "法国", "FR"),
        ("ja", "フランスで", "フランス", "FR"),
        ("de", "die Hauptstadt Frankreichs", "Frankreichs", "FR"),
    ],
)
def test_names_are_found_under_their_endings(tag: str, text: str, name: str, key: str) -> None:
    hits = index(tag, tag not in ("zh", "ja")).find(text, list(words(text)))
    assert [text[h.start : h.end] for h in hits if key in h.keys] == [name]


@pytest.mark.parametrize(
    ("tag", "text", "names"),
    [
        ("zh", "特朗普周一访问纽约。", ["特朗普", "纽约"]),
        # The day before “to”; a part of the name of a man; a word that encloses one; syllables of a longer name.
        ("zh", "机构26日向成员提交报告。", []),
        ("zh", "经理巴里·霍夫曼表示满意。", []),
        ("zh", "发展中国家代表出席。", []),
        ("zh", "他在拉斯卡尼塔斯出生。", []),
        ("hi", "मंत्री सोमवार को पेरिस पहुंचे।", ["पेरिस"]),
        ("en", "Ships pass the strait of Hormuz.", ["strait of Hormuz"]),
        ("en", "US troops left, and it pleased us.", ["US"]),
    ],
)
def test_what_is_surely_a_name(tag: str, text: str, names: list[str]) -> None:
    ctx = Context(text, load(tag))
    found = mentions(ctx, Span(0, len(text)), list(words(text)))
    assert [text[m.start : m.end] for m in found if m.keys and m.sure >= 0.5] == names


@pytest.mark.parametrize(
    ("text", "name", "loose"),
    [
        ("美国总统周三抵达。", "美国", True),
        ("美国周三宣布。", "美国", False),
        ("他在法国巴黎居住。", "法国", True),
        ("据法国新闻通讯社报道。", "法国", True),
        ("看到“中国之星”后离开。", "中国", True),
    ],
)
def test_what_chinese_may_leave_out(text: str, name: str, loose: bool) -> None:
    found = mentions(Context(text, load("zh")), Span(0, len(text)), list(words(text)))
    assert [m.loose for m in found if text[m.start : m.end] == name] == [loose]


def test_endings_keep_names_apart() -> None:
    assert same_name("россия", "россией", "ru")
    assert not same_name("niger", "nigeria", "en")
    assert not same_name("austria", "australia", "es")
    assert not same_name("иран", "ирак", "ru")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Шварценеггер", "Schwarzenegger"),
        ("Χριστόπουλος", "Christopoulos"),
        ("キャンベル", "Campbell"),
        ("シュミット", "Schmidt"),
        ("ブレジンスキー", "Brzezinski"),
        ("محمد", "Mohammed"),
        ("ירושלים", "Jerusalem"),
        ("वाशिंगटन", "Washington"),
        ("Джонсон", "Johnson"),
        ("Хабаровск", "Khabarovsk"),
        ("习近平", "Xijinping"),
        ("Ковальчуком", "Kowalczuk"),
    ],
)
def test_the_same_name_in_two_scripts(one: str, other: str) -> None:
    assert likeness(one, other) >= 0.6
    assert likeness(one, other) == likeness(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("Путин", "London"), ("デュバル", "Berlin"), ("Miller", "Kowalski"), ("القاهرة", "Washington")]
)
def test_two_names(one: str, other: str) -> None:
    assert likeness(one, other) < 0.5


def test_romanisation() -> None:
    assert romanize("シャンパーニュ") == "shanpanyu"
    assert romanize("ロッテルダム") == "rotterudamu"
    assert romanize("Łódź") == "lodz"
    assert romanize("北京") == "beijing"


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_any_two_words_can_be_compared(one: str, other: str) -> None:
    assert 0.0 <= likeness(one, other) <= 1.0
    assert likeness(one, other) == likeness(other, one)


@given(
    st.text("abcdeiklmnorstuvшчжн", max_size=9),
    st.text("abcdeiklmnorstuvшчжн", max_size=9),
    st.floats(0.0, 1.0),
)
def test_what_letters_tell_to_be_unlike_is_so(one: str, other: str, least: float) -> None:
    if unlike(romanize(one), romanize(other), least):
        assert likeness(one, other) < least


def test_letters_tell_strangers_apart() -> None:
    assert unlike("london", "kowalski", 0.7)
    assert not unlike("london", "londyn", 0.7)
    assert not unlike("london", "kowalski", 0.4)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300), st.sampled_from(FOURTEEN))
def test_any_text_can_be_searched(text: str, tag: str) -> None:
    hits = index(tag, tag not in ("zh", "ja")).find(text, list(words(text)))
    assert all(0 <= h.start < h.end <= len(text) and h.keys for h in hits)
    assert all(a.end <= b.start for a, b in pairwise(hits))
