"""The original of an article: where a page says so, where a pair of feeds shows it, and never by guessing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.feed_texts import entries, fetches, item, missed, page, rss, run
from tests.web import Asked, Reply, Web
from tqcheck.audit.feeds.page import read
from tqcheck.audit.pairs import read as read_pairs
from tqcheck.audit.values import Entry, Validators
from tqcheck.errors import ConfigError

XML = "text/xml"
FRENCH = (
    "Le conseil de la ville s’est réuni lundi pour parler du port et de ses ouvriers. Personne ne savait la suite. "
)
ENGLISH = "The council of the city met on Monday to speak of the harbour and its workers. Nobody knew what came next. "
HREFLANG = '<link rel="alternate" hreflang="{}" href="{}">'


def _ld(graph: str) -> str:
    return f'<script type="application/ld+json">{{"@context": "https://schema.org", "@graph": [{graph}]}}</script>'


def _one(web: Web, head: str, original: str = page(FRENCH * 2, lang="fr"), **changes: object) -> Entry:
    """Audit a feed with one article, whose page has `head`."""
    web.routes["/feed"] = Reply(rss(item(web.url("/en"))), XML)
    web.routes["/en"] = Reply(page(ENGLISH * 2, head=head))
    web.routes["/fr"] = Reply(original)
    (entry,) = entries(run([web.url("/feed")], **changes))
    return entry


@pytest.mark.parametrize(
    "said",
    [
        '{"@type": "NewsArticle", "url": "/en", "translationOfWork": "/fr"}',
        '{"@type": "NewsArticle", "translationOfWork": {"@type": "NewsArticle", "url": "/fr", "inLanguage": "fr"}}',
        '{"mainEntityOfPage": {"@id": "/en"}, "translationOfWork": [{"@id": "#o"}]}, {"@id": "#o", "url": "/fr"}',
        '{"@id": "/fr", "schema:workTranslation": [{"@id": "/de"}, {"@id": "/en"}]}',
    ],
)
def test_schema_org_names_the_original(said: str) -> None:
    with Web() as web:
        entry = _one(web, _ld(said))
    assert (entry.origin, entry.article.source_lang) == ("schema.org", "fr")
    assert (entry.article.source or "").endswith(FRENCH.strip())


def test_what_schema_org_says_of_other_pages_does_not_count() -> None:
    teasers = ",".join(f'{{"@type": "NewsArticle", "url": "/x{n}", "translationOfWork": "/fr"}}' for n in range(2))
    with Web() as web:
        assert _one(web, _ld(teasers)).article.source is None


@pytest.mark.parametrize(
    "markup",
    [
        '<div itemscope itemid="/en"><link itemprop="translationOfWork" href="/fr"></div>',
        '<div itemscope><span itemprop="translationOfWork" itemscope><a itemprop="url" href="/fr">o</a>'
        '<meta itemprop="inLanguage" content="fr"></span></div>',
        '<div itemscope itemid="/fr"><link itemprop="workTranslation" href="/en"></div>',
        '<div itemscope itemid="/fr"><link itemprop="workTranslation" href="/en"></div>'
        '<div itemscope itemid="/other"><link itemprop="translationOfWork" href="/wrong"></div>',
    ],
)
def test_microdata_says_the_same(markup: str) -> None:
    html = f"<html lang=en><body><main>{markup}<p>{ENGLISH}</p></main></body></html>"
    original = read(html.encode(), "text/html", "http://news.test/en").original
    assert original is not None
    assert original[1] == "http://news.test/fr"


def test_another_version_is_the_original_where_there_is_one_or_its_language_is_known() -> None:
    with Web({"/de": Reply(page("Der Rat der Stadt traf sich. " * 9, lang="de"))}) as web:
        versions = {"en-GB": "/en", "x-default": "/", "en-US": "/us"}
        head = "".join(HREFLANG.format(lang, path) for lang, path in versions.items())
        one = _one(web, head + HREFLANG.format("fr", "/fr"))
        several = head + HREFLANG.format("fr", "/fr") + HREFLANG.format("de", "/de")
        found = [one, _one(web, several), _one(web, several, source_lang="de"), _one(web, head, source_lang="de")]
        never = _one(web, several, originals=False, source_lang="de")
    assert [(each.origin, each.article.source_lang) for each in found] == [
        ("hreflang", "fr"), (None, None), ("hreflang", "de"), (None, None)
    ]  # fmt: skip
    assert never.article.source is None


def test_what_is_no_original_after_all_is_told() -> None:
    translated = page(FRENCH * 2, lang="fr", head=_ld('{"url": "/fr", "translationOfWork": "/en"}'))
    with Web() as web:
        head = HREFLANG.format("fr", "/fr")
        found = [
            _one(web, head, original) for original in (translated, page("Court.", lang="fr"), page(ENGLISH, lang="en"))
        ]
        web.routes["/feed"] = Reply(rss(item(web.url("/en"))), XML)
        web.routes["/fr"] = Reply(status=404)
        (lost,) = entries(run([web.url("/feed")]))
    assert [each.origin for each in (*found, lost)] == [None] * 4
    said = [" ".join(each.article.notes) for each in (*found, lost)]
    for part, note in zip(
        ("translation of this article", "no text", "language of the article", "not-found"), said, strict=True
    ):
        assert part in note


def test_an_article_comes_again_where_its_original_may_be_there_the_next_time() -> None:
    with Web() as web:
        link = item(web.url("/en"))
        web.routes["/feed"] = Reply(rss(link), XML, headers={"ETag": '"f"'})
        web.routes["/en"] = Reply(page(ENGLISH, head=HREFLANG.format("fr", "/fr")), headers={"ETag": '"e"'})
        for status, validators in ((503, {None}), (404, {Validators('"f"'), Validators('"e"')})):
            web.routes["/fr"] = Reply(status=status)
            events = run([web.url("/feed")])
            assert len(entries(events)) == 1
            assert {fetch.validators for fetch in fetches(events) if fetch.outcome == "ok"} == validators


def test_an_original_that_is_an_article_too_is_read_though_it_is_unchanged() -> None:
    def french(asked: Asked) -> Reply:
        known = asked.headers.get("if-none-match") == '"o"'
        return Reply(status=304) if known else Reply(page(FRENCH * 2, lang="fr"), headers={"ETag": '"o"'})

    with Web({"/fr": french}, delay=0.2) as web:
        web.routes["/feed"] = Reply(rss(item(web.url("/en"))), XML)
        web.routes["/theirs"] = Reply(rss(item(web.url("/fr")), lang="fr"), XML)
        web.routes["/en"] = Reply(page(ENGLISH * 2, head=HREFLANG.format("fr", "/fr")))
        events = run([web.url("/theirs"), web.url("/feed")], known={web.url("/fr"): Validators('"o"')})
        assert [entry.origin for entry in entries(events)] == ["hreflang"]
        assert [fetch.outcome for fetch in fetches(events)[:1]] == ["unchanged"]


NEWS = {
    "port": (
        "Dockers walk out at the port of Marseille",
        "Some 600 dockers stopped work on Monday at the first container port in France. Their union wants more pay. ",
        "Les dockers de Marseille en grève",
        "Quelque 600 dockers ont cessé le travail lundi dans le premier port à conteneurs de France. "
        "Leur syndicat réclame une hausse des salaires. ",
    ),
    "storm": (
        "Storm cuts power to 20,000 homes in Brittany",
        "Winds of up to 140 kilometres an hour brought down power lines in the night. No train will run before noon. ",
        "La tempête prive 20 000 foyers bretons d’électricité",
        "Des vents atteignant 140 kilomètres à l’heure ont abattu des lignes électriques dans la nuit. "
        "Aucun train ne circulera avant midi. ",
    ),
    "bank": (
        "Central bank leaves its rates unchanged",
        "The European Central Bank keeps its key rate at two per cent. Inflation has fallen for the third month. ",
        "La banque centrale laisse ses taux inchangés",
        "La Banque centrale européenne maintient son taux directeur à deux pour cent. "
        "L’inflation recule pour le troisième mois. ",
    ),
}
ONLY = (
    "Museum opens a hall for its bees",
    "The museum shows two million bees in a hall of glass. Children pay nothing. ",
)
DATE = "<pubDate>{} Feb 2026 10:00:00 GMT</pubDate>"


def test_pairs_of_feeds_are_matched_by_meaning_and_date_but_never_below_the_threshold() -> None:
    with Web() as web:
        ours = [
            item(web.url(f"/en/{n}"), text * 16, title, DATE.format("04")) for n, (title, text, _t, _x) in NEWS.items()
        ]
        ours.append(item(web.url("/en/bees"), ONLY[1] * 20, ONLY[0], DATE.format("04")))
        days = {"port": "03", "storm": "04", "bank": "20"}
        theirs = [
            item(web.url(f"/fr/{n}"), text * 16, title, DATE.format(days[n]))
            for n, (_t, _x, title, text) in NEWS.items()
        ]
        web.routes["/en"] = Reply(rss(*ours), XML)
        web.routes["/fr"] = Reply(rss(*reversed(theirs), lang="fr"), XML)
        pairs = ((web.url("/en"), web.url("/fr")),)
        found = entries(run([web.url("/en")], pairs=pairs))
        strict = entries(run([web.url("/en")], pairs=pairs, similarity=0.99))
    by_name = {entry.key.rpartition("/")[2]: entry for entry in found}
    assert {name: entry.origin for name, entry in by_name.items()} == {
        "port": "pairs", "storm": "pairs", "bank": None, "bees": None
    }  # fmt: skip
    for name in ("port", "storm"):
        assert (by_name[name].article.source or "").startswith(NEWS[name][3].strip()[:60])
        assert by_name[name].article.source_lang == "fr"
    assert not [entry for entry in strict if entry.origin]


def test_pairs_of_feeds_are_matched_by_link_and_a_summary_is_fetched_in_full() -> None:
    with Web() as web:
        links = '<link href="/fr"/><link rel="alternate" hreflang="en" href="/en"/>'
        entry = f"<entry><title>T</title><id>1</id>{links}<summary>Court</summary></entry>"
        atom = f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">{entry}</feed>'
        web.routes["/theirs"] = Reply(atom, XML)
        web.routes["/ours"] = Reply(rss(item(web.url("/en"), ENGLISH * 20)), XML)
        web.routes["/fr"] = Reply(page(FRENCH * 2, lang="fr"))
        pairs = ((web.url("/ours"), web.url("/theirs")),)
        events = run([web.url("/ours"), web.url("/theirs")], pairs=pairs)
        assert [entry.origin for entry in entries(events)] == ["pairs", None]
        assert FRENCH.strip() in (entries(events)[0].article.source or "")
        assert len(web.asked("/theirs")) == 1
        web.routes["/theirs"] = Reply(status=500)
        events = run([web.url("/ours")], pairs=pairs)
        assert (missed(events), len(entries(events))) == (["server-error"], 1)


def test_a_table_of_pairs(tmp_path: Path) -> None:
    table = tmp_path / "pairs.csv"
    table.write_text("feed,original\n# a remark\nhttps://a.test/en, https://a.test/fr\n\nb.xml,c.xml\n")
    assert read_pairs(table) == (("https://a.test/en", "https://a.test/fr"), ("b.xml", "c.xml"))
    table.write_text("https://a.test/en\n")
    with pytest.raises(ConfigError, match="line 1"):
        read_pairs(table)
    with pytest.raises(ConfigError, match="cannot be read"):
        read_pairs(tmp_path / "none.csv")
