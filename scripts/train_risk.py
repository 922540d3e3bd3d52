"""Train the risk model on data that is free to use so, and write what the package ships.

    python scripts/train_risk.py norms ../shared/eval/data       # tqcheck/witnesses/norms.json
    python scripts/train_risk.py model ../shared/eval/data       # tqcheck/witnesses/risk.json
    python scripts/train_risk.py gaps ../shared/eval/data        # tqcheck/witnesses/gaps.json
    python scripts/train_risk.py preference ../shared/eval/data  # tqcheck/witnesses/preference.json

Norms: similarity, coverage and length of human translations beside English, from the articles of the
set `clean` (NTREX-128) and the good twins of `demetr`.

Model: an additive logistic model (see tqcheck/witnesses/additive.py) fitted to DEMETR (MIT), to the
critical-error labels of MLQE-PE (CC0, the sets wmt21), and to faults planted by `scripts/plant.py`
into their sound translations and into the human ones of the Google MQM data (Apache-2.0). Nothing of the texts
is kept: only means and coefficients are. The sets wmt22 and `hallucination` are never trained on.

Preference: a model of the same kind, fitted to which of two translations of one original has the fault: the pairs of
DEMETR, and planted faults beside the sound translations they were planted into (Bradley and Terry 1952,
doi:10.2307/2334029).

Gaps: two models of the same kind, fitted to what was left out or put in by `scripts/plant.py` beside what
is sound. Log-odds of 0 are what one of 6,000 pairs of professional translations exceeds.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import pickle
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from plant import plant

from tqcheck.bitext import Bitext, Pair
from tqcheck.config import Settings
from tqcheck.context import Context
from tqcheck.encoders import choose
from tqcheck.encoders.use_m3 import UseM3
from tqcheck.encoders.words import Words
from tqcheck.engine import read as read_article
from tqcheck.languages import load
from tqcheck.model import Article, Span
from tqcheck.witnesses.additive import Model
from tqcheck.witnesses.coverage import coverage, vocabulary
from tqcheck.witnesses.evidence import Evidence
from tqcheck.witnesses.forms import NAMES as FORMS
from tqcheck.witnesses.preference import details

OUT = Path(__file__).resolve().parent.parent / "tqcheck" / "witnesses"
# What shows a fault only beside other faults weighs less: a wrong stop is no critical mistranslation.
WEIGHTS = {"critical": 1.0, "major": 0.5, "minor": 0.25, "base": 0.5}
# DEMETR, the greatest part, has none of these planted faults, and they are the gravest.
PLANTED = {"omission": 3.0, "loop": 3.0, "detached": 2.0, "half": 2.0}
PENALTY = 200.0
# The gaps are told from what the pair is like as a whole, not from whether its grammar is sound.
GAP_EVIDENCE = (
    *("similarity", "source-covered", "target-covered", "source-lost", "target-lost", "source-word-lost"),
    *("target-word-lost", "source-gap", "target-gap", "short", "long", "words", "numbers", "names"),
    *("source-word", "target-word", "source-run", "target-run"),
)
# They tell the risk nothing that the other evidence does not.
NOT_OF_RISK = frozenset({"source-gap", "target-gap", "awkward", *FORMS})
# The number of words is the same of both translations, or says which has lost some.
NOT_OF_PREFERENCE = frozenset({"words"})
PREFERENCE_PENALTY = 60.0
GAP_PENALTY, GAP_RATE = 60.0, 1 / 6000
# Cosines of words below which there is surely no counterpart, and above which there is one. Of e5 all are high:
# these are exceeded by as many words of sound pairs as those of use-m3.
COUNTERPART = {"use-m3": [0.0, 0.5], "e5-small": [0.772, 0.85]}
# What likenesses of words are multiplied by (witnesses/literal.py): between translations those of e5 are half as high.
LIKENESS = {"use-m3": 1.0, "e5-small": 1.75}
# Cases whose words are encoded together.
BATCH = 2000
# Pairs taken of each kind of fault, of each set, and sound pairs of each pair of languages.
EACH_KIND, EACH_SET, EACH_PAIR = 100, 1000, 300
# Quantiles of the values at which a curve may bend.
KNOTS = (0.1, 0.3, 0.5, 0.7, 0.85, 0.95)
# The share of critical pairs that the probabilities are calibrated to, and that an article of ordinary
# machine translation has: MQM annotators marked about one sentence in twenty so.
PRIOR = 0.05


class Case(NamedTuple):
    """A pair of sentences with its label: 1 for a critical fault; sets are compared within only."""

    group: str
    source_lang: str
    lang: str
    source: str
    target: str
    label: float
    weight: float = 1.0
    kind: str = ""


def records(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    """Yield the records of one set."""
    with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def cases(folder: Path) -> Iterator[Case]:
    """Yield what the model is trained on."""
    sound: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    taken: Counter[str] = Counter()
    for r in records(folder, "demetr"):
        pair = (r["source_lang"], r["lang"])
        sound[pair][r["source"]] = r["good"]
        taken[r["category"]] += 1
        if taken[r["category"]] <= EACH_KIND:
            for side, label in (("good", 0.0), ("bad", 1.0)):
                yield Case(f"demetr {r['severity']}", *pair, r["source"], r[side], label, WEIGHTS[r["severity"]])
    for r in records(folder, "critical"):
        group = f"{r['set']} {r['lang']}"
        taken[group] += 1
        if r["set"].startswith("wmt21") and taken[group] <= EACH_SET:
            yield Case(group, r["source_lang"], r["lang"], r["source"], r["text"], float(r["bad"]))
    for r in records(folder, "mqm"):
        if r["human"] and r["score"] <= 1:
            sound[r["source_lang"], r["lang"]][r["source"]] = r["text"]
    for pair, both in sorted(sound.items()):
        most = EACH_PAIR * (2 if pair[1] != "en" else 1)
        for source, target, kind in plant(sorted(both.items())[:most], pair):
            yield Case(f"planted {pair[0]}-{pair[1]}", *pair, source, target, float(bool(kind)), kind=kind)


def bitexts(some: Sequence[Case]) -> Iterator[Bitext]:
    """Yield the two sentences of each case as one aligned pair; texts and words are encoded together."""
    sides = [tuple(Context(t, load(lang)) for t, lang in ((c.source, c.source_lang), (c.target, c.lang))) for c in some]
    groups: dict[int, list[int]] = defaultdict(list)
    encoders: dict[int, Any] = {}
    for n, case in enumerate(some):
        encoder = choose(case.source_lang, case.lang)
        assert encoder is not None, f"no encoder for {case.source_lang}-{case.lang}"
        encoders[id(encoder)] = encoder
        groups[id(encoder)].append(n)
    cosines, words, ends = {}, {}, {}
    for key, members in groups.items():
        texts = sorted({text for n in members for text in (some[n].source, some[n].target)})
        vectors = dict(zip(texts, encoders[key].encode(texts), strict=True))
        words[key] = Words(encoders[key])
        words[key].prepare({word for n in members for side in sides[n] for word in vocabulary(side)})
        ends.update((n, (vectors[some[n].source], vectors[some[n].target])) for n in members)
        cosines.update((n, float(ends[n][0] @ ends[n][1])) for n in members)
    keys = {n: key for key, members in groups.items() for n in members}
    for n, (source, target) in enumerate(sides):
        pair = Pair(Span(0, len(source.text)), Span(0, len(target.text)), cosines[n])
        encoder = encoders[keys[n]]
        name = f"{encoder.name}@{encoder.revision}"
        yield Bitext(source, target, [pair], words[keys[n]], encoder=name, vectors=[ends[n]])


def features(all_cases: Iterable[Case], store: Path | None) -> list[tuple[Case, Evidence]]:
    """Return the cases with their evidence, from the store where it is there."""
    if store is not None and store.exists():
        with store.open("rb") as file:
            return list(pickle.load(file))
    # The second encoder takes a hundred times as long, and its values are counted in deviations too.
    known = UseM3.languages
    chosen = [
        c
        for c in all_cases
        if c.source.strip() and c.target.strip() and {c.source_lang, c.lang.partition("-")[0]} <= known
    ]
    found = []
    for start in range(0, len(chosen), BATCH):
        some = chosen[start : start + BATCH]
        for case, both in zip(some, bitexts(some), strict=True):
            told = details(both)
            if told:
                found.append((case, told[0]))
        print(start, file=sys.stderr, flush=True)
    if store is not None:
        store.write_bytes(pickle.dumps(found))
    return found


class Basis(NamedTuple):
    """What a curve is made of: for each column the name of the evidence, where it bends (None for a straight line), and
    the spread that it is divided by."""

    columns: tuple[tuple[str, float | None, float], ...]

    @classmethod
    def of(cls, told: Sequence[Evidence], names: Sequence[str]) -> Basis:
        """Return the basis for evidence of these names."""
        columns: list[tuple[str, float | None, float]] = []
        for name in names:
            x = np.array([one[name] for one in told])
            scale = float(x.std()) or 1.0
            bends = [float(knot) for knot in np.unique(np.quantile(x, KNOTS).round(4)) if knot < x.max()]
            columns += [(name, knot, scale) for knot in (None, *bends)]
        return cls(tuple(columns))

    def __call__(self, told: Sequence[Evidence]) -> Any:
        """Return the columns, shape (pairs, columns)."""
        values = {name: np.array([one[name] for one in told]) for name, _, _ in self.columns}
        return np.column_stack(
            [
                (values[n] if knot is None else np.maximum(0, values[n] - knot)) / scale
                for n, knot, scale in self.columns
            ]
        )

    def curves(self, beta: Any, good: Sequence[Evidence]) -> dict[str, Any]:
        """Return the curves of coefficients; each is 0 at the median of what is sound."""
        curves: dict[str, Any] = {}
        for (name, knot, scale), slope in zip(self.columns, beta, strict=True):
            if knot is None:
                origin = float(np.median([one[name] for one in good]))
                curves[name] = {"origin": round(origin, 4), "slope": round(float(slope / scale), 4), "bends": []}
            elif abs(slope) > 1e-3:
                curves[name]["bends"].append([round(knot, 4), round(float(slope / scale), 4)])
        return curves


def fit(found: list[tuple[Case, Evidence]], names: Sequence[str], penalty: float = PENALTY) -> dict[str, Any]:
    """Return knots and slopes of a model of the evidence called `names`."""
    told = [one for _case, one in found]
    labels = np.array([case.label for case, _ in found])
    weights = np.array([case.weight * PLANTED.get(case.kind, 1.0) for case, _ in found])
    groups = sorted({case.group for case, _ in found})
    # Sets differ in how many of their pairs are bad; each has its own base, which is then forgotten.
    sets = np.array([[case.group == group for group in groups] for case, _ in found], float)
    weights /= np.array([math.sqrt(float(sets[:, groups.index(case.group)].sum())) for case, _ in found])
    weights *= len(weights) / weights.sum()
    basis = Basis.of(told, names)
    ridge = np.array([0.01] * len(groups) + [penalty] * len(basis.columns))
    beta = logistic(np.column_stack([sets, basis(told)]), labels, weights, ridge)
    good = [one for case, one in found if case.label == 0]
    return {"base": 0.0, "curves": basis.curves(beta[len(groups) :], good)}


def prefer(found: list[tuple[Case, Evidence]]) -> dict[str, Any]:
    """Return a model of which of two translations has the fault."""
    sound: dict[tuple[str, ...], Evidence] = {}
    good, bad = [], []
    for case, told in found:
        key = (case.group, case.source_lang, case.lang, case.source)
        if case.group.startswith(("demetr", "planted")) and not case.label:
            sound.setdefault(key, told)
        elif key in sound:
            good.append(sound[key])
            bad.append(told)
    names = [name for name in found[0][1] if name not in NOT_OF_PREFERENCE]
    basis = Basis.of([*good, *bad], names)
    worse = basis(bad) - basis(good)
    labels = np.array([1.0] * len(worse) + [0.0] * len(worse))
    ridge = np.full(worse.shape[1], PREFERENCE_PENALTY)
    beta = logistic(np.concatenate([worse, -worse]), labels, np.ones(len(labels)), ridge)
    content: dict[str, Any] = {"base": 0.0, "curves": basis.curves(beta, good)}
    content["base"] = -round(float(np.median([Model.of(content).odds(one) for one in good])), 4)
    return content


def logistic(x: Any, y: Any, weight: Any, ridge: Any) -> Any:
    """Return the coefficients of a ridge-penalised logistic regression, by Newton's method."""
    beta = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ beta, -30, 30)))
        gradient = x.T @ (weight * (p - y)) + ridge * beta
        hessian = (x * (weight * p * (1 - p) + 1e-9)[:, None]).T @ x + np.diag(ridge)
        step = np.linalg.solve(hessian, gradient)
        beta -= step
        if np.abs(step).max() < 1e-6:
            break
    return beta


