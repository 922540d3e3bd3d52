"""Numbers are read as values, however a language writes them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.hostile import HOSTILE
from tqcheck.languages.measures import measures
from tqcheck.languages.numerals import numerals
from tqcheck.languages.quantities import quantities
from tqcheck.languages.quantity import Firmness
from tqcheck.text.figures import readings

# Only what is surely a number counts here: articles and dozens are read, but weak.
TABLE = [
    ("en", "Twenty-five ships, a hundred and one dogs and two and a half million birds.", [25, 101, 2.5e6]),
    ("en", "$2.75bn, £5m, 1,234.5 miles, 3 to 4 million people.", [2.75e9, 5e6, 1234.5, 3, 4e6]),
    ("en", "Three quarters of 1.2 million pupils, one and a half million adults.", [1.2e6, 1.5e6]),
    ("de", "Fünfundzwanzig Schiffe, zweitausendvierhundertelf Euro, 2,75 Mrd. Euro.", [25, 2411, 2.75e9]),
    ("de", "1.234,5 Kilometer, dreihunderttausend Menschen, eine halbe Million.", [1234.5, 300_000, 500_000]),
    ("de-CH", "1’234’567 Franken.", [1_234_567]),
    ("fr", "Quatre-vingt-dix-sept personnes, soixante et onze, 1 234 567,8 tonnes.", [97, 71, 1_234_567.8]),
    ("fr", "2,75 mds d’euros, deux millions et demi, trois cent mille.", [2.75e9, 2.5e6, 300_000]),
    ("es", "Treinta y cinco, doscientos mil, 5 mil millones, un billón.", [35, 200_000, 5e9, 1e12]),
    ("it", "Venticinque, duemila, trecentomila, 1,5 mld di euro, quarantotto.", [25, 2000, 300_000, 1.5e9, 48]),
    ("pt-BR", "Vinte e cinco, dois mil e quinhentos, 3 bilhões de reais.", [25, 2500, 3e9]),
    ("pt", "Três biliões de euros.", [3e12]),
    ("nl", "Vijfentwintig, tweeëntwintig, driehonderdduizend, 2,5 mln euro.", [25, 22, 300_000, 2.5e6]),
    ("pl", "Dwudziestu pięciu, dwa i pół miliona, 2,5 mld zł, pięćdziesięcioletni.", [25, 2.5e6, 2.5e9, 50]),
    ("ru", "Двадцати пяти, два с половиной миллиона, 2 млн 300 тыс. рублей.", [25, 2.5e6, 2.3e6]),
    ("ru", "Двадцатипятилетний, пятьюдесятью, 1,5 трлн.", [25, 50, 1.5e12]),
    ("uk", "Двадцять п’ять, п'ятнадцяти, два з половиною мільйони, 3 тис.", [25, 15, 2.5e6, 3000]),
    ("tr", "Yirmi beş gemi, yüzde 25, iki buçuk milyon, on beş bin.", [25, 25, 2.5e6, 15_000]),
    ("ar", "خمسة وعشرون، ثلاثة عشر، ٢٫٥ مليار دولار، خمسمئة ألف، ١٬٢٣٤", [25, 13, 2.5e9, 500_000, 1234]),
    ("zh", "3万5千人，12亿3000万，二〇二四年，三千五百，3万亿元，六万四千", [35e3, 1.23e9, 2024, 3500, 3e12, 64_000]),
    ("ja", "１２億3000万円、9カ所、三十五人、1 億 4 千万、2.5兆円", [1.23e9, 9, 35, 1.4e8, 2.5e12]),
    ("ko", "3만 달러, 12억", [30_000, 1.2e9]),
    ("hi", "२५ लाख रुपये, १,००,००० और 3.5 करोड़", [2.5e6, 100_000, 3.5e7]),
    ("cs", "Dvacet pět tisíc, 3,5 miliardy.", [25_000, 3.5e9]),
    ("is", "146 km, 2,5 milljarðar.", [146, 2.5e9]),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "text", "expected"), TABLE, ids=[f"{t[0]}-{i}" for i, t in enumerate(TABLE)])
def test_values(lang: str, text: str, expected: list[float]) -> None:
    found = [q.value for q in quantities(text, lang) if q.firmness >= Firmness.SPELLED]
    assert found == pytest.approx(expected)


@pytest.mark.parametrize(
    ("lang", "text", "names"),
    [
        ("en", "at 146 mph", {"mile_per_hour"}),
        ("de", "bei 60 km/h", {"kilometre_per_hour"}),
        ("fr", "5 millions d’euros", {"EUR"}),
        ("en", "$5 million", {"USD"}),
        ("tr", "yüzde 25", {"percent"}),
        ("zh", "百分之二十五", {"percent"}),
        ("ja", "3億円", {"JPY"}),
        ("pl", "o 17.30 w sobotę", set()),
        ("en", "12 in 2017", set()),
    ],
)
def test_units(lang: str, text: str, names: set[str]) -> None:
    assert quantities(text, lang)[0].unit_names == names


@pytest.mark.parametrize(
    ("lang", "text", "hours"),
    [
        ("en", "3 p.m.", (15,)),
        ("de", "15 Uhr", (15,)),
        ("zh", "下午3点", (15,)),
        ("en", "5 a.m.", (5,)),
        ("fr", "à 5h30", (5, 17)),
    ],
)
def test_hours(lang: str, text: str, hours: tuple[int, ...]) -> None:
    assert quantities(text, lang)[0].hours == hours


@pytest.mark.parametrize(
    "text", ["l’homme et la femme", "Der eine oder andere", "m k b t", "I am", "a.m. and p.m.", "万一"]
)
@pytest.mark.parametrize("lang", ["fr", "de", "en", "zh"])
def test_what_is_no_firm_number(lang: str, text: str) -> None:
    assert all(q.firmness < Firmness.SPELLED for q in quantities(text, lang))


SEPARATORS = {
    "en": (",", "."),
    "de": (".", ","),
    "fr": ("\u202f", ","),
    "ru": (" ", ","),
    "de-CH": ("’", ","),
    "ar": (",", "."),
}


@given(
    whole=st.integers(0, 10**12),
    cents=st.none() | st.integers(0, 99),
    lang=st.sampled_from(sorted(SEPARATORS)),
    digits=st.sampled_from(["0123456789", "٠١٢٣٤٥٦٧٨٩", "０１２３４５６７８９"]),
)
@settings(max_examples=200, deadline=None)
def test_a_figure_written_in_a_locale_reads_back(whole: int, cents: int | None, lang: str, digits: str) -> None:
    group, point = SEPARATORS[lang]
    text = f"{whole:,}".replace(",", group) + ("" if cents is None else f"{point}{cents:02d}")
    value = whole + (cents or 0) / 100
    figure = text.translate({ord(str(n)): digit for n, digit in enumerate(digits)})
    rules = numerals(lang)
    assert any(math.isclose(v, value) for v in readings(figure, rules.decimal, rules.thousands))


@given(
    text=st.text(alphabet="0123456789.,'’ :-年月万億mkb%$€ éand", max_size=60),
    lang=st.sampled_from(["en", "fr", "ar", "zh", "ko"]),
)
@settings(max_examples=300, deadline=None)
def test_any_text_reads_in_order_and_finite(text: str, lang: str) -> None:
    end = 0
    for quantity in quantities(text, lang):
        start, stop = quantity.outer
        assert end <= quantity.start < quantity.end <= len(text)
        assert 0 <= start <= quantity.start
        assert quantity.end <= stop <= len(text)
        assert all(math.isfinite(v) for v in quantity.values)
        end = quantity.end


@pytest.mark.parametrize(
    ("text", "value", "unit"), [("a flat of 30 m2", 30, "square_metre"), ("20 km2 of forest", 20, "square_kilometre")]
)
def test_the_exponent_of_a_unit_is_no_number(text: str, value: float, unit: str) -> None:
    (quantity,) = quantities(text, "en")
    assert (quantity.value, quantity.unit_names) == (value, {unit})


MORE = {
    "figures and commas": "1," * 10_000,
    "one long figure": "9" * 100_000,
    "magnitudes": "万" * 10_000,
    "words": "twenty " * 4_000,
    "groups": "1 000" * 3_000,
    "thousands": "thousand " * 3_000,
    "characters": "一二三" * 4_000,
}


@pytest.mark.parametrize("name", [*HOSTILE, *MORE])
@pytest.mark.parametrize("lang", ["de", "zh"])
def test_hostile_text(name: str, lang: str) -> None:
    text = {**HOSTILE, **MORE}[name][:20_000]
    for quantity in quantities(text, lang):
        assert 0 <= quantity.start < quantity.end <= len(text)
        assert all(math.isfinite(v) for v in quantity.values)


def test_units_of_one_dimension_convert() -> None:
    (mile,) = measures().after["miles"]
    (kilometre,) = measures().after["km"]
    assert mile.base(10) == pytest.approx(kilometre.base(16.09344))
    (fahrenheit,), (celsius,) = measures().after["°f"], measures().after["°c"]
    assert fahrenheit.base(212) == pytest.approx(celsius.base(100))
