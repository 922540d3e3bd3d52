"""The HTML report in a real browser: what people see, press and hear of it.

Skipped where Debian's chromium and its driver, or the packages that drive them, are not installed.
"""

from __future__ import annotations

import contextlib
import io
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.browsing import Asked, ask, press, settle, visit
from tests.html_pages import CHINESE, HOSTILE_PAGE, RIGHT_TO_LEFT, WICKED, WIDE, finding
from tests.test_service_reports import SAMPLE
from tqcheck.model import Article, Report, Severity, Suppressed
from tqcheck.reporters import Options, create
from tqcheck.reporters.safe import safe

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
axe = pytest.importorskip("axe_core_python", reason="axe-core-python is not installed")
AXE = Path(axe.__file__).with_name("axe.min.js")
Open = Callable[..., Any]

MANY = tuple(
    replace(report, article=replace(report.article, id=f"{n}/{report.article.id}", path=f"{n}/{report.article.path}"))
    for n in range(3)
    for report in (RIGHT_TO_LEFT, WIDE)
)
LONG_TEXT = "\n".join(f"Paragraph {n} says that the the river{n} rose again, as it does." for n in range(120))
LONG = Report(
    Article(LONG_TEXT, id="long.txt", path="long.txt"),
    "en",
    tuple(finding(LONG_TEXT, f"river{n} rose", Severity.MINOR, message=f"About {n}.") for n in range(0, 120, 2)),
    words=1200,
)


@pytest.fixture
def open_page(browser: Any, tmp_path: Path) -> Iterator[Open]:
    """Return a function that writes a page and opens it, in a window of a size and a theme."""

    def open_(*reports: Any, hash_: str = "", width: int = 1440, dark: bool = False, motion: bool = True) -> Any:
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        features = [
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
            {"name": "prefers-reduced-motion", "value": "no-preference" if motion else "reduce"},
        ]
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": features})
        path = tmp_path / "report.html"
        path.write_text(written(*reports), "utf-8", newline="")
        browser.get("about:blank")
        browser.get(f"{path.as_uri()}{hash_}")
        return browser

    yield open_
    with contextlib.suppress(Exception):
        browser.execute_script("localStorage.clear()")
    assert [entry["message"] for entry in browser.get_log("browser")] == []


def written(*reports: Any) -> str:
    out = io.StringIO()
    reporter = create("html", Options(out, "tqcheck:0"))
    for report in reports:
        (reporter.report if isinstance(report, Report) else reporter.missing)(report)
    reporter.finish()
    return out.getvalue()


def shown(browser: Any) -> list[str]:
    """Return the ids of the findings in sight."""
    return list(ask(browser, "[...document.querySelectorAll('.f')].filter(e => e.checkVisibility()).map(e => e.id)"))


def choose(browser: Any, name: str, value: str) -> None:
    browser.execute_script("document.querySelector('#filters').open = true")
    browser.find_element("css selector", f"#filters input[name='{name}'][value='{value}']").click()


# Nothing comes from or goes to a network.


def test_no_request_leaves_the_page(browser: Any, server: tuple[str, type[Asked]]) -> None:
    address, handler = server
    wicked = WICKED.replace("http://127.0.0.1:9", address)
    report = HOSTILE_PAGE[0]
    page = written(replace(report, article=replace(report.article, text=wicked, source=wicked)), *MANY)
    handler.pages["/report.html"] = page.encode()
    browser.get(f"{address}/report.html")
    press(browser, "j", "n", "j", "s", "f", "?")
    assert ask(browser, "performance.getEntriesByType('resource').length") == 0
    assert handler.asked == ["/report.html"]
    assert browser.get_log("browser") == []


