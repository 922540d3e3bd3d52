"""Case forms of names, by rule: Russian, Ukrainian, Turkish and German, and a generate-and-test helper.

Each `*_phrase` takes words with marks made by `build_names.py`: "*" a noun to decline, "~" an adjective, "^" a
surname; an unmarked word stays as it is. It returns the oblique case forms of the whole phrase.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

Cases = list[str]  # genitive, dative, accusative, instrumental, prepositional or locative

FEMININE = {
    "Казань",
    "Лодзь",
    "Познань",
    "Тверь",
    "Рязань",
    "Пермь",
    "Керчь",
    "Астрахань",
    "Сызрань",
    "Кубань",
    "Обь",
    "Ухань",
    "Полтава",
}
FLEETING = {
    "Орёл": "Орл",
    "Павел": "Павл",
    "Лев": "Льв",
    "Пётр": "Петр",
    "Череповец": "Череповц",
    "Елец": "Ельц",
    "Освенцим": "Освенцим",
}
SINGULAR = {
    "pl": "a u i y e ę ą ie iu em iem owi zie dzie cie le rze sze ze ce ii ią ię ej ją ję",
    "ru": "а у ом ем е ы и ой ей ю я ью ию ии ией",
    "uk": "а у ом ем и і ї ою ею єю ю я єм ії ію ією ові еві єві",
}
PLURAL = {"pl": "y i e ów ach ami om ech", "ru": "ы и ов ам ами ах ям ями ях", "uk": "и і ів ам ами ах ям ями ях"}
UK_STEMS = {
    "Київ": "Києв",
    "Львів": "Львов",
    "Харків": "Харков",
    "Миколаїв": "Миколаєв",
    "Чернігів": "Чернігов",
    "Краків": "Краков",
    "Тернопіль": "Тернопол",
    "Павел": "Павл",
    "Петро": "Петр",
    "Дніпро": "Дніпр",
    "Дмитро": "Дмитр",
    "Ярослав": "Ярослав",
}


def ru_noun(w: str, animate: bool = False) -> Cases:
    """The five oblique singular cases of a Russian noun, or [] where it does not decline or we are not sure."""
    stem = FLEETING.get(w, w)
    last = w[-1]
    if w.endswith("ия"):
        return [w[:-1] + e for e in ("и", "и", "ю", "ей", "и")]
    if last == "я":
        return [w[:-1] + e for e in ("и", "е", "ю", "ей", "е")]
    if last == "а":
        soft = w[-2] in "гкхжшщч"
        ins = "ей" if w[-2] in "жшщчц" else "ой"
        return [w[:-1] + e for e in ("и" if soft else "ы", "е", "у", ins, "е")]
    if last == "й":
        prep = "и" if w.endswith("ий") else "е"
        forms = [w[:-1] + e for e in ("я", "ю", "", "ем", prep)]
        return [*forms[:2], forms[0] if animate else w, *forms[3:]]
    if last == "ь":
        if w in FEMININE:
            return [w[:-1] + e for e in ("и", "и", "ь", "ью", "и")]
        if w[-2] not in "лр":
            return []
        forms = [w[:-1] + e for e in ("я", "ю", "", "ем", "е")]
        return [*forms[:2], forms[0] if animate else w, *forms[3:]]
    if last in "бвгджзклмнпрстфхцчшщ":
        if w.endswith(("ец", "ок")) and stem == w and not w.endswith("сток"):
            return []
        ins = "ем" if last in "жшщчц" else "ом"
        return [stem + "а", stem + "у", stem + "а" if animate else w, stem + ins, stem + "е"]
    return []


def ru_adjective(w: str) -> Cases:
    """The five oblique cases of a Russian adjective, gender and number read from its ending."""
    s = w[:-2]
    if w.endswith(("ый", "ой")) or (w.endswith("ий") and w[-3] in "кгх"):
        i = "и" if w[-3] in "кгх" else "ы"
        return [s + "ого", s + "ому", w, s + i + "м", s + "ом"]
    if w.endswith("ий"):
        return [s + "его", s + "ему", w, s + "им", s + "ем"]
    if w.endswith("ая"):
        return [s + e for e in ("ой", "ой", "ую", "ой", "ой")]
    if w.endswith("яя"):
        return [s + e for e in ("ей", "ей", "юю", "ей", "ей")]
    if w.endswith("ое"):
        i = "и" if w[-3] in "кгх" else "ы"
        return [s + "ого", s + "ому", w, s + i + "м", s + "ом"]
    if w.endswith(("ые", "ие")):
        i = w[-2]
        return [s + i + "х", s + i + "м", w, s + i + "ми", s + i + "х"]
    return []


def ru_surname(w: str, female: bool) -> Cases:
    """Surnames: -ов/-ин and adjectival ones have endings of their own."""
    if not female and w.endswith(("ов", "ев", "ёв", "ин", "ын")):
        return [w + "а", w + "у", w + "а", w + "ым", w + "е"]
    if w.endswith(("ский", "цкий", "ный", "ый")) and not female:
        forms = ru_adjective(w)
        return [forms[0], forms[1], forms[0], forms[3], forms[4]]
    if female and w.endswith(("ская", "цкая", "ная")):
        return ru_adjective(w)
    if female and w.endswith(("ова", "ева", "ина")):
        return [w[:-1] + e for e in ("ой", "ой", "у", "ой", "ой")]
    if w.endswith(("а", "я")) and w[-2] not in "аеиоуэюя":
        return ru_noun(w, True)
    return [] if female else ru_noun(w, True)


def uk_noun(w: str, animate: bool = False, genitive_u: bool = False) -> Cases:
    """The five oblique singular cases of a Ukrainian noun, or []."""
    stem, last = UK_STEMS.get(w, w), w[-1]
    if w.endswith("ія"):
        return [w[:-1] + e for e in ("ї", "ї", "ю", "єю", "ї")]
    if last == "я":
        return [w[:-1] + e for e in ("і", "і", "ю", "ею", "і")] if w[-2] not in "'жя" else []
    if last == "а":
        soft = {"г": "з", "к": "ц", "х": "с"}.get(w[-2], w[-2]) + "і"
        hush = w[-2] in "жшщч"
        return [
            w[:-1] + ("і" if hush else "и"),
            w[:-2] + soft,
            w[:-1] + "у",
            w[:-1] + ("ею" if hush else "ою"),
            w[:-2] + soft,
        ]
    if last == "й":
        b = w[:-1]
        gen = b + ("ю" if genitive_u else "я")
        return [gen, b + "ю", gen if animate else w, b + "єм", b + "ї"]
    if last == "ь" or w == "Тернопіль":
        b = stem if w in UK_STEMS else w[:-1]
        return [b + "я", b + "ю", b + "я" if animate else w, b + "ем", b + "і"] if w not in FEMININE else []
    if last in "бвгґджзклмнпрстфхцчшщ" or w in ("Петро", "Дніпро", "Дмитро"):
        if w.endswith(("ець", "ок", "ець")):
            return []
        gen = stem + ("у" if genitive_u else "а")
        loc = stem + ("у" if last == "к" else "і")
        return [gen, stem + "у", gen if animate else w, stem + ("ем" if last in "жшщчц" else "ом"), loc]
    return []


def uk_adjective(w: str) -> Cases:
    """The five oblique cases of a Ukrainian adjective."""
    s = w[:-2]
    if w.endswith("ий"):
        return [s + "ого", s + "ому", w, s + "им", s + "ому"]
    if w.endswith("а"):
        return [w[:-1] + e for e in ("ої", "ій", "у", "ою", "ій")]
    if w.endswith("е"):
        return [w[:-1] + e for e in ("ого", "ому", "е", "им", "ому")]
    if w.endswith("і"):
        return [w[:-1] + e for e in ("их", "им", "і", "ими", "их")]
    return []


def uk_surname(w: str, female: bool) -> Cases:
    """Ukrainian surnames."""
    if not female and w.endswith(("ов", "ев", "єв", "ін", "ин")):
        return [w + "а", w + "у", w + "а", w + "им", w + "у"]
    if not female and w.endswith(("ський", "цький", "ний")):
        forms = uk_adjective(w)
        return [forms[0], forms[1], forms[0], forms[3], forms[4]]
    if female and w.endswith(("ська", "цька", "ова", "ева", "єва", "іна", "на")):
        return uk_adjective(w)
    if w.endswith(("а", "я")) and w[-2] not in "аеиоуюяєії":
        return uk_noun(w, True)
    return [] if female else uk_noun(w, True)


def phrase(
    words: list[str], noun: Callable[[str], Cases], adjective: Callable[[str], Cases], surname: Callable[[str], Cases]
) -> list[str]:
    """Decline the marked words of a phrase together; [] when one of them cannot be declined."""
    columns: list[Cases] = []
    if any(a[-1] == "~" and b[-1] not in "~*^" for a, b in pairwise(words)):
        return []  # an adjective would be declined and its noun not
    for word in words:
        bare, mark = word.rstrip("*~^"), word[-1]
        forms = {"*": noun, "~": adjective, "^": surname}.get(mark, lambda w: [w] * 5)(bare)
        if not forms and words[0][-1] == "~":
            return []
        columns.append(forms or [bare] * 5)
    nominative = " ".join(w.rstrip("*~^") for w in words)
    return sorted({" ".join(c) for c in zip(*columns, strict=True)} - {nominative})


def endings(word: str, tag: str, kind: str) -> list[str]:
    """The endings worth trying: plural ones only for peoples and for names that are plural."""
    plural = kind == "demonym" or word.endswith({"pl": ("y", "e", "i"), "ru": ("ы", "и"), "uk": ("и", "і")}[tag])
    return f"{SINGULAR[tag]} {PLURAL[tag] if plural else ''}".split()


def tested(word: str, lemma_of: Callable[[str], str | None], suffixes: list[str]) -> list[str]:
    """Forms made from the word by our endings that a lemma dictionary maps back to the very word."""
    found = set()
    for cut in range(4):
        stem = word[: len(word) - cut]
        if len(stem) >= 3:
            found |= {stem + e for e in suffixes if lemma_of(stem + e) == word}
    return sorted(found - {word})


def turkish(word: str) -> list[str]:
    """Genitive, dative, accusative, locative and ablative after an apostrophe, by vowel harmony."""
    low = word.replace("I", "ı").replace("İ", "i").lower()
    vowels = [c for c in low if c in "aeıioöuüâîû"]
    if not vowels or low[-1] not in "aeıioöuübcçdfgğhjklmnprsştvyz" or any(c in low for c in "qwx"):
        return []
    v = {"â": "a", "î": "i", "û": "u"}.get(vowels[-1], vowels[-1])
    high = {"a": "ı", "ı": "ı", "e": "i", "i": "i", "o": "u", "u": "u", "ö": "ü", "ü": "ü"}[v]
    low2 = "a" if v in "aıou" else "e"
    ends_vowel = low[-1] in "aeıioöuü"
    d = "t" if low[-1] in "fstkçşhp" else "d"
    n, y = ("n", "y") if ends_vowel else ("", "")
    return [f"{word}'{e}" for e in (n + high + "n", y + low2, y + high, d + low2, d + low2 + "n")]


def german_genitive(word: str) -> list[str]:
    """-s, where it is certain."""
    return [] if word[-1] in "sßxz" or not word[-1].isalpha() else [word + "s"]
