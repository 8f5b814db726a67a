"""What can be wrong in the writing of one name, whatever other lists say."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, NamedTuple

DOT: Final = "·"
DOTS: Final = frozenset(".。•・‧∙⋅･·．◦⸱ㆍ᛫﹒")
CIRCLE: Final = "●"  # a dot between the parts of a name, but a lost character in 张●明
# What stands where a character could not be shown: boxes, geta, circles, 〇, and the mark of decoders.
LOST: Final = frozenset("■□▇▆▅█▢▣▤▥▦▧▨▩▪▫◇◆○◯◎☐〓〇�＊*×✕✖※△▲☆★＿_")
BRACKETS: Final = frozenset("()（）[]［］【】{}｛｝〔〕〖〗<>《》〈〉+＋")
# Parts of characters that are nobody's name: whoever writes 亻吴 means 俣.
COMPONENTS: Final = frozenset(
    "亻刂讠阝冫卩廴勹匚凵冂厶氵忄扌犭纟艹辶灬宀彳彡饣礻衤钅疒罒囗夂夊丬丨丿丶乚亅屮癶疋亠冖"
)
QUESTION: Final = frozenset("?？")
PLACEHOLDERS: Final = re.compile(
    r"(?<=..)之[子女婴]$|(?<=^.)之[子女婴]$|未取名|未起名|待取名|未定名|未命名|无名氏|^无名$|^佚名|姓名不详|^不详|^未知|^暂无|^无$|某$|某某|[男女]婴|新生儿|^婴儿|^测试"
)
# Family names of two characters, so that 欧阳 建国 is not taken for a name of two parts.
COMPOUND: Final = frozenset(
    [
        "欧阳",
        "上官",
        "司马",
        "诸葛",
        "皇甫",
        "尉迟",
        "令狐",
        "东方",
        "司徒",
        "夏侯",
        "端木",
        "慕容",
        "长孙",
        "宇文",
        "公孙",
        "轩辕",
        "钟离",
        "澹台",
        "独孤",
        "南宫",
        "闻人",
        "赫连",
        "申屠",
        "太叔",
        "呼延",
        "单于",
        "万俟",
        "濮阳",
        "公冶",
        "司空",
        "西门",
        "东郭",
        "百里",
        "拓跋",
    ]
)
# Groups whose names are written with the dot, by the wording of GB/T 3304.
DOTTED_GROUPS: Final = ("维吾尔", "哈萨克", "柯尔克孜", "乌孜别克", "塔吉克", "塔塔尔", "俄罗斯")
# Groups whose names have two parts of two characters: 斯琴·高娃, 扎西·顿珠.
GROUPS_IN_PARTS: Final = ("蒙古", "藏", "门巴", "珞巴", "彝", "傣", "佤", "景颇", "哈尼", "拉祜")
SHORTEST_IN_PARTS: Final = 4  # characters; above it a space parts a name whatever the group
SCRIPTS: Final = ("TIBETAN", "ARABIC", "MONGOLIAN", "YI ", "HANGUL", "NEW TAI", "TAI ", "LISU")
SHORTEST_CUT: Final = 4  # Han characters before a dot at the end
BYTES_20: Final = 10  # characters; a field of twenty bytes of GB 18030
CHARACTERS_20: Final = 20


class Fault(NamedTuple):
    code: str
    zh: str
    en: str


def is_han(character: str) -> bool:
    code = ord(character)
    return (
        0x3400 <= code <= 0x4DBF
        or 0x4E00 <= code <= 0x9FFF
        or 0xF900 <= code <= 0xFAFF
        or 0x20000 <= code <= 0x3FFFF
    )


def is_private(character: str) -> bool:
    return unicodedata.category(character) == "Co"


def faults(name: str, ethnic_group: str | None) -> Iterator[Fault]:
    """E11, E12, E15 and E17's stand-ins, each at most once; and E16 where a name ends in its dot."""
    name = name.strip()
    yield from _foreign(name, ethnic_group)
    yield from _lost(name)
    yield from _dots(name, ethnic_group)
    if PLACEHOLDERS.search(name):
        yield Fault(
            "E17", f"姓名“{name}”是暂代的称呼，不是正式姓名", f"“{name}” is a stand-in, not a name"
        )
    if len(name) > 1 and name[-1] in DOTS and sum(map(is_han, name)) >= SHORTEST_CUT:
        yield Fault(
            "E16",
            f"姓名“{name}”在间隔号处断开，像是被截断",
            f"“{name}” breaks off at its dot, as if cut",
        )
    if len(name) == CHARACTERS_20 and DOT in name:
        yield Fault(
            "E16",
            f"姓名“{name}”正好20个字，像是被截断",
            f"“{name}” has exactly 20 characters, as if cut",
        )