def test_the_policy_stops_what_a_page_could_do(browser: Any, server: tuple[str, type[Asked]]) -> None:
    address, handler = server
    handler.pages["/report.html"] = written(WIDE).encode()
    browser.get(f"{address}/report.html")
    browser.execute_script("""
      const put = (tag, facts) => document.body.append(Object.assign(document.createElement(tag), facts));
      put("img", {src: "/i.png"}); put("iframe", {src: "/f.html"}); put("link", {rel: "stylesheet", href: "/s.css"});
      put("style", {textContent: "body { display: none }"});
      for (const run of [() => document.body.innerHTML = "<b>x</b>",
                         () => put("script", {textContent: "window.ran = 1"})])
        try { run() } catch { /* as it should be */ }
      fetch("/fetch").catch(() => {}); navigator.sendBeacon("/beacon");
    """)
    done = browser.execute_async_script("setTimeout(arguments[0], 300, window.ran)")
    assert not done
    assert ask(browser, "getComputedStyle(document.body).display") == "block"
    assert ask(browser, "document.querySelectorAll('body > b').length") == 0
    assert handler.asked == ["/report.html"]
    assert len(browser.get_log("browser")) >= 6  # each is told, none is done


def test_hostile_words_stay_words(open_page: Open) -> None:
    browser = open_page(*HOSTILE_PAGE, *MANY, hash_="#a1")
    assert "hacked" not in browser.title.lower().split("–")[-1]
    tags = set(ask(browser, "[...document.querySelectorAll('main *')].map(e => e.localName)"))
    allowed = (
        "article header h2 p div span s-n a aside h3 output ol li b i q ins details summary br ul small section table"
    )
    assert tags <= set(f"{allowed} caption thead tbody tr th td svg rect".split())
    attributes = set(ask(browser, "[...document.querySelectorAll('main *')].flatMap(e => e.getAttributeNames())"))
    assert not {name for name in attributes if name.startswith("on") or name in {"src", "style", "srcdoc"}}
    links = ask(browser, "[...document.querySelectorAll('[href]')].map(e => e.getAttribute('href'))")
    assert all(link.startswith("#") for link in links)
    lines = [line for line in WICKED.replace("\u2029", "\n").replace("\u2028", "\n").split("\n") if line.strip()]
    told = ask(browser, "[...document.querySelectorAll('#a1 .t p')].map(e => e.textContent)")
    assert [" ".join(line.split()) for line in told] == [
        " ".join(safe(line).replace("\ufffe", "�").replace("\uffff", "�").split()) for line in lines
    ]


# Filters, keys, light.


def test_filters(open_page: Open) -> None:
    browser = open_page(*MANY)
    assert ask(browser, "document.querySelector('#overview').checkVisibility()")
    total = ask(browser, "document.querySelector('#count').value")
    assert total == "18 findings"
    choose(browser, "s", "3")
    assert ask(browser, "document.querySelector('#count').value") == "6 of 18 findings"
    # Each group counts what the others let through; its own choice does not matter.
    counts = "Object.fromEntries([...document.querySelectorAll('[data-for]')].map(e => [e.dataset.for, e.value]))"
    seen = ask(browser, counts)
    assert (seen["s-3"], seen["s-2"], seen["s-1"]) == ("6", "6", "6")
    assert (seen["g-omission"], seen["g-entity"], seen["g-repetition"]) == ("3", "3", "0")
    assert (seen["c-3"], seen["c-2"]) == ("6", "0")
    bars = "[...document.querySelectorAll('[data-by=\"g\"] tbody tr')].map(r => [r.dataset.k, r.cells[4].textContent])"
    assert dict(ask(browser, bars))["omission"] == "3"
    assert dict(ask(browser, bars))["repetition"] == "0"
    choose(browser, "g", "entity")
    assert ask(browser, "document.querySelector('#count').value") == "3 of 18 findings"
    options = ask(browser, "[...document.querySelector('#article').options].map(o => o.text)")
    assert options[:3] == ["Overview", "0/ar/bridge.txt (0)", "0/zh/library.md (1)"]
    press(browser, "n", "n")
    assert shown(browser) == ["f2-2"]
    marks = "[...document.querySelectorAll('#a2 a.m')].map(e => [e.textContent, e.classList.contains('off')])"
    assert dict(ask(browser, marks)) == {",預": True, "圖書館圖書館": True, "𠮷田": False}
    browser.find_element("css selector", "#filters [type=reset]").click()
    settle(browser)
    assert shown(browser) == ["f2-1", "f2-2", "f2-3"]


