"""The typed record of one language, as its TOML file gives it. See `en.toml` for every key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quotes:
    """Quotation marks: the norm, what else edited text shows, and how apostrophes behave."""

    primary: tuple[str, str]
    secondary: tuple[str, str]
    accepted: tuple[tuple[str, str], ...]
    inner_space: frozenset[str]
    elisions: frozenset[str]
    clitics: frozenset[str]
    aphaeresis: frozenset[str]
    genitive_apostrophe: bool

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Every pair that may stand in edited text, the norm first."""
        return (self.primary, self.secondary, *self.accepted)


@dataclass(frozen=True, slots=True)
class Spacing:
    """Spaces before marks: demanded by the norm, accepted in practice; `percent` for “50 %”."""

    space_before: frozenset[str]
    space_before_accepted: frozenset[str]
    percent: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """Separators, ordinal suffixes, magnitude words and small numbers with their values."""

    decimal: str
    thousands: tuple[str, ...]
    ordinals: tuple[str, ...]
    magnitudes: dict[str, float]
    small: dict[str, int]


@dataclass(frozen=True, slots=True)
class Calendar:
    """Forms of the twelve months and seven days (Monday first), their casing, date orders."""

    months: tuple[tuple[str, ...], ...]
    days: tuple[tuple[str, ...], ...]
    months_capital: bool
    days_capital: bool
    demonyms_capital: bool
    dates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """Closed-class words; every set is lower-case except `titles` and `abbreviations`. `merged` holds
    what a word becomes where it merges with an article (de: du) or loses its vowel (que: qu')."""

    function: frozenset[str]
    legal_doubles: frozenset[str]
    double_names: frozenset[str]
    negation: frozenset[str]
    particles: frozenset[str]
    letters: frozenset[str]
    locative: frozenset[str]
    leading: frozenset[str]
    wanting: frozenset[str]
    finite: frozenset[str]
    past: frozenset[str]
    past_endings: frozenset[str]
    adverb_endings: frozenset[str]
    objects: frozenset[str]
    titles: frozenset[str]
    abbreviations: frozenset[str]
    pronoun_capital: frozenset[str]
    merged: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Naming:
    """How the language writes names.

    `nouns_capital`: a capital says nothing of a name, since every noun has one. `attributive`: a name
    before a noun is its attribute (“a Scotland player”), which other languages put in other words.
    `of`: the words that join a name to a noun before it (“Church of England”).
    `syllabic`: foreign names are written in characters for their syllables, which are these. `heard` and `known`: how
    far (0 to 1) one can tell that a name is not in a text of this language, of one that is known by
    its sound only, and of one whose form is in the table of entities. `characters`: the territories whose
    names a language that has other letters too writes in characters, which tell nothing of their sound.
    `initial`: how sure a word at the beginning of a sentence is a name where no dictionary has it.
    `home`: the territories that a text of this language may mean without a name (the team, the government).
    `bodies`: what a name of a body ends in where no space tells where it begins; a place in it is a part of it.
    """

    nouns_capital: bool
    attributive: bool
    of: frozenset[str]
    syllabic: str
    heard: float
    known: float
    characters: frozenset[str]
    initial: float
    home: frozenset[str]
    bodies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """Labels of page furniture, as a site of that language writes them."""

    navigation: tuple[str, ...]
    share: tuple[str, ...]
    caption: tuple[str, ...]
    credits: tuple[str, ...]
    read_also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MachineTranslation:
    """Phrases in which a translation system or a language model speaks of itself."""

    disclaimers: tuple[str, ...]
    prompts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GrammarPattern:
    """A closed-class pattern that is wrong wherever it stands; group 1 is the wrong stretch."""

    pattern: str
    message: str
    fix: str
    bad: str
    good: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Language:
    """Everything the rules know about one language."""

    tag: str
    name: str
    script: str
    direction: str
    spaced: bool
    norms: tuple[str, ...]
    quotes: Quotes
    spacing: Spacing
    numbers: Numbers
    calendar: Calendar
    words: Words
    naming: Naming
    boilerplate: Boilerplate
    mt: MachineTranslation
    grammar: tuple[GrammarPattern, ...] = ()
    known: bool = True

    @property
    def base(self) -> str:
        """The primary subtag: `pt` for `pt-BR`."""
        return self.tag.partition("-")[0]

    @property
    def cased(self) -> bool:
        """True where the script distinguishes upper and lower case."""
        return self.script in {"Latn", "Cyrl", "Grek", "Armn"}
