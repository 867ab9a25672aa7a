"""Where Vietnamese sentences end, and where a full stop does not end one."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document
from corpus.sentences import sentence_spans

TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(
            [
                "Đến năm 2030.",
                "TP.",
                "Hồ",
                "4.700.000",
                "v.v.",
                "QL.",
                "ứng",
                "./.",
                "?",
                "”",
                "\n",
                " ",
                "“A",
            ]
        ),
        max_size=20,
    ).map("".join),
)


def sentences(text: str) -> list[str]:
    """The sentences as strings."""
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["Đạt 10%.", "Thu 5.000 tỷ đồng."],
        ["Phát triển du lịch.", "Đẩy mạnh liên kết.", "Ưu tiên điện gió.", "Ứng dụng công nghệ số."],
        ["Đến năm 2030.", "Ổn định dân cư.", "Ấn phẩm mới.", "Ăn uống.", "Ước đạt 5%."],
        ["Ga Đồng Đăng.", "“Cửa khẩu số” là gì?", "Là cửa khẩu thông minh!", "(Xem Phụ lục)"],
        ["Xây dựng “mô hình điển hình.”", "Sau đó nhân rộng."],
        ["Đón 4.700.000 lượt khách ở TP. Lạng Sơn, QL. 4A, v.v. Khác với năm 2025."],
        ["Từ 6,0 - 6,5 triệu lượt.", "Hết năm 2030.", "Sau năm 2030 có 11 khu."],
        ["1. Mục tiêu chung"],
        ["1.7. Triển khai hiệu quả công tác quảng bá"],
        ["Điều 2. Tổ chức thực hiện Quy hoạch"],
        ["chịu trách nhiệm thi hành Quyết định này./.", "Nơi nhận: Sở Tài chính."],
        ["Khu di tích lịch sử... nhằm nâng cao hiệu quả."],
        ["trên các nền tảng...", "Đẩy mạnh truyền thông."],
    ],
)
def test_sentences_end_where_a_reader_would_end_them(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


@pytest.mark.parametrize("capital", "AĂÂBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXYÁẢẠẤẬẮẶÉẾỆÍÓỐỘỚỢÚỨỰÝỶ")
def test_a_sentence_may_begin_with_any_vietnamese_capital(capital: str) -> None:
    assert sentences(f"Hết câu này. {capital}n câu sau.") == ["Hết câu này.", f"{capital}n câu sau."]


@pytest.mark.parametrize("small", "aăâđêôơưàạấậắặéếệốộớợứựỷỹ")
def test_none_begins_with_a_small_letter(small: str) -> None:
    assert len(sentences(f"khu, điểm v... {small}n câu sau")) == 1


def test_a_line_end_always_ends_a_sentence() -> None:
    assert sentences("- Về kinh tế:\n+ Thu nội địa tăng 10%\n\n+ Hết.") == [
        "- Về kinh tế:",
        "+ Thu nội địa tăng 10%",
        "+ Hết.",
    ]


@pytest.mark.parametrize("text", ["", " ", "\n \n", "\t\u00a0"])
def test_white_space_holds_no_sentence(text: str) -> None:
    assert sentences(text) == []


@given(TEXTS)
def test_sentences_cover_all_that_is_no_space_in_order(text: str) -> None:
    position = 0
    for start, end in sentence_spans(text):
        assert position <= start < end <= len(text)
        assert not text[position:start].strip()
        assert text[start:end] == text[start:end].strip()
        assert "\n" not in text[start:end]
        position = end
    assert not text[position:].strip()


def test_no_sentence_of_the_shipped_documents_goes_on_after_its_full_stop(
    documents: Mapping[str, Document],
) -> None:
    inner = re.compile(r"[^\W\d]{3,}\. [^\W\d_a-z]")  # a word of three letters is no abbreviation
    for document in documents.values():
        for node in document.root.walk():
            for sentence in sentences(node.text.text):
                found = inner.search(sentence)
                assert found is None or found[0][-1].islower(), sentence