def test_hidden_findings_are_shown_on_request(open_page: Open) -> None:
    words = "He took the the bus to kyiv and the the train.\n"
    hidden = Suppressed(finding(words, "kyiv", Severity.CRITICAL), "comment", "their spelling")
    known = Suppressed(finding(words, "the the", nth=2), "baseline")
    report = Report(Article(words, id="a"), "en", (finding(words, "the the"),), suppressed=(hidden, known))
    browser = open_page(report, replace(report, findings=(), suppressed=(known,)), hash_="#a1")
    off = "[...document.querySelectorAll('#a1 a.m')].map(e => e.classList.contains('off'))"
    assert (shown(browser), ask(browser, off)) == (["f1-1"], [False, True, True])
    assert ask(browser, "document.querySelector('#count').value") == "1 finding"
    choose(browser, "h", "s")
    assert (shown(browser), ask(browser, off)) == (["f1-1", "f1-2"], [False, False, True])
    assert ask(browser, "document.querySelector('#count').value") == "2 findings"
    choose(browser, "h", "b")
    assert shown(browser) == ["f1-1", "f1-2", "f1-3"]
    press(browser, "n")
    assert shown(browser) == ["f2-1"]
    browser.find_element("css selector", "#filters [type=reset]").click()
    settle(browser)
    assert not ask(browser, "document.querySelector('#a2 aside').checkVisibility()")


def test_an_article_without_a_match_says_so(open_page: Open) -> None:
    browser = open_page(*MANY, hash_="#a1")
    choose(browser, "g", "entity")
    assert shown(browser) == []
    assert ask(browser, "document.querySelector('#a1 .none').checkVisibility()")


def test_keys(open_page: Open) -> None:
    browser = open_page(*MANY, hash_="#a1")
    active = "document.activeElement.id"
    press(browser, "j")
    assert ask(browser, active) == "f1-1"
    press(browser, "j", "j", "j")
    assert ask(browser, active) == "f1-3"
    assert ask(browser, "document.querySelector('#status').textContent") == "Last finding of this article"
    press(browser, "k")
    assert ask(browser, active) == "f1-2"
    assert ask(browser, "[...document.querySelectorAll('#a1 .t .now')].map(e => e.textContent)") == ["kyiv"]
    press(browser, "\ue007")  # Enter: to the text, and back
    assert ask(browser, active) == "m1-2"
    press(browser, "f")
    assert ask(browser, "document.querySelector('#m1-2 + ins').textContent") == "كييف"
    press(browser, "f")
    assert ask(browser, "document.querySelector('#m1-2 + ins')") is None
    press(browser, "\ue007")
    assert ask(browser, active) == "f1-2"
    press(browser, "d")
    assert ask(browser, "document.querySelector('#f1-2 details').open") is True
    press(browser, "\ue00c")  # Escape
    assert ask(browser, "document.querySelector('.now')") is None
    press(browser, "n")
    assert browser.title.startswith("0/zh/library.md")
    press(browser, "p", "p")
    assert browser.title.startswith("Overview")
    browser.back()
    assert browser.title.startswith("0/ar/bridge.txt")
    press(browser, "o")
    assert not ask(browser, "document.querySelector('#a1 .o').checkVisibility()")


def test_help_and_keys_that_can_be_turned_off(open_page: Open) -> None:
    browser = open_page(*MANY, hash_="#a1")
    press(browser, "?")
    assert ask(browser, "document.querySelector('#help').open") is True
    press(browser, "j")  # belongs to the dialog
    assert ask(browser, "document.querySelector('.now')") is None
    browser.find_element("css selector", "#keys").click()
    press(browser, "\ue00c")
    assert ask(browser, "document.querySelector('#help').open") is False
    press(browser, "j")
    assert ask(browser, "document.querySelector('.now')") is None


