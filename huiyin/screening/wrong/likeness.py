"""How two names under one identity number differ: by script, sound, shape, order, or altogether."""

import unicodedata
from collections import Counter
from functools import cache
from typing import Final

from huiyin.screening.wrong.spelling import (
    BYTES_20,
    CHARACTERS_20,
    CIRCLE,
    DOT,
    DOTS,
    Fault,
    is_han,
)

# Second forms of characters in names, beyond what simplification already makes equal; from the
# first table of variants (第一批异体字整理表) and the appendix of 通用规范汉字表 (2013).
VARIANTS: Final = {
    "喆": "哲", "堃": "坤", "淼": "渺", "甯": "宁", "珮": "佩", "祐": "佑", "迺": "乃", "仝": "同", "濬": "浚",
    "桉": "案", "犇": "奔", "龢": "和", "皙": "晰", "喦": "岩", "嵒": "岩", "巖": "岩", "劢": "励", "昇": "升",
    "邨": "村", "眞": "真", "淸": "清", "靑": "青", "強": "强", "峯": "峰", "羣": "群", "傑": "杰", "崑": "昆",
    "啓": "启", "晉": "晋", "煇": "辉", "暉": "晖", "逈": "迥", "卍": "万", "冨": "富", "陞": "升", "椿": "椿",
    "竝": "并", "並": "并", "秌": "秋", "烁": "烁", "寳": "宝", "寶": "宝", "恒": "恒", "恆": "恒", "鬰": "郁",
    "欎": "郁", "苐": "第", "蓡": "参", "燄": "焰", "鐡": "铁", "銕": "铁", "猨": "猿", "缐": "线", "贠": "员",
    "姸": "妍", "姊": "姐", "嶽": "岳", "菴": "庵", "葊": "庵", "璿": "璇", "叡": "睿", "慤": "悫", "飚": "飙",
    "彜": "彝", "徳": "德", "悳": "德", "惪": "德", "恵": "惠", "広": "广", "栄": "荣", "桜": "樱", "沢": "泽",
    "仂": "力", "昞": "炳", "昺": "炳", "熘": "溜", "缨": "缨", "钜": "巨", "硃": "朱", "琍": "璃", "瑠": "琉",
    "閲": "阅", "鎚": "锤", "鑑": "鉴", "鋭": "锐", "咏": "咏", "詠": "咏", "絃": "弦", "蘋": "苹", "萍": "萍",
}  # fmt: skip
# Rare characters of names and the parts people write for them.
PARTS: Final = {
    "喆": "吉吉", "堃": "方方土", "淼": "水水水", "鑫": "金金金", "森": "木木木", "焱": "火火火", "垚": "土土土", "磊": "石石石",
    "晶": "日日日", "犇": "牛牛牛", "骉": "马马马", "燚": "火火火火", "赟": "文武贝", "斌": "文武", "翀": "羽中", "珺": "王君",
    "玥": "王月", "琎": "王进", "珏": "王玉", "瑀": "王禹", "珅": "王申", "玮": "王韦", "琰": "王炎", "瑄": "王宣",
    "瑢": "王容", "珂": "王可", "珣": "王旬", "珩": "王行", "璟": "王景", "琛": "王深", "玘": "王己", "珉": "王民", "玭": "王比",
    "昶": "永日", "旻": "日文", "昉": "日方", "旸": "日昜", "晖": "日军", "晗": "日含", "昕": "日斤", "晟": "日成", "昱": "日立",
    "昊": "日天", "炅": "日火", "昃": "日仄", "曌": "明空", "翊": "立羽", "翎": "令羽", "翃": "羽太", "烨": "火华", "炜": "火韦",
    "烜": "火亘", "焓": "火含", "炫": "火玄", "焜": "火昆", "煊": "火宣", "甡": "生生", "兟": "先先", "竑": "立宏", "彧": "或彡",
    "弢": "弓屮又", "俣": "亻吴", "俪": "亻丽", "侃": "亻口", "偲": "亻思", "佶": "亻吉", "䶮": "龙天", "祎": "礻韦", "祺": "礻其",
    "禛": "礻真", "祯": "礻贞", "镕": "金容", "钰": "金玉", "铄": "金乐", "锴": "金皆", "镔": "金宾", "鋆": "均金", "钊": "金刂",
    "钏": "金川", "铠": "金岂", "锟": "金昆", "赑": "贝贝贝", "奭": "大百百", "奡": "百大", "劼": "吉力", "勖": "冒力", "勍": "京力",
    "恺": "忄岂", "怿": "忄泽", "忻": "忄斤", "沄": "氵云", "洺": "氵名", "沚": "氵止", "滢": "氵莹", "浥": "氵邑", "湉": "氵恬",
    "媛": "女爰", "婧": "女青", "妤": "女予", "姝": "女朱", "嫣": "女焉", "嫄": "女原", "婕": "女捷", "芃": "艹凡", "菡": "艹函",
    "骁": "马尧", "骐": "马其", "骥": "马冀", "驿": "马译", "麒": "鹿其", "麟": "鹿粦", "鹍": "昆鸟", "巍": "山魏", "峣": "山尧",
    "岍": "山开", "崟": "山金", "楠": "木南", "梓": "木辛", "桢": "木贞", "栩": "木羽", "柘": "木石", "顗": "岂页", "颢": "景页",
    "頔": "由页", "靓": "青见", "靖": "立青", "靘": "青色", "婳": "女画", "赪": "赤贞", "邡": "方阝", "邴": "丙阝", "鄢": "焉阝",
}  # fmt: skip
CUT_LONG: Final = 5  # characters; shorter names are not cut, somebody left a part out
READ_ALIKE: Final = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("l", "n"), ("h", "f"))

