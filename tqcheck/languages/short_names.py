"""Places that Chinese writes with one character: 沪 for Shanghai (上海), 粤港澳 for Guangdong, Hong Kong and Macao."""

from __future__ import annotations

# One-character names of places in Chinese that are no part of the full name: those of the provinces (中华人民共和国
# 行政区划 of the State Council, 简称), and of the country itself.
SHORT = {
    "中国": "华我", "上海": "沪申", "重庆": "渝", "河北": "冀", "山西": "晋", "安徽": "皖", "福建": "闽", "江西": "赣",
    "山东": "鲁", "河南": "豫", "湖北": "鄂", "湖南": "湘", "广东": "粤", "广西": "桂", "海南": "琼", "四川": "蜀",
    "贵州": "黔", "云南": "滇", "陕西": "秦", "甘肃": "陇", "广州": "穗", "深圳": "深", "成都": "蓉", "南京": "宁",
}  # fmt: skip
