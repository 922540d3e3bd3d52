"""Reports for the tests of the page: right-to-left and Chinese beside their originals, hostile words."""

from __future__ import annotations

from tqcheck.model import (
    Article,
    Category,
    Confidence,
    Edit,
    Failure,
    Finding,
    Fix,
    Report,
    Segment,
    Severity,
    Skip,
    Span,
    Suppressed,
)


def stretch(text: str, words: str, nth: int = 1) -> Span:
    """Return where words stand in a text."""
    start = -1
    for _ in range(nth):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def finding(text: str, words: str, severity: Severity = Severity.MAJOR, **more: object) -> Finding:
    """Return a finding about words of a text."""
    facts: dict[str, object] = {
        "code": "REP101",
        "name": "doubled-word",
        "category": Category.REPETITION,
        "confidence": Confidence.HIGH,
        "message": f"About “{words}”.",
        "nth": 1,
        **more,
    }
    start, end = stretch(text, words, int(str(facts.pop("nth"))))
    return Finding(severity=severity, start=start, end=end, text=words, **facts)  # type: ignore[arg-type]


def replacing(text: str, words: str, new: str, safe: bool = True, nth: int = 1) -> Fix:
    """Return the repair that puts new words in the place of others."""
    return Fix((Edit(*stretch(text, words, nth), new),), safe=safe)


def pairs(text: str, source: str, *both: tuple[str, str]) -> tuple[Segment, ...]:
    """Return the aligned sentences, each given by the words on both sides."""
    return tuple(Segment(*stretch(text, one), stretch(source, other), 0.9, 0.02) for one, other in both)


ARABIC = (
    "افتتح الوزير أمس جسرا جديدا فوق فوق النهر. وبلغت كلفة المشروع 40 مليون يورو.\n"
    "قال المهندس إن الجسر «سيخدم سكان kyiv لعقود».\n"
    "وشكر الوزير العمال.\n"
)
FRENCH = (
    "Le ministre a inauguré hier un nouveau pont sur le fleuve. Le projet a coûté 40 millions d’euros.\n"
    "L’ingénieur a dit que le pont « servira les habitants de Kyiv pendant des décennies ».\n"
    "La circulation reprendra lundi.\n"
    "Le ministre a remercié les ouvriers.\n"
)
_LINES = FRENCH.split("\n")
RIGHT_TO_LEFT = Report(
    Article(ARABIC, id="ar/bridge.txt", path="ar/bridge.txt", source=FRENCH, source_lang="fr", title="جسر جديد"),
    "ar",
    (
        finding(ARABIC, "فوق فوق", Severity.MINOR, fix=replacing(ARABIC, "فوق فوق", "فوق")),
        finding(
            ARABIC,
            "kyiv",
            code="UNT101",
            name="untranslated-words",
            category=Category.UNTRANSLATED,
            source=stretch(FRENCH, "Kyiv"),
            fix=replacing(ARABIC, "kyiv", "كييف", safe=False),
            confidence=Confidence.MEDIUM,
        ),
        finding(
            FRENCH,
            _LINES[2],
            Severity.CRITICAL,
            code="OMI101",
            name="omitted-sentence",
            category=Category.OMISSION,
            side="source",
            insert_at=ARABIC.index("وشكر"),
            message="The translation lacks a sentence.",
        ),
    ),
    segments=pairs(
        ARABIC,
        FRENCH,
        ("افتتح الوزير أمس جسرا جديدا فوق فوق النهر.", "Le ministre a inauguré hier un nouveau pont sur le fleuve."),
        ("وبلغت كلفة المشروع 40 مليون يورو.", "Le projet a coûté 40 millions d’euros."),
        (ARABIC.split("\n")[1], _LINES[1]),
        (ARABIC.split("\n")[2], _LINES[3]),
    ),
    words=26,
    score=58.0,
    source_lang="fr",
)
CHINESE = (
    "市議會週二通過了新的預算，並決定在河邊修建一座圖書館,預計三年後完工。「這是全市的勝利」，市長說。\n"
    "反對派認為花費太高，𠮷田議員投了反對票。圖書館圖書館將收藏二十萬冊書籍，並設有兒童閱覽室、會議廳和咖啡館。\n"
)
ENGLISH = (
    "The city council passed the new budget on Tuesday and decided to build a library by the river, to be finished "
    "in three years. “This is a victory for the whole city,” the mayor said.\n\n"
    "The opposition thinks it costs too much, and councillor Yoshida voted against it. The library will hold two "
    "hundred thousand books, a reading room for children, a hall and a café.\n"
)
WIDE = Report(
    Article(CHINESE, id="zh/library.md", path="zh/library.md", source=ENGLISH, source_lang="en"),
    "zh-TW",
    (
        finding(CHINESE, ",預", Severity.MINOR, fix=replacing(CHINESE, ",", "，"), message="Write “，”."),
        finding(CHINESE, "圖書館圖書館", fix=replacing(CHINESE, "圖書館圖書館", "圖書館")),
        finding(
            CHINESE, "𠮷田", Severity.CRITICAL, code="ENT103", category=Category.ENTITY, name="replaced-name",
            source=stretch(ENGLISH, "Yoshida"),
        ),
    ),
    segments=pairs(
        CHINESE,
        ENGLISH,
        (CHINESE[: CHINESE.index("「")], ENGLISH[: ENGLISH.index("“") - 1]),
        (CHINESE[CHINESE.index("「") : CHINESE.index("\n")], ENGLISH[ENGLISH.index("“") : ENGLISH.index("\n")]),
        (CHINESE[CHINESE.index("反") : CHINESE.index("圖書館圖書館")],
         ENGLISH[ENGLISH.index("The opposition") : ENGLISH.index(" The library")]),
        (CHINESE[CHINESE.index("圖書館圖書館") :].strip(), ENGLISH[ENGLISH.index("The library") :].strip()),
    ),
    words=60,
    score=71.0,
    source_lang="en",
)  # fmt: skip

