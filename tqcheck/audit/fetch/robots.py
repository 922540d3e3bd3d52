"""robots.txt as RFC 9309 has it: the longest rule that fits decides, `*` and `$` have their meaning."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, unquote

# RFC 9309, 2.5: at least so much must be read; what stands behind is not looked at.
MOST = 500 * 1024
_RULES, _LONGEST = 5_000, 2_000
_LINE = re.compile(r"\s*([A-Za-z-]+)\s*:([^#\r\n]*)")


@dataclass(frozen=True, slots=True)
class Robots:
    """What a host allows us: rules as (pattern, allowed), and the delay it asks for."""

    rules: tuple[tuple[str, bool], ...] = ()
    delay: float | None = None

    def allows(self, path: str) -> bool:
        """Tell whether a path (with its query) may be fetched."""
        wanted = _plain(path)
        best, verdict = -1, True
        for pattern, allowed in self.rules:
            longer = len(pattern) > best or (len(pattern) == best and allowed)
            if longer and _fits(pattern, wanted):
                best, verdict = len(pattern), allowed
        return verdict


def parse(text: str, agent: str) -> Robots:
    """Return what a robots.txt says to `agent` (a product name, in any case); `*` speaks to all others."""
    mine, others = _Group(), _Group()
    named: list[str] = []
    begun = False  # rules have begun, so the next user-agent opens a group
    for key, value in _lines(text):
        if key == "user-agent":
            named = [] if begun else named
            begun = False
            named.append(value.lower())
            mine.named = mine.named or agent.lower() in named
            continue
        begun = True
        for group, name in ((mine, agent.lower()), (others, "*")):
            if name in named:
                group.take(key, value)
    chosen = mine if mine.named else others
    return Robots(tuple(chosen.rules), chosen.delay)


class _Group:
    def __init__(self) -> None:
        self.named = False
        self.rules: list[tuple[str, bool]] = []
        self.delay: float | None = None

    def take(self, key: str, value: str) -> None:
        if key in ("allow", "disallow") and value and len(self.rules) < _RULES and len(value) <= _LONGEST:
            self.rules.append((_plain(value), key == "allow"))
        elif key == "crawl-delay" and re.fullmatch(r"\d{1,6}(\.\d{1,3})?", value):
            self.delay = float(value)


def _lines(text: str) -> Iterable[tuple[str, str]]:
    for line in text.lstrip("\ufeff").splitlines():
        if match := _LINE.match(line):
            key, value = match[1].lower(), match[2].strip()
            if key == "user-agent":
                value = re.split(r"[/\s]", value, maxsplit=1)[0]
            if key in ("user-agent", "allow", "disallow", "crawl-delay"):
                yield key, value


def _plain(path: str) -> str:
    """One spelling for each path: `%7E` and `~` are the same, `%2F` and `/` are not."""
    return quote(unquote(re.sub("(?i)%2f", "%252F", path)), safe="/*$?&=;:@!+,'()~%")


def _fits(pattern: str, path: str) -> bool:
    """Match from the left; each part between stars is looked for once, so no pattern takes long."""
    ends = pattern.endswith("$")
    first, *rest = (pattern[:-1] if ends else pattern).split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for number, part in enumerate(rest):
        if ends and number == len(rest) - 1:
            return path.endswith(part) and len(path) - len(part) >= at
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return not ends or at == len(path)
