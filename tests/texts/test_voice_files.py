"""Files of other platforms are read as they are; what cannot be read says where and what to do."""

import csv
import datetime as dt

import pytest

from huiyin.kernel.spreadsheets import SpreadsheetError
from huiyin.texts.clusters import Cluster, Message
from huiyin.texts.voice_files import read_messages, write_clusters

TABLE = "id,user,title,time,text,down,up\n7,张三,翠园小区停水,2019/2/28 11:25:05,昨晚起停水。,0,1\n"
VOICE = Message("7", "翠园小区停水", "昨晚起停水。", dt.datetime(2019, 2, 28, 11, 25, 5))  # noqa: DTZ001 -- as the file gives it


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_read_messages_takes_any_usual_encoding(tmp_path, encoding):
    path = tmp_path / "voices.csv"
    path.write_bytes(TABLE.encode(encoding))

    assert read_messages(path) == [VOICE]


def test_read_messages_does_without_optional_columns_and_skips_empty_rows(tmp_path):
    path = tmp_path / "voices.csv"
    path.write_text("ID, Text \n\n1,停水了\n,\n2\n", encoding="utf-8")

    assert read_messages(path) == [Message("1", "", "停水了"), Message("2", "", "")]


def test_read_messages_keeps_line_breaks_and_very_long_fields(tmp_path):
    story = "停水了。\n" * 200_000
    path = tmp_path / "voices.csv"
    path.write_text(f'id,text\n1,"{story}"\n', encoding="utf-8")

    assert read_messages(path)[0].text == story.strip()


@pytest.mark.parametrize(
    ("content", "zh", "en"),
    [
        (b"", "文件是空的", "empty"),
        ("代码,说明\n1,停水\n".encode(), "缺少列“id”，现有列：代码, 说明", "no column id"),
        (b"id,user\n1,2\n", "缺少列“title”（标题）或“text”（正文）", "no column title or text"),
        (b"id,text\n1,a\n,b\n", "第 3 行 id 列：是空的", "Row 3, column id: is empty"),
        (b"id,text\n1,a\n1,b\n", "第 3 行 id 列：编号 1 与第 2 行重复", "already in row 2"),
        (b"id,text\n1,a,b\n", "第 2 行：这一行比表头多出几格", "Row 2: This row has more"),
        (b"id,text\n1,\xff\xff\xff\n", "第 2 行的文字编码认不出", "encoding of line 2"),
        (b'id,text\n1,"a\n', "引号没有配对", "quotes do not match"),
    ],
)
def test_read_messages_says_where_and_what_is_wrong(tmp_path, content, zh, en):
    path = tmp_path / "voices.csv"
    path.write_bytes(content)

    with pytest.raises(SpreadsheetError) as error:
        read_messages(path)

    assert (zh in error.value.message_zh, en in error.value.message_en) == (True, True)


def test_write_clusters_names_a_cluster_after_its_first_member(tmp_path):
    messages = [Message("3", "", ""), Message("1", "", ""), Message("2", "", "")]

    write_clusters(
        tmp_path / "out.csv",
        messages,
        [Cluster(("1", "3"), 1.0, (), (1.0, 1.0)), Cluster(("2",), 1.0, (), (1.0,))],
    )

    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [["id", "cluster"], ["3", "1"], ["1", "1"], ["2", "2"]]


def test_write_clusters_leaves_nothing_when_it_fails(tmp_path):
    with pytest.raises(KeyError):
        write_clusters(tmp_path / "out.csv", [Message("1", "", "")], [])

    assert list(tmp_path.iterdir()) == []
