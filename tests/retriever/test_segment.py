"""Words as the index holds them: compounds joined, numbers and document numbers whole, nothing lost."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document
from corpus.errors import HoidapError
from corpus.vietnamese import fold, syllables
from ingest.passages import passages
from retriever import segment
from retriever.segment import words


@pytest.fixture
def _fresh_segmenter() -> Iterator[None]:
    """The segmenter is kept after its first use: forget it before and after."""
    segment._segmenter.cache_clear()
    yield
    segment._segmenter.cache_clear()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("công viên địa chất toàn cầu", ["công_viên", "địa_chất", "toàn_cầu"]),
        ("khu công nghiệp", ["khu", "công_nghiệp"]),
        ("Sở Văn hoá", ["sở", "văn_hóa"]),  # lower case, tone placed the new way
        ("Nghị quyết số 223-NQ/TU", ["nghị_quyết", "số", "223-nq/tu"]),
        ("Quyết định 19/2025/NQ-HĐND", ["quyết_định", "19/2025/nq-hđnd"]),
        ("ngày 15/7/2025", ["ngày", "15/7/2025"]),
        ("đón 4.700.000 lượt khách", ["đón", "4.700.000", "lượt", "khách"]),
        ("tăng 3,5 lần", ["tăng", "3,5", "lần"]),
        ("4.700.000", ["4.700.000"]),
        ("", []),
        ("  \n ", []),
        ("😀 !!! — “”", []),
    ],
)
def test_words_of_a_text(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_decomposed_text_has_the_words_of_the_composed_one() -> None:
    text = "Phấn đấu thu hút 4.700.000 lượt khách du lịch đến Công viên địa chất"
    assert words(unicodedata.normalize("NFD", text)) == words(text)


def test_no_letter_of_the_real_documents_is_lost(documents: Mapping[str, Document]) -> None:
    for document in documents.values():
        for passage in passages(document):
            assert _letters(" ".join(words(passage.text))) == _letters(
                " ".join(syllables(fold(passage.text)))
            )


@given(st.text(alphabet="aăâđeêioơuưýáàảãạ 0123456789.,/-:()\n", max_size=60))
def test_any_text_gives_folded_words_without_white_space(text: str) -> None:
    for word in words(text):
        assert word == fold(word)
        assert not re.search(r"\s", word)
        assert any(char.isalnum() for char in word)


def test_segmenting_does_not_load_torch() -> None:
    code = "import sys; from retriever.segment import words; words('địa chất'); print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.usefixtures("_fresh_segmenter")
def test_model_files_that_were_not_checked_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(segment._SHA256, "models.bin", "0" * 64)
    with pytest.raises(HoidapError, match=r"models\.bin.*Hãy cài lại"):
        words("địa chất")


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())
