"""Questions typed without marks, with half of them, with typing errors."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.vietnamese import nfc
from eval.questions import Question
from eval.run import with_variants
from eval.typing import Typing, bare, has_variants, mistyped, telex, typed, variants

TEXT = "Đến năm 2030, toàn tỉnh Lạng Sơn có bao nhiêu khu công nghiệp (KCN)?"
VIETNAMESE = st.text(
    alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạầấẩẫậờớởỡợừứửữựỳýỷỹỵ ĐẶỨ.,?0123", max_size=60
)


def asked(text: str, kind: str = "figure", name: str = "q1") -> Question:
    return Question(name, kind, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đường lên Ải Chi Lăng", "Duong len Ai Chi Lang"),
        ("tre\u0302\u0301 em", "tre em"),  # decomposed
        ("4.700.000 lượt", "4.700.000 luot"),
        ("中文 UNESCO", "中文 UNESCO"),
        ("", ""),
    ],
)
def test_bare(text: str, expected: str) -> None:
    assert bare(text) == expected


@pytest.mark.parametrize(
    ("word", "keys"),
    [
        ("đường", "dduowngf"),
        ("Đầu", "Ddaauf"),
        ("hưởng", "huowngr"),
        ("Ước", "Uowcs"),
        ("ăn", "awn"),
        ("bộ", "booj"),
        ("ngã", "ngax"),
        ("lịch", "lichj"),
        ("quyết", "quyeets"),
        ("hang", "hang"),
    ],
)
def test_telex(word: str, keys: str) -> None:
    assert telex(word) == keys


def test_the_seed_is_fixed() -> None:
    made = {typing: variants([asked(TEXT)], typing)[0][1] for typing in Typing}
    assert {typing: (one.id, one.question) for typing, one in made.items()} == {
        Typing.NONE: ("q1~none", "Den nam 2030, toan tinh Lang Son co bao nhieu khu cong nghiep (KCN)?"),
        Typing.HALF: ("q1~half", "Den năm 2030, toan tỉnh Lạng Son co bao nhiêu khu công nghiep (KCN)?"),
        Typing.TYPOS: ("q1~typos", "Đến năm 2030, toàn tỉnh Lạng Sơn có nao nhiêu khu công ngiệp (KCN)?"),
    }


def test_a_variant_depends_on_its_own_question_alone() -> None:
    questions = [asked(TEXT, name=f"q{number}") for number in range(5)]
    for typing in Typing:
        forward, back = variants(questions, typing), variants(questions[::-1], typing)
        assert forward == back[::-1]
    assert len({made.question for _, made in variants(questions, Typing.TYPOS)}) > 1  # not all alike


def test_everything_else_of_a_question_stays() -> None:
    question = Question("q1", "follow-up", TEXT, history=("Có mấy khu?",), answer=("08",))
    ((original, made),) = variants([question], Typing.NONE)
    assert original is question
    assert (made.kind, made.history, made.answer) == ("follow-up", ("Có mấy khu?",), ("08",))


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        (TEXT, "figure", True),
        (TEXT, "unanswerable", True),
        (TEXT, "typo", False),
        (TEXT, "half-diacritics", False),
        ("How many industrial parks?", "english", False),
        ("2030年有多少个工业园区?", "chinese", False),
        (bare(TEXT), "figure", False),
        ("What is the tax rate?", "unanswerable", False),
        ("GRDP tỉnh?", "abbreviation", False),  # one word to mistype
    ],
)
def test_which_questions_have_variants(text: str, kind: str, expected: bool) -> None:
    assert has_variants(asked(text, kind)) is expected
    assert len(variants([asked(text, kind)], Typing.HALF)) == expected


def test_variants_come_after_the_questions() -> None:
    english = asked("How many?", "english", "q2")
    ids = [one.id for one in with_variants([asked(TEXT), english], [Typing.NONE, Typing.TYPOS])]
    assert ids == ["q1", "q2", "q1~none", "q1~typos"]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


@given(VIETNAMESE, st.integers())
def test_half_of_the_marked_words_lose_their_marks(text: str, seed: int) -> None:
    before, after = words(nfc(text)), words(typed(text, Typing.HALF, random.Random(seed)))
    marked = [word for word in before if bare(word) != word and word.isalpha()]
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert len(changed) == (len(marked) + 1) // 2
    assert all(new == bare(old) for old, new in changed)


@given(VIETNAMESE, st.integers())
def test_two_words_are_mistyped(text: str, seed: int) -> None:
    before, after = words(nfc(text)), words(typed(text, Typing.TYPOS, random.Random(seed)))
    can = [word for word in before if word.isalpha() and len(word) > 2 and not word.isupper()]
    changed = [old for old, new in zip(before, after, strict=True) if old != new]
    assert len(changed) == min(2, len(can)) and set(changed) <= set(can)


@given(st.sampled_from(["đường", "hang", "Ải", "Tỉnh", "nhiều", "ôộơ"]), st.integers())
def test_one_typing_error(word: str, seed: int) -> None:
    wrong = mistyped(word, random.Random(seed))
    assert wrong != word and wrong
    telexed = {telex(word), bare_tone(word) + telex(word)[-1]}
    assert wrong in telexed or abs(len(wrong) - len(word)) <= 1


def bare_tone(word: str) -> str:
    tones = str.maketrans("ườảỉềộ", "ươaiêô")
    return word.translate(tones).replace("Ả", "A")


def test_every_sort_of_error_comes_up() -> None:
    wrong = {mistyped("đường", random.Random(seed)) for seed in range(200)}
    assert {"dduowngf", "đươngf", "đườngg", "đường"[:-1], "đườbg", "đườmg", "đườnh"} <= wrong
    assert "đường" not in wrong
