"""The user's glossary: its files, what is found by it, and how right that is."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tqcheck
from tests.hostile import HOSTILE as HOSTILE_TEXTS
from tests.marks import EVERYTHING, RULES, with_wishes
from tqcheck.config import Settings, resolve
from tqcheck.engine import check_article
from tqcheck.errors import ConfigError
from tqcheck.glossary import Entry, Glossary
from tqcheck.languages import load
from tqcheck.languages.terms import Terms
from tqcheck.model import Article, Confidence, Report
from tqcheck.readers.glossary import read
from tqcheck.readers.glossary.rows import MOST_ROWS
from tqcheck.text.words import words

GOLDEN = Path(__file__).parent / "golden-terms"
TER = [RULES["TER101"], RULES["TER102"]]


def _read(folder: Path, content: str | bytes, name: str = "terms.csv") -> Glossary:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read([str(path)])


def _entries(glossary: Glossary, source: str | None = "en", target: str = "fr") -> list[Entry]:
    return list(glossary.between(source, target))


def _pairs(glossary: Glossary, source: str = "en", target: str = "fr") -> list[tuple[tuple[str, ...], ...]]:
    return [(e.sources, e.required, e.forbidden) for e in _entries(glossary, source, target)]


def _table(cell: str) -> str:
    """Return the table of a glossary as the golden files write it: source>target!forbidden;…"""
    rows = ["source,target,forbidden"]
    for entry in cell.split(";"):
        source, _, rest = entry.partition(">")
        target, _, forbidden = rest.partition("!")
        rows.append(f"{source},{target},{forbidden}")
    return "\n".join(rows)


def _check(
    source_lang: str, lang: str, table: str, source: str | None, text: str, options: Settings = EVERYTHING
) -> Report:
    article = Article(text, lang=lang, source=source, source_lang=source_lang if source else None)
    report = check_article(article, with_wishes(options, table), rules=TER)
    assert not report.failures
    return report


def _golden(name: str) -> list[list[str]]:
    lines = (GOLDEN / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


# Measured: 76 right pairs without a finding, 71 wrong ones found.


@pytest.mark.parametrize("row", _golden("right.tsv"), ids=lambda row: f"{row[0]}-{row[1]}-{row[2]}")
def test_right_pairs_are_silent(row: list[str]) -> None:
    source_lang, lang, glossary, source, text = row
    report = _check(source_lang, lang, _table(glossary), source, text)
    assert [(f.code, f.text) for f in report.findings] == []
    assert report.skipped == ()


@pytest.mark.parametrize("row", _golden("wrong.tsv"), ids=lambda row: f"{row[0]}-{row[1]}-{row[2]}")
def test_wrong_pairs_are_found(row: list[str]) -> None:
    source_lang, lang, glossary, source, text, expected = row
    code, _, rest = expected.partition(" ")
    report = _check(source_lang, lang, _table(glossary), source, text, Settings())
    assert [(f.code, f.text, f.side[0]) for f in report.findings] == [(code, rest[:-2], rest[-1])]


TABLES = {
    "comma": "source,target\nport,port\nship,navire\n",
    "semicolon and mark": "\ufeffsource;target\nport;port\nship;navire\n",
    "tab": "Source\tTarget\nport\tport\nship\tnavire\n",
    "windows": "source,target\r\nport,port\r\nship,navire\r\n",
    "spreadsheet": "sep=;\r\nsource;target\r\nport;port\r\nship;navire\r\n",
    "language codes": "en,fr,notes\nport,port,the place\nship,navire,\n",
    "language codes with region": "en-US,fr_FR,pos\nport,port,noun\nship,navire,noun\n",
    "named": "Term [en],Term [fr],Description [en]\nport,port,a place\nship,navire,\n",
    "spelled out": "English,French\nport,port\nship,navire\n",
    "locale and term": "Definition,en-US Term,fr-FR Term,en-US Notes\na place,port,port,\n,ship,navire,\n",
    "several": "term;description;casesensitive;translatable;forbidden;tags;en;en_description;fr\n"
    "port;;no;yes;no;;port;;port\nship;;no;yes;no;;ship;;navire\n",
    "export with context": "location,source,target,ID,fuzzy,context,translator_comments\n"
    ",port,port,,,,\n,ship,navire,,,,\n",
    "blank lines": "\n\nsource,target\n\nport,port\n,\nship,navire\n\n",
    "quoted": '"source","target"\n"port","port"\n"ship","navire"\n',
    "rows say languages": "source,target,source_lang,target_lang\nport,port,en,fr\n"
    "ship,navire,EN,fr-CA\nship,Schiff,en,de\n",
    "twice": "source,target\nport,port\nport,port\nship,navire\n",
}  # fmt: skip


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_tables(table: str, tmp_path: Path) -> None:
    glossary = _read(tmp_path, table)
    found = [(s[-1], r) for s, r, _f in _pairs(glossary) if r]
    assert found == [("port", ("port",)), ("ship", ("navire",))]
    assert glossary.problems == ()


def test_columns_of_a_table(tmp_path: Path) -> None:
    table = (
        "source,target,forbidden,status,note,case_sensitive,do_not_translate\n"
        "levy,taxe|prélèvement,impôt;charge,preferred,desk,,\n"
        "apple,Apple,,,,yes,\n"
        "iPhone,,,,,,yes\n"
        "vessel,vaisseau,,deprecated,,,\n"
        "barge,péniche,,draft,,,\n"
    )
    glossary = _read(tmp_path, table)
    levy, apple, phone, vessel, barge = _entries(glossary)
    assert (levy.required, levy.forbidden, levy.concept.note) == (("taxe", "prélèvement"), ("impôt", "charge"), "desk")
    assert (levy.concept.file, levy.concept.line) == ("terms.csv", 2)
    assert apple.concept.exact
    assert (phone.sources, phone.required) == (("iPhone",), ("iPhone",))
    assert (vessel.required, vessel.forbidden) == ((), ("vaisseau",))
    assert (barge.required, barge.allowed) == ((), ("péniche",))
    assert glossary.problems == ()


def test_languages_of_a_table(tmp_path: Path) -> None:
    table = "en,pt-BR,pt-PT,zh-CN,zh-TW,id,id-ID\nbus,ônibus,autocarro,公共汽车,公車,7,bus\n"
    glossary = _read(tmp_path, table)
    assert [e.required for e in _entries(glossary, target="pt-BR")] == [("ônibus",)]
    assert [e.required for e in _entries(glossary, target="pt")] == [("ônibus", "autocarro")]
    assert [e.required for e in _entries(glossary, target="zh")] == [("公共汽车",)]
    assert [e.required for e in _entries(glossary, target="zh-Hant")] == [("公車",)]
    assert [e.required for e in _entries(glossary, target="id")] == [("bus",)]
    assert [e.required for e in _entries(glossary, "pt-BR", "en-GB")] == [("bus",)]
    assert [e.required for e in _entries(glossary, target="fi")] == [()]


BAD_ROWS = [
    ("port,port,extra,cells", "4 cells for 2 columns"),
    ('"port,port\nship,navire', "runs over several lines"),
    ("port," + "x" * 300, "a sentence, not a term"),
    ("port," + "one two three " * 5, "a sentence, not a term"),
    ("port,—", "has no letter or digit"),
]


@pytest.mark.parametrize(("row", "message"), BAD_ROWS)
def test_bad_rows_are_told_and_the_rest_goes_on(row: str, message: str, tmp_path: Path) -> None:
    glossary = _read(tmp_path, f"source,target\nship,navire\n{row}\n")
    assert ((("ship",), ("navire",), ())) in _pairs(glossary)
    assert len(glossary.problems) == 1
    assert f"{tmp_path / 'terms.csv'}, line 3: " in glossary.problems[0]
    assert message in glossary.problems[0]


def test_bad_cells_are_told(tmp_path: Path) -> None:
    table = (
        "source,target,forbidden,status,target_lang,case_sensitive,forbiden\n"
        "port,port,,wonderful,,,\nship,navire,,,french,,\nlevy,taxe,taxe,,,maybe,\n"
    )
    glossary = _read(tmp_path, table)
    told = "\n".join(glossary.problems)
    for part in ("did you mean “forbidden”", "status “wonderful” is unknown", "“french” is not a language tag"):
        assert part in told
    assert "“taxe” is both required and forbidden" in told
    assert "“maybe” is neither yes nor no" in told
    assert [e.sources[0] for e in _entries(glossary)] == ["port", "levy"]
    report = _check("en", "fr", table, "The port is closed today.", "Le port est fermé aujourd’hui.")
    assert {s.code for s in report.skipped} == {"TER101", "TER102"}
    assert {s.reason.partition(", line ")[2] for s in report.skipped} == {
        p.partition(", line ")[2] for p in glossary.problems
    }


def test_many_problems_are_counted(tmp_path: Path) -> None:
    glossary = _read(tmp_path, "source,target\nport,port\n" + "a,b,c\n" * 80)
    assert len(glossary.problems) == 51
    assert "30 more problems" in glossary.problems[-1]


BAD_FILES = {
    "empty": ("", "the first line must name the columns"),
    "no header": ("port,port\nship,navire\n", "line 1: the first line must name the columns"),
    "one column": ("source\nport\n", "the first line must name the columns"),
    "only a header": ("source,target\n", "no entry that can be used"),
    "nothing usable": ("source,target\na,b,c\n", "no entry that can be used; the first problem: "),
    "a binary": (b"\x00\x01\x02source,target", "a binary file"),
    "never closed": ('source,target\nport,"' + "x" * 200_000, "line 2: not a table that can be read"),
    "other markup": ("<html><body>port</body></html>", "line 1: not TBX: the root is <html>"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "message"), BAD_FILES.values(), ids=BAD_FILES)
def test_files_that_cannot_be_used(content: str | bytes, message: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"terms\.csv") as caught:
        _read(tmp_path, content)
    assert message in str(caught.value)


def test_places_that_are_no_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file"):
        read([str(tmp_path / "none.csv")])
    with pytest.raises(ConfigError, match="a folder"):
        read([str(tmp_path)])
    with pytest.raises(ConfigError, match=r"terms\.csv"):
        read(["\0terms.csv"])


def test_more_rows_than_any_glossary_has(tmp_path: Path) -> None:
    table = "source,target\n" + "".join(f"w{n},v{n}\n" for n in range(1_000_000))
    with pytest.raises(ConfigError, match=f"line {MOST_ROWS + 2}: more than 200,000 entries"):
        _read(tmp_path, table)


def test_larger_than_any_glossary(tmp_path: Path) -> None:
    path = tmp_path / "terms.csv"
    with path.open("wb") as stream:
        stream.truncate(64 * 1024 * 1024 + 1)
    with pytest.raises(ConfigError, match="larger than 64 MiB"):
        read([str(path)])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding: str, tmp_path: Path) -> None:
    table = "source,target\nlevy,prélèvement\nelected official,élu\nsummer,été\ncollege,collège\nborder,frontière\n"
    glossary = _read(tmp_path, table.encode(encoding))
    assert _entries(glossary)[0].required == ("prélèvement",)
    assert bool(glossary.problems) == (encoding in {"utf-16", "cp1252"})


TBX2 = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en"><text><body>
<termEntry id="c1"><descrip type="definition">a place for ships</descrip>
 <langSet xml:lang="en"><tig><term>port</term></tig></langSet>
 <langSet xml:lang="fr">
  <tig><term>port</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig>
  <ntig><termGrp><term>havre</term>
   <termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termGrp></ntig>
 </langSet></termEntry>
<termEntry><langSet xml:lang="en"><tig><term><hi>ship</hi></term></tig></langSet>
 <langSet xml:lang="fr"><tig><term>navire</term></tig>
 <tig><term>bateau</term><termNote type="normativeAuthorization">supersededTerm</termNote></tig></langSet></termEntry>
</body></text></martif>"""
TBX3 = """<?xml version="1.0"?>
<tbx style="{style}" type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2" xmlns:min="http://www.tbxinfo.net/ns/min">
<text><body>
<conceptEntry id="1"><langSec xml:lang="en"><termSec><term>port</term></termSec></langSec>
<langSec xml:lang="fr"><termSec><term>port</term>{good}</termSec><termSec><term>havre</term>{bad}</termSec></langSec>
</conceptEntry>
<conceptEntry id="2"><note>desk</note><langSec xml:lang="en"><termSec><term>ship</term></termSec></langSec>
<langSec xml:lang="fr"><termSec><term>navire</term></termSec><termSec><term>bateau</term>{bad}</termSec></langSec>
</conceptEntry>
</body></text></tbx>"""
_NOTE = '<termNote type="administrativeStatus">{}</termNote>'
_TAG = "<min:administrativeStatus>{}</min:administrativeStatus>"


