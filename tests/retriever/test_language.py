"""Vietnamese without marks is never English, nor the reverse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from eval.typing import bare, telex
from retriever.language import Language, language_of

if TYPE_CHECKING:
    from answer.pipeline import Answerer

VIETNAMESE = """\
Đến năm 2030 tỉnh có bao nhiêu khu công nghiệp?
can ho so gi the it nhat may
homestay support policy ở Lạng Sơn là gì
homestay support policy lang son la gi
xin cho hoi ve policy cho startup du lich
deadline nop ho so homestay
support homestay o bac son bao nhieu tien
check in mau son
tour homestay
homestay
email so du lich
la gi
ubnd tinh
kcn o dau
GRDP 2030
ai lo do an toan cho me va be di san bay
so do to chuc the nao, ban do in o dau
ddaau tuw vaof khu coong nghieepj
di lam o Dong Dang an gi ngon ma re
"""
ENGLISH = """\
How many industrial parks will there be by 2030?
Which overseas visitors is the Quỳnh Sơn community tourism village after?
Where is the Hữu Nghị border gate in Lạng Sơn?
where is huu nghi border gate
policy support homestay Lang Son
GRDP target 2030
tourism revenue target 2026
forest cover
how many
list of industrial parks
Is there a loan for homestays?
in the plan, do they have a map
"""
OTHER = """\
Quelle est la superficie du parc géologique de Lạng Sơn ?
Combien de touristes en 2026 ?
¿Cuántos turistas espera la provincia en 2026?
Wie viele Touristen werden 2026 erwartet?
랑선성 관광 목표는 무엇입니까?
Сколько туристов ожидается в 2026 году?
จังหวัดลางเซินมีนักท่องเที่ยวกี่คน
ランソン省の観光目標は何ですか
"""


@pytest.mark.parametrize("text", VIETNAMESE.splitlines())
def test_vietnamese(answerer: Answerer, text: str) -> None:
    for written in (text, bare(text), bare(text).lower(), text.title()):
        assert language_of(written, answerer.index.restorer.knows) is Language.VIETNAMESE, written


@pytest.mark.parametrize("text", ENGLISH.splitlines())
def test_english(answerer: Answerer, text: str) -> None:
    for written in (text, bare(text), bare(text).lower(), text.upper()):
        assert language_of(written, answerer.index.restorer.knows) is Language.ENGLISH, written


@pytest.mark.parametrize("text", OTHER.splitlines())
def test_other_languages(answerer: Answerer, text: str) -> None:
    assert language_of(text, answerer.index.restorer.knows) is Language.OTHER


@pytest.mark.parametrize("text", ["到2030年有多少个工业园区?", "谅山省 (Lạng Sơn) 旅游目标是什么"])
def test_chinese(answerer: Answerer, text: str) -> None:
    assert language_of(text, answerer.index.restorer.knows) is Language.CHINESE


def test_the_keys_of_a_whole_question_are_vietnamese(answerer: Answerer) -> None:
    words = "Đến năm hai nghìn không trăm ba mươi tỉnh có bao nhiêu khu công nghiệp và cụm công nghiệp"
    keys = " ".join(map(telex, words.split()))
    assert language_of(keys, answerer.index.restorer.knows) is Language.VIETNAMESE
