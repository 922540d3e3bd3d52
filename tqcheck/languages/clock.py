"""Hours of the day: 3 p.m., 15:00, 15 Uhr, 15h30, 下午3点."""

from __future__ import annotations

import re

_AM = (
    r"a\.?m\b\.?|in the morning|de la mañana|da manhã|del mattino|di mattina|du matin|morgens|vormittags|früh|rano"
    r"|утра|ранку|ص\b|صباح"
)
_PM = (
    r"p\.?m\b\.?|in the (?:afternoon|evening)|at night|de la (?:tarde|noche)|da (?:tarde|noite)|del pomeriggio"
    r"|di sera|de l.après-midi|du soir|nachmittags|abends|po południu|wieczorem|дня|вечера|вечора|م\b|مساء"
)
_CLOCK = r"uhr|o.clock|h\b|hs\b|heures?\b|horas?\b|uur\b|godz|час(?:ов|а)?\b|ч\b|г\.|годин[аиі]?\b|時|时|点|點|시"
_AFTER = re.compile(
    rf"(?P<min>[:.h：][0-5]\d(?!\d))?(?::\d\d)?[ \u00a0\u202f-]?(?:(?P<am>{_AM})|(?P<pm>{_PM})|(?P<hour>{_CLOCK}))?",
    re.IGNORECASE,
)
_BEFORE_PM = re.compile(r"(?:下午|午後|晚上|傍晚|夜里|中午|夜)[ ]?$")
_BEFORE_AM = re.compile(r"(?:上午|午前|早上|凌晨|清晨|早|朝|未明)[ ]?$")
_BEFORE = re.compile(
    r"(?:الساعة|saat|godz\.|godzin\w{1,3}|alle(?: ore)?|ore|às|a las|at|um|gegen|об?|o|à|vers|klo|klukkan|kl\.)"
    r"[ \u00a0]?$",
    re.IGNORECASE,
)


def hours(text: str, start: int, end: int, value: float) -> tuple[int, ...]:
    """Return the hours of the day (0–23) that the number at `[start, end)` may name, empty where
    nothing shows that it is one."""
    if value % 1 and value < 24 and _HOURS.fullmatch(text, start, end):
        hour = int(value)
        return (hour,) if hour > 12 else tuple(sorted({hour % 12, hour % 12 + 12}))
    if value > 24 or value % 1:
        return ()
    after = _AFTER.match(text, end)
    assert after is not None  # every part is optional
    before = text[max(0, start - 12) : start]
    hour = int(value) % 24
    if after["am"] or _BEFORE_AM.search(before):
        return (hour % 12,) if hour <= 12 else (hour,)
    if after["pm"] or _BEFORE_PM.search(before):
        return (hour % 12 + 12,) if hour <= 12 else (hour,)
    minutes = after["min"]
    if (
        after["hour"]
        or (minutes and minutes[0] in ":：hH")
        or (minutes and _BEFORE.search(before))
        or _BEFORE.search(before)
    ):
        return (hour,) if hour > 12 else tuple(sorted({hour % 12, hour % 12 + 12}))
    return ()


_HOURS = re.compile(r"(?:[01]?\d|2[0-4])[.](?:[0-5]\d)")
_MARK = re.compile(r"[ \u00a0\u202f]?(?:[ap]\.?m\b|uhr|ч\b|час|uur|h\b|hs\b|годин|godz)", re.IGNORECASE)
_CLOCK_WORD = re.compile(r"(?:godzin[aeyę]|godz\.|saat|klokken|kl\.|klo|kello|ore|orele)[ ]$", re.IGNORECASE)
_JOINT = re.compile(r"(?<!\d)\d{1,2}(?:[:：.hH時时点點]|: )$")


def dotted(text: str, start: int, end: int) -> bool:
    """True for the 5.30 of “5.30 pm”, which is no decimal."""
    return (
        end - start <= 5
        and _HOURS.fullmatch(text, start, end) is not None
        and (_MARK.match(text, end) is not None or _CLOCK_WORD.search(text, max(0, start - 10), start) is not None)
    )


def minute(text: str, start: int, end: int) -> bool:
    """True for the second number of 17:30 or 17h30."""
    return end - start == 2 and _JOINT.search(text, max(0, start - 4), start) is not None
