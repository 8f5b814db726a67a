"""Messages about one matter come together, others stay apart, whatever the order."""

import datetime as dt
import random

import pytest

from huiyin.texts.clusters import Message, cluster

LIFTS = [
    Message(
        "a1",
        "翠园小区3号楼加装电梯何时动工",
        "我们翠园小区3号楼去年就签字同意加装电梯，到现在还没有动工。",
    ),
    Message(
        "a2",
        "请问翠园小区什么时候开始加装电梯",
        "翠园小区老人多，爬楼困难，加装电梯的事一直没有消息。",
    ),
    Message(
        "a3", "翠园小区加装电梯迟迟不动工", "住在翠园小区六楼，腿脚不便，盼着加装电梯早点动工。"
    ),
]
OTHER_LIFTS = [
    Message("b1", "金城小区加装电梯何时动工", "金城小区的加装电梯项目公示过了，没有下文。"),
    Message("b2", "金城小区加装电梯为何停了", "金城小区一单元加装电梯挖了坑就停了，出行不便。"),
]
NOISE = [
    Message(
        "c1", "雁滩夜市烧烤摊深夜扰民", "雁滩夜市的烧烤摊每天营业到凌晨三点，油烟和噪声让人睡不着。"
    ),
    Message(
        "c2", "雁滩夜市噪声油烟没人管", "雁滩夜市烧烤油烟飘进家里，深夜噪声很大，投诉多次没有结果。"
    ),
]
ALONE = [
    Message("d1", "61路公交车间隔太长", "早高峰等61路要四十分钟，建议加密班次。"),
    Message("d2", "图书馆周一能否开放", "市图书馆周一闭馆，学生放假时没有地方自习。"),
]
EVERYTHING = [*LIFTS, *OTHER_LIFTS, *NOISE, *ALONE]


def groups(messages):
    return {found.keys for found in cluster(messages)}


def test_cluster_joins_one_matter_told_in_other_words_and_keeps_other_places_apart():
    assert groups(EVERYTHING) == {("a1", "a2", "a3"), ("b1", "b2"), ("c1", "c2"), ("d1",), ("d2",)}


@pytest.mark.parametrize("seed", range(5))
def test_cluster_does_not_depend_on_the_order(seed):
    shuffled = random.Random(seed).sample(EVERYTHING, len(EVERYTHING))

    assert cluster(shuffled) == cluster(EVERYTHING)


def test_cluster_puts_the_largest_first_and_says_what_its_members_share():
    largest = cluster(EVERYTHING)[0]

    assert largest.keys == ("a1", "a2", "a3")
    assert "加装电梯" in largest.shared


def test_cluster_of_nothing_is_nothing():
    assert cluster([]) == []


def test_cluster_leaves_empty_and_picture_only_messages_alone():
    messages = [Message(1, "", ""), Message(2, "", "😀😀"), Message(3, "？？", "……")]

    assert groups(messages) == {(1,), (2,), (3,)}


def test_cluster_joins_the_same_very_long_text():
    story = "鱼池口的路灯坏了半年，晚上一片漆黑。" * 5000

    assert groups([Message(1, "鱼池口路灯", story), Message(2, "鱼池口路灯", story), *ALONE]) == {
        (1, 2),
        ("d1",),
        ("d2",),
    }


def test_cluster_takes_titles_without_text_and_text_without_title():
    title_only = Message(1, "雁滩夜市烧烤摊深夜扰民", "")
    text_only = Message(2, "", "雁滩夜市烧烤摊深夜扰民")

    assert groups([title_only, text_only, *ALONE]) == {(1, 2), ("d1",), ("d2",)}


def test_cluster_names_who_said_it_first_first():
    early = LIFTS[2]._replace(at=dt.datetime(2026, 3, 1, tzinfo=dt.UTC))
    late = LIFTS[0]._replace(at=dt.datetime(2026, 5, 1, tzinfo=dt.UTC))

    assert cluster([LIFTS[1], late, early])[0].keys == ("a3", "a1", "a2")


def test_cluster_does_not_join_by_the_place_people_chose():
    messages = [
        message._replace(place="城关区雁南街道") for message in [LIFTS[0], NOISE[0], *ALONE]
    ]

    assert groups(messages) == {("a1",), ("c1",), ("d1",), ("d2",)}


def test_cluster_keeps_a_large_matter_whole():
    matters = [
        "加装电梯何时动工",
        "电梯迟迟不装",
        "老人盼电梯",
        "电梯加装为何停了",
        "电梯资金谁来出",
    ]
    many = [
        Message(f"a{number:02}", f"翠园小区{matters[number % 5]}", f"翠园小区{number}号楼居民。")
        for number in range(40)
    ]

    assert len(cluster([*many, *OTHER_LIFTS, *NOISE, *ALONE])[0].keys) == 40


def test_cluster_keeps_different_matters_of_one_place_apart():
    heating = Message("e1", "翠园小区暖气不热", "翠园小区今年供暖不达标，家里只有十五度。")

    assert groups([*LIFTS, heating, *ALONE]) == {("a1", "a2", "a3"), ("e1",), ("d1",), ("d2",)}
