"""What a house's own articles say of its names, spellings and style: what `tqcheck learn` writes, and people review."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from tqcheck.house import ANY, Wishes
from tqcheck.languages.lexicon import Name, OwnNames

VERSION = 1
# What a person may say of an entry: nothing yet, that it holds, or that it does not.
NEW, ACCEPTED, REJECTED = STATES = ("new", "accepted", "rejected")


@dataclass(frozen=True, slots=True)
class Rewriting:
    """A spelling that the house does not use, and the one it uses; `learned` as long as nobody looked at it."""

    wrong: str
    right: str
    learned: bool


@dataclass(frozen=True, eq=False)
class HouseLexicon:
    """One file, of one language (a primary subtag).

    `names` leaves out rejected ones, whose forms in lower case are `rejected`. `quotes`, `numbers`, `exponents`
    and `spellings` are set only where the style was accepted.
    """

    lang: str
    names: tuple[Name, ...] = ()
    rejected: frozenset[str] = frozenset()
    rewritings: tuple[Rewriting, ...] = ()
    quotes: str | None = None
    numbers: str | None = None
    exponents: str | None = None
    spellings: tuple[str, ...] = ()
    fingerprint: str = ""


@dataclass(frozen=True, eq=False)
class HouseLexicons:
    """All files of a configuration."""

    files: tuple[HouseLexicon, ...] = ()
    own: OwnNames = field(default_factory=OwnNames)

    def enlarge(self, wishes: Wishes) -> Wishes:
        """Return the wishes of the configuration, with what the files say where they say nothing."""
        prefer, learned = list(wishes.prefer), list(wishes.learned)
        quotes, numbers = list(wishes.quotes), list(wishes.number_format)
        for one in self.files:
            for table, told in ((prefer, False), (learned, True)):
                found = tuple((r.wrong, r.right) for r in one.rewritings if r.learned is told)
                if found:
                    table.insert(0, (one.lang, found))
            for said, style in ((quotes, one.quotes), (numbers, one.numbers)):
                if style is not None and not any(lang in (ANY, one.lang) for lang, _said in said):
                    said.append((one.lang, style))
        own = [form for one in self.files for form in one.spellings]
        exponents = [one.exponents for one in self.files if one.exponents is not None]
        return wishes._replace(
            prefer=tuple(prefer),
            learned=tuple(learned),
            quotes=tuple(quotes),
            number_format=tuple(numbers),
            spellings=(*wishes.spellings, *(form for form in own if form not in wishes.spellings)),
            exponents=wishes.exponents or (exponents[0] if exponents else None),
        )

    @property
    def fingerprint(self) -> str:
        """What tells these files from others."""
        return ",".join(one.fingerprint for one in self.files)


def joined(files: Iterable[HouseLexicon]) -> HouseLexicons:
    """Return what several files say together; of two about one name, the first goes first."""
    files = tuple(files)
    names: dict[str, list[Name]] = defaultdict(list)
    rejected: dict[str, set[str]] = defaultdict(set)
    for one in files:
        names[one.lang] += [name for name in one.names if name.form not in {known.form for known in names[one.lang]}]
        rejected[one.lang] |= one.rejected
    own = OwnNames(
        {lang: tuple(found) for lang, found in names.items()},
        {lang: frozenset(forms) for lang, forms in rejected.items()},
    )
    return HouseLexicons(files, own)
