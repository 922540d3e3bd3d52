"""What is usual between two languages: `norms.json`, written by scripts/train_risk.py.

Similarity, coverage and length differ between languages that lie near and far, and cosines between
encoders: what a value says shows only beside what sound translations have.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any

from tqcheck.bitext import Bitext


def usual(bitext: Bitext, name: str) -> tuple[float, float]:
    """Return mean and standard deviation of a value in sound translations between the two languages.

    The table holds each language beside English. Of two others, the one farther from English tells
    what to expect; lengths add up. An encoder that was not measured counts as the default one.
    """
    there, here = bitext.source.language.base, bitext.target.language.base
    if name == "length":
        table = norms()["length"]
        spread: float = table["spread"]
        return table["usual"].get(here, 0.0) - table["usual"].get(there, 0.0), spread
    table = norms()["encoders"][_encoder(bitext)]
    rows = [table[lang] for lang in (there, here) if lang in table and lang != "en"] or [table["*"]]
    mean, deviation = min(row[name] for row in rows)
    return mean, deviation


def counterpart(bitext: Bitext) -> tuple[float, float]:
    """Return the cosines below which a word surely has no counterpart, and above which it has one."""
    none, one = norms()["counterpart"][_encoder(bitext)]
    return none, one


def standard(bitext: Bitext, cosine: float) -> float:
    """Return a cosine of words on the scale of the default encoder: of some, all cosines are high."""
    none, one = counterpart(bitext)
    table = norms()
    least, most = table["counterpart"][table["default"]]
    scaled: float = least + max(0.0, cosine - none) / (one - none) * (most - least)
    return scaled


def noisy(bitext: Bitext) -> bool:
    """True for an encoder whose cosines of unlike words are nearly those of like ones: chance reaches high."""
    none, one = counterpart(bitext)
    return none > one / 2


def likeness(bitext: Bitext) -> float:
    """Return what likenesses of words are multiplied by, so that they mean the same with every encoder."""
    factor: float = norms()["likeness"][_encoder(bitext)]
    return factor


def _encoder(bitext: Bitext) -> str:
    name = (bitext.encoder or "").partition("@")[0]
    table = norms()
    default: str = table["default"]
    return name if name in table["encoders"] else default


@cache
def norms() -> dict[str, Any]:
    """Return the table: by encoder and language, [mean, standard deviation] beside English."""
    text = (resources.files("tqcheck.witnesses") / "norms.json").read_text(encoding="utf-8")
    table: dict[str, Any] = json.loads(text)
    return table