@pytest.mark.parametrize(
    "content",
    [
        TBX2,
        TBX3.format(style="dca", good=_NOTE.format("preferredTerm"), bad=_NOTE.format("deprecatedTerm-admn-sts")),
        TBX3.format(style="dct", good=_TAG.format("admittedTerm-admn-sts"), bad=_TAG.format("supersededTerm")),
    ],
    ids=["version 2", "version 3, DCA", "version 3, DCT"],
)  # fmt: skip
def test_tbx(content: str, tmp_path: Path) -> None:
    glossary = _read(tmp_path, content, "terms.tbx")
    assert _pairs(glossary) == [(("port",), ("port",), ("havre",)), (("ship",), ("navire",), ("bateau",))]
    assert _pairs(glossary, "fr", "en") == [(("port", "havre"), ("port",), ()), (("navire", "bateau"), ("ship",), ())]
    assert glossary.problems == ()
    assert [e.concept.line for e in _entries(glossary)] == ([4, 11] if "martif" in content else [4, 7])


def test_tbx_that_is_not_whole(tmp_path: Path) -> None:
    content = TBX2.replace('<langSet xml:lang="en"><tig><term><hi>', "<langSet><tig><term><hi>").replace(
        "supersededTerm", "odd"
    )
    glossary = _read(tmp_path, content, "terms.tbx")
    told = "\n".join(glossary.problems)
    assert "line 11: terms without a language (xml:lang) are left out" in told
    assert "the status “odd” is unknown" in told
    assert _pairs(glossary)[0] == (("port",), ("port",), ("havre",))


