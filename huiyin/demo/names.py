"""Invented people: names, telephones in no range that is given out, numbers of an area that is not."""

import datetime as dt
import random
from dataclasses import dataclass

from huiyin.kernel import identity

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "建国志强文博海燕晓梅秀英永红国栋雪峰玉兰俊杰思远淑芬世昌春华明辉丽娟德福小龙凤霞立新景云"
HUI = ("马", "哈", "丁", "白", "金", "纳", "穆", "沙")
HUI_GIVEN = ("尔萨", "哈尼", "依布拉", "麦燕", "玉素", "海麦", "伊斯", "阿丹", "祖莱", "索菲")
TIBETAN = ("扎西", "卓玛", "才让", "旦正", "拉毛", "桑吉", "尕藏", "南杰", "贡保", "完玛")
# 990 is no province: the demonstration's own area block.
AREA = "990101"
TELEPHONE = "154"
BORN_FROM = dt.date(1956, 1, 1)
YEARS, STRIDE = 40 * 365, 37  # without a common divisor


@dataclass(frozen=True)
class Invented:
    name: str
    sex: str
    ethnic_group: str
    phone: str
    identity_number: str


class People:
    """Makes people one after another, always the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311  invented people, no secret
        self._count = 0

    def next(self) -> Invented:
        self._count += 1
        sex = self._random.choice(["男", "女"])
        group, name = self._name()
        return Invented(
            name=name,
            sex=sex,
            ethnic_group=group,
            phone=f"{TELEPHONE}{self._count:08d}",
            identity_number=self._number(sex),
        )

    def _name(self) -> tuple[str, str]:
        draw = self._random.random()
        if draw < 0.05:
            return "回族", self._random.choice(HUI) + self._random.choice(HUI_GIVEN)
        if draw < 0.07:
            return "藏族", "".join(self._random.sample(TIBETAN, 2))
        length = self._random.choice([1, 2, 2, 2])
        given = "".join(self._random.choice(GIVEN) for _ in range(length))
        return "汉族", self._random.choice(SURNAMES) + given

    def _number(self, sex: str) -> str:
        """Nobody shares a number: the birth dates walk through forty years before one comes again."""
        born = BORN_FROM + dt.timedelta(days=self._count * STRIDE % YEARS)
        order = self._random.randrange(400) * 2 + (1 if sex == "男" else 0)
        first = f"{AREA}{born:%Y%m%d}{order:03d}"
        return first + identity.check_character(first)