def calibrate(content: dict[str, Any], found: list[tuple[Case, Evidence]]) -> None:
    """Set the base so that the mean risk is the share of bad pairs, were it `PRIOR`."""
    model = Model.of(content)
    chosen = [(model.odds(told), case.label) for case, told in found if "planted" in case.group]
    odds, labels = (np.array(column) for column in zip(*chosen, strict=True))
    weights = np.where(labels == 1, PRIOR / labels.mean(), (1 - PRIOR) / (1 - labels.mean()))
    low, high = -20.0, 20.0
    for _ in range(60):
        middle = (low + high) / 2
        mean = float(np.average(1 / (1 + np.exp(-(odds + middle))), weights=weights))
        low, high = (middle, high) if mean < PRIOR else (low, middle)
    content["base"] = round(low, 4)


def gaps(found: list[tuple[Case, Evidence]], folder: Path) -> dict[str, Any]:
    """Return a model of omissions and one of additions."""
    sound = [told for both in professional(folder) for told in details(both) or ()]
    content = {}
    for kind in ("omission", "addition"):
        cases = [
            (case._replace(weight=1.0, kind=""), told) for case, told in found if case.kind == kind or case.label == 0
        ]
        content[kind] = fit(cases, GAP_EVIDENCE, GAP_PENALTY)
        model = Model.of(content[kind])
        content[kind]["base"] = -round(float(np.quantile([model.odds(told) for told in sound], 1 - GAP_RATE)), 4)
    return content


