"""How the sex of a person shows in a language: the data of `sense/gender.toml`, and the nouns of `sense/kin.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from tqcheck.languages.frequency import frequencies
from tqcheck.languages.loader import load
from tqcheck.languages.opposites import Mention, begins, opposites
from tqcheck.languages.phrases import split
from tqcheck.model import Span
from tqcheck.text.memo import remembered
from tqcheck.text.words import WORD, Word

_KINDS = ("sure", "thing", "many", "maybe", "subject")
_TITLES = "mister-mistress"
_STOPS = frozenset([*",.;:", ""])
# Shorter words end like a verb by chance.
_VERB = 4
# So far before a verb a quotation ends.
_BEFORE = 8

# A closing mark, with what may stand between a quotation and who says it.
_QUOTED = re.compile("[\"”“»«'’][,.]?\\s*[,—–-]?\\s*$")
# Of a verb the plural is written no less than so much rarer than the neuter, as a Zipf value; else it is a
# noun (число, правило).
_NOUN = 1.0

_CLAUSE = re.compile(r"[,;:.!?…—–]")

# For him and for her.
Sexes = tuple[list[Span], list[Span]]


def _none() -> Sexes:
    return [], []


@dataclass
class Marks:
    """What shows sex in a sentence, each for him and for her.

    text     the sentence
    sure     pronouns and titles for persons of that sex only
    subject  those of them that are subjects
    nouns    nouns of kin and rank
    thing    pronouns that may stand for things too
    many     pronouns that may also stand for things, for several persons or for whom one speaks to
    verbs    verbs of that gender that stand alone: “Dodał, że …”, “…”, podsumował.”
    bound    pronouns that stand for a noun of the other sex before them: “a woman in his forties”
    shown    all of these, and what may show that sex
    epicene  True for a gender that a noun for persons of both sexes has here
    things   True where the sentence has a pronoun for things
    others   True where it has one for several persons or for whom one speaks to
    open     True where it has a verb without a subject that a translator has to give one
    """

    text: str = ""
    sure: Sexes = field(default_factory=_none)
    subject: Sexes = field(default_factory=_none)
    nouns: Sexes = field(default_factory=_none)
    thing: Sexes = field(default_factory=_none)
    many: Sexes = field(default_factory=_none)
    verbs: Sexes = field(default_factory=_none)
    bound: Sexes = field(default_factory=_none)
    shown: Sexes = field(default_factory=_none)
    epicene: tuple[bool, bool] = (False, False)
    things: bool = False
    others: bool = False
    open: bool = False

    def told(self, sex: int) -> bool:
        """True where a pronoun, a title or a noun shows a sex."""
        return bool(self.sure[sex] or self.nouns[sex] or self.thing[sex])


class _Form(NamedTuple):
    kind: str
    sex: int


@dataclass(frozen=True)
class Gender:
    """The words of one language that show sex. All are in lower case."""

    tag: str
    forms: dict[str, tuple[_Form, ...]]
    things: frozenset[str]
    others: frozenset[str]
    ends: tuple[tuple[str, ...], tuple[str, ...]]
    epicene: tuple[frozenset[str], frozenset[str]]
    past: tuple[tuple[str, str, str, str], ...]
    shifting: tuple[tuple[str, str, str, str], ...]
    speaker: frozenset[str]
    passive: frozenset[str]
    owner: tuple[frozenset[str], frozenset[str]]
    sexless: frozenset[str]
    own: frozenset[str]
    object: tuple[frozenset[str], frozenset[str]]
    bare: frozenset[str]
    copula: frozenset[str]
    dative: frozenset[str]
    agrees: tuple[tuple[str, str], ...]
    that: frozenset[str]
    the: tuple[frozenset[str], frozenset[str]]
    open: re.Pattern[str] | None
    bound: re.Pattern[str] | None
    said: re.Pattern[str] | None
    selfsame: re.Pattern[str] | None
    whole: bool
    kept: bool
    elisions: frozenset[str]
    strings: re.Pattern[str] | None
    find: Callable[[str], Marks] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "find", remembered(self._find))

    def _find(self, text: str) -> Marks:
        """Return what shows sex in a sentence."""
        words = [Word(*m.span(), m.group()) for m in WORD.finditer(text)]
        if self.strings is not None:
            parts = [(Span(*m.span()), m.group()) for m in self.strings.finditer(text)]
        else:
            parts = list(self._parts(words))
        forms = {form for _span, form in parts}
        him, her = (not nouns.isdisjoint(forms) for nouns in self.epicene)
        found = Marks(
            text=text,
            epicene=(him, her),
            things=not self.things.isdisjoint(forms),
            others=not self.others.isdisjoint(forms),
            open=self.open is not None and self.open.search(text) is not None,
        )
        for span, form in parts:
            self._read(found, span, form)
        self._add_verbs(text, found, parts, spoken=not self.speaker.isdisjoint(forms))
        for mention in self._nouns(text):
            span, sex = Span(mention.start, mention.end), mention.concept.side
            found.shown[sex].append(span)
            if mention.concept.sure:
                (found.sure if mention.concept.pair == _TITLES else found.nouns)[sex].append(span)
        for match in self.bound.finditer(text) if self.bound else ():
            self._bind(text, found, Span(*match.span(1)))
        return found

    def _read(self, found: Marks, span: Span, form: str) -> None:
        for kind, sex in self.forms.get(form, ()):
            if kind != "maybe":
                getattr(found, kind)[sex].append(span)
            if kind != "subject":
                found.shown[sex].append(span)
        for sex, ends in enumerate(self.ends):
            if ends and form.endswith(ends) and len(form) > _VERB:
                found.shown[sex].append(span)

    def _add_verbs(self, text: str, found: Marks, parts: Sequence[tuple[Span, str]], spoken: bool) -> None:
        for span, form in parts if self.past else ():
            for sex, sure in self._verb(form):
                found.shown[sex].append(span)
                # What I or you did says nothing of others.
                if sure and not spoken and _alone(text, span):
                    found.verbs[sex].append(span)

    def _bind(self, text: str, found: Marks, pronoun: Span) -> None:
        before = [(span, sex) for sex in (0, 1) for span in found.nouns[sex] if span.end < pronoun.start]
        if before:
            noun, sex = max(before)
            if pronoun in found.sure[1 - sex] and _CLAUSE.search(text, noun.end, pronoun.start) is None:
                found.bound[1 - sex].append(pronoun)

    def _parts(self, words: Sequence[Word]) -> Iterator[tuple[Span, str]]:
        """Yield the words in lower case, without what is elided before or shortened behind them."""
        for word in words:
            form, start = word.text.lower().replace("’", "'"), word.start
            if len(form) != len(word.text):  # a letter whose lower case is two: keep the offsets
                form = word.text
            for part in split(form, self.elisions) if "'" in form else (form,):
                stem = part.partition("'")[0] or part
                yield Span(start, start + len(stem)), stem
                start += len(part)

    def _verb(self, form: str) -> Iterator[tuple[int, bool]]:
        """Yield the gender of the subject of what may be a verb in the past, and whether it surely is one."""
        if len(form) < _VERB:
            return
        zipf = frequencies(self.tag).zipf
        for rows, alone in ((self.past, True), (self.shifting, False)):
            for ends in rows:
                for sex, own in enumerate(ends[:2]):
                    stem = form.removesuffix(own)
                    known = [zipf(stem + end) for end in ends] if stem != form else [0.0]
                    sure = all(known) and known[3] > known[2] - _NOUN
                    if sure or (alone and stem != form):
                        yield sex, sure

    def subject_sexes(self, form: str) -> list[int]:
        """Return the sex that a pronoun shows as a subject: one, or none."""
        return [found.sex for found in self.forms.get(form, ()) if found.kind == "subject"]

    def owner_sexes(self, form: str) -> set[int]:
        """Return the sexes that a possessive shows of the owner."""
        return {sex for sex in (0, 1) if form in self.owner[sex]}

    def object_sexes(self, form: str) -> set[int]:
        """Return the sexes that a pronoun shows of the object of a verb."""
        return {sex for sex in (0, 1) if form in self.object[sex]}

    def verb_sexes(self, form: str) -> set[int]:
        """Return the genders of the subject that a verb of the past shows; none where it may be no verb."""
        return {sex for sex, sure in self._verb(form) if sure}

    def agreeing_sexes(self, form: str) -> set[int]:
        """Return the sexes of the subject that a participle or an adjective agrees with, if it stands for both."""
        zipf = frequencies(self.tag).zipf
        stems = ((sex, form.removesuffix(own), row) for row in self.agrees for sex, own in enumerate(row))
        return {sex for sex, stem, row in stems if stem != form and all(zipf(stem + end) > 0 for end in row)}

    def _nouns(self, text: str) -> list[Mention]:
        data = opposites("kin", self.tag)
        return [] if data is None else data.find(text)


def _alone(text: str, verb: Span) -> bool:
    """True where a verb stands between the beginning of a sentence or a quotation mark and a stop, so that its
    subject is left out."""
    if text[verb.end : verb.end + 1] not in _STOPS:
        return False
    return begins(text, verb.start) or _QUOTED.search(text, max(0, verb.start - _BEFORE), verb.start) is not None


@cache
def _data() -> dict[str, dict[str, Any]]:
    text = (resources.files("tqcheck.languages") / "sense" / "gender.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def gender(tag: str) -> Gender | None:
    """Return what shows sex in a language, None where it is not written down."""
    base = tag.partition("-")[0]
    data = _data().get(base)
    if data is None:
        return None
    forms: dict[str, list[_Form]] = {}
    for kind in _KINDS:
        for sex, words in enumerate(data.get(kind, "/").split("/")):
            for word in words.split():
                forms.setdefault(word, []).append(_Form(kind, sex))
    pairs = ("ends", "epicene", "owner", "object", "the")
    ends, epicene, owner, object_, the = ([part.split() for part in data.get(key, "/").split("/")] for key in pairs)
    things, others = frozenset(data["things"].split()), frozenset(data["others"].split())
    strings = None
    if not data.get("spaced", True):
        every = sorted({*forms, *things, *others, *data["none"].split()}, key=lambda s: (-len(s), s))
        strings = re.compile("|".join(map(re.escape, every)))
    return Gender(
        tag=base,
        forms={word: tuple(found) for word, found in forms.items()},
        things=things,
        others=others,
        ends=(tuple(ends[0]), tuple(ends[1])),
        epicene=(frozenset(epicene[0]), frozenset(epicene[1])),
        past=tuple(tuple(row.split()) for row in data.get("past", ())),
        shifting=tuple(tuple(row.split()) for row in data.get("shifting", ())),
        speaker=frozenset(data.get("speaker", "").split()),
        passive=frozenset(data.get("passive", "").split()),
        owner=(frozenset(owner[0]), frozenset(owner[1])),
        sexless=frozenset(data.get("sexless", "").split()),
        own=frozenset(data.get("own", "").split()),
        object=(frozenset(object_[0]), frozenset(object_[1])),
        bare=frozenset(data.get("bare", "").split()),
        copula=frozenset(data.get("copula", "").split()),
        dative=frozenset(data.get("dative", "").split()),
        agrees=tuple(tuple(row.split()) for row in data.get("agrees", ())),
        that=frozenset(data.get("that", "").split()),
        the=(frozenset(the[0]), frozenset(the[1])),
        open=re.compile(rf"[,—–] (?:{'|'.join(data['open'].split())})\b") if "open" in data else None,
        bound=re.compile(rf"\b{data['bound']}", re.IGNORECASE) if "bound" in data else None,
        selfsame=re.compile(data["selfsame"]) if "selfsame" in data else None,
        said=re.compile(rf"(?<!\w){data['said']}$") if "said" in data else None,
        whole=data.get("whole", False),
        kept=data.get("kept", False),
        elisions=load(base).quotes.elisions,
        strings=strings,
    )
