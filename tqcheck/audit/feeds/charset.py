"""From bytes to text. What servers and files say of their character set is often wrong; valid UTF-8 never is."""

from __future__ import annotations

import codecs
import re

from tqcheck.audit.outcomes import OutcomeError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# XML without a mark: `<?` in two bytes a character.
_UNMARKED = ((b"<\0?\0", "utf-16-le"), (b"\0<\0?", "utf-16-be"))
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})""")
_META = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
_PARAMETER = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
_HEAD = 4_096
# What says Latin 1 means the superset that browsers read it as; GB 2312 likewise.
_WIDER = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}
# One bad sequence in so many good ones is damage, not another character set.
_RARE = 20
_GOOD = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def decode(data: bytes, content_type: str = "") -> tuple[str, str | None]:
    """Return the text of a feed or page, and a note where it is not in the character set that it claims.

    Raises OutcomeError where no character set fits.
    """
    for mark, name in (*_MARKS, *_UNMARKED):
        if data.startswith(mark):
            skip = len(mark) if (mark, name) in _MARKS else 0
            return data[skip:].decode(name, "replace"), None
    claimed = _claims(data, content_type)
    said = claimed[0] if claimed else None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text, name = _other(data, claimed)
    else:
        name = "utf-8"
        # Pure ASCII is UTF-8 as well as most others, but ISO-2022-JP writes Japanese in it.
        if said is not None and said.startswith("iso2022") and "\x1b" in text:
            text, name = data.decode(said, "replace"), said
    wrong = said is not None and name != said and not (data.isascii() or name == _WIDER.get(said))
    return text, f"it is said to be in {said}, but was read as {name}" if wrong else None


def _claims(data: bytes, content_type: str) -> list[str]:
    """The character sets that are claimed and known, the most trusted first."""
    head = data[:_HEAD]
    found = [match[1].decode() for match in (_DECLARED.search(head), _META.search(head)) if match]
    if match := _PARAMETER.search(content_type):
        found.append(match[1])
    names = []
    for name in found:
        try:
            info = codecs.lookup(name)
        except LookupError:
            continue
        # Some codecs of Python are no character sets (zip, hex, rot13); nor is the one that runs escapes.
        if info._is_text_encoding and info.name not in ("unicode_escape", "raw-unicode-escape", "idna", "punycode"):
            names.append(info.name)
    return names


def _other(data: bytes, claimed: list[str]) -> tuple[str, str]:
    good = len(_GOOD.findall(data))
    damaged = data.decode("utf-8", "replace")
    if good >= _RARE * damaged.count("\ufffd"):
        return damaged, "utf-8"
    for name in claimed:
        try:
            return data.decode(_WIDER.get(name, name)), _WIDER.get(name, name)
        except (UnicodeDecodeError, UnicodeError):
            continue
    from resiliparse.parse.encoding import detect_encoding

    guessed = detect_encoding(data) or "cp1252"
    if b"\0" in data:
        raise OutcomeError("charset", "binary data, or in a character set that is neither said nor known")
    try:
        return data.decode(guessed), codecs.lookup(guessed).name
    except (UnicodeError, LookupError):
        return data.decode("cp1252", "replace"), "cp1252"