def professional(folder: Path) -> Iterator[Bitext]:
    """Yield the articles of the set `clean` whose languages the default encoder knows, beside their originals."""
    for r in records(folder, "clean"):
        if {r["lang"].partition("-")[0], r["source_lang"].partition("-")[0]} <= UseM3.languages:
            article = Article(r["text"], lang=r["lang"], source=r["source"], source_lang=r["source_lang"])
            both = read_article(article, Settings()).bitext
            if both is not None:
                yield both


def norms(folder: Path, per_language: int) -> dict[str, Any]:  # noqa: C901
    """Return mean and standard deviation of what human translations show, by encoder and language."""
    seen: dict[tuple[str, str], dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    lengths: dict[str, list[float]] = defaultdict(list)
    counts: dict[str, int] = defaultdict(int)

    def add(both: Bitext) -> None:
        encoder = (both.encoder or "").partition("@")[0]
        there, here = both.source.language.base, both.target.language.base
        lang = there if here == "en" else here
        for pair, cover in zip(both.matched, coverage(both) or (), strict=True):
            row = seen[encoder, lang]
            row["similarity"].append(pair.similarity or 0.0)
            row["source-covered"].append(cover.source.covered)
            row["target-covered"].append(cover.target.covered)
            sizes = [
                len("".join(c.text[s.start : s.end].split())) + 12
                for c, s in ((both.source, pair.source), (both.target, pair.target))
                if s
            ]
            ratio = math.log(sizes[1] / sizes[0])
            lengths[lang].append(ratio if here == lang else -ratio)

    for r in records(folder, "clean"):
        lang = r["lang"].partition("-")[0]
        counts[lang] += 1
        if counts[lang] > per_language or "en" not in (lang, r["source_lang"]):
            continue
        article = Article(r["text"], lang=lang, source=r["source"], source_lang=r["source_lang"])
        both = read_article(article, Settings()).bitext
        if both is not None:
            add(both)
        print(r["id"], file=sys.stderr, flush=True)
    singles = []
    for r in records(folder, "demetr"):
        key = "demetr " + r["source_lang"]
        counts[key] += 1
        if r["source_lang"] in {"cs", "hi"} and counts[key] <= 200:
            singles.append(Case("", r["source_lang"], r["lang"], r["source"], r["good"], 0))
    for both in bitexts(singles):
        add(both)
    table: dict[str, Any] = defaultdict(dict)
    for (encoder, lang), row in sorted(seen.items()):
        table[encoder][lang] = {name: _robust(numbers) for name, numbers in row.items()}
    for rows in table.values():
        names = next(iter(rows.values()))
        rows["*"] = {n: [round(float(np.median([r[n][i] for r in rows.values()])), 4) for i in (0, 1)] for n in names}
    usual = {lang: _robust(numbers) for lang, numbers in sorted(lengths.items())}
    spread = float(np.median([pair[1] for pair in usual.values()]))
    return {
        "default": "use-m3",
        "counterpart": COUNTERPART,
        "likeness": LIKENESS,
        "encoders": table,
        "length": {"spread": round(spread, 4), "usual": {lang: pair[0] for lang, pair in usual.items()}},
    }


def _robust(numbers: list[float]) -> list[float]:
    """Return median and the standard deviation that the middle half of the values has."""
    low, middle, high = np.quantile(numbers, (0.25, 0.5, 0.75))
    return [round(float(middle), 4), round(float(high - low) / 1.349, 4)]


def main() -> int:
    """Write the norms or a model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["norms", "model", "gaps", "preference"])
    parser.add_argument("data", type=Path)
    parser.add_argument("--articles", type=int, default=10, help="articles read for each language")
    parser.add_argument("--store", type=Path, help="keep the evidence of all cases in this file")
    options = parser.parse_args()
    if options.what == "norms":
        content = norms(options.data, options.articles)
        (OUT / "norms.json").write_text(json.dumps(content, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        return 0
    found = features(cases(options.data), options.store)
    if options.what == "gaps":
        content = gaps(found, options.data)
    elif options.what == "preference":
        content = prefer(found)
    else:
        content = fit(found, [name for name in found[0][1] if name not in NOT_OF_RISK])
        calibrate(content, found)
    name = {"gaps": "gaps.json", "model": "risk.json", "preference": "preference.json"}[options.what]
    (OUT / name).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
