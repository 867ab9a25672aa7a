"""Sentences out of a model's answer while it comes in."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer.drafts import Draft, Drafts


def read(said: str, size: int = 1) -> tuple[list[Draft], bool | None]:
    """The drafts of an answer that comes `size` characters at a time, and what it says of completeness."""
    drafts = Drafts()
    found = [
        draft for start in range(0, len(said), size) for draft in drafts.feed(said[start : start + size])
    ]
    return [*found, *drafts.end()], drafts.complete


ONE = Draft("Đón 4.700.000 lượt khách.", (1,))
TWO = Draft("Trong đó có {khách} quốc tế.", (2, 3))
ITEMS = (
    '{"text": "Đón 4.700.000 lượt khách.", "citations": [1]}, '
    '{"text": "Trong đó có {khách} quốc tế.", "citations": [2, 3]}'
)
PROSE = [Draft("Đón 4.700.000 lượt khách.", (1,)), Draft("Có {khách}", (2, 3))]
WHOLE = f'{{"sentences": [{ITEMS}], "complete": true}}'


@pytest.mark.parametrize(
    ("said", "drafts", "complete"),
    [
        (WHOLE, [ONE, TWO], True),
        (WHOLE.replace("true", "false"), [ONE, TWO], False),
        (f"```json\n{WHOLE}\n```", [ONE, TWO], True),
        (f"Đây là câu trả lời: {WHOLE} Chúc vui.", [ONE, TWO], True),
        (f"[{ITEMS}]", [ONE, TWO], None),
        (f"<think>\nThử {WHOLE}?</think>{WHOLE}", [ONE, TWO], True),
        (json.dumps(json.loads(WHOLE), indent=2), [ONE, TWO], True),
        (WHOLE.replace("[2, 3]", '["2", "[3]"]'), [ONE, TWO], True),
        (WHOLE[: WHOLE.index("quốc tế")], [ONE], None),  # half a sentence is none
        (WHOLE.replace("khách.", "khách.\n"), [Draft("Đón 4.700.000 lượt khách.\n", (1,)), TWO], True),
        ('{"sentences": [{"text": "a "b" c", "citations": [1]}, ' + ITEMS + "]}", [ONE, TWO], None),
        ('{"sentences": [{"text": 5, "citations": [1]}]}', [], None),
        ('{"sentences": [{"text": "a", "citations": null}]}', [Draft("a", ())], None),
        ('{"sentences": [], "complete": false}', [], False),
        ("Đón 4.700.000 lượt khách. [1] Có {khách}[2, 3].", PROSE, None),
        ("Không có gì được dẫn.", [], None),
        ("", [], None),
        ("null", [], None),
        ("{" * 3000, [], None),
        ('{"text": ' * 3000 + "}" * 3000, [], None),
    ],
)  # fmt: skip
@pytest.mark.parametrize("size", [1, 7, 100_000])
def test_what_is_read(said: str, drafts: list[Draft], complete: bool | None, size: int) -> None:
    assert read(said, size) == (drafts, complete)


def test_a_sentence_is_there_as_soon_as_it_is_whole() -> None:
    drafts = Drafts()
    end = WHOLE.index("}") + 1
    assert list(drafts.feed(WHOLE[: end - 1])) == []
    assert list(drafts.feed(WHOLE[end - 1 : end])) == [ONE]


@given(st.text(alphabet='{}[]",:12 atextcións\\\n<think>/', max_size=200), st.integers(1, 50))
def test_anything_may_come(said: str, size: int) -> None:
    for draft in read(said, size)[0]:
        assert all(0 <= number <= 999 for number in draft.citations)


@given(
    st.lists(st.tuples(st.text(max_size=30), st.lists(st.integers(0, 999), unique=True, max_size=3))),
    st.booleans(),
    st.integers(1, 40),
)
def test_however_it_is_cut_it_reads_the_same(
    sentences: list[tuple[str, list[int]]], complete: bool, size: int
) -> None:
    items = [{"text": text, "citations": numbers} for text, numbers in sentences]
    said = json.dumps({"sentences": items, "complete": complete}, ensure_ascii=size % 2 == 0)
    drafts, told = read(said, size)
    assert drafts == [Draft(text, tuple(numbers)) for text, numbers in sentences]
    assert told is complete
