"""The values of the configuration: each key checked, and made what `Settings` holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tqcheck import house
from tqcheck.errors import ConfigError, nearest
from tqcheck.languages.loader import canonical
from tqcheck.model import Confidence, Severity
from tqcheck.patterns import Pattern
from tqcheck.presets import presets

_TEXTS = {
    "lang": 'a language code such as "en"',
    "source-lang": 'a language code such as "fr"',
    "encoder": "the name of an encoder, a path of a model, or none",
    "baseline": 'a file such as "tqcheck-baseline.json"',
}
_LISTS = {
    "select": 'rules such as ["CAS101", "QUO"]',
    "extend-select": 'rules such as ["CAS101", "QUO"]',
    "ignore": 'rules such as ["CAS101", "QUO"]',
    "glossary": 'files such as ["terms.csv"]',
    "languages": 'language codes such as ["en", "fr"]',
    "accept": 'words such as ["adidas", "iPhone"]',
    "accept-files": 'files such as ["accept.txt"]',
    "reject-files": 'files such as ["reject.txt"]',
    "lexicon": 'files such as ["house.en.toml"]',
    "spellings": 'spellings such as ["Kyiv", "adviser"]',
}
_EXPONENTS = {"km²": "km²", "km2": "km2"}


def checked(key: str, value: Any, origin: str) -> Any:
    """Return the value of a key as `Settings` holds it. Raises ConfigError, with `origin` and the key."""
    if key in _TEXTS:
        return _text(key, value, origin, _TEXTS[key])
    if key in _LISTS:
        return _list(key, value, origin)
    if key in _CHOICES:
        return _choice(key, value, origin, _CHOICES[key]())
    return _OTHERS[key](value, origin)


def _list(key: str, value: Any, origin: str) -> tuple[str, ...]:
    found = strings(key, value, origin, _LISTS[key])
    if key == "languages":
        for tag in found:
            _language(key, tag, origin)
    if key == "spellings":
        known = house.spellings_known()
        for form in found:
            if form not in known:
                hint = nearest(form, known) or "."
                raise ConfigError(
                    f"{origin}: spellings: “{form}” is none of the words known with two spellings{hint} "
                    "`prefer` takes any words"
                )
    return found


def _marks(value: Any, origin: str) -> tuple[tuple[str, str], ...]:
    return _by_language("quotes", value, origin, house.quotes_of, "“”")


def _numbers(value: Any, origin: str) -> tuple[tuple[str, str], ...]:
    return _by_language("number-format", value, origin, house.number_format_of, "1,234.5")


def _by_language(
    key: str, value: Any, origin: str, read: Callable[[str], object], specimen: str
) -> tuple[tuple[str, str], ...]:
    """Return a table from languages to specimens; a specimen alone is one for all of them."""
    table = {house.ANY: value} if isinstance(value, str) else value
    if not isinstance(table, dict) or not all(isinstance(said, str) for said in table.values()):
        raise ConfigError(
            f'{origin}: {key} must be a specimen such as "{specimen}", or a table {{en = "{specimen}"}} of them'
        )
    for tag, said in table.items():
        _language(key, tag, origin)
        try:
            read(said)
        except ValueError as error:
            raise ConfigError(f"{origin}: {key}: “{said}” must be {error}") from error
    return tuple(table.items())


def _prefer(value: Any, origin: str) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    if not isinstance(value, dict):
        raise ConfigError(f'{origin}: prefer must be a table of words such as {{"Kiev" = "Kyiv"}}')
    tables: dict[str, tuple[tuple[str, str], ...]] = {}
    if everywhere := {word: new for word, new in value.items() if not isinstance(new, dict)}:
        tables[house.ANY] = _pairs("prefer", everywhere, origin)
    for tag, table in value.items():
        if isinstance(table, dict):
            _language("prefer", tag, origin)
            tables[tag] = _pairs("prefer", table, origin)
    return tuple(tables.items())


def _reject(value: Any, origin: str) -> tuple[tuple[str, str], ...]:
    if isinstance(value, list | tuple) and all(isinstance(word, str) and word.strip() for word in value):
        return tuple((word, "") for word in value)
    if not isinstance(value, dict):
        raise ConfigError(
            f'{origin}: reject must be a list of words, or a table {{"utilise" = "use"}} with what to write instead'
        )
    return _pairs("reject", value, origin, empty=True)


def _pairs(key: str, table: dict[str, Any], origin: str, empty: bool = False) -> tuple[tuple[str, str], ...]:
    for word, new in table.items():
        if not word.strip() or not isinstance(new, str) or not (new.strip() or empty):
            raise ConfigError(f"{origin}: {key}: “{word}” must have the word to write instead, as text")
        if word == new:
            raise ConfigError(f"{origin}: {key}: “{word}” is to be replaced by itself; take it out")
        seen = {word}
        while new in table and isinstance(table[new], str):
            if new in seen:
                raise ConfigError(f"{origin}: {key}: “{word}” and “{new}” are to be replaced by each other; keep one")
            seen.add(new)
            new = table[new]
    return tuple(table.items())


def _language(key: str, tag: str, origin: str) -> None:
    if tag == house.ANY:
        return
    try:
        canonical(tag)
    except ConfigError as error:
        raise ConfigError(f"{origin}: {key}: {error}") from error


def _ignores(value: Any, origin: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    key = "per-file-ignores"
    if not isinstance(value, dict):
        raise ConfigError(f"{origin}: {key} must be a table of path patterns, each with a list of rules")
    return tuple((pattern, strings(key, rules, origin, _LISTS["ignore"])) for pattern, rules in value.items())


def _text(key: str, value: Any, origin: str, what: str) -> str:
    if not isinstance(value, str) or not value:
        raise ConfigError(f"{origin}: {key} must be {what}")
    return value


def _patterns(value: Any, origin: str) -> tuple[str, ...]:
    patterns = (value,) if isinstance(value, str) else value
    if not isinstance(patterns, list | tuple) or not all(isinstance(p, str) for p in patterns):
        raise ConfigError(f'{origin}: pairs must be a pattern such as "{{stem}}.{{lang}}.md", or a list of them')
    from tqcheck.readers.files import READERS  # on use: few configurations have patterns

    for pattern in patterns:
        try:
            Pattern(pattern)
        except ValueError as error:
            raise ConfigError(f"{origin}: pairs: “{pattern}”: {error}") from error
        suffix = Path(pattern).suffix.lower()
        if suffix not in READERS:
            hint = nearest(suffix, READERS) or "."
            raise ConfigError(f"{origin}: pairs: “{pattern}”: files that end in “{suffix}” are not read{hint}")
    if patterns and not any("{lang}" in pattern for pattern in patterns):
        raise ConfigError(
            f"{origin}: pairs: one of the patterns must hold {{lang}}, which tells articles from originals"
        )
    return tuple(patterns)


def strings(key: str, value: Any, origin: str, what: str) -> tuple[str, ...]:
    """Return a list of texts, none of them empty. Raises ConfigError, which says `what` is wanted."""
    if not isinstance(value, list | tuple) or not all(isinstance(v, str) and v for v in value):
        raise ConfigError(f"{origin}: {key} must be a list of {what}")
    return tuple(value)


def _choice(key: str, value: Any, origin: str, choices: Mapping[str, Any]) -> Any:
    if not isinstance(value, str) or value not in choices:
        hint = nearest(str(value), choices) or "."
        raise ConfigError(f"{origin}: {key} cannot be “{value}”{hint} It is one of {', '.join(choices)}")
    return choices[value]


_CHOICES: Mapping[str, Callable[[], Mapping[str, Any]]] = {
    "preset": lambda: {name: name for name in presets()},
    "min-confidence": lambda: {c.label: c for c in Confidence},
    "fail-on": lambda: {**{s.label: s for s in Severity}, "never": None},
    "exponents": lambda: _EXPONENTS,
}
_OTHERS: Mapping[str, Callable[[Any, str], Any]] = {
    "pairs": _patterns,
    "quotes": _marks,
    "number-format": _numbers,
    "prefer": _prefer,
    "reject": _reject,
    "per-file-ignores": _ignores,
}