BLANK: Final = Fault("", "", "")


def folded(name: str) -> str:
    """One form of every character, one dot, no spaces and nothing invisible."""
    plain = unicodedata.normalize("NFKC", name)
    kept = (DOT if c in DOTS or c == CIRCLE else c for c in plain if not _is_void(c))
    return "".join(kept).strip(DOT).upper()


def compared(name: str, other: str, *, former: str | None, strict: bool) -> Fault:
    """What is wrong with `name` where `other` is right; strict: only if the two plainly are one person's."""
    mine, theirs = folded(name), folded(other)
    if mine.replace(DOT, "") == theirs.replace(DOT, ""):
        return BLANK  # a dot or a space: E15 and E11 tell of it
    if name.strip()[-1:] in DOTS and theirs.startswith(mine):
        return BLANK  # broken off at its dot: spelling tells of it as E16
    for question in (_script, _split, _cut, _order, _parts_missing, _typing):
        if fault := question(mine, theirs):
            return fault
    if any(not is_han(c) and c != DOT for c in mine):
        return BLANK  # E11 and E12 tell of it
    return BLANK if strict else _otherwise(mine, theirs, former)


def _is_void(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) in ("Cc", "Cf")


def _seen(mine: str, theirs: str) -> tuple[str, str]:
    return (
        f"姓名“{mine}”与同一身份证号的“{theirs}”",
        f"“{mine}” and “{theirs}”, both under one identity number,",
    )


def _fault(code: str, mine: str, theirs: str, zh: str, en: str) -> Fault:
    start_zh, start_en = _seen(mine, theirs)
    return Fault(code, start_zh + zh, f"{start_en} {en}")


# E13 ---------------------------------------------------------------------------------------------


@cache
def _simplifier() -> object:
    import opencc  # noqa: PLC0415 -- loads its dictionaries, which most rolls never need

    return opencc.OpenCC("t2s")


@cache
def _simple(character: str) -> str:
    plain = _simplifier().convert(character)  # type: ignore[attr-defined]  # compiled, without types
    return VARIANTS.get(plain, VARIANTS.get(character, plain))


def one_script(name: str) -> str:
    return "".join(map(_simple, name))


def is_traditional(name: str) -> bool:
    """Whether a character has a simpler or more usual form."""
    return one_script(folded(name)) != folded(name)


def _script(mine: str, theirs: str) -> Fault | None:
    if one_script(mine).replace(DOT, "") != one_script(theirs).replace(DOT, ""):
        return None
    return _fault(
        "E13", mine, theirs, "只有繁简或异体之差", "differ only in traditional or variant forms"
    )