# Words that would be markup, end an element, or call for something, if they were not taken for words.
WICKED = (
    '<script>document.title="hacked"</script><img src="http://127.0.0.1:9/x.png" onerror="document.title=\'hacked\'">\n'
    '</p></div></article></main></style></script><style>*{display:none}</style><h1 id="a1">hacked</h1>\n'
    "\"><svg onload=alert(1)> ' onfocus=alert(1) autofocus x=' javascript:alert(1) &lt;b&gt; &#60;b&#62; &amp;\n"
    "<!-- --!> ]]> <![CDATA[ x ]]> {{7*7}} ${7*7} \u2028\u2029 \u202eevil\u202c \x00\x1b[31m \ud800 \ufffe\uffff 𝕳é\n"
    '<base href="http://127.0.0.1:9/"><link rel="stylesheet" href="//127.0.0.1:9/x.css"><iframe src="http://127.0.0.1:9/">\n'
)


def hostile(text: str = WICKED) -> Report:
    """Return a report in which every string is hostile."""
    words = text[: text.index("\n")] if "\n" in text else text
    one = finding(text, words, Severity.CRITICAL, code=words, name=words, message=text, source=Span(0, len(words)),
                  fix=Fix((Edit(0, len(words), text),)), evidence={text: text, "list": [text]})  # fmt: skip
    return Report(
        Article(text, id=text, path=text, source=text, source_path=text, title=text, notes=(text,)),
        "en",
        (one,),
        segments=(Segment(0, len(text), Span(0, len(text)), 0.5, 0.9, {"numbers": 2.0}),),
        skipped=(Skip(text, text),),
        failures=(Failure(text, text),),
        suppressed=(Suppressed(one, "comment", text),),
        words=3,
        score=1.0,
        source_lang=words,
        signature=text,
    )


RTL_PAGE = (RIGHT_TO_LEFT, WIDE)
HOSTILE_PAGE = (hostile(),)