def test_sentences_light_up_on_both_sides(open_page: Open) -> None:
    browser = open_page(RIGHT_TO_LEFT)
    lit = "[...document.querySelectorAll('.lit')].map(e => e.textContent)"
    assert ask(browser, lit) == []
    actions = webdriver.ActionChains(browser)
    second = browser.find_element("css selector", ".t [data-p='2']")
    actions.move_to_element(second).perform()
    assert ask(browser, lit) == ["وبلغت كلفة المشروع 40 مليون يورو.", "Le projet a coûté 40 millions d’euros."]
    source = browser.find_element("css selector", ".o [data-p='4']")
    webdriver.ActionChains(browser).move_to_element(source).perform()
    assert ask(browser, lit) == ["وشكر الوزير العمال.", "Le ministre a remercié les ouvriers."]
    webdriver.ActionChains(browser).move_to_element(browser.find_element("css selector", "h2")).perform()
    assert ask(browser, lit) == []
    browser.execute_script("document.querySelector('#m1-2').focus()")
    assert len(ask(browser, lit)) == 2
    assert "Kyiv" in ask(browser, lit)[1]
    press(browser, "s")
    assert ask(browser, lit)[1].startswith("Le ministre a remercié")
    press(browser, "S")
    assert "Kyiv" in ask(browser, lit)[1]


def test_a_mark_leads_to_its_finding_and_back(open_page: Open) -> None:
    browser = open_page(RIGHT_TO_LEFT, WIDE, hash_="#a1")
    browser.find_element("css selector", "#m1-2").click()
    assert ask(browser, "document.activeElement.id") == "f1-2"
    browser.find_element("css selector", "#f1-3 a.top").click()
    assert ask(browser, "document.activeElement.id") == "m1-3"
    assert ask(browser, "[...document.querySelectorAll('.o .now')].map(e => e.textContent)") == [
        "La circulation reprendra lundi."
    ]


def test_the_list_moves_with_the_text(open_page: Open) -> None:
    browser = open_page(LONG, motion=False)
    assert ask(browser, "document.querySelector('aside').scrollTop") == 0
    browser.execute_script("window.scrollTo(0, document.documentElement.scrollHeight / 2)")
    at = browser.execute_async_script("setTimeout(() => arguments[0](document.querySelector('aside').scrollTop), 200)")
    assert at > 500
    # The finding at the top of the text is the one at the top of the list.
    first = ask(
        browser,
        """(() => {
      const top = document.querySelector('#bar').getBoundingClientRect().bottom;
      const mark = [...document.querySelectorAll('.t a.m')].find(m => m.getBoundingClientRect().bottom > top);
      const card = document.querySelector(mark.hash).getBoundingClientRect();
      const list = document.querySelector('aside').getBoundingClientRect();
      return card.top >= list.top - 1 && card.top < list.top + 80;
    })()""",
    )
    assert first is True


def test_themes(open_page: Open) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    light = ask(open_page(WIDE), ground)
    browser = open_page(WIDE, dark=True)
    dark = ask(browser, ground)
    assert light != dark
    button = browser.find_element("css selector", "[data-do='theme']")
    button.click()
    assert (button.text, ask(browser, ground)) == ("Theme: light", light)
    for _ in range(50):  # the browser keeps what was chosen in its own time
        browser.refresh()
        if ask(browser, ground) == light:
            break
        time.sleep(0.1)
    assert ask(browser, ground) == light
    browser.find_element("css selector", "[data-do='theme']").click()
    assert ask(browser, ground) == dark
    assert ask(open_page(WIDE, motion=False), "getComputedStyle(document.documentElement).scrollBehavior") == "auto"


# Layout and languages.