# E12, seen beside the right name -------------------------------------------------------------------


def _split(mine: str, theirs: str) -> Fault | None:
    if len(mine) <= len(theirs):
        return None
    whole = any(mine == theirs.replace(c, PARTS[c]) for c in theirs if c in PARTS)
    if not whole and mine != "".join(PARTS.get(c, c) for c in theirs):
        return None
    return _fault(
        "E12", mine, theirs, "像是把一个字拆开写了", "look like one character written in parts"
    )


# E16 ---------------------------------------------------------------------------------------------


def _cut(mine: str, theirs: str) -> Fault | None:
    if not theirs.startswith(mine) or len(theirs) < CUT_LONG:
        return None
    whole_parts = theirs[len(mine)] == DOT and len(mine) not in (BYTES_20, CHARACTERS_20)
    if whole_parts or (DOT not in theirs and len(theirs) <= CUT_LONG):
        return None
    return _fault(
        "E16", mine, theirs, "相比少了末尾，像是被截断", "differ by a missing end, as if cut"
    )


# E17 ---------------------------------------------------------------------------------------------


def _order(mine: str, theirs: str) -> Fault | None:
    if Counter(mine.replace(DOT, "")) != Counter(theirs.replace(DOT, "")):
        return None
    return _fault(
        "E17", mine, theirs, "用字相同、次序不同", "have the same characters in another order"
    )


def _parts_missing(mine: str, theirs: str) -> Fault | None:
    if len(mine) > len(theirs):
        if mine.endswith(theirs) or _is_within(theirs, mine):
            return _fault(
                "E17",
                mine,
                theirs,
                "相比多出了字，可能冠了夫姓或写了别名",
                "differ by added characters: a husband's family name, or another name",
            )
        return None
    if len(mine) < len(theirs) and _is_within(mine, theirs):
        return _fault("E17", mine, theirs, "相比少了字", "differ by missing characters")
    return None


def _is_within(short: str, long: str) -> bool:
    """All characters of the short one, in order, and of at least two."""
    rest = iter(long)
    return len(short.replace(DOT, "")) > 1 and all(character in rest for character in short)


def _otherwise(mine: str, theirs: str, former: str | None) -> Fault:
    if former and folded(former) == mine:
        return _fault(
            "E17", mine, theirs, "不同：登记的是曾用名", "differ: the former name was registered"
        )
    return _fault(
        "E17",
        mine,
        theirs,
        "不同，可能是曾用名、别名、经名，或号码错录为他人",
        "differ: another name of the person, or the number of somebody else",
    )


# E14 ---------------------------------------------------------------------------------------------


def _typing(mine: str, theirs: str) -> Fault | None:
    if len(mine) != len(theirs) or not all(is_han(c) or c == DOT for c in mine + theirs):
        return None
    pairs = [(a, b) for a, b in zip(mine, theirs, strict=True) if a != b]
    if all(sounds_alike(a, b) for a, b in pairs):
        return _fault("E14", mine, theirs, "读音相同或相近", "sound alike")
    if len(pairs) == 1:
        return _fault(
            "E14",
            mine,
            theirs,
            "只差一个字，像是录入错误",
            "differ in one character, as if mistyped",
        )
    return None


@cache
def readings(character: str) -> frozenset[str]:
    from pypinyin import Style, pinyin  # noqa: PLC0415 -- its dictionary takes half a second to load

    return frozenset(pinyin(character, style=Style.NORMAL, heteronym=True)[0])


@cache
def _loosely(character: str) -> frozenset[str]:
    """As a careless ear hears: without the difference of zh and z, n and ng, l and n."""
    heard = set()
    for reading in readings(character):
        start = next((pair for pair in READ_ALIKE if reading.startswith(pair[0])), ("", ""))
        heard.add((start[1] + reading[len(start[0]) :]).removesuffix("g"))
    return frozenset(heard)


def sounds_alike(one: str, other: str) -> bool:
    return not _loosely(one).isdisjoint(_loosely(other))
