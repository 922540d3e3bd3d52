"""The HTML report of an audit in a real browser: from what changed down to the marked text of an article."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.audit.filled import DAYS, fill
from tests.browsing import Asked, ask, press, visit
from tests.html_pages import WICKED
from tqcheck.audit.reports import Options, write
from tqcheck.audit.store import Store
from tqcheck.audit.summary import summary
from tqcheck.audit.values import Checked, Flaw, Missed

Open = Callable[..., Any]
TEXT = "The mayor met the the council.\nHe left for kyiv on Monday.\nThe rest came later."
FLAWS = (
    Flaw("a", "REP101", "repetition", "minor", "high", "“the” twice.", 14, 21, "the the", "met ⟦the the⟧ c", "the"),
    Flaw("b", "CAS101", "casing", "major", "high", "“kyiv” is a name.", 43, 47, "kyiv", "for ⟦kyiv⟧ on", "Kyiv"),
    Flaw("c", "OMI101", "omission", "critical", "medium", "“Il rit.” is missing.", 59, 59, "Il rit.", "⟦Il rit.⟧"),
    Flaw("d", "OMI101", "omission", "critical", "medium", "“Il dort.” is missing.", -1, -1, "Il dort.", "⟦Il dort.⟧"),
)  # fmt: skip
ONE = Checked(
    "https://news.example/a?b=1&c=2",
    "https://news.example/feed",
    "h",
    "r",
    "en",
    15,
    20.0,
    FLAWS,
    title="Mayor",
    text=TEXT,
)


def page(path: Path, most: int = 50) -> str:
    out = io.StringIO()
    with Store.read(path) as store, store.asking() as db:
        write("html", summary(db, path.name, most=most), Options(out, db))
    return out.getvalue()


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("page") / "audit.sqlite"
    fill(path)
    with Store.open(path) as store:
        store.add(len(DAYS), [ONE, replace(ONE, key="no text", text_hash="i", title="Short", text=None)])
    return page(path)


@pytest.fixture
def open_page(browser: Any, tmp_path: Path) -> Iterator[Open]:
    def open_(text: str, hash_: str = "", width: int = 1400) -> Any:
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        (tmp_path / "audit.html").write_text(text, "utf-8", newline="")
        browser.get("about:blank")
        browser.get(f"{(tmp_path / 'audit.html').as_uri()}{hash_}")
        return browser

    yield open_
    assert [entry["message"] for entry in browser.get_log("browser")] == []


def test_from_what_changed_down_to_the_words(open_page: Open, filled: str) -> None:
    browser = open_page(filled)
    assert browser.title == "Audit – tqcheck"
    assert ask(browser, "document.querySelector('#overview').checkVisibility()")
    news = ask(browser, "[...document.querySelectorAll('.news li')].map(e => e.textContent)")
    assert any(line.startswith("worse feed http://a/feed") for line in news)
    # A feed leads to its rules and articles, an article to its text.
    browser.execute_script("arguments[0].click()", browser.find_element("link text", "http://a/feed"))
    assert ask(browser, "location.hash").startswith("#feed-")
    assert ask(browser, "document.querySelector(location.hash).checkVisibility()")
    visit(browser, "#overview")
    browser.execute_script("document.querySelector('#worst a[href^=\"#a\"]').click()")
    assert ask(browser, "document.querySelector('#a1').checkVisibility()")
    titles = "[...document.querySelectorAll('article .title')].map(e => e.textContent)"
    number = ask(browser, titles).index("Mayor") + 1
    visit(browser, f"#a{number}")
    marks = f"[...document.querySelectorAll('#a{number} .t a.m')].map(e => e.textContent)"
    assert ask(browser, marks) == ["the the", "kyiv", ""]
    press(browser, "j", "j")
    assert ask(browser, f"document.querySelector('#a{number} .f.now .fix').textContent") == "write Kyiv"
    assert "Il dort." in ask(browser, f"document.querySelector('#a{number} aside').textContent")
    press(browser, "u")
    assert browser.title == "Audit – tqcheck"


def test_an_article_without_its_text_shows_the_places(open_page: Open, filled: str) -> None:
    browser = open_page(filled)
    number = ask(browser, "[...document.querySelectorAll('article .title')].map(e => e.textContent)").index("Short") + 1
    visit(browser, f"#a{number}")
    assert "was not kept" in ask(browser, f"document.querySelector('#a{number}').textContent")
    assert ask(browser, f"[...document.querySelectorAll('#a{number} .t a.m')].map(e => e.textContent)") == [
        "the the",
        "kyiv",
    ]


def test_charts_draw_the_figures_beside_them(open_page: Open, filled: str) -> None:
    browser = open_page(filled)
    rows = ask(
        browser,
        """[...document.querySelectorAll('#feeds tbody tr')].map(row => [
             row.cells[3].textContent,
             ...[...row.querySelectorAll('.interval rect')].flatMap(e => [e.x, e.width].map(v => v.baseVal.value))])""",
    )
    assert len(rows) == 6
    scales = []
    for told, start, width, point, thick in rows:
        limits = told.partition(" [")[2].rstrip("]")
        low, high = (float(limit.replace(",", "")) for limit in limits.split("–"))
        assert start - 0.61 <= point + thick / 2 <= start + width + 0.61
        if width > 0.5 and start + width < 99:
            # One scale for all, that of the figures.
            scales.append(high / (start + width))
            assert low / scales[-1] == pytest.approx(start, abs=0.1)
    assert len(scales) >= 3
    assert max(scales) / min(scales) < 1.05
    points = ask(browser, "document.querySelectorAll('svg.course circle').length")
    assert points == ask(browser, "document.querySelector('svg.course').getAttribute('aria-label').split(';').length")


def test_nothing_is_asked_of_the_network_and_nothing_runs(
    browser: Any, server: tuple[str, type[Asked]], tmp_path: Path
) -> None:
    address, handler = server
    wicked = WICKED.replace("http://127.0.0.1:9", address)
    flaw = Flaw(
        "f", "CAS101", "casing", "critical", "high", wicked, 0, 10, wicked[:10], f"⟦{wicked[:10]}⟧{wicked}", wicked
    )
    with Store.open(tmp_path / "s") as store:
        for n in range(2):
            run = store.begin_run([wicked], "r")
            evil = Checked(wicked, wicked, f"h{n}", "r", "en", 90, 1.0, (flaw,), title=wicked, text=wicked)
            store.add(
                run,
                [
                    evil,
                    replace(evil, key=f"{address}/{n}", text_hash=f"g{n}"),
                    replace(evil, key="javascript:alert(1)", feed="x"),
                ],
            )
            store.missed(run, [Missed(wicked, wicked, "no-text", wicked)])
    handler.pages["/audit.html"] = page(tmp_path / "s").encode()
    browser.get(f"{address}/audit.html")
    press(browser, "n", "j", "f", "u")
    assert ask(browser, "performance.getEntriesByType('resource').length") == 0
    assert handler.asked == ["/audit.html"]
    assert "hacked" not in browser.title
    attributes = set(ask(browser, "[...document.querySelectorAll('main *')].flatMap(e => e.getAttributeNames())"))
    assert not {name for name in attributes if name.startswith("on") or name in {"src", "style", "srcdoc"}}
    links = set(ask(browser, "[...document.querySelectorAll('main [href]')].map(e => e.getAttribute('href'))"))
    assert {link for link in links if not link.startswith("#")} == {f"{address}/0", f"{address}/1"}
    assert ask(
        browser,
        "[...document.querySelectorAll('main a:not([href^=\"#\"])')].every(a => a.relList.contains('noopener'))",
    )
    assert browser.get_log("browser") == []


@pytest.mark.parametrize("width", [390, 768, 1400])
def test_nothing_is_wider_than_the_window(open_page: Open, filled: str, width: int) -> None:
    browser = open_page(filled, width=width)
    assert ask(browser, "document.documentElement.scrollWidth") <= width


def test_axe_finds_nothing(open_page: Open, filled: str) -> None:
    axe = pytest.importorskip("axe_core_python", reason="axe-core-python is not installed")
    browser = open_page(filled)
    browser.execute_script(Path(axe.__file__).with_name("axe.min.js").read_text("utf-8"))
    for hash_ in ("#overview", "#a1"):
        visit(browser, hash_)
        found = browser.execute_async_script("axe.run().then(arguments[0])")
        told = [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found["violations"]]
        assert told == []


def test_a_store_without_a_run_has_a_page(open_page: Open, tmp_path: Path) -> None:
    Store.open(tmp_path / "s").close()
    browser = open_page(page(tmp_path / "s"))
    assert "Nothing was checked yet" in ask(browser, "document.querySelector('#overview').textContent")
