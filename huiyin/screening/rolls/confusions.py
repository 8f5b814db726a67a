"""How a clerk's hand, ear and keyboard change what was meant; tables of the generator's own."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from huiyin.screening.rolls import names

# Taken for one another by the eye. Collected by hand from the characters people are named with.
LOOK_ALIKE: Final = (
    "未末", "己已巳", "土士", "日曰", "玉王", "千干于", "天夭", "田由甲申", "人入", "大太", "冯马", "林材", "陈阵", "杨扬",
    "张弘", "李季", "刘刻", "周固", "徐涂", "候侯", "曾会", "吕昌", "孟盂", "汪江", "沈沉", "范苑", "季秀", "芳芬", "莉荔",
    "玲铃", "玫玖", "瑞端", "琪淇", "珍诊", "晴睛清", "娟捐", "婷停", "嫒媛", "妹姝", "丽两", "燕蒸", "艳绝", "洁浩", "涛铸",
    "波坡", "淑叔", "海梅", "鹏朋", "伟传", "俊骏", "健建", "强弦", "刚钢", "勇男", "辉晖", "军车", "斌武", "峰锋",
    "晨辰", "昊旻", "志忘", "忠患", "恩思", "惠慧", "贵责", "福副", "祥样", "荣菜", "花化", "莲连", "萍苹", "兰三",
    "春舂", "香杳", "秀透", "英央", "桂挂", "梅悔", "霞露", "雪雷", "雨两", "云去", "龙尤", "凤风", "飞气", "东车", "亮毫",
    "宇字", "宏宠", "宁宇", "安妄", "富宫", "德得", "明朋", "光尤", "先光", "永水", "冰水", "文丈", "义叉", "乃及",
    "治冶", "洪供", "治怡", "浩诰", "泽择", "轩轼", "睿容", "博搏", "子予", "豪毫", "铭铬", "哲誓", "翔详", "阳阴", "嘉喜",
    "欣欧", "怡治", "诗持", "悦说", "雯雪", "若苦", "思恩", "语话", "瑶摇", "妍研", "宸辰", "芸云", "菲非", "沐林", "柏拍",
)  # fmt: skip

# What a keyboard of other habits writes for the same character.
TRADITIONAL: Final = dict(
    zip(
        "张刘陈杨赵黄吴孙马郑谢韩冯萧邓许傅卢蒋贾叶阎钟陆邹龙庞兰颜严温鲁韦聂齐庄时关费纪欧项阳单卫闵东"
        "国华丽云凤兰军伟刚辉鹏飞莲艳静颖红龙义贵万荣发学庆长树继广胜庐晓贤银爱转叶莹岚琼诗语瑶怡泽轩鑫晖翔维",
        "張劉陳楊趙黃吳孫馬鄭謝韓馮蕭鄧許傅盧蔣賈葉閻鍾陸鄒龍龐蘭顏嚴溫魯韋聶齊莊時關費紀歐項陽單衛閔東"
        "國華麗雲鳳蘭軍偉剛輝鵬飛蓮艷靜穎紅龍義貴萬榮發學慶長樹繼廣勝廬曉賢銀愛轉葉瑩嵐瓊詩語瑤怡澤軒鑫暉翔維",
        strict=True,
    )
)
VARIANT: Final = {"峰": "峯", "群": "羣", "村": "邨", "杰": "傑", "昆": "崑", "启": "啓", "晋": "晉", "真": "眞", "强": "強", "清": "淸", "青": "靑"}  # fmt: skip
PARTS: Final = {
    "喆": "吉吉", "堃": "方方土", "淼": "水水水", "犇": "牛牛牛", "骉": "马马马", "赟": "文武贝", "翀": "羽中", "珺": "王君",
    "昶": "永日", "旻": "日文", "晖": "日军", "祎": "礻韦", "翊": "立羽", "烨": "火华", "燚": "火火火火", "瑀": "王禹",
    "珏": "王玉", "甡": "生生", "垚": "土土土", "焱": "火火火", "彧": "或彡", "弢": "弓屮又", "俣": "亻吴", "䶮": "龙天",
}  # fmt: skip
LOST: Final = ("■", "□", "?", "〇", "\ue0a1")
DOTS: Final = (".", "•", "・", " ", "．", "‧")
FULL_WIDTH: Final = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


def homophones() -> dict[str, str]:
    """For every character of the name tables, the others that sound alike to a careless ear."""
    sounds = defaultdict(list)
    for character, sound in _readings(_characters()):
        sounds[_slurred(sound)].append(character)
    return {
        character: "".join(other for other in alike if other != character)
        for alike in sounds.values()
        for character in alike
        if len(alike) > 1
    }


def look_alikes() -> dict[str, str]:
    found: dict[str, str] = defaultdict(str)
    for group in LOOK_ALIKE:
        for character in group:
            found[character] += "".join(other for other in group if other != character)
    return {character: others for character, others in found.items() if others}


def _characters() -> list[str]:
    tables = (*names.MALE_GIVEN, *names.FEMALE_GIVEN, *names.COMMON_FAMILY, names.OTHER_FAMILY)
    return sorted(set("".join(tables)))


def _readings(characters: Iterable[str]) -> list[tuple[str, str]]:
    from pypinyin import lazy_pinyin  # noqa: PLC0415 -- its dictionary takes half a second to load

    return [(character, lazy_pinyin(character)[0]) for character in characters]


def _slurred(sound: str) -> str:
    """As spoken in the north-west: no difference of n and ng after i and e."""
    return sound.replace("ing", "in").replace("eng", "en")
