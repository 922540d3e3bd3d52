"""Fit what the meaning of a sentence leads one to expect of its English forms, and write tqcheck/witnesses/forms.json.

    python scripts/train_forms.py ../shared/eval/data

Logistic regressions with a ridge (le Cessie and van Houwelingen 1992, doi:10.2307/2347628) from the vector of one side
of human translations to what tqcheck/languages/verbs.py reads on the English side: of the articles of the set `clean`
(NTREX-128) and the human translations of the Google MQM data (Apache-2.0). Nothing of the texts is kept: only
coefficients are.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tqcheck.config import Settings
from tqcheck.encoders.base import Encoder
from tqcheck.encoders.e5 import E5
from tqcheck.encoders.use_m3 import UseM3
from tqcheck.engine import read
from tqcheck.languages.verbs import Forms, verbs
from tqcheck.model import Article
from tqcheck.text.words import words
from tqcheck.witnesses.forms import ENGLISH

OUT = Path(__file__).resolve().parent.parent / "tqcheck" / "witnesses" / "forms.json"
PENALTY, FOLDS, ROUNDS = 1.0, 5, 25
# Steps of the coefficients: tqcheck/witnesses/forms.py reads hundredths.
STEPS = 100


def records(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    """Yield the records of one set."""
    with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def pairs(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield English sentences, each with its translation or its original."""
    for record in records(folder, "clean"):
        if (record["lang"] == ENGLISH) == (record["source_lang"] == ENGLISH):
            continue
        article = Article(
            record["text"], lang=record["lang"], source=record["source"], source_lang=record["source_lang"]
        )
        bitext = read(article, Settings()).bitext
        if bitext is None or not (bitext.encoder or "").startswith("use-m3"):
            continue
        for pair in bitext.matched:
            assert pair.source is not None
            assert pair.target is not None
            yield _english_first(
                bitext.source.text[slice(*pair.source)], bitext.target.text[slice(*pair.target)], record["lang"]
            )
    for record in records(folder, "mqm"):
        if record["human"]:
            yield _english_first(record["source"], record["text"], record["lang"])


def _english_first(source: str, target: str, lang: str) -> tuple[str, str]:
    return (target, source) if lang == ENGLISH else (source, target)


def fit(vectors: NDArray[Any], said: NDArray[Any]) -> NDArray[Any]:
    """Return the weights of one form, shape (d + 1,), the last one for the base; by Newton's method.

    `said` has shape (n,), from 0 to 1.
    """
    known = np.column_stack([vectors, np.ones(len(vectors))])
    weights = np.zeros(known.shape[1])
    weights[-1] = np.log(said.mean() / (1 - said.mean()))
    penalty = PENALTY * np.eye(len(weights))
    penalty[-1, -1] = 0.0
    for _ in range(ROUNDS):
        likely = 1 / (1 + np.exp(-known @ weights))
        slope = known.T @ (likely - said) + penalty @ weights
        bend = (known * (likely * (1 - likely))[:, None]).T @ known + penalty
        weights -= np.linalg.solve(bend, slope)
    return weights


def trained(encoder: Encoder, said: NDArray[Any], others: list[str]) -> dict[str, Any]:
    """Return the map of an encoder as `forms.json` holds it; print how well it does on what it has not seen."""
    vectors = encoder.encode(others).astype(float)
    folds = np.random.default_rng(0).integers(0, FOLDS, len(said))
    columns = []
    for name, column in zip(Forms._fields, said.T, strict=True):
        told = ~np.isnan(column)
        seen, unseen = told & (folds != 0), told & (folds == 0)
        tried = fit(vectors[seen], column[seen])
        guessed = vectors[unseen] @ tried[:-1] + tried[-1]
        print(
            f"{encoder.name} {name}: {told.sum()} pairs, correlation {np.corrcoef(guessed, column[unseen])[0, 1]:.2f}"
        )
        columns.append(fit(vectors[told], column[told]))
    weights = np.stack(columns, axis=1)
    return {"base": weights[-1].round(3).tolist(), "weights": np.rint(weights[:-1] * STEPS).astype(int).tolist()}


def main() -> None:
    """Fit the map of each encoder that the package ships, and write them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    known = verbs(ENGLISH)
    assert known is not None
    both = list(pairs(parser.parse_args().data))
    forms = [known.forms([word.text for word in words(english)]) for english, _other in both]
    said, others = np.array(forms, float), [other for _english, other in both]
    encoders: tuple[Encoder, ...] = (UseM3(), E5())
    maps = {encoder.name: trained(encoder, said, others) for encoder in encoders}
    OUT.write_text(json.dumps(maps, separators=(",", ":")).replace("],[", "],\n[") + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
