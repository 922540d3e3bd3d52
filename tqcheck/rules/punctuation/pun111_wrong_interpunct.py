"""PUN111 wrong-interpunct."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tqcheck.model import Category, Confidence, Severity
from tqcheck.rules.base import Context, Draft, example, rule

_KATAKANA = "\u30a1-\u30fa\u30fc"
# Words of a foreign name, joined as in Latin script; none is cut out of a longer word.
_HYPHEN = re.compile(
    rf"(?<![{_KATAKANA}A-Za-z0-9\-‐])[{_KATAKANA}]{{2,}}(?:[-‐][{_KATAKANA}]{{2,}})+(?![{_KATAKANA}\-‐A-Za-z0-9])"
)
# What is said of persons only, behind a name.
_PERSON = re.compile(
    r"氏|さん|君|選手|監督|(?:元|前|副)?(?:首相|大統領|大臣|議員|知事|市長|長官|外相|社長|会長|教授|博士|記者|容疑者|被告)"
)
# Between two places or teams a hyphen means a way or a match.
_PLACES = frozenset({"city", "capital", "country", "region", "water", "people", "club"})
# The characters that Chinese spells foreign names with (Xinhua's tables of transliteration), the common ones.
_SYLLABLE = (
    "阿埃艾爱安奥巴拜班邦鲍贝本比彼宾波伯勃博布查达戴丹当道德登邓迪蒂丁东杜多恩尔法范菲费芬丰夫弗福盖甘戈格葛"
    "根古瓜哈海汉豪赫亨胡华怀惠霍基吉加贾杰金卡凯坎康考科克肯库拉莱赖兰朗劳勒雷李里利莉丽莲林琳卢鲁露伦罗洛"
    "马玛迈麦曼茂梅门蒙米密明莫默姆穆纳娜奈南瑙内妮尼年宁纽努诺欧帕派潘佩彭皮平珀普奇齐乔切琼丘曲让热仁日茹"
    "瑞若撒萨塞桑瑟森沙莎山尚舍申圣施史舒斯丝思苏所索塔泰坦汤唐陶特滕提廷图托瓦万威韦维魏温文沃乌武西希锡夏"
    "香肖谢辛欣休许雪雅逊亚延扬耶叶伊因英尤约泽扎詹兆珍芝兹佐翰顿"
)
_STAR = re.compile(rf"(?<=[{_SYLLABLE}]{{2}})[*＊](?=[{_SYLLABLE}]{{2}})")


@rule(
    "PUN111",
    "wrong-interpunct",
    Category.PUNCTUATION,
    Severity.MINOR,
    examples=(
        example("ja", "作家の⟦アンナ-ベルク⟧氏は新作を発表した。", "作家のアンナ・ベルク氏は新作を発表した。"),
        example("ja", "⟦ジャン-ポール-モリス⟧は日曜日に引退した。", "ジャン・ポール・モリスは日曜日に引退した。"),
        example("zh", "主持人约翰⟦*⟧史密斯表示，雨会下到周日。", "主持人约翰·史密斯表示，雨会下到周日。"),
        example("ja", "ロンドン-パリ間の列車は運休した。"),
        example("ja", "ジャン＝ポール・モリスは日曜日に引退した。"),
        example("zh", "警方说，嫌疑人张*伟周一被捕。"),
        example("zh", "面积等于长*宽，学生们很快就算出来了。"),
        example("en", "The singer Anna-Maria Berg performed on Sunday."),
    ),
)
def wrong_interpunct(ctx: Context) -> Iterator[Draft]:
    """The words of a foreign name are joined by a hyphen or an asterisk instead of the middle dot.

    Why: the mark is a slip of the translation system, and the name reads like a code.
    When it is wrong: between two places or teams a hyphen means a way or a match, and an asterisk may hide a
    character of a name; both are left alone.
    Norm: 外来語の表記 (1991) and 記者ハンドブック: ・ in Japanese; GB/T 15834-2011, 4.14: · in Chinese.
    """
    if ctx.language.script == "Jpan":
        for match in _HYPHEN.finditer(ctx.text):
            person = _PERSON.match(ctx.text, match.end()) is not None
            if person or not any(_is_place(part) for part in re.split("[-‐]", match.group())):
                right = re.sub("[-‐]", "・", match.group())
                level = Confidence.HIGH if person else Confidence.MEDIUM
                message = f"Japanese joins the words of a name with “・”: “{right}”."
                yield ctx.draft(*match.span(), message, right, safe=person, at_most=level)
    elif ctx.language.script in {"Hans", "Hant", "Hani"}:
        for match in _STAR.finditer(ctx.text):
            yield ctx.draft(*match.span(), "Chinese joins the words of a name with “·”.", "·", safe=True)


@cache
def _is_place(word: str) -> bool:
    from tqcheck.languages.entities import entity, index  # on use: only such a name needs the table

    hits = index("ja", False).find(word, ())
    whole = (hit for hit in hits if (hit.start, hit.end) == (0, len(word)))
    return any(entity(key).kind in _PLACES for hit in whole for key in hit.keys)