# E11 ---------------------------------------------------------------------------------------------

WORDS: Final = {
    "digit": ("数字", "a digit"),
    "letter": ("字母", "a letter"),
    "space": ("空格", "a space"),
    "question": ("问号", "a question mark"),
    "private": ("自造字区的码位", "a private-use code"),
    "invisible": ("看不见的控制字符", "an invisible control character"),
    "symbol": ("符号", "a symbol"),
}


def _foreign(name: str, ethnic_group: str | None) -> Iterator[Fault]:
    found = dict.fromkeys(filter(None, (_foreign_kind(name, at) for at in range(len(name)))))
    if (
        found.pop("space", 0) is None
        and any(map(is_han, name))
        and not _is_parted_by_spaces(name, ethnic_group)
    ):
        found["space"] = None
    if found:
        zh = "、".join(WORDS[kind][0] for kind in found)
        en = ", ".join(WORDS[kind][1] for kind in found)
        yield Fault("E11", f"姓名“{name}”含有{zh}", f"The name “{name}” holds {en}")


def _foreign_kind(name: str, at: int) -> str | None:
    character = name[at]
    if is_han(character) or character in LOST or character in BRACKETS or character == CIRCLE:
        return None
    if character in QUESTION:
        return "question"
    if character in DOTS:
        return None if 0 < at < len(name) - 1 or character == DOT else "symbol"
    return _of_category(character)


def _of_category(character: str) -> str | None:
    """Letters of the scripts that minorities write are no slip, nor are the marks between their syllables."""
    name, category = unicodedata.name(character, ""), unicodedata.category(character)
    if name.startswith(SCRIPTS):
        return None
    if category[0] in "LM":
        return "letter"
    if category[0] in "PS":
        parts = ("IDEOGRAPHIC DESC", "KANGXI", "CJK RAD")
        return None if name.startswith(parts) else "symbol"
    return {"N": "digit", "Co": "private", "Zs": "space"}.get(
        category if category in ("Co", "Zs") else category[0], "invisible"
    )


# E12 ---------------------------------------------------------------------------------------------


def _lost(name: str) -> Iterator[Fault]:
    shown = [
        c for c in name if c in LOST or c in QUESTION or is_private(c) or _is_lone_circle(name, c)
    ]
    if shown:
        marks = "".join(dict.fromkeys(shown))
        yield Fault(
            "E12",
            f"姓名“{name}”里的“{marks}”像是没能显示的生僻字",
            f"“{marks}” in “{name}” seems to stand for a character that could not be shown",
        )
    elif _is_split(name):
        yield Fault(
            "E12",
            f"姓名“{name}”像是把一个生僻字拆开写了",
            f"“{name}” seems to hold a rare character written in parts",
        )


def _is_lone_circle(name: str, character: str) -> bool:
    return character == CIRCLE and min(map(len, name.split(CIRCLE))) < 2


def _is_split(name: str) -> bool:
    if any(c in BRACKETS or c in COMPONENTS or "⿰" <= c <= "⿻" or "⺀" <= c <= "⿟" for c in name):
        return True
    return re.search(r"(.)\1\1", name) is not None and DOT not in name  # 水水水, 金金金


# E15 ---------------------------------------------------------------------------------------------


def _dots(name: str, ethnic_group: str | None) -> Iterator[Fault]:
    inner = name[1:-1]
    wrong = [
        c
        for c in inner
        if (c in DOTS and c != DOT) or (c == CIRCLE and not _is_lone_circle(name, c))
    ]
    if any(c.isspace() for c in inner) and _is_parted_by_spaces(name, ethnic_group):
        wrong.append("空格")
    if wrong or DOT * 2 in inner:
        seen = "".join(dict.fromkeys(wrong)) or DOT * 2
        yield Fault(
            "E15",
            f"姓名“{name}”的间隔号用了“{seen}”，应为“{DOT}”",
            f"The parts of “{name}” are divided by “{seen.replace('空格', 'a space')}” instead of “{DOT}”",
        )


def _is_parted_by_spaces(name: str, ethnic_group: str | None) -> bool:
    """A space that stands for the dot of a minority name, not one that widens 张 强."""
    parts = [part for part in re.split(r"\s+|" + DOT, name) if part]
    if len(parts) < 2 or not all(all(map(is_han, part)) for part in parts):
        return DOT in name and all(len(part) > 1 for part in parts)
    if ethnic_group and any(group in ethnic_group for group in DOTTED_GROUPS):
        return True
    may_be_short = any(group in (ethnic_group or "") for group in GROUPS_IN_PARTS)
    long_enough = may_be_short or sum(map(len, parts)) > SHORTEST_IN_PARTS
    return min(map(len, parts)) > 1 and parts[0] not in COMPOUND and long_enough
