"""The list of findings beside an article: what is wrong, what the original says, what to write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tqcheck.model import Finding, Report, Span, Suppressed
from tqcheck.reporters.groups import Group, anchor, fixed
from tqcheck.reporters.lines import Lines
from tqcheck.reporters.page.escape import cut, language, marked, words

# Code points of a stretch, of evidence, and places told one by one, before the rest is left out.
_LONGEST, _EVIDENCE, _PLACES = 240, 300, 12
_BY = {"comment": "a comment", "sidecar": "the file beside it", "front matter": "the front matter",
       "record": "its record", "word list": "a list of words", "baseline": "the baseline"}  # fmt: skip


# Who hid a finding: the key of the filter, and the words for it.
ASIDE = {"s": "suppressed", "b": "in the baseline", "u": "in unchanged paragraphs"}
_KEYS = {"baseline": "b", "unchanged": "u"}


def reason(hidden: Suppressed) -> str:
    """Return the key of `ASIDE` for a finding that was hidden."""
    return _KEYS.get(hidden.by, "s")


def entry(
    each: Group, number: int, article: int, report: Report, lines: Lines, hidden: Suppressed | None = None
) -> str:
    """Return the list item for a group of equal findings; `number` and `article` make its id. One that was
    `hidden` is there, and shown on request."""
    finding = each.finding
    times = f' data-n="{len(each.members)}"' if len(each.members) > 1 else ""
    aside = "" if hidden is None else f' data-h="{reason(hidden)}" hidden=""'
    parts = [
        f'<li id="f{article}-{number}" class="f s{int(finding.severity)}" data-c="{int(finding.confidence)}"'
        f' data-g="{finding.category.value}"{times}{aside}>',
        _head(each, number, article),
        f'<p class="msg">{words(cut(finding.message, 2 * _LONGEST))}</p>',
        _stretches(finding, report),
        _repair(finding, report),
        _also(each, number, article, lines),
        "" if hidden is None else _hidden(hidden),
        _more(finding),
        "</li>\n",
    ]
    return "".join(parts)


def _hidden(hidden: Suppressed) -> str:
    """Return who hid a finding, and why."""
    by = "its paragraph is unchanged" if hidden.by == "unchanged" else f"by {_BY.get(hidden.by, hidden.by)}"
    why = f": {hidden.reason}" if hidden.reason else ""
    return f'<p class="by"><i>hidden</i> <span>{words(cut(by + why, _LONGEST))}</span></p>'


def _head(each: Group, number: int, article: int) -> str:
    place = f"line {each.line}" if each.line else "no place known"
    told = f"<span>{number}</span> <b>{each.finding.severity.label}</b> <span>{place}</span>"
    # What has no place in the text has nothing to jump to.
    return (
        f'<a class="top" href="#m{article}-{number}">{told}</a>'
        if _has_mark(each.finding)
        else f'<p class="top">{told}</p>'
    )


def _has_mark(finding: Finding) -> bool:
    return finding.side == "target" or finding.insert_at is not None or finding.end > finding.start


def _stretches(finding: Finding, report: Report) -> str:
    """Return the words of the text at fault, unless the message has them, and those of the original."""
    article = report.article
    about = finding.source if finding.side == "target" else Span(finding.start, finding.end)
    rows = []
    if finding.side == "target" and finding.text and finding.text not in finding.message:
        rows.append(_row("text", finding.text, report.lang))
    if about is not None and article.source:
        origin = report.source_lang or article.source_lang
        rows.append(_row("original", article.source[about.start : about.end], origin))
    return "".join(rows)


def _row(label: str, text: str, lang: str | None) -> str:
    shown = marked(cut(text, _LONGEST)).strip()
    return f'<p class="{label}"><i>{label}</i> <q{language(lang, text)}>{shown}</q></p>'


def _repair(finding: Finding, report: Report) -> str:
    new = fixed(finding, report.article.text)
    if new is None or finding.fix is None:
        return ""
    look = "" if finding.fix.safe else " (look first)"
    shown = f"<ins{language(report.lang, new)}>{words(cut(new, _LONGEST))}</ins>"
    return f'<p class="fix"><i>write</i> <span>{shown}{look}</span></p>'


def _also(each: Group, number: int, article: int, lines: Lines) -> str:
    """Return links to the other places of the same fault."""
    links = []
    for place, member in enumerate(each.members[1 : _PLACES + 1], 2):
        at = anchor(member)
        if at is not None:
            links.append(f'<a href="#m{article}-{number}-{place}">line {lines.position(at)[0]}</a>')
    if not links:
        return ""
    rest = len(each.members) - 1 - len(links)
    more = f" and {rest:,} more" if rest > 0 else ""
    return f'<p class="also"><i>also</i> <span>{", ".join(links)}{more}</span></p>'


def _more(finding: Finding) -> str:
    """Return what is told on request: rule, family, confidence, evidence."""
    facts = f"{finding.category.value} · {finding.confidence.label} confidence"
    head = f"<summary>{words(finding.code)} {words(finding.name)}</summary>"
    why = "; ".join(f"{key}: {_plain(value)}" for key, value in finding.evidence.items())
    evidence = f"<br/>{words(cut(why, _EVIDENCE))}" if why else ""
    return f"<details>{head}{facts}{evidence}</details>"


def _plain(value: Any) -> str:
    if isinstance(value, set | frozenset):
        return ", ".join(sorted(map(str, value)))
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_plain(each)}" for key, each in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
