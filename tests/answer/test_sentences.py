from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer.sentences import cited_sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hỗ trợ tối đa 100 triệu đồng [1].", (("Hỗ trợ tối đa 100 triệu đồng.", (1,)),)),
        ("Đạt 65%. [2] Giảm 2%/năm [1][3].", (("Đạt 65%.", (2,)), ("Giảm 2%/năm.", (1, 3)))),
        (
            "Theo Nghị quyết số 19/2025/NQ-HĐND. Khách từ TP. Hồ Chí Minh theo QL. 4A [1, 2].",
            (
                ("Theo Nghị quyết số 19/2025/NQ-HĐND.", ()),
                ("Khách từ TP. Hồ Chí Minh theo QL. 4A.", (1, 2)),
            ),
        ),
        (
            "Gồm:\n- 90 mỏ đá [1];\n- 32 mỏ cát [1][1].\n1. Thứ nhất [2].",
            (("Gồm:", ()), ("90 mỏ đá;", (1,)), ("32 mỏ cát.", (1,)), ("Thứ nhất.", (2,))),
        ),
        ("Thu hút 4.700.000 lượt khách./. [3]", (("Thu hút 4.700.000 lượt khách./.", (3,)),)),
        ("[1]", ()),
        ("", ()),
    ],
)
def test_sentences_with_what_they_cite(text: str, expected: tuple[tuple[str, tuple[int, ...]], ...]) -> None:
    assert cited_sentences(text) == expected


@given(st.text(alphabet="aă.[]123 \n-,;Đ", max_size=60))
def test_no_word_is_lost_and_no_number_is_made_up(text: str) -> None:
    said = cited_sentences(text)
    for letter in "aăĐ":
        assert sum(sentence.count(letter) for sentence, _ in said) <= text.count(letter)
    assert all(str(number) in text for _, cited in said for number in cited)
