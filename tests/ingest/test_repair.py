"""Lines become paragraphs: what is joined, what is kept apart, what is dropped and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document, Reading
from ingest.furniture import PAGE_NUMBER
from ingest.readers import plain
from ingest.repair import SPACE, STAR, Paragraph, paragraphs, white_space

DECISION = "qd-dieu-chinh-quy-hoach-2026"
PLAN = "kh-du-lich-cvdc-2026"
RULE = " " * 43
LINES = st.lists(
    st.one_of(
        st.sampled_from(["", "", " ", RULE, "5", "16 ", "*", "**", "* * *", "1 Gồm 61 xã:", "¹Đề án", "⁰"]),
        st.sampled_from(
            ["Điều 1. Phạm vi", "- Về kinh tế:", "2021-", "11-", "NQ/TW", "- 37%;", " giữa trang"]
        ),
        st.text(alphabet="aĐế *1.:-¹\t", max_size=20),
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=15),
    ),
    max_size=25,
)


def read(text: str) -> list[Paragraph]:
    """The paragraphs of a text."""
    return paragraphs(plain.read(text.encode(), Path("vb.txt")))[0]


def texts(text: str) -> list[str]:
    """The paragraphs of a text as strings."""
    return [paragraph.reading.text for paragraph in read(text)]


def rebuilt(reading: Reading, original: str) -> str:
    """The text that the pieces of a reading stand for."""
    return "".join(piece.glue + original[piece.start : piece.end] for piece in reading.pieces)


# Between two lines of a text layer stands a blank one; enough full lines give the measure of the page.
FULL = [
    "Quy hoạch tỉnh Lạng Sơn thời kỳ 2021 - 2030, tầm nhìn đến năm 2050 được phê",
    "duyệt theo quy định của pháp luật về quy hoạch, gồm các nội dung sau đây mà các",
    "cơ quan, đơn vị có trách nhiệm tổ chức thực hiện theo chức năng, nhiệm vụ được",
    "giao và báo cáo kết quả về cơ quan có thẩm quyền trước khi hết thời hạn đã định.",
]


def wrapped(*lines: str) -> list[str]:
    """The paragraphs of a page whose full lines are known, the first paragraph left out."""
    return texts("\n\n".join([*FULL, *lines]))[1:]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("- Về kinh tế tăng 10 -", "11%."), ["- Về kinh tế tăng 10 - 11%."]),
        (("- Về giai đoạn 2026", "- 2030 từ 10 - 11%."), ["- Về giai đoạn 2026 - 2030 từ 10 - 11%."]),
        (("+ Nông nghiệp 36", "- 37%; dịch vụ 38 -39%."), ["+ Nông nghiệp 36 - 37%; dịch vụ 38 -39%."]),
        (("- Thời kỳ 2021-", "2030, hết."), ["- Thời kỳ 2021-2030, hết."]),
        (
            ("- Thực hiện có hiệu quả cơ chế phối hợp để thực hiện đúng Nghị quyết số 11-", "NQ/TW hết."),
            ["- Thực hiện có hiệu quả cơ chế phối hợp để thực hiện đúng Nghị quyết số 11-NQ/TW hết."],
        ),
        (("- Các quốc lộ", "1, 1B, 4A."), ["- Các quốc lộ 1, 1B, 4A."]),
        (("II. MỤC TIÊU, CÁC", "NHIỆM VỤ", "1. Mục tiêu"), ["II. MỤC TIÊU, CÁC NHIỆM VỤ", "1. Mục tiêu"]),
        (("- Một;", "- Hai."), ["- Một;", "- Hai."]),
        (("- Một.", "(Chi tiết tại Phụ lục I kèm theo)"), ["- Một.", "(Chi tiết tại Phụ lục I kèm theo)"]),
        (
            ("Căn cứ Luật Quy hoạch;", "Căn cứ Luật Đầu tư;"),
            ["Căn cứ Luật Quy hoạch;", "Căn cứ Luật Đầu tư;"],
        ),
    ],
)
def test_wraps_are_joined_and_items_kept_apart(lines: tuple[str, ...], expected: list[str]) -> None:
    assert wrapped(*lines) == expected


def test_a_full_paragraph_is_one() -> None:
    assert texts("\n\n".join(FULL)) == [" ".join(FULL)]


def test_the_page_number_inside_a_sentence_is_dropped_and_the_sentence_joined() -> None:
    source = plain.read(
        "\n\n".join([*FULL, "- Tích cực hội nhập quốc", "\n6 ", "tế."]).encode(), Path("a.txt")
    )
    found, dropped = paragraphs(source)
    assert found[-1].reading.text == "- Tích cực hội nhập quốc tế."
    assert [(source.text[gap.start : gap.end].strip(), gap.reason) for gap in dropped] == [("6", PAGE_NUMBER)]


def test_a_number_of_four_digits_or_right_below_its_line_is_text() -> None:
    assert texts("Một\n\n\n2050\n") != ["Một"]
    assert texts("bến xe số\n12\n") == ["bến xe số 12"]


def test_stars_are_dropped_and_counted() -> None:
    source = plain.read("Tỉnh *(riêng hoặc lồng*\n\nghép)* và **đậm**\n".encode(), Path("a.txt"))
    found, dropped = paragraphs(source)
    assert [paragraph.reading.text for paragraph in found] == ["Tỉnh (riêng hoặc lồng ghép) và đậm"]
    assert {gap.reason for gap in dropped} == {STAR}
    assert sum(gap.end - gap.start for gap in dropped) == source.text.count("*")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("- Các Đề án¹, chính sách².\n\n¹Đề án một.\n\n²Nghị quyết hai.\n\n- Tiếp.", [None, "1", "2", None]),
        (f"- Gồm 65 xã1.\n\n{RULE}\n1 Gồm 61 xã: Đồng Đăng.\n", [None, "1"]),
        ("- Gồm 65 xã.\n\n1 Gồm 61 xã", [None]),
        ("- Gồm¹⁰.\n\n¹⁰Mười", [None, "10"]),
    ],
)
def test_footnotes_are_told_from_paragraphs(text: str, numbers: list[str | None]) -> None:
    assert [paragraph.footnote for paragraph in read(text)] == numbers


def test_a_footnote_may_stand_in_the_middle_of_a_sentence() -> None:
    lines = ["- Vùng gồm 65 xã, phường1 thuộc", f"{RULE}\n1 Gồm 61 xã: Đồng Đăng.\n địa bàn tỉnh."]
    assert wrapped(*lines) == ["- Vùng gồm 65 xã, phường1 thuộc địa bàn tỉnh.", "1 Gồm 61 xã: Đồng Đăng."]


def _cover(text: str, found: Sequence[Paragraph], gaps: Sequence[tuple[int, int]]) -> list[int]:
    """How often each character is in a paragraph or dropped."""
    times = [0] * len(text)
    pieces = [(piece.start, piece.end) for paragraph in found for piece in paragraph.reading.pieces]
    for start, end in [*pieces, *gaps]:
        for place in range(start, end):
            times[place] += 1
    return times


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("kèm theo Chỉ thị số 08/CT-", "TTg ngày 23/02/2024.", "08/CT-TTg ngày"),
        ("mẫu ma-", "nơ-canh mặc trang phục.", "ma-nơ-canh"),
        ("phát triển kinh tế -", "xã hội của tỉnh.", "kinh tế - xã hội"),
        ("cơ quan và/", "hoặc tổ chức có liên quan.", "và/hoặc"),
    ],
)
def test_a_sign_that_hugs_its_word_stays_within(before: str, after: str, joined: str) -> None:
    assert joined in " ".join(wrapped(f"- Tổ chức thực hiện {before}", after))


@given(LINES)
def test_no_character_is_lost_or_doubled(lines: list[str]) -> None:
    source = plain.read("\n".join(lines).encode(errors="ignore"), Path("vb.txt"))
    found, dropped = paragraphs(source)
    times = _cover(source.text, found, [(gap.start, gap.end) for gap in dropped])
    for place, character in enumerate(source.text):
        assert times[place] == 1 or (times[place] == 0 and character.isspace())


@given(LINES)
def test_every_paragraph_is_tied_to_the_original(lines: list[str]) -> None:
    source = plain.read("\n".join(lines).encode(errors="ignore"), Path("vb.txt"))
    for paragraph in paragraphs(source)[0]:
        assert paragraph.reading.text == paragraph.reading.text.strip() != ""
        assert "*" not in paragraph.reading.text
        assert rebuilt(paragraph.reading, source.text) == paragraph.reading.text


@given(st.text(alphabet="ab \n", max_size=30), st.data())
def test_white_space_fills_exactly_what_is_not_covered(text: str, data: st.DataObject) -> None:
    covered = [(place, place + 1) for place, character in enumerate(text) if not character.isspace()]
    gaps = white_space(text, data.draw(st.permutations(covered)))
    assert {gap.reason for gap in gaps} <= {SPACE}
    places = [*covered, *((gap.start, gap.end) for gap in gaps)]
    assert sorted(place for start, end in places for place in range(start, end)) == list(range(len(text)))


def test_text_that_nothing_covers_is_an_error() -> None:
    with pytest.raises(ValueError, match="text lost at 1: 'mất'"):
        white_space("a mất b", [(0, 1), (6, 7)])


@pytest.mark.parametrize(
    ("path", "joined"),
    [
        ("iii/1/1.4/gach-5", "du lịch thể thao, vui chơi giải trí, cắm trại"),
        ("iii/1/1.7/a/gach-3", "văn phòng đại diện du lịch tại các thị trường"),
        ("iii/1/1.7/e/gach-1", "hiệu quả hoạt động của doanh nghiệp. Thực hiện tư vấn"),
        ("iii/2/2.3/doan-1", "nghiên cứu, phát triển các sản phẩm du lịch địa chất"),
        ("iii/2/2.5/doan-1", "xúc tiến thu hút nguồn lực cho vùng CVĐC"),
        ("iv/2", "(riêng hoặc lồng ghép) và tổ chức thực hiện"),
    ],
)
def test_the_six_page_breaks_of_the_plan_are_joined(
    documents: Mapping[str, Document], path: str, joined: str
) -> None:
    assert joined in documents[PLAN].by_address[path].text.text


@pytest.mark.parametrize(
    ("path", "joined"),
    [
        ("dieu-1", "thời kỳ 2021 - 2030, tầm nhìn đến năm 2050 với nội dung như sau:"),
        (
            "mo-dau/doan-12",
            "ngày 28 tháng 02 năm 2026; Báo cáo thẩm định số 30/BC-HĐTĐ ngày 12 tháng 02 năm 2026",
        ),
        ("dieu-1/i/gach-1", "gồm 65 đơn vị hành chính cấp xã, phường1."),
        ("dieu-1/ii/1/2", "cuộc Cách mạng công nghiệp 4.0."),
        ("dieu-1/ii/1/3", "Tổ chức không gian phát triển của tỉnh Lạng Sơn bảo đảm tính thống nhất, phù hợp"),
        ("dieu-1/ii/2/a/doan-2", "ngành nông nghiệp phát triển theo hướng"),
        ("dieu-1/ii/2/b/gach-1/cong-2", "giai đoạn 2026 - 2030 từ 10 - 11%."),
        ("dieu-1/ii/2/b/gach-1/cong-10", "bình quân hằng năm 10 - 11%."),
        (
            "dieu-1/ii/2/b/gach-3/cong-5",
            "thuỷ sản 36 - 37%; công nghiệp và xây dựng 24 - 25%; dịch vụ 38 -39%.",
        ),
        ("dieu-1/ii/2/b/gach-5/cong-3", "hội nhập quốc tế; xây dựng khu vực biên giới hoà bình"),
        ("dieu-1/iii/3/c/gach-1/cong-1", "như các quốc lộ 1, 1B, 4A, 4B, 279..."),
        ("dieu-1/vi/1/a/gach-2", "thời kỳ 2021 - 2030, tầm nhìn đến năm 2050: Tuyến"),
        ("dieu-1/vi/1/a/gach-2", "chiều dài khoảng 156 km; nghiên cứu đầu tư trước năm 2030."),
        ("dieu-1/vii/2/doan-5", "thời kỳ 2021–2030, tầm nhìn đến năm 2050."),
        ("dieu-1/vii/6/doan-6", "Chuyển đổi hạ tầng viễn thông thành hạ tầng số và phát triển"),
        ("dieu-1/ix/1/c", "33 điểm quan trắc."),
        ("dieu-1/x/4/doan-1", "thực hiện Nghị quyết số 11-NQ/TW"),
        ("dieu-1/xi", "thời kỳ 2021 - 2030, tầm nhìn đến năm 2050 tại Phụ lục XXIV kèm theo."),
        ("dieu-2/2", "phương án phát triển các khu chức năng, kết cấu hạ tầng kỹ thuật, xã hội"),
        ("dieu-3/2", "thời kỳ 2021-2030, tầm nhìn đến năm 2050. Nội dung điều chỉnh"),
    ],
)
def test_the_wraps_of_the_decision_are_joined(
    documents: Mapping[str, Document], path: str, joined: str
) -> None:
    assert joined in documents[DECISION].by_address[path].text.text


def test_only_the_four_page_numbers_of_the_decision_are_dropped(documents: Mapping[str, Document]) -> None:
    document = documents[DECISION]
    dropped = [gap for gap in document.dropped if gap.reason != SPACE]
    assert {gap.reason for gap in dropped} == {PAGE_NUMBER}
    assert [document.original[gap.start : gap.end].strip() for gap in dropped] == ["5", "6", "16", "31"]


def test_only_the_stars_of_the_plan_are_dropped(documents: Mapping[str, Document]) -> None:
    document = documents[PLAN]
    dropped = [gap for gap in document.dropped if gap.reason != SPACE]
    assert {gap.reason for gap in dropped} == {STAR}
    assert sum(gap.end - gap.start for gap in dropped) == document.original.count("*") > 0
