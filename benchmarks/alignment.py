"""How alignment grows with a book: `python benchmarks/alignment.py [sentences]`.

The book is made of phrases whose translation is known, English to German, with sentences joined, split
and left out. Printed are seconds, seconds of
processor time, those a sentence as a ratio to the shortest book, and strict F1.
Vectors come from the encoder itself and not from a cache of an earlier run.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from itertools import product

WHO = {
    "The mayor": "Der Bürgermeister", "A farmer": "Ein Bauer", "The old teacher": "Die alte Lehrerin",
    "Her brother": "Ihr Bruder", "A young doctor": "Eine junge Ärztin", "The captain": "Der Kapitän",
    "Nobody": "Niemand", "The police": "Die Polizei", "A tourist": "Ein Tourist", "The baker": "Der Bäcker",
    "My neighbour": "Mein Nachbar", "The president": "Der Präsident", "A journalist": "Ein Journalist",
}  # fmt: skip
DID = {
    "bought": "kaufte", "lost": "verlor", "saw": "sah", "described": "beschrieb", "hid": "versteckte",
    "repaired": "reparierte", "sold": "verkaufte", "photographed": "fotografierte", "found": "fand",
}  # fmt: skip
WHAT = {
    "a red bicycle": "ein rotes Fahrrad", "two letters": "zwei Briefe", "the broken bridge": "die kaputte Brücke",
    "an old violin": "eine alte Geige", "the winning ticket": "das Gewinnlos", "a bag of apples": "einen Sack Äpfel",
    "the church clock": "die Kirchenuhr", "a stolen painting": "ein gestohlenes Gemälde", "the map": "die Karte",
    "three horses": "drei Pferde", "a wooden boat": "ein Holzboot", "the newspaper": "die Zeitung",
}  # fmt: skip
WHERE = {
    "in Vienna": "in Wien", "behind the station": "hinter dem Bahnhof", "near the sea": "in der Nähe des Meeres",
    "at the market": "auf dem Markt", "in the mountains": "in den Bergen", "after the storm": "nach dem Sturm",
    "on Sunday morning": "am Sonntagmorgen", "during the war": "während des Krieges", "at night": "in der Nacht",
}  # fmt: skip


def book(count: int) -> tuple[list[str], list[str], set[tuple[tuple[int, ...], tuple[int, ...]]]]:
    """Return about `count` sentences a side and the beads that hold both sides."""
    chance = random.Random(7)
    everything = list(product(WHO, DID, WHAT, WHERE))
    chance.shuffle(everything)
    source: list[str] = []
    target: list[str] = []
    gold = set()
    while len(source) < count:
        one, other = chance.choice(everything), chance.choice(everything)
        kind = chance.random()
        english = [" ".join(words) for words in (one, other)]
        german = [" ".join((WHO[a], DID[b], WHAT[c], WHERE[d])) for a, b, c, d in (one, other)]
        i, j = len(source), len(target)
        if kind < 0.04:
            source.append(english[0] + ".")
        elif kind < 0.12:
            source.append(f"{english[0]}, and {english[1][0].lower()}{english[1][1:]}.")
            target += [f"{text}." for text in german]
            gold.add(((i,), (j, j + 1)))
        elif kind < 0.2:
            source += [f"{text}." for text in english]
            target.append(f"{german[0]}, und {german[1][0].lower()}{german[1][1:]}.")
            gold.add(((i, i + 1), (j,)))
        else:
            source.append(english[0] + ".")
            target.append(german[0] + ".")
            gold.add(((i,), (j,)))
    return source, target, gold


def main() -> None:
    """Print one line a size."""
    from tqcheck.alignment import align

    longest = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    align(*book(40)[:2], "en", "de")
    base = None
    print("sentences a side   seconds   of a core   a sentence, to the shortest   strict F1")
    for part in (16, 8, 4, 2, 1):
        source, target, gold = book(longest // part)
        begin, busy = time.perf_counter(), time.process_time()
        found = {bead for bead in align(source, target, "en", "de") if bead[0] and bead[1]}
        seconds, busy = time.perf_counter() - begin, time.process_time() - busy
        each = busy / len(source)
        base = base or each
        f1 = 2 * len(found & gold) / (len(found) + len(gold))
        print(f"{len(source):16}   {seconds:7.2f}   {busy:9.2f}   {each / base:27.2f}   {f1:9.3f}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TQCHECK_CACHE"] = folder
        main()
