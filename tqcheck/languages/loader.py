"""Read language records with fallback: pt-BR → pt → default."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from tqcheck.errors import ConfigError
from tqcheck.languages.record import (
    Boilerplate,
    Calendar,
    GrammarPattern,
    Language,
    MachineTranslation,
    Naming,
    Numbers,
    Quotes,
    Spacing,
    Words,
)

# Tags that another record serves: the traditional script as written in Taiwan.
_REGION_OF_SCRIPT = {"zh-Hant": "zh-TW", "zh-HK": "zh-TW", "zh-MO": "zh-TW"}
_FOLDER = resources.files("tqcheck.languages")


@cache
def available() -> tuple[str, ...]:
    """Return the tags that have a record, sorted, without the fallback record."""
    names = (entry.name for entry in _FOLDER.iterdir())
    return tuple(sorted(n[:-5] for n in names if n.endswith(".toml") and n != "default.toml"))


@cache
def load(tag: str) -> Language:
    """Return the record of `tag`; a tag without one gets the fallback record with `known` False.

    Raises ConfigError if the tag is not made of letters, digits and hyphens.
    """
    clean = canonical(tag)
    chain = [t for t in _chain(clean) if t in available()]
    data: dict[str, Any] = _read("default")
    for step in reversed(chain):
        data = _merge(data, _read(step))
    if not chain:
        data = _merge(data, {"tag": clean, "name": clean, "script": ""})
    return _record(data, tag=clean, known=bool(chain))


def canonical(tag: str) -> str:
    """Return a language tag in the usual casing: `pt_br` → `pt-BR`, `ZH-hant` → `zh-Hant`."""
    parts = tag.strip().replace("_", "-").split("-")
    # The primary subtag is a code of ISO 639 with two or three letters: “english” is none.
    if not all(p.isascii() and p.isalnum() for p in parts) or not (parts[0].isalpha() and 2 <= len(parts[0]) <= 3):
        raise ConfigError(f"“{tag}” is not a language tag; write a code such as en, fr or pt-BR")
    rest = [p.upper() if len(p) == 2 else p.title() if len(p) == 4 else p for p in parts[1:]]
    return "-".join([parts[0].lower(), *rest])


def _chain(tag: str) -> list[str]:
    parts = _REGION_OF_SCRIPT.get(tag, tag).split("-")
    return ["-".join(parts[:n]) for n in range(len(parts), 0, -1)]


def _read(tag: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / f"{tag}.toml").read_text(encoding="utf-8"))


def _merge(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in over.items():
        both = isinstance(value, dict) and isinstance(merged.get(key), dict)
        merged[key] = _merge(merged[key], value) if both else value
    return merged


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _forms(groups: list[list[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(group) for group in groups)


def _record(data: dict[str, Any], tag: str, known: bool) -> Language:
    quotes, spacing, numbers = data["quotes"], data["spacing"], data["numbers"]
    calendar, words = data["calendar"], data["words"]
    return Language(
        tag=tag,
        name=data["name"],
        script=data["script"],
        direction=data["direction"],
        spaced=data["spaced"],
        norms=tuple(data["norms"]),
        quotes=Quotes(
            primary=tuple(quotes["primary"]),
            secondary=tuple(quotes["secondary"]),
            accepted=tuple((a, b) for a, b in quotes["accepted"]),
            inner_space=frozenset(quotes["inner_space"]),
            elisions=frozenset(quotes["elisions"]),
            clitics=frozenset(quotes["clitics"]),
            aphaeresis=frozenset(quotes["aphaeresis"]),
            genitive_apostrophe=quotes["genitive_apostrophe"],
        ),
        spacing=Spacing(
            space_before=frozenset(spacing["space_before"]),
            space_before_accepted=frozenset(spacing["space_before_accepted"]),
            percent=spacing["percent"],
        ),
        numbers=Numbers(
            decimal=numbers["decimal"],
            thousands=tuple(numbers["thousands"]),
            ordinals=tuple(numbers["ordinals"]),
            magnitudes=dict(numbers["magnitudes"]),
            small=dict(numbers["small"]),
        ),
        calendar=Calendar(
            months=_forms(calendar["months"]),
            days=_forms(calendar["days"]),
            months_capital=calendar["months_capital"],
            days_capital=calendar["days_capital"],
            demonyms_capital=calendar["demonyms_capital"],
            dates=tuple(calendar["dates"]),
        ),
        words=Words(
            function=_words(words["function"]),
            legal_doubles=_words(words["legal_doubles"]),
            double_names=_words(words["double_names"]),
            negation=_words(words["negation"]),
            particles=_words(words["particles"]),
            letters=frozenset(words["letters"]),
            locative=_words(words["locative"]),
            leading=_words(words["leading"]),
            wanting=_words(words["wanting"]),
            finite=_words(words["finite"]),
            past=_words(words["past"]),
            past_endings=_words(words["past_endings"]),
            adverb_endings=_words(words["adverb_endings"]),
            objects=_words(words["objects"]),
            titles=_words(words["titles"]),
            abbreviations=_words(words["abbreviations"]),
            pronoun_capital=_words(words["pronoun_capital"]),
            merged={row.split()[0]: tuple(row.split()[1:]) for row in words["merged"]},
        ),
        naming=Naming(
            **data["naming"]
            | {key: _words(data["naming"][key]) for key in ("of", "characters", "home")}
            | {"bodies": tuple(data["naming"]["bodies"].split())}
        ),
        boilerplate=Boilerplate(**{k: tuple(v) for k, v in data["boilerplate"].items()}),
        mt=MachineTranslation(**{k: tuple(v) for k, v in data["mt"].items()}),
        grammar=tuple(
            GrammarPattern(g["pattern"], g["message"], g.get("fix", ""), g["bad"], tuple(g["good"]))
            for g in data.get("grammar", ())
        ),
        known=known,
    )