_BOMB = '<!DOCTYPE tbx [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {one} "{f"&{other};" * 10}">' for one, other in zip("bcdefghij", "abcdefghi", strict=True)
)
HOSTILE = {
    "billion laughs": (f"<?xml version='1.0'?>\n{_BOMB}]><tbx><text>&j;</text></tbx>", "declares XML entities"),
    "file": ('<!DOCTYPE tbx [<!ENTITY x SYSTEM "file:///etc/hostname">]><tbx>&x;</tbx>', "declares XML entities"),
    "parameter": ('<!DOCTYPE tbx [<!ENTITY % x SYSTEM "http://localhost/"> %x;]><tbx/>', "declares XML entities"),
    "deep": ("<tbx>" + "<a>" * 100_000, "nested more than 64 deep"),
    "cut short": (TBX2[:700], "not well-formed XML"),
    "unknown encoding": ('<?xml version="1.0" encoding="klingon"?><tbx/>', "its encoding cannot be read"),
    "wrong encoding": (TBX2.encode("utf-8").replace(b"navire", b"na\xefve"), "not well-formed XML"),
    "no entries": ("<tbx><text><body/></text></tbx>", "holds no entry"),
    "no root": ("<?xml version='1.0'?>", "not well-formed XML"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "message"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_tbx(content: str | bytes, message: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"terms\.tbx") as caught:
        _read(tmp_path, content, "terms.tbx")
    assert message in str(caught.value)


def test_an_entity_of_a_far_file_is_told_and_not_fetched(tmp_path: Path) -> None:
    glossary = _read(tmp_path, TBX2.replace("a place", "a &place;"), "terms.tbx")
    assert "the entity &place; is not defined here" in glossary.problems[0]
    assert len(_pairs(glossary)) == 2


INFLECTED = [
    ("en", "port authority", "The port authorities met. A port-authority’s report came.", 2),
    ("en", "means", "He has a mean dog. He has the means.", 1),
    ("en", "fine", "They were fined. The fines were paid.", 1),
    ("en", "cyberattack", "Cyber-attacks, a cyber attack and a cyberattack; not a cyberneticist.", 3),
    ("en", "C++", "He writes C++ and C.", 1),
    ("en", "R&D", "R&D, R & D, R and D", 2),
    ("de", "Hafen", "Die Häfen und des Hafens, nicht die Hafenbehörde.", 2),
    ("de", "Vereinte Nationen", "Ein Bericht der Vereinten Nationen.", 1),
    ("fr", "élu", "L’élu et les élus parlent.", 2),
    ("es", "ley", "Las leyes y la ley de leña.", 2),
    ("ru", "санкции", "Против санкций, о санкциях, не сан.", 2),
    ("ru", "Роснефть", "Акции Роснефти растут.", 1),
    ("ru", "порт", "Портал и портфель, в портах.", 1),
    ("uk", "об'єкт", "Усі об’єкти області.", 1),
    ("pl", "sąd", "Decyzja sądu, w sądzie; sadzonka.", 2),
    ("cs", "soud", "U soudu a soudy, souditi.", 2),
    ("fi", "satama", "Satamassa, satamien ja satamat; satanen.", 3),
    ("tr", "liman", "Limanlar, limanın, limanda; limon.", 3),
    ("tr", "IMF", "IMF'nin raporu.", 1),
    ("hu", "kormány", "A kormányt és a kormánynak.", 2),
    ("ar", "حكومة", "وحكومتها والحكومة حكم", 2),
    ("ar", "شركة", "الشركات وشركتين مشاركة", 2),
    ("ar", "كتاب", "كتابه كتابة", 1),
    ("he", "נמל", "בנמל, הנמלים, נמלה", 2),
    ("ko", "항구", "항구에서 항구를 항구적인", 2),
    ("hi", "बंदरगाह", "बंदरगाहों में बंदरगाह पर", 2),
    ("zh", "港口", "港口与港口。", 2),
    ("zh", "AI", "用AI技术，用AIR技术", 1),
    ("ja", "ポート", "レポートとポートは", 1),
    ("ja", "ＮＡＴＯ", "NATO加盟国", 1),
    ("th", "ท่าเรือ", "ที่ท่าเรือแห่งใหม่", 1),
    ("sw", "bandari", "Bandarini na bandari; bandia.", 2),
]


@pytest.mark.parametrize(("lang", "term", "text", "times"), INFLECTED)
def test_forms_of_a_term(lang: str, term: str, text: str, times: int) -> None:
    found = Terms(load(lang), [(term, 7)]).find(text, list(words(text)))
    assert [hit.number for hit in found] == [7] * times, [text[h.start : h.end] for h in found]


_WORD = st.text(alphabet="abcdefghijklmnopqrstuvwxyzäöüéñ", min_size=4, max_size=9)


@settings(max_examples=60, deadline=None)
@given(st.lists(_WORD, min_size=1, max_size=3), st.lists(_WORD, max_size=4), st.lists(_WORD, max_size=4))
def test_a_term_as_it_stands_is_always_found(term: list[str], before: list[str], after: list[str]) -> None:
    written = " ".join(term)
    text = " ".join([*before, written, *after])
    found = Terms(load("sw"), [(written, 0)]).find(text, list(words(text)))
    start = len(" ".join([*before, ""])) if before else 0
    assert any((hit.start, hit.end) == (start, start + len(written)) and hit.plain for hit in found)
    assert all(text[hit.start : hit.end] for hit in found)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.text(min_size=1, max_size=12), st.text(max_size=12)), min_size=1, max_size=6))
