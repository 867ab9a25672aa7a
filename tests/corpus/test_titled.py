"""Instruments named by their title: where such a title ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.titled import cited_in, read_titled


def titled(text: str) -> list[str]:
    return [text[slice(*each.span)] for each in read_titled(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # enacted and closed: whole, with its commas
        (
            "Phê duyệt Đề án phát triển nhân lực y tế, giáo dục tỉnh Cao Bằng với những nội dung sau đây:",
            ["Đề án phát triển nhân lực y tế, giáo dục tỉnh Cao Bằng"],
        ),
        (
            "UBND tỉnh ban hành Kế hoạch cải cách hành chính, chuyển đổi số năm 2026, cụ thể như sau:",
            ["Kế hoạch cải cách hành chính, chuyển đổi số năm 2026"],
        ),
        (
            "UBND tỉnh ban hành Kế hoạch phát triển du lịch, giao Sở Nội vụ chủ trì.",
            ["Kế hoạch phát triển du lịch"],
        ),
        (
            "Trên đây là Kế hoạch phòng, chống thiên tai và cứu nạn năm 2026. Các sở thực hiện.",
            ["Kế hoạch phòng, chống thiên tai và cứu nạn năm 2026"],
        ),
        (
            "Trên đây là Kế hoạch thi hành, phổ biến pháp luật năm 2026, đề nghị các sở thực hiện./.",
            ["Kế hoạch thi hành, phổ biến pháp luật năm 2026"],
        ),
        (
            "Trên đây là Kế hoạch sửa chữa, bảo trì đường bộ, Ủy ban nhân dân tỉnh yêu cầu các sở thực hiện.",
            ["Kế hoạch sửa chữa, bảo trì đường bộ"],
        ),
        # what joins it to the next words is no part of it
        ("theo Đề án chuyển đổi số tỉnh và phù hợp thực tế", ["Đề án chuyển đổi số tỉnh"]),
        (
            "theo Đề án chuyển đổi số đến năm 2030 và các kế hoạch hằng năm",
            ["Đề án chuyển đổi số đến năm 2030"],
        ),
        (
            "theo Đề án chuyển đổi số đến năm 2030 và tầm nhìn đến năm 2045 có hiệu quả",
            ["Đề án chuyển đổi số đến năm 2030 và tầm nhìn đến năm 2045"],
        ),
        # a footnote's sign, a list, its last member
        (
            "¹Đề án phát triển chợ; ²Kế hoạch trồng rừng phòng hộ.\n\n³Công văn",
            ["Đề án phát triển chợ", "Kế hoạch trồng rừng phòng hộ"],
        ),
        # lines that are not joined yet
        ("với Quyết \n\nđịnh phê duyệt quy hoạch \n\ntỉnh.", ["Quyết \n\nđịnh phê duyệt quy hoạch \n\ntỉnh"]),
        (
            "lập Kế hoạch thi hành pháp luật\nSở Nội vụ lập Đề án tinh giản biên chế\na) Việc khác",
            ["Kế hoạch thi hành pháp luật", "Đề án tinh giản biên chế"],
        ),
        # congresses: what all share belongs to the one beside it
        (
            "các Nghị quyết Đại hội đại biểu toàn quốc lần thứ XII, XIII và XIV của Đảng;",
            ["Nghị quyết Đại hội đại biểu toàn quốc lần thứ XII", "XIII", "XIV của Đảng"],
        ),
        ("thực hiện Nghị quyết Đại hội XIV của Đảng", ["Nghị quyết Đại hội XIV của Đảng"]),
        # kinds and beginnings of sentences name nothing
        ("Các Đề án phát triển du lịch đến năm 2030", []),
        ("Kế hoạch phải gửi trước ngày 15/6/2026.", []),
        ("Chiến lược phát triển ngành. Đề án này có hiệu lực.", []),
    ],
)
def test_where_a_title_ends(text: str, found: list[str]) -> None:
    assert titled(text) == found


def test_a_type_over_two_lines_is_the_same_type() -> None:
    (read,) = read_titled("với Quyết \n\nđịnh phê duyệt quy hoạch tỉnh.")
    assert read.instrument is not None
    assert (read.instrument.type, read.instrument.name) == ("Quyết định", "phê duyệt quy hoạch tỉnh")


def test_titles_and_numbers_are_read_together() -> None:
    text = "Theo khoản 2 Điều này; Luật Du lịch; Kế hoạch thực hiện Nghị quyết số 82/NQ-CP;"
    assert [text[slice(*each.span)] for each in cited_in(text)] == [
        "khoản 2 Điều này",
        "Luật Du lịch",
        "Kế hoạch thực hiện Nghị quyết số 82/NQ-CP",
        "Nghị quyết số 82/NQ-CP",
    ]


PIECES = st.sampled_from(
    "ban hành |Trên đây là |Kế hoạch |Đề án |“|”|,|;|.|:|\n|phát triển |du lịch |như sau:|2030|và |¹"
    "|Nghị quyết Đại hội |XIII, XIV của Đảng|Điều 1. ".split("|")
)


@given(st.lists(PIECES | st.text(max_size=4), max_size=30))
def test_a_title_begins_with_its_type_and_ends_in_the_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    for each in read_titled(text):
        start, end = each.span
        assert 0 <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
