"""A store with 40 days of made-up results, always the same: five feeds, copies, edits, a change of rules, troubles."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from tqcheck.audit.store import Store
from tqcheck.audit.values import Checked, Fetch, Flaw, Missed

FEEDS = {
    "http://a/feed": "en",
    "http://b/feed": "de",
    "http://c/feed": "fr",
    "http://d/feed": "en",
    "http://e/feed": "ja",
}
RULES = {"CAS101": ("casing", "major"), "REP101": ("repetition", "minor"), "NAM101": ("word-order", "critical")}
START = datetime(2026, 1, 1, 6, 0, tzinfo=UTC)
DAYS = (0, 3, 12, 16, 20, 25, 31, 36, 39, 40)


def flaws(random: Random, mean: float, even: bool = False) -> tuple[Flaw, ...]:
    """Return findings, clustered: most articles have few, some many; or `even`: about as many each."""
    count = random.randrange(int(mean), int(mean) + 4) if even else int(random.expovariate(1 / mean)) if mean else 0
    found = []
    for n in range(count):
        code = random.choice(list(RULES))
        category, severity = RULES[code]
        at = 10 * n
        context = f"before ⟦word{n}⟧ after"
        found.append(Flaw(f"{code}-{n}", code, category, severity, "high", "A fault.", at, at + 5, f"word{n}", context))
    return tuple(found)


def fill(path: Path) -> None:
    """Write the store. On the last day feed a has far more findings; the rules changed on day 12."""
    random = Random(7)
    with Store.open(path) as store:
        for number, day in enumerate(DAYS):
            run = store.begin_run(sorted(FEEDS), "old" if day < 12 else "new", START + timedelta(days=day))
            for feed, lang in FEEDS.items():
                if feed == "http://e/feed" and day < 39:
                    continue
                bad = feed == "http://a/feed" and day == 40
                mean = 12.0 if bad else 0.0 if feed == "http://b/feed" else 1.5
                rules = "old" if day < 12 else "new"
                store.fetched(run, Fetch(feed, feed, "ok", 200, 1000, 0.1), START + timedelta(days=day))
                store.add(run, [
                    Checked(f"{feed}/{day}/{n}", feed, f"{feed}{day}{n}", rules, lang, random.randrange(80, 900),
                            random.uniform(20, 100), flaws(random, mean, bad), title=f"Article {n}", text="word0 " * 60)
                    for n in range(random.randrange(4, 9))
                ])  # fmt: skip
            if day >= 12:
                # A text that three feeds carry, one of them twice, and an edit of the article of the day before.
                store.add(run, [
                    Checked(key, feed, f"agency{day}", "new", "en", 300, 70.0, flaws(Random(day), 3), title="Agency")
                    for key, feed in ((f"http://a/agency{day}", "http://a/feed"), (f"http://d/agency{day}", "http://d/feed"),
                                      (f"http://d/again{day}", "http://d/feed"))
                ])  # fmt: skip
                edited = f"http://d/feed/{DAYS[number - 1]}/0"
                store.add(
                    run, [Checked(edited, "http://d/feed", f"edit{day}", "new", "en", 400, 90.0, flaws(random, 1))]
                )
                store.touch(run, [f"http://c/feed/{DAYS[number - 1]}/1"], "http://b/feed")
            store.missed(run, [Missed("http://c/feed", "http://c/x", "no-text", "the entry has no text")])
            store.end_run(run, "done", START + timedelta(days=day, minutes=5))