def test_scripts_are_set_in_their_direction(open_page: Open) -> None:
    browser = open_page(RIGHT_TO_LEFT, WIDE, hash_="#a1")
    cell = "document.querySelector('#a1 .t')"
    assert ask(browser, f"[{cell}.closest('[lang]').lang, getComputedStyle({cell}).direction]") == ["ar", "rtl"]
    assert ask(browser, "getComputedStyle(document.querySelector('#a1 .o')).direction") == "ltr"
    # The first word of a line stands at its right edge.
    edges = ask(
        browser,
        """(() => {
      const p = document.querySelector('#a1 .t p'), range = document.createRange();
      const first = p.querySelector('[data-p]').firstChild;
      range.setStart(first, 0);
      range.setEnd(first, 5);
      return [p.getBoundingClientRect().right, range.getBoundingClientRect().right];
    })()""",
    )
    assert abs(edges[0] - edges[1]) < 3
    visit(browser, "#a2")
    cell = "document.querySelector('#a2 .t')"
    assert ask(browser, f"[{cell}.closest('[lang]').lang, getComputedStyle({cell}.firstChild).lineBreak]") == [
        "zh-TW",
        "strict",
    ]
    assert ask(
        browser, f"[...{cell}.parentElement.parentElement.querySelectorAll('.t p')].map(e => e.textContent)"
    ) == [line for line in CHINESE.split("\n") if line]


@pytest.mark.parametrize(("width", "dark"), [(320, False), (390, True), (768, False), (1440, True)])
def test_nothing_is_wider_than_the_window(open_page: Open, width: int, dark: bool) -> None:
    long_word = "Donaudampfschifffahrtsgesellschaft" * 20
    wide = Report(Article(long_word, id=long_word, path=f"{long_word}.txt"), "de", (finding(long_word, long_word),))
    browser = open_page(*SAMPLE, RIGHT_TO_LEFT, WIDE, wide, *HOSTILE_PAGE, width=width, dark=dark)
    for number in range(len(SAMPLE) + 5):
        visit(browser, f"#a{number}" if number else "#overview")
        press(browser, "j")
        assert ask(browser, "document.documentElement.scrollWidth") <= width, number


def test_on_a_phone_the_finding_at_hand_stays_in_sight(open_page: Open) -> None:
    browser = open_page(LONG, width=390, motion=False)
    browser.execute_script("document.querySelector('#m1-20').click()")
    box = ask(browser, "document.querySelector('#f1-20').getBoundingClientRect().toJSON()")
    mark = ask(browser, "document.querySelector('#m1-20').getBoundingClientRect().toJSON()")
    assert box["bottom"] <= 900
    assert 0 < mark["bottom"] < box["top"]


def test_it_prints_as_an_article(open_page: Open) -> None:
    browser = open_page(RIGHT_TO_LEFT, WIDE, hash_="#a2", dark=True)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    visible = "[...document.querySelectorAll(arguments[0])].filter(e => e.checkVisibility()).length"
    for gone in ("#bar", "#filters", ".o", "#a1", "#overview", "footer", "button"):
        assert ask(browser, visible, gone) == 0, gone
    assert ask(browser, visible, "#a2 .t p") == 2
    assert ask(browser, visible, "#a2 .f") == 3
    assert ask(browser, "getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert ask(browser, "getComputedStyle(document.querySelector('#a2 a.m'), '::after').content") == '"\u20601"'


@pytest.mark.parametrize(("width", "dark"), [(390, False), (1440, True), (1440, False)])
def test_axe_finds_nothing(open_page: Open, dark: bool, width: int) -> None:
    browser = open_page(*SAMPLE, RIGHT_TO_LEFT, WIDE, width=width, dark=dark)
    browser.execute_script(AXE.read_text("utf-8"))
    for hash_, key in (("#overview", ""), ("#a1", "j"), ("#a2", "j"), ("#a6", ""), ("#a7", "f"), ("#a8", "?")):
        visit(browser, hash_)
        if key:
            press(browser, key)
        found = browser.execute_async_script("axe.run().then(r => arguments[0](r.violations))")
        told = [(v["id"], v["impact"], [n["html"][:200] for n in v["nodes"][:3]]) for v in found]
        assert not told, json.dumps(told, indent=1, ensure_ascii=False)


def test_a_page_of_one_and_of_none(open_page: Open) -> None:
    browser = open_page(replace(WIDE, findings=()))
    assert ask(browser, "document.querySelector('#a1').checkVisibility()")
    press(browser, "j")
    assert ask(browser, "document.querySelector('#status').textContent") == "No finding here"
    browser = open_page()
    assert "There was nothing to check." in browser.find_element("css selector", "main").text