def test_any_table_is_read_or_refused_with_a_reason(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([("source", "target"), *rows])
    data = out.getvalue().encode("utf-8", "replace")
    try:
        glossary = _read(tmp_path_factory.mktemp("any"), data)
    except ConfigError as error:
        assert "terms.csv" in str(error)  # noqa: PT017
    else:
        _check(
            "en", "fr", out.getvalue().encode("utf-8", "replace").decode(), "A port. ".join(r[0] for r in rows), "Un."
        )
        assert glossary.concepts


def test_a_term_is_due_once_a_pair(tmp_path: Path) -> None:
    table = "source,target\ncourt,Gericht\n"
    source = "The court met on Monday, and the court will meet again."
    assert not _check("en", "de", table, source, "Das Gericht tagte am Montag, und es wird wieder tagen.").findings
    found = _check("en", "de", table, source, "Der Hof tagte am Montag, und er wird wieder tagen.").findings
    assert [(f.code, f.evidence["times"]) for f in found] == [("TER101", 2)]


def test_a_rendering_may_move_to_the_next_sentence() -> None:
    table = "source,target\nstrike,Streik\n"
    source = "The strike at the airport is over. The pilots went back to work on Friday morning."
    text = "Am Flughafen ist alles vorbei. Die Piloten kehrten nach dem Streik am Freitagmorgen zur Arbeit zurück."
    assert not _check("en", "de", table, source, text).findings


def test_synonyms_and_rows_of_one_term_are_alternatives() -> None:
    table = "source,target\ncourt,Gericht\ncourt,Gerichtshof|Tribunal\n"
    source = "The court rejected the claim of the firm."
    assert not _check("en", "de", table, source, "Das Tribunal wies die Forderung der Firma zurück.").findings
    (found,) = _check("en", "de", table, source, "Der Hof wies die Forderung der Firma zurück.").findings
    assert found.evidence["required"] == ["Gericht", "Gerichtshof", "Tribunal"]
    assert found.evidence["glossary"] == "terms.csv:2"
    assert "“court” is “Gericht” or “Gerichtshof” or “Tribunal” in your glossary" in found.message


def test_a_longer_term_hides_a_shorter_one_even_without_a_rendering() -> None:
    table = "en,de\nport,Hafen\nport wine,\n"
    assert not _check("en", "de", table, "They sold port wine in May.", "Sie verkauften im Mai Süßwein.").findings


def test_capitals_by_habit_say_nothing() -> None:
    rows = "Port,Hafen\nShip,Schiff\nCourt,Gericht\nLevy,Abgabe\nStrike,Streik\n"
    source, text = "The port is closed.", "Der Anleger ist geschlossen."
    assert _check("en", "de", "source,target\n" + rows, source, text).findings
    assert not _check("en", "de", "source,target\nPort,Hafen\nship,Schiff\n", source, text).findings


def test_forbidden_without_an_original() -> None:
    sourced = "source,target,forbidden\nlevy,Abgabe,Taxe\n"
    (weak,) = _check("en", "de", sourced, None, "Die Taxe wurde im Mai erhöht.").findings
    assert weak.confidence is Confidence.LOW
    alone = "target,forbidden\nAbgabe,Taxe\n"
    (sure,) = _check("en", "de", alone, None, "Die Taxe wurde im Mai erhöht.").findings
    assert (sure.confidence, sure.fix and sure.fix.edits[0].text) == (Confidence.HIGH, "Abgabe")
    (inflected,) = _check("en", "de", alone, None, "Die Taxen wurden im Mai erhöht.").findings
    assert inflected.fix is None
    assert not _check("en", "de", "target,forbidden\nTaxenstand,Taxe\n", None, "Am Taxenstand war es ruhig.").findings


def test_a_glossary_of_another_language_says_nothing() -> None:
    table = "source,target,target_lang\ncourt,tribunal,fr\n"
    assert not _check("en", "de", table, "The court met.", "Der Hof tagte.").findings


def test_without_a_glossary_the_rules_are_skipped() -> None:
    report = check_article(Article("Eine Zeile.", lang="de"), EVERYTHING, rules=TER)
    assert [(s.code, s.reason) for s in report.skipped] == [("TER101", "no glossary"), ("TER102", "no glossary")]


def test_the_signature_tells_the_glossary(tmp_path: Path) -> None:
    path = tmp_path / "terms.csv"
    path.write_text("source,target\nport,Hafen\n", "utf-8")

    def signature(options: Settings) -> str:
        return tqcheck.check("Eine Zeile.", lang="de", config=options).signature

    options = Settings(glossary=(str(path),))
    first = signature(options)
    assert "|glossary:" in first
    assert signature(options) == first
    path.write_text("source,target\nport,Häfen\n", "utf-8")
    assert signature(options) != first
    assert "glossary" not in signature(Settings())


def test_paths_start_from_the_configuration_file(tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    file = tmp_path / "desk" / "tqcheck.toml"
    file.write_text('glossary = ["terms.csv", "/far/terms.tbx"]', "utf-8")
    assert resolve(tmp_path / "desk", {}).settings.glossary == (str(tmp_path / "desk" / "terms.csv"), "/far/terms.tbx")
    assert resolve(tmp_path / "desk", {"glossary": ("own.csv",)}).settings.glossary == ("own.csv",)
    file.write_text('glossary = "terms.csv"', "utf-8")
    with pytest.raises(ConfigError, match="glossary must be a list of files"):
        resolve(tmp_path / "desk", {})


def test_several_files_are_one_glossary(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("source,target\nport,port\n", "utf-8")
    (tmp_path / "b.tbx").write_text(TBX2, "utf-8")
    glossary = read([str(tmp_path / "a.csv"), str(tmp_path / "b.tbx")])
    assert [e.concept.file for e in _entries(glossary)] == ["a.csv", "b.tbx", "b.tbx"]
    assert len(glossary.fingerprint) == 8


@pytest.mark.parametrize("name", HOSTILE_TEXTS)
def test_hostile_texts(name: str) -> None:
    table = "source,target,forbidden\nword,Wort,a\na a a,b b,ы\nAbC,l’,1 1\nport,Hafen,港\n"
    text = HOSTILE_TEXTS[name]
    for lang in ("de", "ja", "ar"):
        check_article(Article(text, lang=lang), with_wishes(EVERYTHING, table), rules=TER)
        Terms(load(lang), [("word", 0), ("a", 1), ("a a a", 2), ("ы", 3)]).find(text, list(words(text)))


def test_a_text_that_begins_terms_without_end() -> None:
    terms = Terms(load("en"), [(f"a {'a ' * n}b{n}", n) for n in range(9)])
    text = "a " * 3000 + "b1"
    assert [hit.number for hit in terms.find(text, list(words(text)))] == [1]
