"""What stands around the articles: the head with its policy, the filters, the help.

The policy forbids every request: the page shows nothing from elsewhere and tells nobody that it was
opened. Style and script are named by their hashes, so that no other could run even if some word of an
article got out of its place.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from functools import cache
from importlib import resources

from tqcheck._version import __version__
from tqcheck.model import Confidence, Severity
from tqcheck.readers.own import MARK
from tqcheck.reporters.page.article import LEVELS
from tqcheck.reporters.page.entries import ASIDE
from tqcheck.reporters.page.escape import cut, quoted, words
from tqcheck.reporters.page.overview import Overview

_KEYS = (
    ("j, k", "next, previous finding"),
    ("Enter", "from a finding to its place in the text, and back"),
    ("f", "show in the text what to write instead"),
    ("d", "rule and evidence of the finding"),
    ("s, Shift+S", "next, previous pair of sentences"),
    ("n, p", "next, previous article"),
    ("o", "show or hide the original"),
    ("u", "overview"),
    ("Esc", "let go of the finding"),
    ("?", "this help"),
)


def opening(title: str = "tqcheck report", more_style: str = "") -> str:
    """Return the page up to the first article; `more_style` follows its own style."""
    style, script = _part("style.css") + more_style, _part("script.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8"/>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}"/>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
        '<meta name="referrer" content="no-referrer"/>\n'
        '<meta name="color-scheme" content="light dark"/>\n'
        f'{MARK}{__version__}"/>\n<title>{words(title)}</title>\n'
        f"<style>{style}</style>\n<script>{script}</script>\n</head>\n<body>\n"
        '<a class="skip" href="#main">Skip to the report</a>\n'
        '<header id="bar"><div class="line"><h1>tqcheck</h1><div id="where"></div><div id="tools"></div></div>'
        "</header>\n"
        '<main id="main" tabindex="-1">\n'
    )


def closing(overview: Overview, signature: str, always: bool = False) -> str:
    """Return the page from the last article on. The script moves the filters and the overview to the top:
    what they count is known only here, and nothing is kept in memory for them. `always` shows the overview of
    one article or none too."""
    several = always or len(overview.articles) > 1
    return (
        (overview.section() if several else "")
        + ("" if overview.articles or always else '<p class="empty">There was nothing to check.</p>\n')
        + "</main>\n"
        + _controls(overview, several)
        + _help()
        + f"<footer><p>Made by tqcheck {__version__}. Nothing on this page comes from or goes to a network."
        f'</p><p class="signature">{words(signature)}</p></footer>\n'
        '<p id="status" role="status" class="sr"></p>\n</body>\n</html>\n'
    )


def _controls(overview: Overview, several: bool) -> str:
    """Return the controls; they do something only where scripts run, and the script shows them."""
    total = overview.total
    groups = [
        _group("s", "Severity", [(str(int(s)), s.label, total[s]) for s in LEVELS if total[s]]),
        _group(
            "c",
            "Confidence",
            [(str(int(c)), c.label, n) for c in reversed(Confidence) if (n := overview.confidences[int(c)])],
        ),
        _group("g", "Family", [(row.key, row.label, row.counts.total()) for row in overview.families]),
    ]
    if overview.aside:
        # Others narrow what is shown, this one adds to it.
        groups.append(_group("h", "Show too", [(k, ASIDE[k], overview.aside[k]) for k in ASIDE if overview.aside[k]]))
    choice = ""
    if several:
        options = "".join(
            f'<option value="{row.key}" data-name="{quoted(cut(row.label, 60))}">{words(cut(row.label, 60))}'
            f" ({row.counts.total():,})</option>"
            for row in overview.articles
        )
        choice = (
            '<div id="choice"><label for="article" class="sr">Article</label>'
            f'<select id="article"><option value="0">Overview</option>{options}</select>'
            '<button type="button" data-do="previous" aria-label="Previous article">←</button>'
            '<button type="button" data-do="next" aria-label="Next article">→</button></div>'
        )
    filters = (
        '<section id="sieve" aria-label="Filters"><details id="filters"><summary>Filters <output id="count"></output>'
        "</summary>"
        f'<form>{"".join(groups)}<button type="reset">Reset</button></form></details></section>'
        if total or overview.aside
        else ""
    )
    return (
        f'<div id="controls" hidden="">{choice}<div id="buttons">'
        '<button type="button" data-do="original" aria-pressed="true">Original</button>'
        '<button type="button" data-do="theme">Theme: <span>auto</span></button>'
        '<button type="button" data-do="help" aria-haspopup="dialog">Help</button></div>'
        f"{filters}</div>\n"
    )


def _group(name: str, title: str, options: Iterable[tuple[str, str, int]]) -> str:
    boxes = "".join(
        f'<label><input type="checkbox" name="{name}" value="{value}"/>{label} <output data-for="{name}-{value}">'
        f"{count:,}</output></label>"
        for value, label, count in options
    )
    return f"<fieldset><legend>{title}</legend>{boxes}</fieldset>"


def _help() -> str:
    keys = "".join(
        f"<dt>{', '.join(f'<kbd>{k}</kbd>' for k in keys.split(', '))}</dt><dd>{what}</dd>" for keys, what in _KEYS
    )
    marks = "".join(f'<li><span class="m s{int(s)}">{s.label}</span> {_MEANING[s]}</li>' for s in LEVELS)
    return (
        '<dialog id="help" aria-labelledby="h0"><h2 id="h0">Help</h2>\n'
        f'<h3>Marks</h3><ul>{marks}<li><span class="m s2 caret"></span> something of the original is missing here</li>'
        "</ul><p>Numbers name the entries in the list. Point at a sentence, or touch it, to light up its original. "
        "Without a choice a filter shows everything.</p>\n"
        f"<h3>Keys</h3><dl>{keys}</dl>"
        '<p><label><input type="checkbox" id="keys" checked="checked"/>Single-letter keys</label></p>'
        '<form method="dialog"><button>Close</button></form></dialog>\n'
    )


_MEANING = {
    Severity.CRITICAL: "stops publication: the meaning or the trust of the reader is lost",
    Severity.MAJOR: "a fault that every reader sees",
    Severity.MINOR: "a blemish",
}


@cache
def _part(name: str) -> str:
    return resources.files("tqcheck.reporters.page").joinpath(name).read_text("utf-8").replace("\r\n", "\n")


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
